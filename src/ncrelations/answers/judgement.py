"""Do the documents answer? The matter is judged in four steps, each with its own reason in words.

*Coverage*: are the words of the subject met by the passages found? *Restrictions*: does the side, document or
filter asked for say it, or only others? *Slot*: does the passage give the kind of thing asked for? *Relation*:
do questions known to be unanswered, or answered, say that this one is of their kind? What the steps find is
summed with weights fitted on questions of other hands (`tests/eval/fit.py`); a step that is sure decides alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from ncrelations.answers.answer import Filters, Status, Step
from ncrelations.answers.answer_kinds_given import missing
from ncrelations.answers.coverage import Coverage, coverage
from ncrelations.answers.ranking import Ranked
from ncrelations.answers.relation import Precedent, precedent
from ncrelations.answers.scope import THRESHOLD as OUTSIDE
from ncrelations.answers.scope import chance_outside
from ncrelations.answers.scoring import Reading
from ncrelations.document.tree import Block
from ncrelations.questions.question import Question
from ncrelations.retrieval.index import Index
from ncrelations.texts import Reason, reason, voice_name

SIGNALS = (
    "nowhere", "unknown", "missing", "silent", "apart", "doubt", "near", "alike", "met", "several",
    "looked",
)  # fmt: skip
"""What is weighed, in the order of `WEIGHTS`: see `examine`."""

WEIGHTS = (0.4, 3.16, 1.74, 4.09, 19.26, 2.05, -10.73, 15.35, 0.04, -0.86, 0.51)
"""The weight of each signal in the sum."""

BIAS = -4.95
"""The sum without any signal."""

UNLOOKED = (-5.07, -0.27, 2.91, 1.62, 3.86, 28.38, 3.23, -9.68, 14.76, -0.05, -0.75)
"""Bias and weights where no network looked at the question, in other languages and for other models.

