"""What of a page is no text of the document: running heads, page numbers, line numbers; and where its footnotes are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ncrelations.files.pdf_lines import Line
from ncrelations.files.pdf_words import Word

_ZONE = 0.12
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}|\(?[a-z0-9]{1,2}\))(?=$|[A-Z“\"‘(])")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3}) ?[A-Z“]")
_SMALL = 0.94
_FEWEST_NUMBERED = 8


@dataclass(slots=True)
class PageLines:
    """The lines of a page, told apart by what they are."""

    width: float
    height: float
    lines: list[Line]
    columns: int = 1
    """How many columns its text has at most."""
    head: list[Line] = field(default_factory=list)
    foot: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    """The words, by identity, that number the lines."""
    aside: list[list[Word]] = field(default_factory=list)
    """Runs set at an angle."""


def part_furniture(pages: Sequence[PageLines]) -> None:
    """Take running heads, page numbers and line numbers out of the lines of all pages."""
    often = _repeated(pages)
    for page in pages:
        _part_edges(page, often)
        _part_line_numbers(page)


def _zone(page: PageLines, line: Line) -> str:
    if line.base > (1 - _ZONE) * page.height:
        return "head"
    return "foot" if line.base < _ZONE * page.height else ""


def _masked(line: Line) -> str:
    return _DIGITS.sub("#", line.text.lower()).replace(" ", "")


def _repeated(pages: Sequence[PageLines]) -> frozenset[tuple[str, str]]:
    """What stands at the edge of several pages, numbers aside."""
    counts = Counter(
        each for page in pages for each in {(_zone(page, line), _masked(line)) for line in page.lines} if each[0]
    )
    fewest = 3 if len(pages) > 3 else 2
    return frozenset(each for each, count in counts.items() if count >= fewest)


def _part_edges(page: PageLines, often: frozenset[tuple[str, str]]) -> None:
    zones = {id(line): _zone(page, line) for line in page.lines}
    inner = [line.base for line in page.lines if not zones[id(line)]]
    kept = []
    for line in page.lines:
        zone = zones[id(line)]
        if zone and ((zone, _masked(line)) in often or (inner and _is_number(line))):
            (page.head if zone == "head" else page.foot).append(line)
        else:
            kept.append(line)
    page.lines = kept


def _is_number(line: Line) -> bool:
    """Whether a line at the edge is a page's or job's number: hardly a letter, and a digit."""
    text = line.text
    letters = sum(c.isalpha() for c in text)
    if _NOTE.match(text):
        return False
    return len(text) <= 40 and any(c.isdigit() for c in text) and letters <= 0.34 * len(text.replace(" ", ""))


def _part_line_numbers(page: PageLines) -> None:
    """Numbers that count the lines of a page from 1 on, in its margin."""
    numbered = [(line, int(line.words[0].text)) for line in page.lines if line.words[0].text.isdigit()]
    counted = [line for position, (line, number) in enumerate(numbered, 1) if number == position]
    if len(counted) < _FEWEST_NUMBERED or len(counted) < 0.8 * len(page.lines):
        return
    page.numbers = {id(line.words[0]) for line in counted}
    page.foot = [*(line for line in counted if len(line.words) == 1), *page.foot]
    alone = {id(line) for line in page.foot}
    page.lines = [line for line in page.lines if id(line) not in alone]


def body_size(pages: Sequence[PageLines]) -> float:
    """The height of most letters of the text."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def part_notes(page: PageLines, body: float) -> None:
    """Take the footnotes out of a page's lines: small, below all text of their column, the first with its mark."""
    large = [line for line in page.lines if line.size > _SMALL * body]
    small = [line for line in page.lines if line.size <= _SMALL * body]
    below = [
        line
        for line in small
        if large
        and not any(each.base < line.base and each.left < line.right and line.left < each.right for each in large)
    ]
    marked = [line for line in below if note_mark(line)]
    if not marked or not large:
        return
    top = {line.column: line.base for line in reversed(marked)}
    chosen = {id(line) for line in below if line.base <= top.get(line.column, 0.0) + 0.1 or _above(line, marked)}
    page.notes = [line for line in page.lines if id(line) in chosen]
    page.lines = [line for line in page.lines if id(line) not in chosen]


def _above(line: Line, marked: Sequence[Line]) -> bool:
    """Whether a line stands right above a marked one: the end of a note from the page before."""
    return any(0 < line.base - mark.base < 3 * line.size and line.column == mark.column for mark in marked)


def note_mark(line: Line) -> Word | None:
    """The word that marks a footnote, at the beginning of its line."""
    first = line.words[0]
    if first.raised:
        return first
    return first if _NOTE_MARK.match(first.text) and len(line.words) > 1 else None


def columns_of(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines, column by column."""
    column: list[Line] = []
    for line in lines:
        if column and line.column != column[-1].column:
            yield column
            column = []
        column.append(line)
    if column:
        yield column
