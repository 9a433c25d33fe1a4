"""The documents as frozen trees over their source text: Document > Section > Block > Sentence.

Every node knows its half-open character span in the source. The leaves of a document are the
other view of the same text: they cut the whole source into pieces without gap or overlap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from ncrelations.document.citation import Citation, brief, nearest, printable
from ncrelations.document.reference import CiteFormat, Reference, Work
from ncrelations.document.spans import Leaf, LeafKind, Page, Span, block_interruptions, printed_pages
from ncrelations.document.tree_links import Links
from ncrelations.document.voice import Voice
from ncrelations.errors import NoSuchSection

__all__ = ["BLOCK_KINDS", "Block", "Document", "Leaf", "LeafKind", "Page", "Section", "Sentence", "Span", "Tree"]

BLOCK_KINDS = {"p": "paragraph", "b": "bullet", "m": "milestone", "t": "table row", "n": "footnote"}
"""What a block is, by the first letter of its id."""


class Tree(Links["Document", "Section", "Block"]):
    """What the nodes of a document use to find their neighbours."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Node:
    """What every cited place has."""

    citation: Citation
    """The address of this place."""
    span: Span
    """Where it stands in the source."""
    tree: Tree = field(repr=False, compare=False)

    @property
    def document(self) -> Document:
        """The document this place is in."""
        return self.tree.document

    @property
    def raw(self) -> str:
        """The slice of the source at `span`, untouched."""
        return self.document.source[self.span.start : self.span.end]

    @property
    def reference(self) -> Reference:
        """The citation with heading and page."""
        section = self.tree.sections[self.citation.section or ""]
        work, heading = self.document.work, section.heading
        pages = printed_pages(self.tree.pages, self.span)
        return Reference(self.citation, work, section.number, heading, section.description, section.page, pages)

    @property
    def human(self) -> str:
        """The citation in words: 'Harbour report, section IV.2 "Dredging", para. 3 (p. 7 ff.)'."""
        return self.reference.human()

    def cite(self, format: CiteFormat | str = "text", link: str | None = None) -> str:
        """The citation in words, for a bibliography, or as a pinpoint: "text", "bibtex", "pandoc", ..."""
        return self.reference.export(format, link)


@dataclass(frozen=True, slots=True)
class Sentence(_Node):
    """One sentence of a block."""

    text: str
    """Clean reading text: line wraps joined, runs of white space folded to one space."""

    def __repr__(self) -> str:
        return brief("Sentence", self.citation, self.text)

    @property
    def block(self) -> Block:
        """The block it stands in."""
        return self.tree.blocks[self.citation.of_block]

    @property
    def voice(self) -> Voice:
        """Whose view it states."""
        return self.block.voice


@dataclass(frozen=True, slots=True)
class Block(_Node):
    """A paragraph, bullet or milestone."""

    text: str
    """Clean reading text of the whole block."""
    voice: Voice
    """Whose view it states."""
    sentences: tuple[Sentence, ...]
    """The block's sentences, in order; joined by one space they are `text`."""

    def __repr__(self) -> str:
        return brief("Block", self.citation, self.text)

    @property
    def kind(self) -> str:
        """ "paragraph", "bullet" or "milestone"."""
        return BLOCK_KINDS[(self.citation.block or "p")[0]]

    @property
    def page(self) -> int | None:
        """The number in its file, from 1, of the page it begins on; `None` for a file without pages."""
        page = self.tree.page_of(self.span)
        return page.number if page else None

    @property
    def page_label(self) -> str | None:
        """The number printed on that page; `None` where none is known."""
        page = self.tree.page_of(self.span)
        return page.label if page else None

    @property
    def interruptions(self) -> tuple[Span, ...]:
        """What stands within its span and is not of its text, such as the head of a page."""
        return block_interruptions(self.document.leaves, self.span, self.citation)

    def within(self, place: Citation) -> bool:
        """Whether it is that place or lies in it: in its section, or in one that is a part of it."""
        return self.tree.lies_in(self.citation, place)

    @property
    def section(self) -> Section:
        """The section whose own block this is."""
        return self.tree.sections[self.citation.section or ""]

    @property
    def next(self) -> Block | None:
        """The following block of the document."""
        return _neighbour(list(self.tree.blocks.values()), self, 1)

    @property
    def previous(self) -> Block | None:
        """The block before this one in the document."""
        return _neighbour(list(self.tree.blocks.values()), self, -1)


