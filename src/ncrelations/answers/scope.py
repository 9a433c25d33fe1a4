"""Is a question about something that the documents never speak of? Then nothing in them answers it.

Where a network looked at the states of its tokens (`Reading.looked`), what it says is summed with how near the best
passage comes; without one, for other languages and models, two rules decide.
"""

from __future__ import annotations

import math

from ncrelations.answers.coverage import HEAVY, Coverage
from ncrelations.answers.scoring import Reading
from ncrelations.questions.question import Question

SIGNALS = ("near", "unknown", "margin", "doubt", "outside", "stranger", "words")
"""What is weighed, in the order of `WEIGHTS`: see `signals`."""

WEIGHTS = (-10.103, 2.423, -4.012, 0.859, 0.713, 0.262, -0.334)
"""The weight of each signal in the sum."""

BIAS = 7.962
"""The sum without any signal."""

THRESHOLD = 0.4
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

    The nearness of the passages found; whether a name is unknown; the lead of the first passage; what questions known
    to be unanswered say; what the network says; the heaviest word that stands nowhere; how many words there are. Which
    words are met adds nothing to these.
    """
    stranger = max((word.weight for word in covered.words if word.where == "nowhere"), default=0.0)
    words = float(min(len(covered.words), _MOST_WORDS))
    unknown, outside = float(bool(question.unknown)), reading.looked.outside or 0.0
    return near, unknown, margin, reading.doubt, outside, stranger, words


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
