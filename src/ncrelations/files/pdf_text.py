"""The one text of a PDF's pages, in parts: heads, paragraphs, footnotes and feet as they are printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ncrelations.document.spans import LeafKind, Span
from ncrelations.files.cutting import Writer
from ncrelations.files.file_text import Part
from ncrelations.files.hyphens import Hyphens
from ncrelations.files.pdf_furniture import PageLines
from ncrelations.files.pdf_lines import Line
from ncrelations.files.pdf_paragraphs import Paragraph
from ncrelations.files.pdf_words import Word

_IDEOGRAPHIC = re.compile("[\u3000-\u30ff\u31f0-\u9fff\uf900-\ufaff\uff00-\uff9f]")
_ENDED = re.compile(r"[.!?:;]['\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of all pages."""

    text: str
    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    """Where each page begins."""


def link(paragraphs: Sequence[Paragraph]) -> None:
    """Say which paragraphs go on with the one before them, over a column's or a page's end."""
    before: Paragraph | None = None
    for paragraph in paragraphs:
        if paragraph.kind is LeafKind.TEXT and paragraph.block != "t":
            moved = before is not None and (
                paragraph.page != before.page or paragraph.lines[0].column != before.lines[-1].column
            )
            if before is not None and moved and _goes_on(before, paragraph):
                paragraph.continues = True
                paragraph.block, paragraph.number, paragraph.mark = before.block, None, []
            before = paragraph
        elif paragraph.kind is LeafKind.HEADING:
            before = None


def _goes_on(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph at the top of a column goes on with the last one of the column before."""
    last, first = before.lines[-1], paragraph.lines[0]
    if paragraph.mark or paragraph.block == "b" or abs(first.size - last.size) > 0.1 * last.size:
        return False
    words = [word for word in last.words if not word.raised]
    if not words:
        return False
    wide = max(line.right for line in before.lines) - last.left
    full = last.right - last.left > 0.97 * wide and (len(before.lines) > 1 or wide > 0.8 * (first.right - first.left))
    if _ENDED.search(words[-1].text):
        indented = len(paragraph.lines) > 1 and first.left > paragraph.lines[1].left + 0.7 * first.size
        return full and len(before.lines) > 1 and not indented and first.bold == last.bold
    return full or first.words[0].text[:1].islower() or words[-1].text[-1:] in "-,–—"


def compose(
    pages: Sequence[PageLines], paragraphs: Sequence[Paragraph], notes: Sequence[Paragraph], hyphens: Hyphens
) -> Composed:
    """The text of all pages, in parts."""
    called = frozenset(note.number for note in notes if note.number)
    writer, starts = _PageWriter(hyphens, called), []
    placed = _by_page(len(pages), paragraphs), _by_page(len(pages), notes)
    for page, text, below in zip(pages, *placed, strict=True):
        writer.space("\n\n")
        starts.append(writer.length)
        for line in page.head:
            writer.line(line)
        for paragraph, after in [*text, *below]:
            writer.paragraph(paragraph, after)
        for line in [*page.foot, *(Line([run]) for run in page.aside)]:
            writer.line(line)
    return Composed(writer.text, writer.cut(), tuple(starts))


def _by_page(count: int, paragraphs: Sequence[Paragraph]) -> list[list[tuple[Paragraph, str]]]:
    """The paragraphs of each page, each with the first word of the one that goes on with it."""
    found: list[list[tuple[Paragraph, str]]] = [[] for _ in range(count)]
    for paragraph, after in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        word = after.lines[0].words[0].text if after is not None and after.continues else ""
        found[paragraph.page].append((paragraph, word))
    return found


class _PageWriter(Writer):
    """Writes lines as words with their spaces, hyphens and the marks of footnotes as parts of their own."""

    def __init__(self, hyphens: Hyphens, called: frozenset[str]) -> None:
        super().__init__()
        self._hyphens, self._called = hyphens, called
        self._begun = False
        self._end: int | None = None  # of the words that the last part is to hold, while it grows

    def add(self, *args: Any, **kwargs: Any) -> None:
        """A piece of the text that is a part, once the one that grows has ended."""
        self._settle()
        super().add(*args, **kwargs)

    def cut(self) -> tuple[Part, ...]:
        """The whole text in parts."""
        self._settle()
        return super().cut()

    def line(self, line: Line) -> None:
        """A line of furniture."""
        self.space("\n")
        self.add("\t".join(" ".join(word.text for word in cell) for cell in line.cells), LeafKind.FURNITURE)

    def paragraph(self, paragraph: Paragraph, after: str) -> None:
        """A paragraph; `after` is the first word of what goes on with it."""
        self._settle()
        self.space("\n\n")
        self._begun = paragraph.continues
        marks, ideographic = {id(word) for word in paragraph.mark}, False
        for line, following in zip(paragraph.lines, [*paragraph.lines[1:], None], strict=True):
            if line is not paragraph.lines[0] and not (ideographic and _IDEOGRAPHIC.match(line.words[0].text)):
                self.space("\n")
            ideographic = bool(_IDEOGRAPHIC.match(line.words[-1].text[-1:]))
            if line.number is not None:
                self.add(line.number.text, LeafKind.FURNITURE)
                self.space("\t")
            begins = after if following is None else following.words[0].text
            for number, cell in enumerate(line.cells):
                if number and not cell[0].raised:
                    self.space("\t")
                self._cell(cell, paragraph, marks, begins if cell is line.cells[-1] else "")

    def _cell(self, cell: Sequence[Word], paragraph: Paragraph, marks: set[int], after: str) -> None:
        """The words of a cell; `after` is what follows its last one on the next line."""
        apart = [word for word in cell if word.raised or (marks and id(word) in marks)]
        plain = 0 if apart else len(cell) - 1
        if plain:
            self._text(" ".join([word.text for word in cell[:plain]]), paragraph)
        for number, word in enumerate(cell[plain:], plain):
            if number and not word.raised:
                self.space(" ")
            last = word is cell[-1]
            self._word(word, paragraph, LeafKind.MARK if id(word) in marks else None, after if last else "")

    def _word(self, word: Word, paragraph: Paragraph, kind: LeafKind | None, after: str) -> None:
        if word.raised and word.text in self._called:
            kind = LeafKind.MARK
        if kind is not None:
            self.add(word.text, kind)
        elif after and self._hyphens.divides(word.text, after):
            self._text(word.text[:-1], paragraph)
            self.add(word.text[-1:], LeafKind.HYPHEN)
        else:
            self._text(word.text, paragraph)

    def _text(self, text: str, paragraph: Paragraph) -> None:
        if self._end is not None:
            self.pieces.append(text)
            self.length += len(text)
        elif text:
            number = None if self._begun else paragraph.number
            self.add(text, paragraph.kind, paragraph.block, paragraph.level, number, continues=self._begun)
        self._end = self.length if text else self._end
        self._begun = True

    def _settle(self) -> None:
        """End the part that grows."""
        if self._end is not None:
            self.parts[-1] = replace(self.parts[-1], span=Span(self.parts[-1].span.start, self._end))
            self._end = None
