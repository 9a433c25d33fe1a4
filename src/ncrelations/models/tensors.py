"""The tensors of a safetensors file, where they lie in the mapped file.

The library `safetensors` copies what it reads: 43 MB for the packaged model, read twice into memory. The format is
an eight-byte length, that many bytes of JSON, and the numbers, so they are looked at in place.
"""

from __future__ import annotations

import json
import mmap
from pathlib import Path
from typing import Any

import numpy as np

from ncrelations.models.encoder import Vectors

_HEAD = 8
_KINDS: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2")}


class Tensors:
    """The tensors of a file, of which only what is used is ever read: those in float32 as read-only views.

    Those in float16 are brought to float32 when they are asked for.
    """

    def __init__(self, path: Path) -> None:
        """Map a file. Raises `ValueError` for one that is not in the format, `OSError` for one that cannot be read."""
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        length = int.from_bytes(self._data[:_HEAD], "little")
        self._start = _HEAD + length
        self._entries: dict[str, dict[str, Any]] = json.loads(self._data[_HEAD : self._start])
        self.metadata: dict[str, str] = self._entries.get("__metadata__", {})
        """What the file says of itself."""

    def __getitem__(self, name: str) -> Vectors:
        """The tensor of that name. Raises `ValueError` where there is none in float32 or float16."""
        return self.between(name, name).reshape(self._entries[name]["shape"])

    def between(self, first: str, last: str) -> Vectors:
        """All numbers from one tensor to another, as they follow each other in the file. Raises `ValueError`."""
        kind, end = _KINDS[self._entry(first)["dtype"]], self._entry(last)["data_offsets"][1]
        start = self._entry(first)["data_offsets"][0]
        numbers = np.frombuffer(self._data, kind, (end - start) // kind.itemsize, self._start + start)
        return np.asarray(numbers, np.float32)

    def _entry(self, name: str) -> dict[str, Any]:
        entry = self._entries.get(name)
        if not isinstance(entry, dict) or entry.get("dtype") not in _KINDS:
            raise ValueError(f"there is no {name} in float32 or float16")
        return entry
