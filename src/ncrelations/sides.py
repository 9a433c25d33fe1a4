"""Whose view a question asks for: a side's, a speaker's, or those of several that it compares."""

from __future__ import annotations

import re
from functools import cache

from ncrelations.document import Voice

AUTHOR = re.compile(
    r"\b(?:wong(?:'s)?|brian wong"
    r"|(?:according to|in|from|of|by|does|for) (?:the|this|his) (?:article|essay|op-?ed|piece|commentary)"
    r"|(?:the|this) (?:author|writer|columnist|commentator)(?:'s)?|(?:the|this) (?:article|essay|op-?ed)(?:'s)?"
    r"|article|taihe|ti observer)\b",
    re.IGNORECASE,
)
"""Names the article or its author."""

EXPERTS = re.compile(r"\b(?:(?:the )?experts?|expert group|csdr|ciiss|the group)\b(?! on china)", re.IGNORECASE)
"""Names the experts who wrote the report."""

REPORT = re.compile(
    r"\b(?:(?:the|this|in|joint|csdr-ciiss|csdr|ciiss) report|report(?:'s)? (?:say|says|recommend))\b", re.IGNORECASE
)
"""Names the report."""

TWO_CLAUSES = re.compile(
    r"\b(?:what|how|why|which|where)\b.*(?:,|;|\band\b|\bbut\b|\bwhile\b).{0,12}\b(?:what|how|why|which|where|does|do)\b",
    re.IGNORECASE,
)
"""Asks two things, one after the other."""

_BELIEVE = (
    r"think|thinks|thought|believe|believes|see|sees|view|views|perceive|perceives|regard|regards|consider|considers"
    r"|feel|feels|worry|worries|worried|fear|fears|distrust|distrusts|mistrust|mistrusts|suspect|suspects|suspicious"
    r"|accuse|accuses|blame|blames|critici[sz]e|critici[sz]es|resent|resents|dislike|dislikes|complain|complains"
    r"|object|objects|claim|claims|argue|argues|allege|alleges|concerned|alarmed|disturbed|bothered|bother|bothers"
    r"|afraid|angry|upset|nervous|anxious|uneasy|unhappy|annoyed|oppose|opposes|interpret|interprets|portray"
    r"|portrays|describe|describes|judge|judges|make of|makes of|say about|says about"
    r"|reproach|reproaches|hate|hates|trust|trusts|read it|reads it|hold against|holds against|take issue"
)
_OPINION = (
    r"views?|viewpoint|perceptions?|perspectives?|opinions?|concerns?|fears?|worr(?:y|ies)|complaints?|criticisms?"
    r"|attitudes?|stance|take(?= on| of|\W*$)|eyes|mind|grievances?|impressions?|image|suspicions?|standpoint"
    r"|point of view"
    r"|assessment|arguments?|narrative|accusations?|beliefs?|thinking|objections?|anxiet(?:y|ies)|reading|distrust"
    r"|mistrust|positions?|repl(?:y|ies)|answers?|charges?|rebuttals?|counter-?arguments?|case against|picture"
    r"|judg(?:e)?ment"
)
_NATO = (
    r"(?:nato|the alliance|alliance|nato allies|the allies|allies|allied|the west|west|western|westerners"
    r"|atlantic alliance)"
)
_CHINA = r"(?:china|beijing|chinese|the chinese|prc|the prc|chinas)"
_SIDES = {Voice.NATO: _NATO, Voice.CHINA: _CHINA}

_PASSIVE = re.compile(
    rf"\bhow (?:is|are|was) (?P<seen>{_NATO}|{_CHINA}) (?:\w+ )?(?:seen|viewed|perceived|regarded)\b"
    rf"|\b(?:perceptions?|views?|opinions?|image) (?:of|on|about) (?P<about>{_NATO}|{_CHINA})\b",
    re.IGNORECASE,
)
_COMPARED = (
    r"\b(?:each|views?|see|think|say|perceptions?|perceive|disagree|differ|positions?|stances?|interests?|attitudes?"
    r"|fears?|concerns?|takes?|opinions?|answers?|angles?|arguments?|the other)\b"
)
_BOTH_SIDES = re.compile(
    r"\bboth (?:sides|parties|powers|camps)\b|\b(?:each|either) side\b"
    r"|\b(?:the|two|opposing|respective) (?:sides|views|camps)\b"
    rf"|\b{_NATO}(?:'s)? (?:and|versus|vs\.?|or|against) (?:the )?{_CHINA}\b.*{_COMPARED}"
    rf"|\b{_CHINA}(?:'s)? (?:and|versus|vs\.?|or|against) (?:the )?{_NATO}\b.*{_COMPARED}"
    r"|\beach other\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|or|vs|versus|both)\b", re.IGNORECASE)

Believers = dict[Voice, re.Match[str]]
"""The sides whose views a question asks for, with what says so."""


def voices_of(text: str) -> tuple[Voice, ...]:
    """The sides and speakers whose views a question asks for: none, one, or those it compares."""
    plain = text.replace("’", "'")
    author, report = AUTHOR.search(plain), REPORT.search(plain) or EXPERTS.search(plain)
    if author and report:
        return (Voice.EXPERTS, Voice.AUTHOR)
    if author:
        return (*_beside_author(plain), Voice.AUTHOR)
    if report:
        return _with_report(plain)
    return _of_sides(plain)


