"""Coverage, the first step of the judgement: how far the passages found meet the matter of a question.

Each word of the subject is looked for in the passages and in what people asked of them; a name also by its
aliases. How much a word counts is how few passages it tells apart from the others; words of asking and opinion,
which any passage may be asked with, do not count at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from ncrelations.questions.question import Question
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.passages import Passage
from ncrelations.text.english import is_english, words_of_manner
from ncrelations.text.words import Piece, pieces_of, terms

Where = Literal["here", "elsewhere", "nowhere"]
"""Whether a word stands in the passages found (or their questions), only in others, or in none."""


class CoveredWord(NamedTuple):
    """A word of a question's subject, and where it is met."""

    typed: str
    """As it was typed."""
    weight: float
    """How much it counts."""
    where: Where
    """Where it is met."""
    firm: bool
    """Whether a passage found has it itself, or two questions written for one: not only one of them, by chance."""


class Coverage(NamedTuple):
    """How far the passages found meet the words of a question's subject."""

    words: tuple[CoveredWord, ...]
    """The words of the subject, in order."""
    whole: bool
    """Whether the text of one of the passages found has them all, and there are some: it speaks of the subject."""

    def share(self, *where: Where) -> float:
        """The share of the words, by weight, that are met in one of these ways; 0 without any word."""
        whole = sum(word.weight for word in self.words)
        return sum(word.weight for word in self.words if word.where in where) / whole if whole else 0.0

    def named(self, *where: Where) -> tuple[str, ...]:
        """The words met in one of these ways that count most, as typed, in order."""
        heavy = [word for word in self.words if word.where in where and word.weight >= HEAVY]
        return tuple(dict.fromkeys(word.typed for word in heavy))


FRAME = frozenset(terms(
    "position view viewpoint opinion stance attitude perspective perception take thought think believe feel say "
    "tell mention discuss talk speak write written wrote explain explanation describe description summary summarise "
    "statement info information anything something everything nothing thing stuff passage paragraph quote quotation "
    "show find search look looking list give care matter important importance role play worried worry upset angry "
    "afraid fear complain complaint concern concerned affect influence source tension threat cooperate agree "
    "disagree differ difference deal context risk recommend recommendation suggest suggestion proposal exactly "
    "piece document text report article author expert come came happen want know understand learn read hear ask "
    "question answer reason cause example kind sort type part point case issue problem topic subject relation "
    "relationship side relevant related significance significant mean meaning make made use get got let put see "
    "seen saw consider regard discussion comment note detail fact story angle line word people someone anyone docs "
    "guy fella dumb stupid honest honestly actually real really basically kinda good bad big great much many lot "
    "new old now today time year according claim argue argument"
))  # fmt: skip
"""Words of asking, opinion and relation: they are the frame of a question, never its subject."""

HEAVY = 2.0
"""The weight from which a word is a subject by itself."""

_STRANGE = 0.5
"""How much a word counts that is neither English nor known: it may be a slip of the keys."""

_POINT = re.compile(r"\d[.,]$")
_FIRST, _YEAR = 3, 4
"""How many of the passages found are looked at."""


def coverage(index: Index, question: Question, text: str, passages: Sequence[Passage]) -> Coverage:
    """Where each word of the subject of a question, read as `text`, is met."""
    found = [passage.position for passage in passages[:_FIRST]]
    named = _mentioned(index, question, passages[:_FIRST])
    words, speaking = list[CoveredWord](), set(found)
    for piece, term in _subject(index, text):
        mentioned = piece.folded in named
        where: Where = "here" if mentioned else _where(index, term, found)
        firm = mentioned or any(index.tells_of(each, term, 2) for each in found)
        words.append(CoveredWord(piece.text, _weight(index, piece, term, where), where, firm))
        if not mentioned:
            speaking = {each for each in speaking if index.has(each, term)}
    return Coverage(tuple(words), whole=bool(words and speaking))


def _subject(index: Index, text: str) -> Iterator[tuple[Piece, str]]:
    """The words of a question's subject, each with its term."""
    idle = (FRAME, words_of_manner(), index.corpus.speaker_stems)
    for piece in pieces_of(text):
        if not _is_number(text, piece):
            yield from ((piece, term) for term in terms(piece.text) if not any(term in some for some in idle))


def _is_number(text: str, piece: Piece) -> bool:
    """Whether a piece is a number that is no year, or the rest of one: the "9m" of "3.9m"."""
    rest = text[piece.start].isdigit() and _POINT.search(text[: piece.start][-2:])
    return bool(rest) or (piece.folded.isdigit() and len(piece.folded) < _YEAR)


def _where(index: Index, term: str, found: Sequence[int]) -> Where:
    if any(index.tells_of(position, term) for position in found):
        return "here"
    return "elsewhere" if index.asked_of(term) else "nowhere"


def _weight(index: Index, piece: Piece, term: str, where: Where) -> float:
    strange = where == "nowhere" and piece.folded.isalpha() and not is_english(piece.folded)
    return index.telling(term) * (_STRANGE if strange else 1.0)


def _mentioned(index: Index, question: Question, passages: Sequence[Passage]) -> frozenset[str]:
    """The words of names in the question that the passages mention under any name."""
    entities = index.corpus.entities
    there = {mention.entity for passage in passages for mention in entities.mentioned(passage.block)}
    met = [each for each in question.named if each.entity.name in there]
    return frozenset(p.folded for p in question.pieces if any(each.start <= p.start < each.end for each in met))
