"""The lines of a file that a command reads, however long the file and its lines are."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 100_000
"""Bytes beyond which a line is none."""

Line = tuple[int, bytes | None]
"""A line with its number; `None` for one that is too long."""


def lines(file: BinaryIO, longest: int = LONGEST_LINE) -> Iterator[Line]:
    """The numbered lines that are not blank; `None` for one that is too long, of which no more is kept than fits."""
    number = 0
    while line := file.readline(longest):
        number += 1
        rest = line
        while len(rest) == longest and not rest.endswith(b"\n"):
            rest = file.readline(longest)
        if rest is not line:
            yield number, None
            continue
        words = line.removeprefix(BOM_UTF8) if number == 1 else line
        if words.strip():
            yield number, words
