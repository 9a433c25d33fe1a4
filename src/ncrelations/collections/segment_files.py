"""Segments: files of arrays that are written once, whole, and never changed.

A segment holds the passages of one or several versions of documents. What all kinds have in common is here: which
passages of which versions, in which order.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ncrelations.retrieval.arrays import Array, packed_arrays, unpacked_arrays

NEW = ".new"
"""The ending of a file that is not yet whole."""

WORDS, MEANING, NEAR = ".words", ".meaning", ".near"
ENDINGS = (WORDS, MEANING, NEAR)
"""The endings of the names of segments, by what they hold."""


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


Places = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Passages by the versions that they are of and their positions there."""


class NearVectors(Protocol):
    """What finds near vectors of many, faster than looking at the signs of all."""

    @property
    def width(self) -> int:
        """The components of the vectors that it finds; it knows no others."""

    def near(self, vector: NDArray[np.float32], count: int, only: Places | None) -> tuple[Places, Places]:
        """The passages whose vectors are the nearest, and those that have the nearest sentences; `only` some."""


Stamp = tuple[int, int]
"""What tells a segment from one of the same name before it."""


class SegmentPlace(Protocol):
    """Where the segments of a collection lie, by name. A segment is there whole, or not at all."""

    @property
    def vectors(self) -> NearVectors | None:
        """What finds near passages where there are very many; `None` where nothing does."""

    def stamps(self) -> dict[str, Stamp]:
        """The segments that there are, in any order."""

    def read(self, name: str) -> Mapping[str, Array]:
        """The arrays of a segment. Raises `OSError` or `ValueError` for one that is damaged or gone."""

    def write(self, name: str, arrays: Mapping[str, Array]) -> None:
        """Write a segment, in place of one of that name; it is durable when this returns."""

    def remove(self, name: str) -> None:
        """Remove a segment, if it is there."""

    def clear(self, live: Collection[int]) -> None:
        """Remove what writers that were killed left half done, and what is kept of versions that are not live."""

    def text(self, name: str) -> str | None:
        """A small text that is kept beside the segments; `None` where there is none."""

    def put_text(self, name: str, text: str) -> None:
        """Keep a text beside the segments."""


class SegmentFolder:
    """Segments as the files of a folder, which is made by the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def vectors(self) -> None:
        """Nothing does but what lies beside the segments: see `near_segment`."""

    def stamps(self) -> dict[str, Stamp]:
        """The files, each with its time and its number on the disk."""
        found: dict[str, Stamp] = {}
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith(ENDINGS):
                    with suppress(FileNotFoundError):  # swept meanwhile
                        known = entry.stat()
                        found[entry.name] = known.st_mtime_ns, known.st_ino
        return found

    def read(self, name: str) -> Mapping[str, Array]:
        """The arrays, where they lie in the mapped file. Raises `OSError` or `ValueError`."""
        return read_segment(self._folder / name)

    def write(self, name: str, arrays: Mapping[str, Array]) -> None:
        """Write a file; it is durable, and in its place, when this returns."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_segment(self._folder / name, arrays)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        with suppress(OSError):  # on Windows a file that somebody has mapped stays until the next sweep
            (self._folder / name).unlink(missing_ok=True)

    def clear(self, live: Collection[int]) -> None:
        """Remove files that are not whole; nothing is kept but segments."""
        del live
        for path in self._folder.glob(f"*{NEW}"):
            path.unlink(missing_ok=True)

    def text(self, name: str) -> str | None:
        """The text of a file; `None` where it cannot be read."""
        with suppress(OSError, ValueError):
            return (self._folder / name).read_text("utf-8")
        return None

    def put_text(self, name: str, text: str) -> None:
        """Write a file of text, whole."""
        beside = self._folder / f"{name}{NEW}"
        beside.write_text(text, "utf-8")
        beside.replace(self._folder / name)


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
