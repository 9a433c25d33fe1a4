"""The index: vectors of blocks, sentences and bank questions, and word counts for BM25.

Built files carry no time stamps; a rebuild on one machine is byte-identical. A manifest ties them to
the sources, the question bank and the model. Loading checks that the files are the ones the manifest
names and that they belong to the corpus; anything else raises `IndexMismatch`.
"""

from __future__ import annotations

import hashlib
import math
import zlib
from collections.abc import Collection, Mapping, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ncrelations.document.corpus import Corpus
from ncrelations.errors import IndexMismatch
from ncrelations.models.encoder import Encoder, Vectors
from ncrelations.models.one_thread import one_thread
from ncrelations.retrieval.banks import BANK, BANKS, UNANSWERED, Banks
from ncrelations.retrieval.index_files import read_built, read_manifest, read_settled
from ncrelations.retrieval.kernel_regression import WORDS as WORDS_SHARE
from ncrelations.retrieval.kernel_regression import likeness, unpacked_votes
from ncrelations.retrieval.orders import Orders
from ncrelations.retrieval.owners import Owners
from ncrelations.retrieval.passages import BankQuestion, Lengths, lengths_of, passages_of, read_bank, sentences_of
from ncrelations.retrieval.shared_words import SharedWords
from ncrelations.retrieval.signals import Compared, Scores, Signals
from ncrelations.retrieval.vector_files import Table, Whole, nibbles, packed, packed_nibbles, unpacked
from ncrelations.retrieval.word_tables import WordTables
from ncrelations.text.order_of_sides import Parties

LEXICAL, VOTES, DOUBTS, WORDS = "lexical.arrays", "votes.int8", "doubts.float32", "words.arrays"
ORDERS = "orders.uint8"
VECTORS = ("blocks", "sentences", "questions", "unanswered")
_FILES = {"blocks": "faiss", "sentences": "int16", "questions": "int4", "unanswered": "int4"}
"""How the vectors of each kind are stored: exact, or at 16 or 4 bits."""


