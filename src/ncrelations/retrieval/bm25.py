"""Word counts, and BM25 over them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ncrelations.models.encoder import Vectors
from ncrelations.text.words import terms


@dataclass(frozen=True, slots=True)
class Lexical:
    """Word counts for BM25 over texts that each belong to a passage."""

    counts: dict[str, list[tuple[int, int]]]
    """For each term, (text number, occurrences), in order."""
    lengths: Vectors
    """Terms of each text."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Lexical:
        """Count the terms of some texts."""
        counts: dict[str, list[tuple[int, int]]] = {}
        lengths = []
        for number, text in enumerate(texts):
            found = terms(text)
            lengths.append(len(found))
            for term, times in sorted(Counter(found).items()):
                counts.setdefault(term, []).append((number, times))
        return cls(dict(sorted(counts.items())), np.array(lengths, np.float32))

    def scores(self, query: Sequence[str], k1: float = 1.2, b: float = 0.75) -> NDArray[np.float64]:
        """BM25 of each text for the terms of a question."""
        total = np.zeros(len(self.lengths))
        damping = k1 * (1 - b + b * self.lengths / max(float(self.lengths.mean()), 1e-9))
        for term in query:
            places = self.counts.get(term)
            if places:
                rows, times = np.array(places).T
                total[rows] += self.weight(term) * times * (k1 + 1) / (times + damping[rows])
        return total

    def weight(self, term: str) -> float:
        """How much a term tells: its inverse document frequency."""
        having, all_texts = len(self.counts.get(term, ())), len(self.lengths)
        return math.log(1 + (all_texts - having + 0.5) / (having + 0.5))
