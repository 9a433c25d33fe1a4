"""Vectors as bytes: exact, as a FAISS index; as integers of 16, 8 or 4 bits; or as signs of their components alone."""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ncrelations.models.encoder import Vectors

_STEP = 1.6e-5
_MIDDLE = 8
"""What stands for 0 among integers of 4 bits."""

_PIECE = 256
"""Rows whose numbers are brought to float32 at a time: they stay in the processor's cache."""

_MANY = 64
"""Vectors from which on all are multiplied at once, which takes a third of the time and is the same to 1e-6."""

_FLAT = np.dtype([("kind", "S4"), ("columns", "<i4"), ("rows", "<i8"), ("unused", "<i8", 2), ("trained", "u1"),
                  ("metric", "<i4"), ("numbers", "<u8")])  # fmt: skip
"""The head of a file of FAISS that holds vectors as they are, for inner products; their numbers follow."""


class Table(Protocol):
    """Stored vectors, ready to be compared with another."""

    def __len__(self) -> int:
        """How many there are."""

    @property
    def vectors(self) -> Vectors:
        """The vectors."""

    def products(self, vector: Vectors) -> NDArray[np.float64]:
        """The inner product of `vector` with each; of several vectors, one a row, each one's in a row."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Vectors in float32."""

    vectors: Vectors
    """The vectors."""

    def __len__(self) -> int:
        return len(self.vectors)

    def products(self, vector: Vectors) -> NDArray[np.float64]:
        """The inner product of `vector` with each."""
        return _multiplied(vector, self.vectors).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Nibbles:
    """Vectors as integers of 4 bits, two a byte, as they are stored."""

    pairs: NDArray[np.uint8]
    """8 more than the integers of two columns a byte, the first in its lower half."""
    scales: Vectors
    """What the integers of each column are multiplied with."""

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def vectors(self) -> Vectors:
        """The vectors."""
        numbers = np.stack([self.pairs & 15, self.pairs >> 4], axis=2).reshape(len(self), -1)[:, : len(self.scales)]
        whole = np.asarray((numbers.view(np.int8) - np.int8(_MIDDLE)) * self.scales, np.float32)
        return np.asfortranarray(whole)  # in this order they are summed up, when the index is built and when it is read

    def products(self, vector: Vectors) -> NDArray[np.float64]:
        """The inner product of `vector` with each; of several vectors, one a row, each one's in a row."""
        half = self.pairs.shape[1]
        weights = np.zeros((*vector.shape[:-1], 2 * half), np.float32)
        scaled = vector * self.scales
        weights[..., : -(-len(self.scales) // 2)] = scaled[..., 0::2]
        weights[..., half : half + len(self.scales) // 2] = scaled[..., 1::2]
        middle = _MIDDLE * weights.sum(axis=-1, keepdims=True, dtype=np.float64)
        return np.asarray(_products(self._rows, (len(self), 2 * half), weights) - middle)

    def _rows(self, start: int, rows: Vectors) -> None:
        """Fill in some rows as they are compared: the even columns before the odd ones."""
        pairs, half = self.pairs[start : start + len(rows)], self.pairs.shape[1]
        numbers = pairs & 15
        rows[:, :half] = numbers
        rows[:, half:] = np.right_shift(pairs, 4, out=numbers)


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of vectors, compared as vectors whose inner product with a unit vector is about the whole one's."""

    positive: NDArray[np.bool_]
    """Whether each component is positive."""

    def __len__(self) -> int:
        return len(self.positive)

    @property
    def vectors(self) -> Vectors:
        """The vectors."""
        return directions(self.positive)

    def products(self, vector: Vectors) -> NDArray[np.float64]:
        """The inner product of `vector` with each."""
        away = vector.sum(axis=-1, keepdims=True)
        return np.asarray((2 * _products(self._rows, self.positive.shape, vector) - away) * _length(self.positive))

    def _rows(self, start: int, rows: Vectors) -> None:
        """Fill in some rows as they are compared."""
        rows[:] = self.positive[start : start + len(rows)]


def _products(fill: Callable[[int, Vectors], None], shape: tuple[int, int], vector: Vectors) -> NDArray[np.float64]:
    """The inner product of `vector`, or of each of several, with each row of a table of small numbers.

    `fill` writes the rows from a number on as float32, and does so piece by piece: that takes no longer than to read
    them as float32, and neither time when an index is loaded nor eight times the memory afterwards.
    """
    found = np.empty((*vector.shape[:-1], shape[0]), np.float32)
    rows = np.empty((min(_PIECE, shape[0]), shape[1]), np.float32)
    for start in range(0, shape[0], _PIECE):
        piece = rows[: shape[0] - start]
        fill(start, piece)
        found[..., start : start + len(piece)] = _multiplied(vector, piece)
    return found.astype(np.float64)


def _multiplied(vector: Vectors, rows: Vectors) -> Vectors:
    """The inner product of `vector`, or of each of several, with each row: of a few those that each has alone."""
    if vector.ndim == 1 or len(vector) >= _MANY:
        return np.asarray(vector @ rows.T)
    return np.concatenate([vector[number : number + 1] @ rows.T for number in range(len(vector))])


def packed(vectors: Vectors, *, exact: bool) -> bytes:
    """Vectors as a FAISS index or, at less than half the size, as 16-bit integers behind their step.

    The integers keep every component of up to 0.52 within 8e-6. Their higher bytes are compressed; the lower
    ones are noise.
    """
    if exact:
        import faiss

        return bytes(faiss.serialize_index(_flat_store(vectors)).tobytes())
    step = np.float32(max(_STEP, float(np.abs(vectors).max(initial=0)) / 32767))
    low, high = np.round(vectors / step).astype("<i2").reshape(-1).view(np.uint8).reshape(-1, 2).T
    head = np.array([*vectors.shape], "<u4").tobytes() + np.array([step], "<f4").tobytes()
    return head + low.tobytes() + zlib.compress(high.tobytes(), 9)


def unpacked(data: bytes, *, exact: bool) -> Vectors:
    """The vectors of packed bytes. Raises `ValueError` or `RuntimeError` for damaged ones."""
    if exact:
        return _flat(data)
    rows, columns = np.frombuffer(data, "<u4", 2)
    step, count = np.frombuffer(data, "<f4", 1, offset=8), int(rows) * int(columns)
    low = np.frombuffer(data, np.uint8, count, 12)
    high = np.frombuffer(zlib.decompress(data[12 + count :]), np.int8)
    return np.asarray((high.astype(np.int16) * 256 + low).reshape(rows, columns) * step, np.float32)


def packed_bytes(vectors: Vectors) -> bytes:
    """Rows, columns, one scale a column, and the components as 8-bit integers: a cosine moves by 0.0013 at most."""
    scales = np.maximum(np.abs(vectors).max(axis=0, initial=0), 1e-9).astype("<f4") / np.float32(127)
    head = np.array(vectors.shape, "<u4").tobytes() + scales.tobytes()
    return bytes(head + np.round(vectors / scales).astype("i1").tobytes())


def unpacked_bytes(data: bytes) -> tuple[Vectors, Vectors]:
    """The vectors and the scale of each column. Raises `ValueError` for damaged bytes."""
    rows, columns = (int(n) for n in np.frombuffer(data, "<u4", 2))
    scales = np.frombuffer(data, "<f4", columns, offset=8)
    numbers = np.frombuffer(data, "i1", offset=8 + 4 * columns).reshape(rows, columns)
    return np.asarray(numbers * scales, np.float32), scales


def nibble_steps(vectors: Vectors) -> Vectors:
    """The step of each column of vectors stored at 4 bits."""
    return np.asarray(np.maximum(np.abs(vectors).max(axis=0, initial=0), 1e-9).astype("<f4") / np.float32(7))


def packed_nibbles(vectors: Vectors) -> bytes:
    """Rows, columns, one scale a column, and the components as 4-bit integers, two a byte.

    For questions that are compared by the thousand the loss evens out: doubt and votes come out the same.
    """
    scales = nibble_steps(vectors)
    numbers = (np.round(vectors / scales) + _MIDDLE).astype(np.uint8)
    if numbers.shape[1] % 2:
        numbers = np.pad(numbers, ((0, 0), (0, 1)), constant_values=_MIDDLE)
    head = np.array(vectors.shape, "<u4").tobytes() + scales.tobytes()
    return bytes(head + (numbers[:, 0::2] | numbers[:, 1::2] << 4).astype(np.uint8).tobytes())


def nibbles(data: bytes) -> Nibbles:
    """The vectors in such bytes, to be compared. Raises `ValueError` for damaged ones."""
    rows, columns = (int(n) for n in np.frombuffer(data, "<u4", 2))
    scales = np.frombuffer(data, "<f4", columns, offset=8)
    return Nibbles(np.frombuffer(data, np.uint8, offset=8 + 4 * columns).reshape(rows, -(-columns // 2)), scales)


BITS = 1.25
"""What makes up for the length that a vector loses where only its signs are left."""


def directions(signs: NDArray[np.bool_]) -> Vectors:
    """The signs of vectors as vectors whose inner product with a unit vector is about the cosine with the whole one."""
    return np.where(signs, 1.0, -1.0).astype(np.float32) * np.float32(_length(signs))


def _length(signs: NDArray[np.bool_]) -> float:
    """What each component of such a vector is, in size."""
    return BITS / math.sqrt(max(signs.shape[1], 1))


def packed_signs(vectors: Vectors) -> bytes:
    """One bit a component: whether it is positive."""
    return np.packbits(vectors > 0, axis=1).tobytes()


def unpacked_signs(data: bytes, rows: int, columns: int) -> NDArray[np.bool_]:
    """The signs of so many vectors. Raises `ValueError` for other bytes."""
    bits = np.frombuffer(data, np.uint8).reshape(rows, -(-columns // 8))
    return np.unpackbits(bits, axis=1, count=columns).astype(bool)


def _flat(data: bytes) -> Vectors:
    """The vectors of a FAISS index.

    Of the one kind that is written here they are read in place: to load the library takes longer than to answer a
    question. Whatever else it is, the library reads it, or refuses it.
    """
    if len(data) >= _FLAT.itemsize:
        head = np.frombuffer(data, _FLAT, 1)[0]
        rows, columns = int(head["rows"]), int(head["columns"])
        ours = (head["kind"], head["trained"], head["metric"], head["numbers"]) == (b"IxFI", 1, 0, rows * columns)
        if ours and len(data) == _FLAT.itemsize + 4 * rows * columns:
            return np.array(np.frombuffer(data, "<f4", offset=_FLAT.itemsize).reshape(rows, columns))
    import faiss

    store = faiss.deserialize_index(np.frombuffer(data, np.uint8))
    return np.asarray(store.reconstruct_n(0, store.ntotal), np.float32)


def _flat_store(vectors: Vectors) -> Any:
    """A FAISS index of some vectors, searched exhaustively by inner product."""
    import faiss

    store = faiss.IndexFlatIP(vectors.shape[1])
    store.add(np.ascontiguousarray(vectors, np.float32))
    return store
