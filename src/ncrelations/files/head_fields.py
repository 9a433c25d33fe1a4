"""Fields of a paper's head that say whose it is: "Submitted by: Ann Hill", "On behalf of: Fen Council"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ncrelations.files.bodies import names_body
from ncrelations.files.compendium import is_state
from ncrelations.files.holder_patterns import MONTH

_PAPER = (
    r"(?:statement|submission|intervention|speech|address|remarks|message|comments?|evidence|testimony|petition"
    r"|response|reply|contribution|letter|paper|note|appeal|objection|communication|declaration|opinion|complaint"
    r"|question|document|proposal|release)"
)
_DONE = (
    r"(?:delivered|made|read(?: out)?|given|submitted|presented|issued|sent|signed|written|filed|lodged|prepared"
    r"|drafted|initiated|created|tabled|communicated|circulated|released|published|spoken|sponsored)"
)
_BY = re.compile(
    rf"(?:(?:[\w-]+ ){{0,3}}?{_PAPER} )?(?:{_DONE} by|by|of|from)|(?:{_PAPER} )?(?:{_DONE} (?:by|from))"
    rf"|(?:name of (?:the )?)?(?:respondent|submitter|petitioner|objector|complainant|organi[sz]ation|author|speaker"
    r"|sender|delegation|witness|contributor|signatory|commenter|member state|(?:submitting|issuing) \w+)"
    r"(?:['’]s name)?"
    r"|(?:principal|lead|first) (?:petitioner|author|signatory)|authors|rapporteur|issuer|deliver(?:ed|y)",
    re.IGNORECASE,
)
_FOR = re.compile(
    rf"(?:(?:{_DONE}|{_PAPER}|speaking|acting|signed)(?: made| delivered)? )?(?:for and )?on behalf of"
    r"|(?:name of (?:the )?)?(?:organi[sz]ation|represent(?:ed|ing)|affiliation|delegation|submitting organi[sz]ation)",
    re.IGNORECASE,
)
_OF = re.compile(r"(?:name of (?:the )?)?(?:country|state|member(?: state)?|government|constituency)", re.IGNORECASE)
"""What may name what a paper is about, unless another field says who speaks."""
_FIELD = re.compile(r"\W{0,3}(?P<name>[^\W\d_][\w’' /-]{1,50}?)[*_]{0,3} ?:[*_]{0,3}(?: |\t)+(?P<who>.{3,160})")
_NOT = re.compile(r"\d|(?:https?:|www\.|none|n/a|not |the author|yes|no)\b|.*@|.*[?!]$|(?:see|as|in) ", re.IGNORECASE)
_BEYOND = re.compile(rf" \(?(?:date|dated|received|(?:\d{{1,2}} )?(?:{MONTH}) \d)\b.*| ?[|;] .*", re.IGNORECASE)
_SOURCES = ("Source", "SOURCE", "Origin")
"""What may name where a copy was found, unless it is a body or a state."""
_PARTY = re.compile(
    r"(?:the )?(?:respondent|complainant|petitioner|applicant|claimant|appellant|defendant|plaintiff|objector)s?",
    re.IGNORECASE,
)
"""A party to a dispute, where there is another: whose paper it is, then, is who decides."""
_MOST, _CELLS = 160, 2


def fielded(lines: Sequence[str]) -> tuple[str, str] | None:
    """The line of a head with the field that says who speaks or writes, and who it is; `None` where none does.

    Who has a field of its own for whom it is done stands behind those: "Fen Council (Ann Hill)".
    """
    named = [match["name"] for line in lines if (match := _FIELD.match(" ".join(line[:_MOST].split())))]
    disputed = sum(map(bool, map(_PARTY.fullmatch, named))) > 1
    by: tuple[str, str] | None = None
    behalf: tuple[str, str] | None = None
    of: tuple[str, str] | None = None
    for line in lines:
        match = _FIELD.fullmatch(" ".join(line.split())) if len(line) <= _MOST else None
        who = _value(match["who"]) if match else None
        if match is None or who is None or (disputed and _PARTY.fullmatch(match["name"])):
            continue
        if _FOR.fullmatch(match["name"]):
            behalf = behalf or (line, who)
        elif _OF.fullmatch(match["name"]):
            of = of or (line, who)
        elif _BY.fullmatch(match["name"]) or (match["name"] in _SOURCES and (names_body(who) or is_state(who))):
            by = by or (line, who)
    behalf = behalf or (of if by is not None else None)
    if by is None or behalf is None or by[1] == behalf[1]:
        return by or behalf
    return behalf[0], f"{behalf[1]} ({by[1]})"


def fields_of(rows: Iterable[str]) -> Iterator[str]:
    """Rows of two cells, each as a field: "Respondent: Fen Union"."""
    for row in rows:
        cells = [cell.strip(" *_:") for cell in re.split(r"\t+|\|", row) if cell.strip()]
        if len(cells) == _CELLS:
            yield ": ".join(cells)


def _value(words: str) -> str | None:
    """Who a field names, without what stands beside it."""
    who = _BEYOND.sub("", words).strip(" *_.,;")
    return who if who[:1].isupper() and not _NOT.match(who) and len(who) > 2 else None
