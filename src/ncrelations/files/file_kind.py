"""What kind a file is, told by its content; and text decoded from bytes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from ncrelations.errors import FileRefused
from ncrelations.files.file_text import Kind

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = (
    re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,300}\]\([^)\s]{1,500}\)"),
    re.compile(r"(?<!\w)(?:\*\*|__)[^\s*_][^*_\n]{0,300}(?:\*\*|__)(?!\w)"),
    re.compile(r"^\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+", re.MULTILINE),
    re.compile(r"\A\ufeff?---[ \t]*\r?\n(?:[A-Za-z_-]+:.*\r?\n){1,50}?---"),
)
_OTHERS = (
    (b"{\\rtf", "a rich text file"),
    (b"%!PS", "a PostScript file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"RIFF", "a picture, a sound or a film"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
)
"""What files of other kinds begin with."""
_NAMED = (".pdf", ".docx", ".odt", ".epub", ".html", ".htm", ".md", ".markdown", ".txt")
"""Names of files that are read."""
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
"""The control characters that no text holds, as a class of a regular expression has them."""
_CONTROL = re.compile(f"[{CONTROLS}]")
_HEAD = 200_000
"""The characters from which the kind and the encoding of a text are told."""
_FOREIGN = 0.1


def kind_of(data: bytes, name: str = "") -> Kind:
    """The kind of a file. Its name counts only between Markdown and plain text without marks.

    Raises `FileRefused` for any other kind.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _packed_kind(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise FileRefused(name, "encrypted", "Word's own encryption is not read")
        raise _foreign(name, "an old Word, Excel or PowerPoint file")
    for start, called in _OTHERS:
        if data.startswith(start):
            raise _foreign(name, called)
    if _HTML.match(data[:8192].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if not any(data.startswith(bom) for bom, _ in _BOMS) and _is_binary(data):
        raise _foreign(name, "")
    head = decoded(data, name)[0][:_HEAD]
    if _HTML.match(head[:8192].encode()):
        return "html"
    marks = [bool(pattern.search(head)) for pattern in _MARKDOWN]
    named = name.lower().endswith((".md", ".markdown", ".mdown"))
    headed = marks[0]  # a heading counts twice
    return "markdown" if sum(marks) + named + headed >= 2 else "text"


def _packed_kind(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            kind = package.open("mimetype").read(200).strip() if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise FileRefused(name, "damaged", "a packed file that cannot be unpacked") from error
    if kind.startswith(b"application/epub") or "META-INF/container.xml" in names:
        return "epub"
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return "odt"
    if "word/document.xml" in names:
        return "docx"
    raise _foreign(name, "a packed file that holds no text document")


def _foreign(name: str, called: str) -> FileRefused:
    """The refusal of what no document is: by what it is called, beside what its name promises."""
    ending = next((ending for ending in _NAMED if name.lower().endswith(ending)), None)
    if ending is not None:
        called = f"named {ending}, but it is {called or 'neither that nor text'}"
    return FileRefused(name, "unknown_kind", called)


def _is_binary(data: bytes) -> bool:
    """Whether bytes are no text in any encoding of single bytes or UTF-8."""
    head = data[:65_536]
    controls = sum(head.count(bytes([n])) for n in (*range(9), *range(14, 27), *range(28, 32)))
    return controls > len(head) * 0.002 + 1


def decoded(data: bytes, name: str = "", declared: str | None = None) -> tuple[str, str | None]:
    """The text of bytes, control characters replaced one for one; and the encoding where it is not UTF-8.

    Raises `FileRefused` where the encoding cannot be told.
    """
    marked = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), None)
    for encoding in dict.fromkeys(filter(None, [marked, declared, "utf-8"])):
        try:
            text = data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        return _printable(text), None if encoding.lower().startswith("utf") else encoding
    try:
        text = data.decode("cp1252")
    except UnicodeError:
        raise FileRefused(name, "encoding") from None
    letters = [c for c in text[:_HEAD] if c.isalpha()]
    if sum(c > "\x7f" for c in letters) > _FOREIGN * len(letters):
        raise FileRefused(name, "encoding")
    return _printable(text), "Windows-1252"


def _printable(text: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
