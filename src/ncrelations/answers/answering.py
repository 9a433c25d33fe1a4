"""From a scored question to an answer: ranked, judged, and given as verbatim excerpts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ncrelations.answers.answer import Answer, Filters, Side
from ncrelations.answers.evidence import evidence, short_list, together
from ncrelations.answers.judgement import examine, verdict
from ncrelations.answers.ranking import ANSWERS, Ranked, ranked, sided
from ncrelations.answers.scoring import SEVERAL, Reading, Scored, Scorer
from ncrelations.document.excerpt import WIDER, WORDS, Excerpt, excerpt_of
from ncrelations.errors import InvalidQuestion
from ncrelations.texts import Reason, reason, voice_name


def answer_to(scorer: Scorer, asked: Scored, k: int, filters: Filters, side: Side = "near") -> Answer:
    """The answer to a scored question: up to `k` excerpts with status, confidence and reasons."""
    question, reading = asked.question, asked.reading
    passages = _ranked(scorer, asked, filters, side)
    if not passages:
        reasons = (_nothing_there(filters),)
        read_as = understood(reading, found=False)
        return Answer(question.text, read_as, "not_found", 0.0, reasons, question.voice, (), question.language)
    plain, plain_reading = scorer.in_english(question, reading, [each.passage for each in passages[:3]])
    findings = examine(scorer.index, plain, plain_reading, asked.topic, passages, filters)
    judged = verdict(findings, plain, plain_reading, passages)
    return Answer(
        question=question.text,
        understood_as=understood(reading, found=judged.status != "not_found"),
        status=judged.status,
        confidence=judged.confidence,
        reasons=judged.reasons,
        steps=judged.steps,
        voice=filters.voice or question.voice,
        excerpts=excerpts(passages, at_least_one(k), WIDER if question.several else WORDS),
        language=question.language,
    )


def _ranked(scorer: Scorer, asked: Scored, filters: Filters, side: Side) -> list[Ranked]:
    """The passages that answer, best first."""
    question, reading, index = asked.question, asked.reading, scorer.index
    weighed = replace(reading, weights=SEVERAL) if question.several else reading
    passages = ranked(index, weighed.scores, weighed.sentences, filters.within, filters.voice)
    if side != "free" and filters.voice is None and question.voice is not None and not question.parts:
        passages = sided(index.corpus, passages, question.voice, 0.0 if side == "only" else ANSWERS)
    if not question.several or not passages:
        return passages
    if whole_list := short_list(index.corpus, question, passages):
        return whole_list
    written = scorer.written("several")
    said = np.zeros(len(index.passages)) if written is None else written.answering(reading.vector)
    found = evidence(index, replace(asked, reading=weighed), passages)
    return together(found, reading.scores, said)


def _nothing_there(filters: Filters) -> str:
    there = str(filters.within) if filters.within else reason("the_documents")
    if filters.voice is None:
        return reason("nothing", where=there)
    return reason("nothing_of", voice=voice_name(filters.voice.value, filters.voice.label), where=there)


def understood(reading: Reading, *, found: bool = True) -> str | None:
    """The reading, where it mends misspellings; for another language, if an answer is `found`, the nearest question."""
    return (reading.nearest if found else None) or (reading.text if reading.mended else None)


def at_least_one(k: int) -> int:
    """`k`, if it can be a number of excerpts; `InvalidQuestion` otherwise."""
    if k < 1:
        raise InvalidQuestion(Reason("problem.too_few", {"count": k}), Reason("problem.ask_one"))
    return k


def excerpts(passages: Sequence[Ranked], k: int, words: int = WORDS) -> tuple[Excerpt, ...]:
    """The excerpts of the first `k` passages."""
    return tuple(excerpt_of(each.passage.block, each.sentence_scores, each.score, words) for each in passages[:k])
