"""Building an index, and proving that one belongs to its corpus and model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ncrelations.document.corpus import Corpus
from ncrelations.errors import IndexMismatch
from ncrelations.models.encoder import Encoder, Vectors
from ncrelations.retrieval.banks import Banks
from ncrelations.retrieval.bm25 import Lexical
from ncrelations.retrieval.index import (
    DOUBTS,
    LEXICAL,
    ORDERS,
    VECTORS,
    VOTES,
    WORDS,
    Index,
    as_stored,
    folder_of,
    inputs_of,
    stored_vectors,
    vector_file,
)
from ncrelations.retrieval.index_files import SCHEMA, read_file, write_built
from ncrelations.retrieval.kernel_regression import RIDGE, agree, likeness, packed_votes, solved
from ncrelations.retrieval.kernel_regression import WORDS as WORDS_SHARE
from ncrelations.retrieval.orders import Orders
from ncrelations.retrieval.passages import lengths_of, passages_of, sentences_of
from ncrelations.retrieval.shared_words import SharedWords
from ncrelations.retrieval.vector_files import nibble_steps
from ncrelations.retrieval.word_tables import FIELDS, WordTables
from ncrelations.text.order_of_sides import Parties
from ncrelations.text.words import pieces_of

_TOLERANCE, _DOUBT_TOLERANCE = 1e-5, 1e-3
_ROWS = 512
_JUDGED = ("questions", "unanswered")
"""The vectors of those questions of which it is known whether they are answered."""


class Texts:
    """The texts that an index is made of."""

    def __init__(self, corpus: Corpus, banks: Banks) -> None:
        self.passages = passages_of(corpus)
        answered, unanswered = banks.read(lengths_of(self.passages))
        self.finding = tuple(question for question in answered if not question.twin)
        """The questions that find their passages."""
        self.embedded = {
            "blocks": [passage.text for passage in self.passages],
            "sentences": [sentence.text for sentence in sentences_of(self.passages)],
            "questions": [corpus.metonyms.replaced(question.text) for question in answered],
            "unanswered": [corpus.metonyms.replaced(question.text) for question in unanswered],
        }
        """What is embedded, by kind of vectors."""
        asked = [*self.embedded["questions"], *self.embedded["unanswered"]]
        self.words, self.orders = SharedWords.of(asked), Orders.of(Parties(corpus.parties), asked)
        """The words of the questions of both kinds, and who comes first and next in them."""


def build(corpus: Corpus, encoder: Encoder, folder: Path | None = None) -> dict[str, Any]:
    """Embed everything with `encoder`, write the index into `folder` and return its manifest.

    The questions are read from `folder`. Each file is written beside its place and moved there
    whole; the manifest comes last, so that an interrupted build is never taken for an index.
    """
    folder = folder_of(corpus, folder)
    banks = Banks.of(folder)
    texts = Texts(corpus, banks)
    vectors = {name: np.ascontiguousarray(encoder.encode(texts.embedded[name]), np.float32) for name in VECTORS}
    files = {vector_file(name): as_stored(name, vectors[name]) for name in VECTORS}
    stored = {name: stored_vectors(name, files[vector_file(name)]).vectors for name in VECTORS}
    files[VOTES] = packed_votes(_votes(stored["questions"], texts))
    files[DOUBTS] = solved(_alike(stored, texts), _kinds(stored)).astype("<f4").tobytes()
    files[WORDS], files[ORDERS], files[LEXICAL] = texts.words.packed(), texts.orders.packed(), _lexical(texts).packed()
    manifest = {
        "schema": SCHEMA,
        **inputs_of(corpus, banks),
        "model": {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": vectors["blocks"].shape[1]},
        "counts": {name: len(texts.embedded[name]) for name in VECTORS},
    }
    return write_built(folder, manifest, files)


def _votes(stored: Vectors, texts: Texts) -> Vectors:
    """What each bank question says for and against each passage, solved for; `stored`: the vectors as compared."""
    finding = len(texts.finding)
    wanted = np.eye(len(texts.passages), dtype=np.float32)[[question.passage for question in texts.finding]]
    alike = likeness(stored[:finding] @ stored[:finding].T)
    for number in range(finding):
        alike[number] += WORDS_SHARE * texts.words.row(number)[:finding]
    return solved(alike, wanted)


def _alike(stored: Mapping[str, Vectors], texts: Texts) -> Vectors:
    """How alike the questions of both kinds are: by meaning where the parties have the same parts, and by words."""
    count = sum(len(stored[name]) for name in _JUDGED)
    alike = np.empty((count, count), np.float32)
    for rows, some in _alike_by_rows(stored, texts):
        alike[rows] = some
    return alike


def _alike_by_rows(stored: Mapping[str, Vectors], texts: Texts) -> Iterator[tuple[slice, Vectors]]:
    """The same some rows at a time: all of it, with what it is made from, takes gigabytes."""
    both = np.concatenate([stored[name] for name in _JUDGED])
    for start in range(0, len(both), _ROWS):
        rows = slice(start, min(start + _ROWS, len(both)))
        alike = likeness(both[rows] @ both.T)
        alike *= np.stack([texts.orders.agreement((int(a), int(b))) for a, b in texts.orders.roles[rows]])
        alike += WORDS_SHARE * np.stack([texts.words.row(number) for number in range(rows.start, rows.stop)])
        yield rows, alike


def _kinds(stored: Mapping[str, Vectors]) -> Vectors:
    """What the doubts together say of each question: -1 for one that is answered, 1 for one that is not."""
    return np.repeat(np.array([-1, 1], np.float32), [len(stored[name]) for name in _JUDGED])


def _missed(doubts: NDArray[np.float64], stored: Mapping[str, Vectors], texts: Texts) -> float:
    """By how much stored doubts miss what they were solved for, at most.

    To put them in takes far less than to solve for them anew, and finds any that is off by as much.
    """
    wanted, worst = _kinds(stored), 0.0
    for rows, alike in _alike_by_rows(stored, texts):
        said = alike.astype(np.float64) @ doubts + RIDGE * doubts[rows]
        worst = max(worst, float(np.abs(said - wanted[rows]).max()))
    return worst


def _lexical(texts: Texts) -> WordTables:
    bank, blocks = texts.finding, texts.embedded["blocks"]
    asked = [" ".join(q.text for q in bank if q.passage == n) for n in range(len(blocks))]
    counted = dict(zip(FIELDS, (blocks, texts.embedded["sentences"], asked), strict=True))
    starts = np.cumsum([0] + [len(passage.block.sentences) for passage in texts.passages]).tolist()
    pairs = [(n, starts[q.passage] + s - 1) for n, q in enumerate(bank) for s in q.sentences]
    every = Counter(piece.folded for text in (*blocks, *asked) for piece in pieces_of(text))
    return WordTables(
        {name: Lexical.of(counted[name]) for name in FIELDS},
        dict(sorted(every.items(), key=lambda item: (-item[1], item[0]))),
        frozenset(piece.folded for text in blocks for piece in pieces_of(text)),
        np.array([question.passage for question in bank], np.int32),
        np.array(pairs, np.int32).reshape(-1, 2),
    )


def check(corpus: Corpus, encoder: Encoder, folder: Path | None = None) -> dict[str, float]:
    """Prove that an index belongs to these sources, this model and this build.

    Embeds everything again with `encoder` and returns the largest difference to the stored vectors,
    by kind. Raises `IndexMismatch` for any difference beyond what storing costs, or any other disagreement.
    """
    folder = folder_of(corpus, folder)
    index = Index.load(corpus, folder)
    index.check_model(encoder)
    texts = Texts(corpus, Banks.of(folder))
    if read_file(folder, LEXICAL) != _lexical(texts).packed():
        raise IndexMismatch(f"{LEXICAL} does not follow from the sources and the question bank")
    for name, data in ((WORDS, texts.words.packed()), (ORDERS, texts.orders.packed())):
        if read_file(folder, name) != data:
            raise IndexMismatch(f"{name} does not follow from the question bank")
    differences = {name: _difference(index, name, encoder.encode(texts.embedded[name])) for name in VECTORS}
    stored = {name: index.vectors(name) for name in _JUDGED}
    if not agree(index.votes.whole, _votes(stored["questions"], texts)):
        raise IndexMismatch(f"{VOTES} does not follow from the question bank")
    if _missed(index.doubts, stored, texts) > _DOUBT_TOLERANCE:
        raise IndexMismatch(f"{DOUBTS} does not follow from the questions known to be answered and unanswered")
    return differences


def _difference(index: Index, name: str, fresh: Vectors) -> float:
    """The largest difference of stored vectors to fresh ones."""
    stored = index.vectors(name)
    if stored.shape != fresh.shape:
        raise IndexMismatch(f"{vector_file(name)} holds {stored.shape} numbers instead of {fresh.shape}")
    apart = np.abs(stored - fresh)
    lost = nibble_steps(fresh) / 2 if vector_file(name).endswith(".int4") else 0.0
    if (apart > lost + _TOLERANCE).any():
        raise IndexMismatch(f"{vector_file(name)} differs from a fresh embedding by {apart.max():.1e}")
    return float(apart.max())
