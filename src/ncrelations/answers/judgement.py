"""Do the documents answer? The matter is judged in four steps, each with its own reason in words.

*Coverage*: are the words of the subject met by the passages found? *Restrictions*: does the side, document or
filter asked for say it, or only others? *Slot*: does the passage give the kind of thing asked for? *Relation*:
do questions known to be unanswered, or answered, say that this one is of their kind? What the steps find is
summed with weights fitted on questions of other hands (`tests/eval/fit.py`); a step that is sure decides alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ncrelations.answers.answer import Filters, Status, Step
from ncrelations.answers.answer_kinds_given import missing
from ncrelations.answers.coverage import Coverage, coverage
from ncrelations.answers.ranking import Ranked
from ncrelations.answers.relation import Precedent, precedent
from ncrelations.answers.scoring import Reading
from ncrelations.document.tree import Block
from ncrelations.questions.question import Question
from ncrelations.retrieval.index import Index
from ncrelations.texts import Reason, reason, voice_name

SIGNALS = ("nowhere", "elsewhere", "absent", "unknown", "missing", "silent", "doubt", "far", "apart")
"""What speaks against an answer, in the order of `WEIGHTS`: each 0..1."""

WEIGHTS = (1.0, 1.0, 1.0, 2.0, 1.2, 1.5, 3.4, 1.0, 0.5)
"""The weight of each signal in the sum."""

BIAS = -3.5
"""The sum without any signal."""

THRESHOLD = 0.3
"""From this chance on that the documents do not answer, the answer is not called `answered`."""

CONFIDENCE = (0.42, -5.0, 1.86, 1.44)
"""Bias, and weights of the chance of no answer, nearness and margin, in the confidence."""

_FAR, _DISTANT = 0.75, 1.25
"""Nearness (bank question and six tenths of the text) below which all is sure to be about something else, or near."""

_SURE = 0.85
"""The share of the subject, by weight, from which its absence decides alone."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the steps found."""

    strengths: tuple[float, ...]
    """One number a signal, 0..1."""
    coverage: Coverage
    """Where the words of the subject are met."""
    slot: str | None
    """Why the kind of thing asked for is missing."""
    silence: str | None
    """That the side, document or filter asked for does not say it, and where it stands."""
    precedent: Precedent | None
    """The question known to be unanswered that asks the same, in its own words."""

    @property
    def doubt(self) -> float:
        """0..1: the chance that the documents do not answer."""
        total = BIAS + sum(weight * strength for weight, strength in zip(WEIGHTS, self.strengths, strict=True))
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))

    def strength(self, signal: str) -> float:
        """The strength of one signal."""
        return self.strengths[SIGNALS.index(signal)]


def examine(
    index: Index,
    question: Question,
    reading: Reading,
    topic: Reading | None,
    passages: Sequence[Ranked],
    filters: Filters,
) -> Findings:
    """What each step finds in a question, its reading and the passages found, best first.

    `topic` is the reading of the question without the speaker or document it names.
    """
    covered = coverage(index, question, reading.text, [each.passage for each in passages])
    slot = missing(index.corpus.entities, question, passages[0].passage.block)
    apart, silence = _silence(index, question, topic or reading, passages, filters)
    inside = [each.passage.position for each in passages]
    similarity = float(reading.similarities[inside].max())
    nowhere, elsewhere = covered.share("nowhere"), covered.share("elsewhere")
    heavy = any(word.weight > 0 for word in covered.words)
    strengths = (
        nowhere,
        elsewhere,
        float(heavy and nowhere + elsewhere >= _SURE),
        float(bool(question.unknown)),
        float(slot is not None),
        apart,
        float(np.clip((1 + reading.doubt) / 1.5, 0, 1)),
        float(np.clip((_DISTANT - similarity - 0.6 * reading.dense) / (_DISTANT - _FAR), 0, 1)),
        float(np.clip(reading.similarity - similarity, 0, 1)),
    )
    return Findings(strengths, covered, slot, silence, precedent(index, question, reading))


