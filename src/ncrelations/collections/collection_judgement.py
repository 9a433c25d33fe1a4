"""Do the documents of a collection answer? Judged by the question's own words; no question was written beforehand.

Another domain is told by nearness, a name that stands nowhere by the words. A near miss, a question that shares its
words with a passage which does not answer it, is told only as a likelihood: seven numbers of the best passage, summed
with weights fitted on public questions (half of them written to mislead), caught one near miss in four there while one
good question in twenty was called `partial`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from ncrelations.answers.answer import Status, Step
from ncrelations.collections.answer_evidence import Evidence, WordAsked, lacking
from ncrelations.document.tree import Block
from ncrelations.questions.question import Question
from ncrelations.texts import Reason, reason

WEIGHTS = (-3.466, 0.973, 1.098, 0.988, -0.258, 2.865, -0.932)
"""The weights of `Evidence`, where passages are searched by meaning."""

BIAS = 1.693
"""The sum without any evidence."""

BY_WORDS, BIAS_BY_WORDS = (0.0, 0.819, 1.177, 1.209, -0.223, 2.742, -1.629), -0.082
"""... and where they are searched by words alone."""

DOUBTFUL, DOUBTFUL_BY_WORDS = 0.862, 0.766
"""The sum from which an answer is called `partial`: one answerable question in twenty has more."""

CONFIDENCE = (0.56, -0.954, 1.0)
"""Bias, and weights of the sum and of the margin, in the chance that the first passage answers."""

_HEAVY = 0.5
"""The share of the greatest weight there is from which a word is a subject by itself."""

_NOWHERE = 0.5
"""The share of the question's matter from which the collection does not speak of it, where it stands nowhere."""

_FAR = 0.05
"""From how much less near on it is about something else altogether."""

_SURELY_NEAR = 0.1
"""How much nearer than it must a question comes that is of the subject all the same, in other words."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether the documents answer a question, how surely, and why not."""

    status: Status
    confidence: float
    """The chance that the first passage answers."""
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]


def doubt_of(evidence: Evidence, *, by_words: bool) -> float:
    """How much speaks against a passage as the answer: the logit of the chance that it does not, at even odds."""
    weights, bias = (BY_WORDS, BIAS_BY_WORDS) if by_words else (WEIGHTS, BIAS)
    return bias + sum(weight * float(value) for weight, value in zip(weights, astuple(evidence), strict=True))


def chance(doubt: float, margin: float) -> float:
    """The chance that the first passage answers, by the doubt and by how far the next one is behind."""
    total = sum(weight * value for weight, value in zip(CONFIDENCE, (1.0, doubt, margin), strict=True))
    return 1 / (1 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found for a question."""

    question: Question
    asked: tuple[WordAsked, ...]
    """The words of its matter."""
    evidence: Evidence
    """What the best passage has of it."""
    block: Block
    """The best passage."""
    here: frozenset[str]
    """The terms of the first passages."""
    rarest: float
    """The greatest weight that a word can have."""
    margin: float
    """How far the score of the next passage is behind."""
    far: float
    """By how much it comes less near than a question should; negative where it comes nearer."""
    keywords: bool
    """Whether it only names something."""
    by_words: bool
    """Whether the best passage is searched by words alone."""

    @property
    def nowhere(self) -> tuple[WordAsked, ...]:
        """The words that no passage has."""
        return tuple(word for word in self.asked if not word.having)

    @property
    def elsewhere(self) -> tuple[WordAsked, ...]:
        """The weighty words that stand in other passages only."""
        return tuple(w for w in self.asked if w.having and w.term not in self.here and w.weight >= _HEAVY * self.rarest)

    @property
    def unspoken(self) -> bool:
        """Whether the collection never speaks of the subject: a name, or half of what is asked for, stands nowhere."""
        total = sum(word.weight for word in self.asked) or 1.0
        share = sum(word.weight for word in self.nowhere) / total
        most = 2 * len(self.nowhere) > len(self.asked)  # among few passages most words of English stand nowhere
        foreign = share >= _NOWHERE and most and self.far > -_SURELY_NEAR
        return foreign or bool(self.question.unknown) or any(word.is_name for word in self.nowhere)


def judge(findings: Findings) -> Judged:
    """Weigh what was found."""
    doubt = doubt_of(findings.evidence, by_words=findings.by_words)
    confidence = chance(doubt, findings.margin)
    limit = DOUBTFUL_BY_WORDS if findings.by_words else DOUBTFUL
    slot = lacking(findings.question, findings.block)
    met = findings.keywords and not findings.nowhere and not findings.elsewhere
    nothing = findings.far > _FAR or findings.unspoken
    if met or not (nothing or findings.far > 0 or slot or doubt >= limit):
        return Judged("answered", confidence, (), _steps(findings, doubt, "answered"))
    status: Status = "not_found" if nothing else "partial"
    reasons = _reasons(findings, slot) or (reason("far" if nothing else "touched"),)
    return Judged(status, min(confidence, 0.05 if nothing else 0.49), reasons, _steps(findings, doubt, status))


def _reasons(findings: Findings, slot: str | None) -> tuple[str, ...]:
    """Why not, in the question's own words, the weightiest first."""
    found: list[str | None] = []
    nowhere = dict.fromkeys([*findings.question.unknown, *(word.typed for word in _telling(findings.nowhere))])
    if nowhere:
        found.append(reason("unknown", names=names_told(list(nowhere))))
    elif findings.far > _FAR:
        found.append(reason("far"))
    found.append(slot)
    if findings.elsewhere and not nowhere:
        found.append(reason("not_here", names=names_told([word.typed for word in findings.elsewhere])))
    return tuple(filter(None, found))[:2]


def _telling(words: Sequence[WordAsked]) -> Sequence[WordAsked]:
    """The names among some words, or else all."""
    return [word for word in words if word.is_name] or words


def names_told(words: Sequence[str]) -> tuple[Reason, ...]:
    """Words as a reason names them: no more than three."""
    return tuple(Reason("list.name", {"name": word}) for word in words[:3])


def _steps(findings: Findings, doubt: float, status: Status) -> tuple[Step, ...]:
    """What was found, for `Answer.explain`."""
    where = {True: "here", False: "elsewhere"}
    words = ", ".join(f"{w.typed} {where[w.term in findings.here] if w.having else 'nowhere'}" for w in findings.asked)
    even = 1 / (1 + math.exp(-doubt))
    return (
        Step("coverage", words or "no words of matter"),
        Step("verdict", f"{status}: at even odds, the chance that the best passage does not answer is {even:.2f}"),
    )
