"""Citations: the stable address of a document, section, block or sentence, and its printed forms.

    survey/IV.2/p3/s1      document / section / block / sentence
    survey/IV.2            a section
    letter/intro/p1        a paragraph (p), bullet (b), milestone (m), table row (t) or footnote (n)
    handbook-2024/3.2.1    a section with its printed number

A citation never depends on the index or the model. `Citation` is the address alone; `Reference`
adds what a reader of print needs (work, heading, page) and knows the export formats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering

from ncrelations.errors import InvalidCitation

_BLOCK_WORDS = {"p": "para.", "b": "bullet", "m": "milestone", "t": "row", "n": "note"}

_PART = r"(?:[A-Za-z][A-Za-z0-9-]*|[1-9][0-9]*[a-z]?)"
_GRAMMAR = re.compile(
    rf"""(?P<document>[a-z][a-z0-9-]*)
        (?:/(?P<section>{_PART}(?:\.{_PART})*)
           (?:/(?P<block>[pbmtn][1-9][0-9]{{0,3}})
              (?:/s(?P<sentence>[1-9][0-9]{{0,3}}))?)?)?""",
    re.VERBOSE | re.ASCII,
)


def printable(text: str, limit: int = 60) -> str:
    """`text` fit for a message: one line, no control or formatting characters, at most `limit` long."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[: limit + 1])
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"


def nearest(name: str, names: list[str], count: int = 3) -> tuple[str, ...]:
    """The `names` most like `name`, best first, letter case aside."""
    from difflib import get_close_matches  # only errors need it

    by_lower = {candidate.lower(): candidate for candidate in reversed(names)}
    close = get_close_matches(name[:80].lower(), list(by_lower), n=count, cutoff=0.5)
    return tuple(by_lower[match] for match in close)


def brief(kind: str, name: object, words: str, rest: str = "") -> str:
    """A value on one short line: `<Section survey/IV.2 "Dredging", 4 blocks>`."""
    return f'<{kind} {name} "{printable(words)}"{rest}>'


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_DIGITS = re.compile(r"(?P<number>[0-9]+)(?P<letter>[a-z]?)")


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Citation:
    """The address of a place in the documents. Equal to its text; sorts by document, then number by number.

    >>> str(Citation.parse("survey/IV.2/p3/s1"))
    'survey/IV.2/p3/s1'
    >>> Citation.parse("survey/IV.2/p3").section
    'IV.2'
    >>> Citation.parse("survey/IV.2") == "survey/IV.2"
    True
    """

    document: str
    """The document's id, in small letters."""
    section: str | None = None
    """The section's id, such as "IV.2" or "intro"."""
    block: str | None = None
    """The block's id within its section: "p2", "b1" or "m11"."""
    sentence: int | None = None
    """The sentence's number within its block, from 1."""

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Read a citation; `str` of the result is `text` again.

        Raises `InvalidCitation` for anything outside the grammar. Whether the place exists is
        for `ncrelations.resolve` to say.
        """
        match = _GRAMMAR.fullmatch(text)
        if match is None:
            raise InvalidCitation(printable(text))
        number = match["sentence"]
        return cls(match["document"], match["section"], match["block"], int(number) if number else None)

    def __str__(self) -> str:
        parts = [self.document, self.section, self.block]
        if self.sentence is not None:
            parts.append(f"s{self.sentence}")
        return "/".join(part for part in parts if part is not None)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Citation):
            return self._fields == other._fields
        return str(self) == other if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        return hash(str(self))

    def __lt__(self, other: Citation | str) -> bool:
        if not isinstance(other, Citation | str):
            return NotImplemented
        theirs = other if isinstance(other, Citation) else Citation.parse(other)
        return self._order < theirs._order

    @property
    def _fields(self) -> tuple[object, ...]:
        return self.document, self.section, self.block, self.sentence

    @property
    def _order(self) -> tuple[object, ...]:
        """Larger places first, numbered sections by their numbers and before named ones, p10 after p9."""
        section, block = self.section, self.block or ""
        parts = tuple(map(_part_order, section.split("."))) if section else ()
        return (self.document, parts, block[:1], int(block[1:] or 0), self.sentence or 0)

    @property
    def parent(self) -> Citation | None:
        """The next larger place that contains this one, `None` for a document."""
        if self.sentence is not None:
            return Citation(self.document, self.section, self.block)
        if self.block is not None:
            return Citation(self.document, self.section)
        return Citation(self.document) if self.section is not None else None

    @property
    def of_block(self) -> Citation:
        """This citation without its sentence."""
        return Citation(self.document, self.section, self.block)

    def within(self, other: Citation) -> bool:
        """Whether this place is `other` or lies inside it; "IV.2" lies inside "IV"."""
        if self.document != other.document:
            return False
        if other.block is not None:
            mine = (self.section, self.block, self.sentence if other.sentence else None)
            return mine == (other.section, other.block, other.sentence)
        section = self.section or ""
        return other.section is None or section == other.section or section.startswith(f"{other.section}.")

    @property
    def place(self) -> str:
        """Block and sentence in words: "para. 2", "bullet 3, sentence 1"; empty for larger places."""
        if self.block is None:
            return ""
        words = f"{_BLOCK_WORDS[self.block[0]]} {self.block[1:]}"
        return words if self.sentence is None else f"{words}, sentence {self.sentence}"


def _part_order(part: str) -> tuple[int, int, str]:
    """A part of a section's id among others: by its number, in digits or Roman; names come last."""
    digits = _DIGITS.fullmatch(part)
    if digits:
        return 0, int(digits["number"]), digits["letter"]
    return (0, _value(part), "") if set(part) <= _ROMAN.keys() else (1, 0, part)


def _value(roman: str) -> int:
    """The number that Roman numerals write."""
    values = [_ROMAN[letter] for letter in roman]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))