@dataclass(frozen=True, slots=True)
class Section(_Node):
    """A section with its own blocks; sub-sections are its children."""

    number: str | None
    """The printed number, such as "VI.1"; `None` where the source prints none."""
    heading: str | None
    """The heading as the source prints it, on one line; `None` where there is none."""
    heading_span: Span | None
    """Where the heading stands in the source."""
    page: int | None
    """The first page, from the table of contents (a sub-section has its parent's)."""
    voice: Voice
    """Whose view the section states; its introduction may be in another voice."""
    blocks: tuple[Block, ...]
    """The section's own blocks, in order."""
    description: str
    """What to call a section without a heading."""

    def __repr__(self) -> str:
        blocks = sum(len(section.blocks) for section in self.walk())
        return brief("Section", self.citation, self.heading or self.description, f", {blocks} blocks")

    @property
    def id(self) -> str:
        """The section's id in citations."""
        return self.citation.section or ""

    @property
    def cited_page(self) -> str:
        """Its first page as it is cited: the number printed on it, where that is known; empty without pages."""
        return str(self.tree.page_of(self.span) or self.page or "")

    @property
    def text(self) -> str:
        """Reading text of all blocks in the section and its children, a blank line between blocks."""
        return "\n\n".join(block.text for section in self.walk() for block in section.blocks)

    @property
    def parent(self) -> Section | None:
        """The section this one is a part of."""
        outside = self.tree.outside.get(self.id)
        return self.tree.sections[outside] if outside else None

    @property
    def children(self) -> tuple[Section, ...]:
        """The sub-sections, in order."""
        return tuple(self.tree.inside.get(self.id, ()))

    @property
    def next(self) -> Section | None:
        """The section that follows in reading order."""
        return _neighbour(list(self.tree.sections.values()), self, 1)

    @property
    def previous(self) -> Section | None:
        """The section before this one in reading order."""
        return _neighbour(list(self.tree.sections.values()), self, -1)

    def walk(self) -> Iterator[Section]:
        """This section, then its sub-sections, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """One source document, whole."""

    id: str
    """The document's id in citations."""
    work: Work
    """Title, authors and publisher, as a bibliography wants them."""
    source: str = field(repr=False)
    """The raw text of the source; every span points into it."""
    sha256: str
    """Checksum of the source file's bytes, in hexadecimal."""
    leaves: tuple[Leaf, ...] = field(repr=False)
    """The source cut into pieces: joined, they are `source`."""
    tree: Tree = field(repr=False, compare=False)

    def __repr__(self) -> str:
        rest = f", {len(self.tree.sections)} sections, {len(self.tree.blocks)} blocks"
        return brief("Document", self.id, self.title, rest)

    @property
    def title(self) -> str:
        """The document's title."""
        return self.work.title

    @property
    def date(self) -> str | None:
        """The date it bears, year first; `None` where it bears none."""
        return None if self.work.date is None else "-".join(f"{part:02}" for part in self.work.date)

    @property
    def text(self) -> str:
        """Reading text of all blocks, a blank line between them."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def citation(self) -> Citation:
        """The address of the whole document."""
        return Citation(self.id)

    @property
    def human(self) -> str:
        """The citation of the whole document in words."""
        return self.work.name

    @property
    def reference(self) -> Reference:
        """The citation of the whole document, for its printed forms."""
        return Reference(self.citation, self.work, None, None, self.title, None)

    def cite(self, format: CiteFormat | str = "text", link: str | None = None) -> str:
        """The whole document's citation in one of the export formats."""
        return self.reference.export(format, link)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The top-level sections, in order."""
        return tuple(section for section in self.tree.sections.values() if section.parent is None)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block of the document, in order."""
        return tuple(self.tree.blocks.values())

    def walk(self) -> Iterator[Section]:
        """Every section exactly once, in reading order."""
        yield from self.tree.sections.values()

    def section(self, id: str) -> Section:
        """The section of that id; `NoSuchSection` with the near misses for any other."""
        try:
            return self.tree.sections[id]
        except KeyError:
            raise NoSuchSection("section", f"{self.id}/{printable(id)}", self.near(f"{self.id}/{id}")) from None

    def near(self, citation: str) -> tuple[str, ...]:
        """The existing citations most like `citation`, best first: of sections, or of blocks."""
        depth = citation.count("/")
        places = [str(s.citation) for s in self.walk()] if depth < 2 else [str(b.citation) for b in self.blocks]
        return nearest(citation, places)


_N = TypeVar("_N", Section, Block)


def _neighbour(nodes: list[_N], node: _N, step: int) -> _N | None:
    position = next(i for i, other in enumerate(nodes) if other.citation == node.citation) + step
    return nodes[position] if 0 <= position < len(nodes) else None
