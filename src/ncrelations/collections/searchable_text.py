"""What of a document is searched: its blocks, each with the headings that it stands under."""

from __future__ import annotations

from ncrelations.collections.passage_text import PassageText
from ncrelations.document.tree import Document, Section


def passages_of(document: Document) -> tuple[PassageText, ...]:
    """What of a document is searched: its blocks, each with its headings; a row also with the first of its table."""
    found, head, before = list[PassageText](), "", ""
    for number, block in enumerate(document.blocks):
        row = block.kind == "table row"
        head = head if row and before == "table row" else block.text if row else ""
        above = ": ".join(filter(None, (_headings(block.section), head if head != block.text else "")))
        found.append(PassageText(number, above, block.text, tuple(each.text for each in block.sentences)))
        before = block.kind
    return tuple(found)


def _headings(section: Section) -> str:
    above = _headings(section.parent) if section.parent else ""
    return ": ".join(filter(None, (above, section.heading)))
