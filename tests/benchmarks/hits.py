"""Whether retrieved text has the evidence, by one rule for every system."""

from __future__ import annotations

from collections.abc import Sequence


def pressed(text: str) -> str:
    """Text without white space: line wraps, page breaks and joins count for nothing."""
    return "".join(text.split())


def shares_half(text: str, sentence: str) -> bool:
    """Whether text holds at least half of a sentence in one run of characters, white space aside."""
    text, sentence = pressed(text), pressed(sentence)
    half = (len(sentence) + 1) // 2
    return any(sentence[at : at + half] in text for at in range(len(sentence) - half + 1))


def rank(found: Sequence[str], accepted: Sequence[str]) -> int | None:
    """The number, from 0, of the first retrieved text that has an accepted sentence; `None` without."""
    return next((n for n, text in enumerate(found) if any(shares_half(text, each) for each in accepted)), None)


def hit_share(ranks: Sequence[int | None], k: int) -> float:
    """The share of questions with evidence among the first k."""
    return sum(rank is not None and rank < k for rank in ranks) / len(ranks)


def mean_words(found: Sequence[Sequence[str]]) -> float:
    """Mean words of everything retrieved."""
    counts = [len(text.split()) for texts in found for text in texts]
    return sum(counts) / max(len(counts), 1)
