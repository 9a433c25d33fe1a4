"""Files that do harm: each ends with its reason, in time, and the next one is read."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hostile_files import docx, epub, odt, packed, paragraph, pdf
from ncrelations.errors import FileRefused
from ncrelations.files.file_reading import FileReader, read_file
from ncrelations.files.file_text import FileText, Limits, Request, as_data
from ncrelations.files.readers import read

NOISE = random.Random(5).randbytes(5000)  # noqa: S311  # the same each time
LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
FETCH = '<!DOCTYPE a [<!ENTITY b SYSTEM "http://127.0.0.1:9/secret">]>'
SESAME = "sesame"
LIMITS = Limits(unpacked=20_000_000, characters=2_000_000, seconds=20.0)

REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "white space": (b" \n\t\r\n", "empty"),
    "zero bytes": (b"\0" * 1000, "empty"),
    "noise": (NOISE, "unknown_kind"),
    "a picture called PDF": (b"\x89PNG\r\n\x1a\n" + NOISE, "unknown_kind"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "unknown_kind"),
    "a rich text file": (rb"{\rtf1\ansi Words}", "unknown_kind"),
    "a PostScript file": (b"%!PS-Adobe-3.0\n(Words) show", "unknown_kind"),
    "an encrypted Word file": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a PDF's first line": (b"%PDF-1.7\n", "damaged"),
    "half a PDF": (pdf()[:200], "damaged"),
    "a PDF of noise": (b"%PDF-1.7\n" + NOISE, "damaged"),
    "an encrypted PDF": (pdf(password=SESAME), "encrypted"),
    "a PDF without text": (pdf(text=""), "no_text"),
    "a packed file of pictures": (packed({"a.png": NOISE}), "unknown_kind"),
    "a spreadsheet": (packed({"xl/workbook.xml": b"<a/>"}), "unknown_kind"),
    "half a packed file": (docx(paragraph("Words"))[:200], "damaged"),
    "a bomb": (docx(paragraph(" " * 30_000_000)), "too_large"),
    "entities that grow": (docx(paragraph("&c;"), before=LAUGHS), "damaged"),
    "entities to fetch": (docx(paragraph("&b;"), before=FETCH), "damaged"),
    "deep XML": (docx("<w:p>" * 5000 + "</w:p>" * 5000), "damaged"),
    "no XML": (docx("<w:p>"), "damaged"),
    "a Word file without words": (docx(paragraph("  ")), "empty"),
    "a locked OpenDocument": (odt("<text:p>x</text:p>", "<manifest:encryption-data/>"), "encrypted"),
    "an EPUB without its book": (packed({"META-INF/container.xml": b"<a/>"}), "damaged"),
    "an empty page": (b"<!DOCTYPE html><html><body></body></html>", "empty"),
    "a text that is too long": (b"word " * 500_000, "too_large"),
    "a Chinese encoding": ("海事安全对中国很重要。".encode("gb18030") * 50, "encoding"),
}

READ: dict[str, tuple[bytes, str, str]] = {
    "a PDF called .txt": (pdf(), "pdf", "Harbours silt up"),
    "a page called .pdf": (b"<html><body><p>Words of a page", "html", "Words of a page"),
    "UTF-16": ("\ufeffWords in UTF-16".encode("utf-16-le"), "text", "Words in UTF-16"),
    "Windows-1252": ("The café’s harbour was built of stone".encode("cp1252"), "text", "café’s"),
    "a declared encoding": ('<html><meta charset="koi8-r"><p>Мир'.encode("koi8-r"), "html", "Мир"),
    "control characters": (b"Red \x1b[31mtext", "text", "Red \N{REPLACEMENT CHARACTER}[31mtext"),
    "a script": (b"<html><body><script>alert('x')</script><p>Only words</body></html>", "html", "Only words"),
    "a deep page": (b"<html><body>" + b"<div>" * 20_000 + b"Deep words", "html", "Deep words"),
    "open brackets": (b"# Heading\n\n" + b"[" * 20_000 + b" words", "markdown", "words"),
    "open quotes": (b"# Heading\n\n" + b"> " * 5_000 + b"words", "markdown", "words"),
    "open stars": (b"# Heading\n\n" + b"*a **b " * 3_000, "markdown", "Heading"),
    "an EPUB": (epub({"a.xhtml": "<html><body><h1>One</h1><p>Words</p></body></html>"}), "epub", "Words"),
    "an OpenDocument": (odt("<text:p>Words<text:s text:c='3'/>more</text:p>"), "odt", "Words   more"),
}


PRETENDING = {
    NOISE: "neither that nor text",
    b"\x89PNG\r\n\x1a\n" + NOISE: "a PNG picture",
    b"\xff\xd8\xff\xe0" + NOISE: "a JPEG picture",
    b"\xd0\xcf\x11\xe0" + NOISE: "an old Word, Excel or PowerPoint file",
    packed({"xl/workbook.xml": b"<a/>"}): "a packed file that holds no text document",
}


@pytest.mark.parametrize("data", PRETENDING)
def test_what_a_name_only_promises(data: bytes, tmp_path: Path) -> None:
    """A file that is called .pdf and is none is refused with what it is, and what to try."""
    path = tmp_path / "Report.PDF"
    path.write_bytes(data)
    with pytest.raises(FileRefused) as caught:
        read(Request(path))
    assert caught.value.reason == "unknown_kind"
    assert str(caught.value) == (
        f"{path} was not read: it is of no kind that is read (named .pdf, but it is {PRETENDING[data]}); "
        "get it again if it was to be a document; PDF, .docx, .odt, EPUB, HTML, Markdown and text files are read"
    )


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    """One reader for all files of this module."""
    with FileReader(LIMITS) as found:
        yield found


@pytest.fixture
def put(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write a file."""

    def write(data: bytes) -> Path:
        path = tmp_path / "file.txt"
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_reason(name: str, reader: FileReader, put: Callable[[bytes], Path]) -> None:
    """Each ends with the reason that belongs to it, within seconds."""
    data, reason = REFUSED[name]
    started = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        reader.read(put(data))
    assert caught.value.reason == reason, str(caught.value)
    assert str(caught.value).isprintable()
    assert time.monotonic() - started < 15


