"""Which language a line is in, as a BCP 47 tag: by its script, and among Latin scripts by its common words.

English is the answer in every doubt: a line is foreign only on positive evidence, so that names, keywords,
ordinary English words and misspellings never leave the English path. Without any library:
`docs/how-to/other-languages.md` has the figures of those measured.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from ncrelations.languages.glossary import LANGUAGES, Glossary
from ncrelations.text.english import is_english
from ncrelations.text.patterns import Pattern
from ncrelations.text.words import STOPWORDS, Piece, pieces_of
from ncrelations.texts.whole_files import packaged_table

ENGLISH = "en"
"""The tag of English, the language of the documents."""

_SCRIPTS = (
    ("kana", Pattern(r"[\u3041-\u30ff]")),
    ("han", Pattern(r"[\u3400-\u9fff\uf900-\ufaff]")),
    ("ko", Pattern(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),
    ("ru", Pattern(r"[\u0400-\u052f]")),
    ("ar", Pattern(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("he", Pattern(r"[\u0590-\u05ff]")),
    ("el", Pattern(r"[\u0370-\u03ff]")),
    ("hi", Pattern(r"[\u0900-\u097f]")),
    ("th", Pattern(r"[\u0e00-\u0e7f]")),
    ("ka", Pattern(r"[\u10a0-\u10ff]")),
    ("hy", Pattern(r"[\u0530-\u058f]")),
)
"""What finds the letters of each script but Latin, with the language that it tells or, for two, its own name."""

_UKRAINIAN, _PERSIAN = Pattern("[іїєґ]", re.IGNORECASE), Pattern("[پچژگ]")
_LETTER = Pattern(r"[^\W\d_]")


def language_of(text: str, glossary: Glossary, english: Callable[[str], bool] = lambda _: False) -> str:
    """The language of a line: "en", "zh-Hans", "zh-Hant", "fr", ...

    `english` tells whether a word, folded, is one of the documents' or of the questions written for them.
    """
    text = _PHRASES.sub(lambda match: " " * len(match[0]), unicodedata.normalize("NFC", text))
    pieces = pieces_of(text)
    if text.isascii() and (_one_word(text) or _all_english(pieces, english)):
        return ENGLISH
    counts = {name: 0 if text.isascii() else _count(pattern, text) for name, pattern in _SCRIPTS}
    latin = _count(_LETTER, text) - sum(counts.values())
    name = max(counts, key=lambda each: counts[each])
    if sum(counts.values()) == 0 or _WEIGHT.get(name, 1) * counts[name] < latin * 0.6:
        return _latin(text, pieces, glossary, english)
    return _in_script(name, text, kana=counts["kana"])


def _count(pattern: Pattern, text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


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


def _one_word(text: str) -> bool:
    return len(text.split()) == 1


def plainly_english(text: str, english: Callable[[str], bool]) -> bool:
    """Whether a line has no word that is not an ordinary English one or one of those that `english` knows."""
    return _all_english(pieces_of(text), english)


def _all_english(pieces: list[Piece], english: Callable[[str], bool]) -> bool:
    return all(_is_english(piece, english) for piece in pieces)


def _is_english(piece: Piece, english: Callable[[str], bool]) -> bool:
    """Whether a word is an English one, or one of the documents or a name that they have.

    Of those that English only borrows ("les", "der", "para") none is.
    """
    word = piece.text.lower()
    if word in STOPWORDS or english(piece.folded) or piece.text.isdigit():
        return True
    return word.isascii() and is_english(word) and word not in _borrowed()


@cache
def _common_words() -> dict[str, frozenset[str]]:
    return {tag: frozenset(words.split()) for tag, words in _tables().items() if tag != "other"}


@cache
def _borrowed() -> frozenset[str]:
    """The common words of all languages in Latin letters."""
    return frozenset().union(*_common_words().values())


@cache
def _tables() -> dict[str, Any]:
    path = Path(__file__).with_name("tables") / "common.toml"
    return packaged_table(path)


def common_words(language: str) -> frozenset[str]:
    """The common words of a language, in small letters; of "zh" the characters; none for one without a list."""
    listed: str = _tables()["other"].get(language, "")
    return frozenset(listed if language == "zh" else listed.split()) or _common_words().get(language, frozenset())


_PHRASES = Pattern(
    r"\b(?:de (?:facto|jure)|per se|en (?:passant|masse)|laissez[- ]faire|casus belli|vis[- ][àa][- ]vis|et al"
    r"|(?:coup|raison)s? d'[ée]tat|fait accompli|force majeure|par excellence|(?:el|la) ni[ñn][oa]|d[ée]tente"
    r"|d[ée]marches?|communiqu[ée]s?|r[ée]gimes?|caf[ée]s?)\b",
    re.IGNORECASE,
    (
        "de facto", "de jure", "per se", "passant", "masse", "laissez", "casus", "vis", "et al", "coup", "raison",
        "accompli", "majeure", "excellence", "el ni", "la ni", "tente", "marche", "communiqu", "gime", "caf",
    ),
)  # fmt: skip
"""Phrases of other languages that English has."""


def _latin(text: str, every: list[Piece], glossary: Glossary, english: Callable[[str], bool]) -> str:
    """The language whose own words explain most of a line in Latin letters."""
    words = [p for p in every if not p.text.isdigit()]
    pieces = [p for n, p in enumerate(words) if not _in_a_name(words, n)]
    strange = [p for p in pieces if not _is_english(p, english)]
    ordinary = sum(p.text.lower() in STOPWORDS for p in pieces)
    if not strange or (2 * ordinary >= len(pieces) > 2 and text.isascii()):
        return ENGLISH
    evidence = {tag: _evidence(every, tag, pieces, strange, glossary, english) for tag in _common_words()}
    plain = [p for p in pieces if p.text.lower() not in STOPWORDS]
    scores = {tag: _score(text, tag, plain, found) for tag, found in evidence.items()}
    best = max(scores, key=lambda tag: scores[tag])
    foreign = {p.start for p in strange}
    ours = [p for p in pieces if p.start not in foreign and not (best in LANGUAGES and _common(p, best))]
    weight = sum(map(_weight, ours))
    return best if scores[best] > weight and _clear(scores[best], evidence[best]) else ENGLISH


def _weight(piece: Piece) -> float:
    """How much an English word speaks for English: a name hardly does."""
    return 1.0 if piece.text.lower() in STOPWORDS else 0.25 if piece.text[0].isupper() else 0.5


def _in_a_name(pieces: list[Piece], at: int) -> bool:
    """Whether a word is the particle of a name: "Charles de Gaulle", "La Paz", "Ursula von der Leyen"."""
    if pieces[at].folded not in _PARTICLES or at + 1 == len(pieces):
        return False
    if not (pieces[at + 1].text[0].isupper() or _in_a_name(pieces, at + 1)):
        return False
    before = pieces[at - 1] if at else pieces[at]
    return before.text[0].isupper() or before.folded in ("von", "van")


_PARTICLES = frozenset({"de", "du", "da", "di", "do", "dos", "el", "la", "los", "las", "von", "van", "der"})


def _clear(score: float, evidence: list[Piece]) -> bool:
    """Whether the evidence for a language is more than one short word, or one that English borrows."""
    own = [p for p in evidence if not (p.text.isascii() and is_english(p.folded)) and len(p.text) > _SHORT]
    return score >= _SEVERAL or bool(own) or (score >= 1 and not evidence)


_SHORT, _SEVERAL = 2, 2


def may_be_english(text: str, language: str, english: Callable[[str], bool] = lambda _: False) -> bool:
    """Whether a line said to be in another language may as well be read as English.

    So it is in Latin letters where no common word of the language stands in it that English does not have.
    """
    if language not in _common_words():
        return False
    strange = [piece for piece in pieces_of(text) if not _is_english(piece, english)]
    return not any(piece.text.lower() in _common_words()[language] for piece in strange)


_LETTERS = {"tr": Pattern("[ğışİ]"), "es": Pattern("[¿¡ñ]"), "de": Pattern("ß"), "fr": Pattern("[œàèêç]")}
"""Letters that no other of the large languages in Latin script has, or hardly any; in a name they tell nothing."""


def _common(piece: Piece, tag: str) -> bool:
    return piece.text.lower() in _common_words()[tag] and (len(piece.text) > 1 or piece.text.islower())


def _evidence(
    every: list[Piece],
    tag: str,
    pieces: list[Piece],
    strange: list[Piece],
    glossary: Glossary,
    english: Callable[[str], bool],
) -> list[Piece]:
    """The words that a language explains and English does not: common ones, and those of the glossary."""
    found = glossary.found_among(every, tag, "names", "terms") if tag in LANGUAGES else []
    own = [p for p in strange if _common(p, tag)]
    if not found:
        return own
    foreign = {p.start for p in strange}
    names = {at for f in found if f.table == "names" for at in range(f.start, f.end)}
    terms = {at for f in found for at in range(f.start, f.end)}
    inside = (p for p in pieces if p.start in terms)
    glossed = [p for p in inside if p.start in foreign or (p.start in names and not english(p.folded))]
    return own + glossed


def _score(text: str, tag: str, plain: list[Piece], evidence: list[Piece]) -> float:
    """How much speaks for a language; common words that English has too count half, beside others.

    `plain` are the words that are no English stop words.
    """
    counted = {p.start for p in evidence}
    shared = sum(_common(p, tag) for p in plain if p.start not in counted)
    small = (word for word in text.split() if not word[0].isupper())
    letters = tag in _LETTERS and any(map(_LETTERS[tag].search, small))
    return len(evidence) + 0.5 * shared + letters
