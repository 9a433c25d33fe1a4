"""Lines put together to paragraphs, items, rows and headings, by how they are set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ncrelations.document.spans import LeafKind
from ncrelations.files.file_text import BlockKind
from ncrelations.files.pdf_furniture import PageLines, columns_of, note_mark
from ncrelations.files.pdf_lines import Line
from ncrelations.files.pdf_marks import DASHES, begins
from ncrelations.files.pdf_tables import cell_by_cell, table_rows
from ncrelations.files.pdf_words import Word

_END = re.compile(r"[.!?:;]['\"”’)\]]*\d{0,3}$")
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*[\divxlc]+$")
_CONTENTS = re.compile(r"(?:table of )?contents(?: \(?continued\)?)?|page", re.IGNORECASE)
_PAGE_LAST = re.compile(r"\s(?:\d{1,4}|[ivxlc]+)$")
_MOST_GAP = 1.35


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, all on one page."""

    lines: list[Line]
    page: int
    kind: LeafKind = LeafKind.TEXT
    block: BlockKind = "p"
    level: int | None = None
    number: str | None = None
    mark: list[Word] = field(default_factory=list)
    """The words before its text: a number, a bullet."""
    continues: bool = False

    @property
    def text(self) -> str:
        """Its words, joined."""
        return " ".join(line.text for line in self.lines)


class Grouping:
    """Puts the lines of a page together. `heading` tells which heading a line is known to belong to."""

    def __init__(self, page: PageLines, number: int, heading: Callable[[Line], object]) -> None:
        self._page, self._number, self._heading = page, number, heading
        listed = sum(bool(_PAGE_LAST.search(line.text)) for line in page.lines) > 0.5 * len(page.lines)
        self._contents = listed and any(_CONTENTS.fullmatch(line.text) for line in page.lines)

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs of the page's text, in reading order."""
        for column in columns_of(self._page.lines):
            yield from self._column(column)

    def notes(self) -> Iterator[Paragraph]:
        """The footnotes of the page."""
        found: list[Paragraph] = []
        for line in self._page.notes:
            mark = note_mark(line)
            if mark is not None or not found:
                number = "".join(c for c in mark.text[:4] if c.isdigit()) or None if mark else None
                marked = [mark] if mark and (mark.raised or len(mark.text) <= 3) else []
                kind = LeafKind.FOOTNOTE
                found.append(Paragraph([line], self._number, kind, "n", None, number, marked, continues=mark is None))
            else:
                found[-1].lines.append(line)
        yield from found

    def _column(self, lines: Sequence[Line]) -> Iterator[Paragraph]:
        leading = _leading(lines)
        right = sorted(line.right for line in lines)[int(0.9 * (len(lines) - 1))]
        tables = table_rows(lines)
        current: Paragraph | None = None
        for line in lines:
            if current is not None and self._goes_on(current, line, leading, right, tables):
                current.lines.append(line)
                continue
            if current is not None:
                yield _finished(current)
            current = self._begun(line, tables)
        if current is not None:
            yield _finished(current)

    def _begun(self, line: Line, tables: dict[int, int]) -> Paragraph:
        """A paragraph that begins with a line."""
        found = Paragraph([line], self._number)
        if self._heading(line) is not None:
            found.kind = LeafKind.HEADING
        elif _LEADERS.search(line.text) or (self._contents and _PAGE_LAST.search(line.text)):
            found.kind = LeafKind.CONTENTS
        elif id(line) in tables:
            found.block = "t"
        else:
            found.block, found.number, found.mark = begins(line.words)
        return found

    def _goes_on(self, current: Paragraph, line: Line, leading: float, right: float, tables: dict[int, int]) -> bool:
        """Whether a line goes on with the paragraph before it."""
        before = current.lines[-1]
        known, now = self._heading(before), self._heading(line)
        if known is not None or now is not None:
            return known == now
        gap = before.base - line.base
        if current.block == "t" or id(line) in tables:
            return tables.get(id(line)) == tables.get(id(before))
        if current.kind is LeafKind.CONTENTS or _LEADERS.search(line.text) or gap <= 0.3 * line.size:
            return False
        if abs(line.size - before.size) > 0.1 * before.size + 0.3 or gap > _MOST_GAP * max(leading, line.size):
            return False
        return not self._begins_anew(current, line, right)

    def _begins_anew(self, current: Paragraph, line: Line, right: float) -> bool:
        """Whether a line at the usual distance begins a paragraph: by its mark, its indent, the line before."""
        before, words = current.lines[-1], line.words
        ended = bool(_END.search(before.text))
        full = before.right > right - 0.12 * (right - line.left)
        block, number, mark = begins(words)
        if mark and words[0].text not in DASHES and block == "b":
            return True
        if (block == "b" or number is not None or line.bold != before.bold) and (ended or not full):
            return True
        left, start = words[0].left, before.words[0].left
        if left > start + 0.7 * line.size:  # indented
            hanging = len(current.lines) == 1 and (bool(current.mark) or current.block == "b" or full)
            return not hanging and (ended or not full)
        if left < start - 0.7 * line.size and len(current.lines) > 1:
            return True
        short = before.right < right - 0.25 * (right - min(left, start))
        return short and (ended or not line.text[:1].islower()) and not current.mark


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance of two lines within paragraphs, also where a page has more paragraphs than long ones."""
    gaps = sorted(a.base - b.base for a, b in pairwise(lines) if 0.8 * a.size < a.base - b.base < 3 * a.size)
    return gaps[len(gaps) // 4] if gaps else 0.0


def _finished(paragraph: Paragraph) -> Paragraph:
    """A paragraph that is complete: a row of several lines is read cell by cell."""
    if paragraph.block == "t" and len(paragraph.lines) > 1:
        paragraph.lines = cell_by_cell(paragraph.lines)
    return paragraph
