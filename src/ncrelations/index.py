"""The index: FAISS vectors of blocks, sentences and bank questions, and word counts for BM25.

Built files carry no time stamps; a rebuild on one machine is byte-identical. A manifest ties them to
the sources, the question bank and the model. Loading checks that the files are the ones the manifest
names and that they belong to this package's sources; anything else raises `IndexMismatch`.
Files are read and written through Python, so that no path ever reaches FAISS.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from ncrelations.corpus import documents
from ncrelations.encoder import Encoder, Vectors
from ncrelations.errors import IndexMismatch
from ncrelations.gazetteer import canonical
from ncrelations.lexical import Lexical
from ncrelations.passages import BankQuestion, Passage, passages, read_bank, sentences
from ncrelations.votes import agree, counted, likeness, packed, solved, unpacked
from ncrelations.words import pieces_of

SCHEMA = 1
_BANK, _UNANSWERED = "questions.jsonl", "unanswered.jsonl"
MANIFEST, _LEXICAL, _VOTES, _DOUBTS = "manifest.json", "lexical.json.gz", "votes.int8", "doubts.float32"
_LEXICONS = ("text", "sentences", "questions")
VECTORS = ("blocks", "sentences", "questions", "unanswered")
_EXACT = ("blocks",)
_TOLERANCE, _DOUBT_TOLERANCE = 1e-5, 1e-2

Scores = NDArray[np.float64]
"""One score a passage, sentence or bank question, in document order."""


def index_folder() -> Path:
    """The folder of the index: the one inside the installed package, else the checkout's."""
    here = Path(__file__).resolve().parent
    packaged = here / "index"
    return packaged if packaged.is_dir() else here.parents[1] / "index"


@dataclass(frozen=True, slots=True)
class Signals:
    """Raw scores of one question against everything indexed."""

    blocks: Scores
    """Cosine with each block under its heading."""
    sentences: Scores
    """Cosine with each sentence."""
    questions: Scores
    """Cosine with each question of the bank."""
    unanswered: Scores
    """Cosine with each question known to be unanswered."""
    text_words: Scores
    """BM25 over each block under its heading."""
    question_words: Scores
    """BM25 over the bank questions of each block, taken as one text."""
    votes: Scores
    """What the bank questions together say for each block."""
    vector: Vectors
    """The question's vector, by the model of the index."""
    doubt: float
    """Whether the questions known to be unanswered (1) or those of the bank (-1) say that it is of their kind."""


@dataclass(frozen=True, slots=True)
class Banks:
    """The authored files that an index is built from, as bytes."""

    questions: bytes
    """`questions.jsonl`: questions that the documents answer."""
    unanswered: bytes
    """`unanswered.jsonl`: questions that only sound as if they did."""

    @classmethod
    def of(cls, folder: Path) -> Banks:
        """Read both files. Raises `IndexMismatch` where one is missing."""
        return cls(read_file(folder, _BANK), read_file(folder, _UNANSWERED))

    def read(self) -> tuple[tuple[BankQuestion, ...], tuple[BankQuestion, ...]]:
        """The answered and the unanswered questions. Raises `IndexMismatch` for a bad line."""
        return read_bank(self.questions, _BANK), read_bank(self.unanswered, _UNANSWERED)


