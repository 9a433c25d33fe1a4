"""Several blocks of a section in a row, as "survey/IV.2/p2-p4" names them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ncrelations.document.citation import brief
from ncrelations.document.reference import CiteFormat, Reference
from ncrelations.document.spans import Span, printed_pages
from ncrelations.document.tree import Block, Document, Section


@dataclass(frozen=True, slots=True)
class Range:
    """Blocks of one section in a row: what "survey/IV.2/p2-p4" names. Iterable, with a length."""

    blocks: tuple[Block, ...]
    """The blocks, in order; never none."""

    def __iter__(self) -> Iterator[Block]:
        return iter(self.blocks)

    def __len__(self) -> int:
        return len(self.blocks)

    def __repr__(self) -> str:
        return brief("Range", self.citation, self.text, f", {len(self)} blocks")

    @property
    def citation(self) -> str:
        """The address of the range, as text."""
        return self.reference.address

    @property
    def section(self) -> Section:
        """The section whose own blocks these are."""
        return self.blocks[0].section

    @property
    def document(self) -> Document:
        """The document they are in."""
        return self.blocks[0].document

    @property
    def span(self) -> Span:
        """Where they stand in the source, from the first one's beginning to the last one's end."""
        return Span(self.blocks[0].span.start, self.blocks[-1].span.end)

    @property
    def text(self) -> str:
        """Reading text of the blocks, a blank line between them."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def reference(self) -> Reference:
        """The citation with heading and pages."""
        first = self.blocks[0]
        if len(self) == 1:
            return first.reference
        pages = printed_pages(first.tree.pages, self.span)
        return replace(first.reference, last=self.blocks[-1].citation, printed_pages=pages)

    @property
    def human(self) -> str:
        """The citation in words: 'Harbour report, section IV.2 "Dredging", paras. 2–4 (p. 7 ff.)'."""
        return self.reference.human()

    def cite(self, format: CiteFormat | str = "text", link: str | None = None) -> str:
        """The citation in words, for a bibliography, or as a pinpoint: "text", "bibtex", "pandoc", ..."""
        return self.reference.export(format, link)
