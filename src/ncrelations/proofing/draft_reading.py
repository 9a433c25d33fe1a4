"""Files and texts read into drafts: which format it is, and what cannot be read said in words."""

from __future__ import annotations

import codecs
from pathlib import PurePath
from typing import Literal, get_args

from ncrelations.document.citation import nearest, printable
from ncrelations.errors import InvalidDraft, NoSuchPlace
from ncrelations.proofing.docx_draft import docx_draft
from ncrelations.proofing.draft import LARGEST, Draft, draft_of
from ncrelations.proofing.html_draft import html_paragraphs
from ncrelations.proofing.markdown_draft import markdown_paragraphs
from ncrelations.proofing.plain_draft import plain_paragraphs

DraftFormat = Literal["markdown", "plain", "html"]
"""The formats of a text."""

DRAFT_FORMATS: tuple[str, ...] = get_args(DraftFormat)

_READERS = {"plain": plain_paragraphs, "markdown": markdown_paragraphs, "html": html_paragraphs}
_ENDINGS = {
    ".md": "markdown", ".markdown": "markdown", ".mkd": "markdown", ".qmd": "markdown", ".rmd": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx",
}  # fmt: skip
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_text(text: str, format: DraftFormat | str = "markdown") -> Draft:
    """The draft of a text. Raises `InvalidDraft` for one that is too long, `NoSuchPlace` for an unknown format."""
    if format not in _READERS:
        raise NoSuchPlace("format", printable(format), nearest(format, list(DRAFT_FORMATS)) or DRAFT_FORMATS)
    _bounded(len(text), "characters")
    return draft_of(text, _READERS[format](text), format)


def read_bytes(data: bytes, name: str = "", format: str | None = None) -> Draft:
    """The draft in a file, by default in the format that its name ends in; plain text for any other.

    Raises `InvalidDraft` for what is no text, is not in UTF-8 (with the line) or is too large.
    """
    _bounded(len(data), "bytes")
    chosen = format or _ENDINGS.get(PurePath(name).suffix.lower(), "plain")
    if chosen == "docx" or (data.startswith(b"PK\x03\x04") and b"word/" in data):
        return docx_draft(data)
    return read_text(_decoded(data), chosen)


def _decoded(data: bytes) -> str:
    bom, encoding = next((each for each in _BOMS if data.startswith(each[0])), (b"", "utf-8"))
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidDraft(f"line {line} is not in UTF-8", "save the file in that encoding") from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise InvalidDraft(f"the file is no text: line {line} has a null character", "give a text, HTML or DOCX file")
    return text


def _bounded(size: int, unit: str) -> None:
    if size > LARGEST:
        raise InvalidDraft(f"the draft has {size:,} {unit}, and at most {LARGEST:,} are read", "split it")
