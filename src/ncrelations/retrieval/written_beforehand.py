"""Questions written beforehand that no single passage owns: follow-ups, and questions for several passages.

`followups.jsonl` is to a conversation what the question bank is to a question: the same follow-up means one
passage after one answer and another after another. `several.jsonl` has questions that need several passages.
What is asked is compared with all of them (a follow-up also by where it is asked), and together they say which
passages answer it. Of their vectors only the signs of the components are stored, in folders beside the index:
for comparing short lines they were measured to do as well as the whole numbers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.errors import IndexMismatch
from ncrelations.models.encoder import Encoder, Vectors
from ncrelations.models.one_thread import one_thread
from ncrelations.retrieval.index import Index, folder_of
from ncrelations.retrieval.index_files import SCHEMA, read_built, read_manifest, write_built
from ncrelations.retrieval.kernel_regression import (
    Votes,
    agree,
    likeness,
    packed_votes,
    solved,
    unpacked_votes,
)
from ncrelations.retrieval.passages import passages_of
from ncrelations.retrieval.signals import Scores
from ncrelations.retrieval.vector_files import Signs, directions, packed_signs, unpacked_signs
from ncrelations.texts.whole_files import packaged_bytes

Kind = Literal["followups", "several"]
KINDS: tuple[Kind, ...] = ("followups", "several")
SIGNS, VOTES, AFTER = "signs.bits", "votes.int8", "after.int32"
_SURE = 1e-5
"""A component this near zero may have either sign."""

_LOCAL, _RIDGE = 5.0, 1.0
"""How fast likeness falls with the cosine, and how far the votes are kept small."""

PLACE, NEAR = 0.8, 3.0
"""The share of a follow-up's likeness that hangs on its place, and how fast that falls from passage to passage."""


class WrittenQuestion(NamedTuple):
    """A question written beforehand."""

    text: str
    """As it would be typed."""
    answers: tuple[int, ...]
    """The positions of the passages that answer it, best first."""
    after: int | None = None
    """For a follow-up: the position of the passage shown before."""


class Written:
    """The authored file of a kind."""

    def __init__(self, corpus: Corpus, kind: Kind) -> None:
        """Read it; empty where the corpus has none."""
        path = None if corpus.written_folder is None else corpus.written_folder / f"{kind}.jsonl"
        data = packaged_bytes(path) if path is not None and path.exists() else b""
        self._lines = data.splitlines()
        self._positions = {passage.block.citation: passage.position for passage in passages_of(corpus)}
        self.sha256 = hashlib.sha256(data).hexdigest()
        """Checksum of the file."""
        self.passages = len(self._positions)
        """How many passages there are."""

    def __len__(self) -> int:
        return len(self._lines)

    @cached_property
    def questions(self) -> tuple[WrittenQuestion, ...]:
        """Its questions, in the editors' order: read when an index is built or checked, not to answer from one."""
        return tuple(_written(json.loads(line), self._positions) for line in self._lines)

    @property
    def after(self) -> NDArray[np.int32]:
        """For each question the position of the passage shown before, or -1."""
        return np.array([-1 if each.after is None else each.after for each in self.questions], "<i4")


def _written(entry: dict[str, Any], positions: Mapping[Citation, int]) -> WrittenQuestion:
    answers = tuple(positions[Citation.parse(address)] for address in entry["answers"])
    after = positions[Citation.parse(entry["after"])] if "after" in entry else None
    return WrittenQuestion(entry["question"], answers, after)


class WrittenVotes:
    """What those of a kind say for each passage. Immutable; safe to share between threads."""

    def __init__(self, signs: NDArray[np.bool_], votes: Votes, after: NDArray[np.int32], places: Vectors) -> None:
        """`signs`: whether each component of each one's vector is positive; `votes` by question and passage.

        `after`: the position of the passage shown before each, or -1; `places`: how alike the places after two
        passages are.
        """
        self.signs, self.votes, self.after, self.places = signs, votes, after, places

    def answering(self, vector: Vectors, after: int | None = None) -> Scores:
        """What they say for each passage, in eighths of their spread.

        `vector` is the unit vector of a question, `after` the position of the passage shown before a follow-up.
        """
        with one_thread():
            alike = likeness(Signs(self.signs).products(vector), _LOCAL)
            if after is not None:
                alike *= self.places[after][self.after]
            scores = self.votes.counted(alike)
        return scores / (8 * float(scores.std()) or 1.0)


def _places(blocks: Vectors) -> Vectors:
    """How alike the places after two passages are, 0..1, from the vectors of their blocks."""
    return np.asarray(1 - PLACE + PLACE * np.exp(NEAR * (blocks @ blocks.T - 1)), np.float32)


