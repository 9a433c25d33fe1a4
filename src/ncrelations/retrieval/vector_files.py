"""Vectors as bytes: exact, as a FAISS index, or as 16-bit integers at less than half the size."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

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


def _flat_store(vectors: Vectors) -> Any:
    """A FAISS index of some vectors, searched exhaustively by inner product."""
    import faiss

    store = faiss.IndexFlatIP(vectors.shape[1])
    store.add(np.ascontiguousarray(vectors, np.float32))
    return store
