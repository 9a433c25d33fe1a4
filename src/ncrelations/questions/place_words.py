"""Blocks that are described: "the second bullet of section IV", "last paragraph of the article", "para 3"."""

from __future__ import annotations

import re
from typing import NamedTuple

from ncrelations.document.corpus import Corpus, Place
from ncrelations.document.tree import Block, Document, Section
from ncrelations.document.typed_places import blocks_of
from ncrelations.text.patterns import Pattern, beginnings
from ncrelations.text.words import fold_accents

_NUMBERS = {
    word: number
    for number, words in enumerate(
        ("first 1st opening one", "second 2nd two", "third 3rd three", "fourth 4th four", ("fifth 5th"
                                                                                          " five"), ("sixth"
                                                                                                            " 6th"
                                                                                                            " six"),
         "seventh 7th seven", "eighth 8th eight", "ninth 9th nine", "tenth 10th ten", ("eleventh 11th"
                                                                                      " eleven"), "twelfth 12th"), 1)
    for word in words.split()
}  # fmt: skip
_LAST = {"last": -1, "final": -1, "closing": -1}
_KINDS = {
    "paragraph": r"paragraphs?|paras?\.?|par\.",
    "bullet": r"bullet points?|bullets?",
    "milestone": r"milestones?",
    "": r"points?|items?|blocks?|passages?|entry|entries",
}
_KIND = "|".join(f"(?P<{name or 'any'}>{words})" for name, words in _KINDS.items())
_WHICH = "|".join([*_NUMBERS, *_LAST])
_KIND_WORDS = beginnings("|".join(_KINDS.values()))
_ORDINAL_FIRST = Pattern(
    rf"\b(?:very )?(?P<which>{_WHICH}|(?P<digits>\d{{1,2}})(?:st|nd|rd|th))(?: (?:but|to) (?P<but>one|last))?"
    rf" (?:{_KIND})(?!\w)",
    re.IGNORECASE,
    _KIND_WORDS,
)
_KIND_FIRST = Pattern(
    rf"\b(?:{_KIND})\s*(?:number |no\.? ?|nr\.? ?|#)?(?P<which>\d{{1,2}}|{_WHICH})(?!\w)", re.IGNORECASE, _KIND_WORDS
)


class Described(NamedTuple):
    """A block that a text describes, and where."""

    block: Block
    """The block."""
    span: tuple[int, int]
    """The words that describe it, but for its section: half-open, in the text."""


def described_block(text: str, place: Place | None, corpus: Corpus) -> Described | None:
    """The block that a text describes by its kind and number within a place.

    Without a place only milestones and the like can be meant: what a section that is a list is called by.
    """
    match = _ORDINAL_FIRST.search(text) or _KIND_FIRST.search(text)
    if match is None:
        return None
    kind = next((name for name in _KINDS if match[name or "any"]), "")
    candidates = _candidates(place, kind, corpus)
    which = fold_accents(match["which"])
    number = _NUMBERS.get(which) or _LAST.get(which) or int(re.sub(r"\D", "", which) or 0)
    if match.re is _ORDINAL_FIRST.compiled and match["but"]:
        number = -2
    if number == 0 or abs(number) > len(candidates):
        return None
    return Described(candidates[number - 1 if number > 0 else number], match.span())


def _candidates(place: Place | None, kind: str, corpus: Corpus) -> list[Block]:
    """The blocks among which one is counted."""
    if isinstance(place, Document):
        front = corpus.front_matter
        inside = [b for b in place.blocks if b.section.citation not in front or b.section.citation.section == "intro"]
        return [block for block in inside if not kind or block.kind == kind]
    if isinstance(place, Section):
        own = place.blocks or blocks_of(place)
        of_kind = [block for block in own if block.kind == kind]
        if of_kind or kind == "milestone":
            return of_kind
        bullets = [block for block in own if block.kind != "paragraph"]
        return list(own) if kind == "paragraph" else bullets or list(own)
    return [b for d in corpus.documents for b in d.blocks if b.kind == kind and kind == "milestone"]
