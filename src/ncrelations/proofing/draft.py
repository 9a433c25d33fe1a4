"""A draft as it is read: paragraphs of reading text that know where in the file every character stands.

Readers (`plain_draft`, `markdown_draft`, `html_draft`, `docx_draft`) make paragraphs; what finds and judges
quotations sees nothing else. Line and column count from 1.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from ncrelations.errors import InvalidDraft
from ncrelations.texts import Reason

LARGEST = 20_000_000
"""Bytes of a file, or characters of a text, that are read."""

LINE_END = re.compile(r"\r\n|\r|\n")

_WRITTEN = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|</?[A-Za-z][^<>]{0,500}>")
_UNSEEN = re.compile(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+|[^\W\d_][\u0300-\u036f]+")
"""What is not seen and parts no word: soft hyphens, zero widths, directions; and letters with loose accents."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text whose characters come from another one, run by run."""

    text: str
    """The text."""
    starts: Sequence[int]
    """Where each run begins in it."""
    origins: Sequence[int]
    """Where each run comes from; within a run, both count on together."""

    def origin(self, at: int) -> int:
        """Where the character at `at` comes from."""
        if not self.starts:
            return 0
        run = max(0, bisect_right(self.starts, at) - 1)
        return self.origins[run] + at - self.starts[run]

    def end(self, at: int) -> int:
        """Where the text before `at` ends."""
        return self.origin(at - 1) + 1 if at else self.origin(0)


class Writer:
    """Puts a mapped text together."""

    def __init__(self) -> None:
        self._text = StringIO()
        self._starts, self._origins = array("Q"), array("Q")  # a long line has runs by the million
        self.length = 0
        """Characters written."""

    def add(self, text: str, origin: int) -> None:
        """Add a run that comes from `origin`."""
        if text:
            self._text.write(text)
            self._starts.append(self.length)
            self._origins.append(origin)
            self.length += len(text)

    def done(self) -> Mapped:
        """The text written."""
        return Mapped(self._text.getvalue(), self._starts, self._origins)


@dataclass(frozen=True, slots=True)
class Aside:
    """What hangs on a place of a paragraph: where a link leads, or a footnote."""

    at: int
    """The offset in the paragraph's text."""
    text: str
    """The address, or the footnote's words."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a draft."""

    mapped: Mapped
    """Its reading text, with where it comes from."""
    quoted: bool = False
    """Whether it is a block quote."""
    indented: bool = False
    """Whether it may be one: plain text sets quotations in, and other things too."""
    asides: tuple[Aside, ...] = ()
    """What hangs on its places."""
    label: str = ""
    """Its number, or a dash, where it is an item of a list."""
    heading: bool = False
    """Whether it is marked as a heading."""

    @property
    def text(self) -> str:
        """The reading text."""
        return self.mapped.text


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft: its text as it stands, and its paragraphs."""

    raw: str = field(repr=False)
    """The text that lines and columns count in; of a DOCX file, a paragraph a line."""
    paragraphs: tuple[Paragraph, ...] = field(repr=False)
    """What is read of it, in order."""
    lines: tuple[int, ...] = field(repr=False)
    """Where each line begins."""
    format: str = "plain"
    """What it was read as."""

    def where(self, at: int) -> tuple[int, int]:
        """Line and column of a place in the text, from 1."""
        line = bisect_right(self.lines, at)
        return line, at - self.lines[line - 1] + 1

    def whole(self, end: int) -> int:
        """Where the character before a place ends as it is written: an entity, or the tag that stands for a mark."""
        written = _WRITTEN.match(self.raw, end - 1) if end and self.format in ("html", "markdown") else None
        return written.end() if written else end

    def line(self, number: int) -> str:
        """A line, without its end."""
        end = self.lines[number] if number < len(self.lines) else len(self.raw)
        return self.raw[self.lines[number - 1] : end].rstrip("\r\n")


def unreadable(name: str, advice: str = "", **values: Any) -> InvalidDraft:
    """The error of a draft that cannot be read, by the names of what is wrong and of what to do instead."""
    return InvalidDraft(Reason(f"proof.{name}", values), Reason(f"proof.{advice or f'{name}_advice'}"))


def draft_of(raw: str, paragraphs: Iterable[Paragraph], format: str) -> Draft:
    """The draft of a text and its paragraphs."""
    lines = (0, *(match.end() for match in LINE_END.finditer(raw)))
    return Draft(raw, tuple(paragraphs), lines, format)


def paragraph(
    mapped: Mapped,
    asides: Iterable[Aside] = (),
    *,
    quoted: bool = False,
    indented: bool = False,
    label: str = "",
    heading: bool = False,
) -> Paragraph:
    """A paragraph of a text: what is not seen goes, and an accent that stands loose joins its letter."""
    marks = tuple(asides)
    if mapped.text.isascii() or not _UNSEEN.search(mapped.text):
        return Paragraph(mapped, quoted, indented, marks, label, heading)
    writer, at, ends, shifts = Writer(), 0, array("Q"), array("q")
    for match in _UNSEEN.finditer(mapped.text):
        _copy(writer, mapped, at, match.start())
        whole = unicodedata.normalize("NFC", match[0]) if unicodedata.combining(match[0][-1]) else ""
        writer.add(whole, mapped.origin(match.start()))
        at = match.end()
        ends.append(at)
        shifts.append(at - writer.length)
    _copy(writer, mapped, at, len(mapped.text))
    return Paragraph(writer.done(), quoted, indented, tuple(_shifted(marks, ends, shifts)), label, heading)


def _shifted(asides: Iterable[Aside], ends: Sequence[int], shifts: Sequence[int]) -> Iterator[Aside]:
    for aside in asides:
        before = bisect_right(ends, aside.at)
        yield Aside(aside.at - (shifts[before - 1] if before else 0), aside.text)


def _copy(writer: Writer, mapped: Mapped, start: int, end: int) -> None:
    """Copy part of a mapped text, run by run."""
    for text, origin in runs_of(mapped, start, end):
        writer.add(text, origin)


def runs_of(mapped: Mapped, start: int, end: int) -> Iterator[tuple[str, int]]:
    """The runs of a part of a mapped text, each with where it comes from."""
    run = max(0, bisect_right(mapped.starts, start) - 1)
    while start < end:
        after = mapped.starts[run + 1] if run + 1 < len(mapped.starts) else len(mapped.text)
        stop = min(after, end)
        yield mapped.text[start:stop], mapped.origin(start)
        start, run = stop, run + 1
