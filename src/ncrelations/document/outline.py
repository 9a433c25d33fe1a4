"""From a scan to a tree: what a reader of sources collects, and the frozen document built from it.

A reader walks a source and names its pieces: headings, blocks, page furniture. `build` cuts the whole
source into leaves and refuses to give a document whose leaves do not re-join to it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from ncrelations.document.citation import Citation
from ncrelations.document.reference import Work
from ncrelations.document.tree import Block, Document, Leaf, LeafKind, Section, Sentence, Span, Tree
from ncrelations.document.voice import Voice
from ncrelations.errors import SourceDamaged
from ncrelations.text.sentences import fold, split_sentences

_D = TypeVar("_D", bound=Document)


class Outline:
    """Collects sections and blocks as a reader meets them, in order, as spans of the source."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.headings: dict[str, Span] = {}
        self.blocks: dict[Citation, Span] = {}
        self.other: list[Leaf] = []
        self.section: str = ""
        self._counts: dict[tuple[str, str], int] = {}
        self._open: tuple[str, Span] | None = None

    def add(self, kind: LeafKind, span: Span) -> None:
        """A piece that belongs to no block."""
        citation = Citation(self.document, self.section) if self.section else None
        self.other.append(Leaf(kind, span, citation))

    def open(self, kind: str, span: Span) -> None:
        """Begin a block of kind "p", "b" or "m"."""
        self.close()
        self._open = (kind, span)

    def extend(self, end: int) -> None:
        """The open block reaches to `end`."""
        if self._open is not None:
            self._open = (self._open[0], Span(self._open[1].start, end))

    def close(self) -> None:
        """The open block, if any, is complete."""
        if self._open is None:
            return
        kind, span = self._open
        number = self._counts[self.section, kind] = self._counts.get((self.section, kind), 0) + 1
        self.blocks[Citation(self.document, self.section, f"{kind}{number}")] = span
        self._open = None

    def enter(self, section: str) -> None:
        """What follows belongs to `section`."""
        self.close()
        self.section = section

    def heading(self, section: str, span: Span) -> None:
        """The heading of `section` stands at `span`."""
        self.headings[section] = span

    @property
    def is_open(self) -> bool:
        """Whether a block is being read."""
        return self._open is not None

    @property
    def sections(self) -> tuple[str, ...]:
        """The ids of the sections that have blocks, in order."""
        return tuple(dict.fromkeys(citation.section or "" for citation in self.blocks))


class SectionFacts(NamedTuple):
    """What a reader knows of a section beside its blocks."""

    voice: Voice
    """Whose view it states."""
    number: str | None = None
    """The printed number."""
    heading: str | None = None
    """The heading on one line."""
    page: int | None = None
    """Its first page."""
    description: str | None = None
    """What to call it without a heading; its id where nothing better is known."""
    kind: type[Section] = Section
    """The class that carries its records."""


def _anything(_: Citation) -> LeafKind:
    return LeafKind.TEXT


@dataclass(frozen=True, slots=True)
class SourceRules:
    """How the source of one document is read once its outline is known."""

    facts: Callable[[str], SectionFacts]
    """What is known of a section, by its id."""
    voice: Callable[[Citation], Voice]
    """Whose view a block states."""
    furniture: re.Pattern[str] | None = None
    """What of the source is page furniture."""
    leaf: Callable[[Citation], LeafKind] = field(default=_anything)
    """What a block is among the leaves: text, or title matter."""


def build(whole: type[_D], outline: Outline, rules: SourceRules, work: Work, data: bytes) -> _D:
    """The document of an outline, as a tree over its source.

    `whole` is the document's class. Raises `SourceDamaged` unless every character of the source belongs
    to exactly one leaf.
    """
    source = data.decode("utf-8")
    leaves = tuple(leaves_of(source, outline, rules.leaf))
    check_leaves(outline.document, source, leaves)
    tree = Tree()
    document = whole(outline.document, work, source, hashlib.sha256(data).hexdigest(), leaves, tree)
    tree.document = document
    for citation, span in outline.blocks.items():
        tree.blocks[citation] = _block(tree, source, citation, span, rules)
    for name in outline.sections:
        tree.add_section(name, _section(tree, outline, name, rules.facts(name)), name.rpartition(".")[0])
    return document


def _block(tree: Tree, source: str, citation: Citation, span: Span, rules: SourceRules) -> Block:
    raw, voice = source[span.start : span.end], rules.voice(citation)
    sentences = []
    for number, (start, end) in enumerate(split_sentences(raw, rules.furniture), 1):
        where = Span(span.start + start, span.start + end)
        address = Citation(citation.document, citation.section, citation.block, number)
        sentences.append(Sentence(address, where, tree, fold(raw[start:end], rules.furniture)))
    return Block(citation, span, tree, fold(raw, rules.furniture), voice, tuple(sentences))


def _section(tree: Tree, outline: Outline, id: str, facts: SectionFacts) -> Section:
    citation = Citation(outline.document, id)
    blocks = tuple(block for block in tree.blocks.values() if block.citation.section == id)
    inside = [span for place, span in outline.blocks.items() if place.within(citation)]
    heading = outline.headings.get(id)
    if heading:
        inside.append(heading)
    span = Span(min(part.start for part in inside), max(part.end for part in inside))
    return facts.kind(
        citation, span, tree, facts.number, facts.heading, heading, facts.page, facts.voice, blocks,
        facts.description or id,
    )  # fmt: skip


def leaves_of(source: str, outline: Outline, leaf: Callable[[Citation], LeafKind] = _anything) -> Iterator[Leaf]:
    """Every piece of the source in order: what the outline names, and the white space between."""
    named = list(outline.other)
    named += [Leaf(LeafKind.HEADING, span, Citation(outline.document, id)) for id, span in outline.headings.items()]
    inside = [each.span for each in outline.other if each.kind is LeafKind.FURNITURE]
    for citation, span in outline.blocks.items():
        named += (Leaf(leaf(citation), piece, citation) for piece in _around(source, span, inside))
    at = 0
    for each in sorted(named, key=lambda each: each.span):
        if at < each.span.start:
            yield Leaf(LeafKind.SPACE, Span(at, each.span.start))
        yield each
        at = each.span.end
    if at < len(source):
        yield Leaf(LeafKind.SPACE, Span(at, len(source)))


def _around(source: str, span: Span, holes: list[Span]) -> Iterator[Span]:
    """The pieces of `span` that remain when page furniture and the space around it are cut out."""
    start = span.start
    for hole in holes:
        if span.contains(hole):
            before = len(source[start : hole.start].rstrip())
            if before:  # a foot of one page may be followed by the head of the next
                yield Span(start, start + before)
            start = hole.end + len(source[hole.end : span.end]) - len(source[hole.end : span.end].lstrip())
    yield Span(start, span.end)


def check_leaves(document: str, source: str, leaves: tuple[Leaf, ...]) -> None:
    """Fail closed: the leaves must be the source, and what is called white space must be white."""
    at = 0
    for leaf in leaves:
        if leaf.span.start != at or leaf.span.end <= at:
            raise SourceDamaged(document, f"the piece at character {leaf.span.start} should begin at {at}")
        at = leaf.span.end
        text = source[leaf.span.start : at]
        if (leaf.kind is LeafKind.SPACE) != (not text.strip()):
            raise SourceDamaged(document, f"the {leaf.kind} at character {leaf.span.start} reads {text[:40]!r}")
    if at != len(source):
        raise SourceDamaged(document, f"characters {at} to {len(source)} belong to no piece")
