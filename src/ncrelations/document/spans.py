"""Pieces of a source: where they stand, and what they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from ncrelations.document.citation import Citation
from ncrelations.text.sentences import line_end_dashes


class LeafKind(str, Enum):
    """What a piece of the source is."""

    TEXT = "block text"
    HEADING = "heading"
    MARK = "bullet mark"
    FURNITURE = "page furniture"
    CONTENTS = "table of contents"
    TITLE = "title matter"
    FOOTNOTE = "footnote"
    HYPHEN = "hyphen that divides a word"
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a file that has pages."""

    start: int
    """Where it begins in the source."""
    number: int
    """Its number in the file, from 1."""
    label: str | None = None
    """Its number as printed or as the file gives it; `None` where there is none."""
    recognised: bool = False
    """Whether its text was recognised on a picture, and may be misread."""

    def __str__(self) -> str:
        return self.label or str(self.number)


def pages_of(pages: Sequence[Page], span: Span) -> tuple[Page, ...]:
    """The pages on which a span begins and ends, once where they are the same; none without pages."""
    found = {bisect_right(pages, at, key=lambda page: page.start) for at in (span.start, span.end - 1)}
    return tuple(pages[number - 1] for number in sorted(found) if number)


def printed_pages(pages: Sequence[Page], span: Span) -> str | None:
    """The pages of a span in words: "p. 12", "pp. 12–13", "p. 12, OCR"; `None` without pages."""
    found = pages_of(pages, span)
    if not found:
        return None
    recognised = ", OCR" if any(page.recognised for page in found) else ""
    return f"{'p.' if len(found) == 1 else 'pp.'} {'–'.join(map(str, found))}{recognised}"


def interruptions(leaves: Sequence[Leaf], citation: Citation) -> list[Span]:
    """What stands inside a block and is not of its text: page furniture, footnotes, marks, hyphens that divide a word.

    `leaves` are those within the block. White space after such a hyphen joins nothing, so it goes as well.
    """
    found, joining = list[Span](), False
    for leaf in leaves:
        if leaf.citation == citation and leaf.kind not in (LeafKind.SPACE, LeafKind.MARK, LeafKind.HYPHEN):
            joining = False
        elif leaf.kind is not LeafKind.SPACE or joining:
            joining = joining or leaf.kind is LeafKind.HYPHEN
            if found and found[-1].end == leaf.span.start:
                found[-1] = Span(found[-1].start, leaf.span.end)
            else:
                found.append(leaf.span)
    return found


def block_interruptions(leaves: Sequence[Leaf], span: Span, citation: Citation) -> tuple[Span, ...]:
    """What stands inside a block, found among all leaves of its document."""
    first = bisect_left(leaves, span.start, key=lambda leaf: leaf.span.start)
    last = bisect_left(leaves, span.end, key=lambda leaf: leaf.span.start)
    return tuple(interruptions(leaves[first:last], citation))


def pieces(source: str, span: Span, holes: Sequence[Span]) -> Iterator[Span]:
    """The slices that hold the text alone: cut at `holes`, and where a line ends in a dash that joins."""
    inside = [hole for hole in holes if span.contains(hole)]
    raw, at = source[span.start : span.end], span.start
    for hole in inside:  # blanked, for a line before a page break may end in a dash, too
        raw = raw[: hole.start - span.start] + " " * len(hole) + raw[hole.end - span.start :]
    joins = [Span(span.start + start, span.start + end) for start, end in line_end_dashes(raw)]
    for cut in sorted(joins + [hole for hole in inside if not any(join.contains(hole) for join in joins)]):
        yield Span(at, cut.start)
        at = cut.end
    yield Span(at, span.end)
