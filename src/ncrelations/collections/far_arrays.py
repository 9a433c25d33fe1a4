"""Arrays that lie elsewhere: their rows are fetched when they are wanted, those of several arrays together.

Who searches asks `rows_of` for the rows of the arrays of all segments at once: of those in memory, or mapped from a
file, they are picked; of those on a server they come in one answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from ncrelations.retrieval.arrays import Array

Picked = slice | NDArray[Any]
"""Which rows are wanted: a stretch, or their numbers, or a mask."""

Piece = tuple[tuple[int, str], int, int]
"""Some bytes of an array: its key, the first of them and how many there are."""


class Source(Protocol):
    """Where arrays lie."""

    def pieces(self, wanted: Sequence[Piece]) -> list[bytes]:
        """Pieces of arrays."""


class FarArray:
    """An array of a source. Immutable; what was fetched whole is kept."""

    def __init__(self, source: Source, key: tuple[int, str], kind: str, shape: Sequence[int]) -> None:
        self._source, self._key = source, key
        self.dtype, self.shape = np.dtype(kind), tuple(shape)
        self._size = int(self.dtype.itemsize * np.prod(self.shape[1:], dtype=np.int64))  # the bytes of a row
        self._whole: Array | None = None

    @property
    def as_array(self) -> Array:
        """It where an array is asked for: it is one as far as segments are concerned."""
        return cast("Array", self)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, picked: Picked) -> Array:
        found: Array = rows_of([(self.as_array, picked)])[0]
        return found

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        whole: Array = self.whole() if dtype is None else self.whole().astype(dtype, copy=False)
        return np.array(whole) if copy else whole

    def tobytes(self) -> bytes:
        """All of it as bytes."""
        return self.whole().tobytes()

    def whole(self) -> Array:
        """All of it."""
        if self._whole is None:
            data = self._source.pieces([(self._key, 0, self._size * len(self))])[0]
            self._whole = np.frombuffer(data, self.dtype).reshape(self.shape)
        return self._whole

    def spans(self, picked: Picked) -> list[Piece] | None:
        """The pieces that hold some rows; `None` where they are picked from all of it."""
        if self._whole is not None or (not isinstance(picked, slice) and picked.dtype == np.bool_):
            return None
        if isinstance(picked, slice):
            start, stop, _ = picked.indices(len(self))
            return [(self._key, start * self._size, max(stop - start, 0) * self._size)]
        starts = np.flatnonzero(np.diff(picked, prepend=picked[:1] - 2) != 1)
        ends = np.append(starts[1:], len(picked))
        firsts, sizes = picked[starts] * self._size, (ends - starts) * self._size
        return [(self._key, first, size) for first, size in zip(firsts.tolist(), sizes.tolist(), strict=True)]

    def of(self, pieces: Sequence[bytes]) -> Array:
        """The rows that pieces hold."""
        return np.frombuffer(b"".join(pieces), self.dtype).reshape(-1, *self.shape[1:])

    def fetched(self, wanted: Sequence[Piece]) -> list[bytes]:
        """Pieces of any arrays of its source."""
        return self._source.pieces(wanted)


def rows_of(wanted: Sequence[tuple[NDArray[Any], Picked]]) -> list[Any]:
    """Some rows of each of several arrays; what lies elsewhere comes in one answer."""
    far: dict[int, tuple[FarArray, slice]] = {}
    spans: list[Piece] = []
    found: list[Any] = [None] * len(wanted)
    for at, (array, picked) in enumerate(wanted):
        there = cast("object", array)
        if not isinstance(there, FarArray):
            found[at] = array[picked] if isinstance(picked, slice) else array.take(_rows(picked), axis=0)
        elif (own := there.spans(picked)) is None:
            found[at] = there.whole()[picked]
        else:
            far[at] = there, slice(len(spans), len(spans) + len(own))
            spans += own
    if spans:
        pieces = next(iter(far.values()))[0].fetched(spans)
    for at, (there, those) in far.items():
        found[at] = there.of(pieces[those] if spans else ())
    return found


def _rows(picked: NDArray[Any]) -> NDArray[Any]:
    """The numbers of some rows: to take them by their numbers is the fastest way."""
    return np.flatnonzero(picked) if picked.dtype == np.bool_ else picked


class Joined:
    """Arrays as if they stood one behind the other. Immutable."""

    def __init__(self, arrays: Sequence[Array]) -> None:
        self._arrays = tuple(arrays)
        self._ends = np.cumsum([0, *map(len, self._arrays)])

    def wanted(self, rows: NDArray[np.int64]) -> list[tuple[Array, NDArray[np.int64]]]:
        """Ascending rows by the arrays in which they lie."""
        cuts = np.searchsorted(rows, self._ends).tolist()
        places = zip(self._arrays, self._ends.tolist(), cuts, cuts[1:], strict=False)
        return [(array, rows[start:end] - first) for array, first, start, end in places if end > start]


def joined_rows(wanted: Sequence[tuple[Joined, NDArray[np.int64]]]) -> list[Array]:
    """Some ascending rows of each of several joined arrays, at least one of each."""
    each = [joined.wanted(rows) for joined, rows in wanted]
    found = iter(rows_of([one for these in each for one in these]))
    return [np.concatenate([next(found) for _ in these]) for these in each]
