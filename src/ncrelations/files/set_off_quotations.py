"""Words of others set off as blocks of their own: "The Clerk read a letter from Mrs Pell:", and below it her words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import takewhile

from ncrelations.document.citation import Citation
from ncrelations.document.spans import Span
from ncrelations.document.tree import Sentence
from ncrelations.files.quotation_sources import introduced
from ncrelations.files.signatures import signed_line, signed_within

_OPENS = re.compile(r"[\"“„«‘]")
_CLOSES = re.compile(r"[\"”“»’'](?:[.,;]|\s*\([^()]*\))*$")
_ASIDE = re.compile(r"\([^()]{3,60}\)|\[[^\[\]]{3,60}\]")
_ITSELF = re.compile(
    r"[\"“„«‘](?:The )?(?P<who>(?:Government|(?:Permanent )?Mission|Embassy|Ministry) of (?:the )?[^\W\d_a-z][\w’'-]*"
    r"(?:(?: (?:of|and|the))* [^\W\d_a-z][\w’'-]*){0,6}) (?:has|have|had|is|was|does|do|will|wishes|declares|considers"
    r"|objects|reserves|understands|states|believes|notes|regrets|presents)\b"
)
_SECTION = re.compile(
    r".{0,20}\b(?:comment|reply|response|answer|letter|statement|reaction|right of reply|position|view)s?\b",
    re.IGNORECASE,
)
_MOST_BLOCKS, _MOST_BELOW, _MOST_SET_OFF, _EARLIER = 8, 12, 100, 6


def set_off_numbers(reading: Mapping[Citation, Sequence[Sentence]], set_off: Sequence[Span]) -> dict[Citation, int]:
    """In which quotation of the markup a block stands, from 1."""
    spans = sorted(set_off, key=lambda span: span.start)
    begins = [span.start for span in spans]
    numbers = ((citation, bisect_right(begins, told[0].span.start), told) for citation, told in reading.items() if told)
    return {each: number for each, number, told in numbers if number and told[0].span.start < spans[number - 1].end}


def quoted_in(
    blocks: Sequence[str],
    paragraphs: Sequence[bool],
    set_off: Sequence[int] = (),
    headings: Sequence[str] = (),
    addressee: str | None = None,
) -> dict[int, str]:
    """Who is quoted in blocks by themselves, by their number: whom the paragraph before names, or who signs them.

    Of words between quotation marks all blocks to the closing one; of what markup sets off, all of it; else the one
    below. `paragraphs` says which blocks are neither items nor rows nor notes, `set_off` in which quotation of the
    markup each stands, from 1, `headings` below which heading, `addressee` who "you" is. Blocks keep their line breaks.
    """
    off = list(set_off) or [0] * len(blocks)
    above = list(headings) or [""] * len(blocks)
    found = _signed_blocks(blocks, off)
    for number, block in enumerate(blocks[:-1]):
        begins = number + 1 + (_ASIDE.fullmatch(blocks[number + 1]) is not None)
        if begins >= len(blocks) or not (paragraphs[number] and paragraphs[begins]) or begins in found:
            continue
        below = blocks[begins : begins + _MOST_SET_OFF]
        whole = _SECTION.match(above[number]) is not None and (not number or above[number - 1] != above[number])
        length = _length(below, off[begins : begins + len(below)], above[begins : begins + len(below)], whole=whole)
        earlier = " ".join(" ".join(blocks[max(0, number - _EARLIER) : number]).split())
        who = _who(" ".join(block.split()), below[:length], off[begins] > 0, addressee, earlier)
        if who is not None:
            found |= dict.fromkeys(range(begins, begins + length), who)
    return found


def _who(words: str, inside: Sequence[str], set_off: bool, addressee: str | None, earlier: str) -> str | None:
    """Whose a quotation is: of who signs it, of whom the words before it name, or of whom it begins with."""
    marked = _OPENS.match(inside[0]) is not None
    who = introduced(words, marked=marked or set_off, addressee=addressee, earlier=earlier)
    if not marked or (who is None and not words.endswith(":")):
        return who
    itself = _ITSELF.match(" ".join(inside[0].split()))
    return signed_within(inside[-1]) or who or (itself["who"] if itself else None)


def quoted_length(blocks: Sequence[str], off: Sequence[int]) -> int:
    """How many of the first blocks are one quotation, by markup or from mark to mark; 0 where they are none."""
    if off and off[0]:
        return len(list(takewhile(off[0].__eq__, off)))
    if not blocks or not _OPENS.match(blocks[0]):
        return 0
    length = _length(blocks, [0] * len(blocks), [""] * len(blocks), whole=False)
    inside = "".join(blocks[:length]).rstrip()
    return length if len(re.findall(r"[\"”»]", inside[1:])) == 1 and _CLOSES.search(inside) else 0


def _signed_blocks(blocks: Sequence[str], off: Sequence[int]) -> dict[int, str]:
    """Whose what markup sets off is, where its last line says so."""
    found: dict[int, str] = {}
    number = 0
    while number < len(blocks):
        begins = off[number : number + _MOST_SET_OFF]
        length = len(list(takewhile(off[number].__eq__, begins))) if off[number] else 0
        last = blocks[number + length - 1].rstrip().split("\n")[-1] if length else ""
        who = signed_line(last) if length > 1 or (length and "\n" in blocks[number].strip()) else None
        if who is not None:
            found |= dict.fromkeys(range(number, number + length), who)
        number += max(length, 1)
    return found


def _length(blocks: Sequence[str], off: Sequence[int], headings: Sequence[str], *, whole: bool) -> int:
    """How many blocks the quotation has that begins with the first."""
    if off[0]:
        return len(list(takewhile(off[0].__eq__, off)))
    if not _OPENS.match(blocks[0]):
        return len(list(takewhile(lambda each: each == headings[0], headings[:_MOST_BELOW]))) if whole else 1
    ends = (number for number, words in enumerate(blocks[:_MOST_BLOCKS], 1) if _CLOSES.search(words.rstrip()))
    return next(ends, 1)