class Index:
    """A loaded index. Immutable once loaded; safe to share between threads."""

    def __init__(
        self,
        manifest: dict[str, Any],
        vectors: dict[str, Any],
        lexical: dict[str, Any],
        banks: Banks,
        votes: dict[str, bytes],
    ) -> None:
        self.manifest = manifest
        self.vocabulary: dict[str, int] = lexical["vocabulary"]
        """Every word of the documents and the question bank, folded, with its count, most frequent first."""
        self.document_words = frozenset(lexical["document_words"])
        """The words of the documents alone, folded."""
        self.passages: tuple[Passage, ...] = passages()
        self.sentences = sentences()
        self._banks = banks
        self._vectors = vectors
        self._lexical = {name: _lexical(lexical[name]) for name in _LEXICONS}
        owner = self.passages_at = {passage.block.citation: passage.position for passage in self.passages}
        """The position of each block."""
        self.sentence_owner = np.array([owner[s.citation.of_block] for s in self.sentences])
        self.question_owner = np.array(lexical["owners"], np.int64)
        self.asking_question, self.asked_sentence = np.array(lexical["asked"], np.int64).reshape(-1, 2).T
        self.votes = unpacked(votes[_VOTES], len(self.question_owner), len(self.passages)).astype(np.float64)
        """What each bank question says for and against each passage."""
        self.doubts = np.frombuffer(votes[_DOUBTS], "<f4").astype(np.float64)
        """What each bank question, and each known to be unanswered, says for and against an answer."""

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
    def bank(self) -> tuple[BankQuestion, ...]:
        """The questions that the documents answer."""
        return self._banks.read()[0]

    def question(self, number: int) -> BankQuestion:
        """The question of that number that the documents answer."""
        return read_bank(self._banks.questions.splitlines()[number], _BANK)[0]

    def unanswered(self, number: int) -> BankQuestion:
        """The question of that number that only sounds as if the documents answered it."""
        return read_bank(self._unanswered_lines[number], _UNANSWERED)[0]

    @cached_property
    def _unanswered_lines(self) -> list[bytes]:
        return self._banks.unanswered.splitlines()

    def tells_of(self, passage: int, term: str) -> bool:
        """Whether a passage or one of its bank questions has a term."""
        fields = (self._lexical["text"], self._lexical["questions"])
        return any(number == passage for field in fields for number, _ in field.counts.get(term, ()))

    @property
    def stems(self) -> dict[str, list[tuple[int, int]]]:
        """The terms of the documents, headings included."""
        return self._lexical["text"].counts

    def sentences_with(self, term: str) -> list[int]:
        """The numbers of the sentences that have a term."""
        return [number for number, _ in self._lexical["sentences"].counts.get(term, ())]

    def rarity(self, term: str) -> float:
        """How rare a term is among the passages."""
        return self._lexical["text"].weight(term)

    def signals(self, vector: Vectors, query: Sequence[str]) -> Signals:
        """Score a question, given as unit vector and terms, against everything."""
        dense = {name: _all_scores(self._vectors[name], vector) for name in VECTORS}
        alike = likeness(np.concatenate([dense["questions"], dense["unanswered"]]))
        return Signals(
            dense["blocks"],
            dense["sentences"],
            dense["questions"],
            dense["unanswered"],
            *self.words(query),
            counted(alike[: len(self.votes)], self.votes),
            vector,
            float(counted(alike, self.doubts[:, None])[0]),
        )

    def words(self, query: Sequence[str]) -> tuple[Scores, Scores]:
        """BM25 of the terms of a question over each block, and over the bank questions of each."""
        return self._lexical["text"].scores(query), self._lexical["questions"].scores(query)

    def vectors(self, name: str) -> Vectors:
        """The stored vectors of "blocks", "sentences" or "questions"."""
        store = self._vectors[name]
        return np.asarray(store.reconstruct_n(0, store.ntotal))

    @classmethod
    def load(cls, folder: Path | None = None) -> Index:
        """Read the index in `folder`, by default the packaged one. Raises `IndexMismatch`."""
        folder = folder or index_folder()
        manifest = read_manifest(folder)
        banks = Banks.of(folder)
        compare_inputs(manifest, banks)
        files = read_built(folder, manifest, _file_names())
        try:
            vectors = {name: _unpacked(files[_file(name)], exact=name in _EXACT) for name in VECTORS}
            index = cls(manifest, vectors, json.loads(gzip.decompress(files[_LEXICAL])), banks, files)
        except (OSError, EOFError, zlib.error, RuntimeError, ValueError, LookupError, TypeError) as error:
            raise IndexMismatch(f"a file cannot be read ({error})") from error
        index.check_counts()  # a constructor of the class
        return index

    def with_vectors(self, manifest: dict[str, Any], vectors: dict[str, Any]) -> Index:
        """The same texts, words and questions with the vectors of another model."""
        other = copy(self)
        other.manifest, other._vectors = manifest, vectors  # noqa: SLF001  # an alternative constructor
        other.check_counts()
        return other

    def check_counts(self) -> None:
        """Refuse vectors that are not one for one with the texts."""
        unanswered = len(self._banks.unanswered.splitlines())
        wanted = (len(self.passages), len(self.sentences), len(self.question_owner), unanswered)
        found = tuple(self._vectors[name].ntotal for name in VECTORS)
        if found != wanted or len(self.doubts) != sum(wanted[2:]):
            raise IndexMismatch(f"it holds {found} vectors and {len(self.doubts)} doubts for {wanted} texts")


def _lexical(stored: dict[str, Any]) -> Lexical:
    return Lexical(stored["counts"], np.array(stored["lengths"], np.float32))


def _all_scores(store: Any, vector: Vectors) -> Scores:
    """The inner product of `vector` with every stored vector, in stored order."""
    similarity, order = store.search(vector.reshape(1, -1), store.ntotal)
    scores = np.empty(store.ntotal)
    scores[order[0]] = similarity[0]
    return scores


def _file(name: str) -> str:
    return f"{name}.faiss" if name in _EXACT else f"{name}.int16"


