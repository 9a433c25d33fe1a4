"""ask() and search(): a question in, verbatim excerpts with voice, citation and judgement out.

This module is light: the index and the model are loaded by the first question, not by the import.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from ncrelations.citation import Citation
from ncrelations.corpus import resolve
from ncrelations.document import Voice
from ncrelations.errors import InvalidQuestion
from ncrelations.excerpt import WIDER, WORDS, Excerpt, excerpt_of
from ncrelations.texts import Reason, reason
from ncrelations.words import MAX_QUESTION

if TYPE_CHECKING:
    from ncrelations.encoder import Encoder
    from ncrelations.foreign import Foreign
    from ncrelations.index import Index, Scores
    from ncrelations.judge import Status, Verdict
    from ncrelations.precedents import Kind
    from ncrelations.question import Question
    from ncrelations.ranking import Ranked, Reading


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents have to say to a question."""

    question: str
    """The question as asked, cleaned of control characters."""
    understood_as: str | None
    """How it was read, where that differs from how it was asked."""
    status: Status
    """"answered", "partial" (the matter is there, the detail is not) or "not_found"."""
    confidence: float
    """0..1: the chance that the first excerpt holds the answer; calibrated on the fitting set."""
    reasons: tuple[str, ...]
    """Why `partial` or `not_found`, in words."""
    voice: Voice | None
    """The side or speaker whose view was asked for."""
    excerpts: tuple[Excerpt, ...]
    """The passages that answer, best first; with `not_found`, the nearest ones all the same."""
    language: str = "en"
    """The language of the question, as a BCP 47 tag ("zh-Hant"); the excerpts are English."""

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data: exactly what `ncr ask --json` prints."""
        return {
            "question": self.question,
            "understood_as": self.understood_as,
            "status": self.status,
            "confidence": round(self.confidence, 4),
            "reasons": list(self.reasons),
            "voice": self.voice.value if self.voice else None,
            "excerpts": [excerpt.to_dict() for excerpt in self.excerpts],
            "language": self.language,
        }


class Library:
    """The index and the encoder together: what questions are asked of. Safe to share between threads."""

    def __init__(self, index: Index, encoder: Encoder, foreign: Foreign | None = None) -> None:
        """Raises `IndexMismatch` for an index that another model built.

        `foreign` reads and scores the questions of another language than English.
        """
        index.check_model(encoder)
        self.index, self.encoder, self.foreign = index, encoder, foreign

    def read(self, question: str) -> Question:
        """Read a question. Raises `InvalidQuestion`."""
        from ncrelations.question import read_question

        if self.foreign is not None:
            return self.foreign.read(question)
        return read_question(question, self.index.vocabulary, self.index.document_words, self.encoder.knows)

    def score(self, question: Question, *, neutral: bool = False) -> Reading:
        """Score a question against everything indexed."""
        from ncrelations.ranking import read

        if self.foreign is not None:
            return self.foreign.score(question, neutral=neutral)
        return read(self.index, self.encoder, question, neutral=neutral)

    def read_and_score(self, question: str) -> tuple[Question, Reading]:
        """Read a question and score it."""
        asked = self.read(question)
        return asked, self.score(asked)

    def judged(
        self, question: Question, reading: Reading, topic: Reading | None, passages: Sequence[Ranked]
    ) -> Verdict:
        """Whether the passages found answer a question; one in another language is judged by its English words."""
        from ncrelations.judge import examine, verdict

        if self.foreign is not None:
            question, reading = self.foreign.in_english(question, reading, passages)
        return verdict(examine(self.index, question, reading, topic, passages), question, reading, passages)


@lru_cache(maxsize=1)
def library() -> Library:
    """The packaged index and model, loaded once a process."""
    from ncrelations.encoder import packaged
    from ncrelations.index import packaged_index

    return Library(packaged_index(), packaged())


def library_for(question: str) -> Library:
    """The library that answers a question in its language.

    Raises `LanguageUnavailable` for one in another language than English where the extra is not installed.
    """
    from ncrelations.index import packaged_index
    from ncrelations.languages import ENGLISH, language_of

    language = language_of(question[:MAX_QUESTION], packaged_index().vocabulary.__contains__)
    return library() if language == ENGLISH else _foreign_library(language)


@lru_cache(maxsize=16)
def _foreign_library(language: str) -> Library:
    from ncrelations.foreign import packaged_foreign

    foreign = packaged_foreign(language)
    return Library(foreign.index, foreign.encoder, foreign)


def precedent(kind: Kind, reading: Reading, after: Citation | None = None) -> Scores:
    """What the questions of a kind written beforehand say for each passage.

    `after` is the block shown before a follow-up.
    """
    from ncrelations.precedents import packaged_precedents

    shown = None if after is None else library().index.passages_at[after]
    return packaged_precedents(kind).answering(reading.vector, shown)


def place(within: str | Citation | None) -> Citation | None:
    """The part of the documents that a filter names.

    Raises `InvalidCitation` or `NoSuchPlace` with the near misses for one that names nothing.
    """
    return None if within is None else resolve(within).citation


def ask(question: str, k: int = 5, within: str | Citation | None = None, voice: str | Voice | None = None) -> Answer:
    """What the documents have to say to a question: up to `k` excerpts with status, confidence and reasons.

    `within` keeps to a document, section or block, `voice` to "nato", "china", "experts" or "author".
    Raises `InvalidQuestion` for a question that cannot be asked, `InvalidCitation` or `NoSuchPlace`
    for a filter that names nothing, `IndexMismatch` and `EncoderUnavailable` where nothing can be asked.
    """
    whole = library_for(question)
    where, whose = place(within), None if voice is None else Voice.named(voice)
    read_as = whole.read(question)
    return answer_to(whole, read_as, whole.score(read_as), k, where, whose)


def answer_to(
    whole: Library,
    question: Question,
    reading: Reading,
    k: int,
    where: Citation | None,
    whose: Voice | None,
    *,
    side: Literal["free", "near", "only"] = "near",
) -> Answer:
    """The answer to a question already read and scored.

    `side` says how far to keep to the side the question names: not at all, if its own passages are
    near the best, or in any case.
    """
    from ncrelations.ranking import TOPIC, TOPIC_ALONE, mixed

    topic = (
        whole.score(replace(question, reading=question.topic, mendings=()), neutral=True) if question.topic else None
    )
    if topic is not None:
        reading = mixed(reading, topic, TOPIC if len(question.voices) < 2 else TOPIC_ALONE)
    passages = _passages(whole, question, reading, where, whose, side)
    if not passages:
        reasons = (_nothing_there(where, whose),)
        read_as = understood(reading, found=False)
        return Answer(question.text, read_as, "not_found", 0.0, reasons, question.voice, (), question.language)
    judged = whole.judged(question, reading, topic, passages)
    return Answer(
        question=question.text,
        understood_as=understood(reading, found=judged.status != "not_found"),
        status=judged.status,
        confidence=judged.confidence,
        reasons=judged.reasons,
        voice=whose or question.voice,
        excerpts=excerpts(passages, at_least_one(k), WIDER if question.several else WORDS),
        language=question.language,
    )


def _passages(
    whole: Library,
    question: Question,
    reading: Reading,
    where: Citation | None,
    whose: Voice | None,
    side: Literal["free", "near", "only"],
) -> list[Ranked]:
    """The passages that answer, best first."""
    from ncrelations.ranking import ANSWERS, SEVERAL, ranked, sided
    from ncrelations.several import evidence, short_list, together

    weighed = replace(reading, weights=SEVERAL) if question.several else reading
    passages = ranked(whole.index, weighed.scores, weighed.sentences, where, whose)
    if side != "free" and whose is None and question.voice is not None and not question.clauses:
        passages = sided(passages, question.voice, 0.0 if side == "only" else ANSWERS)
    if not question.several:
        return passages
    return short_list(question, passages) or together(
        evidence(whole.index, question, weighed, passages, whole.read_and_score),
        reading.scores,
        precedent("several", reading),
    )


def _nothing_there(where: Citation | None, whose: Voice | None) -> str:
    there = str(where) if where else reason("the_documents")
    if whose is None:
        return reason("nothing", where=there)
    return reason("nothing_of", voice=Reason(f"voice.{whose.value}"), where=there)


def understood(reading: Reading, *, found: bool = True) -> str | None:
    """The reading, where it mends misspellings; for another language, if an answer is `found`, the nearest question."""
    return (reading.nearest if found else None) or (reading.text if reading.mended else None)


def search(
    query: str, k: int = 5, within: str | Citation | None = None, voice: str | Voice | None = None
) -> tuple[Excerpt, ...]:
    """The `k` best excerpts for a query, best first, without judgement.

    `within` keeps to a document, section or block, `voice` to "nato", "china", "experts" or
    "author". A filter that names nothing raises; one that matches nothing gives `()`.
    """
    from ncrelations.ranking import ranked

    where, whose = place(within), None if voice is None else Voice.named(voice)
    whole = library_for(query)
    reading = whole.score(whole.read(query))
    return excerpts(ranked(whole.index, reading.scores, reading.sentences, where, whose), at_least_one(k))


def at_least_one(k: int) -> int:
    """`k`, if it can be a number of excerpts; `InvalidQuestion` otherwise."""
    if k < 1:
        raise InvalidQuestion(Reason("problem.too_few", {"count": k}), Reason("problem.ask_one"))
    return k


def excerpts(passages: Sequence[Ranked], k: int, words: int = WORDS) -> tuple[Excerpt, ...]:
    """The excerpts of the first `k` passages."""
    return tuple(excerpt_of(each.passage.block, each.sentence_scores, each.score, words) for each in passages[:k])
