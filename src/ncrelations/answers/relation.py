"""The relation: a question written beforehand that the documents do not answer, and that asks the same.

Its reason is used only where its own words are the question's: then it is about this question, not its neighbour.
"""

from __future__ import annotations

from typing import NamedTuple

from ncrelations.answers.scoring import Reading
from ncrelations.document.citation import Citation
from ncrelations.retrieval.index import Index
from ncrelations.text.words import terms

SAME = 0.6
"""The share of their words, by what they tell, that two questions must have in common to ask the same."""

_LIKE = 0.72
"""The cosine from which a question is looked at."""


class Precedent(NamedTuple):
    """A question known to be unanswered that asks the same."""

    question: str
    """The question."""
    reason: str
    """Why the documents do not answer it."""
    corrects: tuple[Citation, ...]
    """Where they say otherwise; empty where they say nothing."""


def precedent(index: Index, reading: Reading) -> Precedent | None:
    """The nearest question known to be unanswered, if it asks what this question asks.

    Where a question that the documents answer comes nearer, its twin that they do not is no precedent.
    """
    near = reading.unanswered
    if near.unanswered is None or reading.unanswered_similarity < max(_LIKE, reading.answered_similarity):
        return None
    mine, theirs = frozenset(terms(reading.text)), frozenset(terms(near.text))
    whole = sum(index.telling(term) for term in mine | theirs)
    shared = sum(index.telling(term) for term in mine & theirs)
    if not whole or shared / whole < SAME:
        return None
    return Precedent(near.text, near.unanswered, near.corrects)
