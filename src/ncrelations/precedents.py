"""Precedents: follow-ups written beforehand, the passage that each comes after, and those that answer it.

`editorial/followups.jsonl` is to a conversation what the question bank is to a question: "and how does Beijing
answer that?" means one passage after NATO's view of Taiwan and another after its view of the pandemic. The signs
of their vectors' components are all that is stored, in `followups/` beside the index: for finding the likest of
some thousand short lines they were measured to do as well as the whole numbers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ncrelations.citation import Citation
from ncrelations.encoder import Encoder, Vectors
from ncrelations.errors import IndexMismatch
from ncrelations.gazetteer import canonical
from ncrelations.index import MANIFEST, SCHEMA, Scores, index_folder, packaged_index, read_file, read_manifest, write_whole
from ncrelations.passages import passages

FOLDER, SIGNS = "followups", "signs.bits"
_REMEDY = "ncr index build"
_SURE = 1e-5
"""A component this near zero may have either sign."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up written beforehand."""

    text: str
    """As it would be typed."""
    after: int
    """The position of the passage shown before."""
    answers: tuple[int, ...]
    """The positions of the passages that answer it, best first."""


@cache
def followups() -> tuple[FollowUp, ...]:
    """Every follow-up of the editors, in their order."""
    positions = {passage.block.citation: passage.position for passage in passages()}
    return tuple(_followup(json.loads(line), positions) for line in _authored().splitlines())


def _followup(entry: dict[str, Any], positions: Mapping[Citation, int]) -> FollowUp:
    answers = tuple(positions[Citation.parse(address)] for address in entry["answers"])
    return FollowUp(entry["question"], positions[Citation.parse(entry["after"])], answers)


@cache
def _authored() -> bytes:
    return Path(__file__).with_name("editorial").joinpath("followups.jsonl").read_bytes()


class Precedents:
    """The follow-ups with the signs of their vectors. Immutable once loaded; safe to share between threads."""

    def __init__(self, signs: NDArray[np.bool_]) -> None:
        """`signs`: whether each component of each follow-up's vector is positive."""
        self.signs = signs
        known = followups()
        self.after = np.array([each.after for each in known])
        """The position of the passage before each follow-up."""
        pairs = [(n, answer, _SHARE**rank) for n, each in enumerate(known) for rank, answer in enumerate(each.answers)]
        asking, answering, shares = zip(*pairs, strict=True)
        self._asking, self._answering = np.array(asking), np.array(answering)
        self._shares = np.array(shares)

    @cached_property
    def _directions(self) -> Vectors:
        """The signs as unit vectors."""
        return np.where(self.signs, 1.0, -1.0).astype(np.float32) / np.float32(np.sqrt(self.signs.shape[1]))

    def near(self, vector: Vectors) -> Scores:
        """How near a question, given as unit vector, comes to each follow-up: the cosine with its signs."""
        return np.asarray(self._directions @ vector, np.float64)

    def answering(self, scores: Scores) -> Scores:
        """For each passage the best score of a follow-up that it answers, 0 without; less where it is not the best."""
        best = np.zeros(len(passages()))
        np.maximum.at(best, self._answering, scores[self._asking] * self._shares)
        return best


_SHARE = 0.85
"""What each next answer of a follow-up counts, beside the one before it."""


def build(encoder: Encoder, folder: Path | None = None) -> dict[str, Any]:
    """Embed the follow-ups, write their signs beside the index in `folder`, and return their manifest."""
    signs = _embedded(encoder) > 0
    data = np.packbits(signs, axis=1).tobytes()
    manifest = {
        "schema": SCHEMA,
        "followups": hashlib.sha256(_authored()).hexdigest(),
        "model": {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": signs.shape[1]},
        "counts": {FOLDER: len(signs)},
        "files": {SIGNS: hashlib.sha256(data).hexdigest()},
    }
    beside = (folder or index_folder()) / FOLDER
    beside.mkdir(exist_ok=True)
    write_whole(beside / SIGNS, data)
    write_whole(beside / MANIFEST, (json.dumps(manifest, indent=2) + "\n").encode())
    return manifest


def _embedded(encoder: Encoder) -> Vectors:
    return np.asarray(encoder.encode([canonical(each.text) for each in followups()]), np.float32)


def load(model: str, folder: Path | None = None) -> Precedents:
    """The follow-ups as the model of that name embedded them. Raises `IndexMismatch`."""
    beside = (folder or index_folder()) / FOLDER
    manifest, data = read_manifest(beside), read_file(beside, SIGNS)
    try:
        written, by, dimension = manifest["followups"], manifest["model"]["name"], manifest["model"]["dimension"]
        checksum = manifest["files"][SIGNS]
    except (KeyError, TypeError) as error:
        raise IndexMismatch(f"{FOLDER}/{MANIFEST} is not a manifest ({error})", _REMEDY) from error
    if written != hashlib.sha256(_authored()).hexdigest():
        raise IndexMismatch("it was built from another followups.jsonl", _REMEDY)
    if by != model:
        raise IndexMismatch(f"{FOLDER}/ was built with {by}, not with {model}", _REMEDY)
    if checksum != hashlib.sha256(data).hexdigest() or len(data) * 8 != len(followups()) * dimension:
        raise IndexMismatch(f"{FOLDER}/{SIGNS} is not the file the manifest names", _REMEDY)
    bits = np.unpackbits(np.frombuffer(data, np.uint8)).reshape(len(followups()), dimension)
    return Precedents(bits.astype(bool))


def check(encoder: Encoder, folder: Path | None = None) -> int:
    """Prove that the stored signs are those of a fresh embedding, and return how many there are.

    Raises `IndexMismatch` where a component that is not within 1e-5 of zero has another sign.
    """
    stored, fresh = load(encoder.name, folder).signs, _embedded(encoder)
    if stored.shape != fresh.shape or (np.abs(fresh[stored != (fresh > 0)]) > _SURE).any():
        raise IndexMismatch(f"{FOLDER}/{SIGNS} differs from a fresh embedding", _REMEDY)
    return stored.size


@lru_cache(maxsize=1)
def packaged_precedents() -> Precedents:
    """The packaged follow-ups, loaded once a process."""
    return load(packaged_index().model)