@pytest.mark.parametrize("name", READ)
def test_it_is_read_all_the_same(name: str, reader: FileReader, put: Callable[[bytes], Path]) -> None:
    """The kind of a file is told by its content; what is only odd is read, in time."""
    data, kind, words = READ[name]
    started = time.monotonic()
    text = reader.read(put(data))
    assert (text.kind, words in text.text) == (kind, True)
    assert "alert" not in text.text
    assert time.monotonic() - started < 15


def test_a_password_opens(reader: FileReader, put: Callable[[bytes], Path]) -> None:
    """The right password opens an encrypted PDF, a wrong one does not; an empty one needs no asking."""
    path = put(pdf(password=SESAME))
    assert "Harbours" in reader.read(path, password=SESAME).text
    with pytest.raises(FileRefused, match="password is wrong"):
        reader.read(path, password=SESAME[1:])
    assert "Harbours" in reader.read(put(pdf(password=SESAME[:0]))).text


def refused(path: Path, within: Path | None = None) -> str:
    """Why a path is refused."""
    with FileReader(LIMITS, within) as found, pytest.raises(FileRefused) as caught:
        found.read(path)
    return caught.value.reason


def test_what_is_no_ordinary_file(tmp_path: Path) -> None:
    """A FIFO, a folder, a device and nothing at all are told before anything is opened."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    paths = fifo, tmp_path, tmp_path / "device.txt", tmp_path / "circle", tmp_path / "gone", Path("\0")
    assert list(map(refused, paths)) == ["not_a_file"] * 3 + ["unreadable"] * 3


def test_links_do_not_lead_out(tmp_path: Path) -> None:
    """A link within the folder is followed, one out of it is not."""
    (tmp_path / "secret.txt").write_text("Words of somebody else")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "own.txt").write_text("My own words")
    (folder / "inside.txt").symlink_to(folder / "own.txt")
    (folder / "outside.txt").symlink_to(tmp_path / "secret.txt")
    with FileReader(LIMITS, within=folder) as found:
        assert found.read(folder / "inside.txt").text == "My own words"
    assert refused(folder / "outside.txt", within=folder) == "link_outside"


def test_a_slow_file_stops_nothing(put: Callable[[bytes], Path]) -> None:
    """What takes too long is ended, and the next file is read by a new process."""
    with FileReader(Limits(seconds=0.05)) as found:
        found.limits = LIMITS
        assert found.read(put(b"Warm")).text == "Warm"
        found.limits = Limits(seconds=0.05)
        with pytest.raises(FileRefused) as caught:
            found.read(put(b"# a\n\n" + b"*a **b " * 60_000))
        assert caught.value.reason == "too_slow"
        found.limits = LIMITS
        assert found.read(put(b"Words")).text == "Words"


def test_memory_is_limited(put: Callable[[bytes], Path]) -> None:
    """A file that takes more memory than allowed is refused as too large."""
    with pytest.raises(FileRefused) as caught:
        read_file(put(b"# a\n\n" + b"* word\n" * 600_000), Limits(memory=180_000_000))
    assert caught.value.reason == "too_large"


def test_a_reader_that_died_is_replaced(put: Callable[[bytes], Path]) -> None:
    """A process that is killed between two files is started again."""
    with FileReader(LIMITS) as found:
        assert found.read(put(b"Words")).text == "Words"
        assert found._process is not None
        found._process.kill()
        found._process.wait()
        assert found.read(put(b"More words")).text == "More words"


def test_answers_that_come_at_once(put: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where word of the last page and the text arrive in one read, the text is what counts."""
    path = put(b"Words of a scan")
    answer = json.dumps({"text": as_data(read(Request(path)))})

    def start(reader: FileReader) -> subprocess.Popen[bytes]:
        reader._answers, theirs = os.pipe()
        os.write(theirs, f'{{"page": 1}}\n{answer}\n'.encode())
        os.close(theirs)
        command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
        reader._process = subprocess.Popen(command, stdin=subprocess.PIPE)
        return reader._process

    monkeypatch.setattr(FileReader, "_start", start)
    assert read_file(path).text == "Words of a scan"


def test_nothing_is_imported_from_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file called json.py in the folder of the user is read as text, not run."""
    (tmp_path / "json.py").write_text("raise SystemExit('run')")
    monkeypatch.chdir(tmp_path)
    text: FileText = read_file(Path("json.py"))
    assert text.text == "raise SystemExit('run')"


@pytest.mark.parametrize(
    ("library", "data"),
    [
        ("pypdfium2", pdf()),
        ("lxml", docx(paragraph("Words"))),
        ("selectolax.lexbor", b"<html><body><p>Words"),
        ("markdown_it", b"# Words\n\n**Words**"),
    ],
)
def test_a_library_that_is_missing_is_named(
    library: str, data: bytes, put: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra, the file says what to install; plain text needs none."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(FileRefused, match=r"pip install 'ncrelations\[own\]'") as caught:
        read(Request(put(data)))
    assert caught.value.reason == "extra_missing"
    assert read(Request(put(b"Words alone"))).text == "Words alone"
