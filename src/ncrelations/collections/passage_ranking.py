"""Ranking the live passages for a question, without questions written beforehand.

First the words, the whole passage and its best sentence, each as a share of the best; then the thirty best again with
late interaction. The weights were measured on public questions: see `tests/benchmarks/own_documents.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.live_meaning import AskedMeaning, Cosines, LiveMeaning
from ncrelations.collections.live_passages import LivePassages, Numbers
from ncrelations.collections.live_words import Floats, LiveWords
from ncrelations.collections.passage_text import RankedPassage, Signals
from ncrelations.text.words import pieces_of, terms

BLOCK, SENTENCE, WORDS = 0.35, 0.35, 0.3
"""What each signal counts."""

FIRST, QUESTION, KEYWORDS = 30, 0.5, 0.2
"""How many passages late interaction ranks again, and what it counts for a question and for keywords."""

OF_SENTENCE, OF_WORDS, OF_COSINE = 0.6, 0.6, 0.4
"""What one sentence's nearness in tokens, its words and its cosine count in late interaction, beside the whole
passage's nearness in tokens."""

_FROM_WORDS = 0.8
"""What stands for the nearness of a passage that is not yet encoded, as a share of its words."""

_BARE, _FULL = 0.3, 8
"""What a passage without a word loses, and the words of matter from which it loses nothing."""

_CANDIDATES = 300
_ASKING = re.compile(
    r"\?|^\W*(?:what|why|how|who|whom|whose|when|where|which|is|are|was|were|do|does|did|can|could|should|has|have)\b",
    re.IGNORECASE,
)
_FEW = 4


def is_keywords(text: str) -> bool:
    """Whether a text is a few words to look for, not a question."""
    return not _ASKING.search(text) and len(pieces_of(text)) <= _FEW


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched: the live passages with their words, and as much of their meaning as there is."""

    passages: LivePassages
    words: LiveWords
    meaning: LiveMeaning


@dataclass(frozen=True, slots=True)
class _Found:
    """The candidates with their signals."""

    numbers: Numbers
    bm25: Floats
    words: Floats
    blocks: Floats
    sentences: Floats
    cosines: Cosines | None


def ranked(
    searched: Searched, text: str, asked: AskedMeaning | None, count: int, allowed: NDArray[np.bool_] | None
) -> tuple[RankedPassage, ...]:
    """The best passages for a question, best first; of equal ones the first in the documents' order."""
    found = _found(searched, text, asked, allowed)
    if not len(found.numbers):
        return ()
    scores = _mixed(searched, found)
    tokens = np.zeros(len(scores))
    if asked is not None:
        best = np.sort(np.lexsort((found.numbers, -scores))[:FIRST])
        closely = _closely(searched, text, asked, found, best)
        tokens[best] = closely.tokens
        scores[best] = _again(scores[best], closely, KEYWORDS if is_keywords(text) else QUESTION)
    scores = np.maximum(scores - _bareness(searched.words.own_lengths[found.numbers]), 0.0)
    order = np.lexsort((found.numbers, -scores))[:count]
    return tuple(_ranked(searched, found, at, float(scores[at]), float(tokens[at])) for at in order.tolist())


def _bareness(lengths: Floats) -> Floats:
    """What a passage loses that says little by itself: a date, the head of a list, an item of a word or two."""
    return np.asarray(_BARE * np.maximum(1 - lengths / _FULL, 0.0))


