"""Stored vectors: compared as they lie, to the precision that they were stored with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from subprocess import CompletedProcess

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncrelations.models.encoder import Vectors
from ncrelations.retrieval.two_bit_vectors import TwoBitVectors
from ncrelations.retrieval.vector_files import (
    Signs,
    Table,
    Whole,
    directions,
    nibbles,
    packed,
    packed_nibbles,
    packed_signs,
    unpacked,
    unpacked_signs,
)


def some_vectors(rows: int, columns: int) -> Vectors:
    """Unit vectors, the same each time."""
    vectors = np.random.default_rng(rows * 1_000 + columns).standard_normal((rows, columns)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def tables(vectors: Vectors) -> dict[str, Table]:
    """Vectors in each form in which they are compared."""
    return {"whole": Whole(vectors), "nibbles": nibbles(packed_nibbles(vectors)), "signs": Signs(vectors > 0)}


@given(rows=st.sampled_from([1, 2, 511, 512, 513, 1_100]), columns=st.integers(1, 40))
def test_products_are_those_of_the_vectors(rows: int, columns: int) -> None:
    """Compared as they lie, vectors have the inner products that they have once they are unpacked."""
    asked = some_vectors(1, columns)[0]
    for name, table in tables(some_vectors(rows, columns)).items():
        assert len(table) == rows
        assert table.products(asked).dtype == np.float64
        assert np.abs(table.products(asked) - table.vectors @ asked).max() < 2e-6, name


@pytest.mark.parametrize("columns", [1, 2, 7, 384])
def test_four_bits_keep_half_a_step(columns: int) -> None:
    """Each component comes back to half of one of the 15 steps of its column, and takes half a byte."""
    vectors = some_vectors(300, columns)
    data = packed_nibbles(vectors)
    again, scales = nibbles(data).vectors, nibbles(data).scales
    assert (np.abs(again - vectors) <= 0.501 * scales).all()
    assert np.allclose(scales, np.abs(vectors).max(axis=0) / 7)
    assert len(data) == 8 + 4 * columns + 300 * -(-columns // 2)


@given(rows=st.integers(1, 40), columns=st.sampled_from([1, 3, 4, 5, 384]))
def test_two_bits_keep_the_nearest_of_four_levels(rows: int, columns: int) -> None:
    """A vector comes back as levels that hold it, from a quarter of a byte a component."""
    vectors = some_vectors(rows, columns)
    data = TwoBitVectors.of(vectors).packed()
    again = TwoBitVectors.unpacked(data)
    assert len(data) == 8 + 8 * columns + rows * -(-columns // 4)
    assert (again.levels == TwoBitVectors.of(vectors).levels).all()
    assert again.hold(vectors, 1e-6)
    assert not again.hold(vectors + 4 * again.spreads + 1, 1e-6)
    if rows > 9:
        assert np.corrcoef(again.vectors.ravel(), vectors.ravel())[0, 1] > 0.9


def test_bytes_that_are_no_levels_are_refused() -> None:
    """Damaged bytes are a `ValueError`."""
    data = TwoBitVectors.of(some_vectors(5, 6)).packed()
    for damaged in (b"", data[:7], data[:-1], data + b"\0"):
        with pytest.raises(ValueError):  # noqa: PT011  # numpy's own, of several wordings
            TwoBitVectors.unpacked(damaged)


def test_no_vectors() -> None:
    """None give no products."""
    for name, table in tables(np.zeros((0, 8), np.float32)).items():
        assert table.products(np.ones(8, np.float32)).shape == (0,), name


def test_bytes_that_are_no_nibbles_are_refused() -> None:
    """Damaged bytes are a `ValueError`."""
    data = packed_nibbles(some_vectors(5, 6))
    for damaged in (b"", data[:7], data[:20], data[:-1], data + b"\0"):
        with pytest.raises(ValueError, match=r"."):
            nibbles(damaged)


def test_signs_stand_for_directions() -> None:
    """What is stored of signs comes back, and its products are those of the directions."""
    vectors = some_vectors(40, 13)
    signs = unpacked_signs(packed_signs(vectors), 40, 13)
    assert np.array_equal(signs, vectors > 0)
    assert np.array_equal(Signs(signs).vectors, directions(vectors > 0))


# ------------------------------------------------------------------ FAISS

READ_IN_PLACE = """
import sys
from pathlib import Path
from ncrelations.retrieval.vector_files import unpacked
print(unpacked(Path(sys.argv[1]).read_bytes(), exact=True).shape, "faiss" in sys.modules)
"""


def test_exact_vectors_are_a_faiss_index_and_read_without_it(
    python: Callable[..., CompletedProcess[str]], checkout: object
) -> None:
    """FAISS reads the packaged file as an index for inner products, and it is read alike without loading FAISS."""
    import faiss

    file = f"{checkout}/index/blocks.faiss"
    store = faiss.read_index(file)
    assert isinstance(store, faiss.IndexFlatIP)
    with open(file, "rb") as stored:  # noqa: PTH123  # FAISS wants the name as text as well
        vectors = unpacked(stored.read(), exact=True)
    assert np.array_equal(store.reconstruct_n(0, store.ntotal), vectors)
    told = python("-c", READ_IN_PLACE, file)
    assert told.stdout.strip() == f"{vectors.shape} False", told.stderr


@pytest.mark.parametrize("kind", ["Flat", "HNSW4"])
def test_any_other_faiss_index_is_left_to_faiss(kind: str) -> None:
    """An index of another kind is read by FAISS itself."""
    import faiss

    vectors = some_vectors(9, 16)
    store = faiss.index_factory(16, kind)
    store.add(vectors)
    assert np.array_equal(unpacked(faiss.serialize_index(store).tobytes(), exact=True), vectors)


def test_what_is_no_faiss_index_is_refused() -> None:
    """Bytes cut off, too many or of something else are a `RuntimeError` or `ValueError`."""
    good = packed(some_vectors(9, 16), exact=True)
    for damaged in (b"", b"IxFI", good[:-1], good[:50], b"XXXX" + good[4:]):
        with pytest.raises((RuntimeError, ValueError)):
            unpacked(damaged, exact=True)
    assert "faiss" in sys.modules
