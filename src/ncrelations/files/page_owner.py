"""Whose site a page is of: what the ends of its title, its banner, its logo and its foot name, where two of them agree.

A page's news and statements are its owner's where nothing else says whose they are. A minister or spokesperson whom a
statement names without a state or body is that of the page, or of the letterhead above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ncrelations.files.bodies import is_body, names_body
from ncrelations.files.compendium import OF_STATES, is_state
from ncrelations.files.file_text import FileText
from ncrelations.files.letter_forms import is_office
from ncrelations.files.signing import RANKED

_ENDS = re.compile(r"\s+[|–—·»«•-]{1,2}\s+|\s*::\s*|\s*\|\s*|:\s+")
_GENERIC = frozenset({
    "a", "about", "all", "and", "archive", "archives", "article", "articles", "blog", "briefing", "briefings",
    "center", "centre", "communiqué", "communiqués", "contact", "contacts", "coverage", "documents", "en", "english",
    "for", "from", "front", "home", "homepage", "in", "index", "information", "latest", "letters", "library",
    "login", "main", "media", "meetings", "menu", "news", "newsroom", "of", "official", "on", "online", "opinion",
    "page", "pages", "petitions", "portal", "post", "posts", "press", "print", "publications", "region", "release",
    "releases", "resources", "room", "search", "section", "service", "share", "site", "speech", "speeches",
    "statement", "statements", "stories", "story", "the", "to", "top", "transcript", "transcripts", "updates", "us",
    "view", "views", "website", "welcome", "what", "world",
})  # fmt: skip
"""Words of which names of parts of sites are made."""
_FRAME = re.compile(
    r"^(?:(?:©|\(c\)|copyright)\W*(?:\d{4}(?:[-–]\d{2,4})?)?,?|logo of|home of|welcome to|website of|published by)\s*"
    r"(?:the )?|(?:\W+(?:logo|home|homepage|official website|all rights reserved|\d{4})|['’]s logo)\W*$",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"(?P<who>[^\W\d_a-z][^.;:!?]{2,80}?) (?:is (?:an?|the) (?:[\w-]+ ){0,4}?(?:organi[sz]ation|charity|company|union"
    r"|association|network|body|agency|foundation|trust|ngo|non-profit|coalition|alliance|institution|federation)\b"
    r"|\(?registered (?:charity|office|in)\b)"
)
_SAYS = re.compile(
    r", (?:the )?(?P<who>[^\W\d_a-z][^,.;:\"“”]{2,60}?) (?:said|says|announced|warned|stated|declared)"
    r"(?: (?:today|yesterday|on \w+day|in a statement))\b"
)
_SAID = re.compile(r".{10,200}, (?:says|said|warns) (?P<who>[^\W\d_a-z][^,.;:]{2,60})")
_OFFICES = (
    r"(?:Spokes\w+|Minist(?:er|ry)(?: (?:of|for) .{3,60})?|Secretar(?:y|ies)(?:[- ]General)?|Director(?:[- ]General)?"
    r"|President|Vice-President|Chair\w*|Commission(?:er)?|Ambassador|Mayor|Governor|Premier|Chancellor|Government"
    r"|Secretariat|Executive (?:Secretary|Director)|Rector|Ombudsman|Cabinet|Press (?:Service|Office)|Chief Executive"
    r"|Registrar|Speaker|Presidency|High Representative|(?:Permanent )?(?:Representative|Observer)|Chargé d['’]affaires"
    r"|(?:[A-Z]\w+ (?:and )?){0,3}(?:Department|Service|Division|Office))"
)
_BARE = re.compile(
    rf"(?:the )?(?:[A-Z][\w-]+ (?:of )?(?:the )?){{0,3}}?{_OFFICES}(?: of the {_OFFICES})?(?:,? [A-Z][\w.’'-]+){{0,4}}"
)
_SPOKEN = re.compile(r"(?:(?:The|Foreign|Deputy|MFA|Press|Government|Ministry|Department) ){0,3}Spokes\w+\b")
_KIND = r"(?:Republic|Kingdom|State|Commonwealth|Emirates?|Principality|Sultanate|Duchy|Confederation|Islands)"
_STATELY = re.compile(
    rf"(?:the )?(?:(?:[A-Z][\w’'-]+ )+{_KIND}|(?:[A-Z][\w’'-]+ )*(?:{_KIND}|Federation|Union) of (?:the )?[A-Z][\w’'-]+"
    r"(?:(?: and)? [A-Z][\w’'-]+)*)",
    re.IGNORECASE,
)
_MISSION = re.compile(
    r"(?:(?:permanent )?(?:mission|representation|delegation)|embassy|consulate(?:[- ]general)?|high commission"
    r"|government|(?P<ministry>minist(?:ry|er)|department|office)(?: (?:of|for) .{3,60}?)?) of (?:the )?"
    r"(?P<state>[^\W\d_].{2,60}?)(?:,? (?:in|to|at|near|accredited)\b.*)?",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[A-Z][A-Z&]{1,7}")
_NAME, _FIRST, _LAST = 90, 3, 3


def page_body(text: FileText) -> str | None:
    """The body or state that the title of a page ends with, which owns the offices named on it; `None` without one."""
    tail = re.sub(r"^The ", "", _ENDS.split(text.title or "")[-1].strip()) if text.kind == "html" else ""
    return tail if tail != text.title and (is_body(tail) or names_state(tail)) else None


def on_page(full: Callable[[str], str], text: FileText, blocks: Sequence[str]) -> Callable[[str], str]:
    """Names in full, those of spokespersons and ministries with the body or state whose page they are on."""
    body = page_owner(text, (), blocks) or page_body(text)
    return lambda name: placed(full(name), body) if _SPOKEN.match(name) else full(name)


def page_owner(text: FileText, head: Sequence[str], blocks: Sequence[str]) -> str | None:
    """Whose site a page is of; `None` for what is no page, and where nothing or only one thing says it.

    `head` are the lines before its text, `blocks` all that it shows.
    """
    if text.kind != "html":
        return None
    title = [piece.strip() for piece in _ENDS.split(text.title or "")]
    ends = [title[-1], title[0]] if len(title) > 1 else []
    around = [line for line in (*text.around, text.author or "") if line]
    prose = [words for words in blocks if len(words) > _NAME]
    foot = [match["who"] for words in (*around, *blocks[-_LAST:]) if (match := _FOOT.match(words))]
    said = [*_SAID.findall(text.title or ""), *(name for words in prose[:1] for name in _SAYS.findall(words))]
    above = [piece for line in head for piece in _ENDS.split(line)]
    sources = [ends, around, foot, said]
    for number, names in enumerate(sources):
        for name in filter(None, map(_named, names)):
            others = [each for n, source in enumerate([*sources, prose[:_FIRST]]) if n != number for each in source]
            others += above if names_body(name) or names_state(name) else ()  # else it may be what the page is about
            if (number == 0 or " " in name) and _agree(name, others):
                return _full(name, others)
    return None


def placed(name: str, body: str | None) -> str:
    """Whose words are of an office that is named without a state or body: "Norway (Spokesperson)"."""
    plain = name.title().replace(" Of ", " of ").replace(" The ", " the ") if name.isupper() else name
    if body is None or "(" in name or not (_BARE.fullmatch(plain) or RANKED.match(plain)):
        return name
    state = state_of(body)
    if RANKED.match(plain) and state == body and not is_office(plain):
        return name
    return name if state.casefold() in name.casefold() else f"{state} ({name})"


def in_full(name: str, blocks: Sequence[str]) -> str:
    """An office with the body that the text's first sentences give it: "Chair of the Commission of Fenland"."""
    longer = re.compile(rf"((?i:{re.escape(name)}) of (?:the )?[A-Z][\w’'-]+(?: (?:of (?:the )?)?[A-Z][\w’'-]+)*)")
    prose = [words for words in blocks if len(words) > _NAME][:_FIRST]
    return next((match[1] for match in map(longer.search, prose) if match is not None), name)


