"""Scoring: every signal of a question against everything indexed, and its readings mixed.

Every signal is brought to 0..1 over all passages by min-max, then summed with weights that
`tests/eval/fit.py` fitted on the fitting set. Rank fusion is not used: it throws the margins away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ncrelations.models.encoder import Vectors
from ncrelations.models.question_networks import NOTHING, Looked
from ncrelations.questions.question import Question
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.passages import BankQuestion, Passage
from ncrelations.retrieval.signals import Scores, Signals
from ncrelations.retrieval.written_beforehand import Kind, WrittenVotes

SIGNALS = (
    "block", "sentence", "question", "questions", "text words", "question words", "shared words", "votes",
    "side", "document", "section",
)  # fmt: skip
"""The signals, in the order of `WEIGHTS` and of the rows of `features`."""

WEIGHTS: tuple[float, ...] = (0.03, 0.15, 0.26, 0.25, 0.02, 0.38, 0.29, 0.33, 0.19, 0.15, 0.0)
"""The weight of each signal in a passage's score."""

SEVERAL: tuple[float, ...] = (0.0, 0.23, 0.60, 0.45, 0.0, 0.69, 0.0, 0.0, 0.30, 0.05, 0.3)
"""The weights for a question that asks several things: votes would go to one passage against the others."""

SENTENCE_WEIGHTS = (0.2, 0.7, 0.1)
"""The weights of a sentence's own similarity, of its bank questions and of its words."""


class Reading(NamedTuple):
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
    """The nearest question that is known to be unanswered and has no other party first."""
    unanswered_similarity: float
    """The cosine with it."""
    answered_similarity: float
    """The best cosine with any question known to be answered."""
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
    weights: tuple[float, ...] | None = None
    """The weight of each signal in a passage's score; `None` for `WEIGHTS`."""
    looked: Looked = NOTHING
    """What networks say of it, by the states of its tokens."""

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
    return reading._replace(features=features, sentences=(1 - share) * reading.sentences + share * other.sentences)


def reading_of(index: Index, question: Question, text: str, query: Sequence[str], signals: Signals) -> Reading:
    """The reading of a question as `text`, given its terms and their signals."""
    cosines = signals.cosines
    sentence = index.owners_of_sentences.best(cosines.sentences)
    best, second = index.owners_of_questions.best_two(cosines.questions)
    answered = np.concatenate([cosines.questions, cosines.twins])
    words_best, words_second = index.owners_of_questions.best_two(signals.shared_words)
    unanswered = np.where(signals.contrary, 0.0, cosines.unanswered)
    dense = (
        *(cosines.blocks, sentence, best),
        (best + second) / 2,
        *(signals.text_words, signals.question_words),
        (words_best + words_second) / 2,
        signals.votes,
    )
    return Reading(
        text=text,
        features=np.stack([*map(_unit, dense), *_fits(index, question)]),
        similarities=best,
        sentences=_sentence_scores(index, signals, query),
        unanswered=index.unanswered(int(unanswered.argmax())),
        unanswered_similarity=float(unanswered.max()),
        vector=cosines.vector,
        doubt=signals.doubt,
        answered_similarity=float(answered.max()),
        dense=float(max(cosines.blocks.max(), sentence.max())),
        mended=(),
        context={},
        words=_coverage(index, query),
    )


def _unit(scores: Scores) -> Scores:
    """Min-max to 0..1."""
    low, high = float(scores.min()), float(scores.max())
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def _coverage(index: Index, query: Sequence[str]) -> float:
    """How much of the question, by rarity of its words, the documents have at all."""
    if not query:
        return 0.0
    weights = [index.rarity(term) for term in query]
    return sum(w for term, w in zip(query, weights, strict=True) if term in index.stems) / sum(weights)


def _sentence_scores(index: Index, signals: Signals, query: Sequence[str]) -> Scores:
    """How well each sentence answers: by itself, by the bank questions that belong to it, by its words."""
    bank = index.owners_of_asking.best(signals.cosines.questions[index.asking_question])
    words = np.zeros(len(index.sentences))
    for term in set(query):
        words[index.sentences_with(term)] += index.rarity(term)
    own, asked, shared = SENTENCE_WEIGHTS
    return own * signals.cosines.sentences + asked * bank + shared * words / max(float(words.max()), 1e-9)


def _fits(index: Index, question: Question) -> tuple[Scores, ...]:
    """How far each passage is where the question wants its answer from."""
    return _side_fit(index, question), _document_fit(index, question), _section_fit(index, question)


def _side_fit(index: Index, question: Question) -> Scores:
    voice = question.voice
    if voice is None:
        return np.zeros(len(index.passages))
    return np.array([index.corpus.speaks_for(passage.block, voice) for passage in index.passages])


def _document_fit(index: Index, question: Question) -> Scores:
    return np.array([float(passage.block.citation.document == question.document) for passage in index.passages])


def _section_fit(index: Index, question: Question) -> Scores:
    section = question.section
    if section is None:
        return np.zeros(len(index.passages))
    return np.array([float(passage.block.within(section)) for passage in index.passages])


class Scorer(Protocol):
    """Reads and scores the questions of one language."""

    @property
    def index(self) -> Index:
        """What questions are scored against."""

    def written(self, kind: Kind) -> WrittenVotes | None:
        """Questions of a kind written beforehand, in the space of `Reading.vector`."""

    def read(self, question: str) -> Question:
        """Read a question. Raises `InvalidQuestion`."""

    def score(self, question: Question, *, neutral: bool = False) -> Reading:
        """Score a question; `neutral` leaves out of account which side, document or section it names."""

    def score_all(self, questions: Sequence[Question], *, judged: bool = False) -> list[Reading]:
        """Score some questions, each as if it were the only one; whether the first is to be `judged`."""

    def in_english(self, question: Question, reading: Reading, passages: Sequence[Passage]) -> tuple[Question, Reading]:
        """The question and its reading as the rules of judgement read them."""


class Scored(NamedTuple):
    """A question with all that was scored for it."""

    question: Question
    """The question."""
    reading: Reading
    """Its reading, with a share of its topic's."""
    topic: Reading | None
    """The reading without the speaker or document it names, where it names one."""
    parts: tuple[Reading, ...]
    """The readings of its parts, in order."""


def without_place(question: Question) -> Question:
    """A question as if it named no side, document or section."""
    return question._replace(voice=None, document=None, section=None)


def scored(scorer: Scorer, question: Question, reading: Reading | None = None) -> Scored:
    """Score a question, its topic and its parts; `reading` is a reading of it known already."""
    about = [without_place(question._replace(reading=question.topic, mendings=()))] if question.topic else []
    found = scorer.score_all([*([] if reading else [question]), *about, *question.parts], judged=reading is None)
    whole, rest = (reading, found) if reading else (found[0], found[1:])
    topic = rest[0] if about else None
    if topic is not None:
        whole = mixed(whole, topic, TOPIC if len(question.voices) < 2 else TOPIC_ALONE)
    return Scored(question, whole, topic, tuple(rest[len(about) :]))
