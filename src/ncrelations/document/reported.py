"""Whose the words of a sentence are beside its voice: who the sentence itself has say or think them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ncrelations.document.citation import Citation


class Reported(NamedTuple):
    """Words that a sentence has somebody other than its voice say or think."""

    who: str
    """Who says or thinks them, as a reader would name them."""
    words: str
    """The words, as they stand in the sentence."""


def read_reported(lines: Sequence[str]) -> Mapping[Citation, tuple[Reported, ...]]:
    """What editors wrote: lines of a sentence's citation, who says or thinks it and the words, with tabs between."""
    found = dict[Citation, tuple[Reported, ...]]()
    for line in lines:
        place, who, words = line.split("\t")
        sentence = Citation.parse(place)
        found[sentence] = (*found.get(sentence, ()), Reported(who, words))
    return found