def state_of(body: str) -> str:
    """The state that a mission, embassy, ministry or government is of; of any other body, the body."""
    tail = body.rpartition(", ")[2]
    if tail != body and OF_STATES.match(body) and names_state(tail):
        return tail
    match = _MISSION.fullmatch(body)
    if match is None or (match["ministry"] and not names_state(match["state"])):
        return body
    return match["state"]


def names_state(words: str) -> bool:
    """Whether some words are a state's name, by what states are called."""
    return is_state(words) or _STATELY.fullmatch(words) is not None


def _named(words: str) -> str | None:
    """A name without what frames it: "© 2021 Fen Union", "Fen Union logo"."""
    name = _FRAME.sub("", _FRAME.sub("", words.strip(" .,*_|/>"))).strip(" .,")
    parts = re.findall(r"[^\W_]+", name.casefold())
    if (
        not (3 < len(name) <= _NAME or _SHORT.fullmatch(name))
        or not name[0].isupper()
        or re.search(r"\d|@|https?:", name)
    ):
        return None
    small = [part for part in name.split() if part[0].islower() and len(part) > 4]
    return None if small or _GENERIC.issuperset(parts) else name


def _agree(name: str, others: Sequence[str]) -> bool:
    """Whether another place has the name, too, or a body's without its state."""
    again = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    return any(again.search(each) or (is_body(each) and name.startswith(f"{each} of ")) for each in others)


def _full(name: str, others: Sequence[str]) -> str:
    """The name with the state that another place gives it: "Ministry for Foreign Affairs of Finland"."""
    longer = re.compile(
        rf"(?:The )?((?i:{re.escape(name)}) of (?:the )?[A-Z][\w’'-]+(?: (?:of (?:the )?)?[A-Z][\w’'-]+)*)"
    )
    short = re.compile(rf"(?:The )?([A-Z][\w’'&-]+(?: [\w’'&-]+){{1,9}} \({re.escape(name)}\))(?:$|[ ,])")
    found = next((match[1] for rule in (short, longer) for match in map(rule.match, others) if match), None)
    if found is not None or not re.match(r"(?:Minist|Department|Office|Government|Embassy)", name):
        return found or name
    return next((f"{name}, {state}" for state in _states(others) if state.casefold() not in name.casefold()), name)


def _states(lines: Sequence[str]) -> Iterator[str]:
    """Lines that are names of states."""
    yield from (line for line in lines if len(line) <= _NAME and names_state(line) and not names_body(line))
