"""Is a question about something that the documents never speak of? Then nothing in them answers it.

Where a network looked at the states of its tokens (`Reading.looked`), what it says is summed with how near the best
passage comes and which words are met; without one, for other languages and models, two rules decide.
"""

from __future__ import annotations

import math

from ncrelations.answers.coverage import HEAVY, Coverage
from ncrelations.answers.scoring import Reading
from ncrelations.questions.question import Question

SIGNALS = (
    "near", "stranger", "chance", "chances", "met", "firm", "words", "elsewhere", "unknown", "margin", "doubt",
    "alike", "outside",
)  # fmt: skip
"""What is weighed, in the order of `WEIGHTS`: see `signals`."""

WEIGHTS = (-8.579, 0.12, 0.193, 0.04, 0.095, 0.093, -0.5, 0.572, 3.026, -4.036, 0.829, -1.497, 0.182)
"""The weight of each signal in the sum."""

BIAS = 6.075
"""The sum without any signal."""

THRESHOLD = 0.22
"""The chance from which a question is about something else."""

_MOST_WORDS, _SURE = 8, 25.0
"""How many words count, and the log-odds beyond which nothing is surer."""

_FAR, _FAR_ON = 0.75, 0.62
"""Nearness (bank question and six tenths of the text) below which a question is about something else, and a follow-up
that has no words but those of what was shown."""

_FOREIGN = 1.5
"""The weight of the best word met below which nothing of the subject is."""

_KNOWN, _SURELY_KNOWN = 0.66, 0.8
"""The nearness to a written question from which the subject is known all the same: where its words stand in other
passages, and where they stand nowhere."""


def signals(question: Question, reading: Reading, covered: Coverage, near: float, margin: float) -> tuple[float, ...]:
    """What is weighed, one number each.

    The nearness of the passages found; the heaviest word that stands nowhere; the heaviest and all that are met by
    chance at most; the heaviest met and all that are met firmly; how many words, and their share that stands
    elsewhere; whether a name is unknown; the lead of the first passage; what questions known to be unanswered say,
    and how near the nearest is; what the network says.
    """
    words = covered.words
    loose = [word.weight for word in words if not word.firm]
    return (
        near,
        max((word.weight for word in words if word.where == "nowhere"), default=0.0),
        max(loose, default=0.0),
        sum(loose),
        max((word.weight for word in words if word.where == "here"), default=0.0),
        sum(word.weight for word in words if word.firm),
        float(min(len(words), _MOST_WORDS)),
        covered.share("elsewhere"),
        float(bool(question.unknown)),
        margin,
        reading.doubt,
        reading.unanswered_similarity,
        reading.looked.outside or 0.0,
    )


def chance_outside(question: Question, reading: Reading, covered: Coverage, near: float, margin: float) -> float:
    """0..1: the chance that a question is about something else; by the rules 0 or 1.

    `near` is how near the passages found come, `margin` the lead of the first one.
    """
    if reading.looked.outside is None:
        return float(_by_rule(question, reading, covered, near))
    total = sum(w * x for w, x in zip(WEIGHTS, signals(question, reading, covered, near, margin), strict=True))
    return 1 / (1 + math.exp(-max(-_SURE, min(_SURE, BIAS + total))))


def _by_rule(question: Question, reading: Reading, covered: Coverage, near: float) -> bool:
    """Whether two rules say that a question is about something else."""
    return _far(question, covered, near + 0.6 * reading.dense) or _absent(covered, near)


def _far(question: Question, covered: Coverage, near: float) -> bool:
    """Whether a question is about something else, by how near the best comes to it.

    A follow-up may be far from everything and about what was shown: "what is the second reason?".
    """
    own = bool(covered.words) and covered.share("here") < 1
    return near < (_FAR_ON if question.follows and not own else _FAR)


def _absent(covered: Coverage, near: float) -> bool:
    """Whether a word that is a subject by itself is met by chance at most, and no other word is met."""
    for word in covered.words:
        if word.weight >= HEAVY and not word.firm:
            met = max((each.weight for each in covered.words if each is not word and each.where == "here"), default=0.0)
            if met < _FOREIGN and near < (_SURELY_KNOWN if word.where == "nowhere" else _KNOWN):
                return True
    return False
