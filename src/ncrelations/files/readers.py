"""A file's bytes read by the reader of their kind. Runs in the process that has the limits."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from dataclasses import replace

from ncrelations.document.spans import LeafKind
from ncrelations.errors import FileRefused
from ncrelations.files.docx_reader import read_docx
from ncrelations.files.epub_reader import read_epub
from ncrelations.files.file_facts import with_facts
from ncrelations.files.file_kind import decoded, kind_of
from ncrelations.files.file_text import FileText, Kind, Request
from ncrelations.files.html_reader import read_html
from ncrelations.files.markdown_reader import read_markdown
from ncrelations.files.odt_reader import read_odt
from ncrelations.files.pdf_reader import read_pdf
from ncrelations.files.plain_reader import read_plain
from ncrelations.texts.whole_files import read_whole


def read(request: Request) -> FileText:
    """The text of a file. Raises `FileRefused`."""
    name = str(request.path)
    try:
        data = read_whole(request.path, request.limits.bytes)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise FileRefused(name, "too_large", f"more than {request.limits.bytes:,} bytes") from error
        raise FileRefused(name, "unreadable", error.strerror or "") from error
    if not data.strip(b"\0 \t\r\n\x0c\xef\xbb\xbf"):
        raise FileRefused(name, "empty")
    try:
        text = _READERS[kind_of(data, name)](data, request)
    except ModuleNotFoundError as error:
        raise FileRefused(name, "extra_missing", error.name or "") from error
    if len(text.text) > request.limits.characters:
        raise FileRefused(name, "too_large", f"more than {request.limits.characters:,} characters")
    if not any(part.kind in (LeafKind.TEXT, LeafKind.FOOTNOTE, LeafKind.HEADING) for part in text.parts):
        raise FileRefused(name, "empty")
    return replace(with_facts(text), sha256=hashlib.sha256(data).hexdigest())


def _plain(data: bytes, request: Request) -> FileText:
    text, encoding = decoded(data, str(request.path))
    return _remarked(read_plain(text), encoding)


def _markdown(data: bytes, request: Request) -> FileText:
    text, encoding = decoded(data, str(request.path))
    return _remarked(read_markdown(text), encoding)


def _remarked(text: FileText, encoding: str | None) -> FileText:
    return replace(text, remarks=(*text.remarks, f"read as {encoding}")) if encoding else text


_READERS: dict[Kind, Callable[[bytes, Request], FileText]] = {
    "text": _plain,
    "markdown": _markdown,
    "pdf": read_pdf,
    "docx": read_docx,
    "odt": read_odt,
    "epub": read_epub,
    "html": read_html,
}
