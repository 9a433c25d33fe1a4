"""The lines of a file that a command reads, however long the file and its lines are."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 100_000
"""Bytes beyond which a line is none."""

_MOST_SKIPPED = 100_000_000
"""Bytes of one line after which the file is taken to have no more lines: a disk of zeros has one."""

Line = tuple[int, bytes | None]
"""A line with its number; `None` for one that is too long."""


def lines(file: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[Line]:
    """The numbered lines that are not blank; `None` for one that is too long, of which no more is kept than fits."""
    number = 0
    while line := file.readline(longest):
        number += 1
        rest, skipped = line, 0
        while len(rest) == longest and not rest.endswith(b"\n") and skipped < _MOST_SKIPPED:
            rest = file.readline(longest)
            skipped += longest
        if rest is not line:
            yield number, None
            if skipped >= _MOST_SKIPPED:
                return
            continue
        words = line.removeprefix(BOM_UTF8) if number == 1 else line
        if words.strip():
            yield number, words
