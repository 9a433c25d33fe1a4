"""The words of passages: postings by which BM25 finds them, of one or several versions of documents."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.passage_text import PassageText
from ncrelations.collections.segment_files import Rows
from ncrelations.retrieval.arrays import Array, packed_words, unpacked_words
from ncrelations.text.words import terms

_NUMBERS = ("keys", "starts", "places", "times", "sentences", "lengths", "own_lengths", "texts")

SENTENCES = 32
"""Sentences of a passage that are told apart by their words."""


@lru_cache(maxsize=65_536)
def key_of(term: str) -> int:
    """The number that stands for a term in every segment."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class WordSegment:
    """Postings: which passages have a term, and how often."""

    rows: Rows
    """The passages."""
    keys: NDArray[np.uint64]
    """The numbers of the terms, in order."""
    starts: NDArray[np.int64]
    """Where the places of each term begin, and where those of the last end."""
    places: NDArray[np.int32]
    """The rows of the passages that have each term, in order, term after term."""
    times: NDArray[np.int32]
    """How often the passage of each place has the term."""
    sentences: NDArray[np.uint32]
    """Which sentences of the passage of each place have it: a bit each, the last for all from the 32nd on."""
    lengths: NDArray[np.int32]
    """Terms of each passage, those of its heading included."""
    own_lengths: NDArray[np.int32]
    """Terms of each passage alone."""
    texts: NDArray[np.uint64]
    """What tells the text of each passage from others: equal where it is the same, case and white space aside."""
    packed: Array
    """The terms themselves, in the order of `keys`."""

    @classmethod
    def of(cls, version: int, passages: Sequence[PassageText]) -> WordSegment:
        """Count the terms of a version's passages; those of its heading count as its own."""
        counts: dict[str, list[tuple[int, int, int]]] = {}
        lengths, own_lengths = [], []
        for row, passage in enumerate(passages):
            found, inside = _terms_of(passage)
            own_lengths.append(len(found))
            found += terms(passage.heading)
            lengths.append(len(found))
            for term, often in Counter(found).items():
                counts.setdefault(term, []).append((row, often, inside.get(term, 0)))
        known = sorted(counts, key=key_of)
        postings = np.array([place for term in known for place in counts[term]], np.int64).reshape(-1, 3)
        return cls(
            Rows.of(version, [passage.position for passage in passages]),
            np.array([key_of(term) for term in known], np.uint64),
            np.cumsum([0, *(len(counts[term]) for term in known)]),
            postings[:, 0].astype(np.int32),
            postings[:, 1].astype(np.int32),
            postings[:, 2].astype(np.uint32),
            np.array(lengths, np.int32),
            np.array(own_lengths, np.int32),
            np.array([key_of(" ".join(passage.text.lower().split())) for passage in passages], np.uint64),
            packed_words(known),
        )

    @classmethod
    def read(cls, arrays: Mapping[str, Array]) -> WordSegment:
        """A stored segment. Raises `ValueError` or `LookupError` for arrays that are none."""
        found = cls(Rows.read(arrays), *(arrays[name] for name in (*_NUMBERS, "terms")))
        sizes = len(found.starts) == len(found.keys) + 1 and len(found.lengths) == len(found.texts) == len(found.rows)
        if not sizes or not found.starts[-1] == len(found.places) == len(found.times) == len(found.sentences):
            raise ValueError("the word counts of a segment do not fit together")
        return found

    def stored(self) -> dict[str, Array]:
        """The segment as arrays."""
        return {**self.rows.stored(), **{name: getattr(self, name) for name in _NUMBERS}, "terms": self.packed}

    @property
    def words(self) -> list[str]:
        """The terms, in the order of `keys`."""
        return unpacked_words(self.packed)

    def places_of(self, key: int) -> slice:
        """Which places are those of a term."""
        at = int(np.searchsorted(self.keys, np.uint64(key)))
        found = at < len(self.keys) and int(self.keys[at]) == key
        return slice(int(self.starts[at]), int(self.starts[at + 1])) if found else slice(0, 0)

    @classmethod
    def joined(cls, some: Sequence[WordSegment], keep: Sequence[NDArray[np.bool_]]) -> WordSegment:
        """The versions to keep of several segments, in one; `keep` says which of each."""
        rows = Rows.joined([each.rows.kept(kept) for each, kept in zip(some, keep, strict=True)])
        every, first = np.unique(np.concatenate([each.keys for each in some]), return_index=True)
        words = [word for each in some for word in each.words]
        moved = list(map(_moved, some, keep, _offsets(some, keep), [every] * len(some)))
        numbers, places, times, sentences = (np.concatenate(parts) for parts in zip(*moved, strict=True))
        order = np.argsort(numbers, kind="stable")
        having = np.bincount(numbers, minlength=len(every))
        inside = [np.repeat(kept, each.rows.counts) for each, kept in zip(some, keep, strict=True)]
        lengths, own_lengths, texts = (
            np.concatenate([getattr(each, name)[kept] for each, kept in zip(some, inside, strict=True)])
            for name in ("lengths", "own_lengths", "texts")
        )
        return cls(
            rows,
            every[having > 0],
            np.cumsum([0, *having[having > 0]]),
            places[order],
            times[order],
            sentences[order],
            lengths,
            own_lengths,
            texts,
            packed_words([words[number] for number in first[having > 0]]),
        )


def _terms_of(passage: PassageText) -> tuple[list[str], dict[str, int]]:
    """The terms of a passage, its heading left out, and the bits of the sentences that have each."""
    found: list[str] = []
    inside: dict[str, int] = {}
    for number, sentence in enumerate(passage.sentences or (passage.text,)):
        own = terms(sentence)
        found += own
        for term in own:
            inside[term] = inside.get(term, 0) | 1 << min(number, SENTENCES - 1)
    return found, inside


def _offsets(some: Sequence[WordSegment], keep: Sequence[NDArray[np.bool_]]) -> list[int]:
    """The row at which the passages of each segment begin once they are joined."""
    counts = [int(each.rows.counts[kept].sum()) for each, kept in zip(some, keep, strict=True)]
    return [sum(counts[:number]) for number in range(len(counts))]


def _moved(
    segment: WordSegment, keep: NDArray[np.bool_], offset: int, every: NDArray[np.uint64]
) -> tuple[Array, Array, Array, Array]:
    """The postings of a segment's kept versions: number of the term among all, new row, times, sentences."""
    kept = np.repeat(keep, segment.rows.counts)
    new = (np.cumsum(kept) - 1 + offset).astype(np.int32)
    numbers = np.repeat(np.searchsorted(every, segment.keys), np.diff(segment.starts))
    there = kept[segment.places]
    return numbers[there], new[segment.places[there]], segment.times[there], segment.sentences[there]
