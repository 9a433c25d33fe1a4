"""What finds near passages of very many: the index of a folder, or that of a server."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.live_passages import LivePassages, Numbers
from ncrelations.collections.near_segment import NearSegment
from ncrelations.collections.segment_files import NearVectors
from ncrelations.models.encoder import Vectors

FEW = 10_000
"""The passages up to which a folder looks at all that a search is kept to."""


class Near(Protocol):
    """What finds near passages among the live ones."""

    @property
    def covered(self) -> NDArray[np.bool_]:
        """The passages that it knows."""

    @property
    def few(self) -> int:
        """The passages up to which it leaves a search that is kept to them to their signs."""

    def near(self, vector: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """About `count` passages that are near as a whole, and twice as many by a sentence: each once, in order."""


class IndexedNear:
    """The index of a folder."""

    few = FEW

    def __init__(self, passages: LivePassages, segment: NearSegment) -> None:
        self._segment = segment
        self._numbers = passages.numbers([segment.rows])[0]
        self._live = self._numbers >= 0
        self.covered = np.zeros(len(passages), bool)
        self.covered[self._numbers[self._live]] = True

    def near(self, vector: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """Those that the index proposes."""
        rows = self._rows(allowed)
        blocks = self._segment.blocks.near(vector, count, rows)
        sentences = self._segment.sentences.near(vector, 2 * count, rows)
        found = np.sort(self._numbers[np.concatenate([blocks, sentences])])
        return found[np.diff(found, prepend=-1) > 0]

    def _rows(self, allowed: NDArray[np.bool_] | None) -> NDArray[np.bool_] | None:
        """The passages of the index that are searched; `None` for all."""
        if allowed is None:
            return None if self._live.all() else self._live
        return self._live & allowed[self._numbers]


class PlacedNear:
    """The index of a server, which knows passages by their places."""

    few = 0

    def __init__(self, passages: LivePassages, vectors: NearVectors) -> None:
        self._passages, self._vectors = passages, vectors
        self.covered = np.ones(len(passages), bool)

    def near(self, vector: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """Those that the server proposes."""
        only = None if allowed is None else self._passages.places(np.flatnonzero(allowed))
        return np.union1d(*map(self._passages.numbers_at, self._vectors.near(vector, count, only)))
