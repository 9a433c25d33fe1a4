"""OpenDocument text: headings by their outline, items, rows, footnotes; deleted text and comments are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ncrelations.document.spans import LeafKind
from ncrelations.errors import FileRefused
from ncrelations.files.file_text import FileText, Request, Structure
from ncrelations.files.flow import Flow
from ncrelations.files.packed_file import DC, PackedFile, said

READER = "odt 1"

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_ENCRYPTION = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"
_DROPPED = frozenset({
    f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}note-citation",
    f"{_OFFICE}forms", f"{_TEXT}sequence-decls",
})  # fmt: skip
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MOST_SPACES = 100


def read_odt(data: bytes, request: Request) -> FileText:
    """The text of an OpenDocument text file."""
    package = PackedFile(data, request)
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(_ENCRYPTION), None) is not None:
        raise FileRefused(package.name, "encrypted", "OpenDocument's own encryption is not read")
    root = package.xml("content.xml")
    body = None if root is None else root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise FileRefused(package.name, "damaged", "it has no text part")
    writing = _Writing()
    writing.blocks(body)
    flow, meta = writing.flow, package.xml("meta.xml")
    title = said(meta, f".//{DC}title")
    author = said(meta, f".//{DC}creator") if title else None
    structure: Structure = "styles" if flow.headings else "none"
    return FileText("odt", flow.text, flow.cut(), (), structure, title, author, reader=READER)


class _Writing:
    def __init__(self) -> None:
        self.flow = Flow()
        self._hanging: list[Any] = []

    def blocks(self, holder: Any, listed: int = 0, kind: LeafKind = LeafKind.TEXT) -> None:
        """The headings, paragraphs, lists and tables that an element holds."""
        for each in holder:
            if each.tag == f"{_TEXT}h":
                level = each.get(f"{_TEXT}outline-level", "1")
                self.flow.begin(LeafKind.HEADING, level=int(level) if level.isdigit() else 1)
                self._block(each)
            elif each.tag == f"{_TEXT}p":
                self.flow.begin(kind, "b" if listed else "p")
                self._block(each)
            elif each.tag == f"{_TABLE}table":
                self._table(each)
            elif each.tag == f"{_TEXT}table-of-content":
                self.blocks(each, listed, LeafKind.CONTENTS)
            elif each.tag not in _DROPPED:
                self.blocks(each, listed + (each.tag == f"{_TEXT}list"), kind)

    def _block(self, element: Any) -> None:
        self._words(element)
        self._hang()

    def _hang(self) -> None:
        """What hangs on the words written last: their notes and text boxes."""
        hanging, self._hanging = self._hanging, []
        for each in hanging:
            if each.tag == f"{_TEXT}note":
                number = each.findtext(f"{_TEXT}note-citation") or ""
                self.flow.begin(LeafKind.FOOTNOTE, "n", number=number.strip() or None)
                for paragraph in _paragraphs(each):
                    self._words(paragraph)
                    self.flow.space("\n")
                self._hang()
            else:
                self.blocks(each)

    def _words(self, element: Any) -> None:
        """The words of a paragraph; notes and boxes hang on it."""
        self.flow.words(element.text or "")
        for each in element:
            if each.tag == f"{_TEXT}note":
                self.flow.mark((each.findtext(f"{_TEXT}note-citation") or "").strip())
                self._hanging.append(each)
            elif each.tag == f"{_TEXT}s":
                count = each.get(f"{_TEXT}c", "1")
                self.flow.space(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES))
            elif each.tag in _SIGNS:
                self.flow.space(_SIGNS[each.tag])
            elif each.tag.endswith("}text-box"):
                self._hanging.append(each)
            elif each.tag not in _DROPPED:
                self._words(each)
            self.flow.words(each.tail or "")

    def _table(self, table: Any) -> None:
        """A table: a block a row. A table within a cell is text of that cell."""
        for row in table.iter(f"{_TABLE}table-row"):
            if next(row.iterancestors(f"{_TABLE}table")) is not table:
                continue
            self.flow.begin(block="t")
            for cell in row.iterchildren(f"{_TABLE}table-cell"):
                for paragraph in _paragraphs(cell):
                    self._words(paragraph)
                    self.flow.space(" ")
                self.flow.space("\t")
            self._hang()


def _paragraphs(holder: Any) -> Iterator[Any]:
    """The headings and paragraphs of an element, not those that hang on one of them."""
    for each in holder:
        if each.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield each
        elif each.tag not in _DROPPED:
            yield from _paragraphs(each)
