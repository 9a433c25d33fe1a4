"""What the tests of files share: the document of a file's text, and that nothing of it is lost."""

from __future__ import annotations

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
