"""Files that do harm, made for the tests: PDFs, packed files and pages that are encrypted, damaged or endless."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def pdf(text: str = "Harbours silt up where nobody dredges.", password: str | None = None, pages: int = 1) -> bytes:
    """A PDF of some pages with one line each; encrypted with RC4 where it has a password."""
    locked = _Lock(password) if password is not None else None
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode() if text else b""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(pages))
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode()}
    objects[3] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for number in range(4, 4 + 2 * pages, 2):
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {number + 1} 0 R >>".encode()
        )
        data = locked.encrypt(number + 1, stream) if locked else stream
        objects[number + 1] = f"<< /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
    trailer = b"/Root 1 0 R"
    if locked:
        objects[4 + 2 * pages] = locked.dictionary
        trailer += f" /Encrypt {4 + 2 * pages} 0 R /ID [<{locked.id.hex()}> <{locked.id.hex()}>]".encode()
    return _file(objects, trailer)


def typed_pdf(lines: Sequence[str]) -> bytes:
    """A PDF of one page, long enough for those lines in a type of fixed width, set one below the other."""
    height = 14 * len(lines) + 120
    codes = _codes("".join(lines))
    shown = b"\n".join(b"(" + _encoded(line, codes) + b") Tj T*" for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 60 {height - 60} Td\n".encode() + shown + b"\nET"
    page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 {height}] /Resources << /Font << /F1 3 0 R >> >> "
    mapped = _to_unicode(codes)
    glyphs = " ".join(f"{code} /uni{ord(letter):04X}" for letter, code in codes.items())
    encoding = f"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [{glyphs}] >> /ToUnicode 6 0 R"
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding {encoding if codes else '/WinAnsiEncoding'} >>"
    return _file(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
            3: font.encode(),
            4: page.encode() + b"/Contents 5 0 R >>",
            5: f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream",
            6: f"<< /Length {len(mapped)} >>\nstream\n".encode() + mapped + b"\nendstream",
        },
        b"/Root 1 0 R",
    )


def _codes(text: str) -> dict[str, int]:
    """Codes for the letters that WinAnsi has not, of those that it leaves free; further letters have none."""
    free = (code for code in range(1, 32) if code not in (9, 10, 12, 13))
    return dict(zip((each for each in dict.fromkeys(text) if not each.encode("cp1252", "ignore")), free, strict=False))


def _encoded(line: str, codes: Mapping[str, int]) -> bytes:
    plain = "".join(chr(codes[each]) if each in codes else each for each in line)
    return plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252", "replace")


def _to_unicode(codes: Mapping[str, int]) -> bytes:
    """The table that says which letters codes stand for."""
    given = {code: bytes([code]).decode("cp1252", "ignore") for code in range(32, 256)}
    given |= {code: letter for letter, code in codes.items()}
    lines = [f"<{code:02X}> <{each.encode('utf-16-be').hex().upper()}>" for code, each in given.items() if each]
    chunks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    told = "\n".join(f"{len(each)} beginbfchar\n" + "\n".join(each) + "\nendbfchar" for each in chunks)
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def"
    return f"{head}\n1 begincodespacerange <00> <FF> endcodespacerange\n{told}\nendcmap end end".encode()


def _file(objects: Mapping[int, bytes], trailer: bytes) -> bytes:
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in sorted(objects.items()):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += f"trailer << /Size {len(objects) + 1} ".encode() + trailer + f" >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


class _Lock:
    """The standard security handler of PDF 1.4, 40 bits."""

    def __init__(self, password: str) -> None:
        self.id = bytes(range(16))
        user = (password.encode() + _PADDING)[:32]
        owner = _rc4(hashlib.md5(user, usedforsecurity=False).digest()[:5], user)
        permissions = (-44).to_bytes(4, "little", signed=True)
        self._key = hashlib.md5(user + owner + permissions + self.id, usedforsecurity=False).digest()[:5]
        check = _rc4(self._key, _PADDING)
        self.dictionary = f"<< /Filter /Standard /V 1 /R 2 /O <{owner.hex()}> /U <{check.hex()}> /P -44 >>".encode()

    def encrypt(self, number: int, data: bytes) -> bytes:
        """The data of an object, encrypted."""
        salted = self._key + number.to_bytes(3, "little") + b"\0\0"
        return _rc4(hashlib.md5(salted, usedforsecurity=False).digest()[:10], data)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A packed file with those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def docx(body: str, before: str = "", **parts: str) -> bytes:
    """A Word file with that body; `parts` by name without folder and ending: `styles`, `footnotes`, ..."""
    document = f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{body}</w:body></w:document>'
    others = {f"word/{name}.xml": text.encode() for name, text in parts.items()}
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode(), **others})


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of a Word file."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def epub(pages: Mapping[str, str], about: str = "") -> bytes:
    """An EPUB of some pages, in order."""
    items = "".join(f'<item id="i{n}" href="{name}" media-type="x"/>' for n, name in enumerate(pages))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{about}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book/content.opf"/></rootfiles></container>'
    )
    texts = {f"book/{name}": text.encode() for name, text in pages.items()}
    return packed({
        "mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode(),
        "book/content.opf": opf.encode(), **texts,
    })  # fmt: skip


def odt(body: str, manifest: str = "<a/>") -> bytes:
    """An OpenDocument text file with that body."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "manifest")
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return packed({
        "mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode(),
        "META-INF/manifest.xml": f"<manifest:manifest {spaces}>{manifest}</manifest:manifest>".encode(),
    })  # fmt: skip
