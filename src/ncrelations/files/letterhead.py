"""Bodies that head a paper of their own: a letterhead, an imprint below a title, the site that a page's title names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.bodies import is_body, names_body
from ncrelations.files.compendium import OF_STATES, is_state
from ncrelations.files.holder_patterns import MONTH
from ncrelations.files.letter_forms import all_of

_PIECES = re.compile(r"\s+[|·•–—]\s+|\s{3,}|\t|\s+-\s+")
_STOPS = re.compile(
    rf"\W*To ?:|\W*(?:His|Her) Excellency\W*$|\W*(?:Dear|To the|Attn|Attention|Sir|Mr|Mrs|Ms|Dr|Prof)\b"
    rf"|\W*(?:\w+, )?(?:\d{{1,2}} )?(?:{MONTH})\b.{{0,12}}$"
)
_PAPER = re.compile(
    r"\b(?:(?:press|media|news) (?:release|statement|notice)|bulletin|statement|report|audit|notice|circular|guidance"
    r"|guidelines?|determination|decision|ruling|memorandum|minutes|newsletter|briefing|transcript|communiqué"
    r"|proclamation|resolution|declaration|position paper|policy (?:paper|brief)|advisory|recommendations?|opinion"
    r"|consultation|response|submission|explanation of (?:vote|position)|readout|fact ?sheet|directive|order no"
    r"|letter|pressemitteilung|comunicado|communiqué de presse)\b",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\W*(?:(?:press|media|news) release|pressemitteilung|communiqué de presse|comunicado de prensa)\b"
    r"|.{0,40}\bfor immediate release\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(
    r"\b(?:hearing|inquiry|(?:oral|written) evidence|testimony|submissions? to)\b|\bDistr\.", re.IGNORECASE
)
"""What is addressed to the body at the head, or said before it, and is not its own."""
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{0,2000}[\"”»]")
_OWN = re.compile(r"\b(?:[Ww]e|WE|[Oo]ur|OUR|[Mm]y|I)\b")
_DEAR = re.compile(r"\W*Dear\b")
_MEETS = re.compile(r"\b(?:conference|congress|session|summit)\b", re.IGNORECASE)
_DATELINE = re.compile(r"(?:[A-ZÀ-Þ][^.!?–—]{2,60}? ?(?:[–—:]|--?) ?)?")
_VERB = r"has|have|had|is|are|was|were|will|would|can|today|yesterday|this|[a-z]+(?:s|ed)"
_CAPITAL = r"[^\W\d_a-z][\w'’.&/-]*"
_SUBJECT = re.compile(
    rf"(?:The )?(?P<who>{_CAPITAL}(?:(?: (?:of|for|and|the|de|&))? {_CAPITAL}){{0,7}})"
    rf" (?=(?:{_VERB})\b)"
)
_THINKS = (
    r"(?:(?:is|are|remains?) (?:\w+ly )?(?:concerned|alarmed|grateful|disappointed|pleased|dismayed|convinced"
    r"|of the (?:view|opinion))|(?:\w+ly )?(?:welcomes?|thanks?|regrets?|calls? (?:on|upon)|urges?|supports?|shares?"
    r"|wishes|believes?|considers?|appreciates?|aligns?|condemns?|commends?|attaches|associates|congratulates?"
    r"|deplores?|opposes?|rejects?|would like|takes the floor|has the honou?r|expresses))"
)
_SPEAKS = re.compile(
    r"(?:The )?(?!(?:I|We|You|It|This|That|He|She|They|There|What|One|Here)\b)"
    rf"(?P<who>{_CAPITAL}(?:(?: (?:of|for|and|the|de|du|des|&))* {_CAPITAL}){{0,7}}),? {_THINKS}\b"
)
_WANTS = re.compile(
    rf"(?:^|[.?!] )(?P<who>{_CAPITAL}(?: {_CAPITAL}){{0,4}}) (?:wants|hopes|stands ready|is ready|{_THINKS})\b"
)
_SENT_BY = re.compile(r"(?:permanent )?(?:ministry|mission|embassy|delegation)\b", re.IGNORECASE)
_PARTS = re.compile(r", | (?:of|for|to) (?:the )?")
_LEGAL = re.compile(
    r",? (?:A/S|AS|ASA|AB|AG|Oyj?|Ltd\.?|Limited|Inc\.?|PLC|plc|GmbH|S\.A\.|LLC|LLP|Corp\.?|B\.V\.|N\.V\.)$"
)
_SAID_TODAY = re.compile(
    rf", (?:the )?(?P<who>{_CAPITAL}(?: {_CAPITAL}){{0,7}}) (?:said|announced|warned) (?:today|yesterday|on )"
)
_GOES_ON = re.compile(r"(?:of|OF|for|FOR|and|AND) ")
_FIELD = re.compile(
    r"(?:To|By|Cc|C\.c\.|Bcc|Cop(?:y|ies)(?: to)?|Distribution|Distr|Through|Via|Attn|Attention|Subject|Re|Ref|Contact"
    r"|Enquiries|Inquiries|For(?: the attention of)?|Venue|Place|Meeting|Addressee) ?:",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:the )?(?:[a-z’'-]+ ){0,2}(?:Republic|Kingdom|State|Commonwealth|Emirate|Principality|Sultanate|Federation"
    r"|Duchy)(?: of (?:the )?[\w’'-]+(?: [\w’'-]+){0,3})?|government of [\w’' -]{3,40}",
    re.IGNORECASE,
)
_MISSION = re.compile(r"(?:permanent (?:mission|delegation|representation)|embassy) of ", re.IGNORECASE)
"""Several of them head what they write together."""
_FIRST_LINES, _MOST_BODIES, _LINE, _PROSE = 6, 2, 160, 110


def issuing_body(
    head: Sequence[str], blocks: Sequence[str], title: str | None, around: Sequence[str] = ()
) -> str | None:
    """The body whose paper a document is, as its head and its own words bear out; `None` where neither does.

    `head` are the lines before the text, `blocks` all that it says, `around` what its page shows around it. A body that
    heads a page may only be its subject: it is the holder where the head says what paper it is, or where the text
    speaks in the first person.
    """
    body = letterhead(head)
    first_person = any(_OWN.search(_QUOTED.sub("", words)) for words in blocks)
    if any(map(_ADDRESSED.search, head)):
        return None
    papers = any(_PAPER.search(line) or _DEAR.match(line) for line in head if len(line) <= _LINE and not is_body(line))
    if body is not None and (papers or first_person):
        return body
    site = _site(title, blocks)
    if site is None and (first_person or any(_PAPER.search(line) for line in (*head, *around) if len(line) <= _LINE)):
        site = _owner(title, around)
    if site is not None:
        return site
    return _announcing(blocks) if any(map(_RELEASE.match, head)) else None


def with_state(body: str | None, words: str) -> str | None:
    """A body; a ministry or mission that names no state, with the one state that the text speaks as.

    A state with which, to which or of which the text tells may be another: then the body stays as it is.
    """
    if body is None or not _SENT_BY.match(body) or any(map(is_state, _PARTS.split(body))) or _STATE.search(body):
        return body
    told = {match["who"] for match in _WANTS.finditer(_QUOTED.sub("", words))}
    states = sorted(filter(is_state, told))
    if len(states) != 1 or re.search(
        rf"\b(?:with|to|against|by|towards|from|of) (?:the )?{re.escape(states[0])}\b", words
    ):
        return body
    return f"{body}, {states[0]}"


def letterhead(head: Sequence[str]) -> str | None:
    """The bodies of the first lines, or of an imprint with its place and year."""
    found = list[str]()
    lines = _joined(head)
    for number, line in enumerate(lines):
        if number >= _FIRST_LINES or (_STOPS.match(line) and not found):
            break
        body = _body_in(line)
        if body is not None:
            beside = [each.strip(" *_#") for each in lines[max(0, number - 1) : number + 2]]
            state = next((each for each in beside if _STATE.fullmatch(each) and not is_body(each)), None)
            lacks = state is not None and OF_STATES.match(body) and state.casefold() not in body.casefold()
            found.append(f"{body}, {state}" if lacks else body)
        elif found:
            break
    if len(found) > 1 and all(map(_MISSION.match, found)):
        return all_of(found)
    if found:
        return ", ".join(found[:_MOST_BODIES])
    dated = (
        line.partition(", ")[0].strip(" *_") for line in head if re.search(r", [^,]{3,40}, (?:\w+ )?\d{4}\W*$", line)
    )
    return next((name for name in dated if is_body(name) and not _MEETS.search(name)), None)


def _joined(head: Sequence[str]) -> list[str]:
    """The lines of a head; one that goes on with the one above it is a part of it: "OF THE KINGDOM OF NORWAY"."""
    lines = list[str]()
    for line in head:
        if lines and _GOES_ON.match(line) and len(line) <= _LINE and not lines[-1].endswith((".", ":", ",")):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return lines


def _body_in(line: str) -> str | None:
    """A body that a line is, or that a piece of it is: between bars, or before its address; with its state."""
    pieces = _PIECES.split(line.strip(" *_#"))
    state = next((piece for piece in pieces if len(pieces) > 1 and is_state(piece) and " " in piece), None)
    for piece in pieces:
        words = re.sub(r"^(?i:from):?\s+(?:the )?", "", piece.strip(" *_"))
        if _FIELD.match(words) or ": " in words:
            continue
        name = words.partition(", ")[0]
        if is_body(words):
            return f"{words}, {state}" if state else words
        if is_body(name) and (re.search(r"\d", words) or _body_in(words.partition(", ")[2])):
            return name
    return None


def _site(title: str | None, prose: Sequence[str]) -> str | None:
    """The site that the end of a page's title names, where the text speaks as it: "The Embassy has followed ..."."""
    pieces = re.split(r" [|–—·»-] ", title or "")
    tail = pieces[-1].strip()
    if len(pieces) < 2 or not 3 < len(tail) <= 100:
        return None
    kind = next((word for word in tail.split() if names_body(word)), None)
    names = "|".join(re.escape(name) for name in (tail, kind) if name)
    speaks = re.compile(
        rf"(?:The )?(?:{names}) (?:\w+ly )?(?:has|have|is|was|will|would|can|may|does|[a-z]+(?:s|ed))\b"
    )
    return tail if any(map(speaks.match, prose)) else None


