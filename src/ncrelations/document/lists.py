"""Sections that are lists: their items, and what an item or a section says of each side."""

from __future__ import annotations

from dataclasses import dataclass

from ncrelations.document.tree import Block, Section
from ncrelations.document.voice import Voice


@dataclass(frozen=True, slots=True)
class ItemList:
    """A section that is a list."""

    section: Section
    """The section."""
    nouns: tuple[str, ...]
    """What its items are called, in the singular; the first is the usual one."""
    items: tuple[tuple[Block, ...], ...]
    """The blocks of each item, in order."""
    plurals: tuple[str, ...] = ()
    """Plurals that are more than an "s": "realities"."""
    named: tuple[Block, ...] = ()
    """Blocks elsewhere that name all its items in one sentence."""
    voice: Voice | None = None
    """Where its nouns mean it only for one who asks for this voice: "the complaints of ..."."""
    title: str = ""
    """What it is, in a short phrase: "the risks the experts warn of"."""


def bullets_of(section: Section) -> tuple[tuple[Block, ...], ...]:
    """An item for each block of a section that is no paragraph."""
    return tuple((block,) for block in section.blocks if block.kind != "paragraph")
