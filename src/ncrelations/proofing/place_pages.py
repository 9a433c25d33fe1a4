"""The pages that the blocks of a document stand on."""

from __future__ import annotations

from ncrelations.document.citation import Citation
from ncrelations.document.spans import pages_of
from ncrelations.document.tree import Block, Document


def on_pages(document: Document, first: int, last: int) -> tuple[frozenset[Citation], frozenset[Citation]]:
    """The blocks on some pages of a document, and those that may be: a file's own pages tell, its contents less."""
    sure, doubtful = set[Citation](), set[Citation]()
    starts = sorted({section.page for section in document.walk() if section.page is not None})
    for block in document.blocks:
        numbers = _numbers(block)
        page = block.section.page
        end = None if page is None else next((each for each in starts if each > page), page + 1)
        if numbers:
            on = any(first <= number <= last for number in numbers)
        else:
            on = page is not None and end is not None and page <= last and first <= max(page, end - 1)
        if on:
            sure.add(block.citation)
        elif not numbers and (page is None or first == end):
            doubtful.add(block.citation)
    return frozenset(sure), frozenset(doubtful)


def is_paged(document: Document) -> bool:
    """Whether anything is known of the pages of a document."""
    of_file = any(block.tree.pages for block in document.blocks[:1])
    return of_file or any(section.page is not None for section in document.walk())


def _numbers(block: Block) -> set[int]:
    """The pages of a file that a block stands on: as they are counted, and as they are printed."""
    pages = pages_of(block.tree.pages, block.span)
    return {page.number for page in pages} | {
        int(page.label) for page in pages if page.label and page.label.isdecimal()
    }
