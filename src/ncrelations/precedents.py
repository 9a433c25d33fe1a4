"""Precedents: follow-ups written beforehand, the passage that each comes after, and those that answer it.

`editorial/followups.jsonl` is to a conversation what the question bank is to a question: "and how does Beijing
answer that?" means one passage after NATO's view of Taiwan and another after its view of the pandemic. A follow-up
asked is compared with all of them, and with where they were asked, and they vote for the passages that answer it.
Of their vectors only the signs of the components are stored, in `followups/` beside the index: for comparing short
lines they were measured to do as well as the whole numbers.
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
from ncrelations.index import (
    MANIFEST,
    SCHEMA,
    Scores,
    index_folder,
    packaged_index,
    read_file,
    read_manifest,
    write_whole,
)
from ncrelations.passages import passages
from ncrelations.votes import agree, likeness, packed, solved, unpacked

FOLDER, SIGNS, VOTES = "followups", "signs.bits", "votes.int8"
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
    """The follow-ups with the signs of their vectors and their votes. Immutable; safe to share between threads."""

    def __init__(self, signs: NDArray[np.bool_], votes: Vectors) -> None:
        """`signs`: whether each component of each follow-up's vector is positive; `votes` by follow-up and passage."""
        self.signs, self.votes = signs, votes
        self._after = np.array([each.after for each in followups()])

    @cached_property
    def _directions(self) -> Vectors:
        return _directions(self.signs)

    def answering(self, vector: Vectors, after: int) -> Scores:
        """What the follow-ups say for each passage, in eighths of their spread.

        `vector` is the unit vector of a follow-up, `after` the position of the passage shown before it.
        """
        alike = likeness(BITS * (self._directions @ vector)) * _places()[after][self._after]
        scores = np.asarray(alike @ self.votes, np.float64)
        return scores / (8 * float(scores.std()) or 1.0)


BITS = 1.25
"""What makes up for the length that a vector loses where only its signs are left."""

PLACE, NEAR = 0.8, 3.0
"""The share of a follow-up's likeness that hangs on its place, and how fast that falls from passage to passage."""


def _directions(signs: NDArray[np.bool_]) -> Vectors:
    """The signs as unit vectors."""
    return np.where(signs, 1.0, -1.0).astype(np.float32) / np.float32(np.sqrt(signs.shape[1]))


@cache
def _places() -> Vectors:
    """How alike the places after two passages are, 0..1: shape (passages, passages)."""
    vectors = packaged_index().vectors("blocks")
    return np.asarray(1 - PLACE + PLACE * np.exp(NEAR * (vectors @ vectors.T - 1)), np.float32)


def _solved(vectors: Vectors) -> Vectors:
    """The votes of the follow-ups, given their vectors."""
    after = [each.after for each in followups()]
    alike = likeness(BITS * (vectors @ _directions(vectors > 0).T)) * _places()[np.ix_(after, after)]
    wanted = np.zeros((len(after), len(passages())), np.float32)
    for number, each in enumerate(followups()):
        wanted[number, list(each.answers)] = 1 / len(each.answers)
    return solved(alike, wanted)


def build(encoder: Encoder, folder: Path | None = None) -> dict[str, Any]:
    """Embed the follow-ups, write their signs and votes beside the index in `folder`, and return their manifest."""
    vectors = _embedded(encoder)
    files = {SIGNS: np.packbits(vectors > 0, axis=1).tobytes(), VOTES: packed(_solved(vectors))}
    manifest = {
        "schema": SCHEMA,
        "followups": hashlib.sha256(_authored()).hexdigest(),
        "model": {"name": encoder.name, "fingerprint": encoder.fingerprint, "dimension": vectors.shape[1]},
        "counts": {FOLDER: len(vectors)},
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    files[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()
    beside = (folder or index_folder()) / FOLDER
    beside.mkdir(exist_ok=True)
    for name, data in files.items():
        write_whole(beside / name, data)
    return manifest


def _embedded(encoder: Encoder) -> Vectors:
    return np.asarray(encoder.encode([canonical(each.text) for each in followups()]), np.float32)


def load(encoder: tuple[str, str], folder: Path | None = None) -> Precedents:
    """The follow-ups as the model of that name and fingerprint embedded them. Raises `IndexMismatch`."""
    beside = (folder or index_folder()) / FOLDER
    manifest = read_manifest(beside)
    files = {name: read_file(beside, name) for name in (SIGNS, VOTES)}
    try:
        model, listed, count = manifest["model"], manifest["files"], len(followups())
        if manifest["followups"] != hashlib.sha256(_authored()).hexdigest():
            raise IndexMismatch("it was built from another followups.jsonl")
        if (model["name"], model["fingerprint"]) != encoder:
            raise IndexMismatch(f"{FOLDER}/ was built with {model['name']}, not with {encoder[0]}")
        for name, data in files.items():
            if hashlib.sha256(data).hexdigest() != listed[name]:
                raise IndexMismatch(f"{FOLDER}/{name} is not the file the manifest names")
        bits = np.unpackbits(np.frombuffer(files[SIGNS], np.uint8)).reshape(count, model["dimension"])
        return Precedents(bits.astype(bool), unpacked(files[VOTES], count, len(passages())))
    except (KeyError, TypeError, ValueError) as error:
        raise IndexMismatch(f"a file of {FOLDER}/ cannot be read ({error})") from error


def check(encoder: Encoder, folder: Path | None = None) -> int:
    """Prove that the follow-ups' files belong to these follow-ups and this model; return how many there are.

    Raises `IndexMismatch` where a component that is not within 1e-5 of zero has another sign than in a fresh
    embedding, and for votes that do not follow.
    """
    stored, fresh = load((encoder.name, encoder.fingerprint), folder), _embedded(encoder)
    if stored.signs.shape != fresh.shape or (np.abs(fresh[stored.signs != (fresh > 0)]) > _SURE).any():
        raise IndexMismatch(f"{FOLDER}/{SIGNS} differs from a fresh embedding")
    if not agree(stored.votes, _solved(fresh)):
        raise IndexMismatch(f"{FOLDER}/{VOTES} does not follow from the follow-ups")
    return len(fresh)


@lru_cache(maxsize=1)
def packaged_precedents() -> Precedents:
    """The packaged follow-ups, loaded once a process."""
    return load(packaged_index().built_with)
