"""Ordinary English words: those of SymSpell's frequency dictionary (MIT licence, see NOTICE)."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from ncrelations.texts.whole_files import packaged_bytes


@cache
def english_words() -> frozenset[str]:
    """Some 83,000 words in small letters, unaccented; read when first wanted."""
    data = packaged_bytes(Path(__file__).with_name("english_words.txt.gz"))
    return frozenset(gzip.decompress(data).decode("ascii").split("\n"))


def is_english(word: str) -> bool:
    """Whether a word, in small letters, is an ordinary English one."""
    return word in english_words()
