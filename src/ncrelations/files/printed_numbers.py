"""Numbers that texts print: of headings ("3.2", "IV."), of paragraphs ("14."), and the marks of lists."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
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
    ended: dict[int, list[_Run]] = {}
    for position, (number, length) in enumerate(numbered):
        value = int(number) if number.isdigit() else 0
        found = _nearest(ended.get(value - 1, []), length)
        for missing in range(2, _MOST_MISSING + 1) if not found else ():
            found += _nearest(ended.get(value - missing, []), length)
        if found:
            run = min(found, key=lambda run: (_distance(run, length), run.first))
            reached = ended[run.value]
            del reached[bisect_left(reached, run)]
        elif value == 1:
            run = _Run(0.0, position)
        else:
            continue
        run.add(position, value, length)
        insort(ended.setdefault(value, []), run)
    cited = (run for runs in ended.values() for run in runs if len(run.positions) > 1 and run.mean >= _LONG)
    return frozenset(position for run in cited for position in run.positions)


@dataclass(slots=True, order=True)
class _Run:
    """Items that count on from 1. Ordered by what another item is compared with: their mean length."""

    mean: float
    first: int
    """The position of its first item."""
    value: int = field(default=0, compare=False)
    """The number it has reached."""
    length: int = field(default=0, compare=False)
    """The lengths of its items, together."""
    positions: list[int] = field(default_factory=list, compare=False)

    def add(self, position: int, value: int, length: int) -> None:
        """Count on to `value`."""
        self.positions.append(position)
        self.value, self.length = value, self.length + max(1, length)
        self.mean = self.length / len(self.positions)


def _distance(run: _Run, length: int) -> float:
    return abs(log(max(1, length) / run.mean))


def _nearest(runs: Sequence[_Run], length: int) -> list[_Run]:
    """Of runs in order those whose mean is the next below a length and the next from it on, the first with each mean.

    Only these are looked at, for a file may begin as many runs as it has items.
    """
    at = bisect_left(runs, float(max(1, length)), key=lambda run: run.mean)
    below = [runs[bisect_left(runs, runs[at - 1].mean, key=lambda run: run.mean)]] if at else []
    return below + list(runs[at : at + 1])
