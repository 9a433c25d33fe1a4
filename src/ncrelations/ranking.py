"""Fusing the signals into one ranked list of passages, and the sentences of each that answer.

Every signal is brought to 0..1 over all passages by min-max, then summed with weights that
`tests/eval/fit.py` fitted on the fitting set. Rank fusion is not used: it throws the margins away.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ncrelations.citation import Citation
from ncrelations.document import Section, Voice
from ncrelations.encoder import Encoder, Vectors
from ncrelations.gazetteer import canonical
from ncrelations.index import Index, Scores, Signals
from ncrelations.passages import BankQuestion, Passage
from ncrelations.question import Question
from ncrelations.words import terms

SIGNALS = (
    "block", "sentence", "question", "questions", "text words", "question words", "votes",
    "side", "document", "section",
)  # fmt: skip
"""The signals, in the order of `WEIGHTS` and of the rows of `features`."""

WEIGHTS: tuple[float, ...] = (0.0, 0.44, 0.0, 0.0, 0.0, 0.86, 0.67, 0.32, 0.05, 0.3)
"""The weight of each signal in a passage's score."""

SEVERAL: tuple[float, ...] = (0.0, 0.23, 0.60, 0.45, 0.0, 0.69, 0.0, 0.30, 0.05, 0.3)
"""The weights for a question that asks several things: votes would go to one passage against the others."""

SENTENCE_WEIGHTS = (0.2, 0.7, 0.1)
"""The weights of a sentence's own similarity, of its bank questions and of its words."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a question, scored against everything indexed."""

    text: str
    """The question in this reading."""
    features: NDArray[np.float64]
    """Signal by passage, each row in 0..1: shape (signals, passages)."""
    similarities: Scores
    """The best cosine of the question with the bank questions of each passage."""
    sentences: Scores
    """How well each sentence of the documents answers."""
    unanswered: BankQuestion
    """The nearest question that is known to be unanswered."""
    unanswered_similarity: float
    """The cosine with it."""
    vector: Vectors
    """Its vector by the English model."""
    doubt: float
    """Whether questions known to be unanswered (1) or answered (-1) say that it is of their kind."""
    dense: float
    """The best cosine with any block or sentence."""
    mended: tuple[tuple[str, str], ...]
    """(typed, meant) of the misspellings that this reading mends."""
    context: Mapping[int, float]
    """What passages gain from the conversation before, by position."""
    words: float
    """The share of the question's content words, weighted by rarity, that the best passage has."""
    nearest: str | None = None
    """For a question in another language: the nearest English question of the bank."""
    weights: tuple[float, ...] | None = None
    """The weight of each signal in a passage's score; `None` for `WEIGHTS`."""

    @property
    def similarity(self) -> float:
        """The best cosine of the question with any question of the bank."""
        return float(self.similarities.max())

    @property
    def scores(self) -> Scores:
        """One score a passage."""
        scores = np.asarray(np.array(self.weights or WEIGHTS) @ self.features)
        for position, gain in self.context.items():
            scores[position] += gain
        return scores


TOPIC, TOPIC_ALONE = 0.5, 0.85
"""The share of the topic's reading, without the speakers or documents named, in a question's scores: where
one is named, and where several are."""


