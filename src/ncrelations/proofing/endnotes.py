"""Notes that are numbered by hand: called by a raised number or one in brackets, and listed further down.

Those that a format knows as footnotes hang where they are called already; these are found by their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ncrelations.proofing.draft import Aside, Paragraph

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CALL = re.compile(
    r"(?<=[^\s\d])(?<!\bkm)(?<!\b[kcm]m)(?<!\bm)(?P<raised>[⁰¹²³⁴-⁹]{1,3})|(?<=[”\"’'».,;:)])\s?\[(?P<number>\d{1,3})\]"
)
_NOTE = re.compile(
    r"^[ \t]*(?:(?P<raised>[⁰¹²³⁴-⁹]{1,3})[.)]?|\[(?P<bracket>\d{1,3})\]|(?P<number>\d{1,3})[.)])"
    r"[ \t]+(?P<text>\S[^\n]*)",
    re.MULTILINE,
)
_LONGEST = 1_000
"""Characters of a note that are read."""


def raised(digits: str) -> str:
    """Digits as raised ones, as many."""
    return digits.translate(_RAISE)


def with_endnotes(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs with what is noted by number hung where it is called; of several lists the next one counts."""
    notes: dict[str, str] = {}
    done = list[Paragraph]()
    for each in reversed(paragraphs):
        done.append(_hung(each, notes))
        notes.update(_noted(each))
    yield from reversed(done)


def _hung(paragraph: Paragraph, notes: dict[str, str]) -> Paragraph:
    calls = _CALL.finditer(paragraph.text) if notes else iter(())
    numbers = ((call.start(), (call["raised"] or "").translate(_RAISED) or call["number"]) for call in calls)
    asides = tuple(Aside(at, notes[number]) for at, number in numbers if number in notes)
    return replace(paragraph, asides=(*paragraph.asides, *asides)) if asides else paragraph


def _noted(paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """The notes that a paragraph is or has, each with its number."""
    if paragraph.label.isdecimal():
        yield paragraph.label, paragraph.text[:_LONGEST]
        return
    found = [*_NOTE.finditer(paragraph.text)] if _NOTE.match(paragraph.text) else []
    for match in found:
        number = match["number"] or match["bracket"] or match["raised"].translate(_RAISED)
        yield number, match["text"][:_LONGEST]
