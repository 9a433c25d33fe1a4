"""Exact words in the documents: where a quotation stands, and what comes nearest to it.

Words are compared without letter case, accents, quotation marks and punctuation, and a dash is a space: what
printing changes is no difference of wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Block, Sentence, Span
from ncrelations.text.words import fold_accents

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_CUT = re.compile(r"\s*[\[(]?\s*(?:\.\s?){3,4}[\])]?\s*|\s*[\[(]?…[\])]?\s*")
_CANDIDATES, _SLACK = 3, 2


class Word(NamedTuple):
    """A word of a text."""

    plain: str
    """As it is compared."""
    span: Span
    """Where it stands in the text."""


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [Word(plain(match[0]), Span(*match.span())) for match in _WORD.finditer(text)]


def plain_words(text: str) -> list[str]:
    """The words of a text as they are compared, in order."""
    return _WORD.findall(text.lower()) if text.isascii() else [plain(word) for word in _WORD.findall(text)]


def plain(word: str) -> str:
    """A word as it is compared: "Orme’s" -> "orme's"."""
    return fold_accents(word.replace("’", "'"))


@dataclass(frozen=True, slots=True)
class Found:
    """Quoted words that stand in a block."""

    block: Block
    """The block."""
    pieces: tuple[Span, ...]
    """Where each piece of the quotation stands in the block's text, in order."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the block that the pieces touch."""
        found, at = [], 0
        for sentence in self.block.sentences:
            end = at + len(sentence.text)
            if any(piece.start < end and at < piece.end for piece in self.pieces):
                found.append(sentence)
            at = end + 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Near:
    """The words of a block that come nearest to a quotation."""

    block: Block
    """The block."""
    span: Span
    """Where they stand in the block's text."""
    share: float
    """How much of both is alike, 0..1."""

    @property
    def text(self) -> str:
        """The words as they stand."""
        return self.block.text[self.span.start : self.span.end]


def pieces_quoted(quotation: str) -> list[list[Word]]:
    """The words of a quotation, cut where it leaves something out ("...", "[…]")."""
    return [words for part in _CUT.split(quotation) if (words := words_of(part))]


class Wording:
    """The words of every block of a corpus. Immutable; safe to share between threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    @cached_property
    def blocks(self) -> list[tuple[Block, list[Word], str]]:
        """Each block with its words, and these as one line for quick looks."""
        found = []
        for block in (block for document in self._corpus.documents for block in document.blocks):
            words = words_of(block.text)
            found.append((block, words, f" {' '.join(word.plain for word in words)} "))
        return found

    def find(self, quotation: str) -> tuple[Found, ...]:
        """The blocks in which a quotation stands word for word, in order; its pieces one after the other."""
        pieces = pieces_quoted(quotation)
        if not pieces:
            return ()
        lines = [f" {' '.join(word.plain for word in piece)} " for piece in pieces]
        found = []
        for block, words, line in self.blocks:
            if all(each in line for each in lines) and (spans := _in_order(words, line, lines)):
                found.append(Found(block, spans))
        return tuple(found)

    def nearest(self, quotation: str) -> Near | None:
        """The run of words that is most like a quotation; `None` where nothing is near."""
        wanted = [word.plain for piece in pieces_quoted(quotation) for word in piece][:200]
        if len(wanted) < 3:
            return None
        rare = sorted(self.blocks, key=lambda each: -_shared(wanted, each[2]))[:_CANDIDATES]
        near = [each for block, words, _ in rare for each in _alike(block, words, wanted)]
        return max(near, key=lambda each: each.share, default=None)


def _in_order(words: Sequence[Word], line: str, pieces: Sequence[str]) -> tuple[Span, ...]:
    """Where the pieces stand, each after the one before; nothing where they do not."""
    spans, at = [], 0
    for piece in pieces:
        at = line.find(piece, at)
        if at < 0:
            return ()
        first = line.count(" ", 0, at + 1) - 1
        last = first + piece.count(" ") - 2
        spans.append(Span(words[first].span.start, words[last].span.end))
        at += len(piece) - 1
    return tuple(spans)


def _shared(wanted: Sequence[str], line: str) -> float:
    """How many of some words, long ones more, a line has."""
    return sum(len(word) for word in set(wanted) if f" {word} " in line)


def _alike(block: Block, words: Sequence[Word], wanted: Sequence[str]) -> Iterator[Near]:
    """The run of a block's words that is most like some words."""
    matcher = SequenceMatcher(None, wanted, [word.plain for word in words], autojunk=False)
    matches = [each for each in matcher.get_matching_blocks() if each.size]
    if not matches:
        return
    best = max(matches, key=lambda each: each.size)
    start = max(0, best.b - best.a)
    for first in range(max(0, start - _SLACK), start + _SLACK + 1):
        for last in range(first + len(wanted) - 1 - _SLACK, first + len(wanted) + _SLACK):
            run = [word.plain for word in words[first : last + 1]]
            if first <= last < len(words) and run:
                share = SequenceMatcher(None, wanted, run, autojunk=False).ratio()
                yield Near(block, Span(words[first].span.start, words[last].span.end), share)