def mixed(reading: Reading, other: Reading, share: float) -> Reading:
    """A reading whose signals are those of `reading`, with a share of those of `other` mixed in.

    What the question names (side, document, section) and how near it comes to the bank stay its own.
    """
    fits = SIGNALS.index("side")
    features = np.concatenate(
        [(1 - share) * reading.features[:fits] + share * other.features[:fits], reading.features[fits:]]
    )
    return replace(reading, features=features, sentences=(1 - share) * reading.sentences + share * other.sentences)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its score."""

    passage: Passage
    """The passage."""
    score: float
    """Higher is better."""
    sentence_scores: tuple[float, ...]
    """How well each of its sentences answers, in order; higher is better."""


def read(index: Index, encoder: Encoder, question: Question, *, neutral: bool = False) -> Reading:
    """Score the question; a mending is taken where it comes nearer to the question bank.

    `neutral` leaves out of account which side, document or section the question names.
    """
    if neutral:
        question = replace(question, voice=None, document=None, section=None)
    best = _read(index, encoder, question, question.reading)
    for mending in question.mendings:
        other = _read(index, encoder, question, mending.text)
        if other.similarity >= best.similarity + mending.gain:
            best = replace(other, mended=mending.changes)
    return best


def _read(index: Index, encoder: Encoder, question: Question, text: str) -> Reading:
    query = terms(text)
    return reading_of(index, question, text, query, index.signals(encoder.encode([canonical(text)])[0], query))


def reading_of(index: Index, question: Question, text: str, query: Sequence[str], signals: Signals) -> Reading:
    """The reading of a question as `text`, given its terms and their signals."""
    sentence = _best(signals.sentences, index.sentence_owner, len(index.passages))
    best, second = _best_two(signals.questions, index.question_owner, len(index.passages))
    fits = [fit(question, index.passages) for fit in (_side_fit, _document_fit, _section_fit)]
    dense = (
        signals.blocks,
        sentence,
        best,
        (best + second) / 2,
        signals.text_words,
        signals.question_words,
        signals.votes,
    )
    return Reading(
        text=text,
        features=np.stack([*map(_unit, dense), *fits]),
        similarities=best,
        sentences=_sentence_scores(index, signals, query),
        unanswered=index.unanswered(int(signals.unanswered.argmax())),
        unanswered_similarity=float(signals.unanswered.max()),
        vector=signals.vector,
        doubt=signals.doubt,
        dense=float(max(signals.blocks.max(), sentence.max())),
        mended=(),
        context={},
        words=_coverage(index, query),
    )


def _unit(scores: Scores) -> Scores:
    """Min-max to 0..1."""
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def _best(scores: Scores, owner: NDArray[np.int64], count: int) -> Scores:
    best = np.full(count, -1.0)
    np.maximum.at(best, owner, scores)
    return best


def _best_two(scores: Scores, owner: NDArray[np.int64], count: int) -> tuple[Scores, Scores]:
    """The best and second-best score among what each passage owns."""
    best = _best(scores, owner, count)
    rest = np.where(scores >= best[owner], -1.0, scores)
    second = _best(rest, owner, count)
    return best, np.where(second < 0, best, second)


def _coverage(index: Index, query: Sequence[str]) -> float:
    """How much of the question, by rarity of its words, the documents have at all."""
    if not query:
        return 0.0
    weights = [index.rarity(term) for term in query]
    return sum(w for term, w in zip(query, weights, strict=True) if term in index.stems) / sum(weights)


def _sentence_scores(index: Index, signals: Signals, query: Sequence[str]) -> Scores:
    """How well each sentence answers: by itself, by the bank questions that belong to it, by its words."""
    bank = np.full(len(index.sentences), -1.0)
    np.maximum.at(bank, index.asked_sentence, signals.questions[index.asking_question])
    words = np.zeros(len(index.sentences))
    for term in set(query):
        words[index.sentences_with(term)] += index.rarity(term)
    own, asked, shared = SENTENCE_WEIGHTS
    return own * signals.sentences + asked * bank + shared * words / max(float(words.max()), 1e-9)


@cache
def _positions() -> dict[Voice, frozenset[Citation]]:
    """Editorial: the passages in other voices that report where a side stands."""
    tables = tomllib.loads((Path(__file__).with_name("editorial") / "positions.toml").read_text("utf-8"))
    return {
        voice: frozenset(map(Citation.parse, [*tables[voice.value], *tables["both"]]))
        for voice in (Voice.NATO, Voice.CHINA)
    }


def speaks_for(passage: Passage, voice: Voice) -> float:
    """1 where the passage is in that voice, 0.6 where it reports that side's position, 0 elsewhere."""
    if passage.block.voice is voice:
        return 1.0
    return 0.6 if passage.block.citation in _positions().get(voice, ()) else 0.0


def _side_fit(question: Question, passages: Sequence[Passage]) -> Scores:
    if question.voice is None:
        return np.zeros(len(passages))
    return np.array([speaks_for(passage, question.voice) for passage in passages])


