"""The headings and blocks of a document in order, and the papers within it, for the voices."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from ncrelations.document.citation import Citation
from ncrelations.document.tree import Sentence
from ncrelations.files.papers import Item, first_paper, papers_in

_RULE = re.compile(r"(?:\A|\n)[>\s]*\n[>\s]*(?:[-_=*~—]\s?){3,}[^|\n]*(?=\n|\Z)")
_RULE_BLOCK = re.compile(r"\W*(?:[-_=*~—] ?){4,}.*|\W*(?:BEGIN|END) [A-Z ]{3,30}\W*")


class Place(Protocol):
    """What papers need of a section."""

    id: str
    level: int
    heading: str | None
    blocks: list[Citation]


class Papers:
    """The headings and blocks of a document, of which some may be papers of others."""

    def __init__(
        self, document: str, places: Sequence[Place], reading: Mapping[Citation, Sequence[Sentence]], text: str
    ) -> None:
        self._items = list(_items(document, places, reading, text))

    def first(self) -> frozenset[Citation]:
        """The blocks of the document's own paper, up to the first of another."""
        items = [item for _, item in self._items]
        return frozenset(citation for citation, _ in self._items[: first_paper(items)] if citation.block)

    def others(self, taken: Collection[Citation]) -> dict[Citation, str]:
        """Whose blocks are that are papers of others; `taken` are those and the sections whose holder is known."""
        items = [Item(item.words, item.level, item.ruled, citation in taken) for citation, item in self._items]
        found = ((self._items[number][0], who) for number, who in papers_in(items).items())
        return {citation: who for citation, who in found if citation.block}


def _items(
    document: str, places: Sequence[Place], reading: Mapping[Citation, Sequence[Sentence]], text: str
) -> Iterator[tuple[Citation, Item]]:
    """Each heading, with its section, and each block; whether a line is drawn between it and the one before."""
    end, ruled = 0, False
    for place in places:
        if place.heading:
            first = next((reading[each][0].span.start for each in place.blocks if reading[each]), end)
            ruled = ruled or _RULE.search(text[end:first]) is not None or _is_rule(place.heading)
            yield Citation(document, place.id), Item(place.heading, max(place.level, 1), ruled)
            ruled = False
        for citation in place.blocks:
            told = reading[citation]
            start = told[0].span.start if told else end
            words = text[start : told[-1].span.end] if told else ""
            drawn = not place.heading or citation != place.blocks[0]
            lines = words.strip().split("\n")
            ruled = ruled or (drawn and _RULE.search(text[end:start]) is not None) or _is_rule(lines[0])
            yield citation, Item(words, 0, ruled)
            end = told[-1].span.end if told else end
            ruled = _is_rule(lines[-1])


def _is_rule(line: str) -> bool:
    return _RULE_BLOCK.fullmatch(line) is not None
