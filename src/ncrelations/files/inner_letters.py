"""Letters, forewords and notices that a paper prints: from the salutation or title to the signature, whose they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ncrelations.files.bodies import is_body, names_body
from ncrelations.files.letter_forms import closes, is_office, signed_in
from ncrelations.files.speaker_patterns import NAME, TITLE

_SALUTATION = re.compile(
    r"[\"“]?(?:My )?[Dd]ear (?:\b(?:Mr|Mrs|Ms|Dr|Prof|Hon|Rev|Gen|Sen|Rep|Amb|[A-Z])\.|[^.!?,:;]){2,60}[,:!](?: \S.*)?",
    re.DOTALL,
)
_TITLED = re.compile(
    r"\W*(?:(?:foreword|preface|editorial|message)(?: (?:by|from|of) .{3,80})?"
    r"|(?-i:[A-Z ]{0,40}(?:NOTICE|ORDER|CIRCULAR|MEMORIAL)(?: N[oO]\. ?\d{1,5})?))\W*",
    re.IGNORECASE,
)
_OFFICER = re.compile(
    rf"\W*(?P<who>(?:(?:{TITLE}|Hon\.?) )?{NAME})(?:, (?:[A-Z]\.){{1,4}})?(?:, (?P<office>[^.;:]{{3,100}}))?[.,]?\W*"
)
_ANNEXED = re.compile(r"\W*(?:annex|enclosure|appendix|attachment)(?: [\dA-Z]{1,4})?\W*", re.IGNORECASE)
_MOST_BLOCKS, _LINE, _FIRST, _HEAD = 14, 120, 15, 8


def letters_in(blocks: Sequence[str], headings: Sequence[str], stops: Mapping[int, object]) -> dict[int, str]:
    """Whose each block of a printed letter is, by its number; nothing where no signature ends it.

    Blocks keep their line breaks; `headings` are those below which each stands; a letter does not go on over a block of
    `stops`, where others begin to speak. A salutation in the first blocks is the document's own.
    """
    found: dict[int, str] = {}
    ends, spoken = -1, min(stops, default=len(blocks))
    for number, block in enumerate(blocks):
        entered = number > 0 and headings[number] != headings[number - 1]
        titled = _TITLED.fullmatch(block.strip()) or (_TITLED.fullmatch(headings[number]) if entered else None)
        own = number < _FIRST and headings[number] == headings[0] and number <= spoken
        begins = titled is not None or (not own and _SALUTATION.fullmatch(block.strip()) is not None)
        if number <= ends or not begins:
            continue
        last, who = _signature(blocks, number, headings, stops)
        if who is not None:
            body = _heading_body(blocks, headings, number) if is_office(who) and not names_body(who) else None
            found |= dict.fromkeys(range(number, last + 1), f"{body}, {who}" if body else who)
            ends = last
    return found


def _signature(
    blocks: Sequence[str], begins: int, headings: Sequence[str], stops: Mapping[int, object]
) -> tuple[int, str | None]:
    """The last block of a letter, and who signs it."""
    for number in range(begins + 1, min(begins + _MOST_BLOCKS, len(blocks))):
        words = blocks[number].strip()
        if headings[number] != headings[begins] or number in stops or _SALUTATION.fullmatch(words):
            break
        if closes(words):
            return number + ("\n" not in words and "," not in words.rstrip(",")), signed_in(blocks[number : number + 4])
        below = blocks[number + 1].strip() if number + 1 < len(blocks) else ""
        who = _officer(words, below)
        if who is not None:
            return number + ("\n" not in words and "(" in who and not words.count(",")), who
    return begins, None


def _officer(words: str, below: str) -> str | None:
    """Who signs with name and office, on one line or on two."""
    lines = [line.strip(" *_") for line in words.split("\n")]
    match = _OFFICER.fullmatch(lines[0]) if len(lines[0]) <= _LINE and len(lines) <= 4 else None
    if match is None:
        return None
    following = lines[1] if len(lines) > 1 else below
    office = next((each for each in (match["office"] or "", following) if is_office(each) and len(each) <= _LINE), None)
    return f"{office.rstrip('.')} ({match['who']})" if office else None


def _heading_body(blocks: Sequence[str], headings: Sequence[str], begins: int) -> str | None:
    """The body at the head of a letter, above its salutation: in the first line below a heading or "Enclosure"."""
    first = max(0, begins - _HEAD)
    while first < begins and headings[first] != headings[begins]:
        first += 1
    annexed = [n for n in range(first, begins) if _ANNEXED.fullmatch(blocks[n].strip())]
    if not annexed and (first == 0 or headings[first - 1] == headings[begins]):
        return None
    lines = "\n".join(blocks[annexed[-1] + 1 if annexed else first : begins]).split("\n")
    line = next((line.strip(" *_#") for line in lines if line.strip()), "")
    return line if is_body(line) else None
