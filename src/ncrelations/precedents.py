"""Precedents: what was written beforehand for questions that no single question of the bank stands for.

`editorial/followups.jsonl` is to a conversation what the question bank is to a question: "and how does Beijing
answer that?" means one passage after NATO's view of Taiwan and another after its view of the pandemic.
`editorial/several.jsonl` has questions that need several passages. What is asked is compared with all of them (a
follow-up also by where it is asked), and they vote for the passages that answer it.
Of their vectors only the signs of the components are stored, in folders beside the index: for comparing short
lines they were measured to do as well as the whole numbers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ncrelations.citation import Citation
from ncrelations.encoder import Encoder, Vectors
from ncrelations.errors import IndexMismatch
from ncrelations.gazetteer import canonical
from ncrelations.index import (
    SCHEMA,
    Index,
    Scores,
    index_folder,
    packaged_index,
    read_built,
    read_manifest,
    write_built,
)
from ncrelations.passages import passages
from ncrelations.votes import agree, counted, likeness, packed, solved, unpacked

Kind = Literal["followups", "several"]
KINDS: tuple[Kind, ...] = ("followups", "several")
SIGNS, VOTES = "signs.bits", "votes.int8"
_SURE = 1e-5
"""A component this near zero may have either sign."""


@dataclass(frozen=True, slots=True)
class Precedent:
    """A question written beforehand."""

    text: str
    """As it would be typed."""
    answers: tuple[int, ...]
    """The positions of the passages that answer it, best first."""
    after: int | None = None
    """For a follow-up: the position of the passage shown before."""


@cache
def precedents(kind: Kind) -> tuple[Precedent, ...]:
    """Every one of a kind, in the editors' order."""
    positions = {passage.block.citation: passage.position for passage in passages()}
    return tuple(_precedent(json.loads(line), positions) for line in _authored(kind).splitlines())


def _precedent(entry: dict[str, Any], positions: Mapping[Citation, int]) -> Precedent:
    answers = tuple(positions[Citation.parse(address)] for address in entry["answers"])
    return Precedent(
        entry["question"], answers, positions[Citation.parse(entry["after"])] if "after" in entry else None
    )


@cache
def _authored(kind: Kind) -> bytes:
    return Path(__file__).with_name("editorial").joinpath(f"{kind}.jsonl").read_bytes()


class Precedents:
    """Those of a kind with the signs of their vectors and their votes. Immutable; safe to share between threads."""

    def __init__(self, kind: Kind, signs: NDArray[np.bool_], votes: Vectors, places: Vectors) -> None:
        """`signs`: whether each component of each one's vector is positive; `votes` by precedent and passage.

        `places`: how alike the places after two passages are.
        """
        self.signs, self.votes, self.places = signs, votes, places
        self._after = np.array([-1 if each.after is None else each.after for each in precedents(kind)])

    @cached_property
    def _directions(self) -> Vectors:
        return _directions(self.signs)

    def answering(self, vector: Vectors, after: int | None = None) -> Scores:
        """What they say for each passage, in eighths of their spread.

        `vector` is the unit vector of a question, `after` the position of the passage shown before a follow-up.
        """
        alike = likeness(BITS * np.einsum("qd,d->q", self._directions, vector))
        if after is not None:
            alike = alike * self.places[after][self._after]
        scores = counted(alike, self.votes)
        return scores / (8 * float(scores.std()) or 1.0)


BITS = 1.25
"""What makes up for the length that a vector loses where only its signs are left."""

PLACE, NEAR = 0.8, 3.0
"""The share of a follow-up's likeness that hangs on its place, and how fast that falls from passage to passage."""


def _directions(signs: NDArray[np.bool_]) -> Vectors:
    """The signs as unit vectors."""
    return np.where(signs, 1.0, -1.0).astype(np.float32) / np.float32(np.sqrt(signs.shape[1]))


def _places(blocks: Vectors) -> Vectors:
    """How alike the places after two passages are, 0..1, from the vectors of their blocks."""
    return np.asarray(1 - PLACE + PLACE * np.exp(NEAR * (blocks @ blocks.T - 1)), np.float32)


