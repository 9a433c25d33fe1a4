"""Word files: the text as it reads with its tracked changes accepted, without comments. Word files have no pages.

Numbers that Word prints before paragraphs are written out, as marks; footnotes stand behind the paragraph that calls
them; text boxes behind the paragraph they hang on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ncrelations.document.spans import LeafKind
from ncrelations.errors import FileRefused
from ncrelations.files.docx_styles import Numbering, Style, Styles, W, list_of, value
from ncrelations.files.file_text import FileText, Request, Structure
from ncrelations.files.flow import Flow
from ncrelations.files.packed_file import DC, PackedFile, said

READER = "docx 1"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{_MC}Fallback", f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delText"}
)
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_CALLS = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_HELD = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag", f"{W}body"})
_BLOCKS = frozenset({f"{W}p", f"{W}tbl"})
_CELLS = frozenset({f"{W}tc"})
_BOX = f"{W}txbxContent"
_LONGEST_HEADING = 120


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as it comes together: its words, and the notes and boxes that hang on it."""

    words: list[tuple[str, bool]] = field(default_factory=list)
    """Pieces of text, each with whether it is a mark."""
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    """The kind, id and printed number of each note called."""
    boxes: list[Any] = field(default_factory=list)
    bold: bool = True

    @property
    def text(self) -> str:
        """Its words, marks left out."""
        return "".join(text for text, mark in self.words if not mark)


def read_docx(data: bytes, request: Request) -> FileText:
    """The text of a Word file."""
    package = PackedFile(data, request)
    root = package.xml("word/document.xml")
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise FileRefused(package.name, "damaged", "it has no text part")
    writing = _Writing(package)
    writing.styled = any(writing.style(each).level for each in body.iter(f"{W}p"))
    writing.blocks(body)
    writing.finish()
    core = package.xml("docProps/core.xml")
    title, author = (said(core, f"{DC}{name}") for name in ("title", "creator"))
    flow = writing.flow
    structure: Structure = "none" if not flow.headings else "styles" if writing.styled else "fonts"
    comments = package.xml("word/comments.xml")
    left_out = 0 if comments is None else sum(1 for _ in comments.iter(f"{W}comment"))
    remarks = (f"{left_out} comments left out",) if left_out else ()
    return FileText(
        "docx", flow.text, flow.cut(), (), structure, title, author if title else None, remarks=remarks, reader=READER
    )


