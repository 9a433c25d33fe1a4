"""Words of questions and passages: cleaning, splitting, stemming, and mending misspellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ncrelations.errors import InvalidQuestion
from ncrelations.texts import Reason

MAX_QUESTION = 2_000
"""Characters a question may have."""

_BROKEN = re.compile(r"[\u00ad\u2060\ufeff]|(?<=[^\W\d_]{2})[-‐]\n\s{0,8}(?=[a-z]{2})")
"""What parts a word only for the eye: soft hyphens, word joiners, and hyphens at a line's end."""

_PIECE = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+")

STOPWORDS = frozenset({
    "a", "about", "above", "after", "again", "all", "also", "am", "an", "and", "any", "are", "aren't", "as", "at",
    "be", "because", "been", "before", "being", "between", "both", "but", "by", "can", "can't", "could", "did",
    "didn't", "do", "does", "doesn't", "doing", "don't", "down", "during", "each", "else", "ever", "for", "from",
    "further", "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his", "how", "i", "if", "in",
    "into", "is", "isn't", "it", "its", "just", "let", "me", "more", "most", "much", "my", "no", "nor", "not",
    "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "please", "same",
    "shall", "she", "should", "so", "some", "such", "tell", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "us", "very", "was", "way",
    "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would",
    "you", "your", "s", "t", "what's", "who's", "how's", "it's", "there's", "exactly", "actually", "really", "say",
    "says", "said", "according",
    "whos", "whats", "hows", "wheres", "whens", "whys", "thats", "theres", "theyre", "theyve", "theyll", "youre",
    "youve", "isnt", "arent", "wasnt", "werent", "dont", "doesnt", "didnt", "cant", "couldnt", "wouldnt",
    "shouldnt", "wont", "hasnt", "havent", "hadnt", "itll", "aint", "gonna", "wanna", "gotta", "im", "ive", "id",
    "tho", "thru", "abt", "pls", "plz", "thx", "cos", "coz", "bcs", "btw", "imo", "imho", "idk", "tbh", "asap",
    "etc", "eg", "ie", "lol", "haha", "like",
})  # fmt: skip
"""Words that carry no subject of their own."""


def clean_question(question: str) -> str:
    """The question as one line of ordinary characters.

    Control, formatting and private characters, lone surrogates included, become spaces. Raises
    `InvalidQuestion` for a question without a letter or digit, longer than `MAX_QUESTION`, or no text at all.
    """
    if not isinstance(question, str):
        raise InvalidQuestion(Reason("problem.no_words"), Reason("problem.ask_something"))
    _check_length(question)
    unbroken = _BROKEN.sub("", question)
    plain = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in unbroken)
    text = " ".join(unicodedata.normalize("NFKC", plain).split())
    _check_length(text)  # a ligature may stand for eighteen letters
    if not text:
        raise InvalidQuestion(Reason("problem.empty"), Reason("problem.ask_something"))
    if not _PIECE.search(text):
        raise InvalidQuestion(Reason("problem.no_words"), Reason("problem.ask_something"))
    return text


def _check_length(question: str) -> None:
    """Raise `InvalidQuestion` for what is longer than `MAX_QUESTION`."""
    if len(question) > MAX_QUESTION:
        raise InvalidQuestion(
            Reason("problem.too_long", {"count": f"{len(question):,}"}),
            Reason("problem.ask_shorter", {"most": f"{MAX_QUESTION:,}"}),
        )


def fold_accents(word: str) -> str:
    """Lower case without accents, the dot of an i included: "Geoană" -> "geoana", "İZMİR", "Izmır" -> "izmir".

    What a pattern matches without case may differ from its key in more than case ("ı" matches "i"): folded, the
    two are equal.
    """
    if word.isascii():
        return word.lower()
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return plain.replace("ı", "i")


def lower_in_place(text: str) -> str:
    """Small letters, one for one: what stands at an offset stays there ("İ".lower() has two characters)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower()[0] for c in text)


AMERICAN_WORDS = {
    "defence": "defense", "offence": "offense", "licence": "license", "pretence": "pretense", "programme": "program",
    "programmes": "programs", "centre": "center", "centres": "centers", "theatre": "theater", "grey": "gray",
    "manoeuvre": "maneuver", "manoeuvres": "maneuvers", "judgement": "judgment", "sceptic": "skeptic",
    "sceptical": "skeptical", "scepticism": "skepticism", "ageing": "aging", "dialogue": "dialog",
    "dialogues": "dialogs", "catalogue": "catalog", "analyse": "analyze", "analysed": "analyzed",
    "analysing": "analyzing", "tonne": "ton", "storey": "story", "artefact": "artifact", "aluminium": "aluminum",
    "practise": "practice", "mould": "mold",
}  # fmt: skip
"""British words that no rule turns into the American ones."""

BRITISH_PARTS = (
    (re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=\w{3})our(?=(?:s|ed|ing|able|ful|ite|ites|less|al)?$)"), "or"),
    (re.compile(r"(?<=\w{3}[aeiou]l)l(?=(?:ed|ing|er|ers)$)"), ""),
)
"""What is British in a word, with what stands there in American; patterns that JavaScript reads as well."""


def american(word: str) -> str:
    """One spelling for British and American ones; words that have one may come out misspelt, but always alike."""
    if word in AMERICAN_WORDS:
        return AMERICAN_WORDS[word]
    for pattern, ours in BRITISH_PARTS:
        word = pattern.sub(ours, word)
    return word


@lru_cache(maxsize=8192)  # the same few thousand words again and again
def stem(word: str) -> str:
    """A light English stem: plural, past and -ing endings go, British spelling too; enough for one small corpus."""
    word = american(word)
    for ending, rest in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ings", ""),
        ("ing", ""),
        ("edly", ""),
        ("ed", ""),
        ("es", "e"),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= 4 and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)] + rest
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]  # stopp(ed) -> stop
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


class Piece(NamedTuple):
    """A run of letters and digits in a text; an abbreviation such as "U.S." is one piece."""

    text: str
    """As it stands."""
    folded: str
    """In lower case, without accents and dots."""
    start: int
    """Offset in the text."""
    end: int
    """Offset after it."""


def pieces_of(text: str) -> list[Piece]:
    """The pieces of a text, in order, possessive "s" left out."""
    found = []
    for match in _PIECE.finditer(text):
        possessive = match[0] in ("s", "S") and match.start() > 0 and text[match.start() - 1] in "'’"
        if not possessive:
            found.append(Piece(match[0], fold_accents(match[0].replace(".", "")), match.start(), match.end()))
    return found


def words_of_texts(texts: Iterable[str]) -> frozenset[str]:
    """The folded pieces of some texts, each once; but for an "s" that stands alone."""
    typed = frozenset(word for text in texts for word in _PIECE.findall(text))
    return frozenset(fold_accents(word.replace(".", "")) for word in typed) - {"s"}


def folded_pieces(name: str) -> tuple[str, ...]:
    """The pieces of a name, folded; quickly, for there are thousands of names."""
    words = name.split(" ")
    if name.isascii() and all(word.isalnum() for word in words):
        return tuple(name.lower().split(" "))
    return tuple(piece.folded for piece in pieces_of(name))


def terms(text: str) -> list[str]:
    """The stemmed content words of a text, for matching; the parts of a hyphenated word count alone."""
    content = (piece for piece in pieces_of(text) if piece.folded not in STOPWORDS or piece.text.isupper())
    return [stem(piece.folded) for piece in content if len(piece.text) > 1 or piece.text.isdigit()]
