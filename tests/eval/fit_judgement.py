"""Fit the weights of the judgement and print them: part of `make fit`.

Each question of the fitting halves is asked as users ask it, alone or in its conversation, and what the judgement then
weighs is written down. Logistic regressions: whether it is about something else (`scope`), whether the documents do
not answer it (`judgement`), whether the first excerpt answers (`judgement.CONFIDENCE`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

import ncrelations as ncr
from eval.harness import HERE, PEOPLE, SINGLE, Case, cases, chains, swaps
from ncrelations.answers import answering, judgement, scope
from ncrelations.answers.answer import Answer, Filters
from ncrelations.answers.ranking import Ranked
from ncrelations.answers.scoring import Reading
from ncrelations.questions.question import Question
from ncrelations.retrieval.index import Index

Matrix = NDArray[np.float64]
UNANSWERED = ("near-miss", "false-premise")
_OFTEN, _SEVERAL, _STRAIGHT = 3, 3, 6
"""How often a question in people's wording counts: such are asked; and in the doubt one for several passages and one
that keeps its sides: few are written, and they must not be doubted for what their reversals are."""

_THRESHOLDS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the judgement weighed for a question."""

    case: Case
    scope: tuple[float, ...]
    strengths: tuple[float, ...]
    odds: float
    margin: float
    answered: bool
    """Whether it is called answered now."""
    right: bool
    """Whether the first passage answers."""


class _Recorder:
    """Looks on while questions are asked."""

    def __init__(self) -> None:
        self.case: Case | None = None
        self.weighed: list[Weighed] = []

    def examine(
        self,
        index: Index,
        question: Question,
        reading: Reading,
        topic: Reading | None,
        passages: Sequence[Ranked],
        filters: Filters,
    ) -> judgement.Findings:
        """As `judgement.examine`, written down."""
        found = judgement.examine(index, question, reading, topic, passages, filters)
        margin = judgement.lead(passages)
        signals = scope.signals(question, reading, found.coverage, found.strength("near"), margin)
        first = {str(sentence.citation) for sentence in passages[0].passage.block.sentences}
        assert self.case is not None
        right = self.case.answerable and any(group & first for group in self.case.evidence)
        unmet = found.outside or found.doubt >= judgement.THRESHOLD
        self.weighed.append(Weighed(self.case, signals, found.strengths, found.odds, margin, not unmet, right))
        return found

    def ask(self, some: Sequence[Case], ask: Callable[[str], Answer] = ncr.ask) -> None:
        """Ask some questions."""
        for case in some:
            self.case = case
            ask(case.question)


@contextmanager
def _recorded() -> Iterator[_Recorder]:
    recorder = _Recorder()
    with patch.object(answering, "examine", recorder.examine):
        yield recorder


def out_of_scope() -> list[Case]:
    """The questions about what the documents never speak of that the network was not fitted on."""
    lines = (HERE / "out_of_scope.txt").read_text("utf-8").splitlines()[1::2]
    return [Case(f"out{n}", "other-domain", line, (), answerable=False) for n, line in enumerate(lines)]


def _filtered(some: Sequence[Case]) -> list[Case]:
    """Questions that the report alone answers: asked of the article they are not answered."""
    return [
        replace(case, kind="filtered", answerable=False)
        for case in some
        if case.kind == "plain"
        and case.evidence
        and all(each.startswith("report/") for g in case.evidence for each in g)
    ]


def weighed() -> list[Weighed]:
    """What is weighed for all questions of the fitting halves."""
    with _recorded() as recorder:
        for name in ("fit", "people_fit", "odd_fit"):
            recorder.ask(cases(name))
        recorder.ask(out_of_scope())
        recorder.ask([case for pair in swaps() for case in pair])
        recorder.ask(_filtered(cases("fit")), lambda question: ncr.ask(question, within="article"))
        for chain in (*chains("fit"), *chains("people_fit")):
            recorder.ask(chain, ncr.Chat().ask)
    return recorder.weighed


def logistic(x: Matrix, y: Matrix, times: Matrix, *, ridge: float = 0.001) -> tuple[Matrix, float]:
    """Weights and bias, fitted on columns of unit spread, for the columns as they are.

    `times`: how often each row counts.
    """
    mean, spread = x.mean(0), np.maximum(x.std(0), 1e-9)
    scaled, weights, bias = (x - mean) / spread, np.zeros(x.shape[1]), 0.0
    for _ in range(6000):
        chance = 1 / (1 + np.exp(-(scaled @ weights + bias)))
        missed = (chance - y) * times / times.sum()
        weights = weights - 0.5 * (scaled.T @ missed + ridge * weights)
        bias -= 0.5 * float(missed.sum())
    weights = weights / spread
    return weights, bias - float(weights @ mean)


def _print(name: str, signals: Sequence[str], x: Matrix, y: Matrix, times: Matrix | None = None) -> None:
    """Print what cross-validation says of a regression, and its weights."""
    times = np.ones(len(y)) if times is None else times
    order, chance = np.random.default_rng(1).permutation(len(y)), np.zeros(len(y))
    for fold in np.array_split(order, 5):
        rest = np.setdiff1d(order, fold)
        weights, bias = logistic(x[rest], y[rest], times[rest])
        chance[fold] = 1 / (1 + np.exp(-(x[fold] @ weights + bias)))
    print(f"{name}, cross-validated (threshold: caught, false alarms):")
    for threshold in _THRESHOLDS:
        caught, alarms = np.mean(chance[y == 1] >= threshold), np.mean(chance[y == 0] >= threshold)
        print(f"  {threshold:.2f}: {caught:.3f}, {alarms:.3f}")
    weights, bias = logistic(x, y, times)
    print(f"  bias            {bias:.3f}")
    for signal, weight in zip(signals, weights, strict=True):
        print(f"  {signal:16}{weight:.3f}")


def _times(case: Case) -> int:
    """How often a question counts in the doubt."""
    of_kind = {"straight": _STRAIGHT, "multi": _SEVERAL}.get(case.kind, 1)
    return of_kind * (_OFTEN if "-q" in case.id else 1)


def print_weights() -> None:
    """Fit, and print what to write into `scope.py` and `judgement.py`."""
    everything = weighed()
    inside = [each for each in everything if each.case.kind == "other-domain" or each.case.answerable]
    outside = np.array([each.case.kind == "other-domain" for each in inside], float)
    _print("about something else", scope.SIGNALS, np.array([each.scope for each in inside]), outside)
    judged = [each for each in everything if each.case.kind not in ("other-domain", "turn")]
    doubtful = np.array([not each.case.answerable for each in judged], float)
    times = [_times(each.case) for each in judged]
    _print("doubt", judgement.SIGNALS, np.array([each.strengths for each in judged]), doubtful, np.array(times, float))
    near = judgement.SIGNALS.index("near")
    answered = [each for each in judged if each.answered and each.case.kind in (*SINGLE, *PEOPLE, *UNANSWERED)]
    counted = [each for each in answered for _ in range(_OFTEN if "-q" in each.case.id else 1)]
    rows = np.array([[each.odds, each.strengths[near], each.margin] for each in counted])
    _print("confidence", ("odds", "nearness", "margin"), rows, np.array([each.right for each in counted], float))
