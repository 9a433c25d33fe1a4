"""The milestones as a picture within a page: where each stop of the line stands, and its words."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.editions.nato_china.records import Event, Milestone
from ncrelations.texts import ENGLISH

UNDATED = ENGLISH("record.undated")
"""What stands in the place of a date that the source does not give."""

_COLUMNS, _LINE, _GAP, _TOP = 44, 17, 20, 24
_SHOWN = 3
"""Lines of a sentence that stand in the drawing; it stands whole below."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One event of a milestone on the line."""

    event: Event
    """The event."""
    y: int
    """Where it stands."""
    label: tuple[tuple[int, str], ...]
    """Its date as its sentence gives it, or that it gives none, and its place: each line with its height."""
    words: tuple[tuple[int, str], ...]
    """How its sentence begins, likewise."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole line."""

    stops: tuple[Stop, ...]
    """The events of the milestones, in the source's order."""
    height: int
    """How long it is."""


def drawing(milestones: Sequence[Milestone]) -> Drawing:
    """The milestones down a line; nothing is to scale, because the source has lost its years."""
    stops, y = [], _TOP
    for number, milestone in enumerate(milestones, 1):
        for event in milestone.events:
            label = textwrap.wrap(f"{number}. {when_and_where(event)}", _COLUMNS)
            words = textwrap.wrap(event.text, _COLUMNS, max_lines=_SHOWN, placeholder=" …")
            lines = [(y + _LINE * line, text) for line, text in enumerate((*label, *words))]
            stops.append(Stop(event, y, tuple(lines[: len(label)]), tuple(lines[len(label) :])))
            y += _LINE * len(lines) + _GAP
    return Drawing(tuple(stops), y)


def when_and_where(event: Event) -> str:
    """The date and place that the sentence of an event gives."""
    return f"{event.date.text if event.date else UNDATED}{f', {event.place.text}' if event.place else ''}"
