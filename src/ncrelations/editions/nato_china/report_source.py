"""The typography of the report: a PDF turned into text.

Hard line wraps, blank lines where a page or column ends in mid-sentence, headings over several lines, page
furniture, a heading that stands after its section and one that stands only in the table of contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ncrelations.document.outline import Outline
from ncrelations.document.tree import Leaf, LeafKind, Span
from ncrelations.text.sentences import fold

_RUNNING_HEAD = "NATO−CHINA RELATIONS CHARTING THE WAY FORWARD"
FURNITURE = re.compile(rf"^(?P<page>\d*)A?{_RUNNING_HEAD}$", re.MULTILINE)
"""A running head with or without its page's number."""

_ROMAN = re.compile(r" ?(?P<number>[IVX]+)\. (?=[A-Z])")
_TOPIC = re.compile(r"(?P<number>\d)\. (?=[A-Z])")
_CAPITALS = re.compile(r"[A-Z−: ]+")
_BULLET = re.compile(r" ?•\t ?")
_SENTENCE_END = re.compile(r"[.!?:][”’\")\]]*$")

_CONTENTS_ENTRY = re.compile(
    r"^(?:(?P<number>[IVX]+)\.\s*)?(?P<heading>[A-Z][^.\n]*?)\.{5,} (?P<page>\d+)\s*$(?:\n\t (?P<more>.+)$)?",
    re.MULTILINE,
)
_UNNUMBERED = {"EXECUTIVE SUMMARY": "ES", "MILESTONES IN NATO−CHINA RELATIONS": "MS"}


class Line(NamedTuple):
    """One line of a source, without its newline and trailing white space."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Offset after its text."""
        return self.start + len(self.text)

    @property
    def content(self) -> Span:
        """The line less its leading white space."""
        return Span(self.end - len(self.text.lstrip()), self.end)


def lines(source: str, start: int = 0, end: int | None = None) -> Iterator[Line]:
    """The lines of a source, or of a part of it."""
    for match in re.compile(r"[^\n]*\n?").finditer(source, start, len(source) if end is None else end):
        if match[0]:
            yield Line(match.start(), match[0].rstrip())


class _ReportScanner:
    """Reads the body of the report line by line."""

    def __init__(self, source: str, outline: Outline, pages: Mapping[str, int]) -> None:
        self.source, self.outline, self.pages = source, outline, pages
        self.before = ""
        self.blank = False
        self.in_heading = False

    def line(self, line: Line) -> None:
        """Take one more line."""
        furniture = FURNITURE.fullmatch(line.text)
        if furniture:
            self._furniture(line, furniture["page"])
        elif not line.text:
            self.blank = True
        elif not (self._heading(line) or self._bullet(line)):
            self._text(line)
        if line.text and not furniture:
            self.before, self.blank = line.text, False

    def _furniture(self, line: Line, page: str) -> None:
        self.outline.other.append(Leaf(LeafKind.FURNITURE, line.content))
        # The heading of the milestones stands only in the table of contents: they begin where the
        # page before theirs ends.
        if page and int(page) + 1 == self.pages["MS"]:
            self.outline.enter("MS")

    def _heading(self, line: Line) -> bool:
        outline = self.outline
        if line.text == "EXECUTIVE SUMMARY":  # stands after its paragraphs
            outline.close()
            outline.heading("ES", line.content)
            return True
        numbered = _ROMAN.match(line.text) or _TOPIC.match(line.text)
        if numbered:
            number = numbered["number"]
            outline.enter(f"VI.{number}" if number.isdigit() else number)
            outline.heading(outline.section, line.content)
            self.in_heading = True
            return True
        # A heading runs on over lines of capitals; that of a topic, over lines until the blank one.
        runs_on = bool(_CAPITALS.fullmatch(line.text)) or "." in outline.section
        self.in_heading = self.in_heading and not self.blank and runs_on
        if self.in_heading:
            outline.heading(outline.section, Span(outline.headings[outline.section].start, line.end))
        return self.in_heading

    def _bullet(self, line: Line) -> bool:
        mark = _BULLET.match(line.text)
        if mark:
            at = line.start + mark[0].index("•")
            self.outline.open("b", Span(line.start + mark.end(), line.end))
            self.outline.add(LeafKind.MARK, Span(at, at + 1))
        return bool(mark)

    def _text(self, line: Line) -> None:
        """A line of a block.

        A blank line or a leading space begins a new one, but only where the line before ended a
        sentence; both also occur in the middle of sentences.
        """
        milestone = self.outline.section == "MS"
        marked = self.blank or line.text.startswith(" ")
        ended = milestone or bool(_SENTENCE_END.search(self.before))
        if not self.outline.is_open or (marked and ended):
            self.outline.open("m" if milestone else "p", line.content)
        else:
            self.outline.extend(line.end)


def contents_of(source: str) -> dict[str, tuple[str, int]]:
    """The table of contents: section id to heading and first page."""
    entries = {}
    for match in _CONTENTS_ENTRY.finditer(source):
        heading = fold(f"{match['heading']} {match['more'] or ''}")
        entries[match["number"] or _UNNUMBERED[heading]] = (heading, int(match["page"]))
    return entries


def scan_report(source: str) -> Outline:
    """The outline of the report."""
    outline = Outline("report")
    contents = list(_CONTENTS_ENTRY.finditer(source))
    first, last = contents[0].start(), source.index("TABLE OF CONTENTS") + len("TABLE OF CONTENTS")
    for line in lines(source, 0, first):
        if line.text:
            kind = LeafKind.FURNITURE if FURNITURE.fullmatch(line.text) else LeafKind.TITLE
            outline.add(kind, line.content)
    for line in lines(source, first, last):
        if line.text:
            outline.add(LeafKind.CONTENTS, line.content)
    scanner = _ReportScanner(source, outline, {id: page for id, (_, page) in contents_of(source).items()})
    outline.enter("ES")
    for line in lines(source, last):
        scanner.line(line)
    outline.close()
    return outline


def fold_report(raw: str) -> str:
    """Clean reading text of a slice of the report."""
    return fold(raw, FURNITURE)
