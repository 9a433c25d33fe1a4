"""Paragraphs that are somebody's words between quotation marks, with who said them: "We paid," said Ann Hill.

What a paragraph only reports, or quotes a piece of, is the paper's own telling and stays in its voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.bodies import names_body
from ncrelations.files.letter_forms import is_office
from ncrelations.files.quotation_sources import person_in
from ncrelations.files.signing import PERSON, RANKED

_OPENS = re.compile(r"[*_]*[\"“„«]")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{0,3000}(?:[\"”»]|$)")
_SAID = (
    r"(?:said|says|added|adds|wrote|writes|replied|explained|explains|argued|argues|warned|warns|insisted|noted|notes"
    r"|stated"
    r"|states|declared|concluded|recalled|recalls|asked|told (?:us|me|reporters|[A-Z]\w+(?: [A-Z]\w+){0,3})|commented"
    r"|continued)"
)
_NAME = (
    r"[^\W\d_a-z][\w.'’-]*(?:(?: (?:of|for|and|the|de|da|di|du|la|von|van|der|al|el|bin))* [^\W\d_a-z][\w.'’-]*){0,7}"
)
_WHO = rf"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur) )?(?:[a-z][\w’-]* ){{0,5}}{_NAME}"
_PHRASE = r"[^.:;?!\"“”„«»\n]{3,160}?"
_BEHIND = re.compile(
    rf"[\"”»],? (?:(?:who )?{_SAID} (?P<after>{_WHO}(?: \([^()]{{1,40}}\))?"
    rf"(?:, {_PHRASE.removesuffix('?')})?)(?![\w’-])|(?P<before>{_PHRASE}),? {_SAID}\b)"
)
_SOURCE = re.compile(
    r"[\"”»][.,]? (?:\((?P<source>[^()]{3,200})\)|[—–-] ?(?P<signed>[^\W\d_a-z][^.:;?!\"“”]{3,100}))\.?$"
)
_BEFORE = re.compile(
    rf"[*_]*(?:[A-Z][^.:;\"“„«]{{3,80}}, )?(?P<who>{_WHO}(?: \([^()]{{2,60}}\))?)(?:, [^,:]{{3,80}},)? {_SAID}\b"
    r"[^:.\"“„«]{0,60}[:,] [\"“„«]"
)
_APART = re.compile(r",? (?:who|which|when|where)\b|, |; ")
_PERSON = re.compile(rf"(?:[a-z][\w’'-]* ){{0,8}}(?P<who>{PERSON}(?: \([^()]{{1,40}}\))?)(?: (?:of|from|for|in) .+)?")
_NOBODY = re.compile(r"(?:The )?(?:[a-z]+ )*(?:I|We|He|She|It|They|This|That|There|In|On|At|But|And)\b")
_CLOSING = ('"', "”", "»")
_MOST_TOLD, _MOST_AROUND = 0.5, 160
_FEWEST, _LITTLE = 40, 0.3


def spoken_in(blocks: Sequence[str]) -> dict[int, str]:
    """Who says what blocks are, by their number: those that begin with a quotation, or are one to their end.

    They are mostly quoted, and name who speaks; one that is nothing but a quotation goes on with the one before it.
    """
    found: dict[int, str] = {}
    for number, block in enumerate(blocks):
        words = " ".join(block.split())
        before = _BEFORE.match(words[:400]) if words.rstrip("*_").endswith(_CLOSING) else None
        if before is not None and person_in(before["who"]) is not None and not _NOBODY.match(before["who"]):
            told = _QUOTED.sub("", words)
            found |= {number: before["who"]} if len(told) <= _MOST_AROUND and _QUOTED.search(words) else {}
        if not _OPENS.match(words):
            continue
        told = _QUOTED.sub("", words)
        short = len(told) <= _MOST_AROUND and len(told.partition(", ")[0]) <= _MOST_TOLD * len(words)
        who = _who(words) if short else None
        if who is None and not told.strip(" .*_"):
            who = found.get(number - 1)
        if who is not None:
            found[number] = who
    return found


def is_quotation(block: str) -> bool:
    """Whether a paragraph is little but a quotation: the words of somebody else, even where it does not say of whom."""
    words = " ".join(block.split())
    told = _QUOTED.sub("", words)
    return len(words) >= _FEWEST and _OPENS.match(words) is not None and len(told) <= _LITTLE * len(words)


def _who(words: str) -> str | None:
    """Who says a quotation: a person whom the words behind it name, or else the body or office."""
    match = _BEHIND.search(words) or _SOURCE.search(words)
    who = next(filter(None, match.groups()), "") if match else ""
    people = (_PERSON.fullmatch(piece.strip()) for piece in _APART.split(who))
    named = [each["who"] for each in people if each is not None and not names_body(each["who"])]
    ranked = (each for each in named if RANKED.match(each))
    person = next(ranked, None) if named and is_office(named[0].rpartition(" ")[2]) else None
    person = person or next(iter(named), None)
    if person is not None and person_in(person) is not None and not _NOBODY.match(person):
        return person
    name = re.sub(r"^(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Oo]ur) ", "", who).rstrip(" .,")
    return name if name and person_in(name) is not None and not _NOBODY.match(who) else None
