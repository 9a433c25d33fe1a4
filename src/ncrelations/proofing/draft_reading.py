"""Files and texts read into drafts: which format it is, and what cannot be read said in words."""

from __future__ import annotations

import codecs
from pathlib import PurePath
from typing import Literal, get_args

from ncrelations.document.citation import nearest, printable
from ncrelations.errors import NoSuchPlace
from ncrelations.proofing.docx_draft import docx_draft
from ncrelations.proofing.draft import LARGEST, LINE_END, Draft, draft_of, unreadable
from ncrelations.proofing.endnotes import with_endnotes
from ncrelations.proofing.html_draft import html_paragraphs
from ncrelations.proofing.markdown_draft import markdown_paragraphs
from ncrelations.proofing.plain_draft import plain_paragraphs

DraftFormat = Literal["markdown", "plain", "html"]
"""The formats of a text."""

DRAFT_FORMATS: tuple[str, ...] = get_args(DraftFormat)

_READERS = {"plain": plain_paragraphs, "markdown": markdown_paragraphs, "html": html_paragraphs}
ENDINGS = {
    ".md": "markdown", ".markdown": "markdown", ".mkd": "markdown", ".qmd": "markdown", ".rmd": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx",
}  # fmt: skip
"""The formats of files by what their names end in; any other is plain text."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def read_text(text: str, format: DraftFormat | str = "markdown") -> Draft:
    """The draft of a text. Raises `InvalidDraft` for one that is too long, `NoSuchPlace` for an unknown format."""
    if format not in _READERS:
        raise NoSuchPlace("format", printable(format), nearest(format, list(DRAFT_FORMATS)) or DRAFT_FORMATS)
    _bounded(len(text), "characters")
    return draft_of(text, with_endnotes(tuple(_READERS[format](text))), format)


def read_bytes(data: bytes, name: str = "", format: str | None = None) -> Draft:
    """The draft in a file, by default in the format that its name ends in; plain text for any other.

    Raises `InvalidDraft` for what is no text, is not in UTF-8 (with the line) or is too large.
    """
    _bounded(len(data), "bytes")
    chosen = format or ENDINGS.get(PurePath(name).suffix.lower(), "plain")
    if chosen == "docx" or (data.startswith(b"PK\x03\x04") and b"word/" in data):
        return docx_draft(data)
    return read_text(_decoded(data), chosen)


def _decoded(data: bytes) -> str:
    bom, encoding = next((each for each in _BOMS if data.startswith(each[0])), (b"", "utf-8"))
    if encoding == "utf-8" and (at := data.find(0)) >= 0:
        raise unreadable("no_draft", line=_line(data[:at], encoding))
    try:
        return data[len(bom) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise unreadable("bad_encoding", line=_line(data[len(bom) :][: error.start], encoding)) from None


def _line(before: bytes, encoding: str) -> int:
    """The number of the line that some bytes lead to."""
    return 1 + len(LINE_END.findall(before.decode(encoding, "replace")))


def _bounded(size: int, unit: str) -> None:
    if size > LARGEST:
        raise unreadable(f"too_many_{unit}", "split", most=f"{LARGEST:,}")