def _packed(vectors: Vectors, *, exact: bool) -> bytes:
    """Vectors as a FAISS index or, at less than half the size, as 16-bit integers behind their step.

    The integers keep every component of up to 0.52 within 8e-6. Their higher bytes are compressed; the lower
    ones are noise.
    """
    if exact:
        return bytes(faiss.serialize_index(flat_store(vectors)).tobytes())
    step = np.float32(max(_STEP, float(np.abs(vectors).max(initial=0)) / 32767))
    low, high = np.round(vectors / step).astype("<i2").reshape(-1).view(np.uint8).reshape(-1, 2).T
    head = np.array([*vectors.shape], "<u4").tobytes() + np.array([step], "<f4").tobytes()
    return head + low.tobytes() + zlib.compress(high.tobytes(), 9)


_STEP = 1.6e-5


def _unpacked(data: bytes, *, exact: bool) -> Any:
    """The FAISS index of packed vectors. Raises `ValueError` or `RuntimeError` for damaged bytes."""
    if exact:
        return faiss.deserialize_index(np.frombuffer(data, np.uint8))
    rows, columns = np.frombuffer(data, "<u4", 2)
    step, count = np.frombuffer(data, "<f4", 1, offset=8), int(rows) * int(columns)
    low = np.frombuffer(data, np.uint8, count, 12)
    high = np.frombuffer(zlib.decompress(data[12 + count :]), np.int8)
    return flat_store((high.astype(np.int16) * 256 + low).reshape(rows, columns) * step)


def flat_store(vectors: Vectors) -> Any:
    """A FAISS index of some vectors, searched exhaustively by inner product."""
    store = faiss.IndexFlatIP(vectors.shape[1])
    store.add(np.ascontiguousarray(vectors, np.float32))
    return store


def _file_names() -> list[str]:
    return [*map(_file, VECTORS), _LEXICAL, _VOTES, _DOUBTS]


def read_file(folder: Path, name: str) -> bytes:
    """The bytes of a file of the index. Raises `IndexMismatch` where it is missing."""
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise IndexMismatch(f"{name} is missing from {folder.name}/ ({error.strerror})") from error


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest in a folder. Raises `IndexMismatch` for one that is none or has another schema."""
    try:
        manifest = json.loads(read_file(folder, MANIFEST))
        schema = manifest["schema"]
    except (ValueError, KeyError, TypeError) as error:
        raise IndexMismatch(f"{MANIFEST} is not a manifest ({error})") from error
    if schema != SCHEMA:
        raise IndexMismatch(f"it has schema {schema}, this version of ncrelations reads schema {SCHEMA}")
    return dict(manifest)


def read_built(
    folder: Path, manifest: dict[str, Any], names: Sequence[str], remedy: str = "ncr index build"
) -> dict[str, bytes]:
    """The bytes of built files. Raises `IndexMismatch` for one that is not the one its manifest names."""
    files, listed = {name: read_file(folder, name) for name in names}, manifest.get("files")
    for name, data in files.items():
        if not isinstance(listed, dict) or hashlib.sha256(data).hexdigest() != listed.get(name):
            problem = f"{folder.name}/{name} is not the file the manifest names (truncated, changed or foreign)"
            raise IndexMismatch(problem, remedy)
    return files


def inputs_of(banks: Banks) -> dict[str, Any]:
    """What an index is built from, as its manifest records it."""
    return {
        "sources": {document.id: document.sha256 for document in documents()},
        "questions": hashlib.sha256(banks.questions).hexdigest(),
        "unanswered": hashlib.sha256(banks.unanswered).hexdigest(),
    }


def compare_inputs(manifest: dict[str, Any], banks: Banks) -> None:
    """Raise `IndexMismatch` unless a manifest is of these sources and questions."""
    inputs = inputs_of(banks)
    if manifest.get("sources") != inputs["sources"]:
        raise IndexMismatch("it was built from other source texts")
    for name in ("questions", "unanswered"):
        if manifest.get(name) != inputs[name]:
            raise IndexMismatch(f"it was built from another {name}.jsonl")


def texts_of(banks: Banks) -> dict[str, list[str]]:
    """The texts that are embedded, by kind of vectors."""
    answered, unanswered = banks.read()
    return {
        "blocks": [passage.text for passage in passages()],
        "sentences": [sentence.text for sentence in sentences()],
        "questions": [canonical(question.text) for question in answered],
        "unanswered": [canonical(question.text) for question in unanswered],
    }


def build(encoder: Encoder, folder: Path | None = None) -> dict[str, Any]:
    """Embed everything with `encoder`, write the index into `folder` and return its manifest.

    The questions are read from `folder`. Each file is written beside its place and moved there
    whole; the manifest comes last, so that an interrupted build is never taken for an index.
    """
    folder = folder or index_folder()
    banks = Banks.of(folder)
    texts = texts_of(banks)
    files: dict[str, bytes] = {}
    vectors = {name: np.ascontiguousarray(encoder.encode(texts[name]), np.float32) for name in VECTORS}
    for name in VECTORS:
        files[_file(name)] = _packed(vectors[name], exact=name in _EXACT)
    files[_VOTES] = packed(_votes(vectors["questions"], banks))
    files[_DOUBTS] = _doubts(vectors["questions"], vectors["unanswered"]).astype("<f4").tobytes()
    files[_LEXICAL] = _lexical_bytes(texts, banks)
    manifest = {
        "schema": SCHEMA,
        **inputs_of(banks),
        "model": {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": vectors["blocks"].shape[1]},
        "counts": {name: len(texts[name]) for name in VECTORS},
    }
    return write_built(folder, manifest, files)


def _votes(vectors: Vectors, banks: Banks) -> Vectors:
    """What each bank question says for and against each passage, solved for."""
    owners = [question.passage for question in banks.read()[0]]
    wanted = np.eye(len(passages()), dtype=np.float32)[owners]
    return solved(likeness(vectors @ vectors.T), wanted)


def _doubts(answered: Vectors, unanswered: Vectors) -> Vectors:
    """What each question of both kinds says for and against an answer, solved for."""
    vectors = np.concatenate([answered, unanswered])
    wanted = np.repeat(np.array([-1, 1], np.float32), [len(answered), len(unanswered)])
    return solved(likeness(vectors @ vectors.T), wanted)


def _lexical_bytes(texts: dict[str, list[str]], banks: Banks) -> bytes:
    bank, _ = banks.read()
    asked = [" ".join(q.text for q in bank if q.passage == n) for n in range(len(texts["blocks"]))]
    fields = {"text": texts["blocks"], "sentences": texts["sentences"], "questions": asked}
    parts = {name: Lexical.of(fields[name]) for name in _LEXICONS}
    stored: dict[str, Any] = {
        name: {"counts": part.counts, "lengths": part.lengths.tolist()} for name, part in parts.items()
    }
    starts = np.cumsum([0] + [len(passage.block.sentences) for passage in passages()]).tolist()
    stored["owners"] = [question.passage for question in bank]
    stored["asked"] = [(n, starts[q.passage] + s - 1) for n, q in enumerate(bank) for s in q.sentences]
    every = Counter(piece.folded for text in (*texts["blocks"], *asked) for piece in pieces_of(text))
    stored["document_words"] = sorted({piece.folded for text in texts["blocks"] for piece in pieces_of(text)})
    stored["vocabulary"] = dict(sorted(every.items(), key=lambda item: (-item[1], item[0])))
    return gzip.compress(json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)


def write_built(folder: Path, manifest: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    """Write built files, and last the manifest that names them, which is returned."""
    manifest = {**manifest, "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}}
    folder.mkdir(exist_ok=True)
    for name, data in {**files, MANIFEST: (json.dumps(manifest, indent=2) + "\n").encode()}.items():
        write_whole(folder / name, data)
    return manifest


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there, so that it is never seen half written."""
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(data)
    beside.replace(path)


