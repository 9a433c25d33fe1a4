"""EPUB: the pages of a book in the order of its spine, each read as HTML; printed page numbers where it has them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from ncrelations.errors import FileRefused
from ncrelations.files.file_kind import decoded
from ncrelations.files.file_text import FileText, Request, Structure
from ncrelations.files.html_reader import Walk, parsed, plain_date
from ncrelations.files.packed_file import DC, PackedFile, said

READER = "epub 1"

_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_ENCRYPTED = "{http://www.w3.org/2001/04/xmlenc#}CipherReference"
_EMPTY = re.compile(r"<(?P<tag>[A-Za-z][A-Za-z0-9]{0,20})(?P<rest>[^<>]{0,2000}?)/>")
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "area", "base", "col", "embed", "source", "wbr"})


def read_epub(data: bytes, request: Request) -> FileText:
    """The text of an EPUB."""
    package = PackedFile(data, request)
    container = package.xml("META-INF/container.xml")
    found = None if container is None else container.find(f"{_CONTAINER}rootfiles/{_CONTAINER}rootfile")
    path = "" if found is None else found.get("full-path", "")
    opf = package.xml(path)
    if opf is None:
        raise FileRefused(package.name, "damaged", "it does not say where its book is")
    locked = _encrypted(package)
    walk = Walk()
    for name in _spine(opf, posixpath.dirname(path)):
        if name in locked:
            raise FileRefused(package.name, "encrypted", "it has copy protection")
        if name in package.names:
            walk.read(parsed(_EMPTY.sub(_closed, decoded(package.part(name), package.name)[0])).body)
    flow = walk.flow
    title, author, date = (said(opf, f"{_OPF}metadata/{DC}{name}") for name in ("title", "creator", "date"))
    structure: Structure = "markup" if flow.headings else "none"
    return FileText(
        "epub",
        flow.text,
        flow.cut(),
        tuple(walk.pages),
        structure,
        title,
        author,
        plain_date(date or ""),
        reader=READER,
    )


def _closed(match: re.Match[str]) -> str:
    """An element that XML lets close itself, as HTML has it."""
    if match["tag"].lower() in _VOID:
        return match[0]
    return f"<{match['tag']}{match['rest']}></{match['tag']}>"


def _spine(opf: Any, folder: str) -> Iterator[str]:
    """The parts of the book in reading order, its own navigation left out."""
    items = {item.get("id"): item for item in opf.iter(f"{_OPF}item")}
    for reference in opf.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is not None and "nav" not in (item.get("properties") or "").split():
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))


def _encrypted(package: PackedFile) -> frozenset[str]:
    """The parts that are encrypted."""
    root = package.xml("META-INF/encryption.xml")
    return frozenset() if root is None else frozenset(unquote(each.get("URI", "")) for each in root.iter(_ENCRYPTED))
