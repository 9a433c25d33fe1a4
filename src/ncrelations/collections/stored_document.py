"""A document's tree as data and back: what is stored is what was cited, whatever a later reader would make of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ncrelations.document.citation import Citation
from ncrelations.document.tree import Block, Document, Leaf, LeafKind, Page, Section, Sentence, Span, Tree
from ncrelations.document.voice import View, Voice
from ncrelations.document.work import Work


def tree_data(document: Document) -> str:
    """The tree of a document as JSON, without its source and what a bibliography says of it."""
    voices: dict[tuple[str, str], int] = {}

    def voice(of: Voice) -> int:
        return voices.setdefault((of.value, of.label), len(voices))

    data = {
        "sections": [_section_data(each, voice(each.voice)) for each in document.walk()],
        "blocks": [_block_data(each, voice(each.voice)) for each in document.blocks],
        "pages": [[each.start, each.number, each.label, each.recognised] for each in document.tree.pages],
        "leaves": [[each.kind.value, each.span.end, _within(each.citation)] for each in document.leaves],
    }
    return json.dumps({**data, "voices": list(voices)}, ensure_ascii=False, separators=(",", ":"))


def _within(citation: Citation | None) -> str | None:
    """A citation without its document, whose id may be given anew."""
    return None if citation is None else "/".join(filter(None, (citation.section, citation.block)))


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _section_data(section: Section, voice: int) -> list[Any]:
    return [
        section.id, _span(section.span), section.number, section.heading, _span(section.heading_span), section.page,
        voice, section.description, section.parent.id if section.parent else "",
    ]  # fmt: skip


def _block_data(block: Block, voice: int) -> list[Any]:
    sentences = [[each.span.start, each.span.end, each.text] for each in block.sentences]
    return [_within(block.citation), _span(block.span), voice, sentences]


def document_from(id: str, work: Work, source: str, sha256: str, data: str) -> Document:
    """The document of a stored tree. Raises `ValueError` or `LookupError` for what `tree_data` never gave."""
    stored = json.loads(data)
    voices = [View(value, label) for value, label in stored["voices"]]
    tree, leaves = Tree(), tuple(_leaves(id, stored["leaves"]))
    document = Document(id, work, source, sha256, leaves, tree)
    tree.document, tree.pages = document, tuple(Page(*each) for each in stored["pages"])
    of_section: dict[str, list[Block]] = {}
    for each in stored["blocks"]:
        block = _block(id, tree, each, voices)
        tree.blocks[block.citation] = block
        of_section.setdefault(block.citation.section or "", []).append(block)
    for each in stored["sections"]:
        tree.add_section(each[0], _section(id, tree, each, voices, tuple(of_section.get(each[0], ()))), each[-1])
    return document


def _leaves(id: str, stored: Iterable[list[Any]]) -> Iterable[Leaf]:
    start = 0
    for kind, end, within in stored:
        yield Leaf(LeafKind(kind), Span(start, end), None if within is None else _address(id, within))
        start = end


def _address(id: str, within: str) -> Citation:
    section, _, block = within.partition("/")
    return Citation(id, section, block or None)


def _block(id: str, tree: Tree, stored: list[Any], voices: list[View]) -> Block:
    within, span, voice, sentences = stored
    citation = _address(id, within)
    numbered = enumerate(sentences, 1)
    parts = tuple(
        Sentence(Citation(id, citation.section, citation.block, number), Span(start, end), tree, text)
        for number, (start, end, text) in numbered
    )
    return Block(citation, Span(*span), tree, " ".join(part.text for part in parts), voices[voice], parts)


def _section(id: str, tree: Tree, stored: list[Any], voices: list[View], blocks: tuple[Block, ...]) -> Section:
    name, span, number, heading, heading_span, page, voice, description, _ = stored
    stands = None if heading_span is None else Span(*heading_span)
    return Section(
        Citation(id, name), Span(*span), tree, number, heading, stands, page, voices[voice], blocks, description
    )


def work_data(work: Work) -> str:
    """What a bibliography says of a document, as JSON."""
    return json.dumps({name: getattr(work, name) for name in Work.__slots__}, ensure_ascii=False)


def work_from(data: str) -> Work:
    """The work of `work_data`."""
    stored = json.loads(data)
    stored["authors"] = tuple((family, given) for family, given in stored["authors"])
    stored["date"] = stored["date"] and tuple(stored["date"])
    stored["printed_authors"] = tuple(stored.get("printed_authors", ()))
    return Work(**stored)
