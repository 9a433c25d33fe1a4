"""The vectors of the live passages: near ones are found by signs, then measured exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.far_arrays import rows_of
from ncrelations.collections.live_passages import LivePassages, Numbers
from ncrelations.collections.meaning_segments import HEADING, MeaningSegment, products_of
from ncrelations.collections.segment_files import NearVectors, spans_of
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

    def __init__(self, signs: Sequence[NDArray[np.uint8]], owners: Sequence[Numbers]) -> None:
        """`owners`: the number of the passage of each, negative for one that does not count."""
        self.owners = np.concatenate([np.zeros(0, np.int64), *(each[each >= 0] for each in owners)])
        live = [each[own >= 0] for each, own in zip(signs, owners, strict=True)]
        together = np.concatenate(live) if live else np.zeros((0, 8), np.uint8)
        self._columns = np.ascontiguousarray(np.ascontiguousarray(together).view(np.uint64).T)

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


class LiveMeaning:
    """The meaning of the live passages that have been encoded. Read-only; safe to share between threads."""

    def __init__(
        self, passages: LivePassages, segments: Sequence[MeaningSegment], vectors: NearVectors | None = None
    ) -> None:
        """`vectors` finds near passages, where they are too many to look at the signs of all."""
        self._passages, self._vectors = passages, vectors
        self._segments = tuple(segments)
        self._numbers = passages.numbers([each.rows for each in segments])
        self._segment = np.full(len(passages), -1, np.int64)
        self._row = np.full(len(passages), -1, np.int64)
        for at, numbers in enumerate(self._numbers):
            live = numbers >= 0
            self._segment[numbers[live]], self._row[numbers[live]] = at, np.flatnonzero(live)

    @property
    def encoded(self) -> NDArray[np.bool_]:
        """Which passages have been encoded."""
        return self._segment >= 0

    @cached_property
    def _blocks(self) -> _Signs:
        return _Signs([each.blocks.signs for each in self._segments], self._numbers)

    @cached_property
    def _sentences(self) -> _Signs:
        owners = [
            np.repeat(numbers, np.diff(each.sentence_starts))
            for each, numbers in zip(self._segments, self._numbers, strict=True)
        ]
        return _Signs([each.sentences.signs for each in self._segments], owners)

    def candidates(self, vector: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """The passages that are near, as a whole or by a sentence: by signs alone, where nothing else finds them."""
        if self._vectors is not None:
            only = None if allowed is None else self._passages.places(np.flatnonzero(allowed & self.encoded))
            found = np.union1d(*map(self._passages.numbers_at, self._vectors.near(vector, count, only)))
            return found[self.encoded[found]]
        blocks = self._blocks.nearest(vector, count, allowed)
        return np.union1d(blocks, self._sentences.nearest(vector, 2 * count, allowed))

    def cosines(self, vector: Vectors, numbers: Numbers) -> tuple[Vectors, list[Vectors]]:
        """The cosine of a vector with each of some passages, and with each of its sentences; 0 and none without."""
        blocks = np.zeros(len(numbers), np.float32)
        sentences = [np.zeros(0, np.float32)] * len(numbers)
        places = self._by_segment(numbers)
        spans = [spans_of(self._segments[at].sentence_starts, rows) for at, _, rows in places]
        wanted = [
            (each, those)
            for (at, _, rows), inner in zip(places, spans, strict=True)
            for segment in [self._segments[at]]
            for each, those in (
                (segment.blocks.numbers, rows), (segment.blocks.scales, rows),
                (segment.sentences.numbers, inner), (segment.sentences.scales, inner),
            )
        ]  # fmt: skip
        parts = rows_of(wanted)
        for (at, where, rows), first in zip(places, range(0, len(parts), 4), strict=True):
            starts = self._segments[at].sentence_starts
            blocks[where] = products_of(parts[first], parts[first + 1], vector)
            all_of = products_of(parts[first + 2], parts[first + 3], vector)
            ends = np.cumsum(starts[rows + 1] - starts[rows])
            for place, own in zip(where.tolist(), np.split(all_of, ends[:-1]), strict=True):
                sentences[place] = own
        return blocks, sentences

    def near_tokens(self, asked: AskedMeaning, numbers: Numbers) -> tuple[Vectors, Vectors]:
        """How near each passage, and one sentence of it, has something to the tokens of a question.

        Rare tokens count more; 0 for a passage that is not yet encoded.
        """
        whole, sentence = np.zeros((2, len(numbers)), np.float32)
        rarity = self.token_rarity(asked.tokens)
        rarity /= max(float(rarity.sum()), _CERTAIN)
        places = self._by_segment(numbers)
        spans = [spans_of(self._segments[at].bit_starts, rows) for at, _, rows in places]
        parts = rows_of([
            (each, inner)
            for (at, _, _), inner in zip(places, spans, strict=True)
            for each in (self._segments[at].bits, self._segments[at].owners)
        ])  # fmt: skip
        for (at, where, rows), first in zip(places, range(0, len(parts), 2), strict=True):
            bits, owners = parts[first], parts[first + 1]
            lengths = self._segments[at].bit_starts[rows + 1] - self._segments[at].bit_starts[rows]
            groups, of_passage = _groups(owners, np.cumsum(lengths) - lengths)
            near = nearest(bits, groups, asked.projected)
            whole[where] = np.maximum.reduceat(near, of_passage, axis=0) @ rarity
            own = np.where(owners[groups] == HEADING, 0, near @ rarity)
            sentence[where] = np.maximum.reduceat(own, of_passage)
        return whole, sentence

    def token_rarity(self, tokens: NDArray[np.int64]) -> Vectors:
        """How much each of some tokens tells: its inverse document frequency; nothing for beginning and end."""
        live = [s for s, numbers in zip(self._segments, self._numbers, strict=True) if (numbers >= 0).any()]
        having, total = np.zeros(len(tokens)), sum(len(each.rows) for each in live)
        for segment in live:
            at = np.minimum(np.searchsorted(segment.pieces, tokens), max(len(segment.pieces) - 1, 0))
            if len(segment.pieces):
                having += np.where(segment.pieces[at] == tokens, segment.having[at], 0)
        rarity = np.log(1 + (total - having + 0.5) / (having + 0.5)).astype(np.float32)
        rarity[[0, -1]] = 0
        return np.asarray(np.maximum(rarity, 0))

    def _by_segment(self, numbers: Numbers) -> list[tuple[int, Numbers, Numbers]]:
        """Some passages by segment: its number, which of them lie there, and their rows."""
        homes = self._segment[numbers]
        places = [(int(at), np.flatnonzero(homes == at)) for at in np.unique(homes) if at >= 0]
        return [(at, where, self._row[numbers[where]]) for at, where in places]


def _groups(owners: NDArray[np.uint16], starts: Numbers) -> tuple[Numbers, Numbers]:
    """Where the tokens of each sentence begin, and which of these groups is the first of each passage."""
    new = np.zeros(len(owners), bool)
    new[starts] = True
    new[1:] |= owners[1:] != owners[:-1]
    groups = np.flatnonzero(new)
    return groups, np.searchsorted(groups, starts)
