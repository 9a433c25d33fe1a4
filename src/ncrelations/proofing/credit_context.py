"""The words around a quotation that may say whose it is: its paragraph, what leads to it, the heading above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.proofing.credit_words import ASKED, BREAK, HEADING, QUOTED
from ncrelations.proofing.draft import Draft
from ncrelations.proofing.draft_quotations import Quotation

_QUOTATION = re.compile(
    r"“[^”\n]{1,900}”|\"[^\"\n]{1,900}\"|«[^»\n]{1,900}»|„[^“\n]{1,900}“|(?<!\w)‘(?:[^’\n]|’\w){1,900}’(?!\w)"
)
_STOP = re.compile(r"[.!?]\s")
_SENTENCES = 3  # behind a quotation, its own among them
_BEFORE, _AFTER, _PREVIOUS, _NEXT = 800, 300, 600, 200
_ITEMS, _HEADING = 40, 120
_SIGNATURE = re.compile(r"\s*[—–―-]")
"""What the line under a block quote begins with that says whose it is."""


def credit_context(draft: Draft, quotation: Quotation, others: Sequence[Quotation]) -> str:
    """What stands around a quotation, with `ASKED` for it and `QUOTED` for the others."""
    start, end = quotation.around
    own = quotation.paragraph.text
    first, last = max(0, start - _BEFORE), min(len(own), end + _AFTER)
    last = next((m.end() for n, m in enumerate(_STOP.finditer(own, end, last)) if n == _SENTENCES), last)
    before, after = list(own[first:start]), list(own[end:last])
    for each in others:
        if each.around[0] <= start and end <= each.around[1]:
            continue
        _blank(before, each.around[0] - first, each.around[1] - first)
        _blank(after, each.around[0] - end, each.around[1] - end)
    above = [] if quotation.led else _above(draft, quotation)
    parts = [*above, "".join(before).replace("\0", ""), ASKED, "".join(after).replace("\0", "")]
    if quotation.signature:
        parts.append(f"{BREAK} {quotation.signature}")
    elif quotation.paragraph.quoted and quotation.number + 1 < len(draft.paragraphs):
        following = draft.paragraphs[quotation.number + 1]
        if not following.heading and (not following.quoted or _SIGNATURE.match(following.text)):
            parts.append(f"{BREAK} {_without_quotations(following.text[:_NEXT])}")
    return " ".join(parts)


def _above(draft: Draft, quotation: Quotation) -> list[str]:
    """The heading above a paragraph, and the paragraph before it or the line that leads to its list."""
    number = quotation.number - 1
    if quotation.paragraph.label:
        while number >= max(0, quotation.number - _ITEMS) and draft.paragraphs[number].label:
            number -= 1
    found, room = list[str](), _PREVIOUS
    while number >= 0 and not draft.paragraphs[number].heading and room > 0:
        each = draft.paragraphs[number]
        text = QUOTED if each.quoted and not _SIGNATURE.match(each.text) else _without_quotations(each.text)
        found = [text[-room:], BREAK, *found]
        room -= len(text)
        number -= 1
    for above in range(number, max(-1, number - _ITEMS), -1):
        if draft.paragraphs[above].heading:
            return [draft.paragraphs[above].text[:_HEADING], HEADING, *found]
    return found


def _without_quotations(text: str) -> str:
    return _QUOTATION.sub(QUOTED, text)


def _blank(text: list[str], start: int, end: int) -> None:
    for at in range(max(0, start), min(len(text), end)):
        text[at] = "\0"
    if 0 <= start < len(text) and start < end:
        text[start] = QUOTED
