"""What of a document is searched: one text a block."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Allowed = Mapping[int, Collection[int]]
"""What a search is kept to: of each version named, the positions of the passages that count."""


@dataclass(frozen=True, slots=True)
class PassageText:
    """A block, ready to be searched."""

    position: int
    """Its number in the document's order, from 0."""
    heading: str
    """The heading it stands under; empty where there is none."""
    text: str
    """Its reading text."""
    sentences: tuple[str, ...]
    """Its sentences; joined by one space they are `text`."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a passage."""

    words: float
    """BM25, as a share of that of the best passage."""
    block: float
    """The cosine of the question with the whole passage; 0 where it is not yet searched by meaning."""
    sentence: float
    """The cosine with its best sentence; 0 where it is not yet searched by meaning."""
    tokens: float
    """How near it has something to each token of the question, rare ones first: 0..1; 0 below the first thirty."""
    bm25: float
    """BM25 as it is."""


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with how well it matches a question."""

    version: int
    """The version of a document that it stands in."""
    position: int
    """Its number in that document."""
    score: float
    """0..1, higher is better. Comparable within one question only."""
    sentence_scores: tuple[float, ...]
    """The cosine of each of its sentences with the question; empty where it is not yet searched by meaning."""
    signals: Signals
    """What the score was made of."""
    number: int
    """Its number among all live passages."""
    also: tuple[tuple[int, int], ...] = ()
    """Versions and positions of the passages that have the same text."""
