"""Numbers that texts print: of headings ("3.2", "IV."), of paragraphs ("14."), and the marks of lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log

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
_MOST_MISSING = 3
_LONG = 100
"""The mean length, in characters, from which numbered items are paragraphs."""


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


def running(numbered: Sequence[tuple[str, int]]) -> frozenset[int]:
    """Which numbered paragraphs, by position, are cited by their numbers: those of long runs that count from 1.

    `numbered` has the number and the length of each. Short items are those of a list, which cite nothing.
    """
    runs: list[list[int]] = []
    for position, (number, length) in enumerate(numbered):
        value = int(number) if number.isdigit() else 0
        near = [run for run in runs if 1 <= value - int(numbered[run[-1]][0]) <= _MOST_MISSING]
        exact = [run for run in near if value - int(numbered[run[-1]][0]) == 1]
        if not exact and value == 1:
            runs.append([position])
        elif near:
            min(exact or near, key=lambda run: abs(log(max(1, length) / _mean(numbered, run)))).append(position)
    cited = (run for run in runs if len(run) > 1 and _mean(numbered, run) >= _LONG)
    return frozenset(position for run in cited for position in run)


def _mean(numbered: Sequence[tuple[str, int]], run: Sequence[int]) -> float:
    return sum(max(1, numbered[position][1]) for position in run) / len(run)
