"""Sections as voices need them: what heads a document, what stands in a collection, which headings name speakers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice, pairwise
from typing import Protocol

from ncrelations.document.citation import Citation
from ncrelations.files.compendium import collects_statements
from ncrelations.files.letter_forms import is_office
from ncrelations.files.openings import JOINS, title_of
from ncrelations.files.speaker_patterns import BRACKET, NAME, TITLE

_NAMED = rf"{TITLE} (?:{NAME}|[^\W\d_a-z][\w'’-]+)"
_SPEAKER = re.compile(
    rf"(?P<name>{_NAMED})(?:{BRACKET}){{0,2}}|(?:The )?(?P<office>[^\W\d_a-z][^()]{{4,140}}) \({_NAMED}\)"
)
_LONGEST, _MOST_TITLES, _LINES = 200, 3, 4


class Place(Protocol):
    """What voices need of a section."""

    id: str
    outside: str
    level: int
    number: str | None
    heading: str | None
    blocks: list[Citation]


def titles_of(places: Mapping[str, Place]) -> list[str]:
    """The first heading, and those right below it that have no text between: "Mill Board" above "Minutes of May"."""
    headed = list(islice((place for place in places.values() if place.heading), _MOST_TITLES))
    found = [place.heading or "" for place in headed[:1]]
    for above, below in pairwise(headed):
        if above.blocks or below.level < above.level:
            break
        found.append(below.heading or "")
    return found


def whole_titles(places: Mapping[str, Place], words: Mapping[Citation, str]) -> dict[str, str]:
    """The heading of each section, with the lines or the heading below it where it breaks off."""
    headed = list(places.values())
    titles = [*(each.heading or "" for each in headed[1:]), ""]
    below = [[title] if JOINS.match(title) else [] for title in titles]  # a title that names somebody is its own
    return {
        place.id: title_of(place.heading or "", [words[each] for each in place.blocks[:_LINES]] or following)
        for place, following in zip(headed, below, strict=True)
    }


def collected(place: Place, places: Mapping[str, Place]) -> bool:
    """Whether a section stands in a collection of statements: a heading above it, or the first one, says so."""
    above, first = places.get(place.outside), next(iter(places.values()))
    while above is not None:
        if collects_statements(above.heading or ""):
            return True
        above = places.get(above.outside)
    return collects_statements(first.heading or "")


def speakers_in(headings: Sequence[str]) -> frozenset[str]:
    """The headings of a debate that name who speaks below them; none where nobody speaks again after another."""
    named = [heading for heading in headings if _is_speaker(heading)]
    last: dict[str, int] = {}
    back = False
    for number, name in enumerate(named):
        back = back or last.get(name, number) < number - 1
        last[name] = number
    return frozenset(named) if back else frozenset()


def _is_speaker(heading: str) -> bool:
    """Whether a heading is a name with a title, or an office with who holds it."""
    match = _SPEAKER.fullmatch(heading) if len(heading) <= _LONGEST else None
    return match is not None and (match["office"] is None or is_office(match["office"]))
