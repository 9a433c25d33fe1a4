"""What became of the files that were to be added: the sum adds up, and every refusal has its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ncrelations.collections.collection_plan import PlannedFile, Step
from ncrelations.collections.found_files import path_text


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What became of some files: `added + unchanged + refused == found`."""

    files: tuple[PlannedFile, ...]
    """Every file found, with what became of it."""
    withdrawn: tuple[str, ...] = ()
    """Documents that answer no more, for their files are gone."""
    moved_citations: tuple[tuple[str, str], ...] = ()
    """Of changed files, the citations whose passage stands at another place now: the old one and the new."""
    lost_citations: tuple[str, ...] = ()
    """Of changed files, the citations whose passage reads otherwise now, or is gone."""

    @property
    def found(self) -> int:
        """How many files were found."""
        return len(self.files)

    @property
    def added(self) -> int:
        """How many were new, or had a new text."""
        return self.of("added", "changed")

    @property
    def unchanged(self) -> int:
        """How many are documents that were there already, under whatever name."""
        return self.of("unchanged", "moved", "copied")

    @property
    def refused(self) -> int:
        """How many could not be added."""
        return self.of("refused")

    @property
    def changes(self) -> bool:
        """Whether anything is other than before."""
        return bool(self.withdrawn) or self.of("added", "changed", "moved", "copied") > 0

    def of(self, *steps: Step) -> int:
        """How many files one of some things became of."""
        count = Counter(each.step for each in self.files)
        return sum(count[step] for step in steps)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "found": self.found,
            "added": self.added,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "withdrawn": list(self.withdrawn),
            "moved_citations": [list(pair) for pair in self.moved_citations],
            "lost_citations": list(self.lost_citations),
            "files": [_file(each) for each in self.files],
        }


def _file(each: PlannedFile) -> dict[str, Any]:
    return {
        "path": path_text(each.found.path),
        "became": each.step,
        "document": each.document,
        "reason": each.reason,
        "detail": each.detail or None,
    }
