"""Marks at the beginning of a paragraph: bullets, numbers, letters of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.files.file_text import BlockKind
from ncrelations.files.pdf_words import Word

_BULLETS = frozenset("•◦▪‣●○■□➢➤✓")
DASHES = frozenset("–—*·-!o»")
_NUMBER = re.compile(r"(?P<number>[1-9]\d{0,3})\.")
ITEM = re.compile(r"(?!v\.)\(?(?:[a-z]|[ivx]{1,5}|\d{1,2}|[A-Z])[.)]")


def begins(words: Sequence[Word]) -> tuple[BlockKind, str | None, list[Word]]:
    """What kind of block begins with some words, its printed number, and which words mark it."""
    first = words[0]
    if len(words) > 1:
        if (
            first.text in _BULLETS
            or first.text in DASHES
            or (len(first.text) == 1 and "\ue000" <= first.text <= "\uf8ff")
        ):
            return "b", None, [first]
        number = _NUMBER.fullmatch(first.text)
        if number:
            return "p", number["number"], [first]
        if ITEM.fullmatch(first.text) and words[1].left - first.right > 0.2 * first.size:
            return "b", None, []
    return "p", None, []
