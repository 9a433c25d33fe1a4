"""Scans: refused without text recognition, read with it, and always marked as recognised."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from file_kit import LETTER, scan, words_read
from ncrelations.document.reference import Work
from ncrelations.errors import FileRefused
from ncrelations.files.document_tree import document_of
from ncrelations.files.file_reading import FileReader
from ncrelations.files.file_text import Limits, Request, as_data, from_data
from ncrelations.files.ocr_reader import Recognizer
from ncrelations.files.pdf_reader import read_pdf

OCR = Request(Path("scan.pdf"), Limits(ocr=True))


class Found:
    """What a recogniser gives: three lines."""

    txts = ("The harbour is deep,", "and ships know it.", "noise")
    scores = (0.99, 0.98, 0.2)
    boxes = tuple(np.array([[100, y], [400, y], [400, y + 30], [100, y + 30]], float) for y in (300, 340, 900))


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A recogniser that sees the same lines on every page."""
    monkeypatch.setattr(Recognizer, "__init__", lambda self, _: setattr(self, "_engine", lambda _: Found()))


def test_a_scan_is_refused_and_says_how_it_is_read() -> None:
    """Without text recognition a scan is refused, with the option that recognises it."""
    with pytest.raises(FileRefused, match="--ocr") as caught:
        read_pdf(scan(), Request(Path("scan.pdf")))
    assert caught.value.reason == "no_text"


def test_the_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Text recognition without its library says what to install."""
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(FileRefused, match=r"pip install 'ncrelations\[ocr\]'") as caught:
        read_pdf(scan(), OCR)
    assert caught.value.reason == "ocr_missing"


@pytest.mark.usefixtures("recognised")
def test_recognised_text_is_marked() -> None:
    """Lines join to paragraphs; remarks, pages and citations say that the text was recognised."""
    pages = list[int]()
    text = read_pdf(scan(), replace(OCR, watch=pages.append))
    assert (text.remarks, pages) == (("text recognised (OCR) on p. 1",), [1])
    assert from_data(as_data(text)) == text
    (block,) = document_of(text, "doc", Work("report", "Scan", "Scan", (), "", None, None)).blocks
    assert block.text == "The harbour is deep, and ships know it."
    assert block.human == "Scan, para. 1 (p. 1, OCR)"


@pytest.mark.usefixtures("recognised")
def test_pages_with_text_are_not_recognised() -> None:
    """Text that is there is read, not recognised."""
    text = read_pdf(LETTER.read_bytes(), OCR)
    assert not any(page.recognised for page in text.pages)


def test_a_real_scan(tmp_path: Path) -> None:
    """The packaged recogniser reads a scanned letter, in the process with limits: all but a word in 20."""
    pytest.importorskip("rapidocr", reason="rapidocr is not installed")
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan())
    with FileReader(Limits(ocr=True)) as reader:
        text = reader.read(path)
    assert "I would be grateful if you could bring the present letter" in " ".join(text.text.split())
    assert text.issuer == "Secretary-General"
    assert words_read(text, 0) >= 0.95
