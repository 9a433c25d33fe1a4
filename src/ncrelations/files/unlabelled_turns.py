"""Turns that no name opens: letters of readers with the name below them, interviews whose questions stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.speaker_patterns import NAME
from ncrelations.files.speaker_turns import Turn, named_in_title

_PAGE = re.compile(
    r"\W*(?:(?:readers[’'] )?letters?(?: to the editor)?|letters from (?:our )?readers|leserbriefe"
    r"|courrier des lecteurs"
    r"|cartas al director)\W*",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"\W*(?P<who>{NAME})(?:,?\s.{{2,80}})?", re.DOTALL)
_SENTENCE = re.compile(r"[.?!…][\"'”’»)*_]*$")
_INTERVIEW = re.compile(
    rf"(?P<who>{NAME})\b.{{0,400}}\b(?:spoke|speaks|talked|talks|talking|speaking) (?:to|with)\b"
    rf"|(?P<met>{NAME})\b.{{0,400}}\b(?:We|I) (?:met|visited|reached|spoke to|sat down with) (?:him|her|them)\b"
    rf"|.{{0,300}}\b(?:spoke|talked|interview|conversation|sat down) with (?:[a-z]+ )*(?P<with>{NAME})",
    re.DOTALL,
)
_FIRST, _LINE, _QUESTION, _FEWEST = 5, 120, 400, 2


def signed_turns(blocks: Sequence[str], titles: Sequence[str]) -> dict[int, Turn]:
    """Whose letters are printed on a page of letters, each from its first paragraph to the name below it."""
    page = (
        0
        if any(map(_PAGE.fullmatch, titles))
        else next((n for n, each in enumerate(blocks) if _PAGE.fullmatch(each)), -1)
    )
    if page < 0:
        return {}
    found: dict[int, Turn] = {}
    begins = page
    for number, words in enumerate(blocks):
        if number < page:
            continue
        told = _SENTENCE.search(words) is not None
        begins = begins if told or (number and _SENTENCE.search(blocks[number - 1])) else number + 1
        signed = None if told or len(words) > _LINE or begins == number else _SIGNED.fullmatch(words)
        if signed is not None and begins < number:
            found[begins] = Turn(signed["who"], opinion=True)
            begins = number + 1
    return found


def asked_turns(blocks: Sequence[str], titles: Sequence[str]) -> dict[int, Turn]:
    """Who answers in an interview whose questions are paragraphs of their own, as its head says."""
    who = named_in_title(titles) or next(filter(None, map(_answers, blocks[:_FIRST])), None)
    asked = [n for n, words in enumerate(blocks[:-1]) if words.endswith("?") and len(words) <= _QUESTION]
    answered = [n for n in asked if n + 1 not in asked and _SENTENCE.search(blocks[n + 1])]
    if who is None or len(answered) < _FEWEST:
        return {}
    return {n: Turn("Question") for n in answered} | {n + 1: Turn(who) for n in answered}


def _answers(words: str) -> str | None:
    match = _INTERVIEW.match(words[:800])
    return (match["who"] or match["met"] or match["with"]) if match else None
