"""Papers within a paper: annexes, letters sent on, replies and notes, each with whose it is by its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ncrelations.files.bodies import names_body
from ncrelations.files.compendium import is_state
from ncrelations.files.holder_patterns import END, MONTH
from ncrelations.files.holder_phrases import annexed_in, holder_in, speaking_in
from ncrelations.files.letter_forms import is_office
from ncrelations.files.letterhead import letterhead
from ncrelations.files.signing import PERSON, is_prose, signature

_ANNEX = re.compile(
    r"(?:annex(?:e|ure)?|enclosure|appendix|attachment|addendum|supplement|part)"
    r"(?: (?:no\.? ?)?(?:\d{1,3}|[IVXLC]{1,6}|[A-Z]))?(?:$|\s*[:.–—(-]| to the| received)(?P<title>.*)",
    re.IGNORECASE,
)
_KIND = (
    r"(?:repl(?:y|ies)|answer|response|rejoinder|comments?|notes?|memo(?:randum)?|remarks|opinion|views?|letter|message"
    r"|testimony|statement|declaration|communication|communiqué|objection|column|conclusions|text"
    r"|press release|tribute|foreword|preface)"
)
_BY = re.compile(
    rf"(?:[IVX\d]{{1,4}}[.)] )?(?:[\w-]+ ){{0,3}}{_KIND}(?:,? [a-z]+(?:ed|en))?(?: by| of"
    r"| from|(?<=column):) (?:the )?(?P<who>[^\W\d_].{2,120})",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?:The )?(?P<who>[^\W\d_][\w ]{2,40}?) (?:replies|responds|answers|writes|comments)", re.IGNORECASE
)
_SORT = (
    r"(?!(?:joint|press|right of|official|public|opening|closing|final|national|general|written|oral|media|open"
    r"|executive|common|short|brief|first|second|third|full|personal|political|introductory|concluding|formal|informal"
    r"|interpretati\w+|explanatory|cover(?:ing)?|prepared|background|non)\b)"
)
"""No holder: what sort of paper it is."""
_WHOSE = re.compile(rf"(?:The )?{_SORT}(?P<who>(?-i:[^\W\d_a-z])[\w ]{{2,40}}?)(?:['’]s?)? {_KIND}", re.IGNORECASE)
_BARE = re.compile(rf"(?:The )?{_KIND}", re.IGNORECASE)
_MEMBERS = re.compile(rf"(?:members|requisitionists|applicants|petitioners|signatories)[’'] {_KIND}", re.IGNORECASE)
_STATE = re.compile(
    rf"(?P<who>(?-i:[^\W\d_a-z])[\w ’'-]{{3,40}}), \d{{1,2}} (?:{MONTH}) \d{{4}} ?[-–—:] ?\w+", re.IGNORECASE
)
_ROLE = re.compile(
    r"(?:(?:one|an?) )?(?:[a-z’'-]+ ){0,2}(?!floor)[a-z]{2,}"
    r"(?:[eoa]rs?|ists?|ees?|ates?|i?ans?|ants?|ents?|ary|at|ies|ves)"
)
_ITSELF = re.compile(
    r"(?:The )?(?P<who>(?:Government|(?:Permanent )?Mission|Embassy|Ministry|Department|Delegation)(?: of)? (?:the )?"
    r"[^\W\d_a-z][\w’'-]*(?:(?: (?:of|and|the))* [^\W\d_a-z][\w’'-]*){0,6}) (?:has|have|is|was|does|will|[a-z]+s)\b"
)
_ADDRESSED = re.compile(r"To (?:the|all|our|His|Her|Mr|Ms|Mrs|Dr) (?!.*[.?!]$)")
_HEADER = re.compile(r"\W*(?:From|Von|De) ?: ")
_ANNEXED_TO = re.compile(
    r"\w+(?: \w{1,5})? to the (?:identical )?(?:letter|note|communication)s? dated\b", re.IGNORECASE
)
"""To what an annex is one, which does not say whose the annex is."""
_TITLE, _HEAD, _FURTHEST = 160, 8, 20


@dataclass(frozen=True)
class Item:
    """A heading or block of a document."""

    words: str
    """With its line breaks."""
    level: int = 0
    """How deep it stands as a heading; 0 for a block."""
    ruled: bool = False
    """Whether a line is drawn above it."""
    taken: bool = False
    """Whether its holder is known by a heading that names it."""

    @cached_property
    def told(self) -> bool:
        """Whether it is text, and no line of a head or a signature."""
        return is_prose(self.words)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What begins a paper."""

    title: str = ""
    """What its first line says of it."""
    who: str | None = None
    """Whom the first line names."""
    level: int = 0
    """How deep it stands, where it is a heading."""
    sure: bool = True
    """Whether it is a paper of its own even where it does not say whose."""


