"""Paragraphs that open a statement or an annex where a file sets them as no headings: "STATEMENT BY ...", "Annex 2"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.files.bodies import is_body
from ncrelations.files.compendium import is_state
from ncrelations.files.holder_phrases import Holder, annexed_in, holder_in, opening_in
from ncrelations.files.letter_forms import complimenting, is_office
from ncrelations.files.speaker_patterns import NAME, TITLE

_ANNEX = re.compile(
    r"(?:[–-]? ?\d{1,3} ?[–-] )?(?:annex|enclosure|appendix|attachment)(?: (?:\d{1,3}|[IVXLC]{1,6}|[A-Z]))?"
    r"(?: to the (?:letter|note|identical)\b.*)?",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"(?:annex|enclosure|appendix|attachment)(?: (?:\d{1,3}|[IVXLC]{1,6}|[A-Z]))?(?::| ?[–—]| -"
    r"|\.) (?P<title>.{3,140}[^.;,?])",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(r"\b(?:of|the|and|to|by|from|for|in|at|on|behalf|permanent|dated|minister)$", re.IGNORECASE)
JOINS = re.compile(r"(?:(?:delivered|made|given|presented) )?(?:by|of|from)$|on behalf of\b", re.IGNORECASE)
"""A line that joins others, or goes on with the one above it."""
_PHRASE = re.compile(
    r"(?:letter|cablegram|telegram|identical|note verbale|statement|annex to|remarks|declaration|report|submission"
    r"|(?:written |oral )?evidence)\b",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"(?:\[(?:Original ?: [\w /]{3,60}|\d{1,2} \w{3,9} \d{4})\] ?){1,2}", re.IGNORECASE)
_SAID = re.compile(
    r"(?:\w+ )?(?:response|reply|statement|remarks|intervention|address|speech|comments?|answer)\b", re.IGNORECASE
)
_SPEAKER = re.compile(rf"(?:{TITLE} )?{NAME}, (?P<office>[^.;:?!]{{4,140}})")
_ROMAN = re.compile(r"[IVXLC]{1,6}\. [^\W\d_a-z].{2,}[^.:;?!]")
_LONGEST_LINE, _MOST_LINES = 160, 3


@dataclass(frozen=True, slots=True)
class Opening:
    """What a paragraph opens."""

    holder: Holder | None
    """Who holds the view of what follows; `None` for an annex that does not say."""
    reply: bool = False
    """Whether it is one of several replies, which the next numbered title ends."""


def joined(blocks: Sequence[str]) -> list[str]:
    """The blocks; of a phrase that goes on over several, the first has the whole and the others have nothing."""
    found = list(blocks)
    for number, words in enumerate(found):
        if not _PHRASE.match(words) or len(words) > _LONGEST_LINE:
            continue
        for further in range(number + 1, min(number + _MOST_LINES, len(found))):
            line = found[further]
            if len(line) > _LONGEST_LINE or line.endswith(".") or not _goes_on(found[number], line):
                break
            found[number], found[further] = f"{found[number]} {line}", ""
    return found


def _goes_on(words: str, line: str) -> bool:
    letter = re.search(r"\b(?:letters?|notes?)\b", words, re.IGNORECASE) is not None and "addressed to" not in words
    return _UNFINISHED.search(words) is not None or (letter and "addressed to" in line)


def title_of(heading: str, below: Sequence[str]) -> str:
    """A heading, with the lines below it where it breaks off: "STATEMENT", "BY", "H.E. MR. TOM REED"."""
    title = heading
    for line in below if _PHRASE.match(heading) else ():
        breaks_off = _UNFINISHED.search(title) or JOINS.match(line)
        if not line or len(line) > _LONGEST_LINE or breaks_off is None:
            break
        title = f"{title} {line}"
    return title


def speaker_below(heading: str, below: str) -> Holder | None:
    """Who speaks below a heading that says only what it is: "Response", above "Ms. Ada Lind, Chair, Mill Guild"."""
    match = _SPEAKER.fullmatch(below.strip(" *_")) if _SAID.match(heading) and len(below) <= _LONGEST_LINE else None
    if match is None or not is_office(match["office"][:1].upper() + match["office"][1:]):
        return None
    who = below.strip(" *_")
    return Holder(who, who)


def annex_title(words: str) -> Holder | None:
    """The holder that the heading of an annex names behind its number: "Annex A: Views of the Guild"."""
    titled = _TITLED.fullmatch(words)
    return annexed_in(titled["title"]) if titled else None


def openings_in(blocks: Sequence[str], paragraphs: Sequence[bool]) -> dict[int, Opening]:
    """What blocks open, by their number; `paragraphs` says which are neither items nor rows nor notes.

    Several in a row, as in a list of what else there is, open nothing.
    """
    given: dict[int, Opening] = {}
    annexed = False
    replies = _replies(blocks)
    for number, words in enumerate(blocks):
        if not words:
            continue
        opening = replies.get(number) or (_opening(words, annexed=annexed) if paragraphs[number] else None)
        annexed = opening is not None and opening.holder is None
        if opening is not None:
            given[number] = opening
    return {number: each for number, each in given.items() if each.holder is None or not _listed(number, given, blocks)}


def _replies(blocks: Sequence[str]) -> dict[int, Opening]:
    """Replies each set below a state or body and its language or date; a numbered title ends them."""
    found: dict[int, Opening] = {}
    for number, words in enumerate(blocks[:-1]):
        if _RECEIVED.fullmatch(blocks[number + 1]) and (is_state(words) or is_body(words)):
            found[number] = Opening(Holder(words, words), reply=True)
        elif found and _ROMAN.fullmatch(words) and len(words) <= _LONGEST_LINE:
            found[number] = Opening(None)
    return found


def _opening(words: str, *, annexed: bool) -> Opening | None:
    if _ANNEX.fullmatch(words):
        return Opening(None)
    if _TITLED.fullmatch(words):
        return Opening(annex_title(words))
    holder = (annexed_in(words) if annexed and len(words) <= _LONGEST_LINE else None) or opening_in(words)
    if holder is None and complimenting(words) is not None:
        holder = holder_in(words)
    return None if holder is None else Opening(holder)


def _listed(number: int, given: dict[int, Opening], blocks: Sequence[str]) -> bool:
    following = next((n for n in range(number + 1, len(blocks)) if blocks[n]), None)
    return following is not None and following in given and given[following].holder is not None
