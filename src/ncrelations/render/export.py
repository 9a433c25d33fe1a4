"""The whole documents in other forms: JSON lines, CSV, Markdown. HTML is `ncrelations.reader`'s."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, Literal, get_args

from ncrelations.document.tree import Block, Document
from ncrelations.render.data import to_json
from ncrelations.render.markdown import escape as escape_markdown
from ncrelations.render.places import title

ExportFormat = Literal["jsonl", "csv", "markdown"]
"""The forms that `export` knows."""

EXPORT_FORMATS: tuple[str, ...] = get_args(ExportFormat)


def export(documents: Sequence[Document], format: ExportFormat) -> str:
    """Every block of some documents, with its citation, in one text."""
    match format:
        case "jsonl":
            return "".join(to_json(row) + "\n" for row in rows(documents))
        case "csv":
            return _csv(documents)
        case "markdown":
            return "\n".join(_markdown(document) for document in documents)


def rows(documents: Sequence[Document]) -> Iterator[dict[str, Any]]:
    """One flat record for every block."""
    for document in documents:
        for block in document.blocks:
            section = block.section
            yield {
                "citation": str(block.citation),
                "document": document.id,
                "section": section.id,
                "heading": section.heading,
                "page": section.page if block.page is None else block.page,
                "kind": block.kind,
                "voice": block.voice.value,
                "voice_label": block.voice.label,
                "start": block.span.start,
                "end": block.span.end,
                "human": block.human,
                "text": block.text,
            }


def _csv(documents: Sequence[Document]) -> str:
    file = io.StringIO()
    records = list(rows(documents))
    writer = csv.DictWriter(file, list(records[0]) if records else [], lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return file.getvalue()


def _markdown(document: Document) -> str:
    parts = [f"# {escape_markdown(document.title)}"]
    for section in document.walk():
        parts.append(f"{'###' if section.parent else '##'} {escape_markdown(title(section))} `{section.citation}`")
        parts += [_markdown_block(block) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def _markdown_block(block: Block) -> str:
    bullet = "" if block.kind == "paragraph" else "- "
    return f"{bullet}{escape_markdown(block.text)} *{escape_markdown(block.voice.label)}* `{block.citation}`"
