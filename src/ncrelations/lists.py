"""Picking from a list: which item "the third one", "next" or "the last milestone" means.

The lists are the documents' own: bullets, milestones, topics, and the parts of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.citation import Citation
from ncrelations.corpus import report, resolve
from ncrelations.document import Block, Section
from ncrelations.items import LISTS, list_items

_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th",
         "ninth 9th", "tenth 10th", "eleventh 11th"), 1)
    for word in words.split()
}  # fmt: skip
_FILLER = (
    r"(?:and|what about|what is|what was|what's|tell me about|tell me more about|show me|show|give me|go to|now|then|ok"
    r"|about|please|how about|explain|more (?:on|about)|tell me more on|(?:go|carry) on with|continue with|on to|to)"
)
_PICK = re.compile(
    rf"^(?:{_FILLER}\W+)*(?:the )?(?P<which>{'|'.join(_ORDINALS)}|last|final|next|previous"
    r"|number \d+|no\. ?\d+|#\d+)"
    rf"(?: (?P<noun>one|{'|'.join(LISTS)}|point|item|bullet|perception|view|concern|complaint|criticism"
    r"|entry))?"
    r"(?: (?:on|in) the list)?(?:,? in (?:more |full )?detail|,? more)?(?:,? please|,? then)?\W*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(?:and |so )*(?:what (?:came|comes|happened|happens|follows|followed|is|was) )?"
    r"(?P<which>next|after that|then|afterwards)\W*$",
    re.IGNORECASE,
)
_LATER = ("after that", "then", "afterwards")
_PICK_AND_ASK = re.compile(
    rf"^(?:{_FILLER}\W+)*(?:the )?(?P<which>{'|'.join(_ORDINALS)}|last|final|next|previous|number \d+)"
    rf" (?P<noun>one|{'|'.join(LISTS)}|point|item|bullet)\W+"
    r"(?P<rest>(?:and )?(?:why|what|how|who|where|when|does|do|is|are|did|for)\b.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a list under discussion."""

    blocks: tuple[Block, ...]
    """The item's blocks."""
    label: str
    """What it is: "item 3 of 7 of section V"."""
    rest: str | None = None
    """What is asked of it ("the first one: why does it matter?"); `None` where it is only to be shown."""


def listed(shown: Sequence[Citation], text: str) -> Listed | None:
    """The list item that a follow-up picks ("the third one", "next"), if there is a list to pick from.

    `shown` are the blocks that the last answer showed, best first.
    """
    match = _PICK.match(text) or _PICK_AND_ASK.match(text) or _AFTER.match(text)
    if match is None:
        return None
    if match["which"].lower() in _LATER and not (shown and shown[0].section == "MS"):
        return None  # "what happened then?" goes on in time; only the milestones do, too
    section = _list_meant(shown, (match.groupdict().get("noun") or "").lower())
    if section is None:
        return None
    items = list_items(section)
    number = _number(match["which"].lower(), shown, items)
    if number is None or not 1 <= number <= len(items):
        return None
    heading = section.heading or section.description
    rest = match.groupdict().get("rest")
    return Listed(items[number - 1], f'item {number} of {len(items)} of "{heading}"', rest)


def _list_meant(shown: Sequence[Citation], noun: str) -> Section | None:
    if noun in LISTS:
        found = resolve(LISTS[noun])
        return found if isinstance(found, Section) else None
    for citation in shown[:1]:
        if citation.of_block == Citation("report", "ES", "p4"):
            return report.recommendations
        section = resolve(Citation(citation.document, citation.section))
        assert isinstance(section, Section)  # the citation of a block names its section
        section = section.parent or section
        if list_items(section):
            return section
    return None


def _number(which: str, shown: Sequence[Citation], items: Sequence[tuple[Block, ...]]) -> int | None:
    if which in _ORDINALS:
        return _ORDINALS[which]
    if which in ("last", "final"):
        return len(items)
    if which in ("next", "previous", "after that", "then", "afterwards"):
        now = [n for n, item in enumerate(items, 1) if shown and shown[0] in (block.citation for block in item)]
        start = now[0] if now else 0
        return start - 1 if which == "previous" else start + 1
    return int(re.sub(r"\D", "", which))
