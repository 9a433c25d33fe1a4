"""Titles that name a holder without "statement by": numbered responses, judges' opinions, despatches, notes."""

from __future__ import annotations

import re

from ncrelations.files.speaker_patterns import NAME, TITLE

_NUMBERED = re.compile(
    r"(?:response|submission|reply|comment|letter|statement|contribution|testimony|respondent|representation"
    r"|objection)s?"
    r" (?:no\.? ?|number |#)?\d{1,5}[a-z]? ?(?:[:–—]|-) (?P<who>[^\d\W].{2,120})",
    re.IGNORECASE,
)
_UNNAMED = re.compile(r"(?:an?|one|private) (?:individual|resident|member|respondent|citizen|person)\b", re.IGNORECASE)
_RANK = r"(?:(?:[ACDLPSV]\.? ?){0,3}J{1,2}\.?(?: ?A\.?){0,2}|P\.?|M\.?R\.?)"
_SURNAME = r"[^\W\d_a-z][\w'’.-]+(?:[ -][^\W\d_a-z][\w'’.-]+){0,3}"
_JUDGE = re.compile(
    r"(?i:(?:(?:lead|leading|main|majority|minority|dissenting|concurring|separate|partly|individual|joint) ){0,3}"
    rf"(?:judge?ment|opinion|ruling|reasons) of )(?P<who>(?:(?i:mr\.? |mrs\.? |lord |lady )?(?i:justice"
    rf"|judge) {_SURNAME}"
    rf"|{_SURNAME},? {_RANK}))(?= ?$| ?[:(,])"
    rf"|(?P<alone>{_SURNAME},? {_RANK})(?: \((?:dissenting|concurring)[^()]{{0,40}}\))?:"
)
_HOLDERS = (
    r"(?:Chair(?:man|woman|person)?|President|Director(?:[- ]General)?|Secretary(?:[- ]General)?|Minister|Editor|Mayor"
    r"|Ombudsman|Auditor|Rapporteur|Moderator|Commissioner|Bishop|Chief Executive|Convener|Treasurer|Governor"
    r"|Registrar)"
)
_POSSESSIVE = re.compile(
    rf"(?:The )?(?P<who>{_HOLDERS})['’]s (?:closing |opening |personal )?(?:note|foreword|statement|message|summary"
    rf"|letter"
    r"|address|report|introduction|remarks|comments?|conclusions|preface|reply|response)(?: (?:on|to|at|by|of|for"
    r"|from) .{1,60})?",
    re.IGNORECASE,
)
_ENVOY = (
    rf"(?:{TITLE} [^.:;?!]{{2,60}}?|(?:The )?(?:[^\W\d_a-z][\w'’-]+ ){{0,4}}(?:Minister|Ambassador|Secretary|Consul"
    r"(?:[- ]General)?|Chargé|Governor|Commissioner|Viceroy|Embassy|Legation|Foreign Office|Department|President"
    r"|Representative)(?: (?:for|of|in|at)(?: the)? [^\W\d_a-z][^.:;?!()]{2,60}?)?(?: \([^\W\d_a-z][\w'’ -]{2,30}\))?)"
)
_DESPATCH = re.compile(rf"(?P<who>{_ENVOY}) to (?:the )?{_ENVOY}(?:\.? ?(?:--|[–—])? ?[(\[][^()\[\]]{{3,80}}[)\]])?\.?")
_BY_TO = re.compile(rf"by (?P<who>{TITLE} {NAME}) to (?:the )?[^\W\d_a-z].{{2,160}}")
_TESTIMONY = re.compile(
    r"(?:(?:written|oral|sworn|prepared|expert) ){0,2}(?:testimony|affidavit|deposition|witness statement"
    rf"|(?<=en )evidence|(?<=al )evidence) of (?P<who>(?-i:(?:{TITLE} )?{NAME}))",
    re.IGNORECASE,
)
_PETITION = re.compile(
    r"(?:To [^.]{5,90}\. )?(?:The )?(?:humble |respectful )*(?:memorial|petition|remonstrance) of (?:the )?"
    r"(?P<who>(?-i:[A-Z])[^.;:]{4,120})\.?",
    re.IGNORECASE,
)
_LONGEST = 240


def numbered_in(words: str) -> str | None:
    """Whose a numbered response is: "Response 17: Fen Council"."""
    match = _NUMBERED.fullmatch(words) if len(words) <= _LONGEST else None
    if match is None or match["who"].endswith((".", "?", "!")):
        return None
    longer = [word for word in re.findall(r"[^\W\d_]+", match["who"].partition("(")[0]) if len(word) > 3]
    named = longer and all(word[0].isupper() for word in longer)
    return match["who"] if named or _UNNAMED.match(match["who"]) else None


def named_in_title(words: str) -> str | None:
    """Whose words stand below a title: "JUDGMENT OF LIND, J.A.", "Mr. Lind to Mr. Reed"."""
    if len(words) > _LONGEST:
        return None
    match = _JUDGE.match(words) or _POSSESSIVE.fullmatch(words)
    if match is None:
        match = _DESPATCH.fullmatch(words) or _BY_TO.fullmatch(words) or _PETITION.fullmatch(words)
    if match is None:
        match = _TESTIMONY.fullmatch(words)
    if match is None:
        return None
    given = match.groupdict()
    return given["who"] or given.get("alone")
