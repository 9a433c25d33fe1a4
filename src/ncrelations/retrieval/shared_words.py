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

from ncrelations.text.words import pieces_of, stem

_HEAD = 3


def tokens_of(text: str) -> list[int]:
    """The stems of all words of a text, and of each two neighbours, as numbers."""
    stems = [stem(piece.folded) for piece in pieces_of(text)]
    names = {*stems, *(f"{a} {b}" for a, b in pairwise(stems))}
    return sorted({zlib.crc32(name.encode()) for name in names})


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
        """The words of some questions."""
        found: dict[int, list[int]] = {}
        for row, text in enumerate(texts):
            for token in tokens_of(text):
                found.setdefault(token, []).append(row)
        words = sorted(found)
        starts = np.cumsum([0, *(len(found[word]) for word in words)])
        rows = [row for word in words for row in found[word]]
        return cls(np.array(words, np.uint32), starts.astype(np.uint32), np.array(rows, np.uint16), len(texts))

    @cached_property
    def _weights(self) -> NDArray[np.float32]:
        """How much each word counts: more, the fewer questions have it."""
        return np.asarray(np.log((self.count + 1) / (self._having + 1)), np.float32)

    @cached_property
    def _having(self) -> NDArray[np.int64]:
        """How many questions have each word."""
        starts = self.starts.astype(np.int64)
        return starts[1:] - starts[:-1]

    @cached_property
    def _lengths(self) -> NDArray[np.float32]:
        """The length of each question's weighed word counts."""
        squares = np.repeat(self._weights**2, self._having)
        return np.sqrt(np.bincount(self.rows, squares, self.count)).astype(np.float32)

    def likeness(self, text: str) -> NDArray[np.float64]:
        """The cosine of a text's word counts with those of each question."""
        found = np.searchsorted(self.words, wanted := np.array(tokens_of(text), np.uint32))
        known = [
            at for at, token in zip(found, wanted, strict=True) if at < len(self.words) and self.words[at] == token
        ]
        alike, length = np.zeros(self.count), 0.0
        for at in known:
            weight = float(self._weights[at])
            alike[self.rows[self.starts[at] : self.starts[at + 1]]] += weight * weight
            length += weight * weight
        return np.asarray(alike / np.maximum(self._lengths * np.sqrt(length), 1e-9), np.float64)

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
        """As bytes, compressed."""
        head = np.array([len(self.words), len(self.rows), self.count], "<u4").tobytes()
        data = (
            self.words.astype("<u4").tobytes() + self.starts.astype("<u4").tobytes() + self.rows.astype("<u2").tobytes()
        )
        return head + zlib.compress(data, 9)

    @classmethod
    def unpacked(cls, data: bytes) -> SharedWords:
        """The words in packed bytes. Raises `ValueError` or `zlib.error` for damaged ones."""
        words, rows, count = (int(n) for n in np.frombuffer(data, "<u4", _HEAD))
        body = zlib.decompress(data[4 * _HEAD :])
        if len(body) != 8 * words + 4 + 2 * rows:
            raise ValueError(f"{len(body)} bytes for {words} words")
        starts = np.frombuffer(body, "<u4", words + 1, 4 * words)
        found = np.frombuffer(body, "<u2", rows, 8 * words + 4)
        if starts[-1] != rows or found.max(initial=0) >= max(count, 1):
            raise ValueError("words of questions that there are not")
        return cls(np.frombuffer(body, "<u4", words), starts, found, count)
