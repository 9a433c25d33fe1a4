"""Whose the words of a passage may be besides its voice's: theirs whom the passage itself has say or think them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from ncrelations.document.tree import Block, Sentence, Span
from ncrelations.proofing.crediting_words import CLAUSE, NOUN_BEFORE, VERB

_MARKED = re.compile(r"“[^”]+”|\"[^\"]+\"|‘[^’]{9,}’(?!\w)")
REFERRING = re.compile(
    r"\b(?:it|its|they|their|them|he|his|him|she|her|each|both|former|latter|the two|this|these)\b", re.IGNORECASE
)
"""What may refer to somebody named before."""
_MOST, _TIED = 0.5, 0.8
"""How much of a quotation has to stand in marks to be of somebody whom the passage quotes; and how much has to be what
somebody says in its sentence to be theirs: with more around it, it is what is said of them."""


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """Words that a draft quotes from a sentence, with what stands before them there."""

    sentence: Sentence
    """The sentence."""
    within: Span
    """Where they stand in its text."""
    marked: bool
    """Whether they stand in quotation marks there, too: the passage quotes them itself."""

    @property
    def before(self) -> str:
        """The sentence up to them."""
        return self.sentence.text[: self.within.start]


def quoted_in(parts: Sequence[tuple[Block, Span]]) -> tuple[QuotedWords, ...]:
    """The words quoted, by sentence; `parts`: blocks, each with where they stand in its text."""
    return tuple(each for block, span in parts for each in _quoted(block, span))


def _quoted(block: Block, span: Span) -> Iterator[QuotedWords]:
    marked = sum(max(0, min(m.end(), span.end) - max(m.start(), span.start)) for m in _MARKED.finditer(block.text))
    most = marked >= _MOST * (span.end - span.start)
    starts = accumulate((len(each.text) + 1 for each in block.sentences), initial=0)
    for sentence, start in zip(block.sentences, starts, strict=False):
        if span.start < start + len(sentence.text) and start < span.end:
            within = Span(max(0, span.start - start), min(len(sentence.text), span.end - start))
            yield QuotedWords(sentence, within, most)


def is_tied(quoted: QuotedWords, words: str) -> bool:
    """Whether quoted words are mostly those that their sentence ties to somebody."""
    start, end = (at := quoted.sentence.text.find(words)), at + len(words)
    common = min(end, quoted.within.end) - max(start, quoted.within.start)
    return common >= _TIED * len(quoted.within)


def may_be(quoted: QuotedWords, named: Callable[[str], bool]) -> bool:
    """Whether quoted words may be said by somebody, whom `named` finds in a text.

    They may, if the passage has them say or think the words, or quotes the words and names them.
    """
    block, sentence = quoted.sentence.block.text, quoted.sentence.text
    if quoted.marked:
        return named(block)
    referred = named(block) and not named(sentence)
    return any(named(each) or (referred and REFERRING.search(each)) for each in speakers(quoted.before))


@lru_cache(maxsize=1024)
def speakers(text: str) -> tuple[str, ...]:
    """The words in which those are named who say or think something in a text; drafts quote a sentence often."""
    verbs = [verb.start() for verb in VERB.finditer(text)]
    return tuple(CLAUSE.split(text[:verb])[-1] for verb in verbs if not NOUN_BEFORE.search(text, 0, verb))
