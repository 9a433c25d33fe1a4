"""The frozen tree of a file's text: sections from its headings and printed numbers, blocks, sentences, leaves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from ncrelations.document.citation import Citation
from ncrelations.document.outline import check_leaves
from ncrelations.document.reference import Work
from ncrelations.document.spans import Leaf, LeafKind, Span, block_interruptions, interruptions, pages_of, pieces
from ncrelations.document.tree import Block, Document, Section, Sentence, Tree
from ncrelations.document.voice import Voice
from ncrelations.files.file_text import FileText, Part
from ncrelations.files.heading_levels import heading_levels
from ncrelations.files.named_views import VoiceRules
from ncrelations.files.printed_numbers import numbered_heading, running
from ncrelations.files.section_ids import SectionIds
from ncrelations.files.view_holders import voices_of
from ncrelations.text.sentences import split_sentences

_MOST = 9_999
"""The most blocks of a kind in a section, and sentences in a block, that citations count."""
_IN_BLOCKS = (LeafKind.TEXT, LeafKind.FOOTNOTE)


@dataclass(slots=True)
class Place:
    """A section as it comes together."""

    id: str
    outside: str = ""
    level: int = 0
    number: str | None = None
    heading: str | None = None
    heading_span: Span | None = None
    description: str = ""
    blocks: list[Citation] = field(default_factory=list)
    taken: dict[str, set[int]] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A document as it comes together."""

    id: str
    text: FileText
    places: dict[str, Place] = field(default_factory=dict)
    spans: dict[Citation, Span] = field(default_factory=dict)
    leaves: list[Leaf] = field(default_factory=list)


def document_of(text: FileText, id: str, work: Work, voices: VoiceRules | None = None) -> Document:
    """The document of a file. Raises `SourceDamaged` unless every character belongs to exactly one leaf."""
    draft = _Drafting(id, text).draft()
    leaves = tuple(draft.leaves)
    check_leaves(id, text.text, leaves)
    tree = Tree()
    tree.pages = text.pages
    tree.document = document = Document(id, work, text.text, text.sha256, leaves, tree)
    reading = _reading_texts(draft, tree)
    told = voices_of(id, draft.places, reading, work, text, voices or VoiceRules())
    for citation, sentences in reading.items():
        words = " ".join(sentence.text for sentence in sentences)
        tree.blocks[citation] = Block(citation, draft.spans[citation], tree, words, told[citation], sentences)
    spans = _section_spans(draft)
    for place in draft.places.values():
        tree.add_section(place.id, _section(tree, place, spans[place.id], told), place.outside)
    return document


def _section_spans(draft: Draft) -> dict[str, Span]:
    """From its heading to the end of its last sub-section, for each section."""
    found: dict[str, Span] = {}
    for place in reversed(draft.places.values()):
        own = [draft.spans[citation] for citation in place.blocks]
        own += filter(None, [place.heading_span, found.get(place.id)])
        found[place.id] = span = Span(min(each.start for each in own), max(each.end for each in own))
        if place.outside:
            inner = found.get(place.outside, span)
            found[place.outside] = Span(min(inner.start, span.start), max(inner.end, span.end))
    return found


def _reading_texts(draft: Draft, tree: Tree) -> dict[Citation, tuple[Sentence, ...]]:
    """The sentences of every block."""
    found = {}
    for citation, span in draft.spans.items():
        holes = block_interruptions(draft.leaves, span, citation)
        sentences = []
        for number, (where, words) in enumerate(_sentences(draft.text.text, span, holes), 1):
            address = Citation(citation.document, citation.section, citation.block, number)
            sentences.append(Sentence(address, where, tree, words))
        found[citation] = tuple(sentences)
    return found


def _sentences(source: str, span: Span, holes: Sequence[Span]) -> Iterator[tuple[Span, str]]:
    """The sentences of a block, each with its span and words: told where what interrupts them is left out."""
    slices = list(pieces(source, span, holes))
    joined = "".join(source[piece.start : piece.end] for piece in slices)
    starts = [0, *accumulate(map(len, slices))]
    ranges = split_sentences(joined)
    ranges[_MOST - 1 :] = [(ranges[_MOST - 1][0], ranges[-1][1])] if len(ranges) >= _MOST else []
    for start, end in ranges:
        first, last = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
        where = Span(slices[first].start + start - starts[first], slices[last].start + end - starts[last])
        yield where, " ".join(joined[start:end].split())


def reading_text(source: str, span: Span, holes: Sequence[Span]) -> str:
    """Clean reading text of a span: its pieces joined, runs of white space folded to one space."""
    return " ".join("".join(source[piece.start : piece.end] for piece in pieces(source, span, holes)).split())


def _section(tree: Tree, place: Place, span: Span, told: dict[Citation, Voice]) -> Section:
    blocks = tuple(tree.blocks[citation] for citation in place.blocks)
    citation = Citation(tree.document.id, place.id)
    pages = pages_of(tree.pages, span)
    return Section(
        citation, span, tree, place.number, place.heading, place.heading_span, pages[0].number if pages else None,
        told[citation], blocks, place.description,
    )  # fmt: skip


