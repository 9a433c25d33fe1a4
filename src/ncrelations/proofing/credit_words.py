"""The words around a quotation as tokens, each with the classes of `crediting_english.toml` that it is of."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from ncrelations.texts.whole_files import packaged_table

_CLASSES = Path(__file__).with_name("crediting_english.toml")
ASKED = "\uffff"
"""What stands for the quotation asked about."""
QUOTED = "\ufffc"
"""What stands for another quotation."""
HEADS = ("against", "article", "statement", "document", "publisher", "group", "person", "official")
"""The classes of nouns of those who speak, and of what they write."""
PRONOUNS = {
    "he": "he", "she": "he", "him": "he", "her": "he", "his": "he", "himself": "he", "they": "they", "them": "they",
    "their": "they", "theirs": "they", "themselves": "they", "both": "they", "it": "it", "its": "it", "itself": "it",
    "one": "it", "who": "who", "whose": "who", "whom": "who", "former": "former", "first-named": "former",
    "latter": "latter", "last-named": "latter", "i": "i", "we": "i", "my": "i", "our": "i", "us": "i", "you": "i",
}  # fmt: skip
"""The pronouns, each with its kind."""
BREAK, HEADING = "¶", "§"
"""What ends a paragraph, and a heading."""
_PLAIN = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "―": "-", "…": "...",
    "\u00a0": " ", BREAK: " ", HEADING: ":", QUOTED: '"..."',
})  # fmt: skip
_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[^\W\d_]+(?:-[^\W\d_]+)*(?:n't\b|'(?!(?:s|d|ll|ve|re|m)\b)[^\W\d_]+)?|\d+(?:[.,]\d+)*|'(?:s|d|ll|ve|re|m)\b|\.{3}|\S"
)
_STOPS = frozenset({".", "!", "?", "…", "...", BREAK, HEADING})
_ABBREVIATED = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "st", "pp", "p", "para", "sec", "vs", "no", "cf"}
)


class Token(NamedTuple):
    """A word or mark, with where it stands."""

    text: str
    """As it is written, apostrophes straight."""
    low: str
    """In small letters."""
    start: int
    """Where it begins in the text."""
    end: int
    """Where it ends."""
    of: frozenset[str]
    """The classes it is of."""


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text."""
    found, before = list[Token](), ""
    for match in _TOKEN.finditer(text.replace("’", "'").replace("‘", "'")):
        word = match[0]
        low = word.lower()
        plain = word == "." and before in _ABBREVIATED
        found.append(Token(word, low, match.start(), match.end(), frozenset() if plain else classes_of(low)))
        before = low
    return found


def around(text: str) -> tuple[str, str]:
    """What stands before and after `ASKED` in a text, the signs of quotations and paragraphs in ASCII."""
    before, _, after = text.translate(_PLAIN).partition(ASKED)
    return before, after


@lru_cache(maxsize=20_000)
def classes_of(word: str) -> frozenset[str]:
    """The classes of a word in small letters."""
    table = _classes()
    found = table.get(word) or table.get(word.removesuffix("s") if len(word) > 3 else word) or frozenset()
    marks = {"stop"} if word in _STOPS else {"mark"} if not word[0].isalnum() and word != "'s" else set()
    return found | marks


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    table: dict[str, Any] = packaged_table(_CLASSES)
    found: dict[str, set[str]] = {}
    for group, classes in table.items():
        for name, words in classes.items():
            for word in words.split():
                inflected = group == "verbs" and name in ("say", "think", "show", "receive")
                for form in _forms(word) if inflected else (word,):
                    found.setdefault(form, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _forms(verb: str) -> set[str]:
    """The regular forms of a verb."""
    stem = verb.removesuffix("e")
    ends = {verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing"}
    if verb.endswith("y"):
        ends |= {f"{verb[:-1]}ies", f"{verb[:-1]}ied"}
    return ends | {f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}
