"""Hyphens at the ends of lines: which divide a word, and which belong to it, told by the document's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ncrelations.text.english import is_english

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_BEFORE = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐]$")
_AFTER = re.compile(r"([^\W\d_]+)")


class Hyphens:
    """Decides for each hyphen at a line's end; in doubt it stays."""

    def __init__(self, words: Iterable[str]) -> None:
        self._counts = Counter(match[0].lower() for word in words for match in _WORD.finditer(word))

    def divides(self, before: str, after: str) -> bool:
        """Whether the hyphen at the end of `before` only divides a word that goes on with `after`."""
        left, right = _BEFORE.search(before), _AFTER.match(after)
        if left is None or right is None or not right[1][0].islower():
            return False
        first, second = left[1].lower(), right[1].lower()
        joined, kept = self._counts[f"{first}{second}"], self._counts[f"{first}-{second}"]
        if joined or kept:
            return joined > kept
        if "-" in first or not is_english(f"{first}{second}"):
            return False
        return not (is_english(first) and is_english(second) and len(first) > 3 and len(second) > 3)
