"""Regular expressions that are compiled when they are first tried, and tried only on texts in which they may match.

To compile those that read a question takes longer than to answer it, and most find nothing in most questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise

_SMALL = str.maketrans("İıſK", "iisk")
"""Letters that a pattern without case takes for one of the ASCII letters."""

_FIRST_WORD = re.compile(r"\w+")


class Pattern:
    """A regular expression with what a text must have for it to match. Safe to share between threads."""

    def __init__(self, pattern: str, flags: int = 0, needs: Collection[str] = (), starts: tuple[str, ...] = ()) -> None:
        """`needs`: words or characters in small letters of which a text that matches has one, if there are any.

        `starts`: the same of the beginnings of its first word.
        """
        self.pattern, self.flags, self.needs, self.starts = pattern, flags, needs, starts

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression as Python has it."""
        return re.compile(self.pattern, self.flags)

    def may_match(self, text: str) -> bool:
        """Whether a text has what the pattern needs."""
        small = small_letters(text)
        if self.starts:
            first = _FIRST_WORD.search(small)
            if first is None or not first[0].startswith(self.starts):
                return False
        return not self.needs or any(each in small for each in self.needs)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere in a text."""
        return self.compiled.search(text) if self.may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning of a text."""
        return self.compiled.match(text) if self.may_match(text) else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of a whole text."""
        return self.compiled.fullmatch(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """All matches, in order."""
        return self.compiled.finditer(text) if self.may_match(text) else ()

    def split(self, text: str) -> list[str]:
        """The parts of a text between the matches."""
        return self.compiled.split(text) if self.may_match(text) else [text]

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str) -> str:
        """A text with every match replaced."""
        return self.compiled.sub(replacement, text) if self.may_match(text) else text


def small_letters(text: str) -> str:
    """A text in small letters, as a pattern without case takes them: "İ" and "ı" are "i" to it."""
    return text.lower() if text.isascii() else text.translate(_SMALL).lower()


_MARKS = re.compile(r"\\.|\[\]?(?:\\.|[^\]\\])*\]|[(|)]")
"""What tells where groups and alternatives begin and end, with what may only look like it."""
_LETTERS = re.compile(r"(?:[a-z0-9' -]|\\[ .'-])*(?![?*{])")
_GROUP = "(?:"


@lru_cache(maxsize=256)
def beginnings(alternatives: str) -> tuple[str, ...]:
    """What a pattern needs that is made of some alternatives in ASCII: the letters that each begins with.

    Nothing where one begins with something else, for then no letters are needed.
    """
    found = [words for each in _parts(alternatives.lower()) for words in _beginning(each)]
    return tuple(dict.fromkeys(found)) if all(found) else ()


def _parts(pattern: str) -> list[str]:
    """The alternatives of a pattern."""
    ends = [at for at, mark, depth in _marks(pattern) if mark == "|" and depth == 0]
    return [pattern[start + 1 : end] for start, end in pairwise([-1, *ends, len(pattern)])]


def _beginning(pattern: str) -> tuple[str, ...]:
    """The letters that one alternative begins with, after what may be left out; "" where there are none."""
    if not pattern.startswith(_GROUP):
        letters = _LETTERS.match(pattern)
        return (letters[0].replace("\\", "") if letters else "",)
    end = next(at for at, mark, depth in _marks(pattern) if mark == ")" and depth == 0)
    rest = pattern[end + 1 :]
    if rest.startswith(("?", "*")):
        return _beginning(rest[1:])
    return ("",) if rest.startswith("{") else beginnings(pattern[len(_GROUP) : end]) or ("",)


def _marks(pattern: str) -> Iterator[tuple[int, str, int]]:
    """Where groups begin and end and alternatives part, with how deep in groups that is."""
    depth = 0
    for match in _MARKS.finditer(pattern):
        depth -= match[0] == ")"
        yield match.start(), match[0], depth
        depth += match[0] == "("
