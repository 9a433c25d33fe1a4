"""Shared words: how alike questions are by their words and pairs of neighbouring words.

The cosine of two questions' word counts, each word weighed by how few questions have it. Beside the cosine of
their vectors it says which of several alike passages is meant: of the questions of people, the votes alone name
the right passage first in 90 instead of 83 of 100.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ncrelations.retrieval.arrays import narrowed, packed_arrays, unpacked_arrays
from ncrelations.text.words import pieces_of, stem


def tokens_of(text: str) -> list[int]:
    """The stems of all words of a text, and of each two neighbours, as numbers."""
    words, pairs = _words_and_pairs(text)
    return sorted(words | pairs)


def _words_and_pairs(text: str) -> tuple[set[int], set[int]]:
    stems = [stem(piece.folded) for piece in pieces_of(text)]
    return {_number(each) for each in stems}, {_number(f"{a} {b}") for a, b in pairwise(stems)}


def _number(name: str) -> int:
    return zlib.crc32(name.encode())


@dataclass(frozen=True)
class SharedWords:
    """The words of some questions, by word. Immutable; safe to share between threads."""

    words: NDArray[np.uint32]
    """The words as numbers, in order."""
    starts: NDArray[np.uint32]
    """Where the questions of each word begin in `rows`; one more at the end."""
    rows: NDArray[np.uint16]
    """The questions that have each word, in order."""
    count: int
    """How many questions there are."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> SharedWords:
        """The words of some questions, and the pairs of neighbours that two of them have at least."""
        found: dict[int, list[int]] = {}
        single = set[int]()
        for row, text in enumerate(texts):
            words, pairs = _words_and_pairs(text)
            single |= words
            for token in words | pairs:
                found.setdefault(token, []).append(row)
        kept = sorted(token for token, rows in found.items() if token in single or len(rows) > 1)
        starts = np.cumsum([0, *(len(found[token]) for token in kept)])
        rows = [row for token in kept for row in found[token]]
        return cls(np.array(kept, np.uint32), starts.astype(np.uint32), np.array(rows, np.uint16), len(texts))

    @cached_property
    def _weights(self) -> NDArray[np.float32]:
        """How much each word counts: more, the fewer questions have it."""
        return np.asarray(np.log((self.count + 1) / (self._having + 1)), np.float32)

    @cached_property
    def _having(self) -> NDArray[np.int64]:
        """How many questions have each word."""
        return np.asarray(np.diff(self.starts.astype(np.int64)), np.int64)

    @cached_property
    def _lengths(self) -> NDArray[np.float32]:
        """The length of each question's weighed word counts."""
        squares = np.repeat(self._weights**2, self._having)
        return np.sqrt(np.bincount(self.rows, squares, self.count)).astype(np.float32)

    def likeness(self, text: str) -> NDArray[np.float64]:
        """The cosine of a text's word counts with those of each question."""
        wanted = np.array(tokens_of(text), np.uint32)
        places = np.searchsorted(self.words, wanted)
        known = [at for at, word in zip(places, wanted, strict=True) if at < len(self.words) and self.words[at] == word]
        squares = self._weights[known].astype(np.float64) ** 2
        rows = [self.rows[self.starts[at] : self.starts[at + 1]] for at in known]
        if not rows:
            return np.zeros(self.count)
        alike = np.bincount(np.concatenate(rows), np.repeat(squares, [len(each) for each in rows]), self.count)
        return np.asarray(alike / np.maximum(self._lengths * np.sqrt(squares.sum()), 1e-9), np.float64)

    @cached_property
    def _of_each(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The words of each question, one question after the other; and where those of each begin, with the end."""
        order = np.argsort(self.rows, kind="stable")
        words = np.repeat(np.arange(len(self.words)), self._having)[order]
        return words, np.searchsorted(self.rows[order], np.arange(self.count + 1))

    def row(self, number: int) -> NDArray[np.float32]:
        """The likeness of one question with each: those of all take gigabytes."""
        words, begins = self._of_each
        own = words[begins[number] : begins[number + 1]]
        if not len(own):
            return np.zeros(self.count, np.float32)
        rows = np.concatenate([self.rows[self.starts[at] : self.starts[at + 1]] for at in own])
        squares = np.repeat(self._weights[own].astype(np.float64) ** 2, self._having[own])
        lengths = np.maximum(self._lengths, 1e-9)
        return np.asarray(np.bincount(rows, squares, self.count) / (lengths * lengths[number]), np.float32)

    def among_themselves(self) -> NDArray[np.float32]:
        """The likeness of each question with each: shape (questions, questions)."""
        alike = np.zeros((self.count, self.count), np.float32)
        for at, weight in enumerate(self._weights):
            rows = self.rows[self.starts[at] : self.starts[at + 1]]
            alike[np.ix_(rows, rows)] += weight * weight
        lengths = np.maximum(self._lengths, 1e-9)
        alike /= lengths[:, None]
        alike /= lengths
        return alike

    def packed(self) -> bytes:
        """As bytes."""
        count = np.array([self.count], np.uint32)
        return packed_arrays({"words": self.words, "having": narrowed(self._having), "rows": self.rows, "count": count})

    @classmethod
    def unpacked(cls, data: bytes) -> SharedWords:
        """The words in packed bytes. Raises `ValueError`, `LookupError` or `TypeError` for damaged ones."""
        arrays = unpacked_arrays(data)
        words, having, rows, (count,) = (arrays[name] for name in ("words", "having", "rows", "count"))
        starts = np.append(0, np.cumsum(having, dtype=np.uint32)).astype(np.uint32)
        if len(starts) != len(words) + 1 or starts[-1] != len(rows) or rows.max(initial=0) >= max(count, 1):
            raise ValueError("words of questions that there are not")
        return cls(words, starts, rows, int(count))
