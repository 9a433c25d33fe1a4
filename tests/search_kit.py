"""A small encoder and passages for the tests of searching: no weights, the same everywhere."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from ncrelations.collections.passage_text import PassageText
from ncrelations.models.encoder import Vectors
from ncrelations.text.sentences import split_sentences


class WordEncoder:
    """Every word has a vector of its own, made of its letters; a text's is their mean."""

    name, fingerprint, width, most = "words", "words 1", 64, 64

    def tokens(self, text: str) -> list[int]:
        """A number a word."""
        return [2 + zlib.crc32(word.strip(".,?!").lower().encode()) % 30_000 for word in text.split()]

    def framed(self, tokens: Sequence[int]) -> list[int]:
        """Some tokens between the beginning and the end."""
        return [0, *tokens, 1]

    def states(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        """The vector of each token; beginning and end have none."""
        return [np.array([self._state(token) for token in text], np.float32) for text in texts]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        means = [self.states([self.framed(self.tokens(text))])[0].mean(axis=0) for text in texts]
        return np.array([mean / max(float(np.linalg.norm(mean)), 1e-9) for mean in means], np.float32)

    def knows(self, word: str) -> bool:
        """Every word is ordinary."""
        return bool(word)

    def _state(self, token: int) -> Vectors:
        if token < 2:
            return np.zeros(self.width, np.float32)
        return np.random.default_rng(token).standard_normal(self.width).astype(np.float32)


def passages(*texts: str, heading: str = "") -> list[PassageText]:
    """Texts as passages of one document."""
    return [
        PassageText(number, heading, text, tuple(text[start:end] for start, end in split_sentences(text)))
        for number, text in enumerate(texts)
    ]
