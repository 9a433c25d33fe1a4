"""Passages: one a block, in document order, and the question bank that belongs to them."""

from __future__ import annotations

import json

import pytest

import ncrelations as ncr
from edition_kit import CORPUS, PASSAGES, SENTENCES, bank_bytes
from ncrelations.errors import IndexMismatch
from ncrelations.retrieval.passages import BankQuestion, lengths_of, passages_of, read_bank, sentences_of

LENGTHS = lengths_of(PASSAGES)


def line(**fields: object) -> bytes:
    """One line of a question bank."""
    entry = {"citation": "report/VI.1/p2", "question": "Why do sea lanes matter to China?", "sentences": [1]} | fields
    return json.dumps({key: value for key, value in entry.items() if value is not None}).encode()


def test_one_passage_a_block() -> None:
    """Every block of both documents is a passage, numbered in document order from 0."""
    blocks = [block for document in ncr.documents() for block in document.blocks]
    assert [passage.block for passage in PASSAGES] == blocks
    assert [passage.position for passage in PASSAGES] == list(range(len(blocks)))


def test_passages_are_deterministic() -> None:
    """Asked twice, passages and sentences are the same."""
    assert passages_of(CORPUS) == PASSAGES
    assert sentences_of(PASSAGES) == SENTENCES


def test_a_passage_is_embedded_under_its_heading() -> None:
    """The heading stands in front of the block's text; a section without heading has a description."""
    by_citation = {str(passage.block.citation): passage for passage in PASSAGES}
    assert by_citation["report/VI.1/p2"].text.startswith("Maritime security. For China, ensuring the safety")
    assert by_citation["article/intro/p1"].text.startswith("introduction. At the recently concluded summit")
    assert all(passage.text.endswith(passage.block.text) for passage in PASSAGES)


def test_every_sentence_once() -> None:
    """The sentences are those of all blocks, in order."""
    assert tuple(each for passage in PASSAGES for each in passage.block.sentences) == SENTENCES


def test_reading_the_bank() -> None:
    """A line is a question, its block and the sentences that answer it; an unanswered one has a reason."""
    data = line() + b"\n" + line(sentences=[1, 3], reason="the report does not say") + b"\n"
    at = next(passage.position for passage in PASSAGES if str(passage.block.citation) == "report/VI.1/p2")
    assert read_bank(data, LENGTHS) == (
        BankQuestion("Why do sea lanes matter to China?", at, (1,), None),
        BankQuestion("Why do sea lanes matter to China?", at, (1, 3), "the report does not say"),
    )
    assert read_bank(b"", LENGTHS) == ()


@pytest.mark.parametrize(
    "bad",
    [
        b"not json",
        b"[]",
        b"7",
        b"{}",
        line(question=None),
        line(citation=None),
        line(sentences=None),
        line(citation="report/VI.1"),
        line(citation="report"),
        line(citation="report/VI.1/p9"),
        line(citation="report VI.1"),
        line(citation=7),
        line(sentences=[99]),
        line(sentences=["1"]),
        line(sentences=1),
        line(sentences=[0]),
        line(sentences=[-1]),
        line(sentences=[]),
        line(question=5),
        line(question=" "),
        b"\xff\xfe",
    ],
)
def test_a_bad_line_is_named(bad: bytes) -> None:
    """Anything that is not a question about a block is refused with file and line."""
    with pytest.raises(IndexMismatch, match=r"line 2 of questions\.jsonl"):
        read_bank(line() + b"\n" + bad + b"\n" + line(), LENGTHS)


def test_a_bad_line_of_the_other_bank() -> None:
    """The message names the file that was read."""
    with pytest.raises(IndexMismatch, match=r"line 1 of unanswered\.jsonl"):
        read_bank(b"{", LENGTHS, "unanswered.jsonl")


@pytest.mark.parametrize("name", ["questions.jsonl", "unanswered.jsonl"])
def test_the_packaged_banks(name: str) -> None:
    """Every line of both banks is about a block; unanswered questions, and only those, say why; none is asked twice."""
    bank = read_bank(bank_bytes(name.removesuffix(".jsonl")), LENGTHS, name)
    assert bank
    assert all((question.unanswered is not None) == (name == "unanswered.jsonl") for question in bank)
    keys = [(question.text.casefold(), question.passage) for question in bank]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_every_block_has_questions() -> None:
    """The bank leaves out no block of the documents' text."""
    bank = read_bank(bank_bytes("questions"), LENGTHS)
    asked = {question.passage for question in bank}
    missing = [str(p.block.citation) for p in PASSAGES if p.position not in asked]
    assert [citation for citation in missing if not citation.startswith("article/front")] == []
