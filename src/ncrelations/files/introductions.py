"""Speakers as a record introduces them: "I invite Ms. Ada Lind, Head of the Mill Office", who speaks as "Ms. Lind:"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ncrelations.files.letter_forms import is_office
from ncrelations.files.speaker_turns import Turn

_SPEAKER = re.compile(
    r"(?P<rank>Mrs?|Ms|Miss|Dr|Sir|Dame|Ambassador|General|Professor|Archbishop)\.? (?P<name>[^\W\d_a-z].{1,60})"
)
_WORD = r"[^\W\d_a-z][\w.'’-]*"
_OFFICE = r"(?P<office>[^\W\d_a-z][^;:.?!]{4,200}?)"
_ENDS = (
    r"(?=[;:.?!]|, (?:to|who|and|for|whom|is|are|was|joining|will)\b|,? and (?:Mr|Mrs|Ms|Dr|H\.E)\b"
    r"| (?:Mr|Mrs|Ms|Miss|Dr|H\.E)\b| to (?:participate|brief|make|address|speak|take|join)\b"
    r"| (?:is|was|will|who|joins|joining)\b|$)"
)

_HOLDS = re.compile(
    r"(?:Under|Assistant|Deputy|Special|High|Executive|Acting|Personal|Regional|Resident|Emergency|Senior|Chief)[ -]"
    r"(?:[A-Z][\w-]+ ){0,3}?(?:Secretary|Representative|Envoy|Commissioner|Director|Coordinator|Adviser|Advisor)"
)
_MOST, _FURTHEST = 40, 400_000
"""How many speakers are looked for, and in how much of a text."""


def introduced_speakers(turns: Mapping[int, Turn | None], text: str) -> dict[int, Turn | None]:
    """The turns; a speaker by name alone holds the office with which the text introduces that name."""
    alone = dict.fromkeys(each.speaker for each in turns.values() if each is not None and not (each.of or each.opinion))
    words = " ".join(text[:_FURTHEST].split()) if alone else ""
    told = {speaker: office for speaker in list(alone)[:_MOST] if (office := _office(speaker, words)) is not None}
    return {number: _with(turn, told) for number, turn in turns.items()}


def _with(turn: Turn | None, offices: Mapping[str, str]) -> Turn | None:
    """A turn with the office of who speaks, where it has nothing of the kind."""
    if turn is None or turn.of is not None or turn.speaker not in offices:
        return turn
    return replace(turn, of=offices[turn.speaker])


def _office(speaker: str, text: str) -> str | None:
    """The office that stands behind a speaker's full name somewhere in a text."""
    match = _SPEAKER.fullmatch(speaker)
    if match is None:
        return None
    last = match["name"].title() if match["name"].isupper() else match["name"]
    either = f"(?:{re.escape(last)}|{re.escape(last.upper())})"
    named = re.compile(rf"\b{match['rank']}\.? (?:{_WORD} ){{0,4}}{either}, (?:the )?{_OFFICE}{_ENDS}")
    offices = (found["office"].strip(" ,") for found in named.finditer(text))
    return next((each for each in offices if is_office(each) or _HOLDS.match(each)), None)
