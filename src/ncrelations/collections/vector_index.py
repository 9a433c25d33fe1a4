"""Near vectors of very many, by FAISS: in lists of like ones, as codes of four bits.

A code stands for three components and is looked up in a table that the question's vector gives; a question looks
through the lists whose middles are the nearest. What is found is measured by the segments' own numbers, as everywhere.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ncrelations.models.encoder import Vectors

Numbers = NDArray[np.int64]

PROBED = 80
"""The lists that a question looks through: measured on a hundred thousand and on a million passages (docs/scale.md)."""

_TRAINED, _ROUNDS = 64, 10
"""The vectors for each list by which the lists are laid out, and how many times."""

_POWER = 0.25
"""How the lists that a question looks through grow in number as fewer vectors are allowed."""

_BITS = 4


class VectorIndex:
    """Vectors, each of an owner: a number from 0 up. Read-only; safe to share between threads."""

    def __init__(self, store: Any) -> None:
        """`store`: one of FAISS."""
        self._store = store

    @classmethod
    def of(cls, owners: Numbers, width: int, parts: Callable[[], Iterable[Vectors]]) -> VectorIndex:
        """Vectors of these owners; `parts` gives them some at a time, and is asked twice. Deterministic."""
        faiss, count = _library(), len(owners)
        lists = 2 ** round(math.log2(max(math.sqrt(count), 1)))
        codes = width // next(step for step in (3, 2, 1) if width % step == 0)
        store = faiss.IndexIVFPQFastScan(
            faiss.IndexFlatIP(width), width, lists, codes, _BITS, faiss.METRIC_INNER_PRODUCT
        )
        store.cp.niter, store.cp.max_points_per_centroid = _ROUNDS, _TRAINED
        store.cp.min_points_per_centroid = store.pq.cp.min_points_per_centroid = 1
        step = max(1, count // (_TRAINED * lists))
        store.train(np.concatenate([part[::step].copy() for part in parts()]))  # a view would keep all
        end = 0
        for part in parts():
            end += len(part)
            store.add_with_ids(part, owners[end - len(part) : end])
        return cls(store)

    @classmethod
    def read(cls, data: NDArray[np.uint8], checksum: int) -> VectorIndex:
        """That of `stored` bytes, which are copied. Raises `ValueError` for damaged ones."""
        faiss = _library()
        if zlib.crc32(data.data) != checksum:
            raise ValueError("an index of vectors is damaged")
        try:
            return cls(faiss.deserialize_index(np.asarray(data)))
        except RuntimeError as error:
            raise ValueError(f"an index of vectors cannot be read: {error}") from error

    def __len__(self) -> int:
        return int(self._store.ntotal)

    def stored(self) -> tuple[NDArray[np.uint8], int]:
        """It as bytes, with their checksum: FAISS trusts what it reads."""
        faiss = _library()
        data = np.asarray(faiss.serialize_index(self._store), np.uint8)
        return data, zlib.crc32(data.data)

    def near(self, vector: Vectors, count: int, allowed: NDArray[np.bool_] | None) -> Numbers:
        """The owners of so many near vectors; the fewer owners are `allowed`, the more lists are looked through."""
        faiss = _library()
        options = faiss.SearchParametersIVF(nprobe=PROBED)
        if allowed is not None:
            options.sel = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
            share = max(int(np.count_nonzero(allowed)), 1) / len(allowed)
            options.nprobe = min(round(PROBED / share**_POWER), self._store.nlist)
        found = self._store.search(vector[None], min(count, len(self)), params=options)[1][0]
        return np.asarray(found[found >= 0], np.int64)


def _library() -> Any:
    """FAISS, whose types say less than it can do; it is loaded where there is an index."""
    import faiss

    return faiss