def _owner(title: str | None, around: Sequence[str]) -> str | None:
    """The body whose site a page is of: at the end of its title, or named in its head or foot."""
    tail = re.split(r" [|–—·»-] ", title or "")[1:][-1:]
    lines = [re.sub(r"^(?:©|\(c\)|Copyright)(?: \d{4})? ?", "", line) for line in (*tail, *around)]
    return next(filter(None, map(_body_in, lines)), None)


def speaks_as(blocks: Sequence[str]) -> str | None:
    """As whom a statement speaks by name: the subject of a paragraph near its beginning that says what it thinks."""
    for words in [each for each in blocks if len(each) > _PROSE][:_FIRST_LINES]:
        match = _SPEAKS.match(words)
        if match is not None:
            return match["who"]
    return None


def _announcing(blocks: Sequence[str]) -> str | None:
    """Who announces something in a press release: the subject of its first sentence, which begins others, too."""
    number = next((n for n, words in enumerate(blocks) if len(words) > _PROSE), None)
    if number is None:
        return None
    said = _SAID_TODAY.search(blocks[number])
    if said is not None and any(said["who"] in words for words in (*blocks[:number], *blocks[number + 1 :])):
        return said["who"]
    match = _SUBJECT.match(_DATELINE.sub("", blocks[number], count=1)) or _SUBJECT.match(blocks[number])
    if match is None:
        return None
    name = _LEGAL.sub("", match["who"])
    again = re.compile(rf"(?:^|[.:*] )(?:The )?{re.escape(name)}\b")
    return match["who"] if any(map(again.search, blocks[number + 1 :])) else None
