"""Who does what to whom: the parties of a question in English, in the order of their parts.

"Why do farmers call millers greedy?" and "Why are millers called greedy by farmers?" have the farmers before the
millers, and so has "Are millers greedy, according to farmers?": first comes who holds a view, then who acts, then who
is acted on. Questions that share their words and differ in this order ask for different things.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ncrelations.text.patterns import Pattern, beginnings

_BEFORE_NAME = r"\s+(?:the\s+|some\s+|many\s+)?$"


def _ending(words: str) -> Pattern:
    """What ends in some words, right before a name."""
    return Pattern(rf"\b(?:{words}){_BEFORE_NAME}", re.IGNORECASE, beginnings(words))


_TOLD_BY = _ending("according to|in the (?:eyes|view|opinion|words) of|if you (?:ask|listen to)|as (?:told|seen) by")
_DONE_BY = _ending(
    "by|on the part of|(?:threats?|criticisms?|pressures?|challenges?|accusations?|complaints?|demands?|risks?|coming)"
    " from"
)
_SAYS, _IN, _AS = _ending("says?|said|claims?|thinks?|believes?"), _ending("from|in|for|on|only|just"), _ending("as")
_MOVES = _ending(
    "(?:disturb|worr(?:y|ie)|alarm|concern|trouble|unnerve|unsettle|bother|scare|annoy|anger|upset|frighten|irritate)"
    "(?:s|d|ed)?"
)
"""What a party feels at another's doing: the one who feels it is the object of the verb."""

_VIEW = Pattern(
    r"\s*(?:\w+\s)?(?:eyes|view|opinion|mind|judg\w+|words|telling|book|account|perceptions?|perspective|standpoint|side"
    r"|point of view|list)\b",
    re.IGNORECASE,
)
_SEES = Pattern(r"\s*(?:see|say|tell|claim|put|view|complain|expect|have)s?\b", re.IGNORECASE)
_END = Pattern(r"\s*(?:$|[?.,;:!])")
_HOLDS = Pattern(
    r"(?:\s+(?:allies|side|leaders|government|countries|members|itself|really|actually|still|now))*"
    r"\s+(?:see|think|say|believe|claim|regard|view|consider|complain|argue|fear|expect|feel|accuse|find|call|perceive"
    r"|judge|maintain|hold|suspect)s?\b",
    re.IGNORECASE,
)
_JOINED = Pattern(r"\s*(?:(?:,\s*)?(?:and|or)|&|/|-|–|,|vs\.?|versus)\s*(?:the\s+|its\s+)?", re.IGNORECASE)

_NEAR = 120
"""Letters before and after a name that are looked at: no phrase above is as long."""

Roles = tuple[int, int]
"""Who comes first and who comes next, each as a set of parties in bits; 0 where there is none."""


@dataclass(frozen=True)
class Parties:
    """Those between whom questions ask. Immutable; safe to share between threads."""

    names: Mapping[str, str]
    """Each party with a regular expression of its names, without case; what comes after the eighth is not read."""

    def roles(self, text: str) -> Roles:
        """Who comes first in a question, and who comes next that is not among them."""
        order = self.order(text)
        first = order[0] if order else 0
        return first, next((some for some in order if not some & first), 0)

    def order(self, text: str) -> list[int]:
        """The parties in the order of their parts; those joined by "and" in one set."""
        if not self.names:
            return []
        text = text.replace("’", "'")
        order: list[int] = []
        holders, last, end = 0, 0, -1
        for found in self._pattern.finditer(text):
            party = 1 << (found.lastindex or 1) - 1
            before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() :][:_NEAR]
            if order and _JOINED.fullmatch(text[end : found.start()]):
                order[last] |= party
            elif _holds_view(before, after) or (order and _MOVES.search(before)):
                last, holders = 0, holders + 1
                order.insert(last, party)
            elif order and _DONE_BY.search(before):
                last = holders
                order.insert(last, party)
            else:
                last, holders = len(order), holders or int(not order and bool(_HOLDS.match(after)))
                order.append(party)
            end = found.end()
        return order

    @cached_property
    def _pattern(self) -> Pattern:
        read = list(self.names.values())[:8]
        names = "|".join(f"({each})" for each in read)
        return Pattern(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE, beginnings("|".join(read)))


def _holds_view(before: str, after: str) -> bool:
    """Whether the party between two pieces of text is told as the one whose view it is."""
    return bool(
        _TOLD_BY.search(before)
        or (_IN.search(before) and _VIEW.match(after))
        or (_AS.search(before) and _SEES.match(after))
        or (_SAYS.search(before) and _END.match(after))
    )
