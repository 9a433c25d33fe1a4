"""The first promise, proven: a document's pieces are its source, and its sentences are slices of it."""

from __future__ import annotations

import hashlib
from itertools import pairwise

from ncrelations.document.spans import pieces
from ncrelations.document.tree import Block, Document


def text_checksum(text: str) -> str:
    """The sha256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_lossless(document: Document, checksum: str | None = None) -> bool:
    """Whether the leaves of a document, joined, are its source, and the source is the one of the checksum.

    `checksum` is that of the source's text, where the document's own is of a file that is not text.
    """
    joined = "".join(document.source[leaf.span.start : leaf.span.end] for leaf in document.leaves)
    return joined == document.source and text_checksum(joined) == (checksum or document.sha256)


def is_verbatim(block: Block) -> bool:
    """Whether the sentences of a block are the slices of the source that they say, white space folded."""
    source, holes = block.document.source, block.interruptions
    return all(
        " ".join("".join(source[piece.start : piece.end] for piece in pieces(source, each.span, holes)).split())
        == each.text
        for each in block.sentences
    )


def has_right_pages(document: Document) -> bool:
    """Whether the pages begin one after the other in the source, and each block is on the one that holds its start."""
    pages = document.tree.pages
    if any(first.start > then.start or then.number != first.number + 1 for first, then in pairwise(pages)):
        return False
    begun, at = 0, 0
    for block in sorted(document.blocks, key=lambda block: block.span):
        while at < len(pages) and pages[at].start <= block.span.start:
            begun, at = pages[at].number, at + 1
        if block.page != (begun or None):
            return False
    return True