def papers_in(items: Sequence[Item]) -> dict[int, str]:
    """Whose the items of papers within a document are, by their number; "" where they are the document's own."""
    marks = _marks(items)
    found: dict[int, str] = {}
    for number, mark in marks.items():
        ends = _end(number, mark, items, marks)
        who, last = _whose(items[number:ends], mark)
        if who is not None:
            found |= dict.fromkeys(range(number, number + last), who)
    return found


def first_paper(items: Sequence[Item]) -> int:
    """How many of the first items are the document's own paper: up to the first other that has text."""
    marks, first = _marks(items), _first(items)
    for number, mark in marks.items():
        if number > first and any(item.told for item in items[number : _end(number, mark, items, marks)]):
            return number
    return len(items)


def _marks(items: Sequence[Item]) -> dict[int, _Mark]:
    """What begins papers, by number; above the first text a line only parts the head from it."""
    first = _first(items)
    marks = ((number, _mark(item)) for number, item in enumerate(items))
    return {number: mark for number, mark in marks if mark is not None and (mark.sure or number > first)}


def _first(items: Sequence[Item]) -> int:
    """The number of the first item that is text."""
    return next((number for number, item in enumerate(items) if item.told), len(items))


def _mark(item: Item) -> _Mark | None:
    """What a heading or a short block begins."""
    if item.taken or _HEADER.match(item.words):
        return None
    for line in item.words.split("\n") if not item.told else ():
        words = " ".join(line.replace("**", "").split()).strip(" *_>[]")
        annex = _ANNEX.match(words) if len(words) <= _TITLE else None
        title = annex["title"].strip(" :.–—-()") if annex is not None else ""
        title = "" if _ANNEXED_TO.match(words) else title
        if annex is not None and (not words.casefold().startswith("part") or _titled(title) is not None):
            return _Mark(title, _named(title), item.level)
    words = " ".join(item.words.replace("**", "").split()).strip(" *_>")
    if item.level and _ADDRESSED.match(words):
        return _Mark(level=item.level)
    who = _titled(words) if len(words) <= _TITLE and not words.endswith((".", ",", ";", "?", "!")) else None
    if who is not None:
        return _Mark(words, who, item.level)
    return _Mark(level=item.level, sure=False) if item.ruled else None


def _titled(words: str) -> str | None:
    """Whom the title of a contribution names; "" for one that names nobody."""
    if _BARE.fullmatch(words) or _MEMBERS.fullmatch(words):
        return ""
    match = _STATE.fullmatch(words)
    if match is not None and is_state(match["who"].title()):
        return match["who"].title()
    match = _BY.fullmatch(words) or _SAYS.fullmatch(words) or _WHOSE.fullmatch(words)
    who = END.sub("", match["who"]).strip(" ,") if match else ""
    return who if who and _is_holder(who) else None


def _is_holder(who: str) -> bool:
    """Whether some words are a person's, a body's or a state's name, an office or a role: "the doctoral candidates"."""
    return (
        re.match(rf"{PERSON}(?:,|$)", who) is not None
        or names_body(who)
        or is_state(who)
        or is_office(who[:1].upper() + who[1:])
        or _ROLE.fullmatch(who) is not None
    )


def _named(title: str) -> str | None:
    """Whom the title of an annex names."""
    who = _titled(title)
    holder = annexed_in(title) if title and not who else None
    return holder.name if holder is not None else who


def _end(number: int, mark: _Mark, items: Sequence[Item], marks: dict[int, _Mark]) -> int:
    """With which item a paper ends that begins with another."""
    told = items[number].told
    for after in range(number + 1, len(items)):
        item = items[after]
        above = 0 < item.level <= mark.level
        headless = not (mark.sure or told) and after - number > _FURTHEST
        if headless or item.taken or (above and told) or (after in marks and (marks[after].sure or told)):
            return after
        told = told or item.told
    return len(items)


def _whose(items: Sequence[Item], mark: _Mark) -> tuple[str | None, int]:
    """Whose a paper is, by its title, its letterhead and who signs it; and how many of its items are."""
    blocks, first = [item.words for item in items], _first(items)
    if first == len(items):
        return None, 0
    signed = signature(blocks[first:], last=True)
    last = first + signed[0] + 1 if signed is not None else len(blocks)
    head = [" ".join(line.split()) for words in blocks[int(mark.sure) : first] for line in words.split("\n")][:_HEAD]
    text = " ".join(blocks[first].split())
    who = mark.who or letterhead(head) or _speaks(text, head)
    if who is None and signed is None:
        return None, 0
    if who and signed is not None:
        return (who if who.casefold() in signed[1].casefold() else f"{who} ({signed[1]})"), last
    return who or (signed[1] if signed else None), last


def _speaks(text: str, head: Sequence[str]) -> str | None:
    """Who a paper says speaks: a line of its head that names a holder, or its first words."""
    named = next(filter(None, map(holder_in, head)), None) or speaking_in(text)
    itself = _ITSELF.match(text)
    return named.name if named is not None else itself["who"] if itself else None
