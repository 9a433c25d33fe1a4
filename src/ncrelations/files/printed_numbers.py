"""Numbers that texts print: of headings ("3.2", "IV."), of paragraphs ("14."), and the marks of lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ncrelations.document.spans import Span

BULLET = re.compile(r"[ \t]*(?:[•◦▪‣●○■□–—*·\uf0b7\uf0a7-](?=[ \t])|[\uf0b7•●▪])[ \t]*")
"""The mark of an item of a list that has no number."""

_PARAGRAPH = re.compile(
    r"[ \t]*(?:(?P<number>[1-9]\d{0,3})\.(?:[ \t]|\r?\n[ \t]*(?=\S))[ \t]*|\[(?P<bracket>\d{1,3})\][ \t]+)"
)
_HEADING = re.compile(
    r"""(?:(?P<dotted>[1-9]\d{0,2}(?:\.[1-9]\d{0,2}){1,5})\.?(?:\s+|(?=[A-Z]))
       |(?P<marked>[1-9]\d{0,2}|[IVXLC]{1,7}|[A-Z])[.)]\s+
       |(?P<bare>[1-9]\d?|[IVX]{1,5})(?:\t|\s{2,}|\s(?=[A-Z][a-zA-Z]))\s*)""",
    re.VERBOSE,
)
_FEWEST = 3
_SHARE = 0.35


def numbered_paragraph(text: str, span: Span) -> tuple[str, int] | None:
    """The number printed before a paragraph and the offset after it: "14. The Council ..."."""
    match = _PARAGRAPH.match(text, span.start, span.end)
    if match is None or not text[match.end() : span.end].strip():
        return None
    return match["number"] or match["bracket"], match.end()


def numbered_heading(heading: str) -> tuple[str | None, str]:
    """The number printed before a heading, and the heading without it."""
    match = _HEADING.match(heading)
    if match is None or not heading[match.end() :].strip():
        return None, heading
    return match["dotted"] or match["marked"] or match["bare"], heading[match.end() :].strip()


def running(numbers: Sequence[str], paragraphs: int) -> frozenset[int]:
    """Which numbered paragraphs, by position, carry numbers that run on through the text, so that they cite it.

    Numbers of a list stand among many paragraphs without one, or begin anew: those cite nothing.
    """
    found = list(_counted(numbers))
    enough = len(found) >= _FEWEST and len(found) >= _SHARE * paragraphs
    return frozenset(found) if enough else frozenset()


def _counted(numbers: Iterable[str]) -> Iterable[int]:
    expected = 1
    for position, number in enumerate(numbers):
        value = int(number) if number.isdigit() else 0
        if expected <= value <= expected + 2:
            expected = value + 1
            yield position
