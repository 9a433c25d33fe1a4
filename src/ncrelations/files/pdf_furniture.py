"""What of a page is no text of the document: running heads, page numbers, line numbers; and where its footnotes are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ncrelations.files.pdf_lines import Line
from ncrelations.files.pdf_words import Word

_ZONE = 0.12
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡]{1,3}|\(?[a-z0-9]{1,2}\))(?=$|[A-Z“\"‘(])")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡]{1,3}) ?[A-Z“]")
_SMALL = 0.94
_LARGE = 1.1
_FEWEST_NUMBERED = 8
_SAME_HEIGHT = 4.0
_MOST_WORDS = 20


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
    aside: list[list[Word]] = field(default_factory=list)
    """Runs set at an angle."""


def part_furniture(pages: Sequence[PageLines]) -> None:
    """Take running heads, page numbers and line numbers out of the lines of all pages."""
    whole = [page.lines for page in pages]
    often, body = _repeated(pages), body_size(pages)
    _part_numbered(pages)
    for page in pages:
        _part_edges(page, often, _LARGE * body, len(pages) / 2)
        _part_line_numbers(page)
    if not any(page.lines for page in pages):  # nothing but edges: they are the text
        for page, lines in zip(pages, whole, strict=True):
            page.lines, page.head, page.foot = lines, [], []


def _zone(page: PageLines, line: Line) -> str:
    if line.base > (1 - _ZONE) * page.height:
        return "head"
    return "foot" if line.base < _ZONE * page.height else ""


def _masked(line: Line) -> str:
    """The words of a line without its numbers, which change from page to page."""
    return _DIGITS.sub("", line.text.lower()).replace(" ", "") or "#"


def _repeated(pages: Sequence[PageLines]) -> dict[tuple[str, str], list[float]]:
    """What stands at the edge of several pages, numbers aside, with its heights on those pages."""
    heights: dict[tuple[str, str], list[float]] = {}
    for page in pages:
        edges = {(zone, _masked(line)): line.base for line in page.lines if (zone := _zone(page, line))}
        for edge, base in edges.items():
            heights.setdefault(edge, []).append(base)
    fewest = 3 if len(pages) > 3 else 2
    return {each: bases for each, bases in heights.items() if len(bases) >= fewest}


def _is_repeated(line: Line, bases: Sequence[float]) -> bool:
    """Whether it stands at one height on most of the pages, or on three."""
    same = sum(abs(base - line.base) < _SAME_HEIGHT for base in bases)
    return same >= 3 or same > len(bases) / 2 > 0


def _part_edges(page: PageLines, often: dict[tuple[str, str], list[float]], large: float, many: float) -> None:
    """Take out what is repeated; what is set as large as a heading only where it is on `many` pages."""
    kept = list[Line]()
    for line in page.lines:
        zone = _zone(page, line)
        bases = often.get((zone, _masked(line)), []) if zone else []
        repeated = _is_repeated(line, bases) and (line.size < large or len(bases) >= many)
        if repeated or (zone and _is_number(line) and _stands_apart(line, page, zone)):
            (page.head if zone == "head" else page.foot).append(line)
        else:
            kept.append(line)
    page.lines = kept


def _part_numbered(pages: Sequence[PageLines]) -> None:
    """Take out the lines at the edges that begin or end with the number of their page."""
    edges = [[line for line in page.lines if _zone(page, line) and _stands_apart(line, page, "")] for page in pages]
    offset = running_offset([[word for line in lines for word in _outer(line)] for lines in edges])
    if offset is None:
        return
    for index, (page, lines) in enumerate(zip(pages, edges, strict=True)):
        for line in lines:
            if str(index + offset) in _outer(line) and len(line.words) <= _MOST_WORDS:
                (page.head if _zone(page, line) == "head" else page.foot).append(line)
                page.lines = [each for each in page.lines if each is not line]


def _outer(line: Line) -> tuple[str, str]:
    return line.words[0].text, line.words[-1].text


def running_offset(found: Sequence[Sequence[str]]) -> int | None:
    """By how much the numbers found on pages run before the pages' own, counted from 0; `None` where they do not."""
    counts = Counter(
        offset for index, words in enumerate(found) for offset in {int(word) - index for word in words if _short(word)}
    )
    best = max(counts, key=lambda offset: counts[offset], default=0)
    return best if len(found) > 1 and counts[best] >= max(2, 0.5 * len(found)) else None


def _short(word: str) -> bool:
    return word.isdecimal() and len(word) < 5


def _stands_apart(line: Line, page: PageLines, zone: str) -> bool:
    """Whether a line is parted from the text by more than the distance of two lines."""
    toward = -1 if (zone or _zone(page, line)) == "head" else 1
    gaps = [(toward * (each.base - line.base), each) for each in page.lines]
    least, most = 0.2 * line.size, 2.2 * line.size
    if any(least < gap <= most and not _is_number(each) for gap, each in gaps):
        return False
    return page.height > most or any(gap > most and not _is_number(each) for gap, each in gaps)


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
    alone = {id(line) for line in counted if len(line.words) == 1}
    page.foot = [*(line for line in counted if id(line) in alone), *page.foot]
    numbered_lines = {id(line) for line in counted}
    page.lines = [
        _without_number(line) if id(line) in numbered_lines else line for line in page.lines if id(line) not in alone
    ]


def _without_number(line: Line) -> Line:
    """A line less the number that counts it."""
    cells = [line.cells[0][1:], *line.cells[1:]]
    return Line([cell for cell in cells if cell], line.column, line.words[0])


def body_size(pages: Sequence[PageLines]) -> float:
    """The height of most letters of the text."""
    sizes = Counter[float]()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def part_notes(page: PageLines, body: float) -> None:
    """Take the footnotes out of a page's lines: below all text of their column, the first with its mark.

    They are set smaller than the text, or their mark is called in the text above.
    """
    large = [line for line in page.lines if line.size > _SMALL * body]
    small = [line for line in page.lines if line.size <= _SMALL * body]
    below = [line for line in small if not any(each.base < line.base and _over(each, line) for each in large)]
    marked = [line for line in below if note_mark(line)] if large else []
    top = {line.column: line.base for line in reversed(marked)}
    chosen = {id(line) for line in below if line.base <= top.get(line.column, 0.0) + 0.1 or _above(line, marked)}
    if not marked:
        chosen = _called(page.lines)
    page.notes = [line for line in page.lines if id(line) in chosen]
    page.lines = [line for line in page.lines if id(line) not in chosen]


def _over(one: Line, other: Line) -> bool:
    return one.left < other.right and other.left < one.right


def _called(lines: Sequence[Line]) -> set[int]:
    """The lines, by identity, from the first on that begins with the raised number that a line above calls."""
    for position, line in enumerate(lines):
        first = line.words[0]
        above = lines[:position]
        calls = (word for each in above for word in each.words[1:] if word.raised and word.text == first.text)
        if first.text.isdigit() and len(line.words) > 1 and any(calls):
            gap = above[-1].base - line.base
            if gap > 1.3 * line.size and all(each.column == line.column for each in lines[position:]):
                return set(map(id, lines[position:]))
    return set()


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
    return (list(column) for _, column in groupby(lines, key=lambda line: line.column))
