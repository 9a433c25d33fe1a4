"""Places and entities as plain data, and plain data as JSON. What has a `to_dict` of its own uses it."""

from __future__ import annotations

import json
import re
from typing import Any

from ncrelations.document.entities import Entity, Mention
from ncrelations.document.losslessness import has_right_pages, is_lossless, is_verbatim
from ncrelations.document.tree import Block, Document, Section, Sentence, _Node

Place = Document | Section | Block | Sentence
"""What a citation can name."""

_STEERING = re.compile(r"[^\x20-\x7e\n]")


def to_json(value: Any, *, indent: int | None = None, ascii: bool = False) -> str:
    """JSON that is safe to print: no character in it steers a terminal; lone surrogates stay escaped."""
    text = json.dumps(value, ensure_ascii=ascii, indent=indent)
    return _STEERING.sub(lambda m: m[0] if m[0].isprintable() else _escaped(m[0]), text)


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if character > "\x7f" else f"\\u{ord(character):04x}"


def _node(place: _Node, text: str) -> dict[str, Any]:
    return {
        "citation": str(place.citation),
        "human": place.human,
        "span": [place.span.start, place.span.end],
        "text": text,
    }


def place_dict(place: Place) -> dict[str, Any]:
    """A place as plain data, with everything inside it."""
    match place:
        case Sentence():
            return {"kind": "sentence", **_node(place, place.text), **voice_dict(place)}
        case Block():
            inner = [place_dict(sentence) for sentence in place.sentences]
            page = {} if place.page is None else {"page": place.page, "page_label": place.page_label}
            return {"kind": place.kind, **_node(place, place.text), **page, **voice_dict(place), "sentences": inner}
        case Section():
            blocks = [place_dict(block) for block in place.blocks]
            children = [place_dict(child) for child in place.children]
            return {**section_dict(place), "blocks": blocks, "children": children}
        case Document():
            return {**document_dict(place), "sections": [place_dict(section) for section in place.sections]}


def voice_dict(place: Section | Block | Sentence) -> dict[str, str]:
    """Whose view a place states: the name, and in words."""
    return {"voice": place.voice.value, "voice_label": place.voice.label}


def section_dict(section: Section) -> dict[str, Any]:
    """A section as plain data, without its text."""
    return {
        "kind": "section",
        "citation": str(section.citation),
        "human": section.human,
        "span": [section.span.start, section.span.end],
        "number": section.number,
        "heading": section.heading,
        "page": section.page,
        **voice_dict(section),
        "parent": str(section.parent.citation) if section.parent else None,
        "block_count": len(section.blocks),
    }


def document_dict(document: Document) -> dict[str, Any]:
    """A document as plain data, without its text."""
    authors = list(document.work.author_names)
    kind = {"kind": "document", "citation": document.id, "human": document.human, "title": document.title}
    return {**kind, "authors": authors, "sha256": document.sha256, "characters": len(document.source)}


def entity_dict(entity: Entity) -> dict[str, Any]:
    """An entity as plain data, without its mentions."""
    return {
        "name": entity.name,
        "kind": entity.kind,
        "role": entity.role,
        "forms": list(entity.forms),
        "aliases": list(entity.aliases),
        "also": list(entity.also),
        "note": entity.note,
        "mentions": len(entity.mentions),
    }


def mention_dict(mention: Mention) -> dict[str, Any]:
    """A mention as plain data, with its sentence."""
    return {
        "entity": mention.entity,
        "text": mention.text,
        "span": [mention.span.start, mention.span.end],
        "citation": str(mention.sentence.citation),
        "human": mention.sentence.human,
        **voice_dict(mention.sentence),
        "sentence": mention.sentence.text,
    }


def verification(document: Document, checksum: str | None = None) -> dict[str, Any]:
    """Whether a document's pieces, joined, are its source: by characters of each kind, and by checksum.

    `checksum` is that of the source's text, where the document's own is of a file that is not text. Every sentence
    must be the slices of the source that it says it is, too, and every block on the page that holds its beginning.
    """
    kinds: dict[str, int] = {}
    for leaf in document.leaves:
        kinds[leaf.kind.value] = kinds.get(leaf.kind.value, 0) + len(leaf.span)
    proven = is_lossless(document, checksum) and all(map(is_verbatim, document.blocks)) and has_right_pages(document)
    return {
        "document": document.id,
        "title": document.title,
        "sha256": document.sha256,
        "characters": len(document.source),
        "accounted": sum(kinds.values()),
        "lossless": proven,
        "kinds": dict(sorted(kinds.items(), key=lambda item: -item[1])),
    }
