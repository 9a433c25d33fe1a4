"""Which lines of a PDF are headings: by its tags, else its bookmarks, else how they are set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from ctypes import create_string_buffer
from dataclasses import dataclass
from typing import Any

from ncrelations.document.spans import LeafKind
from ncrelations.files.pdf_furniture import PageLines
from ncrelations.files.pdf_lines import Line
from ncrelations.files.pdf_paragraphs import Paragraph
from ncrelations.files.printed_numbers import numbered_heading

_HEADING = re.compile(r"H([1-6])?")
_DEEPEST = 40
_MOST_ELEMENTS = 20_000
_LARGER = 1.1
_LONGEST = 250
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A heading that the file itself declares."""

    level: int
    """How deep it stands, from 1."""
    order: int
    """Its number among the headings of its page."""


class Tags:
    """The headings among a page's tags: by the number of their marked content."""

    def __init__(self) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium: Any = pdfium
        self._buffer = create_string_buffer(64)
        self._left = 0

    def headings(self, page: Any) -> dict[int, Known]:
        """The marked content of the page that is in a heading."""
        found: dict[int, Known] = {}
        tree = self._pdfium.FPDF_StructTree_GetForPage(page)
        if not tree:
            return found
        try:
            self._left = _MOST_ELEMENTS
            for index in range(self._pdfium.FPDF_StructTree_CountChildren(tree)):
                self._walk(self._pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), None, found, 0)
        finally:
            self._pdfium.FPDF_StructTree_Close(tree)
        return found

    def _walk(self, element: Any, inside: Known | None, found: dict[int, Known], depth: int) -> None:
        self._left -= 1
        if not element or depth > _DEEPEST or self._left < 0:
            return
        match = _HEADING.fullmatch(self._type(element))
        if match:
            inside = Known(int(match[1] or 1), len(found))
        pdfium = self._pdfium
        if inside is not None:
            for index in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)):
                found[pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)] = inside
        for index in range(min(pdfium.FPDF_StructElement_CountChildren(element), self._left)):
            if inside is not None:
                mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
                if mark >= 0:
                    found[mark] = inside
            self._walk(pdfium.FPDF_StructElement_GetChildAtIndex(element, index), inside, found, depth + 1)

    def _type(self, element: Any) -> str:
        length = self._pdfium.FPDF_StructElement_GetType(element, self._buffer, 64)
        return self._buffer.raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")


def by_tags(pages: Sequence[PageLines], marked: Sequence[dict[int, Known]]) -> dict[int, Known]:
    """The lines, by identity, that tags call headings."""
    found = {}
    for page, known in zip(pages, marked, strict=True):
        known.pop(-1, None)
        for line in page.lines if known else ():
            marks = [word.mark for word in line.words]
            alike = marks.count(marks[0]) == len(marks)
            winner = known.get(marks[0]) if alike else Counter(map(known.get, marks)).most_common(1)[0][0]
            if winner is not None:
                found[id(line)] = winner
    return found


def by_bookmarks(pages: Sequence[PageLines], bookmarks: Sequence[tuple[int, str, int]]) -> dict[int, Known]:
    """The lines, by identity, that bookmarks name: level, title and page index of each."""
    found: dict[int, Known] = {}
    for order, (level, title, index) in enumerate(bookmarks):
        wanted = _plain(title)
        for lines in _beginnings(pages[index].lines, wanted) if wanted and 0 <= index < len(pages) else ():
            if not any(id(line) in found for line in lines):
                found |= {id(line): Known(level + 1, order) for line in lines}
                break
    return found


def _beginnings(lines: Sequence[Line], wanted: str) -> Iterator[list[Line]]:
    """Lines that together read as wanted, one after the other; the first may have a number before it."""
    for start, line in enumerate(lines):
        unnumbered = numbered_heading(line.text)[1]
        for first in dict.fromkeys([line.text, unnumbered]):
            read = _plain(first)
            end = start + 1
            while len(read) < len(wanted) and wanted.startswith(read) and read and end < len(lines):
                read += _unmarked(lines[end])
                end += 1
            if wanted in (read, _plain(first.rstrip("0123456789"))):
                yield list(lines[start:end])


def _unmarked(line: Line) -> str:
    return _plain("".join(word.text for word in line.words if not word.raised))


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def by_fonts(paragraphs: Sequence[Paragraph], body: float) -> None:
    """Make headings of the paragraphs that are set as such: larger than the text, or bold, and no sentence."""
    styles = {id(each): style for each in paragraphs if (style := _style(each, body)) is not None}
    levels = {style: level for level, style in enumerate(sorted(set(styles.values()), reverse=True), 1)}
    for paragraph in paragraphs:
        style = styles.get(id(paragraph))
        if style is not None:
            paragraph.kind, paragraph.block, paragraph.level = LeafKind.HEADING, "p", min(levels[style], 6)
            paragraph.mark, paragraph.number = [], None


def _style(paragraph: Paragraph, body: float) -> tuple[float, bool, bool] | None:
    """How a heading is set; `None` for what is none."""
    if paragraph.kind is not LeafKind.TEXT or paragraph.block not in "pb" or len(paragraph.lines) > _MOST_LINES:
        return None
    text = paragraph.text
    letters = [c for c in text if c.isalpha()]
    cells = max(len(line.cells) for line in paragraph.lines) - bool(paragraph.mark or text[0].isupper())
    if len(letters) < 3 or len(text) > _LONGEST or cells > 1 or text.rstrip("0123456789 ")[-1:] in tuple(".,;"):
        return None
    size = max(line.size for line in paragraph.lines)
    bold = all(line.bold for line in paragraph.lines)
    capitals = text.upper() == text and len(letters) > 5
    if size >= _LARGER * body or (bold and size > 0.95 * body):
        return round(size / body, 1), bold, capitals
    return None


def leveled(known: dict[int, Known]) -> Callable[[Line], Known | None]:
    """What is known of a line, levels counted from 1 without holes."""
    used = sorted({each.level for each in known.values()})
    levels = {level: number for number, level in enumerate(used, 1)}
    placed = {line: Known(levels[each.level], each.order) for line, each in known.items()}
    return lambda line: placed.get(id(line))
