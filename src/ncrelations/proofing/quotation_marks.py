"""Quotations between quotation marks, in every style, nested and over line breaks; apostrophes are none.

Linear in the paragraph: what closes later is counted once, from the end.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

_MARK = re.compile("[“”„‟\"«»‹›「」『』｢｣‘’‚‛'＂]")
_CLOSERS = {
    "“": "”\"“", "„": "“”\"‟", "‟": "”", '"': '"”', "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」",
    "『": "』", "｢": "｣", "‘": "’'", "‚": "‘’", "‛": "’", "'": "'’", "’": "’", "＂": "＂",
}  # fmt: skip
_ONLY_OPEN = frozenset("„‟「『｢‚‛")
_SINGLE = frozenset("‘’‛'")
_TWO_SIDED = frozenset("\"'＂")
_BEFORE_OPENING = re.compile(r"[\s(\[{/—–\-=>:“„«‹「『‘‚\"'+|*_]|[^\x00-\u02af\u2000-\u206f]")
_ELIDED = re.compile(r"(?:\d|(?:tis|twas|twere|em|til|till|cause|cos|n|round|bout)\b)", re.IGNORECASE)
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between quotation marks, as offsets in the paragraph."""

    start: int
    """Where the words begin."""
    end: int
    """Where they end."""
    closed: bool
    """Whether a mark closes them; otherwise the paragraph, or the quotation around them, does."""
    depth: int
    """How many quotations they lie in."""


@dataclass(slots=True)
class _Open:
    mark: str
    at: int


@dataclass(slots=True)
class _Scan:
    """The marks of a paragraph as they open and close."""

    text: str
    marks: Sequence[int]
    """Where each mark stands; a long line has apostrophes by the million."""
    closing_after: bytearray
    """For each mark, whether a later one, before the next that opens, can close single quotation marks."""
    stack: list[_Open] = field(default_factory=list)
    found: list[Marked] = field(default_factory=list)

    def run(self) -> list[Marked]:
        for number, at in enumerate(self.marks):
            self._take(self.text[at], at, number)
        while self.stack:
            opened = self.stack.pop()
            if opened.mark not in "'’":  # a lone one is an apostrophe
                self._keep(opened, len(self.text), closed=False)
        return sorted(self.found, key=lambda each: (each.start, -each.end))

    def _take(self, mark: str, at: int, number: int) -> None:
        if mark in _SINGLE and self._apostrophe(mark, at, number):
            return
        level = self._closes(mark, at)
        if level is not None:
            while len(self.stack) > level + 1:
                inner = self.stack.pop()
                if inner.mark not in "'’":
                    self._keep(inner, at, closed=False)
            self._keep(self.stack.pop(), at, closed=True)
        elif self._opens(mark, at, number) and len(self.stack) < _DEEPEST:
            self.stack.append(_Open(mark, at))

    def _keep(self, opened: _Open, end: int, *, closed: bool) -> None:
        self.found.append(Marked(opened.at + 1, end, closed, len(self.stack)))

    def _closes(self, mark: str, at: int) -> int | None:
        """The place in the stack of the quotation that a mark closes."""
        if mark in _ONLY_OPEN or (mark in _TWO_SIDED and self._only_opens(at)):
            return None
        if mark in "“‘" and self._only_opens(at):
            return None
        for level in range(len(self.stack) - 1, -1, -1):
            opened = self.stack[level]
            if mark in _CLOSERS[opened.mark] and not (mark == "“" and opened.mark == "“" and not self._only_closes(at)):
                return level
        return None

    def _opens(self, mark: str, at: int, number: int) -> bool:
        if mark in "」』｣":
            return False
        after = self.text[at + 1 : at + 2]
        if mark in "«‹「『｢„‚":
            return True
        if mark in "»›":
            return self._only_opens(at)
        if not after.strip():
            return False
        if mark in _TWO_SIDED or mark in "”’":
            before = self.text[at - 1 : at]
            if before and not _BEFORE_OPENING.match(before):
                return False
        return mark not in "'’" or bool(self.closing_after[number])

    def _only_opens(self, at: int) -> bool:
        before, after = self.text[at - 1 : at] if at else " ", self.text[at + 1 : at + 2]
        return (before.isspace() or before in "([{—–") and bool(after.strip())

    def _only_closes(self, at: int) -> bool:
        before, after = self.text[at - 1 : at] if at else " ", self.text[at + 1 : at + 2]
        return not before.isspace() and not after.isalnum()

    def _apostrophe(self, mark: str, at: int, number: int) -> bool:
        before, after = self.text[at - 1 : at] if at else "", self.text[at + 1 : at + 2]
        if before.isalnum() and after.isalnum():
            return True
        if not before.isalnum() and _ELIDED.match(self.text, at + 1) and not self._number_quoted(at):
            return True
        possessive = before in "sSxz" and bool(re.match(r"\s+[a-z]", self.text[at + 1 : at + 4]))
        inside = any(opened.mark in "‘'’‚‛" for opened in self.stack)
        return mark in "'’" and possessive and (bool(self.closing_after[number]) if inside else True)

    def _number_quoted(self, at: int) -> bool:
        """Whether a mark before a number opens a quotation and not a decade: "'30 ships ...'"."""
        return not re.match(r"\d\ds?\b", self.text[at + 1 : at + 5]) and self.text[at + 1 : at + 2].isdigit()


def marked(text: str) -> list[Marked]:
    """The quotations between marks in a paragraph, in order; one that lies in another follows it."""
    marks = array("Q", (match.start() for match in _MARK.finditer(text) if not _inches(text, match)))
    if not marks:
        return []
    return _Scan(text, marks, _closing_after(text, marks)).run()


def _inches(text: str, match: re.Match[str]) -> bool:
    """Whether a mark after a number is a measure, with nothing open before it in the same line."""
    at = match.start()
    return match[0] == '"' and text[at - 1 : at].isdigit() and '"' not in text[max(0, at - 300) : at]


def _closing_after(text: str, marks: Sequence[int]) -> bytearray:
    """Whether a mark that can close single quotation marks follows, before the next that opens them."""
    found, later = bytearray(len(marks)), False
    for number in range(len(marks) - 1, -1, -1):
        found[number] = later
        at, mark = marks[number], text[marks[number]]
        if mark not in _SINGLE:
            continue
        before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
        if mark in "'’" and before.strip() and not after.isalnum():
            later = True
        elif (mark == "‘" or not before.strip()) and after.isalnum():
            later = False
    return found
