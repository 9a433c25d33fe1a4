"""Picking from a list: which item "the third one", "next" or "the last milestone" means.

The lists are the documents' own: bullets, milestones, topics, and the parts of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.citation import Citation
from ncrelations.corpus import article, report, resolve
from ncrelations.document import Block, Section

_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th",
         "ninth 9th", "tenth 10th", "eleventh 11th"), 1)
    for word in words.split()
}  # fmt: skip
_NOUNS = {
    "risk": "report/V", "consequence": "report/V", "danger": "report/V",
    "topic": "report/VI", "area": "report/VI", "recommendation": "report/VI", "domain": "report/VI",
    "field": "report/VI",
    "milestone": "report/MS",
    "part": "article/modus-vivendi", "step": "article/modus-vivendi", "pillar": "article/modus-vivendi",
    "reality": "article/reality-check",
}  # fmt: skip
_FILLER = (
    r"(?:and|what about|what is|what was|what's|tell me about|tell me more about|show me|show|give me|go to|now|then|ok"
    r"|about|please|how about|explain)"
)
_PICK = re.compile(
    rf"^(?:{_FILLER}\W+)*(?:the )?(?P<which>{'|'.join(_ORDINALS)}|last|final|next|previous"
    r"|number \d+|no\. ?\d+|#\d+)"
    rf"(?: (?P<noun>one|{'|'.join(_NOUNS)}|point|item|bullet|perception|view|concern|complaint|criticism"
    r"|entry))?"
    r"(?: (?:on|in) the list|,? please|,? then| in detail)?\W*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^(?:and |so )*(?:what (?:came|comes|happened|happens|follows|followed|is|was) )?"
    r"(?P<which>next|after that|then|afterwards)\W*$",
    re.IGNORECASE,
)
_PICK_AND_ASK = re.compile(
    rf"^(?:{_FILLER}\W+)*(?:the )?(?P<which>{'|'.join(_ORDINALS)}|last|final|next|previous|number \d+)"
    rf" (?P<noun>one|{'|'.join(_NOUNS)}|point|item|bullet)\W+"
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
    section = _list_meant(shown, (match.groupdict().get("noun") or "").lower())
    if section is None:
        return None
    items = _items(section)
    number = _number(match["which"].lower(), shown, items)
    if number is None or not 1 <= number <= len(items):
        return None
    heading = section.heading or section.description
    rest = match.groupdict().get("rest")
    return Listed(items[number - 1], f'item {number} of {len(items)} of "{heading}"', rest)


def _list_meant(shown: Sequence[Citation], noun: str) -> Section | None:
    if noun in _NOUNS:
        found = resolve(_NOUNS[noun])
        return found if isinstance(found, Section) else None
    for citation in shown[:2]:
        if citation.of_block == Citation("report", "ES", "p4"):
            return report.recommendations
        section = resolve(Citation(citation.document, citation.section))
        assert isinstance(section, Section)  # the citation of a block names its section
        section = section.parent or section
        if _items(section):
            return section
    return None


def _items(section: Section) -> tuple[tuple[Block, ...], ...]:
    """The items of a section that is a list: bullets, milestones, topics, or the article's parts."""
    if section == report.recommendations:
        return tuple(topic.blocks for topic in section.children)
    if section == article.modus_vivendi:
        p = section.blocks
        return (p[1:3], p[3:5], p[5:6])
    if section == article.reality_check:
        p = section.blocks
        return (p[1:3], p[3:4], p[4:5])
    return tuple((block,) for block in section.blocks if block.kind != "paragraph")


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