def _found(searched: Searched, text: str, asked: AskedMeaning | None, allowed: NDArray[np.bool_] | None) -> _Found:
    """The passages that have the rarest words or are nearest, with their signals."""
    bm25 = searched.words.scores(dict.fromkeys(terms(text)))
    if allowed is not None:
        bm25[~allowed] = 0
    some = min(_CANDIDATES, len(bm25))
    numbers = np.argpartition(-bm25, some - 1)[:some] if some else np.zeros(0, np.int64)
    numbers = np.sort(numbers[bm25[numbers] > 0])
    if asked is not None:
        numbers = np.union1d(numbers, searched.meaning.candidates(asked.vector, _CANDIDATES, allowed))
    if allowed is not None:
        numbers = numbers[allowed[numbers]]
    numbers = numbers[np.sort(np.unique(searched.words.texts[numbers], return_index=True)[1])]
    own = bm25[numbers]
    words = own / max(float(own.max(initial=0)), 1e-9)
    if asked is None:
        nothing = np.zeros(len(numbers))
        return _Found(numbers, own, words, nothing, nothing, None)
    cosines = searched.meaning.cosines(asked.vector, numbers)
    return _Found(numbers, own, words, cosines.blocks.astype(float), cosines.best.astype(float), cosines)


def _mixed(searched: Searched, found: _Found) -> Floats:
    """Words, block and sentence in one number; a passage that is not yet encoded by its words."""
    encoded = searched.meaning.encoded[found.numbers]
    if not encoded.any() or not found.blocks.any():
        return found.words.copy()
    parts = [_FROM_WORDS * found.words] * 2
    for at, cosines in enumerate((found.blocks, found.sentences)):
        parts[at] = np.where(encoded, spread(cosines, encoded), parts[at])
    return np.asarray(BLOCK * parts[0] + SENTENCE * parts[1] + WORDS * found.words)


def spread(values: Floats, those: NDArray[np.bool_]) -> Floats:
    """Values as a share of the way from the least to the greatest of some of them; 1 where these are equal."""
    least, most = float(values[those].min()), float(values[those].max())
    return np.asarray((values - least) / (most - least)) if most > least else np.ones(len(values))


@dataclass(frozen=True, slots=True)
class _Closely:
    """How closely some passages meet a question, each 0..1."""

    tokens: Floats
    """How near the passage has something to each token, rare ones first; 0 where it is not yet encoded."""
    sentence_tokens: Floats
    """How near one sentence has."""
    sentence_words: Floats
    """The share of the words that one sentence has."""
    sentence: Floats
    """The cosine with the best sentence."""


def _closely(searched: Searched, text: str, asked: AskedMeaning, found: _Found, those: Numbers) -> _Closely:
    numbers = found.numbers[those]
    whole, sentence = searched.meaning.near_tokens(asked, numbers)
    words = searched.words.sentence_shares(dict.fromkeys(terms(text)), numbers)
    return _Closely(whole.astype(float), sentence.astype(float), words, found.sentences[those])


def _again(scores: Floats, closely: _Closely, weight: float) -> Floats:
    """The best passages ranked again: none falls behind those that were not."""
    encoded = closely.tokens > 0
    if not encoded.any():
        return scores
    low, high = float(scores.min()), float(scores.max())
    every = np.ones(len(scores), bool)
    own = spread(scores, every)
    near = spread(closely.tokens, encoded) + OF_SENTENCE * spread(closely.sentence_tokens, encoded)
    near += OF_WORDS * spread(closely.sentence_words, every) + OF_COSINE * spread(closely.sentence, encoded)
    most = 1 + OF_SENTENCE + OF_WORDS + OF_COSINE
    again = (1 - weight) * own + weight * np.where(encoded, near, own * most)
    return np.asarray(low + (high - low) * again / (1 - weight + weight * most))


def _ranked(searched: Searched, found: _Found, at: int, score: float, tokens: float) -> RankedPassage:
    number = int(found.numbers[at])
    version, position = searched.passages.place(number)
    same = np.flatnonzero(searched.words.texts == searched.words.texts[number]).tolist()
    also = tuple(searched.passages.place(each) for each in same if each != number)
    signals = Signals(
        float(found.words[at]), float(found.blocks[at]), float(found.sentences[at]), tokens, float(found.bm25[at])
    )
    sentences = found.cosines.of(at) if found.cosines else ()
    return RankedPassage(version, position, score, sentences, signals, number, also)
