"""What speaks for and against a passage as the answer to a question, where no questions were written beforehand.

Every number is of the question's own words: which of them the passage lacks, whether it gives the kind of thing asked
for, how near it comes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.answers.answer_kinds_given import DATE, NUMBER, missing
from ncrelations.collections.live_words import LiveWords
from ncrelations.collections.passage_text import RankedPassage
from ncrelations.document.entities import Entities
from ncrelations.document.tree import Block
from ncrelations.questions.answer_kind import Wanted, wanted_by
from ncrelations.questions.question import Question
from ncrelations.text.words import pieces_of, terms
from ncrelations.texts import reason

_DENIES = re.compile(
    r"\b(?:not|never|no|none|nor|neither|without|except|least|cannot|fail\w*|lack\w*|refus\w+"
    r"|un(?!der|i[otvqfl]|til|less)\w{4,}|dis(?!cov|cus|cip|tan|tri|tin|play|ease|aster|c\b|k)\w{4,})\b|n['’]t\b",
    re.IGNORECASE,
)
_MOST_NAMES = 3

_WHEN = re.compile(
    rf"{DATE.pattern}|\b\d{{3,4}}s?\b|\b(?:[Cc]entury|[Cc]enturies|AD|BC|A\.D\.|B\.C\.)(?:\W|$)"
    r"|\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|(?:mid)?night|noon|spring|summer|autumn|winter|today|yesterday)\b"
)
"""What tells when: own documents may speak of any time."""


@dataclass(frozen=True, slots=True)
class WordAsked:
    """A word of a question's matter."""

    typed: str
    """As it was typed."""
    term: str
    """As it is looked for."""
    weight: float
    """How much it tells."""
    having: int
    """How many passages have it."""
    is_name: bool
    """Whether it is written as a name, or a number."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a passage has of a question."""

    near: float
    """The cosine with its best sentence; 0 where it is not searched by meaning."""
    names_missing: float
    """How many names and numbers the passage lacks, a third each, at most all."""
    names_apart: float
    """How many its best sentence lacks."""
    unmet: float
    """The weight of the weightiest word that the best sentence lacks, as a share of the greatest weight there is."""
    kind: float
    """1 where the best sentence gives the kind of thing asked for, -1 where not, 0 where none is asked for."""
    denied: float
    """1 where the question denies something and the best sentence denies nothing."""
    length: float
    """How many words of matter the question has, a tenth each."""


def words_asked(text: str, words: LiveWords) -> tuple[WordAsked, ...]:
    """The words of a question's matter, each once."""
    found: dict[str, WordAsked] = {}
    shouted = text.isupper() or text.istitle()
    for piece in pieces_of(text):
        for term in terms(piece.text):
            having = words.having(term)
            is_name = piece.text[0].isdigit() or (piece.text[0].isupper() and piece.start > 0 and not shouted)
            found.setdefault(term, WordAsked(piece.text, term, words.rarity(having), having, is_name))
    return tuple(found.values())


def sentence_scores(asked: Sequence[WordAsked], passage: RankedPassage, sentences: Sequence[str]) -> list[float]:
    """How well each sentence of a passage answers: by meaning where there is any, and by the words it has."""
    weight = sum(word.weight for word in asked) or 1.0
    own = [frozenset(terms(sentence)) for sentence in sentences]
    met = [sum(word.weight for word in asked if word.term in has) / weight for has in own]
    if len(passage.sentence_scores) != len(sentences):
        return met
    both = zip(passage.sentence_scores, met, strict=True)
    return [_MEANING * cosine + (1 - _MEANING) * share for cosine, share in both]


_MEANING = 0.6


def evidence_of(
    question: str, asked: Sequence[WordAsked], passage: RankedPassage, sentences: Sequence[str], rarest: float
) -> Evidence:
    """What a passage has of a question; `rarest` is the greatest weight that a word can have."""
    scores = sentence_scores(asked, passage, sentences)
    best = sentences[max(range(len(scores)), key=scores.__getitem__)]
    whole, own = frozenset(terms(" ".join(sentences))), frozenset(terms(best))
    names = [word for word in asked if word.is_name]
    return Evidence(
        near=passage.signals.sentence,
        names_missing=min(sum(word.term not in whole for word in names), _MOST_NAMES) / _MOST_NAMES,
        names_apart=min(sum(word.term not in own for word in names), _MOST_NAMES) / _MOST_NAMES,
        unmet=max((word.weight for word in asked if word.term not in own), default=0.0) / max(rarest, 1e-9),
        kind=_kind(question, best),
        denied=float(bool(_DENIES.search(question)) and not _DENIES.search(best)),
        length=len(asked) / 10,
    )


def _kind(question: str, sentence: str) -> float:
    """Whether a sentence gives the kind of thing that a question asks for, other than what the question says itself."""
    wanted, said = wanted_by(question), frozenset(piece.folded for piece in pieces_of(question))
    new = [piece for piece in pieces_of(sentence) if piece.folded not in said]
    match wanted:
        case Wanted.YEAR | Wanted.DATE:
            given = bool(_WHEN.search(" ".join(piece.text for piece in new)))
        case Wanted.NUMBER:
            given = bool(NUMBER.search(" ".join(piece.text for piece in new)))
        case Wanted.PERSON | Wanted.NAME | Wanted.PLACE:
            given = any(piece.text[0].isupper() and piece.start > 0 for piece in new)
        case _:
            return 0.0
    return 1.0 if given else -1.0


def lacking(question: Question, block: Block) -> str | None:
    """Why a block does not give the kind of thing asked for, where its text can tell; `None` where it does."""
    match question.wanted:
        case Wanted.YEAR | Wanted.DATE:
            said = frozenset(question.core.split())
            rest = " ".join(word for word in block.text.split() if word not in said)
            return None if _WHEN.search(rest) else reason("no_year" if question.wanted is Wanted.YEAR else "no_date")
        case Wanted.NUMBER:
            return missing(Entities(), question, block)
    return None
