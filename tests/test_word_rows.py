"""Rows of words: what arrays find is what a plain search finds."""

from __future__ import annotations

from collections import defaultdict
from heapq import nlargest

from hypothesis import given
from hypothesis import strategies as st

from ncrelations.retrieval.word_rows import BUCKET, WordRows

WORDS = st.lists(st.sampled_from("abcde"), max_size=60)


def texts_of(words: list[str]) -> list[int]:
    """The words as texts of seven words."""
    return [number // 7 for number in range(len(words))]


@given(WORDS, st.lists(st.sampled_from("abcdex"), min_size=1, max_size=12), st.integers(0, 70))
def test_the_longest_run_is_the_longest_and_nearest(own: list[str], words: list[str], near: int) -> None:
    """The first of the longest runs that the words begin with, the nearest after a place before others."""
    at = len(words) // 2
    runs = []
    for place in range(len(own)):
        length = 0
        while at + length < len(words) and own[place + length : place + length + 1] == [words[at + length]]:
            length += 1
        runs += [(place, length)] if length else []
    far = {place: place - near if place >= near else 2 * (near - place) for place, _ in runs}
    best = max(runs, key=lambda run: (run[1], -far[run[0]]), default=None)
    assert WordRows(own, texts_of(own)).longest(words, at, near) == best


@given(WORDS, st.lists(st.sampled_from("abcdex"), max_size=30))
def test_likely_places_are_those_with_most_votes(own: list[str], words: list[str]) -> None:
    """Each word votes for the buckets in which the words would begin; of equal ones the first voted for."""
    weights = [1.0 + "abcdex".index(word) for word in words]
    votes: dict[tuple[int, int], float] = defaultdict(float)
    for offset, word in enumerate(words):
        for place in (n for n, each in enumerate(own) if each == word):
            votes[place // 7, (place - offset) // BUCKET] += weights[offset]
    together = {(text, bucket): vote + votes.get((text, bucket + 1), 0) for (text, bucket), vote in votes.items()}
    wanted = nlargest(4, together, key=together.__getitem__)
    assert list(WordRows(own, texts_of(own)).likely(words, weights)) == wanted


@given(WORDS)
def test_places_are_all_places(own: list[str]) -> None:
    """Every word stands where it is found, and nowhere else."""
    rows = WordRows(own, texts_of(own))
    for word in "abcdex":
        assert rows.places(word).tolist() == [n for n, each in enumerate(own) if each == word]
