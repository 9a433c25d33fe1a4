"""The milestones as a picture within a page: where each stop of the line stands, and its words."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.editions.nato_china.records import Milestone
from ncrelations.texts import ENGLISH

UNDATED = ENGLISH("record.undated")
"""What stands in the place of a date that the source does not give."""

_COLUMNS, _LINE, _GAP, _TOP = 44, 17, 20, 24


@dataclass(frozen=True, slots=True)
class Stop:
    """One milestone on the line."""

    milestone: Milestone
    """The milestone."""
    y: int
    """Where it stands."""
    label: tuple[tuple[int, str], ...]
    """Its date as the text gives it, or that it gives none, and its place: each line with its height."""
    people: tuple[tuple[int, str], ...]
    """Who took part, in the source's words, likewise."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole line."""

    stops: tuple[Stop, ...]
    """The milestones, in the source's order."""
    height: int
    """How long it is."""


def drawing(milestones: Sequence[Milestone]) -> Drawing:
    """The milestones down a line; nothing is to scale, because the source has lost its years."""
    stops, y = [], _TOP
    for number, milestone in enumerate(milestones, 1):
        place = f", {milestone.place.text}" if milestone.place else ""
        label = textwrap.wrap(f"{number}. {milestone.date.text if milestone.date else UNDATED}{place}", _COLUMNS)
        people = textwrap.wrap("; ".join(each.text for each in milestone.participants), _COLUMNS)
        lines = [(y + _LINE * line, text) for line, text in enumerate((*label, *people))]
        stops.append(Stop(milestone, y, tuple(lines[: len(label)]), tuple(lines[len(label) :])))
        y += _LINE * len(lines) + _GAP
    return Drawing(tuple(stops), y)
