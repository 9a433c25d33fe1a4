"""Files that are packed (DOCX, ODT, EPUB): their parts unpacked within bounds, their XML read without entities."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from ncrelations.errors import FileRefused
from ncrelations.files.file_text import Request

DC = "{http://purl.org/dc/elements/1.1/}"
"""The namespace in which packed files say who wrote them, and when: Dublin Core."""
_MOST_PARTS = 20_000
_CHUNK = 1 << 20


class PackedFile:
    """The parts of a packed file by name. What they unpack to is counted together."""

    def __init__(self, data: bytes, request: Request) -> None:
        self.name = str(request.path)
        self._left = request.limits.unpacked
        try:
            self._package = zipfile.ZipFile(BytesIO(data))
            self.names = frozenset(self._package.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
            raise FileRefused(self.name, "damaged") from error
        if len(self.names) > _MOST_PARTS:
            raise FileRefused(self.name, "too_large", f"{len(self.names):,} parts")

    def part(self, name: str) -> bytes:
        """A part, unpacked. Raises `FileRefused` where it is missing, damaged, encrypted or too large."""
        found = bytearray()
        try:
            self._check(self._package.getinfo(name))
            with self._package.open(name) as part:
                while chunk := part.read(_CHUNK):
                    found += chunk
                    self._count(len(chunk))
        except FileRefused:
            raise
        except Exception as error:  # zlib, struct and zipfile have an error of their own for every kind of damage
            raise FileRefused(self.name, "damaged", f"its part {name[:60]!r} cannot be unpacked") from error
        return bytes(found)

    def _check(self, part: zipfile.ZipInfo) -> None:
        if part.flag_bits & 1:
            raise FileRefused(self.name, "encrypted")

    def _count(self, length: int) -> None:
        self._left -= length
        if self._left < 0:
            raise FileRefused(self.name, "too_large", "it unpacks to more than the limit")

    def xml(self, name: str) -> Any:
        """The root element of an XML part; `None` where there is no such part. Entities are refused, not expanded."""
        if name not in self.names:
            return None
        from lxml import etree

        data = self.part(name)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise FileRefused(self.name, "damaged", "it declares entities, which no word processor does")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise FileRefused(self.name, "damaged", f"its part {name} is no XML") from error


def said(root: Any, path: str) -> str | None:
    """What the first element on a path says, on one line; `None` where there is none or it says nothing."""
    found = None if root is None else root.find(path)
    return None if found is None else " ".join("".join(found.itertext()).split())[:300] or None
