"""Who speaks as "we" where no title or signature says it: "We, the undersigned residents", "We are historians"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from operator import itemgetter

from ncrelations.files.compendium import is_state
from ncrelations.files.letter_forms import all_of
from ncrelations.files.signing import is_prose
from ncrelations.files.speeches import speaks_for

_PLURAL = (
    r"(?!(?:always|perhaps|sometimes|ourselves|across|unless|less)\b)"
    r"(?:[a-z’'-]{3,}[^\Ws]s|people|women|men|alumnae|clergy|personnel|staff|faculty)"
)
_DO = (
    r"(?:call|urge|ask|request|appeal|write|wish|express|demand|draw|petition|pray|submit|oppose|support|object|protest"
    r"|welcome|condemn|declare|believe|hereby|respectfully|humbly|therefore|are|have|work|live)"
)
_PEOPLE = (
    r"(?:an? (?:[\w-]+ )?(?:group|coalition|network|alliance|number) of "
    r"|(?:(?!(?:for|to|of|with|by|about|that|in|at|on|from|not|no|against)\b)[A-Za-z\d][\w’'-]* ){0,3}?"
    rf"{_PLURAL}\b)[^.;:!?]{{0,160}}?"
)
_ARE = re.compile(
    rf"\bWe (?:are|write(?: to you)? as|speak as|sign this \w+ as) (?:the |all )?(?P<who>{_PEOPLE})"
    rf"(?=[.;:!?]|,? (?:and )?(?:all of us|some of us|most of us|who|whose|which|that)\b|,? and (?:we|{_DO})\b"
    rf"|, (?:we|writing|having)\b| to {_DO}\b|$)"
    rf"|^As (?P<as_such>{_PEOPLE})(?:,? who\b[^.;:]{{0,120}})?, we\b"
)
_BEING = re.compile(
    r"\b[Ww]e,? (?:(?P<under>(?:the )?undersigned,?)|being|as|the(?= [\w-]+ [^.;:]{3,80}\b(?:listed|named|signing)\b))"
    rf" (?P<who>[^.;:!?]{{4,200}}?)(?:(?:,| listed| named| signing)[^.;:]{{0,20}}? {_DO}\b|,? who\b|[.;:!?]|$| {_DO}\b)"
)
_ANYBODY = re.compile(r"(?:[a-z-]+ )?(?:organi[sz]ations|parties|signatories|members|associations|groups|citizens)")
_SIGNERS = re.compile(
    r"[*_\s>—–-]*(?:the )?(?:list of )?(?:(?:initial |first |co-)?signator(?:ies|y organi[sz]ations)|undersigned"
    r"|(?:co-)?signed(?: by)?|endorsed by|supported by|(?:supporting|endorsing) organi[sz]ations|endorsements"
    r"|signatures)(?: \(\d+\))?(?:\W*|\W*:\W*(?P<names>\w.{3,1000}))",
    re.IGNORECASE | re.DOTALL,
)
_JOINT = re.compile(r"\bjoint (?:\w+ )?(?:statement|communiqu[ée]|declaration|release)\b", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:joint|consultations?|dialogue|meeting|summit|talks|commission|committee|conference|council|forum)\b",
    re.IGNORECASE,
)
"""What follows the names of states that meet; others may only be what a paper is about."""
_FIRST, _LINE, _TITLE, _SEVERAL, _MOST = 4, 120, 250, 3, 4


def is_signers(words: str) -> bool:
    """Whether a heading says that those who sign stand below it."""
    match = _SIGNERS.fullmatch(words) if len(words) <= _LINE else None
    return match is not None and match["names"] is None


def signers(blocks: Sequence[str], listed: Sequence[bool]) -> str | None:
    """Who signs below a line that says so, or behind it, parted by marks; `None` where nobody does.

    `blocks` keep their line breaks; `listed` says of each whether it is an item of a list.
    """
    for number in range(len(blocks) - 1, 0, -1):
        match = _SIGNERS.fullmatch(blocks[number].strip().replace("**", ""))
        if match is None:
            continue
        if match["names"]:
            names = re.split(r"\s*[·;|•\n]\s*", match["names"])
            return all_of(names) if len(names) > 1 else None
        items = [
            item for item, _ in takewhile(itemgetter(1), zip(blocks[number + 1 :], listed[number + 1 :], strict=True))
        ]
        lines = items or [line for block in blocks[number + 1 :] for line in block.split("\n")]
        names = list(takewhile(lambda line: 3 < len(line) <= _LINE and not line.rstrip().endswith((".", ":")), lines))
        return all_of(names) if len(names) > 1 else None
    return None


def who_we_are(blocks: Sequence[str]) -> str | None:
    """Who the first paragraphs of a text say that "we" are; `None` where they say only what "we" do."""
    for words in [" ".join(words.split()) for words in blocks if is_prose(words)][:_FIRST]:
        match = _BEING.search(words[:600])
        if match is not None:
            who = match["who"].strip(" ,")
            return f"undersigned {who}" if match["under"] and _ANYBODY.fullmatch(who) else who
        match = _ARE.search(words[:600])
        if match is not None:
            return (match["who"] or match["as_such"]).strip(" ,")
    return None


def as_group(name: str, blocks: Sequence[str]) -> str:
    """Several states by the name of their group, too, where who speaks for them says it: "Mill States: Peru, ..."."""
    states = [re.sub(r"^the ", "", each) for each in re.split(r", (?:and )?| and ", name.partition(" (")[0])]
    if len(states) < _SEVERAL or not all(map(is_state, states)):
        return name
    for words in [words for words in blocks if is_prose(words)][:_FIRST]:
        group = speaks_for(words)
        if group is not None:
            return name if any(map(group.__contains__, states)) else f"{group}: {name}"
    return name


def states_in(title: str) -> str | None:
    """The states whose joint paper a title heads, parted by dashes: "Joint Statement of the Peru–Chile Dialogue"."""
    if len(title) > _TITLE or _JOINT.search(title) is None:
        return None
    pieces = [re.findall(r"[\w.'’]+", piece) for piece in re.split(r" ?[–—-] ?", title)]
    for first, (above, below) in enumerate(pairwise(pieces)):
        begins, ends = _at_end(above), _at_end(below, ends=False)
        if begins is None or ends is None:
            continue
        found = [begins, ends]
        for piece, after in pairwise(pieces[first + 1 :]):
            more = _at_end(after, ends=False) if is_state(" ".join(piece)) else None
            if more is None:
                break
            found.append(more)
        rest = title.rpartition(found[-1])[2]
        return all_of(found) if _MEETING.search(rest) else None
    return None


def _at_end(words: Sequence[str], *, ends: bool = True) -> str | None:
    """The state that some words end with, or begin with; the longest name of up to four words."""
    tried = (" ".join(words[-n:] if ends else words[:n]) for n in range(min(_MOST, len(words)), 0, -1))
    return next((name for name in tried if is_state(name) and not name.startswith("the ")), None)