def check(encoder: Encoder, folder: Path | None = None) -> dict[str, float]:
    """Prove that an index belongs to these sources, this model and this build.

    Embeds everything again with `encoder` and returns the largest difference to the stored vectors,
    by kind. Raises `IndexMismatch` for any difference beyond 1e-5 or any other disagreement.
    """
    index = Index.load(folder)
    index.check_model(encoder)
    folder = folder or index_folder()
    banks = Banks.of(folder)
    texts = texts_of(banks)
    if gzip.decompress(read_file(folder, _LEXICAL)) != gzip.decompress(_lexical_bytes(texts, banks)):
        raise IndexMismatch(f"{_LEXICAL} does not follow from the sources and the question bank")
    differences = {}
    for name in VECTORS:
        stored, fresh = index.vectors(name), encoder.encode(texts[name])
        if stored.shape != fresh.shape:
            raise IndexMismatch(f"{_file(name)} holds {stored.shape} numbers instead of {fresh.shape}")
        differences[name] = float(np.abs(stored - fresh).max())
        if differences[name] > _TOLERANCE:
            raise IndexMismatch(f"{_file(name)} differs from a fresh embedding by {differences[name]:.1e}")
    if not agree(index.votes.astype(np.float32), _votes(index.vectors("questions"), banks)):
        raise IndexMismatch(f"{_VOTES} does not follow from the question bank")
    doubts = _doubts(index.vectors("questions"), index.vectors("unanswered"))
    if doubts.shape != index.doubts.shape or np.abs(doubts - index.doubts).max(initial=0) > _DOUBT_TOLERANCE:
        raise IndexMismatch(f"{_DOUBTS} does not follow from the questions known to be answered and unanswered")
    return differences


@lru_cache(maxsize=1)
def packaged_index() -> Index:
    """The packaged index, loaded once a process."""
    return Index.load()
