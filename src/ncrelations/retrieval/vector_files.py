"""Vectors as bytes: exact, as a FAISS index; as integers of 16, 8 or 4 bits; or as the signs of their components alone."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ncrelations.models.encoder import Vectors

_STEP = 1.6e-5


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
        import faiss

        store = faiss.deserialize_index(np.frombuffer(data, np.uint8))
        return np.asarray(store.reconstruct_n(0, store.ntotal), np.float32)
    rows, columns = np.frombuffer(data, "<u4", 2)
    step, count = np.frombuffer(data, "<f4", 1, offset=8), int(rows) * int(columns)
    low = np.frombuffer(data, np.uint8, count, 12)
    high = np.frombuffer(zlib.decompress(data[12 + count :]), np.int8)
    return np.asarray((high.astype(np.int16) * 256 + low).reshape(rows, columns) * step, np.float32)


def packed_bytes(vectors: Vectors) -> bytes:
    """Rows, columns, one scale a column, and the components as 8-bit integers: a cosine moves by 0.0013 at most."""
    scales = np.maximum(np.abs(vectors).max(axis=0), 1e-9).astype("<f4") / np.float32(127)
    head = np.array(vectors.shape, "<u4").tobytes() + scales.tobytes()
    return bytes(head + np.round(vectors / scales).astype("i1").tobytes())


def unpacked_bytes(data: bytes) -> tuple[Vectors, Vectors]:
    """The vectors and the scale of each column. Raises `ValueError` for damaged bytes."""
    rows, columns = (int(n) for n in np.frombuffer(data, "<u4", 2))
    scales = np.frombuffer(data, "<f4", columns, offset=8)
    numbers = np.frombuffer(data, "i1", offset=8 + 4 * columns).reshape(rows, columns)
    return np.asarray(numbers * scales, np.float32), scales


def packed_nibbles(vectors: Vectors) -> bytes:
    """Rows, columns, one scale a column, and the components as 4-bit integers, two a byte.

    For questions that are compared by the thousand the loss evens out: doubt and votes come out the same.
    """
    scales = np.maximum(np.abs(vectors).max(axis=0), 1e-9).astype("<f4") / np.float32(7)
    numbers = (np.round(vectors / scales) + 8).astype(np.uint8).reshape(-1)
    pairs = np.concatenate([numbers, np.zeros(len(numbers) % 2, np.uint8)]).reshape(-1, 2)
    head = np.array(vectors.shape, "<u4").tobytes() + scales.tobytes()
    return bytes(head + (pairs[:, 0] | pairs[:, 1] << 4).astype(np.uint8).tobytes())


def unpacked_nibbles(data: bytes) -> tuple[Vectors, Vectors]:
    """The vectors and the scale of each column. Raises `ValueError` for damaged bytes."""
    rows, columns = (int(n) for n in np.frombuffer(data, "<u4", 2))
    scales = np.frombuffer(data, "<f4", columns, offset=8)
    both = np.frombuffer(data, np.uint8, (rows * columns + 1) // 2, 8 + 4 * columns)
    numbers = np.stack([both & 15, both >> 4], axis=1).reshape(-1)[: rows * columns].astype(np.int8) - 8
    return np.asarray(numbers.reshape(rows, columns) * scales, np.float32), scales


BITS = 1.25
"""What makes up for the length that a vector loses where only its signs are left."""


def directions(signs: NDArray[np.bool_]) -> Vectors:
    """The signs of vectors as vectors whose inner product with a unit vector is about the cosine with the whole one."""
    return np.where(signs, 1.0, -1.0).astype(np.float32) * np.float32(BITS / np.sqrt(signs.shape[1]))


def packed_signs(vectors: Vectors) -> bytes:
    """One bit a component: whether it is positive."""
    return np.packbits(vectors > 0, axis=1).tobytes()


def unpacked_signs(data: bytes, rows: int, columns: int) -> NDArray[np.bool_]:
    """The signs of so many vectors. Raises `ValueError` for other bytes."""
    bits = np.frombuffer(data, np.uint8).reshape(rows, -(-columns // 8))
    return np.unpackbits(bits, axis=1, count=columns).astype(bool)


def _flat_store(vectors: Vectors) -> Any:
    """A FAISS index of some vectors, searched exhaustively by inner product."""
    import faiss

    store = faiss.IndexFlatIP(vectors.shape[1])
    store.add(np.ascontiguousarray(vectors, np.float32))
    return store
