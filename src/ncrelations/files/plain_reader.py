"""Plain text: paragraphs between blank lines, lists by their marks, headings by how their lines stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ncrelations.document.spans import LeafKind, Span
from ncrelations.files.cutting import cut
from ncrelations.files.file_text import FileText, Part
from ncrelations.files.printed_numbers import BULLET, numbered_paragraph

READER = "text 1"

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_UNDERLINE = re.compile(r"[ \t]*([=\-~^])\1{2,}[ \t]*")
_NAMED = re.compile(
    r"(?:(?:chapter|part|section|annex|appendix)\s+(?:[IVXLC]+|\d+|[A-Z])\b|[IVXLC]+\.\s+[A-Z])", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.,;:!?]['\"”’)\]]*$")
_LONGEST_HEADING = 90

Lines = list[Span]


def read_plain(text: str) -> FileText:
    """A plain text, cut into headings, paragraphs and items."""
    parts = cut(text, _parts(text))
    headings = any(part.kind is LeafKind.HEADING for part in parts)
    return FileText("text", text, parts, (), "lines" if headings else "none", reader=READER)


def _parts(text: str) -> Iterator[Part]:
    for lines in _groups(text):
        level = _heading_level(text, lines)
        if level:
            yield Part(LeafKind.HEADING, Span(lines[0].start, lines[0].end), level=level)
        else:
            yield from _blocks(text, lines)


def _groups(text: str) -> Iterator[Lines]:
    """Lines that follow each other without a blank one."""
    lines: Lines = []
    for match in _LINE.finditer(text):
        if match[0].strip():
            lines.append(Span(match.start(), match.end()))
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _heading_level(text: str, lines: Lines) -> int:
    """How deep a heading these lines are; 0 where they are none."""
    first = text[lines[0].start : lines[0].end].strip()
    if len(first) > _LONGEST_HEADING or not any(c.isalpha() for c in first):
        return 0
    if len(lines) == 2:
        line = _UNDERLINE.fullmatch(text[lines[1].start : lines[1].end].rstrip("\r\n"))
        return 0 if line is None else 1 + (line[1] != "=")
    if len(lines) > 1 or _SENTENCE_END.search(first) or BULLET.match(first):
        return 0
    capitals = first.upper() == first and sum(c.isalpha() for c in first) > 3
    return 1 if capitals or _NAMED.match(first) else 0


def _blocks(text: str, lines: Lines) -> Iterator[Part]:
    """The paragraph of some lines, or the items of a list."""
    starts = [0, *(n for n in range(1, len(lines)) if BULLET.match(text, lines[n].start, lines[n].end))]
    for first, after in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield from _block(text, Span(lines[first].start, lines[after - 1].end))


def _block(text: str, span: Span) -> Iterator[Part]:
    bullet = BULLET.match(text, span.start, span.end)
    number = None if bullet else numbered_paragraph(text, span)
    if bullet or number:
        mark = Span(span.start, bullet.end() if bullet else number[1] if number else span.start)
        yield Part(LeafKind.MARK, mark)
        span = Span(mark.end, span.end)
    yield Part(LeafKind.TEXT, span, "b" if bullet else "p", number=number[0] if number else None)