class Index:
    """A loaded index. Immutable once loaded; safe to share between threads."""

    def __init__(
        self,
        corpus: Corpus,
        manifest: dict[str, Any],
        tables: Mapping[str, Table],
        words: WordTables,
        banks: Banks,
        votes: dict[str, bytes],
    ) -> None:
        self.corpus, self.manifest = corpus, manifest
        self.vocabulary, self.document_words = words.vocabulary, words.document_words
        self.passages = passages_of(corpus)
        self.sentences = sentences_of(self.passages)
        self.banks = banks
        self._tables, self._lexical = tables, words.fields
        self.passages_at = {passage.block.citation: passage.position for passage in self.passages}
        """The position of each block."""
        self.sentence_owner = np.repeat(np.arange(len(self.passages)), [len(p.block.sentences) for p in self.passages])
        self.question_owner = words.owners.astype(np.int64)
        self.asking_question, self.asked_sentence = words.asked.T
        self._shared_words = SharedWords.unpacked(votes[WORDS])
        self.votes = unpacked_votes(votes[VOTES], len(self.question_owner), len(self.passages))
        """What each bank question says for and against each passage."""
        self.doubts = np.frombuffer(votes[DOUBTS], "<f4").astype(np.float64)
        """What each bank question, and each known to be unanswered, says for and against an answer."""
        self._orders = Orders.unpacked(Parties(corpus.parties), votes[ORDERS])

    @cached_property
    def owners_of_sentences(self) -> Owners:
        """Which passage has each sentence."""
        return Owners(self.sentence_owner, len(self.passages))

    @cached_property
    def owners_of_questions(self) -> Owners:
        """Which passage answers each question of the bank."""
        return Owners(self.question_owner, len(self.passages))

    @cached_property
    def owners_of_asking(self) -> Owners:
        """Which sentence each pair of `asking_question` and `asked_sentence` is about."""
        return Owners(self.asked_sentence, len(self.sentences))

    @property
    def model(self) -> str:
        """The name of the model that built it."""
        return self.built_with[0]

    @property
    def built_with(self) -> tuple[str, str]:
        """Name and fingerprint of the model, as the manifest has them."""
        model = self.manifest.get("model")
        model = model if isinstance(model, dict) else {}
        return str(model.get("name")), str(model.get("fingerprint"))

    def check_model(self, encoder: Encoder) -> None:
        """Raise `IndexMismatch` unless the index was built with this encoder.

        Vectors of different models have nothing to say to each other.
        """
        name, fingerprint = self.built_with
        if (name, fingerprint) != (encoder.name, encoder.fingerprint):
            remedy = f"ncr index build --model {encoder.name}"
            raise IndexMismatch(f"it was built with {name} ({fingerprint[:12]}), not with {encoder.name}", remedy)

    @cached_property
    def _lengths(self) -> Lengths:
        return lengths_of(self.passages)

    @cached_property
    def bank(self) -> tuple[BankQuestion, ...]:
        """The questions that the documents answer; twins are left out, which find no passage."""
        return self.banks.read(self._lengths)[0][: len(self.question_owner)]

    def question(self, number: int) -> BankQuestion:
        """The question of that number that the documents answer."""
        return read_bank(self._question_lines[number], self._lengths, BANK)[0]

    def unanswered(self, number: int) -> BankQuestion:
        """The question of that number that only sounds as if the documents answered it."""
        return read_bank(self._unanswered_lines[number], self._lengths, UNANSWERED)[0]

    @cached_property
    def _question_lines(self) -> list[bytes]:
        return self.banks.questions.splitlines()

    @cached_property
    def _unanswered_lines(self) -> list[bytes]:
        return self.banks.unanswered.splitlines()

    def has(self, passage: int, term: str) -> bool:
        """Whether a passage has a term."""
        return passage in self._lexical["text"].having(term)

    def tells_of(self, passage: int, term: str, times: int = 1) -> bool:
        """Whether a passage has a term, or its bank questions so many times."""
        return self.has(passage, term) or self._lexical["questions"].times_in(passage, term) >= times

    @property
    def stems(self) -> Collection[str]:
        """The terms of the documents, headings included."""
        return self._lexical["text"].terms

    def sentences_with(self, term: str) -> NDArray[np.int32]:
        """The numbers of the sentences that have a term."""
        return self._lexical["sentences"].having(term)

    def asked_of(self, term: str) -> bool:
        """Whether any passage or question written for one has a term."""
        return term in self._lexical["text"].terms or term in self._lexical["questions"].terms

    def telling(self, term: str) -> float:
        """How much a term tells one passage, with the questions written for it, from the others."""
        having = len({*self._lexical["text"].having(term).tolist(), *self._lexical["questions"].having(term).tolist()})
        return math.log(1 + (len(self.passages) - having + 0.5) / (having + 0.5))

    def rarity(self, term: str) -> float:
        """How rare a term is among the passages."""
        return self._lexical["text"].weight(term)

    def compared(self, vectors: Vectors) -> list[Compared]:
        """Compare unit vectors, one a row, with everything."""
        with one_thread():
            dense = [self._tables[name].products(vectors) for name in VECTORS]
        finding = len(self.question_owner)
        return [
            Compared(vector, blocks, sentences, answered[:finding], answered[finding:], unanswered)
            for vector, blocks, sentences, answered, unanswered in zip(vectors, *dense, strict=True)
        ]

    def signals(self, compared: Compared, text: str, query: Sequence[str]) -> Signals:
        """Score a question, given as compared vector, text and terms, against everything."""
        roles = self._orders.parties.roles(text)
        with one_thread():
            alike = likeness(np.concatenate([compared.questions, compared.twins, compared.unanswered]))
            by_words, finding = self._shared_words.likeness(text), len(self.votes)
            votes = self.votes.counted((alike + WORDS_SHARE * by_words)[:finding])
            doubt = float((alike * self._orders.agreement(roles) + WORDS_SHARE * by_words) @ self.doubts)
        contrary = self._orders.contrary(roles)[len(self._tables["questions"]) :]
        return Signals(compared, *self.words(query), by_words[:finding], votes, doubt, contrary)

    def words(self, query: Sequence[str]) -> tuple[Scores, Scores]:
        """BM25 of the terms of a question over each block, and over the bank questions of each."""
        return self._lexical["text"].scores(query), self._lexical["questions"].scores(query)

    def vectors(self, name: str) -> Vectors:
        """The stored vectors of "blocks", "sentences", "questions" or "unanswered"."""
        return self._tables[name].vectors

    @classmethod
    def load(cls, corpus: Corpus, folder: Path | None = None) -> Index:
        """Read the index in `folder`, by default the corpus' own. Raises `IndexMismatch`."""
        return read_settled(folder_of(corpus, folder), lambda where: cls._read(corpus, where))

    @classmethod
    def _read(cls, corpus: Corpus, folder: Path) -> Index:
        manifest, banks = read_manifest(folder), Banks.of(folder)
        compare_inputs(corpus, manifest, banks)
        files = read_built(folder, manifest, [*map(vector_file, VECTORS), *(LEXICAL, VOTES, DOUBTS, WORDS, ORDERS)])
        try:
            tables = {name: stored_vectors(name, files[vector_file(name)]) for name in VECTORS}
            index = cls(corpus, manifest, tables, WordTables.unpacked(files[LEXICAL]), banks, files)
        except (RuntimeError, ValueError, LookupError, TypeError, zlib.error) as error:
            raise IndexMismatch(f"a file cannot be read ({error})") from error
        index.check_counts(len(index._question_lines))  # an alternative constructor
        return index

    def with_vectors(self, manifest: dict[str, Any], vectors: Mapping[str, Vectors]) -> Index:
        """The same texts, words and questions with the vectors of another model."""
        other = copy(self)
        other.manifest = manifest
        other._tables = {name: Whole(vectors[name]) for name in VECTORS}  # noqa: SLF001  # an alternative constructor
        other.check_counts(len(self.question_owner))
        return other

    def check_counts(self, answered: int) -> None:
        """Refuse vectors that are not one for one with the texts; `answered`: how many answered questions have one."""
        judged = len(self._question_lines) + len(self._unanswered_lines)
        wanted = (len(self.passages), len(self.sentences), answered, len(self._unanswered_lines))
        found = tuple(len(self._tables[name]) for name in VECTORS)
        each = len(self.doubts), len(self._orders.roles), self._shared_words.count
        if found != wanted or {*each} != {judged} or not len(self.question_owner) <= len(self._question_lines):
            raise IndexMismatch(f"it holds {found} vectors and {each} doubts, orders and words for {wanted} texts")


