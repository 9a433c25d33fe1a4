"""The whole documents in other forms: JSON lines, CSV, Markdown, HTML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any, Literal, get_args

from ncrelations.document import Block, Document, Section
from ncrelations.render.data import to_json
from ncrelations.render.form import clean
from ncrelations.render.markdown import escape as escape_markdown
from ncrelations.render.places import title

ExportFormat = Literal["jsonl", "csv", "markdown", "html"]
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
        case "html":
            return _html(documents)


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
                "page": section.page,
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
    writer = csv.DictWriter(file, list(records[0]), lineterminator="\n")
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


_STYLE = """
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem;
  font: 1.05rem/1.6 Georgia, serif; color: #1b1f24; background: #fff; }
h1, h2, h3, .voice, .cite { font-family: system-ui, sans-serif; }
.voice { font-size: .8rem; color: #57606a; }
.cite { font-size: .75rem; margin-left: .5em; color: #0b5cad; text-decoration: none; }
:target { background: #fff3bf; }
@media (prefers-color-scheme: dark) {
  body { color: #e6edf3; background: #0d1117; } .voice { color: #9da7b3; } .cite { color: #6cb6ff; }
  :target { background: #4d3d00; }
}
""".strip()


def _html(documents: Sequence[Document]) -> str:
    names = " / ".join(document.title for document in documents)
    bodies = "\n".join(_html_document(document) for document in documents)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(names)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{bodies}\n</body>\n</html>\n"
    )


def _html_document(document: Document) -> str:
    sections = "\n".join(_html_section(section) for section in document.walk())
    head = f'<article id="{document.id}">\n<h1>{escape(document.title)}</h1>'
    source = f'<p class="voice">{escape(document.work.publisher)}. Source sha256 {document.sha256}</p>'
    return f"{head}\n{source}\n{sections}\n</article>"


def _html_section(section: Section) -> str:
    level = 3 if section.parent else 2
    page = f", p. {section.page} ff." if section.page else ""
    head = f'<h{level} id="{section.citation}">{escape(title(section))}</h{level}>'
    voice = f'<p class="voice">{escape(section.voice.label)}{page}</p>'
    return "\n".join([head, voice, *(_html_block(block, section) for block in section.blocks)])


def _html_block(block: Block, section: Section) -> str:
    sentences = " ".join(f'<span id="{s.citation}">{escape(clean(s.text))}</span>' for s in block.sentences)
    other = f'<span class="voice">{escape(block.voice.label)}: </span>' if block.voice is not section.voice else ""
    bullet = "" if block.kind == "paragraph" else "• "
    link = f'<a class="cite" href="#{block.citation}">{block.citation}</a>'
    return f'<p id="{block.citation}">{bullet}{other}{sentences}{link}</p>'
