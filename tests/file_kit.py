"""What the tests of files share: the document of a file's text, and that nothing of it is lost."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pypdfium2

from ncrelations.document.losslessness import is_lossless, is_verbatim, text_checksum
from ncrelations.document.reference import Work
from ncrelations.document.tree import Document
from ncrelations.files.document_tree import document_of, reading_text
from ncrelations.files.file_text import FileText


def document(text: FileText) -> Document:
    """The document of a file's text."""
    return document_of(text, "doc", Work("report", "Doc", "Doc", (), "", None, None))


def holds(found: Document) -> None:
    """Every character belongs to one leaf, and every block and sentence is its slices."""
    assert is_lossless(found, text_checksum(found.source))
    for block in found.blocks:
        assert block.text
        assert is_verbatim(block), block.citation
        assert reading_text(found.source, block.span, block.interruptions) == block.text
        assert " ".join(sentence.text for sentence in block.sentences) == block.text


LETTER = Path(__file__).with_name("own_files") / "un-S-2025-395-nato-kfor-letter.pdf"


def scan(page: int = 0) -> bytes:
    """A page of a letter as a picture in a PDF."""
    source, made = pypdfium2.PdfDocument(LETTER), pypdfium2.PdfDocument.new()
    width, height = source[page].get_size()
    image = pypdfium2.PdfImage.new(made)
    image.set_bitmap(source[page].render(scale=2))
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    sheet = made.new_page(width, height)
    sheet.insert_obj(image)
    sheet.gen_content()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def words_read(text: FileText, page: int) -> float:
    """The share of the words that a page of the letter has that its recognised text has, too."""
    wanted = _words(pypdfium2.PdfDocument(LETTER)[page].get_textpage().get_text_bounded())
    return (wanted & _words(text.text)).total() / wanted.total()


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))
