"""Where things stand in the reader: the pages of citations and entities, and the names linked in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.document.entities import Mention
from ncrelations.document.tree import Block, Section, Sentence
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


class Names:
    """The names of a corpus as they are linked: where a block names one first, those of every page once a section."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._linked: dict[str, dict[Citation, tuple[Mention, ...]]] = {}

    def pieces(self, sentence: Sentence) -> tuple[Piece, ...]:
        """A sentence with the entities linked that are to be linked in it."""
        return tuple(self._pieces(sentence))

    def _pieces(self, sentence: Sentence) -> Iterator[Piece]:
        at = 0
        for mention in self._of_document(sentence.document.id)[sentence.citation.of_block]:
            if mention.sentence.citation != sentence.citation:
                continue
            start = sentence.text.index(mention.text, at)
            if start > at:
                yield Piece(sentence.text[at:start])
            at = start + len(mention.text)
            yield Piece(mention.text, mention.entity)
        if at < len(sentence.text):
            yield Piece(sentence.text[at:])

    def _of_document(self, id: str) -> dict[Citation, tuple[Mention, ...]]:
        """The mentions that are linked, by block, in order."""
        if id not in self._linked:
            self._linked[id] = {
                block.citation: mentions
                for section in self._corpus.document(id).walk()
                for block, mentions in zip(section.blocks, self._of_section(section), strict=True)
            }
        return self._linked[id]

    def _of_section(self, section: Section) -> Iterator[tuple[Mention, ...]]:
        seen: set[str] = set()
        for block in section.blocks:
            seen &= self._corpus.entities.everywhere
            found = []
            for mention in self._named(block):
                if mention.entity not in seen:
                    seen.add(mention.entity)
                    found.append(mention)
            yield tuple(found)

    def _named(self, block: Block) -> list[Mention]:
        """The mentions of a block in order, each place once: with the entity whose own name stands there."""
        entities = self._corpus.entities
        own = (each for each in entities.mentioned(block) if each.text in entities.named(each.entity).forms)
        return sorted(own, key=lambda mention: mention.span)