def folder_of(corpus: Corpus, folder: Path | None) -> Path:
    """The folder given, or that of a corpus' index. Raises `IndexMismatch` where there is none."""
    folder = folder or corpus.index_folder
    if folder is None:
        raise IndexMismatch(f"there is none for {corpus.name}")
    return folder


def vector_file(name: str) -> str:
    """The file of a kind of vectors."""
    return f"{name}.{_FILES[name]}"


def as_stored(name: str, vectors: Vectors) -> bytes:
    """The bytes of a kind of vectors."""
    match _FILES[name]:
        case "int4":
            return packed_nibbles(vectors)
        case form:
            return packed(vectors, exact=form == "faiss")


def stored_vectors(name: str, data: bytes) -> Table:
    """The vectors of a kind, as they are compared. Raises `ValueError` or `RuntimeError` for damaged bytes."""
    match _FILES[name]:
        case "int4":
            return nibbles(data)
        case form:
            return Whole(unpacked(data, exact=form == "faiss"))


def inputs_of(corpus: Corpus, banks: Banks) -> dict[str, Any]:
    """What an index is built from, as its manifest records it."""
    return {
        "sources": {document.id: document.sha256 for document in corpus.documents},
        **{name: hashlib.sha256(banks.stored[name]).hexdigest() for name in BANKS},
    }


def compare_inputs(corpus: Corpus, manifest: dict[str, Any], banks: Banks) -> None:
    """Raise `IndexMismatch` unless a manifest is of these sources and questions."""
    inputs = inputs_of(corpus, banks)
    if manifest.get("sources") != inputs["sources"]:
        raise IndexMismatch("it was built from other source texts")
    for name in BANKS:
        if manifest.get(name) != inputs[name]:
            raise IndexMismatch(f"it was built from another {name}.jsonl")
