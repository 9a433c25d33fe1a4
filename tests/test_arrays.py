"""Arrays in one file: they come back as they were, as views, and nothing else is taken for them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ncrelations.retrieval.arrays import packed_arrays, packed_words, unpacked_arrays, unpacked_words

KINDS = st.sampled_from(["<i4", "<u2", "|u1", "<f4", "<f8"]).map(np.dtype)
ARRAYS = st.dictionaries(
    st.text(max_size=5), arrays.arrays(KINDS, arrays.array_shapes(min_dims=1, max_dims=3, min_side=0)), max_size=5
)


@given(ARRAYS)
def test_arrays_come_back(some: dict[str, np.ndarray]) -> None:
    """Names, kinds, shapes and numbers are those that were packed, and packing them again gives the same bytes."""
    data = packed_arrays(some)
    again = unpacked_arrays(data)
    assert list(again) == list(some)
    for name, each in some.items():
        assert (again[name].dtype, again[name].shape) == (each.dtype, each.shape)
        assert again[name].tobytes() == each.tobytes()
    assert packed_arrays(again) == data


def test_arrays_are_views() -> None:
    """Nothing is copied: what comes back lies in the bytes, and cannot be written to."""
    data = packed_arrays({"a": np.arange(1_000)})
    again = unpacked_arrays(data)["a"]
    assert np.shares_memory(again, np.frombuffer(data, np.uint8))
    assert not again.flags.writeable


@given(st.lists(st.text(st.characters(blacklist_characters="\n", blacklist_categories=["Cs"]), min_size=1)))
def test_words_come_back(words: list[str]) -> None:
    """Words without line ends come back in order."""
    assert unpacked_words(packed_words(words)) == words


def test_other_bytes_are_refused() -> None:
    """Bytes cut off, too many or of something else are a `ValueError` or a `TypeError`."""
    good = packed_arrays({"a": np.arange(9), "b": np.zeros(3, np.uint8)})
    objects = b'{"a": ["|O", 1]}\n'.ljust(24) + b"\0" * 8
    for bad in (b"", b"{", b"[]\n", b"7\n", good[:-1], good[:-8], good + b" " * 8, b"x" * 8 + good, objects):
        with pytest.raises((ValueError, TypeError)):
            unpacked_arrays(bad)
