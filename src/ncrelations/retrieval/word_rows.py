"""The words of texts as rows of numbers: where each stands, and where runs of some words stand together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

_COMMON = 3_000  # places of a word above which it tells no place
_CANDIDATES = 4
BUCKET = 8
"""Words in a row among which it makes no difference where some stand together."""
Places = NDArray[np.int64]
_NOWHERE: Places = np.zeros(0, np.int64)


class WordRows:
    """The words of texts, one text after the other. Immutable; safe to share between threads."""

    def __init__(self, words: Sequence[str], texts: Sequence[int]) -> None:
        """`texts` has the number of the text of each word."""
        self._texts = np.array(texts, np.int64)
        self._kinds = {word: number for number, word in enumerate(dict.fromkeys(words))}
        self._row = np.array([*(self._kinds[word] for word in words), -1], np.int32)  # -1: behind the last word

    @cached_property
    def _places(self) -> dict[str, Places]:
        if not self._kinds:
            return {}
        row = self._row[:-1]
        ends = np.cumsum(np.bincount(row, minlength=len(self._kinds)))
        return dict(zip(self._kinds, np.split(np.argsort(row, kind="stable"), ends[:-1]), strict=True))

    def places(self, word: str) -> Places:
        """Where a word stands."""
        return self._places.get(word, _NOWHERE)

    def longest(self, words: Sequence[str], at: int, near: int) -> tuple[int, int] | None:
        """The longest run that the words from `at` on begin with, as its first word and how many it has.

        Of equally long ones it is the nearest after `near`.
        """
        places = self.places(words[at])[:_COMMON]
        if not len(places):
            return None
        length = 1
        while at + length < len(words):
            longer = places[self._row[places + length] == self._kinds.get(words[at + length], -2)]
            if not len(longer):
                break
            places, length = longer, length + 1
        return int(places[_far(places, near).argmin()]), length

    def likely(self, words: Sequence[str], weights: Sequence[float]) -> Iterator[tuple[int, int]]:
        """Where most of some words stand together, by their weights: the number of the text, and of a bucket."""
        told = [(n, places) for n, word in enumerate(words) if 0 < len(places := self.places(word)) <= _COMMON]
        if not told:
            return
        least = -(len(words) // BUCKET) - 1
        span = len(self._texts) // BUCKET - least + 2  # numbers of a text's buckets, each with one after it
        many = [len(places) for _, places in told]
        at = np.concatenate([places for _, places in told])
        bucket = (at - np.repeat([n for n, _ in told], many)) // BUCKET - least
        keys, first, which = np.unique(self._texts[at] * span + bucket, return_index=True, return_inverse=True)
        votes = np.bincount(which, np.repeat([weights[n] for n, _ in told], many)).astype(np.float64)
        votes[:-1] += np.where(keys[1:] == keys[:-1] + 1, votes[1:], 0)
        for key in keys[_largest(votes, first)].tolist():
            yield key // span, key % span + least


def _largest(votes: NDArray[np.float64], first: Places) -> Places:
    """The numbers of the candidates with most votes, the most first; of equal ones, those that were seen first."""
    most = min(_CANDIDATES, len(votes))
    some = np.flatnonzero(votes >= np.partition(votes, -most)[-most])
    return some[np.lexsort((first[some], -votes[some]))[:most]]


def _far(starts: Places, near: int) -> Places:
    """How far some runs begin from where one is expected; before it counts double."""
    return np.maximum(starts - near, 2 * (near - starts))
