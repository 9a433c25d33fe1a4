"""The kind of thing a question asks for, where it says: a year, a number, a person, a reason."""

from __future__ import annotations

import re
from enum import Enum

from ncrelations.text.patterns import Pattern


class Wanted(str, Enum):
    """The kind of thing a question asks for."""

    YEAR = "year"
    DATE = "date"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"
    REASON = "reason"

    __str__ = str.__str__


_FORMS = {
    Wanted.NAME: (
        r"\bnames? (?:of|is|was|were)\b",
        r"\bwhose name\b",
        r"\bwhat (?:is|was|were) .{3,60} (?:called|named)\b",
    ),
    Wanted.YEAR: (
        r"\b(?:in )?(?:which|what) year\b",
        r"\byear (?:did|was|were|is)\b",
    ),
    Wanted.DATE: (
        r"\b(?:on )?(?:which|what) (?:exact )?(?:date|day|month)\b",
        r"\b(?:exact )?date (?:of|did|was)\b",
        r"^when (?:did|was|were|will|does|is)\b",
        r"\bwhen exactly\b",
        r"^since when\b",
        r"^(?:on|in) (?:which|what) (?:days?|dates?|months?|years?)\b",
    ),
    Wanted.NUMBER: (
        r"\bhow (?:many|much|long|old|far|large|big|often|high)\b",
        r"\bwhat (?:percentage|percent|number|share|figure|proportion|sum|amount)\b",
        r"\bnumber of\b",
        r"\bin (?:dollars|euros|percent)\b",
    ),
    Wanted.PERSON: (
        r"^(?:and |so )?who\b(?! are (?:the )?(?:uighurs|taliban))",
        r"\bwhich (?:person|politician|general|diplomat|president|minister)\b",
    ),
    Wanted.PLACE: (
        r"^(?:and |so )?where\b",
        r"\b(?:in )?(?:which|what) (?:city|country|place|town|venue|hotel)\b",
    ),
    Wanted.REASON: (
        r"^(?:and |so |but )?why\b",
        r"\bwhat (?:made|led|caused|moved|drove|prompted)\b",
        r"\bhow come\b",
        r"\breasons? (?:for|why|did)\b",
    ),
}
"""What asks for each kind of answer; the first kind that fits is taken."""

_NEEDS = {
    Wanted.NAME: ("name", "called"),
    Wanted.YEAR: ("year",),
    Wanted.DATE: ("date", "day", "month", "year", "when"),
    Wanted.NUMBER: ("how", "what", "number of", "dollars", "euros", "percent"),
    Wanted.PERSON: ("who", "which"),
    Wanted.PLACE: ("where", "which", "what"),
    Wanted.REASON: ("why", "what", "how come", "reason"),
}
"""Words of which every form has one."""

_WANTED = {wanted: Pattern("|".join(forms), re.IGNORECASE, _NEEDS[wanted]) for wanted, forms in _FORMS.items()}


def wanted_by(text: str) -> Wanted | None:
    """The kind of thing a question asks for, where it says."""
    return next((wanted for wanted, pattern in _WANTED.items() if pattern.search(text)), None)
