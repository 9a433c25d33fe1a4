"""Speeches on a page of news, from the salutation on; and where who spoke for others goes on for the own state."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.holder_phrases import Holder, holder_in

_OFFICE = (
    r"(?:(?:Prime|Deputy|Foreign|Defen[cs]e|Finance|Interior|State|First|Vice|Federal|Acting|High|Under"
    r"|Permanent|Trade"
    r"|Health|Justice|Environment|Energy|Home|Lord|Lady|His|Her|EU|UN|Chief|Executive|Crown)[ -])*"
    r"(?:Minister|President|Secretary(?:[- ]General)?|Chancellor|Commissioner|Ambassador|Mayor|Governor|Director"
    r"(?:[- ]General)?|Chair(?:man|woman|person)?|Premier|Speaker|Representative|King|Queen|Prince|Princess"
    r"|Majesty|Pope"
    r"|General|Admiral|Senator|Taoiseach|Tánaiste|Rector|Prof\.|Professor|Dr\.?)"
)
_WORD = r"[^\W\d_a-z][\w'’.-]*"
_SPEAKER = re.compile(
    rf"(?:(?:The|H\.E\.|Mr\.?|Ms\.?|Mrs\.?) )?(?P<who>{_OFFICE}(?: (?:of|for)(?: the)? {_WORD}(?:(?:,"
    rf"| and)? {_WORD}){{0,3}}?)?"
    rf"(?: (?:(?:de|da|van|von|der|al|bin) )?{_WORD}){{1,4}})(?:['’]s)?(?=[\s,:–—]|$)"
)
_SALUTATION = re.compile(
    r"(?:(?:My )?Dear|Ladies and gentlemen|(?:Your )?Excellenc|(?:Mr|Madam|Mister)\.? (?:President|Chair|Speaker"
    r"|Secretary)"
    r"|Distinguished|Honou?rable|Esteemed|Colleagues|Friends|Good (?:morning|afternoon|evening))[^.?]{0,120}[,:!.]?",
    re.IGNORECASE,
)
_IN_FULL = re.compile(
    r"\b(?:(?:full|complete|whole|prepared) )?(?:text|transcript|wording) of (?:the|his|her|their"
    r"|this) (?:\w+ )?(?:speech"
    r"|statement|remarks|address|lecture|intervention|message)|\b(?:speech|statement|remarks|address) (?:in full"
    r"|follows|reads)"
    r"|\b(?:gave|made|delivered|issued) the following (?:speech|statement|remarks|address)",
    re.IGNORECASE,
)
_NATIONAL = re.compile(
    r"\bnational capacity\b|\bon a national (?:note|level|basis)\b|\bnational hat\b|\b(?:my"
    r"|our) national (?:statement|remarks)\b",
    re.IGNORECASE,
)
_CAPACITY = re.compile(
    r"\bin my (?:national )?capacity as (?:the )?(?:permanent )?(?:representative|delegate|minister"
    r"|observer) of (?:the )?"
    r"(?P<who>[A-Z][^.;:,]{2,80})",
)
_RETURNS = re.compile(
    r"\b(?:return|revert|come back|go back|turn back) to (?:the )?(?:\w+ )?(?:position|statement|views?"
    r"|remarks) of the\b"
    r"|\b(?:again|once more) (?:on behalf of|for) the\b|\b[Ss]peaking for the [^.,;:]{3,60} (?:once more|again)\b"
)
_SPEAKS_FOR = re.compile(
    r"\b(?:I|[Ww]e)(?: have the \w+ (?:to|of)| (?:am|are) \w+ to| will| shall| would like to| wish to| am| are)?"
    r" (?:speak(?:ing)?|deliver(?:ing)?|mak(?:e|ing)|tak(?:e|ing) the floor|read(?:ing)?)\b[^.;]{0,60}? on behalf of"
    r" (?P<who>(?:the )?(?:[a-z]+ ){0,2}?[A-Z][^.;:,]{2,120}?)(?=[.;:,]| to | and (?=I\b|[a-z])|$)"
)
_READER = re.compile(r".+ \((?P<who>[^()]+)\)")
_FIRST_BLOCKS = 12


def speech_in(blocks: Sequence[str], heading: str) -> tuple[int, Holder] | None:
    """With which block a speech begins, and whose it is, as the heading or the news above it says."""
    if holder_in(heading) is not None:
        return None
    first = blocks[:_FIRST_BLOCKS]
    salutation = next((n for n, words in enumerate(first) if _SALUTATION.fullmatch(words)), None)
    above = next((n for n, words in enumerate(first[:salutation]) if _IN_FULL.search(words)), None)
    told = [first[above]] if above is not None else []
    speaker = next(filter(None, map(_SPEAKER.match, [*told, heading])), None)
    begins = salutation if salutation is not None else above + 1 if above is not None else None
    if speaker is None or begins is None or begins >= len(blocks):
        return None
    return begins, Holder(speaker["who"], speaker["who"])


def own_state(label: str, words: str) -> str | None:
    """The state for which a paragraph goes on whose speaker spoke for others: "a few words in my national capacity"."""
    reader = _READER.fullmatch(label)
    spoken = _NATIONAL.search(words[:300]) is not None and "on behalf of" not in words and " later" not in words
    return reader["who"] if reader is not None and spoken else None


def returns(words: str) -> bool:
    """Whether a speaker goes on for those on whose behalf the statement is: "I return to the position of the Group"."""
    return _RETURNS.search(words[:300]) is not None


def speaks_for(words: str) -> str | None:
    """For whom a speaker says to speak: "I have the honour to speak on behalf of the Group"."""
    match = _SPEAKS_FOR.search(words[:600])
    return re.sub(r"^the ", "", match["who"]).strip() if match else None


def capacity_in(words: str) -> str | None:
    """For which state who presides goes on to speak: "in my capacity as representative of Peru"."""
    match = _CAPACITY.search(words)
    return match["who"] if match else None
