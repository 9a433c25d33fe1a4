"""Hyphens at the ends of lines: which divide a word, and which belong to it, told by the document's own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ncrelations.text.english import is_english

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_BEFORE = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐]$")
_AFTER = re.compile(r"([^\W\d_]+)")
_PREFIXES = frozenset({
    "anti", "co", "counter", "cross", "ex", "extra", "inter", "intra", "micro", "mid", "multi", "neo", "non", "over",
    "post", "pre", "pro", "pseudo", "re", "self", "semi", "sub", "super", "trans", "ultra", "un", "under", "vice",
})  # fmt: skip


class Hyphens:
    """Decides for each hyphen at a line's end; in doubt it stays.

    `words` are those of the document that stand whole in a line, `ends` the words before and after each line's end
    that has a hyphen: whether most of them are seen elsewhere in one tells whether the document divides words at all.
    """

    def __init__(self, words: Iterable[str], ends: Iterable[tuple[str, str]] = ()) -> None:
        self._counts = Counter(map(str.lower, _WORD.findall(" ".join(words))))
        votes = [found for before, after in ends if (found := self._seen(*_parts(before, after))) is not None]
        self._dividing = sum(votes) > len(votes) / 2

    def _seen(self, first: str, second: str) -> bool | None:
        """Whether the document has the two as one word; `None` where it has them neither in one nor with a hyphen."""
        joined, kept = self._counts[f"{first}{second}"], self._counts[f"{first}-{second}"]
        return joined > kept if first and (joined or kept) else None

    def divides(self, before: str, after: str) -> bool:
        """Whether the hyphen at the end of `before` only divides a word that goes on with `after`."""
        first, second = _parts(before, after)
        seen = self._seen(first, second)
        if seen is not None or not first:
            return bool(seen)
        if "-" in first or not is_english(f"{first}{second}"):
            return False
        if self._dividing:
            return not (len(first) > 3 and len(second) > 3 and is_english(first) and is_english(second))
        return first not in _PREFIXES and not is_english(first)


def _parts(before: str, after: str) -> tuple[str, str]:
    """The two parts of what may be one word, in small letters; empty where it cannot be."""
    left, right = _BEFORE.search(before), _AFTER.match(after)
    if left is None or right is None or not right[1][0].islower():
        return "", ""
    return left[1].lower(), right[1].lower()
