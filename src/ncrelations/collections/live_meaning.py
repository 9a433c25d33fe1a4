"""The vectors of the live passages: near ones are found by signs, of very many by an index, then measured exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.far_arrays import Joined, joined_rows
from ncrelations.collections.live_near import Near
from ncrelations.collections.live_passages import LivePassages, Numbers
from ncrelations.collections.meaning_segments import HEADING, MeaningSegment, products_of, starts_joined
from ncrelations.collections.segment_files import spans_of
from ncrelations.collections.token_bits import nearest, projected
from ncrelations.models.encoder import TokenEncoder, Vectors
from ncrelations.models.one_thread import one_thread

_CERTAIN = 1e-12


@dataclass(frozen=True, slots=True)
class AskedMeaning:
    """The meaning of a question."""

    tokens: NDArray[np.int64]
    """The numbers of its tokens, beginning and end included."""
    vector: Vectors
    """Its unit vector."""
    projected: Vectors
    """Its tokens, ready to be compared with bits."""

    @classmethod
    def of(cls, question: str, encoder: TokenEncoder) -> AskedMeaning:
        """Encode a question."""
        tokens = encoder.framed(encoder.tokens(question)[: encoder.most - 2])
        states = encoder.states([tokens])[0]
        mean = states.mean(axis=0)
        with one_thread():
            return cls(np.array(tokens), mean / max(float(np.linalg.norm(mean)), _CERTAIN), projected(states))


class _Signs:
    """Signs of vectors, each of a passage."""

    def __init__(self, signs: NDArray[np.uint8], owners: Numbers) -> None:
        """`owners`: the number of the passage of each."""
        self.owners = owners
        self._columns = np.ascontiguousarray(np.ascontiguousarray(signs).view(np.uint64).T)

    def nearest(self, vector: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """The passages of the vectors that have the most signs in common with another."""
        asked = np.packbits(vector > 0).view(np.uint64)
        distances = np.zeros(len(self.owners), np.uint16)
        for column, part in zip(self._columns, asked, strict=False):
            distances += np.bitwise_count(column ^ part)
        if allowed is not None:
            distances[~allowed[self.owners]] = np.iinfo(np.uint16).max
        if count >= len(distances):
            return np.unique(self.owners)
        return np.unique(self.owners[np.argpartition(distances, count)[:count]])


@dataclass(frozen=True, slots=True)
class _AllSigns:
    """The signs of some passages and of their sentences."""

    blocks: _Signs
    sentences: _Signs

    def nearest(self, vector: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """The passages that are near as a whole, or by a sentence."""
        blocks = self.blocks.nearest(vector, count, allowed)
        return np.union1d(blocks, self.sentences.nearest(vector, 2 * count, allowed))


@dataclass(frozen=True, slots=True)
class Cosines:
    """The cosines of a vector with some passages; 0 and none of what is not yet encoded."""

    blocks: Vectors
    """With each as a whole."""
    sentences: Vectors
    """With each sentence, those of one passage together."""
    spans: NDArray[np.int64]
    """Where the sentences of each passage begin and end there: shape (passages, 2)."""

    @property
    def best(self) -> Vectors:
        """The greatest of each passage's sentences, 0 at least."""
        best = np.zeros(len(self.blocks), np.float32)
        having = np.flatnonzero(self.spans[:, 1] > self.spans[:, 0])
        having = having[np.argsort(self.spans[having, 0])]
        if len(having):
            best[having] = np.maximum.reduceat(self.sentences, self.spans[having, 0])
        return np.maximum(best, 0)

    def of(self, at: int) -> tuple[float, ...]:
        """Those of the sentences of one passage."""
        first, end = self.spans[at].tolist()
        return tuple(self.sentences[first:end].tolist())


