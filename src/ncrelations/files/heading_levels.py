"""How deep headings stand that a file sets all at one level, told by their numbers: "IV." over "A." over "1."."""

from __future__ import annotations

import re

from ncrelations.document.spans import LeafKind
from ncrelations.files.file_text import FileText, Part
from ncrelations.files.printed_numbers import numbered_heading

_WAYS = (re.compile(r"[IVX][IVXLC]*"), re.compile(r"[A-Z]"), re.compile(r"[1-9]\d?"))
"""The ways to number headings, each under those before it."""
_STEP = 10


def heading_levels(text: FileText) -> dict[int, int]:
    """The level of each heading, by where it begins: the file's own, parted by the ways in which it numbers."""
    headings = [part for part in text.parts if part.kind is LeafKind.HEADING and not part.continues]
    found = {}
    for level in {part.level or 1 for part in headings}:
        alike = [part for part in headings if (part.level or 1) == level]
        ways = [_way(text, part) for part in alike]
        used = sorted({way for way in ways if way is not None})
        for part, way in zip(alike, ways, strict=True):
            found[part.span.start] = level * _STEP + (0 if way is None else used.index(way))
    return found


def _way(text: FileText, part: Part) -> int | None:
    """In which way a heading is numbered; `None` for one without a number, or with one of several parts."""
    number = part.number or numbered_heading(text.text[part.span.start : part.span.end])[0]
    return next((way for way, pattern in enumerate(_WAYS) if number and pattern.fullmatch(number)), None)