They were fitted before there was one."""

THRESHOLD = 0.5
"""From this chance on that the documents do not answer, the answer is not called `answered`."""

CONFIDENCE = (-3.66, -0.57, 3.31, 2.38)
"""Bias, and weights of the log-odds of no answer, nearness and margin, in the confidence."""

_LEAST_SURE = 0.58
"""The least confidence of what is called `answered`: so often such answers were right, one in four unanswerable."""

_NEAR, _CLEAR = 0.54, 0.2
"""The nearness from which a question in strange words touches on the documents all the same, if the chance that they
do not answer is smaller than this."""

_MOST_DOUBT = 4.5
"""Log-odds of no answer beyond which an answer is no less sure: none that is called `answered` has as many."""

_SURE_ODDS = 25.0
"""Log-odds beyond which nothing is surer."""

_ASKED_ON = 0.4
"""What is left of how silent a side is in a follow-up: "and them?" is near nothing, and asks about what was shown."""


class Findings(NamedTuple):
    """What the steps found."""

    strengths: tuple[float, ...]
    """One number a signal."""
    coverage: Coverage
    """Where the words of the subject are met."""
    slot: str | None
    """Why the kind of thing asked for is missing."""
    silence: str | None
    """That the side, document or filter asked for does not say it, and where it stands."""
    precedent: Precedent | None
    """The question known to be unanswered that asks the same, in its own words."""
    elsewhere: float
    """0..1: the chance that it is about something that the documents never speak of."""
    keyword: bool
    """Whether it is a word or two, all met by the passages found: nothing is asked that they could leave out."""
    looked: bool
    """Whether a network looked at the question: else the last signal is 0."""

    @property
    def outside(self) -> bool:
        """Whether it is about something that the documents never speak of."""
        return self.elsewhere >= OUTSIDE

    @property
    def touched(self) -> bool:
        """Whether a passage comes near all the same, every name is known, and nothing else tells that none answers."""
        near = self.looked and self.strength("near") >= _NEAR
        return near and self.doubt < _CLEAR and not self.strength("unknown")

    @property
    def odds(self) -> float:
        """The log-odds that the documents do not answer."""
        bias, *weights = (BIAS, *WEIGHTS) if self.looked else (*UNLOOKED, 0.0)
        total = bias + sum(weight * strength for weight, strength in zip(weights, self.strengths, strict=True))
        return max(-_SURE_ODDS, min(_SURE_ODDS, total))

    @property
    def doubt(self) -> float:
        """0..1: the chance that the documents do not answer."""
        return 1 / (1 + math.exp(-self.odds))

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
    spoken = covered.whole and filters != Filters()  # then all passages found are inside the filter
    silent, silence = (0.0, None) if spoken else _silence(index, question, topic or reading, filters)
    near = float(reading.similarities[[each.passage.position for each in passages]].max())
    same = precedent(index, reading)
    looked = reading.looked.unanswered
    met = max((word.weight for word in covered.words if word.firm), default=0.0)
    strengths = (
        covered.share("nowhere"), float(bool(question.unknown)), float(slot is not None), silent,
        max(0.0, reading.similarity - near), reading.doubt, near, reading.unanswered_similarity,
        met, float(question.several), looked or 0.0,
    )  # fmt: skip
    elsewhere = chance_outside(question, reading, covered, near, lead(passages))
    return Findings(strengths, covered, slot, silence, same, elsewhere, _keyword(question, covered), looked is not None)


def lead(passages: Sequence[Ranked]) -> float:
    """By how much the first passage is ahead of the second; 1 where it is alone."""
    return passages[0].score - passages[1].score if len(passages) > 1 else 1.0


def _keyword(question: Question, covered: Coverage) -> bool:
    """Whether a question is a word or two that the passages found have."""
    words = [piece for piece in question.pieces if piece.folded not in _ARTICLES]
    return len(words) == len(covered.words) <= _WORDS and covered.share("here") == 1


def _silence(index: Index, question: Question, topic: Reading, filters: Filters) -> tuple[float, str | None]:
    """How much nearer the topic others come than the side, document or filter asked for, and where they do."""
    corpus = index.corpus
    side = question.voice if any(question.voice == each.voice for each in corpus.sides) else None
    document = corpus.document(question.document).citation if question.document else None
    where = filters.within or document
    voice = filters.voice or side
    if where is None and voice is None:
        return 0.0, None
    own = np.array([
        (where is None or p.block.within(where)) and (voice is None or corpus.speaks_for(p.block, voice) > 0)
        for p in index.passages
    ])  # fmt: skip
    if own.all() or not own.any():
        return 0.0, None
    lead = float(topic.similarities[~own].max() - topic.similarities[own].max())
    strength = max(0.0, min(1.0, (lead - 0.02) * 5)) * (float(topic.similarities[own].max()) < 0.75)
    if question.follows and filters.voice is None and filters.within is None:
        strength *= _ASKED_ON
    other = index.passages[int(np.where(own, -np.inf, topic.scores).argmax())].block
    return strength, _silent(str(where) if where else "", voice, other) if strength else None


def _silent(where: str, voice: object, other: Block) -> str:
    """That a place or voice says nothing clear on this, and which other passage does."""
    label, value = getattr(voice, "label", ""), getattr(voice, "value", "")
    speaker = where or voice_name(value, label)
    named = voice_name(other.voice.value, other.voice.label)
    return reason("silent", speaker=speaker, voice=named, place=str(other.citation))


class Verdict(NamedTuple):
    """Whether the documents answer a question, how surely, and why not."""

    status: Status
    confidence: float
    """The chance that the first excerpt holds the answer."""
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]
    """Which step decided what."""


def verdict(findings: Findings, question: Question, passages: Sequence[Ranked]) -> Verdict:
    """Weigh the findings."""
    confidence = _confidence(findings.odds, findings.strength("near"), lead(passages))
    silent = findings.strength("silent") >= _SURELY
    unmet = findings.doubt >= THRESHOLD or findings.outside
    if not silent and (findings.keyword or not unmet):
        return Verdict("answered", max(confidence, _LEAST_SURE), (), _steps(findings, "answered"))
    silent = silent or findings.strength("apart") >= _APART
    nothing = (findings.outside and not findings.touched) or silent or bool(question.unknown)
    status: Status = "not_found" if nothing else "partial"
    reasons = _reasons(findings, question) or (reason("far" if nothing else "touched"),)
    return Verdict(status, min(confidence, 0.05 if nothing else 0.49), reasons, _steps(findings, status))


_WORDS, _ARTICLES = 2, frozenset({"the", "a", "an"})
"""Words up to which a question is a keyword, and those that do not count."""

_SURELY, _APART = 0.5, 0.15
"""From how much nearer others come, a side, document or filter is silent."""


def _reasons(findings: Findings, question: Question) -> tuple[str, ...]:
    """Why not, in the question's own words, the weightiest first."""
    found: list[str | None] = []
    nowhere = _names(dict.fromkeys((*question.unknown, *findings.coverage.named("nowhere"))))
    if nowhere and (findings.strength("nowhere") >= _TOLD or findings.outside or question.unknown):
        found.append(reason("unknown", names=tuple(Reason("list.name", {"name": name}) for name in nowhere)))
    if findings.coverage.share("nowhere") < 1:  # of what stands nowhere, no other place speaks
        found.append(findings.silence)
    found.append(findings.slot)
    if findings.precedent is not None:
        found.append(reason("noted", note=findings.precedent.reason))
    elsewhere = findings.coverage.named("elsewhere")[:3]
    if elsewhere and findings.coverage.share("elsewhere") >= _TOLD:
        found.append(reason("not_here", names=tuple(Reason("list.name", {"name": name}) for name in elsewhere)))
    return tuple(dict.fromkeys(filter(None, found)))[:2]


def _names(words: Iterable[str]) -> tuple[str, ...]:
    """Up to three of some words: the names among them, or else all."""
    some = tuple(words)
    parts = {part for word in some for part in word.split() if part != word}
    whole = tuple(word for word in some if word not in parts)
    return (tuple(word for word in whole if not word[:1].islower()) or whole)[:3]


_TOLD = 0.25
"""The share of the subject, by weight, from which its words are named in a reason."""


def _steps(findings: Findings, status: Status) -> tuple[Step, ...]:
    """What each step found, for `Answer.explain`."""
    words = ", ".join(f"{word.typed} {word.where}" for word in findings.coverage.words) or "no words of matter"
    doubt = f"likeness to questions known to be unanswered {findings.strength('doubt'):.2f}"
    return (
        Step("coverage", words),
        Step("scope", f"chance that it is about something else {findings.elsewhere:.2f}"),
        Step("restrictions", findings.silence or "none that others would break"),
        Step("slot", findings.slot or "given, or not asked for"),
        Step("relation", f"{doubt}{'; ' + findings.precedent.question if findings.precedent else ''}"),
        Step("verdict", f"{status}: chance that the documents do not answer {findings.doubt:.2f}"),
    )


def _confidence(odds: float, near: float, margin: float) -> float:
    said = (1.0, min(odds, _MOST_DOUBT), near, margin)
    total = sum(weight * x for weight, x in zip(CONFIDENCE, said, strict=True))
    return 1 / (1 + math.exp(-total))