def _beside_author(plain: str) -> tuple[Voice, ...]:
    """The sides that are compared with the author; none in "What does Wong say NATO fears", which asks Wong."""
    believers = _believers(plain)
    if re.search(r"\b(?:each|both|all three)\b", plain):
        _add(believers, plain, r"(?:,| and)")
    compared = TWO_CLAUSES.search(plain) or _BESIDE.search(plain)
    return tuple(believers) if compared else _elsewhere(plain, AUTHOR)


def _elsewhere(plain: str, speaker: re.Pattern[str]) -> tuple[Voice, ...]:
    """The sides whose views are asked for in a part of the question that does not name the speaker."""
    parts = [part for part in _PARTS.split(plain) if not speaker.search(part)]
    return tuple(dict.fromkeys(voice for part in parts for voice in _believers(part)))


_PARTS = re.compile(r"[,;:.?+]\s|\b(?:and|but|while|versus|vs|against)\b", re.IGNORECASE)


_BESIDE = re.compile(
    r"\b(?:each|both|versus|vs|against|contrast|compare"
    r"|and (?:of |by |for |according to |what )?(?:wong|the author|him)"
    r"|(?:wong|author|article)(?:'s)? (?:view )?and)\b",
    re.IGNORECASE,
)


def _with_report(plain: str) -> tuple[Voice, ...]:
    """The speakers of a question that names the report or its experts."""
    believers = _believers(plain)
    if believers:
        return (*believers, Voice.EXPERTS) if TWO_CLAUSES.search(plain) else ()
    return (Voice.EXPERTS,) if EXPERTS.search(plain) else ()


def _of_sides(plain: str) -> tuple[Voice, ...]:
    """The sides of a question that names no speaker."""
    parts = [part for part in _SENTENCES.split(plain) if len(part.split()) > 2]
    if len(parts) > 1 and len(stated := {voice for part in parts for voice in _stated(part)}) > 1:
        return tuple(voice for voice in Voice if voice in stated)
    believers = _believers(plain)
    if _BOTH_SIDES.search(plain) or (believers and TWO_CLAUSES.search(plain)):
        return (Voice.NATO, Voice.CHINA)
    if len(believers) == 2 and _AND.search(plain):
        return (Voice.NATO, Voice.CHINA)
    if believers:
        # "Why does China think NATO sees it as a threat": the first believer is the one asked for.
        return (min(believers, key=lambda voice: believers[voice].start()),)
    passive = _PASSIVE.search(plain)
    if passive is None:
        return ()
    seen = passive["seen"] or passive["about"]
    return (Voice.NATO if re.fullmatch(_CHINA, seen, re.IGNORECASE) else Voice.CHINA,)


_SENTENCES = re.compile(r"(?<=[.;?!])\s+|, (?=(?:(?:and|but) )?(?:what|how|why|does|do) )|: ")


def _stated(part: str) -> tuple[Voice, ...]:
    """The side that a statement or question begins with saying something of: "NATO plans no role in Asia"."""
    if believers := _believers(part):
        return tuple(believers)
    match = re.match(
        rf"\W*(?:(?:and|but|what|how|why|does|do) )*(?:(?P<nato>{_NATO})|(?P<china>{_CHINA}))\b", part, re.IGNORECASE
    )
    return () if match is None else (Voice.NATO if match["nato"] else Voice.CHINA,)


def _believers(plain: str) -> Believers:
    believers = {voice: match for voice, pattern in _side_patterns() if (match := pattern.search(plain))}
    _add(believers, plain, r" (?:side|view|perspective|perception)\b")
    return believers


def _add(believers: Believers, plain: str, after: str) -> None:
    """Add the sides that the question names right before the pattern `after`."""
    for voice, side in _SIDES.items():
        if match := re.search(rf"\b{side}{after}", plain, re.IGNORECASE):
            believers.setdefault(voice, match)


@cache
def _side_patterns() -> tuple[tuple[Voice, re.Pattern[str]], ...]:
    patterns = []
    for voice, side in _SIDES.items():
        forms = (
            rf"\b{side}(?:'s|s')? (?:(?!(?:and|to|come|or|with) )\w+[ -]){{0,3}}?(?:{_BELIEVE})\b(?! by)",
            rf"\b(?:worries|bothers|concerns|alarms|frightens|scares|disturbs|upsets|annoys|angers) {side}\b",
            rf"\b{side}(?:'s|s')? (?:\w+[ -]){{0,2}}?(?:{_OPINION})\b",
            rf"\b(?:{_SEEN_BY}) {side}\b(?! (?:policy|relations))",
        )
        patterns.append((voice, re.compile("|".join(forms), re.IGNORECASE)))
    return tuple(patterns)


_SEEN_BY = (
    r"according to|in the (?:eyes|view|opinion|mind) of"
    r"|from the (?:perspective|viewpoint|standpoint|point of view) of"
    r"|as seen (?:by|from)|(?:seen|viewed|perceived|regarded|described|portrayed) (?:by|in|from)"
    r"|(?:views?|opinions?|perceptions?|fears?|concerns?|beliefs?) (?:of|in|held by) (?:the )?|(?:view|seen) from"
)