class LiveMeaning:
    """The meaning of the live passages that have been encoded. Read-only; safe to share between threads."""

    def __init__(self, passages: LivePassages, segments: Sequence[MeaningSegment], near: Near | None = None) -> None:
        """`near` finds near passages, where they are too many to look at the signs of all."""
        self._near = near
        numbers = passages.numbers([each.rows for each in segments])
        self._counting = [each for each, own in zip(segments, numbers, strict=True) if (own >= 0).any()]
        every = np.concatenate([np.zeros(0, np.int64), *numbers])
        self._rows = np.full(len(passages), -1, np.int64)  # of each passage, in all segments together
        self._rows[every[every >= 0]] = np.flatnonzero(every >= 0)
        self.encoded = self._rows >= 0
        """Which passages have been encoded."""
        self._arrays = {name: Joined(list(map(attrgetter(name), segments))) for name in _ARRAYS}
        self._starts = starts_joined([each.sentence_starts for each in segments])
        self._token_starts = starts_joined([each.bit_starts for each in segments])
        self._scales = [np.concatenate([_NO_SCALES, *each]) for each in zip(*map(_scales_of, segments), strict=True)]

    def candidates(self, vector: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """The passages that are near, as a whole or by a sentence: by signs alone, where nothing else finds them."""
        if self._near is None:
            return self._signs.nearest(vector, count, allowed)
        if allowed is not None and np.count_nonzero(allowed) <= self._near.few:
            return self._signs_of(allowed & self.encoded).nearest(vector, count, None)
        found = self._near.near(vector, count, allowed if allowed is None else allowed & self.encoded)
        found = found[self.encoded[found]]
        return np.union1d(found, self._others.nearest(vector, count, allowed)) if self._others else found

    @cached_property
    def _signs(self) -> _AllSigns:
        """Those of all."""
        return self._signs_of(self.encoded)

    @cached_property
    def _others(self) -> _AllSigns | None:
        """Those of the passages that `near` does not know; `None` where it knows all."""
        others = self.encoded & ~self._near.covered if self._near else self.encoded
        return self._signs_of(others) if others.any() else None

    def _signs_of(self, those: NDArray[np.bool_]) -> _AllSigns:
        numbers = np.flatnonzero(those)
        where, rows = self._in_order(numbers)
        if not len(rows):
            return _AllSigns(_Signs(_NO_SIGNS, numbers), _Signs(_NO_SIGNS, numbers))
        lengths, inner = _inside(self._starts, rows)
        parts = joined_rows([(self._arrays["blocks.signs"], rows), (self._arrays["sentences.signs"], inner)])
        return _AllSigns(_Signs(parts[0], numbers[where]), _Signs(parts[1], np.repeat(numbers[where], lengths)))

    def cosines(self, vector: Vectors, numbers: Numbers) -> Cosines:
        """The cosine of a vector with each of some passages, and with each of its sentences."""
        blocks, spans = np.zeros(len(numbers), np.float32), np.zeros((len(numbers), 2), np.int64)
        where, rows = self._in_order(numbers)
        if not len(rows):
            return Cosines(blocks, _NO_SCALES, spans)
        lengths, inner = _inside(self._starts, rows)
        parts = joined_rows([(self._arrays["blocks.numbers"], rows), (self._arrays["sentences.numbers"], inner)])
        blocks[where] = products_of(parts[0], self._scales[0][rows], vector)
        spans[where] = np.stack([np.cumsum(lengths) - lengths, np.cumsum(lengths)], axis=1)
        return Cosines(blocks, products_of(parts[1], self._scales[1][inner], vector), spans)

    def near_tokens(self, asked: AskedMeaning, numbers: Numbers) -> tuple[Vectors, Vectors]:
        """How near each passage, and one sentence of it, has something to the tokens of a question.

        Rare tokens count more; 0 for a passage that is not yet encoded.
        """
        whole, sentence = np.zeros((2, len(numbers)), np.float32)
        where, rows = self._in_order(numbers)
        if not len(rows):
            return whole, sentence
        rarity = self.token_rarity(asked.tokens)
        rarity /= max(float(rarity.sum()), _CERTAIN)
        lengths, inner = _inside(self._token_starts, rows)
        bits, owners = joined_rows([(self._arrays["bits"], inner), (self._arrays["owners"], inner)])
        groups, of_passage = _groups(owners, np.cumsum(lengths) - lengths)
        near = nearest(bits, groups, asked.projected)
        whole[where] = np.maximum.reduceat(near, of_passage, axis=0) @ rarity
        own = np.where(owners[groups] == HEADING, 0, near @ rarity)
        sentence[where] = np.maximum.reduceat(own, of_passage)
        return whole, sentence

    def token_rarity(self, tokens: NDArray[np.int64]) -> Vectors:
        """How much each of some tokens tells: its inverse document frequency; nothing for beginning and end."""
        having, total = np.zeros(len(tokens)), sum(len(each.rows) for each in self._counting)
        for segment in self._counting:
            at = np.minimum(np.searchsorted(segment.pieces, tokens), max(len(segment.pieces) - 1, 0))
            if len(segment.pieces):
                having += np.where(segment.pieces[at] == tokens, segment.having[at], 0)
        rarity = np.log(1 + (total - having + 0.5) / (having + 0.5)).astype(np.float32)
        rarity[[0, -1]] = 0
        return np.asarray(np.maximum(rarity, 0))

    def _in_order(self, numbers: Numbers) -> tuple[Numbers, Numbers]:
        """Which of some passages are encoded, in the order of their rows, and these rows."""
        rows = self._rows[numbers]
        where = np.argsort(rows, kind="stable")
        where = where[rows[where] >= 0]
        return where, rows[where]


_ARRAYS = ("bits", "owners", *(f"{what}.{part}" for what in ("blocks", "sentences") for part in ("numbers", "signs")))
"""The large arrays of a segment, of which a question looks at a part."""

_NO_SIGNS, _NO_SCALES = np.zeros((0, 8), np.uint8), np.zeros(0, np.float32)


def _scales_of(segment: MeaningSegment) -> tuple[Vectors, Vectors]:
    return segment.blocks.scales, segment.sentences.scales


def _inside(starts: Numbers, rows: Numbers) -> tuple[Numbers, Numbers]:
    """How many sentences or tokens each of some passages has, and their numbers, one passage after the other."""
    return starts[rows + 1] - starts[rows], spans_of(starts, rows)


def _groups(owners: NDArray[np.uint16], starts: Numbers) -> tuple[Numbers, Numbers]:
    """Where the tokens of each sentence begin, and which of these groups is the first of each passage."""
    new = np.zeros(len(owners), bool)
    new[starts] = True
    new[1:] |= owners[1:] != owners[:-1]
    groups = np.flatnonzero(new)
    return groups, np.searchsorted(groups, starts)