class _Drafting:
    """Goes through the parts of a file's text and gives each its section and block."""

    def __init__(self, id: str, text: FileText) -> None:
        self._draft = Draft(id, text)
        self._ids = SectionIds()
        self._place: Place | None = None
        self._heading: list[Part] = []
        self._open: dict[LeafKind, Citation] = {}
        numbered = [part for part in text.parts if part.number and part.kind is LeafKind.TEXT]
        lengths = _lengths(text.parts)
        counted = running([(part.number or "", lengths[part.span.start]) for part in numbered])
        self._running = {numbered[position].span.start for position in counted}
        self._called: dict[str, Place] = {}
        self._levels = heading_levels(text)

    def draft(self) -> Draft:
        """The whole document."""
        for part in self._draft.text.parts:
            if part.kind is LeafKind.HEADING:
                if not part.continues:
                    self._finish_heading()
                self._heading.append(part)
            elif part.kind in _IN_BLOCKS:
                self._finish_heading()
                self._leaf(part, self._block(part))
            elif not self._heading:
                self._call(part)
                self._leaf(part, self._within(part))
            else:
                self._heading.append(part)
        self._finish_heading()
        return self._draft

    def _call(self, part: Part) -> None:
        """Remember where the number of a footnote is called, right behind a word: there the note belongs."""
        mark = self._draft.text.text[part.span.start : part.span.end].strip("[]")
        before = self._draft.leaves[-1] if self._draft.leaves else None
        called = before is not None and before.kind is LeafKind.TEXT and before.span.end == part.span.start
        if part.kind is LeafKind.MARK and called and self._place is not None and mark.isdigit():
            self._called[mark] = self._place

    def _leaf(self, part: Part, citation: Citation | None) -> None:
        self._draft.leaves.append(Leaf(part.kind, part.span, citation))

    def _within(self, part: Part) -> Citation | None:
        """What a mark or hyphen belongs to: the section."""
        place = self._place
        return None if place is None or part.kind is LeafKind.SPACE else Citation(self._draft.id, place.id)

    def _finish_heading(self) -> None:
        """The heading read so far begins a section; what follows it belongs there."""
        parts, self._heading = self._heading, []
        named = [part for part in parts if part.kind is LeafKind.HEADING]
        if not named:
            return
        span = Span(named[0].span.start, named[-1].span.end)
        holes = interruptions(
            [Leaf(p.kind, p.span, _HEADING if p.kind is LeafKind.HEADING else None) for p in parts], _HEADING
        )
        words = reading_text(self._draft.text.text, span, [hole for hole in holes if span.contains(hole)])
        number, heading = (named[0].number, words) if named[0].number else numbered_heading(words)
        level = self._levels[named[0].span.start]
        outside = self._outside(level)
        id = self._ids.of_heading(number, heading, outside.id if outside else "")
        self._enter(Place(id, outside.id if outside else "", level, number, heading, span))
        for part in parts:
            self._leaf(part, Citation(self._draft.id, id) if part.kind is LeafKind.HEADING else self._within(part))

    def _outside(self, level: int) -> Place | None:
        """The section that one of that level is a part of."""
        place = self._place
        while place is not None and not 0 < place.level < level:
            place = self._draft.places.get(place.outside)
        return place

    def _enter(self, place: Place) -> None:
        self._draft.places[place.id] = self._place = place
        self._open.clear()

    def _block(self, part: Part) -> Citation:
        """The block that a part of text belongs to, begun where it does not continue one."""
        kind = part.kind
        if part.continues and kind in self._open:
            citation = self._open[kind]
            self._draft.spans[citation] = Span(self._draft.spans[citation].start, part.span.end)
            return citation
        if part.span.start in self._running:
            self._number(part.number or "")
        elif self._place is None:
            self._enter(Place(self._ids.of_opening(), description=""))
        place = self._place
        if kind is LeafKind.FOOTNOTE:
            place = self._called.get(part.number or "", place)
        assert place is not None
        listed = part.number and part.block == "p" and part.span.start not in self._running
        letter = "b" if listed else part.block
        if len(place.taken.get(letter, ())) >= _MOST:
            place = self._go_on(place)
        citation = Citation(self._draft.id, place.id, f"{letter}{_next(place, letter, part.number)}")
        place.blocks.append(citation)
        self._draft.spans[citation] = part.span
        self._open[kind] = citation
        return citation

    def _go_on(self, place: Place) -> Place:
        """Another section for what is too much for one: a citation has four figures."""
        more = Place(self._ids.of_more(place.id), place.outside, place.level, description=f"{place.id}, continued")
        self._enter(more)
        return more

    def _number(self, number: str) -> None:
        """A paragraph with a printed number is a section of its own, within the one of its heading."""
        above = self._place
        while above is not None and above.level == 0 and above.outside:
            above = self._draft.places[above.outside]
        outside = above.id if above is not None and above.level else ""
        id = self._ids.of_paragraph(number, outside)
        self._enter(Place(id, outside, 0, number, description=f"para. {number}"))


def _next(place: Place, letter: str, number: str | None) -> int:
    """The number of a block within its section; of a footnote the printed one, where it is free."""
    taken = place.taken.setdefault(letter, set())
    if letter == "n" and number and number.isdigit() and 0 < int(number) < 10_000 and int(number) not in taken:
        following = int(number)
    else:
        following = (max(taken, default=0) if letter == "n" else len(taken)) + 1
    taken.add(following)
    return following


def _lengths(parts: Sequence[Part]) -> dict[int, int]:
    """The length of each block of text, by where it begins."""
    found: dict[int, int] = {}
    at = 0
    for part in parts:
        if part.kind is LeafKind.TEXT:
            at = at if part.continues else part.span.start
            found[at] = found.get(at, 0) + len(part.span)
    return found


_HEADING = Citation("heading")
