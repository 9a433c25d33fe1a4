"""Scores brought to those that own them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ncrelations.retrieval.owners import Owners

SCORES = st.lists(st.tuples(st.integers(0, 5), st.floats(-1, 1)), max_size=40)


@given(SCORES)
def test_each_owner_has_the_best_of_its_own(some: list[tuple[int, float]]) -> None:
    """As one by one, for owners in any order, and for one that owns nothing."""
    owners, scores = Owners(np.array([n for n, _ in some], int), 6), np.array([score for _, score in some])
    mine = [sorted((score for n, score in some if n == number), reverse=True) for number in range(6)]
    assert owners.best(scores).tolist() == [each[0] if each else -1.0 for each in mine]
    best, second = owners.best_two(scores)
    for number, each in enumerate(mine):
        lower = [score for score in each if score < each[0]]
        assert best[number] == (each[0] if each else -1.0)
        assert second[number] == (lower[0] if lower and lower[0] >= 0 else best[number])
