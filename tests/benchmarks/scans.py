"""Recognising the text of scanned pages: how much of the words, how long; with the extra `ocr` alone."""

from __future__ import annotations

import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import pypdfium2

from file_kit import LETTER, scan, words_read
from ncrelations.files.file_text import Limits, Request
from ncrelations.files.pdf_reader import read_pdf


def measure() -> dict[str, dict[str, float]]:
    """The share of words and the seconds of processor time of a page, over all pages of a letter; none without it."""
    if find_spec("rapidocr") is None:
        return {}
    shares, took = list[float](), list[float]()
    pages = len(pypdfium2.PdfDocument(LETTER))
    with tempfile.TemporaryDirectory() as folder:
        for page in range(pages):
            path = Path(folder) / f"{page}.pdf"
            path.write_bytes(scan(page))
            start = time.process_time()
            text = read_pdf(path.read_bytes(), Request(path, Limits(ocr=True)))
            took.append(time.process_time() - start)
            shares.append(words_read(text, page))
    return {"scans": {"pages": float(pages), "words": sum(shares) / pages, "s of CPU a page": sum(took) / pages}}
