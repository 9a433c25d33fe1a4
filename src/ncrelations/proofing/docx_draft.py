"""DOCX: the paragraphs of a text as it reads with its tracked changes accepted, and its footnotes.

Lines count paragraphs. Nothing larger is unpacked than a text of the size that is read, and no entity is expanded.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from ncrelations.proofing.draft import LARGEST, Aside, Draft, Mapped, Paragraph, draft_of, paragraph, unreadable
from ncrelations.proofing.endnotes import with_endnotes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DROPPED = {f"{_W}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_QUOTE = re.compile(r"quote|zitat|citation|blocktext", re.IGNORECASE)
_CODE = re.compile(r"code|preformatted|verbatim", re.IGNORECASE)


@dataclass(slots=True)
class _Words:
    """A paragraph as it comes together."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    asides: list[Aside] = field(default_factory=list)
    style: str = ""

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def join(self, cell: _Words) -> None:
        """Add the words of a cell, two line ends after those before it."""
        if self.length:
            self.add("\n\n")
        self.asides += [Aside(self.length + each.at, each.text) for each in cell.asides]
        self.add("".join(cell.parts))


def docx_draft(data: bytes) -> Draft:
    """The draft in a DOCX file. Raises `InvalidDraft` for a file that is none, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            links = dict(_links(package))
            footnotes = {**_notes(package, "footnote"), **_notes(package, "endnote")}
            body = list(_paragraphs(_part(package, "word/document.xml"), links, footnotes))
    except (zipfile.BadZipFile, KeyError, ET.ParseError, RuntimeError, NotImplementedError, EOFError) as error:
        raise unreadable("bad_docx") from error
    notes = [_Words([text], len(text)) for text in footnotes.values() if text.strip()]
    return _put_together([*body, *notes])


def _put_together(words: list[_Words]) -> Draft:
    lines, paragraphs, at = list[str](), list[Paragraph](), 0
    for each in words:
        text = "".join(each.parts)
        line = text.replace("\n", " ")
        if text.strip() and not _CODE.search(each.style):
            mapped = Mapped(text, (0,), (at,))
            paragraphs.append(paragraph(mapped, each.asides, quoted=bool(_QUOTE.search(each.style))))
        lines.append(line)
        at += len(line) + 1
    return draft_of("\n".join(lines), with_endnotes(paragraphs), "docx")


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    """A part of the package, unpacked within bounds."""
    with package.open(name) as part:
        data = part.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise unreadable("docx_large", "split")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise unreadable("docx_entities")
    return data


def _links(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Where the links of the text lead, by their ids."""
    name = "word/_rels/document.xml.rels"
    if name in package.namelist():
        for each in ET.fromstring(_part(package, name)):  # noqa: S314  # bounded, and no entities: _part
            yield each.get("Id", ""), each.get("Target", "")


def _notes(package: zipfile.ZipFile, kind: str) -> dict[str, str]:
    """The words of the notes of a kind, by kind and id."""
    name = f"word/{kind}s.xml"
    if name not in package.namelist():
        return {}
    found = {}
    for note in ET.fromstring(_part(package, name)).iter(f"{_W}{kind}"):  # noqa: S314  # as above
        words = [_words(each, {}, {}) for each in note.iter(f"{_W}p")]
        found[kind + note.get(f"{_W}id", "")] = "\n".join("".join(each.parts) for each in words)
    return found


def _paragraphs(data: bytes, links: dict[str, str], notes: dict[str, str]) -> Iterator[_Words]:
    """The paragraphs of a document; the row of a table is one, its cells apart."""
    carried: _Words | None = None
    row, depth = _Words(), 0
    for event, element in ET.iterparse(io.BytesIO(data), ("start", "end")):  # noqa: S314  # as above
        if element.tag == f"{_W}tr":
            depth += 1 if event == "start" else -1
            if not depth and row.parts:
                yield row
                row = _Words()
        if element.tag != f"{_W}p" or event == "start":
            continue
        words = _words(element, links, notes, carried)
        # A paragraph mark that was deleted joins its paragraph to the next.
        carried = words if element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None else None
        if carried is None and depth:
            row.join(words)
        elif carried is None:
            yield words
        element.clear()
    if carried is not None:
        yield carried


def _words(element: ET.Element, links: dict[str, str], notes: dict[str, str], words: _Words | None = None) -> _Words:
    """The words of a paragraph, after those it is joined to."""
    words = words or _Words()
    style = element.find(f"{_W}pPr/{_W}pStyle")
    words.style = "" if style is None else style.get(f"{_W}val", "")
    _gather(element, words, links, notes)
    return words


def _gather(element: ET.Element, words: _Words, links: dict[str, str], notes: dict[str, str]) -> None:
    todo = list(reversed(element))
    while todo:
        each = todo.pop()
        if each.tag in _DROPPED:
            continue
        if each.tag == f"{_W}t":
            words.add(each.text or "")
        elif each.tag in _SIGNS:
            words.add(_SIGNS[each.tag])
        elif each.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            kind = each.tag.removeprefix(_W).removesuffix("Reference")
            words.asides.append(Aside(words.length, notes.get(kind + each.get(f"{_W}id", ""), "")))
        elif each.tag == f"{_W}hyperlink":
            words.asides.append(Aside(words.length, links.get(each.get(f"{_R}id", ""), "")))
        todo.extend(reversed(each))
