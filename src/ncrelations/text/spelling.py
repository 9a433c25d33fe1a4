"""Mending misspelt words against a vocabulary."""

from __future__ import annotations

from collections.abc import Iterable


def edits(a: str, b: str, most: int) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours from `a` to `b`; `most` + 1 if more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row = row, [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before = last
    return min(row[-1], most + 1)


def mend(word: str, vocabulary: Iterable[str], most: int) -> str | None:
    """The word of `vocabulary` within `most` edits of a misspelt `word`; `None` where there is none.

    Fewer edits win, then an equal first letter, then the order of `vocabulary`.
    """
    letters = set(word)
    best: tuple[int, bool] = (most, True)
    found = None
    for candidate in vocabulary:
        if len(candidate) < 4 or abs(len(candidate) - len(word)) > best[0]:
            continue
        if len(letters.difference(candidate)) > best[0] or len(set(candidate).difference(word)) > best[0]:
            continue  # each letter that only one of them has takes an edit
        rank = (edits(word, candidate, best[0]), candidate[0] != word[0])
        if rank < best or (found is None and rank <= best):
            best, found = rank, candidate
    return found
