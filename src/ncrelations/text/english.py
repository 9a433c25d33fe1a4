"""Ordinary English words: those of SymSpell's frequency dictionary (MIT licence, see NOTICE), and which colour."""

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


@cache
def words_of_manner() -> frozenset[str]:
    """The stems of some thousand words that colour a question and are never what it asks about: "lousy", "grab".

    Chosen by hand from the 48,000 most frequent words of the dictionary, and slang beside them.
    """
    return frozenset(packaged_bytes(Path(__file__).with_name("stems_of_manner.txt")).decode("ascii").split())
