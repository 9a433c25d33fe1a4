"""Arrays that lie elsewhere give what those in memory give, and fetch no more than is wanted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncrelations.collections.far_arrays import FarArray, Picked, Piece, rows_of
from ncrelations.retrieval.arrays import Array

NUMBERS: dict[str, Array] = {
    "flat": np.arange(50, dtype="<i4"),
    "wide": np.arange(50 * 3, dtype="<u2").reshape(50, 3),
}


class Kept:
    """A source that notes how often it is asked, and for how much."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def pieces(self, wanted: Sequence[Piece]) -> list[bytes]:
        """Pieces of the arrays above."""
        self.asked.append(sum(size for *_, size in wanted))
        return [NUMBERS[name].tobytes()[start : start + size] for (_, name), start, size in wanted]

    def array(self, name: str) -> Array:
        """One of them, from afar."""
        return FarArray(self, (1, name), NUMBERS[name].dtype.str, NUMBERS[name].shape).as_array


ROWS = st.lists(st.integers(0, 49), max_size=30).map(lambda rows: np.array(rows, np.int64))
STRETCHES = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda ends: slice(*sorted(ends)))
MASKS = st.lists(st.booleans(), min_size=50, max_size=50).map(lambda mask: np.array(mask, bool))


@given(ROWS | STRETCHES | MASKS, ROWS | STRETCHES)
def test_the_same_rows(first: Picked, second: Picked) -> None:
    """Stretches, numbers in any order and masks: of several arrays at once, near and far."""
    kept = Kept()
    wanted = [(kept.array("flat"), first), (NUMBERS["flat"], second), (kept.array("wide"), second)]
    for found, (name, picked) in zip(
        rows_of(wanted), (("flat", first), ("flat", second), ("wide", second)), strict=True
    ):
        assert np.array_equal(found, NUMBERS[name][picked])
        assert found.dtype == NUMBERS[name].dtype
        assert found.shape[1:] == NUMBERS[name].shape[1:]


def test_what_is_wanted_together_is_asked_for_at_once() -> None:
    """Neighbouring rows are one piece, and nothing else is fetched."""
    kept = Kept()
    rows_of([(kept.array("flat"), np.array([3, 4, 5, 9])), (kept.array("wide"), slice(2, 4))])
    assert kept.asked == [4 * 4 + 2 * 6]


def test_all_of_an_array_is_fetched_once() -> None:
    """Where an array is asked for as a whole, by numpy or as bytes, it is kept."""
    kept = Kept()
    far = kept.array("wide")
    assert np.array_equal(np.asarray(far), NUMBERS["wide"])
    assert np.array_equal(np.concatenate([far, far]), np.concatenate([NUMBERS["wide"]] * 2))
    assert np.asarray(far, np.float64).dtype == np.float64
    assert far.tobytes() == NUMBERS["wide"].tobytes()
    assert len(far) == 50
    assert np.array_equal(far[3:5], NUMBERS["wide"][3:5])
    assert kept.asked == [NUMBERS["wide"].nbytes]


@pytest.mark.parametrize("picked", [slice(4, 4), np.zeros(0, np.int64)])
def test_nothing_is_asked_for_nothing(picked: Picked) -> None:
    """No row is an empty array of the same kind."""
    found = Kept().array("wide")[picked]
    assert found.shape == (0, 3)
