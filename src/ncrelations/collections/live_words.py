"""BM25 over the live passages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.far_arrays import rows_of
from ncrelations.collections.live_passages import LivePassages, Numbers
from ncrelations.collections.word_segments import SENTENCES, WordSegment, key_of
from ncrelations.models.recent import Recent
from ncrelations.retrieval.arrays import Array
from ncrelations.retrieval.bm25 import K1, B

Floats = NDArray[np.float64]
Postings = tuple[Numbers, Floats, NDArray[np.uint32]]
"""The numbers of the passages that have a term, how often each has it, and the bits of the sentences that do."""

_REMEMBERED = 64


class LiveWords:
    """The words of the live passages. Read-only; safe to share between threads."""

    def __init__(self, passages: LivePassages, segments: Sequence[WordSegment]) -> None:
        self.passages = passages
        """The passages."""
        self._segments = tuple(segments)
        self._recent: Recent[str, Postings] = Recent(_REMEMBERED)
        self._numbers = passages.numbers([each.rows for each in segments])
        lengths = np.zeros(len(passages))
        self.texts = np.zeros(len(passages), np.uint64)
        """What tells the text of each passage from others: equal where it is the same."""
        self.own_lengths = np.zeros(len(passages))
        """How many terms each passage has, its heading left out."""
        for segment, numbers in zip(self._segments, self._numbers, strict=True):
            live = numbers >= 0
            lengths[numbers[live]], self.texts[numbers[live]] = segment.lengths[live], segment.texts[live]
            self.own_lengths[numbers[live]] = segment.own_lengths[live]
        self._damping = K1 * (1 - B + B * lengths / max(float(lengths.mean()) if len(lengths) else 0.0, 1e-9))

    def postings(self, term: str) -> tuple[Numbers, Floats]:
        """The numbers of the passages that have a term, and how often each has it."""
        numbers, times, _ = self._postings(term)
        return numbers, times

    def _postings(self, term: str) -> Postings:
        """The same with the bits of the sentences that have it, remembered: a question asks for them again."""
        postings = self._recent.get(term)
        return self._looked_up([term])[term] if postings is None else postings

    def _looked_up(self, terms: Collection[str]) -> dict[str, Postings]:
        """The postings of some terms, looked up together."""
        homes: list[tuple[str, Numbers]] = []
        wanted: list[tuple[Array, slice]] = []
        for term in terms:
            for segment, numbers in zip(self._segments, self._numbers, strict=True):
                places = segment.places_of(key_of(term))
                if places.stop > places.start:
                    homes.append((term, numbers))
                    wanted += [(each, places) for each in (segment.places, segment.times, segment.sentences)]
        rows = rows_of(wanted)
        found = {term: [(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.uint32))] for term in terms}
        for (term, numbers), at in zip(homes, range(0, len(rows), 3), strict=True):
            of = numbers[rows[at]]
            live = of >= 0
            found[term].append((of[live], rows[at + 1][live].astype(float), rows[at + 2][live]))
        postings: dict[str, Postings] = {}
        for term, parts in found.items():
            numbers, times, sentences = (np.concatenate(each) for each in zip(*parts, strict=True))
            postings[term] = numbers, times, sentences
            self._recent.put(term, postings[term])
        return postings

    def sentence_shares(self, terms: Collection[str], numbers: Numbers) -> Floats:
        """The share of the terms, by what they tell, that one sentence of each passage has."""
        met, total = np.zeros((len(numbers), SENTENCES)), 1e-9
        for term in terms:
            having, _, sentences = self._postings(term)
            weight = self.rarity(len(having))
            total += weight
            order = np.argsort(having, kind="stable")
            at = np.minimum(np.searchsorted(having, numbers, sorter=order), max(len(having) - 1, 0))
            if len(having):
                bits = np.where(having[order[at]] == numbers, sentences[order[at]], 0).astype("<u4")
                met += weight * np.unpackbits(bits[:, None].view(np.uint8), axis=1, bitorder="little")
        return np.asarray(met.max(axis=1, initial=0) / total)

    def having(self, term: str) -> int:
        """How many passages have a term."""
        return len(self.postings(term)[0])

    def rarity(self, having: int) -> float:
        """How much a term tells that so many passages have: its inverse document frequency."""
        return float(np.log(1 + (len(self.passages) - having + 0.5) / (having + 0.5)))

    def scores(self, terms: Collection[str]) -> Floats:
        """BM25 of each passage for the terms of a question."""
        total = np.zeros(len(self.passages))
        self._looked_up([term for term in terms if self._recent.get(term) is None][:_REMEMBERED])
        for term in terms:
            numbers, times = self.postings(term)
            total[numbers] += self.rarity(len(numbers)) * times * (K1 + 1) / (times + self._damping[numbers])
        return total

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """The terms of the passages with the passages that have each, the most frequent first."""
        counts: dict[str, int] = {}
        for segment, numbers in zip(self._segments, self._numbers, strict=True):
            live = np.concatenate([[0], np.cumsum(numbers[segment.places] >= 0)])
            having = (live[segment.starts[1:]] - live[segment.starts[:-1]]).tolist()
            for word, often in zip(segment.words, having, strict=True):
                if often:
                    counts[word] = counts.get(word, 0) + often
        return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
