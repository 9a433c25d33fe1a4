"""The passages of the versions that count, numbered in the documents' order, whatever segments they lie in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.passage_text import Allowed
from ncrelations.collections.segment_files import Places, Rows

Numbers = NDArray[np.int64]

NONE = -1
"""The number of a passage that does not count."""


@dataclass(frozen=True)
class LivePassages:
    """The passages of some versions, one after the other. Immutable."""

    versions: tuple[int, ...]
    """The versions, in the documents' order."""
    counts: Numbers
    """How many passages each has."""
    positions: NDArray[np.int32]
    """The number of each passage in its document."""

    @classmethod
    def of(cls, live: Sequence[int], segments: Sequence[Rows]) -> LivePassages:
        """Those of the live versions that some segment has."""
        found = _first_homes(segments)
        there = tuple(version for version in live if version in found)
        homes = [(segments[number], at) for number, at in map(found.__getitem__, there)]
        rows = [each.positions[each.firsts[at] : each.firsts[at] + each.counts[at]] for each, at in homes]
        counts = np.array([len(each) for each in rows], np.int64)
        return cls(there, counts, np.concatenate([np.zeros(0, np.int32), *rows]))

    def __len__(self) -> int:
        return len(self.positions)

    @cached_property
    def firsts(self) -> Numbers:
        """The number of the first passage of each version."""
        return np.cumsum(self.counts) - self.counts

    def numbers(self, segments: Sequence[Rows]) -> list[Numbers]:
        """For each segment the numbers of its passages; of a version that lies in several the first alone counts."""
        firsts = dict(zip(self.versions, zip(self.firsts.tolist(), self.counts.tolist(), strict=True), strict=True))
        found = _first_homes(segments)
        numbers = [np.full(len(each), NONE, np.int64) for each in segments]
        for version, (segment, at) in found.items():
            first, count = firsts.get(version, (0, NONE))
            rows = segments[segment]
            if count == rows.counts[at]:
                start = int(rows.firsts[at])
                numbers[segment][start : start + count] = np.arange(first, first + count)
        return numbers

    def place(self, number: int) -> tuple[int, int]:
        """The version and the position of a passage."""
        at = int(np.searchsorted(self.firsts, number, side="right")) - 1
        return self.versions[at], int(self.positions[number])

    def places(self, numbers: Numbers) -> Places:
        """The versions and positions of some passages."""
        at = np.searchsorted(self.firsts, numbers, side="right") - 1
        return np.array(self.versions, np.int64)[at], self.positions[numbers].astype(np.int64)

    def numbers_at(self, places: Places) -> Numbers:
        """The numbers of the passages at some places, in order, each once; those that do not count are left out."""
        versions, positions = places
        known = np.array(self.versions, np.int64)
        order = np.argsort(known)
        at = order[np.minimum(np.searchsorted(known, versions, sorter=order), max(len(known) - 1, 0))]
        there = (known[at] == versions) & (positions < self.counts[at])
        numbers = self.firsts[at[there]] + positions[there]
        return np.unique(numbers[self.positions[numbers] == positions[there]])

    def allowed(self, allowed: Allowed | None) -> NDArray[np.bool_] | None:
        """Which passages a search is kept to; `None` for all."""
        if allowed is None:
            return None
        mask = np.zeros(len(self), bool)
        for version, first, count in zip(self.versions, self.firsts, self.counts, strict=True):
            if wanted := allowed.get(version):
                own = self.positions[first : first + count]
                mask[first : first + count] = np.isin(own, np.fromiter(wanted, np.int32))
        return mask


def _first_homes(segments: Sequence[Rows]) -> dict[int, tuple[int, int]]:
    """For each version the number of the first segment that has it, and its place there."""
    found: dict[int, tuple[int, int]] = {}
    for number, rows in enumerate(segments):
        for at, version in enumerate(rows.versions.tolist()):
            found.setdefault(version, (number, at))
    return found
