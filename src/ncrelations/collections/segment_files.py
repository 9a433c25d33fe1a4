"""Segments: files of arrays that are written once, whole, and never changed.

A segment holds the passages of one or several versions of documents. What all kinds have in common is here: which
passages of which versions, in which order.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ncrelations.retrieval.arrays import Array, packed_arrays, unpacked_arrays

NEW = ".new"
"""The ending of a file that is not yet whole."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The passages of a segment: those of its first version, then those of its second, and so on."""

    versions: NDArray[np.int64]
    """The versions."""
    counts: NDArray[np.int64]
    """How many passages each has."""
    positions: NDArray[np.int32]
    """The number of each passage in its document."""

    @classmethod
    def of(cls, version: int, positions: Sequence[int]) -> Rows:
        """Those of one version."""
        return cls(np.array([version]), np.array([len(positions)]), np.array(positions, np.int32))

    @classmethod
    def read(cls, arrays: Mapping[str, Array]) -> Rows:
        """Those stored. Raises `ValueError` or `LookupError` where they do not fit together."""
        rows = cls(arrays["versions"], arrays["counts"], arrays["positions"])
        if len(rows.versions) != len(rows.counts) or rows.counts.sum() != len(rows.positions):
            raise ValueError("the passages of a segment do not add up")
        return rows

    def __len__(self) -> int:
        return len(self.positions)

    def stored(self) -> dict[str, Array]:
        """Them as arrays."""
        return {"versions": self.versions, "counts": self.counts, "positions": self.positions}

    @property
    def firsts(self) -> NDArray[np.int64]:
        """The row of the first passage of each version."""
        return np.cumsum(self.counts) - self.counts

    def kept(self, keep: NDArray[np.bool_]) -> Rows:
        """Those of some versions alone."""
        return Rows(self.versions[keep], self.counts[keep], self.positions[np.repeat(keep, self.counts)])

    @classmethod
    def joined(cls, some: Sequence[Rows]) -> Rows:
        """Those of several segments, one after the other."""
        return cls(*(np.concatenate([getattr(each, name) for each in some]) for name in cls.__slots__))


def spans_of(starts: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from `starts[row]` to `starts[row + 1]` of each row, one row after the other."""
    first, lengths = starts[rows], starts[rows + 1] - starts[rows]
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) + np.repeat(first - ends + lengths, lengths))


def write_segment(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write a segment; it is durable, and in its place, when this returns."""
    beside = path.with_name(path.name + NEW)
    with beside.open("wb") as file:
        file.write(packed_arrays(arrays))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    if hasattr(os, "O_DIRECTORY"):  # not on Windows, where a folder cannot be opened
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read_segment(path: Path) -> dict[str, Array]:
    """The arrays of a segment, where they lie in the mapped file. Raises `OSError` or `ValueError`."""
    with path.open("rb") as file:
        return unpacked_arrays(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
