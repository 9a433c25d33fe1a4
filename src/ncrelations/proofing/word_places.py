"""Where runs of words stand in the documents: found through the places of their rarest word.

All words of a corpus are one long list, block after block; a *run* is a half-open range of it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property
from math import log
from typing import TYPE_CHECKING

from ncrelations.document.tree import Block, Sentence, Span
from ncrelations.document.wording import Found, Word, Wording

if TYPE_CHECKING:  # what reads no draft loads no library of matrices
    from ncrelations.retrieval.word_rows import Places, WordRows

_ROUNDING = 1e-9  # what sums in another order may differ by, and more
_SKIPPED = {True: 12, False: 3}  # words left out or put in before a run of words, or before one or two
LONGEST = 400
"""Words of a quotation that are compared where it is not verbatim."""


@dataclass(frozen=True, slots=True, order=True)
class WordRun:
    """A half-open range of the words of a corpus."""

    start: int
    """The first word."""
    end: int
    """After the last one."""

    def __len__(self) -> int:
        return self.end - self.start


class WordPlaces:
    """The words of every block of a corpus with their places. Immutable; safe to share between threads."""

    def __init__(self, wording: Wording) -> None:
        self._blocks = wording.blocks
        self._firsts = array("L")
        self._numbers = array("L")
        self.words: list[str] = []
        """Every word, as it is compared."""
        for number, (_, words, _) in enumerate(self._blocks):
            self._numbers.extend([number] * len(words))
            self._firsts.append(len(self.words))
            self.words += [word.plain for word in words]

    @cached_property
    def _rows(self) -> WordRows:
        from ncrelations.retrieval.word_rows import WordRows

        return WordRows(self.words, self._numbers)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {word: log(1 + len(self.words) / (1 + len(self.places(word)))) for word in {*self.words}}

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are printed with a capital wherever they stand, within sentences too."""
        small, within = set[str](), set[str]()
        for block, words, _ in self._blocks:
            for word in words:
                if not block.text[word.span.start].isupper():
                    small.add(word.plain)
                elif block.text[: word.span.start].rstrip()[-1:] not in ("", ".", "!", "?", ":"):
                    within.add(word.plain)
        return frozenset(within - small)

    def places(self, word: str) -> Places:
        """Where a word stands."""
        return self._rows.places(word)

    def weight(self, word: str) -> float:
        """How much a word tells of its place: rare ones more."""
        known = self._weights.get(word)
        return log(1 + len(self.words)) if known is None else known

    def find(self, words: Sequence[str]) -> list[WordRun]:
        """Every run of exactly these words, in one document; in several blocks only where they follow each other."""
        if not words:
            return []
        rarest = min(range(len(words)), key=lambda n: len(self.places(words[n])))
        wanted = list(words)
        found = []
        for at in self.places(words[rarest]).tolist():
            start = at - rarest
            if start >= 0 and self.words[start : start + len(words)] == wanted:
                run = WordRun(start, start + len(words))
                if self._blocks[self.number(run.start)][0].section == self._blocks[self.number(run.end - 1)][0].section:
                    found.append(run)
        return found

    def longest(self, words: Sequence[str], at: int, near: int) -> WordRun | None:
        """The longest run that the words from `at` on begin with; of equally long ones, the nearest after `near`."""
        found = self._rows.longest(words, at, near)
        return None if found is None else WordRun(found[0], sum(found))

    def nearest(self, words: Sequence[str]) -> tuple[WordRun, float] | None:
        """The run most like some words, and how alike both are, rare words counting more; 0..1."""
        wanted = list(words[:LONGEST])
        weights = [self.weight(word) for word in wanted]
        best: tuple[WordRun, float] | None = None
        for around in self._likely(wanted, weights):
            if best is None or self._at_most(wanted, weights, around) > best[1]:
                found = self._fitted(wanted, weights, around)
                best = found if found is not None and (best is None or found[1] > best[1]) else best
        return best

    def _at_most(self, words: list[str], weights: list[float], around: WordRun) -> float:
        """How alike some words and a part of a run can be: as if all that both have stood in order."""
        theirs = {*self.words[around.start : around.end]}
        both = sum(weight for word, weight in zip(words, weights, strict=True) if word in theirs)
        return 2 * both / (sum(weights) + both) + _ROUNDING

    def bag(self, words: Sequence[str], run: WordRun) -> float:
        """How much of some words stands near a run in whatever order, rare words counting more; 0..1."""
        number = self._numbers[run.start]
        start, end = max(self.block_run(number).start, run.start - len(words)), run.end + len(words)
        near = {*self.words[start : min(end, self.block_run(number).end)]}
        return sum(self.weight(word) for word in words if word in near) / sum(map(self.weight, words))

    def _likely(self, words: list[str], weights: list[float]) -> Iterator[WordRun]:
        """Where most of some words stand together."""
        from ncrelations.retrieval.word_rows import BUCKET

        for number, bucket in self._rows.likely(words, weights):
            start = max(self.block_run(number).start, (bucket - 1) * BUCKET)
            end = (bucket + 3) * BUCKET + len(words)
            yield WordRun(start, min(end, self._end_of_section(number)))

    def _end_of_section(self, number: int) -> int:
        """Where the section of a block ends."""
        section = self._blocks[number][0].citation.section
        while number + 1 < len(self._blocks) and self._blocks[number + 1][0].citation.section == section:
            number += 1
        return self.block_run(number).end

    def _fitted(self, words: list[str], weights: list[float], around: WordRun) -> tuple[WordRun, float] | None:
        """The part of a run that some words stand for, and how alike both are."""
        theirs = self.words[around.start : around.end]
        matches = SequenceMatcher(None, words, theirs, autojunk=False).get_matching_blocks()[:-1]
        if not matches:
            return None
        matches = _near_the_longest(matches)
        start = max(0, matches[0].b - matches[0].a)
        end = min(len(theirs), matches[-1].b + len(words) - matches[-1].a)
        alike = sum(weights[n] for match in matches for n in range(match.a, match.a + match.size))
        whole = sum(weights) + sum(map(self.weight, theirs[start:end]))
        return WordRun(around.start + start, around.start + end), 2 * alike / whole

    def number(self, at: int) -> int:
        """The number of the block that a word stands in."""
        return self._numbers[at]

    def block_run(self, number: int) -> WordRun:
        """The words of a block."""
        end = self._firsts[number + 1] if number + 1 < len(self._firsts) else len(self.words)
        return WordRun(self._firsts[number], end)

    def block(self, run: WordRun) -> Block:
        """The block that a run begins in."""
        return self._blocks[self.number(run.start)][0]

    def parts(self, run: WordRun) -> Iterator[tuple[Block, Span]]:
        """The blocks that a run lies in, each with where it stands in the block's text."""
        at = run.start
        while at < run.end:
            number = self.number(at)
            block, words, _ = self._blocks[number]
            own = self.block_run(number)
            end = min(own.end, run.end)
            yield block, Span(words[at - own.start].span.start, words[end - 1 - own.start].span.end)
            at = end

    def text(self, run: WordRun) -> str:
        """A run as it is printed, with the marks between its words."""
        return "\n".join(block.text[span.start : span.end] for block, span in self.parts(run))

    def printed(self, run: WordRun) -> list[Word]:
        """The words of a run with where they stand in their block."""
        found: list[Word] = []
        at = run.start
        while at < run.end:
            number = self.number(at)
            own = self.block_run(number)
            end = min(own.end, run.end)
            found += self._blocks[number][1][at - own.start : end - own.start]
            at = end
        return found

    def sentences(self, run: WordRun) -> tuple[Sentence, ...]:
        """The sentences that a run touches."""
        return tuple(each for block, span in self.parts(run) for each in Found(block, (span,)).sentences)


def _near_the_longest(matches: Sequence[Match]) -> list[Match]:
    """The matches around the longest one; a common word that stands alone further off is no part of the passage."""
    middle = max(range(len(matches)), key=lambda n: matches[n].size)
    kept = [matches[middle]]
    for each in reversed(matches[:middle]):
        skipped = (kept[0].b - each.b) - (kept[0].a - each.a)
        if abs(skipped) > _SKIPPED[each.size > 2]:
            break
        kept.insert(0, each)
    for each in matches[middle + 1 :]:
        skipped = (each.b - kept[-1].b) - (each.a - kept[-1].a)
        if abs(skipped) > _SKIPPED[each.size > 2]:
            break
        kept.append(each)
    return kept
