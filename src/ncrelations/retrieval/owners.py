"""Scores of questions or sentences, brought to the passages that own them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ncrelations.retrieval.signals import Scores

_NOTHING = -1.0
"""The score of an owner of nothing: less than any cosine."""


class Owners:
    """Which of some things owns each of others. Immutable; safe to share between threads."""

    def __init__(self, owner: NDArray[np.integer], count: int) -> None:
        """`owner`: the number of the owner of each; `count`: how many owners there are."""
        self._owner, self._count = owner, count
        self._order = np.argsort(owner, kind="stable")
        self._present, self._starts = np.unique(owner[self._order], return_index=True)

    def best(self, scores: Scores) -> Scores:
        """The best score among what each owns, -1 at least."""
        found = np.full(self._count, _NOTHING)
        if len(self._starts):
            found[self._present] = np.maximum(_NOTHING, np.maximum.reduceat(scores[self._order], self._starts))
        return found

    def best_two(self, scores: Scores) -> tuple[Scores, Scores]:
        """The best and the next score among what each owns; twice the best where all are equal to it."""
        best = self.best(scores)
        second = self.best(np.where(scores >= best[self._owner], _NOTHING, scores))
        return best, np.where(second < 0, best, second)