def _solved(written: Written, vectors: Vectors, places: Vectors) -> Vectors:
    """The votes of those of a kind, given their vectors."""
    alike = likeness(vectors @ directions(vectors > 0).T, _LOCAL)
    after = [each.after for each in written.questions if each.after is not None]
    if after:
        alike *= places[np.ix_(after, after)]
    wanted = np.zeros((len(vectors), written.passages), np.float32)
    for number, each in enumerate(written.questions):
        wanted[number, list(each.answers)] = 1 / len(each.answers)
    return solved(alike, wanted, _RIDGE)


def build(corpus: Corpus, encoder: Encoder, folder: Path | None = None) -> dict[str, int]:
    """Embed them, write their signs and votes beside the index in `folder`, and return how many of each kind."""
    places = _places(encoder.encode([passage.text for passage in passages_of(corpus)]))
    written = {kind: Written(corpus, kind) for kind in KINDS}
    embedded = {kind: _embedded(corpus, written[kind], encoder) for kind in KINDS if written[kind].questions}
    for kind, vectors in embedded.items():
        _write(kind, written[kind], encoder, vectors, places, folder_of(corpus, folder) / kind)
    return {kind: len(vectors) for kind, vectors in embedded.items()}


def _write(kind: Kind, written: Written, encoder: Encoder, vectors: Vectors, places: Vectors, folder: Path) -> None:
    files = {
        SIGNS: packed_signs(vectors),
        VOTES: packed_votes(_solved(written, vectors, places)),
        AFTER: written.after.tobytes(),
    }
    manifest = {
        "schema": SCHEMA,
        "written": written.sha256,
        "model": {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": vectors.shape[1]},
        "counts": {kind: len(vectors)},
    }
    write_built(folder, manifest, files)


def _embedded(corpus: Corpus, written: Written, encoder: Encoder) -> Vectors:
    return np.asarray(encoder.encode([corpus.metonyms.replaced(each.text) for each in written.questions]), np.float32)


def load(kind: Kind, index: Index, folder: Path | None = None) -> WrittenVotes | None:
    """Those of a kind beside an index, as the same model embedded them; `None` where none were written.

    Raises `IndexMismatch`.
    """
    written = Written(index.corpus, kind)
    if not len(written):
        return None
    beside = folder_of(index.corpus, folder) / kind
    manifest = read_manifest(beside)
    files = read_built(beside, manifest, (SIGNS, VOTES, AFTER))
    try:
        model, count = manifest["model"], len(written)
        if manifest["written"] != written.sha256:
            raise IndexMismatch(f"it was built from another {kind}.jsonl")
        if (model["name"], model["fingerprint"]) != index.built_with:
            raise IndexMismatch(f"{kind}/ was built with {model['name']}, not with {index.model}")
        dimension = index.vectors("blocks").shape[1]
        signs = unpacked_signs(files[SIGNS], count, dimension)
        votes = unpacked_votes(files[VOTES], count, written.passages)
        after = np.frombuffer(files[AFTER], "<i4").reshape(count)
        return WrittenVotes(signs, votes, after, _places(index.vectors("blocks")))
    except (KeyError, TypeError, ValueError) as error:
        raise IndexMismatch(f"a file of {kind}/ cannot be read ({error})") from error


def check(corpus: Corpus, encoder: Encoder, folder: Path | None = None) -> dict[str, int]:
    """Prove that the files belong to what was written and to this model; return how many there are of each kind.

    Raises `IndexMismatch` where a component that is not within 1e-5 of zero has another sign than in a fresh
    embedding, and for votes that do not follow.
    """
    index = Index.load(corpus, folder)
    index.check_model(encoder)
    loaded = {kind: load(kind, index, folder) for kind in KINDS}
    return {kind: _check(kind, corpus, encoder, stored) for kind, stored in loaded.items() if stored is not None}


def _check(kind: Kind, corpus: Corpus, encoder: Encoder, stored: WrittenVotes) -> int:
    written = Written(corpus, kind)
    if not np.array_equal(stored.after, written.after):
        raise IndexMismatch(f"{kind}/{AFTER} does not follow from {kind}.jsonl")
    fresh = _embedded(corpus, written, encoder)
    if stored.signs.shape != fresh.shape or (np.abs(fresh[stored.signs != (fresh > 0)]) > _SURE).any():
        raise IndexMismatch(f"{kind}/{SIGNS} differs from a fresh embedding")
    if not agree(stored.votes.whole, _solved(written, fresh, stored.places)):
        raise IndexMismatch(f"{kind}/{VOTES} does not follow from {kind}.jsonl")
    return len(fresh)
