"""Which language a line is in, as a BCP 47 tag: by its script, and among Latin scripts by its common words.

English is the answer in every doubt: a line is foreign only on positive evidence, so that names, keywords
and misspellings never leave the English path. Without any library: `docs/how-to/other-languages.md` has
the figures of those measured.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from ncrelations.languages.glossary import LANGUAGES, Glossary
from ncrelations.text.words import STOPWORDS, Piece, pieces_of

ENGLISH = "en"
"""The tag of English, the language of the documents."""

_SCRIPTS = (
    ("kana", re.compile(r"[\u3041-\u30ff]")),
    ("han", re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")),
    ("ko", re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),
    ("ru", re.compile(r"[\u0400-\u052f]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
)
"""What finds the letters of each script but Latin, with the language that it tells or, for two, its own name."""

_UKRAINIAN, _PERSIAN = re.compile("[іїєґ]", re.IGNORECASE), re.compile("[پچژگ]")
_LETTER = re.compile(r"[^\W\d_]")


def language_of(text: str, glossary: Glossary, english: Callable[[str], bool] = lambda _: False) -> str:
    """The language of a line: "en", "zh-Hans", "zh-Hant", "fr", ...

    `english` tells whether a word, folded, is one of the documents' or of the questions written for them.
    """
    if text.isascii() and _plainly_english(text, english):
        return ENGLISH
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS}
    latin = len(_LETTER.findall(text)) - sum(counts.values())
    name = max(counts, key=lambda each: counts[each])
    if sum(counts.values()) == 0 or _WEIGHT.get(name, 1) * counts[name] < latin * 0.6:
        return _latin(text, glossary, english)
    return _in_script(name, text, kana=counts["kana"])


_WEIGHT = {"han": 3, "kana": 3, "ko": 2}
"""How many Latin letters one letter of a denser script outweighs."""


def _in_script(name: str, text: str, *, kana: int) -> str:
    if name == "ru":
        return "uk" if _UKRAINIAN.search(text) else "ru"
    if name == "ar":
        return "fa" if _PERSIAN.search(text) else "ar"
    if name in ("han", "kana"):
        return "ja" if kana else _simplified_or_traditional(text)
    return name


def _simplified_or_traditional(text: str) -> str:
    """Which script a line in Han letters is in: which of the two national character sets has more of its letters."""
    simplified, traditional = (sum(_encodes(c, codec) for c in text) for codec in ("gb2312", "big5"))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _encodes(character: str, codec: str) -> bool:
    try:
        return bool(character.encode(codec))
    except UnicodeEncodeError:
        return False


def _plainly_english(text: str, english: Callable[[str], bool]) -> bool:
    return all(_is_english(piece, english) for piece in pieces_of(text))


def _is_english(piece: Piece, english: Callable[[str], bool]) -> bool:
    return piece.folded in STOPWORDS or english(piece.folded) or piece.text.isdigit()


@cache
def _common_words() -> dict[str, frozenset[str]]:
    return {tag: frozenset(words.split()) for tag, words in _tables().items() if tag != "other"}


@cache
def _tables() -> dict[str, Any]:
    path = Path(__file__).with_name("tables") / "common.toml"
    return tomllib.loads(path.read_text("utf-8"))


def common_words(language: str) -> frozenset[str]:
    """The common words of a language, in small letters; of "zh" the characters; none for one without a list."""
    listed: str = _tables()["other"].get(language, "")
    return frozenset(listed if language == "zh" else listed.split()) or _common_words().get(language, frozenset())


def _latin(text: str, glossary: Glossary, english: Callable[[str], bool]) -> str:
    """The language whose common words explain most of a line in Latin letters."""
    pieces = [p for p in pieces_of(unicodedata.normalize("NFC", text)) if not p.text.isdigit()]
    strange = [p for p in pieces if not _is_english(p, english)]
    ordinary = sum(p.folded in STOPWORDS for p in pieces)
    if not strange or (2 * ordinary >= len(pieces) > 2 and text.isascii()):
        return ENGLISH
    ours = ordinary + 0.5 * (len(pieces) - len(strange) - ordinary)
    scores = {tag: _score(text, tag, pieces, strange, glossary) for tag in _common_words()}
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] > ours else ENGLISH


_LETTERS = {"tr": re.compile("[ğışİ]"), "es": re.compile("[¿¡ñ]"), "de": re.compile("ß"), "fr": re.compile("[œàèêç]")}
"""Letters that no other of the large languages in Latin script has, or hardly any."""


def _score(text: str, tag: str, pieces: list[Piece], strange: list[Piece], glossary: Glossary) -> float:
    """Common words, words of the glossary that are not English ones, and a language's own letters.

    For a language without a glossary English's own common words do not count: "wat is" is rather misspelt English.
    """
    telling = pieces if tag in LANGUAGES else [piece for piece in pieces if piece.folded not in STOPWORDS]
    common = sum(p.text.lower() in _common_words()[tag] for p in telling if len(p.text) > 1 or p.text.islower())
    found = glossary.found_in(text, tag, "names", "terms")
    known = sum(any(f.start <= piece.start < f.end for f in found) for piece in strange)
    return common + known + bool(tag in _LETTERS and _LETTERS[tag].search(text))
