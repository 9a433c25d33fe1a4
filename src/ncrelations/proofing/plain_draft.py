"""Plain text: paragraphs between blank lines; one whose lines all begin with ">" is a block quote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ncrelations.proofing.draft import Paragraph, Writer, paragraph

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_QUOTED = re.compile(r"[ \t]*(?:>[ \t]?)+")
_INDENTED = re.compile(r"(?: {4}|\t| {0,3}\t)\s*(?=\S)")


def plain_paragraphs(raw: str) -> Iterator[Paragraph]:
    """The paragraphs of a plain text."""
    lines: list[tuple[int, str]] = []
    for match in _LINE.finditer(raw):
        prefix = _QUOTED.match(match[0])
        if match[0][prefix.end() if prefix else 0 :].strip():
            lines.append((match.start(), match[0]))
        elif lines:
            yield _paragraph(lines)
            lines = []
    if lines:
        yield _paragraph(lines)


def _paragraph(lines: list[tuple[int, str]]) -> Paragraph:
    quoted = all(_QUOTED.match(line) for _, line in lines)
    indented = all(_INDENTED.match(line) for _, line in lines)
    writer = Writer()
    for start, line in lines:
        prefix = _QUOTED.match(line) if quoted else None
        cut = prefix.end() if prefix else 0
        writer.add(line[cut:], start + cut)
    return paragraph(writer.done(), quoted=quoted, indented=indented)
