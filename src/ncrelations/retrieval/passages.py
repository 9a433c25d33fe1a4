"""What is indexed: one passage a block, its sentences, and the questions written for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Block, Sentence
from ncrelations.errors import IndexMismatch


class Passage(NamedTuple):
    """A block, ready to be indexed."""

    block: Block
    """The block."""
    position: int
    """Its number in document order, over all documents, from 0."""

    @property
    def heading(self) -> str:
        """The heading it stands under."""
        section = self.block.section
        return section.heading or section.description

    @property
    def text(self) -> str:
        """What the dense index embeds for the whole block: heading and text."""
        return f"{self.heading}. {self.block.text}"


class BankQuestion(NamedTuple):
    """A question written for one block: one that it answers, or one that only sounds as if it did."""

    text: str
    """The question."""
    passage: int
    """The position of its passage."""
    sentences: tuple[int, ...]
    """The numbers, from 1, of the sentences that answer it, or come nearest."""
    unanswered: str | None
    """For a question that the documents do not answer: why, in words."""
    corrects: tuple[Citation, ...] = ()
    """For one that takes something wrong for granted: the sentences that say otherwise."""
    twin: bool = False
    """Whether it only tells answered questions from unanswered ones of the same form, and finds no passage."""


def passages_of(corpus: Corpus) -> tuple[Passage, ...]:
    """Every block of the documents, in order."""
    blocks = (block for document in corpus.documents for block in document.blocks)
    return tuple(Passage(block, position) for position, block in enumerate(blocks))


def sentences_of(passages: Sequence[Passage]) -> tuple[Sentence, ...]:
    """Every sentence of some passages, in order."""
    return tuple(sentence for passage in passages for sentence in passage.block.sentences)


Lengths = Mapping[Citation, tuple[int, int]]
"""The position of each block, and how many sentences it has."""


def lengths_of(passages: Sequence[Passage]) -> Lengths:
    """The position of each block, and how many sentences it has."""
    return {p.block.citation: (p.position, len(p.block.sentences)) for p in passages}


def read_bank(data: bytes, lengths: Lengths, name: str = "questions.jsonl") -> tuple[BankQuestion, ...]:
    """The questions of `questions.jsonl` or `unanswered.jsonl`, one JSON object a line.

    Raises `IndexMismatch` naming the line for anything that is not a question about a block, and for one that finds
    passages after one that does not (`BankQuestion.twin`): those come last.
    """
    return tuple(_bank(data, lengths, name))


def _bank(data: bytes, lengths: Lengths, name: str) -> Iterator[BankQuestion]:
    twin = False
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        try:
            question = _bank_question(line, lengths, after_twin=twin)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            problem = f"line {number} of {name} is not a question about a block ({error})"
            raise IndexMismatch(problem, "mend that line, then ncr index build") from error
        twin = question.twin
        yield question


def _bank_question(line: str, lengths: Lengths, *, after_twin: bool) -> BankQuestion:
    """The question of one line."""
    entry = json.loads(line)
    question, numbers = entry["question"], tuple(entry["sentences"])
    twin = entry.get("twin") is True
    if after_twin and not twin:
        raise ValueError("it stands after twins, which come last")
    position, last = lengths[Citation.parse(entry["citation"])]
    if not isinstance(question, str) or not question.strip() or "\N{REPLACEMENT CHARACTER}" in line:
        raise ValueError("the question is not text")
    if not numbers or not all(isinstance(n, int) and 1 <= n <= last for n in numbers):
        raise ValueError(f"the sentences are {entry['sentences']}")
    corrects = tuple(map(Citation.parse, entry.get("corrects", ())))
    return BankQuestion(question, position, numbers, entry.get("reason"), corrects, twin)