class _Writing:
    """Writes the blocks of a Word file."""

    def __init__(self, package: PackedFile) -> None:
        self.flow = Flow()
        self.styled = False
        self._styles = Styles(package.xml("word/styles.xml"))
        self._numbering = Numbering(package.xml("word/numbering.xml"))
        self._notes = {kind: _notes(package.xml(f"word/{kind}s.xml"), kind) for kind in ("footnote", "endnote")}
        self._called = 0
        self._carried: tuple[Any, _Paragraph] | None = None

    def style(self, paragraph: Any) -> Style:
        """The style of a paragraph."""
        return self._styles.of(value(paragraph, f"{W}pPr/{W}pStyle"))

    def blocks(self, holder: Any) -> None:
        """The paragraphs and tables that an element holds."""
        for element in _held(holder):
            if element.tag == f"{W}p":
                self._paragraph(element)
            else:
                self._table(element)

    def _paragraph(self, element: Any) -> None:
        read = self._read(element, self._carried[1] if self._carried else None)
        self._carried = None
        if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:
            self._carried = element, read  # its mark was deleted: it is one with the next
        else:
            self._block(element, read)

    def finish(self) -> None:
        """Write the last paragraph where its mark was deleted, too: there is no next that it is one with."""
        if self._carried is not None:
            self._block(*self._carried)

    def _block(self, element: Any, read: _Paragraph) -> None:
        """The block of a paragraph, and what hangs on it."""
        style = self.style(element)
        if read.text.strip():
            self._begin(read, style, list_of(element.find(f"{W}pPr"), style.list))
            self._write(read)
        self._hanging(read)

    def _begin(self, read: _Paragraph, style: Style, list_: tuple[str, int] | None) -> None:
        """Begin the block of a paragraph, with the number that Word prints before it."""
        kind, number = self._numbering.next(*list_) if list_ else ("", "")
        plain = number.strip(" .():\t")
        text = read.text.strip()
        bold = (read.bold or style.bold) and len(text) <= _LONGEST_HEADING and not text.endswith((".", ",", ";", ":"))
        level = style.level or (1 if bold and not self.styled else None)
        if style.contents:
            self.flow.begin(LeafKind.CONTENTS)
        elif level:
            self.flow.begin(LeafKind.HEADING, level=level, number=plain if number and kind != "bullet" else None)
        elif kind == "decimal":
            self.flow.begin(number=plain)
        else:
            self.flow.begin(block="b" if kind else "p")
        if number:
            self.flow.mark(number)
            self.flow.space("\t")

    def _write(self, read: _Paragraph) -> None:
        for text, mark in read.words:
            if mark:
                self.flow.mark(text)
            else:
                self.flow.words(text)

    def _hanging(self, read: _Paragraph) -> None:
        """What hangs on a paragraph: its footnotes, then its text boxes."""
        for kind, id, number in read.notes:
            note = self._notes[kind].get(id)
            if note is not None:
                self.flow.begin(LeafKind.FOOTNOTE, "n", number=number)
                for paragraph in note.iter(f"{W}p"):
                    self._write(self._read(paragraph))
                    self.flow.space("\n")
        for box in read.boxes:
            self.blocks(box)

    def _table(self, table: Any) -> None:
        """A table: a block a row. What lies in a single column is laid out, not tabulated."""
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            cells = list(_held(row, _CELLS))
            if len(cells) == 1:
                self.blocks(cells[0])
                continue
            self.flow.begin(block="t")
            hanging = []
            for cell in cells:
                for paragraph in _paragraphs(cell):
                    hanging.append(read := self._read(paragraph))
                    self._write(read)
                    self.flow.space(" ")
                self.flow.space("\t")
            for read in hanging:
                self._hanging(read)

    def _read(self, element: Any, read: _Paragraph | None = None) -> _Paragraph:
        """The words of a paragraph, after those it is joined to."""
        read = read or _Paragraph()
        todo = list(reversed(element))
        while todo:
            each = todo.pop()
            if each.tag in _DELETED or (each.tag == f"{W}r" and each.find(f"{W}rPr/{W}vanish") is not None):
                continue
            if each.tag == f"{W}r":
                bold = value(each, f"{W}rPr/{W}b")
                read.bold = read.bold and (
                    bold not in (None, "0", "false") or not "".join(each.itertext(f"{W}t")).strip()
                )
            if each.tag == _BOX:
                read.boxes.append(each)
                continue
            self._piece(each, read)
            todo.extend(reversed(each))
        return read

    def _piece(self, element: Any, read: _Paragraph) -> None:
        if element.tag == f"{W}t":
            read.words.append((element.text or "", False))
        elif element.tag in _SIGNS:
            read.words.append((_SIGNS[element.tag], False))
        elif element.tag in _CALLS:
            self._called += 1
            read.notes.append((_CALLS[element.tag], element.get(f"{W}id", ""), str(self._called)))
            read.words.append((str(self._called), True))


def _held(holder: Any, tags: frozenset[str] = _BLOCKS) -> Iterator[Any]:
    """The paragraphs and tables of an element, or the cells of a row, also where fields and changes hold them."""
    for element in holder:
        if element.tag in tags:
            yield element
        elif element.tag in _HELD:
            yield from _held(element, tags)


def _paragraphs(cell: Any) -> Iterator[Any]:
    """The paragraphs of a cell, those of tables within it among them, those of text boxes not: they hang on others."""
    box = next(cell.iterancestors(_BOX), None)
    return (each for each in cell.iter(f"{W}p") if next(each.iterancestors(_BOX), None) is box)


def _notes(root: Any, kind: str) -> dict[str, Any]:
    """The notes of a kind, by id; separators are none."""
    if root is None:
        return {}
    return {note.get(f"{W}id", ""): note for note in root.iter(f"{W}{kind}") if note.get(f"{W}type") is None}
