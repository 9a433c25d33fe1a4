"""Arrays of numbers and lists of words in one file, read back without parsing: views of its bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from mmap import mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
_STEP = 8
"""Every array begins at a multiple of so many bytes, where a processor reads it whole."""


def packed_arrays(arrays: Mapping[str, Array]) -> bytes:
    """Arrays as bytes: a line of JSON with the kind and shape of each, then one after the other."""
    little = {name: np.ascontiguousarray(each, each.dtype.newbyteorder("<")) for name, each in arrays.items()}
    head = json.dumps({name: [each.dtype.str, *each.shape] for name, each in little.items()}) + "\n"
    return _filled(head.encode()) + b"".join(_filled(each.tobytes()) for each in little.values())


def unpacked_arrays(data: bytes | mmap) -> dict[str, Array]:
    """The arrays of packed bytes or of a mapped file, read-only. Raises `ValueError` or `TypeError` for others."""
    line = data[: max(data.find(b"\n"), 0)]
    start, found = _up(len(line) + 1), dict[str, Array]()
    for name, (kind, *shape) in dict(json.loads(line)).items():
        count = int(np.prod(shape))
        found[name] = np.frombuffer(data, np.dtype(kind), count, start).reshape(shape)
        start += _up(found[name].nbytes)
    if start != len(data):
        raise ValueError(f"{len(data):,} bytes instead of {start:,}")
    return found


def narrowed(array: Array) -> Array:
    """Whole numbers from 0 up, each in as few bytes as hold the greatest."""
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))


def packed_words(words: Sequence[str]) -> Array:
    """Words as an array of bytes, a line each."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpacked_words(array: Array) -> list[str]:
    """The words of such an array."""
    text = array.tobytes().decode()
    return text.split("\n") if text else []


def _filled(data: bytes) -> bytes:
    """Bytes filled up with blanks."""
    return data.ljust(_up(len(data)), b" ")


def _up(length: int) -> int:
    """The next multiple of the step."""
    return -(-length // _STEP) * _STEP