def _solved(kind: Kind, vectors: Vectors, places: Vectors) -> Vectors:
    """The votes of those of a kind, given their vectors."""
    alike = likeness(BITS * (vectors @ _directions(vectors > 0).T))
    after = [each.after for each in precedents(kind) if each.after is not None]
    if after:
        alike *= places[np.ix_(after, after)]
    wanted = np.zeros((len(vectors), len(passages())), np.float32)
    for number, each in enumerate(precedents(kind)):
        wanted[number, list(each.answers)] = 1 / len(each.answers)
    return solved(alike, wanted)


def build(encoder: Encoder, folder: Path | None = None) -> dict[str, int]:
    """Embed them, write their signs and votes beside the index in `folder`, and return how many of each kind."""
    places = _places(encoder.encode([passage.text for passage in passages()]))
    embedded = {kind: _embedded(kind, encoder) for kind in KINDS}
    for kind, vectors in embedded.items():
        _write(kind, encoder, vectors, places, (folder or index_folder()) / kind)
    return {kind: len(vectors) for kind, vectors in embedded.items()}


def _write(kind: Kind, encoder: Encoder, vectors: Vectors, places: Vectors, folder: Path) -> None:
    files = {SIGNS: np.packbits(vectors > 0, axis=1).tobytes(), VOTES: packed(_solved(kind, vectors, places))}
    manifest = {
        "schema": SCHEMA,
        "written": hashlib.sha256(_authored(kind)).hexdigest(),
        "model": {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": vectors.shape[1]},
        "counts": {kind: len(vectors)},
    }
    write_built(folder, manifest, files)


def _embedded(kind: Kind, encoder: Encoder) -> Vectors:
    return np.asarray(encoder.encode([canonical(each.text) for each in precedents(kind)]), np.float32)


def load(kind: Kind, index: Index, folder: Path | None = None) -> Precedents:
    """Those of a kind beside an index, as the same model embedded them. Raises `IndexMismatch`."""
    beside = (folder or index_folder()) / kind
    manifest = read_manifest(beside)
    files = read_built(beside, manifest, (SIGNS, VOTES))
    try:
        model, count = manifest["model"], len(precedents(kind))
        if manifest["written"] != hashlib.sha256(_authored(kind)).hexdigest():
            raise IndexMismatch(f"it was built from another {kind}.jsonl")
        if (model["name"], model["fingerprint"]) != index.built_with:
            raise IndexMismatch(f"{kind}/ was built with {model['name']}, not with {index.model}")
        dimension = index.vectors("blocks").shape[1]
        packed_signs = np.frombuffer(files[SIGNS], np.uint8).reshape(count, -(-dimension // 8))
        signs = np.unpackbits(packed_signs, axis=1, count=dimension).astype(bool)
        votes = unpacked(files[VOTES], count, len(passages()))
        return Precedents(kind, signs, votes, _places(index.vectors("blocks")))
    except (KeyError, TypeError, ValueError) as error:
        raise IndexMismatch(f"a file of {kind}/ cannot be read ({error})") from error


def check(encoder: Encoder, folder: Path | None = None) -> dict[str, int]:
    """Prove that the files belong to what was written and to this model; return how many there are of each kind.

    Raises `IndexMismatch` where a component that is not within 1e-5 of zero has another sign than in a fresh
    embedding, and for votes that do not follow.
    """
    index = Index.load(folder)
    index.check_model(encoder)
    return {kind: _check(kind, encoder, load(kind, index, folder)) for kind in KINDS}


def _check(kind: Kind, encoder: Encoder, stored: Precedents) -> int:
    fresh = _embedded(kind, encoder)
    if stored.signs.shape != fresh.shape or (np.abs(fresh[stored.signs != (fresh > 0)]) > _SURE).any():
        raise IndexMismatch(f"{kind}/{SIGNS} differs from a fresh embedding")
    if not agree(stored.votes, _solved(kind, fresh, stored.places)):
        raise IndexMismatch(f"{kind}/{VOTES} does not follow from {kind}.jsonl")
    return len(fresh)


@cache
def packaged_precedents(kind: Kind) -> Precedents:
    """The packaged ones of a kind, loaded once a process."""
    return load(kind, packaged_index())
