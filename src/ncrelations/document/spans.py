"""Pieces of a source: where they stand, and what they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ncrelations.document.citation import Citation


class LeafKind(str, Enum):
    """What a piece of the source is."""

    TEXT = "block text"
    HEADING = "heading"
    MARK = "bullet mark"
    FURNITURE = "page furniture"
    CONTENTS = "table of contents"
    TITLE = "title matter"
    SPACE = "white space"

    __str__ = str.__str__


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters in a source."""

    start: int
    """Offset of the first character, counted in code points from 0."""
    end: int
    """Offset after the last character."""

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Leaf:
    """One piece of the source; the leaves of a document, joined, are its source."""

    kind: LeafKind
    """What the piece is."""
    span: Span
    """Where it stands."""
    citation: Citation | None = None
    """The section or block it belongs to; `None` for what belongs to none."""
