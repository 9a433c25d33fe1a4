"""Where things stand in the reader: the pages of citations and entities, and the names linked in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ncrelations.document.citation import Citation
from ncrelations.document.entities import Mention
from ncrelations.document.tree import Block, Section, Sentence
from ncrelations.editions.nato_china.corpus import two_documents
from ncrelations.editions.nato_china.public import entity
from ncrelations.text.words import fold_accents


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a sentence; the pieces of a sentence, joined, are its text."""

    text: str
    """The words."""
    entity: str | None = None
    """The entity that they name, where it is linked."""


def href(citation: Citation) -> str:
    """The address of a citation within the reader."""
    return f"{citation.document}.html#{citation}"


def slug(name: str) -> str:
    """An entity's anchor on its page."""
    return "entity-" + "-".join(re.findall(r"\w+", fold_accents(name)))


def pieces(sentence: Sentence) -> tuple[Piece, ...]:
    """A sentence with the entities linked where its block names them first.

    Those that are named on every page are linked once a section.
    """
    return tuple(_pieces(sentence))


def _pieces(sentence: Sentence) -> Iterator[Piece]:
    at = 0
    for mention in _linked(sentence.document.id)[sentence.citation.of_block]:
        if mention.sentence.citation != sentence.citation:
            continue
        start = sentence.text.index(mention.text, at)
        if start > at:
            yield Piece(sentence.text[at:start])
        at = start + len(mention.text)
        yield Piece(mention.text, mention.entity)
    if at < len(sentence.text):
        yield Piece(sentence.text[at:])


@cache
def _linked(id: str) -> dict[Citation, tuple[Mention, ...]]:
    """The mentions that are linked, by block, in order."""
    return {
        block.citation: mention
        for section in two_documents().document(id).walk()
        for block, mention in zip(section.blocks, _of_section(section), strict=True)
    }


def _of_section(section: Section) -> Iterator[tuple[Mention, ...]]:
    seen: set[str] = set()
    for block in section.blocks:
        seen &= two_documents().entities.everywhere
        found = []
        for mention in _named(block):
            if mention.entity not in seen:
                seen.add(mention.entity)
                found.append(mention)
        yield tuple(found)


def _named(block: Block) -> list[Mention]:
    """The mentions of a block in order, each place once: with the entity whose own name stands there."""
    own = (
        mention for mention in two_documents().entities.mentioned(block) if mention.text in entity(mention.entity).forms
    )
    return sorted(own, key=lambda mention: mention.span)
