"""Ordinary English words: those of SymSpell's frequency dictionary (MIT licence, see NOTICE), and which colour."""

from __future__ import annotations

import gzip
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path

from ncrelations.texts.whole_files import packaged_bytes


@cache
def english_words() -> str:
    """Some 83,000 words in small letters, unaccented and in order, one a line: a set would take five times as long."""
    data = packaged_bytes(Path(__file__).with_name("english_words.txt.gz"))
    return gzip.decompress(data).decode("ascii")


@lru_cache(maxsize=8192)  # the same few thousand words again and again
def is_english(word: str) -> bool:
    """Whether a word, in small letters, is an ordinary English one."""
    words = english_words()
    at = bisect_left(range(len(words)), word, key=lambda at: _line_at(words, at))
    return at < len(words) and _line_at(words, at) == word


def _line_at(text: str, at: int) -> str:
    """The line that has an offset; a line's end belongs to it."""
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


@cache
def words_of_manner() -> frozenset[str]:
    """The stems of some thousand words that colour a question and are never what it asks about: "lousy", "grab".

    Chosen by hand from the 48,000 most frequent words of the dictionary, and slang beside them.
    """
    return frozenset(packaged_bytes(Path(__file__).with_name("stems_of_manner.txt")).decode("ascii").split())
