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


class Tensors:
    """The float32 tensors of a file: read-only views, of which only what is used is ever read."""

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
        """The tensor of that name. Raises `ValueError` where there is none in float32."""
        return self.between(name, name).reshape(self._entries[name]["shape"])

    def between(self, first: str, last: str) -> Vectors:
        """All numbers from one tensor to another, as they follow each other in the file. Raises `ValueError`."""
        start, end = self._entry(first)["data_offsets"][0], self._entry(last)["data_offsets"][1]
        return np.frombuffer(self._data, "<f4", (end - start) // 4, self._start + start)

    def _entry(self, name: str) -> dict[str, Any]:
        entry = self._entries.get(name)
        if not isinstance(entry, dict) or entry.get("dtype") != "F32":
            raise ValueError(f"there is no {name} in float32")
        return entry
