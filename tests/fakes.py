"""Stand-ins that make tests fast and the same on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ncrelations.models.encoder import Vectors


class FakeEncoder:
    """Vectors that depend on the text alone, by its hash: as good as random, the same on every machine."""

    def __init__(self, name: str = "fake", dimension: int = 32, fail_after: int | None = None) -> None:
        self.name, self.dimension, self.left = name, dimension, fail_after
        self.fingerprint = hashlib.sha256(f"{name} {dimension}".encode()).hexdigest()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise RuntimeError("the encoder was pulled out of its socket")
        return np.array([self._one(text) for text in texts], np.float32).reshape(-1, self.dimension)

    def _one(self, text: str) -> Vectors:
        seed = int.from_bytes(hashlib.sha256(f"{self.name} {text}".encode()).digest()[:8])
        vector = np.random.default_rng(seed).standard_normal(self.dimension)
        return np.asarray(vector / np.linalg.norm(vector), np.float32)

    def knows(self, word: str) -> bool:
        """Every word is ordinary."""
        return bool(word)


def interrupted(write: Callable[[Path, bytes], None], after: int) -> Callable[[Path, bytes], None]:
    """A writer of files that works so many times and is then interrupted from the keyboard."""
    left = after

    def writing(path: Path, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        write(path, data)

    return writing