def _document_fit(question: Question, passages: Sequence[Passage]) -> Scores:
    return np.array([float(passage.block.citation.document == question.document) for passage in passages])


def _section_fit(question: Question, passages: Sequence[Passage]) -> Scores:
    section = question.section
    if section is None:
        return np.zeros(len(passages))
    return np.array([float(passage.block.citation.within(section)) for passage in passages])


def ranked(
    index: Index, scores: Scores, sentences: Scores, within: Citation | None = None, voice: Voice | None = None
) -> list[Ranked]:
    """The passages in order of score, ties in document order, filtered by place and voice."""
    found = []
    for number in np.argsort(-scores, kind="stable"):
        passage = index.passages[number]
        if within is not None and not passage.block.citation.within(within):
            continue
        if voice is not None and passage.block.voice is not voice:
            continue
        mine = sentences[index.sentence_owner == number]
        found.append(Ranked(passage, float(scores[number]), tuple(float(score) for score in mine)))
    return found


NEAR_BEST, OWN_VOICE, ANSWERS = 0.6, 0.9, 0.95
"""The share of the best score from which a side's passage is worth showing, and from which it answers."""


def diversified(passages: Sequence[Ranked], voices: Sequence[Voice], first: int = 5) -> list[Ranked]:
    """The passages with evidence from several sides among the first few.

    Each of `voices` gets its best passage in, if it has one worth showing; the other places go by score,
    less a little for every passage already chosen from the same voice.
    """
    floor = NEAR_BEST * passages[0].score if passages else 0.0
    chosen = list[Ranked]()
    for voice in voices:
        mine = [p for p in passages if speaks_for(p.passage, voice) and p not in chosen and p.score >= floor]
        chosen += sorted(mine, key=lambda each: -each.score - SIDE * speaks_for(each.passage, voice))[:1]
    return filled(chosen, passages, first)


def filled(chosen: Sequence[Ranked], passages: Sequence[Ranked], first: int = 5) -> list[Ranked]:
    """The chosen passages among the first few, the other places filled by score over the voices."""
    found = list(chosen)
    rest = [each for each in passages if each not in found]
    while rest and len(found) < first:
        best = max(rest, key=lambda each: each.score - SAME_VOICE * _same_voice(each, found))
        rest.remove(best)
        found.append(best)
    return sorted(found, key=lambda each: -each.score) + rest


def home_of(passages: Sequence[Ranked]) -> Section | None:
    """The section of most of the best passages, if it has at least two of them."""
    sections = [each.passage.block.section for each in passages[:8]]
    lists = [section for section in sections if section.id not in ("front", "intro", "notes")]
    ids = [section.id for section in lists]
    home = max(lists, key=lambda section: ids.count(section.id), default=None)
    return home if home and ids.count(home.id) > 1 else None


def gathered(passages: Sequence[Ranked]) -> list[Ranked]:
    """The passages for a list: those of the section that has most of the best ones gain a little."""
    home = home_of(passages)
    if home is None:
        return list(passages)
    gained = [replace(p, score=p.score + HOME) if p.passage.block.section.id == home.id else p for p in passages]
    return sorted(gained, key=lambda each: -each.score)


HOME, CLAUSE = 0.4, 0.4
"""What a passage of a list's section gains, and the share of a clause's own reading in its scores."""


def _same_voice(candidate: Ranked, chosen: Sequence[Ranked]) -> int:
    return sum(each.passage.block.voice is candidate.passage.block.voice for each in chosen)


SIDE, SAME_VOICE = 0.28, 0.1
"""What speaking for the side in question is worth, and what each passage chosen from one voice costs the next."""


def sided(passages: Sequence[Ranked], voice: Voice, near: float = ANSWERS) -> list[Ranked]:
    """The passages in a side's own voice, if one of them is near the best.

    Else those that report where it stands, if one of those has the share `near` of the best score;
    else all of them.
    """
    own = [each for each in passages if each.passage.block.voice is voice]
    if own and own[0].score >= OWN_VOICE * passages[0].score:
        return own
    mine = [each for each in passages if speaks_for(each.passage, voice)]
    if not mine or mine[0].score < near * passages[0].score:
        return list(passages)
    return mine
