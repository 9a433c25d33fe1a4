"""Encoding passages: one pass of the network a passage gives the vectors of the block, its sentences and tokens.

The vector of a sentence is the mean of its tokens' states within the passage: as good as one of the sentence alone,
for half the work. A passage longer than the network reads goes through it in several windows of whole sentences, each
under the heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.meaning_segments import HEADING, MeaningSegment, Quantized, starts_joined
from ncrelations.collections.passage_text import PassageText
from ncrelations.collections.segment_files import Rows
from ncrelations.collections.token_bits import bits_of
from ncrelations.models.encoder import TokenEncoder, Vectors
from ncrelations.models.one_thread import one_thread

_TOGETHER = 8
"""Passages that go through the network at a time: others may ask it in between."""

_LONGEST_HEADING, _LONGEST_TEXT = 32, 800
"""Tokens of a heading, and characters taken apart into tokens at a time."""


@dataclass(frozen=True, slots=True)
class _Window:
    """What goes through the network at once."""

    tokens: list[int]
    """The numbers of the tokens between beginning and end."""
    owners: list[int]
    """The sentence of each, from 0; `HEADING` for those of the heading."""


@dataclass(frozen=True, slots=True)
class _Encoded:
    """What one passage gives."""

    block: Vectors
    sentences: Vectors
    bits: NDArray[np.uint8]
    owners: NDArray[np.uint16]
    pieces: frozenset[int]


def encoded(version: int, passages: Sequence[PassageText], encoder: TokenEncoder) -> MeaningSegment:
    """The meaning of a version's passages."""
    found = list(_each(passages, encoder))
    pieces, having = np.unique([piece for each in found for piece in each.pieces], return_counts=True)
    width = encoder.width
    return MeaningSegment(
        Rows.of(version, [passage.position for passage in passages]),
        encoder.fingerprint,
        Quantized.of(np.array([each.block for each in found], np.float32).reshape(-1, width)),
        Quantized.of(np.concatenate([np.zeros((0, width), np.float32), *(each.sentences for each in found)])),
        starts_joined([np.array([0, len(each.sentences)]) for each in found]),
        np.concatenate([np.zeros((0, 16), np.uint8), *(each.bits for each in found)]),
        np.concatenate([np.zeros(0, np.uint16), *(each.owners for each in found)]),
        starts_joined([np.array([0, len(each.bits)]) for each in found]),
        pieces.astype(np.int32),
        having.astype(np.int32),
    )


def _each(passages: Sequence[PassageText], encoder: TokenEncoder) -> Iterator[_Encoded]:
    """What each passage gives, some at a time."""
    for start in range(0, len(passages), _TOGETHER):
        some = passages[start : start + _TOGETHER]
        windows = [list(_windows(passage, encoder)) for passage in some]
        states = iter(encoder.states([encoder.framed(each.tokens) for these in windows for each in these]))
        with one_thread():
            pooled = [
                _pooled(these, [next(states) for _ in these], len(passage.sentences))
                for passage, these in zip(some, windows, strict=True)
            ]
        yield from pooled


def _windows(passage: PassageText, encoder: TokenEncoder) -> Iterator[_Window]:
    """A passage in pieces that the network can read, each under the heading."""
    heading = encoder.tokens(f"{passage.heading[:_LONGEST_TEXT]}.")[:_LONGEST_HEADING] if passage.heading else []
    room = encoder.most - 2 - len(heading)
    tokens, owners = list[int](), list[int]()
    for number, sentence in enumerate(passage.sentences):
        own = [token for part in _parts(sentence) for token in encoder.tokens(part)]
        for start in range(0, len(own), room):
            part = own[start : start + room]
            if len(tokens) + len(part) > room:
                yield _Window(heading + tokens, [HEADING] * len(heading) + owners)
                tokens, owners = [], []
            tokens, owners = tokens + part, owners + [number] * len(part)
    yield _Window(heading + tokens, [HEADING] * len(heading) + owners)


def _parts(text: str) -> Iterator[str]:
    """A long text in parts, cut between words where there is a gap."""
    while len(text) > _LONGEST_TEXT:
        cut = text.rfind(" ", 1, _LONGEST_TEXT)
        cut = _LONGEST_TEXT if cut < 0 else cut
        yield text[:cut]
        text = text[cut:]
    yield text


def _pooled(windows: Sequence[_Window], states: Sequence[Vectors], sentences: int) -> _Encoded:
    """The vectors of a passage: means of the states of its tokens."""
    whole = np.concatenate(states)
    inner = np.concatenate([each[1:-1] for each in states])
    owners = np.array([owner for each in windows for owner in each.owners], np.int64)
    own = owners != HEADING
    sums = np.zeros((sentences, whole.shape[1]), np.float32)
    np.add.at(sums, owners[own], inner[own])
    empty = ~np.isin(np.arange(sentences), owners[own])
    sums[empty] = whole.mean(axis=0)
    return _Encoded(
        _units(whole.mean(axis=0, keepdims=True))[0],
        _units(sums),
        bits_of(inner if len(inner) else whole),
        (owners if len(inner) else np.full(len(whole), HEADING)).astype(np.uint16),
        frozenset(token for each in windows for token in each.tokens),
    )


def _units(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-12)))
