"""From a scored question to an answer: ranked, judged, and given as verbatim excerpts.

Each stage is a function from the value before to the next: `Scored` -> `list[Ranked]` -> `Verdict` -> `Answer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ncrelations.answers.answer import Answer, Filters, Nearby, Side, Step
from ncrelations.answers.evidence import evidence, short_list, together
from ncrelations.answers.judgement import Findings, examine, verdict
from ncrelations.answers.ranking import ANSWERS, Ranked, ranked, sided
from ncrelations.answers.scoring import SEVERAL, Reading, Scored, Scorer
from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.document.excerpt import WIDER, WORDS, Excerpt, excerpt_of, excerpt_with
from ncrelations.document.tree import Block
from ncrelations.document.voice import Voice
from ncrelations.errors import InvalidQuestion
from ncrelations.questions.question import Question
from ncrelations.questions.structure import Structure
from ncrelations.texts import Reason, reason, voice_name

WORTH, AT_LEAST = 0.72, 3
"""The share of the best score down to which a passage is an excerpt, and how many of them are in any case."""

_HEADLINE = 12
"""Words by which a passage nearby is named; a shorter passage is no excerpt beside a better one."""


def answer_to(scorer: Scorer, asked: Scored, k: int, filters: Filters, side: Side = "near") -> Answer:
    """The answer to a scored question: up to `k` excerpts with status, confidence and reasons."""
    question, reading = asked.question, asked.reading
    passages = rank(scorer, asked, filters, side)
    if not passages:
        return nothing_there(question, filters)
    plain, plain_reading = scorer.in_english(question, reading, [each.passage for each in passages[:3]])
    findings = examine(scorer.index, plain, plain_reading, asked.topic, passages, filters)
    judged = verdict(findings, plain, passages)
    shown, nearby = chosen(question, passages, at_least_one(k))
    wide = WIDER if question.several else WORDS
    excerpts = excerpts_of(shown, len(shown), wide)
    if judged.status != "answered":
        excerpts = (*_corrections(scorer.index.corpus, findings, filters), *excerpts)
    return Answer(
        question=question.text,
        understood_as=understood(question, reading),
        status=judged.status,
        confidence=judged.confidence,
        reasons=judged.reasons,
        voice=_voice(filters, question, excerpts),
        excerpts=_once(excerpts)[:k],
        language=question.language,
        nearby=tuple(map(nearby_of, nearby)),
        steps=(_read(question, reading), *judged.steps),
    )


def beside_quotation(quoted: Answer, found: Answer, asked: Structure) -> Answer:
    """What was found for a text with quoted words, of which `quoted` says where they stand.

    It is no answer to those that stand nowhere; another question beside them is judged as any other.
    """
    steps = (*quoted.steps, *found.steps)
    if asked.besides:
        return replace(found, note=quoted.note, steps=steps)
    return replace(
        found,
        status="not_found" if asked.alone or found.status == "not_found" else "partial",
        confidence=min(found.confidence, 0.49),
        reasons=(*quoted.reasons, *found.reasons),
        note=quoted.note,
        steps=steps,
    )


def rank(scorer: Scorer, asked: Scored, filters: Filters, side: Side) -> list[Ranked]:
    """The passages that bear on a scored question, best first."""
    question, reading, index = asked.question, asked.reading, scorer.index
    weighed = reading._replace(weights=SEVERAL) if question.several else reading
    passages = ranked(index, weighed.scores, weighed.sentences, filters.within, filters.voice)
    if side != "free" and filters.voice is None and question.voice is not None and not question.parts:
        passages = sided(index.corpus, passages, question.voice, 0.0 if side == "only" else ANSWERS)
    if not question.several or not passages:
        return passages
    if whole_list := short_list(index.corpus, question, passages):
        return whole_list
    written = scorer.written("several")
    said = np.zeros(len(index.passages)) if written is None else written.answering(reading.vector)
    found = evidence(index, asked._replace(reading=weighed), passages)
    return together(found, reading.scores, said)


def chosen(question: Question, passages: Sequence[Ranked], k: int) -> tuple[list[Ranked], list[Ranked]]:
    """The passages to show, and those of the first `k` that are only named."""
    floor = 0.0 if question.several else WORTH * passages[0].score
    shown: list[Ranked] = []
    nearby: list[Ranked] = []
    for each in passages[:k]:
        enough = each.score >= floor or len(shown) < AT_LEAST
        (shown if not shown or (enough and not _bare(each.passage.block)) else nearby).append(each)
    return shown, nearby


def _bare(block: Block) -> bool:
    """Whether a block says nothing by itself: a title, an address, the head of a list without its items."""
    return len(block.text.split()) < _HEADLINE or block.text.rstrip().endswith(":")


def _corrections(corpus: Corpus, findings: Findings, filters: Filters) -> list[Excerpt]:
    """The passage that says otherwise, where a question takes something wrong for granted: it is said first."""
    corrects = findings.precedent.corrects if findings.precedent is not None else ()
    places = [citation for citation in corrects if filters.within is None or citation.within(filters.within)]
    if not places:
        return []
    block = corpus.block_at(places[0])
    if filters.voice is not None and block.voice != filters.voice:
        return []
    return [excerpt_with(block, [s for s in block.sentences if s.citation in places])]


def _once(excerpts: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    """The excerpts, each block once."""
    first: dict[Citation, Excerpt] = {}
    for each in excerpts:
        first.setdefault(each.citation, each)
    return tuple(first.values())


def _voice(filters: Filters, question: Question, excerpts: Sequence[Excerpt]) -> Voice | None:
    """The voice asked for, where the first excerpt speaks in it: a header never names another."""
    asked = filters.voice or question.voice
    return asked if asked is not None and excerpts and excerpts[0].voice == asked else filters.voice


def nearby_of(each: Ranked) -> Nearby:
    """A passage that is only named."""
    block = each.passage.block
    words = block.text.split()
    headline = " ".join(words[:_HEADLINE]) + (" …" if len(words) > _HEADLINE else "")
    return Nearby(block.citation, block.human, block.voice, headline)


def _read(question: Question, reading: Reading) -> Step:
    """What was read, for `Answer.explain`."""
    mended = "".join(f"; {meant} for {typed}" for typed, meant in reading.mended)
    return Step("reading", f"{question.core}{mended}")


def nothing_there(question: Question, filters: Filters) -> Answer:
    """The answer where a filter leaves no passage."""
    there = str(filters.within) if filters.within else reason("the_documents")
    said = reason("nothing", where=there)
    if filters.voice is not None:
        said = reason("nothing_of", voice=voice_name(filters.voice.value, filters.voice.label), where=there)
    return Answer(question.text, None, "not_found", 0.0, (said,), filters.voice, (), question.language)


def understood(question: Question, reading: Reading) -> str | None:
    """The core of a question with its misspellings mended, where that differs from what was typed."""
    return reading.text if reading.mended and question.language == "en" else question.restated


def at_least_one(k: int) -> int:
    """`k`, if it can be a number of excerpts; `InvalidQuestion` otherwise."""
    if type(k) is not int or k < 1:
        raise InvalidQuestion(Reason("problem.too_few", {"count": repr(k)}), Reason("problem.ask_one"))
    return k


def excerpts_of(passages: Sequence[Ranked], k: int, words: int = WORDS) -> tuple[Excerpt, ...]:
    """The excerpts of the first `k` passages."""
    return tuple(excerpt_of(each.passage.block, each.sentence_scores, each.score, words) for each in passages[:k])
