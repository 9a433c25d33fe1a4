"""Word counts, and BM25 over them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ncrelations.retrieval.arrays import Array, narrowed, packed_words, unpacked_words
from ncrelations.text.words import terms

K1, B = 1.2, 0.75
"""BM25's usual weights of repetition and of length."""

_NUMBERS = ("starts", "places", "times", "lengths")


class Lexical(NamedTuple):
    """Word counts for BM25 over texts that each belong to a passage."""

    terms: Mapping[str, int]
    """The number of each term."""
    starts: NDArray[np.int32]
    """Where the places of each term begin, and where those of the last end."""
    places: NDArray[np.int32]
    """The numbers of the texts that have each term, in order, term after term."""
    times: NDArray[np.int32]
    """How often the text of each place has the term."""
    lengths: NDArray[np.int32]
    """Terms of each text."""
    gains: NDArray[np.float64]
    """What each place adds to the score of its text for a question with the term."""

    @classmethod
    def of(cls, texts: Sequence[str]) -> Lexical:
        """Count the terms of some texts."""
        counts: dict[str, list[tuple[int, int]]] = {}
        lengths = []
        for number, text in enumerate(texts):
            found = terms(text)
            lengths.append(len(found))
            for term, often in Counter(found).items():
                counts.setdefault(term, []).append((number, often))
        known = sorted(counts)
        starts = np.cumsum([0, *(len(counts[term]) for term in known)])
        places, times = np.array([place for term in known for place in counts[term]], np.int32).reshape(-1, 2).T
        return cls._of(known, starts.astype(np.int32), places, times, np.array(lengths, np.int32))

    @classmethod
    def read(cls, arrays: Mapping[str, Array], name: str) -> Lexical:
        """The counts stored under a name. Raises `ValueError` or `LookupError` for arrays that are none."""
        starts, places, times, lengths = (arrays[f"{name}.{part}"].astype(np.int32) for part in _NUMBERS)
        known = unpacked_words(arrays[f"{name}.terms"])
        if not len(known) + 1 == len(starts) or not starts[-1] == len(places) == len(times):
            raise ValueError(f"the word counts of {name} do not fit together")
        return cls._of(known, starts, places, times, lengths)

    @classmethod
    def _of(cls, known: Sequence[str], starts: Array, places: Array, times: Array, lengths: Array) -> Lexical:
        damping = K1 * (1 - B + B * lengths / max(float(lengths.mean()) if len(lengths) else 0.0, 1e-9))
        rarity = np.log(1 + (len(lengths) - np.diff(starts) + 0.5) / (np.diff(starts) + 0.5))
        gains = np.repeat(rarity, np.diff(starts)) * times * (K1 + 1) / (times + damping[places])
        return cls(dict(zip(known, range(len(known)), strict=True)), starts, places, times, lengths, gains)

    def stored(self, name: str) -> dict[str, Array]:
        """The counts as arrays, under a name."""
        numbers = {f"{name}.{part}": narrowed(getattr(self, part)) for part in _NUMBERS}
        return {f"{name}.terms": packed_words(list(self.terms)), **numbers}

    def having(self, term: str) -> NDArray[np.int32]:
        """The numbers of the texts that have a term, in order."""
        return self.places[self._places_of(term)]

    def times_in(self, text: int, term: str) -> int:
        """How often a text has a term."""
        places = self._places_of(term)
        return int(self.times[places][self.places[places] == text].sum())

    def scores(self, query: Sequence[str]) -> NDArray[np.float64]:
        """BM25 of each text for the terms of a question."""
        some = [self._places_of(term) for term in query]
        places = np.concatenate([self.places[each] for each in some]) if some else np.zeros(0, np.int32)
        gains = np.concatenate([self.gains[each] for each in some]) if some else None
        return np.bincount(places, gains, len(self.lengths)).astype(np.float64)

    def weight(self, term: str) -> float:
        """How much a term tells: its inverse document frequency."""
        having, all_texts = len(self.having(term)), len(self.lengths)
        return math.log(1 + (all_texts - having + 0.5) / (having + 0.5))

    def _places_of(self, term: str) -> slice:
        number = self.terms.get(term)
        return slice(0, 0) if number is None else slice(int(self.starts[number]), int(self.starts[number + 1]))
