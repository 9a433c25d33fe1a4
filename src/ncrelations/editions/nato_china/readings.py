"""The editors' readings of the two documents (`editorial/records.toml`), and the sentences they point to."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ncrelations.document.citation import Citation
from ncrelations.document.tree import Document, Section, Sentence
from ncrelations.texts.whole_files import packaged_table


@cache
def readings() -> dict[str, Any]:
    """The editors' readings, as tables."""
    return packaged_table(Path(__file__).with_name("editorial") / "records.toml")


def sentence_at(document: Document, address: str) -> Sentence:
    """The sentence at a citation."""
    citation = Citation.parse(address)
    return document.tree.blocks[citation.of_block].sentences[(citation.sentence or 1) - 1]


def recommended(topic: Section, part: str) -> tuple[Sentence, ...]:
    """What the experts recommend on a topic: one part of it, without making a record."""
    return sentences(topic.document, readings()["recommendations"][topic.id][part])


def sentences(document: Document, addresses: list[str]) -> tuple[Sentence, ...]:
    """The sentences at some citations."""
    return tuple(sentence_at(document, address) for address in addresses)
