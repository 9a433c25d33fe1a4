"""Encoders: text to unit vectors.

`MiniLM` runs the packaged all-MiniLM-L6-v2, a six-layer BERT, in numpy over memory-mapped weights:
the same vectors as sentence-transformers to 1e-5, without importing torch. `SentenceTransformers`
serves any other model by name or path, and builds the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""An array of float32; one row a text where it is an encoder's result."""


class Encoder(Protocol):
    """What turns texts into vectors."""

    @property
    def name(self) -> str:
        """The model's name, as the index records it."""

    @property
    def fingerprint(self) -> str:
        """What identifies the weights: their sha256, or a revision."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text: shape (texts, dimension)."""

    def knows(self, word: str) -> bool:
        """Whether the model's vocabulary has the lower-case `word` whole: then it is hardly a misspelling."""


class TokenEncoder(Encoder, Protocol):
    """An encoder that also shows the states of a text's tokens, of which its vector is the mean."""

    width: int
    """The numbers of a state."""
    most: int
    """The most tokens of a text, its beginning and end included."""

    def tokens(self, text: str) -> list[int]:
        """The numbers of a text's tokens, its beginning and end left out."""

    def framed(self, tokens: Sequence[int]) -> list[int]:
        """Some tokens between the beginning and the end of a text."""

    def states(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        """The last states of each text's tokens, given their numbers: shape (tokens, width) each."""
