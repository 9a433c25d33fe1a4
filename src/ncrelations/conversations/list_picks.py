"""Picking from a list: which item "the third one", "next" or "the last milestone" means.

The lists are the documents' own: bullets, milestones, topics, and the parts of the article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.conversations.state import ChatState
from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.document.lists import ItemList, bullets_of
from ncrelations.document.tree import Block
from ncrelations.text.words import fold_accents

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
_LATER = ("after that", "then", "afterwards")
_AFTER = re.compile(
    r"^(?:and |so )*(?:what (?:came|comes|happened|happens|follows|followed|is|was) )?"
    r"(?P<which>next|after that|then|afterwards)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a list under discussion."""

    blocks: tuple[Block, ...]
    """The item's blocks."""
    label: str
    """What it is: "item 3 of 7 of section V"."""
    topic: str
    """What it is about, in the words of its heading or the list's title."""
    rest: str | None = None
    """What is asked of it ("the first one: why does it matter?"); `None` where it is only to be shown."""
    of_list: bool = True
    """Whether it is an item of a list of the documents, not only one of the passages shown."""


class ListPicks:
    """Reads picks from the lists of one corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        nouns = "|".join(noun for each in corpus.lists for noun in each.nouns) or "entry"
        self._pick = re.compile(
            rf"^(?:{_FILLER}\W+)*(?:the )?(?P<which>{'|'.join(_ORDINALS)}|last|final|next|previous"
            r"|number \d+|no\. ?\d+|#\d+)"
            rf"(?: (?P<noun>one|{nouns}|point|item|bullet|perception|view|concern|complaint|criticism"
            r"|entry))?"
            r"(?: (?:on|in) the list)?(?:,? in (?:more |full )?detail|,? more)?(?:,? please|,? then)?\W*$",
            re.IGNORECASE,
        )
        self._pick_and_ask = re.compile(
            rf"^(?:{_FILLER}\W+)*(?:the )?(?P<which>{'|'.join(_ORDINALS)}|last|final|next|previous|number \d+)"
            rf" (?P<noun>one|{nouns}|point|item|bullet)\W+"
            r"(?P<rest>(?:and )?(?:why|what|how|who|where|when|does|do|is|are|did|for)\b.*)$",
            re.IGNORECASE,
        )

    def listed(self, state: ChatState, text: str) -> Listed | None:
        """What a follow-up picks ("the third one", "next"): of the list that was shown, else of the passages shown."""
        shown = state.citations
        match = self._pick.match(text) or self._pick_and_ask.match(text) or _AFTER.match(text)
        if match is None:
            return None
        noun, rest = fold_accents(match.groupdict().get("noun") or ""), match.groupdict().get("rest")
        number = _ORDINALS.get(fold_accents(match["which"]))
        if not state.listed and noun in ("", "one") and number and number <= len(shown) > 1:
            return self._shown(shown, number, rest)
        found = self._list_meant(shown, noun)
        if found is None:
            return None
        if fold_accents(match["which"]) in _LATER and found.items[0][0].kind != "milestone":
            return None  # "what happened then?" goes on in time; only milestones do, too
        number = _number(fold_accents(match["which"]), shown, found.items)
        if number is None or not 1 <= number <= len(found.items):
            return None
        heading = found.section.heading or found.section.description
        label = f'item {number} of {len(found.items)} of "{heading}"'
        item = found.items[number - 1]
        topic = item[0].section.heading if item[0].section.citation != found.section.citation else None
        return Listed(item, label, topic or found.title or heading, rest)

    def _shown(self, shown: Sequence[Citation], number: int, rest: str | None) -> Listed:
        """One of the passages that were shown."""
        block = self._corpus.block_at(shown[number - 1])
        topic = block.section.heading or block.section.description
        return Listed((block,), f"passage {number} of {len(shown)}", topic, rest, of_list=False)

    def _list_meant(self, shown: Sequence[Citation], noun: str) -> ItemList | None:
        if called := self._corpus.list_called(noun):
            return called
        for citation in shown[:1]:
            naming = (each for each in self._corpus.lists if citation.of_block in [b.citation for b in each.named])
            if found := next(naming, None):
                return found
            section = self._corpus.section_of(citation)
            section = section.parent or section
            known = self._corpus.list_of(section) or ItemList(section, (), bullets_of(section))
            if known.items:
                return known
        return None


def _number(which: str, shown: Sequence[Citation], items: Sequence[tuple[Block, ...]]) -> int | None:
    if which in _ORDINALS:
        return _ORDINALS[which]
    if which in ("last", "final"):
        return len(items)
    if which in ("next", "previous", *_LATER):
        now = [n for n, item in enumerate(items, 1) if shown and shown[0] in (block.citation for block in item)]
        start = now[0] if now else 0
        return start - 1 if which == "previous" else start + 1
    return int(re.sub(r"\D", "", which)[:6])
