"""Tensors of a safetensors file, looked at where they lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from ncrelations.models.minilm import packaged_folder
from ncrelations.models.tensors import Tensors

SOME: dict[str, NDArray[Any]] = {
    "one": np.arange(6, dtype=np.float32).reshape(2, 3),
    "two": np.array([1.5], np.float32),
    "none": np.zeros((0, 4), np.float32),
    "whole": np.arange(3),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that the library safetensors wrote."""
    save_file(SOME, tmp_path / "some.safetensors")
    return tmp_path / "some.safetensors"


def test_the_tensors_are_those_of_the_library() -> None:
    """Of the packaged model, each tensor in float32 is the one that the library safetensors reads."""
    path = packaged_folder() / "model.safetensors"
    tensors, expected = Tensors(path), load_file(path)
    whole = {name for name, each in expected.items() if each.dtype == np.float32}
    assert len(whole) > 100
    assert all(np.array_equal(tensors[name], expected[name]) for name in whole)


def test_written_tensors_come_back(file: Path) -> None:
    """Shapes and numbers are those written, and nobody can write into them."""
    tensors = Tensors(file)
    for name in ("one", "two", "none"):
        assert np.array_equal(tensors[name], SOME[name])
        assert tensors[name].shape == SOME[name].shape
    with pytest.raises(ValueError, match="read-only"):
        tensors["one"][:] = 0


@pytest.mark.parametrize("name", ["three", "whole", "__metadata__"])
def test_what_is_no_tensor_in_float32_is_refused(file: Path, name: str) -> None:
    """A name that the file does not have, or has in another type, is a `ValueError` that names it."""
    with pytest.raises(ValueError, match=f"there is no {name} in float32"):
        Tensors(file)[name]


def test_other_bytes_are_refused(tmp_path: Path, file: Path) -> None:
    """An empty file, one cut off, one of something else: a `ValueError`, at the latest when a tensor is wanted."""
    good, path = file.read_bytes(), tmp_path / "bad.safetensors"
    beyond = json.dumps({"one": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 1 << 40]}}).encode()
    for bad in (b"", b"\0" * 99, b"[]", good[:-30], good[:20], len(beyond).to_bytes(8, "little") + beyond):
        path.write_bytes(bad)
        with pytest.raises(ValueError, match=r"."):
            Tensors(path)["one"]