def _silence(
    index: Index, question: Question, topic: Reading, passages: Sequence[Ranked], filters: Filters
) -> tuple[float, str | None]:
    """How much nearer the topic others come than the side, document or filter asked for, and where they do."""
    corpus = index.corpus
    side = question.voice if any(question.voice == each.voice for each in corpus.sides) else None
    document = corpus.document(question.document).citation if question.document else None
    where = filters.within or document
    voice = filters.voice or side
    if where is None and voice is None:
        return 0.0, None
    own = np.array([
        (where is None or p.block.citation.within(where)) and (voice is None or corpus.speaks_for(p.block, voice) > 0)
        for p in index.passages
    ])  # fmt: skip
    if own.all() or not own.any():
        return 0.0, None
    lead = float(topic.similarities[~own].max() - topic.similarities[own].max())
    strength = max(0.0, min(1.0, (lead - 0.02) * 5)) * (float(topic.similarities[own].max()) < 0.75)
    other = index.passages[int(np.where(own, -np.inf, topic.scores).argmax())].block
    return strength, _silent(str(where) if where else "", voice, other) if strength else None


def _silent(where: str, voice: object, other: Block) -> str:
    """That a place or voice says nothing clear on this, and which other passage does."""
    label, value = getattr(voice, "label", ""), getattr(voice, "value", "")
    speaker = where or voice_name(value, label)
    named = voice_name(other.voice.value, other.voice.label)
    return reason("silent", speaker=speaker, voice=named, place=str(other.citation))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the documents answer a question, how surely, and why not."""

    status: Status
    confidence: float
    """The chance that the first excerpt holds the answer."""
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]
    """Which step decided what."""


def verdict(findings: Findings, question: Question, reading: Reading, passages: Sequence[Ranked]) -> Verdict:
    """Weigh the findings."""
    margin = passages[0].score - passages[1].score if len(passages) > 1 else 1.0
    near = float(reading.similarities[[each.passage.position for each in passages]].max())
    confidence = _confidence(findings.doubt, near, margin)
    absent = findings.strength("absent") or findings.strength("unknown") or findings.strength("far") >= 1.0
    if findings.doubt < THRESHOLD and not absent:
        return Verdict("answered", max(confidence, 0.5), (), _steps(findings, "answered"))
    silent = findings.strength("silent") >= 0.5 and findings.silence is not None
    status: Status = "not_found" if absent or silent else "partial"
    reasons = _reasons(findings, question) or (reason("touched" if status == "partial" else "far"),)
    return Verdict(status, min(confidence, 0.05 if absent else 0.49), reasons, _steps(findings, status))


def _reasons(findings: Findings, question: Question) -> tuple[str, ...]:
    """Why not, in the question's own words, the weightiest first."""
    found: list[str | None] = []
    nowhere = tuple(dict.fromkeys((*question.unknown, *findings.coverage.named("nowhere"))))[:3]
    if nowhere and (findings.strength("nowhere") >= _TOLD or question.unknown):
        found.append(reason("unknown", names=tuple(Reason("list.name", {"name": name}) for name in nowhere)))
    found.append(findings.silence)
    found.append(findings.slot)
    if findings.precedent is not None:
        found.append(findings.precedent.reason)
    elsewhere = findings.coverage.named("elsewhere")[:3]
    if elsewhere and findings.strength("elsewhere") >= _TOLD:
        found.append(reason("not_here", names=tuple(Reason("list.name", {"name": name}) for name in elsewhere)))
    return tuple(dict.fromkeys(filter(None, found)))[:2]


_TOLD = 0.25
"""The share of the subject, by weight, from which its words are named in a reason."""


def _steps(findings: Findings, status: Status) -> tuple[Step, ...]:
    """What each step found, for `Answer.explain`."""
    words = ", ".join(f"{word.typed} {word.where}" for word in findings.coverage.words) or "no words of matter"
    doubt = f"likeness to questions known to be unanswered {findings.strength('doubt'):.2f}"
    return (
        Step("coverage", words),
        Step("restrictions", findings.silence or "none that others would break"),
        Step("slot", findings.slot or "given, or not asked for"),
        Step("relation", f"{doubt}{'; ' + findings.precedent.question if findings.precedent else ''}"),
        Step("verdict", f"{status}: chance that the documents do not answer {findings.doubt:.2f}"),
    )


def _confidence(doubt: float, near: float, margin: float) -> float:
    total = sum(weight * x for weight, x in zip(CONFIDENCE, (1.0, doubt, near, margin), strict=True))
    return 1 / (1 + math.exp(-total))
