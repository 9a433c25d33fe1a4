"""Source text to Document: the only module that knows the sources' typography.

The report is a PDF turned into text: hard line wraps, blank lines where a page or column ends in
mid-sentence, headings over several lines, page furniture, a heading that stands after its section
and one that stands only in the table of contents. The article is plain text with one line a
paragraph. Both become leaves (pieces that cover the source without gap) and, over them, a tree.
`parse` refuses to return a tree whose leaves do not re-join to the source.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ncrelations.citation import Citation, Work
from ncrelations.document import Block, Document, Leaf, LeafKind, Section, Sentence, Span, Tree, Voice
from ncrelations.errors import SourceDamaged

_RUNNING_HEAD = "NATO−CHINA RELATIONS CHARTING THE WAY FORWARD"
_FURNITURE = re.compile(rf"^(?P<page>\d*)A?{_RUNNING_HEAD}$", re.MULTILINE)
_LINE_END_DASH = re.compile(r"(?<=[-–—])[^\S\n]*\n\s*")
_WHITE = re.compile(r"\s+")

_ROMAN = re.compile(r" ?(?P<number>[IVX]+)\. (?=[A-Z])")
_TOPIC = re.compile(r"(?P<number>\d)\. (?=[A-Z])")
_CAPITALS = re.compile(r"[A-Z−: ]+")
_BULLET = re.compile(r" ?•\t ?")
_SENTENCE_END = re.compile(r"[.!?:][”’\")\]]*$")

_CONTENTS_ENTRY = re.compile(
    r"^(?:(?P<number>[IVX]+)\.\s*)?(?P<heading>[A-Z][^.\n]*?)\.{5,} (?P<page>\d+)\s*$(?:\n\t (?P<more>.+)$)?",
    re.MULTILINE,
)
_UNNUMBERED = {"EXECUTIVE SUMMARY": "ES", "MILESTONES IN NATO−CHINA RELATIONS": "MS"}

_ARTICLE_HEADINGS = {
    "A Few Points of Reality Check": "reality-check",
    "Towards a More Sustainable Modus Vivendi": "modus-vivendi",
    "Why Both NATO and China Can Benefit": "benefits",
}
_AUTHOR_LINE = re.compile(r".*\bPh\.D\. candidate, .*")
_NOTES = "Please note:"

_ABBREVIATION = re.compile(
    r"""(?:^|[\s(“‘"\[/–—-])(?:(?:[A-Z]\.)+|Ph\.D\.|(?:Gen|Lt|Col|Adm|Maj|Dr|Mr|Mrs|Ms|Prof|St|No|vs|cf|pp?|Inc|Ltd|Jr|Sr)\.
    |e\.g\.|i\.e\.)$""",
    re.VERBOSE,
)
_BOUNDARY = re.compile(r"[.!?][”’\")\]]*(\s+)(?=[“‘\"(\[]?[A-Z0-9])")


def fold(raw: str) -> str:
    """Clean reading text of a slice of a source.

    Page furniture goes; a line that ends in a hyphen or dash joins the next without a space (every
    such dash of the sources is real); any other run of white space, NBSP included, becomes one space.
    """
    if _RUNNING_HEAD in raw:
        raw = _FURNITURE.sub("", raw)
    return _WHITE.sub(" ", _LINE_END_DASH.sub("", raw)).strip()


def split_sentences(raw: str) -> list[Span]:
    """Spans of the sentences in a slice of a source, first to last, white space between them left out.

    A sentence ends at ".", "!" or "?" with its closing quotes and brackets, before white space and a
    capital, digit or opening mark; abbreviations ("U.S.", "Ph.D.", "Gen.") and initials never end one.
    """
    text = _FURNITURE.sub(lambda match: " " * len(match[0]), raw)
    starts, ends = [len(text) - len(text.lstrip())], []
    for match in _BOUNDARY.finditer(text):
        before = text[: match.start() + 1]
        if _ABBREVIATION.search(before):
            continue
        ends.append(match.start(1))
        starts.append(match.end(1))
    ends.append(len(text.rstrip()))
    return [Span(start, end) for start, end in zip(starts, ends, strict=True)]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a source, without its newline and trailing white space."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def content(self) -> Span:
        """The line less its leading white space."""
        return Span(self.end - len(self.text.lstrip()), self.end)


def _lines(source: str, start: int = 0, end: int | None = None) -> Iterator[_Line]:
    for match in re.compile(r"[^\n]*\n?").finditer(source, start, len(source) if end is None else end):
        if match[0]:
            yield _Line(match.start(), match[0].rstrip())


class _Outline:
    """Collects sections and blocks as a scanner meets them, in order, as spans of the source."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.headings: dict[str, Span] = {}
        self.blocks: dict[Citation, Span] = {}
        self.other: list[Leaf] = []
        self.section: str = ""
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
        own = [c for c in self.blocks if c.section == self.section and (c.block or "").startswith(kind)]
        self.blocks[Citation(self.document, self.section, f"{kind}{len(own) + 1}")] = span
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
        return self._open is not None


class _ReportScanner:
    """Reads the body of the report line by line."""

    def __init__(self, source: str, outline: _Outline, pages: Mapping[str, int]) -> None:
        self.source, self.outline, self.pages = source, outline, pages
        self.before = ""
        self.blank = False
        self.in_heading = False

    def line(self, line: _Line) -> None:
        """Take one more line."""
        furniture = _FURNITURE.fullmatch(line.text)
        if furniture:
            self._furniture(line, furniture["page"])
        elif not line.text:
            self.blank = True
        elif not (self._heading(line) or self._bullet(line)):
            self._text(line)
        if line.text and not furniture:
            self.before, self.blank = line.text, False

    def _furniture(self, line: _Line, page: str) -> None:
        self.outline.other.append(Leaf(LeafKind.FURNITURE, line.content))
        # The heading of the milestones stands only in the table of contents: they begin where the
        # page before theirs ends.
        if page and int(page) + 1 == self.pages["MS"]:
            self.outline.enter("MS")

    def _heading(self, line: _Line) -> bool:
        outline = self.outline
        if line.text == "EXECUTIVE SUMMARY":  # stands after its paragraphs
            outline.close()
            outline.heading("ES", line.content)
            return True
        numbered = _ROMAN.match(line.text) or _TOPIC.match(line.text)
        if numbered:
            number = numbered["number"]
            outline.enter(f"VI.{number}" if number.isdigit() else number)
            outline.heading(outline.section, line.content)
            self.in_heading = True
            return True
        # A heading runs on over lines of capitals; that of a topic, over lines until the blank one.
        runs_on = bool(_CAPITALS.fullmatch(line.text)) or "." in outline.section
        self.in_heading = self.in_heading and not self.blank and runs_on
        if self.in_heading:
            outline.heading(outline.section, Span(outline.headings[outline.section].start, line.end))
        return self.in_heading

    def _bullet(self, line: _Line) -> bool:
        mark = _BULLET.match(line.text)
        if mark:
            at = line.start + mark[0].index("•")
            self.outline.open("b", Span(line.start + mark.end(), line.end))
            self.outline.add(LeafKind.MARK, Span(at, at + 1))
        return bool(mark)

    def _text(self, line: _Line) -> None:
        """A line of a block.

        A blank line or a leading space begins a new one, but only where the line before ended a
        sentence; both also occur in the middle of sentences.
        """
        milestone = self.outline.section == "MS"
        marked = self.blank or line.text.startswith(" ")
        ended = milestone or bool(_SENTENCE_END.search(self.before))
        if not self.outline.is_open or (marked and ended):
            self.outline.open("m" if milestone else "p", line.content)
        else:
            self.outline.extend(line.end)


def _contents(source: str) -> dict[str, tuple[str, int]]:
    """The table of contents: section id to heading and first page."""
    entries = {}
    for match in _CONTENTS_ENTRY.finditer(source):
        heading = fold(f"{match['heading']} {match['more'] or ''}")
        entries[match["number"] or _UNNUMBERED[heading]] = (heading, int(match["page"]))
    return entries


def _scan_report(source: str) -> _Outline:
    outline = _Outline("report")
    contents = list(_CONTENTS_ENTRY.finditer(source))
    first, last = contents[0].start(), source.index("TABLE OF CONTENTS") + len("TABLE OF CONTENTS")
    for line in _lines(source, 0, first):
        if line.text:
            kind = LeafKind.FURNITURE if _FURNITURE.fullmatch(line.text) else LeafKind.TITLE
            outline.add(kind, line.content)
    for line in _lines(source, first, last):
        if line.text:
            outline.add(LeafKind.CONTENTS, line.content)
    scanner = _ReportScanner(source, outline, {id: page for id, (_, page) in _contents(source).items()})
    outline.enter("ES")
    for line in _lines(source, last):
        scanner.line(line)
    outline.close()
    return outline


def _scan_article(source: str) -> _Outline:
    outline = _Outline("article")
    outline.enter("front")
    for line in _lines(source):
        title = line.text.strip()
        if not title:
            continue
        if title in _ARTICLE_HEADINGS:
            outline.enter(_ARTICLE_HEADINGS[title])
            outline.heading(outline.section, line.content)
            continue
        if title.startswith(_NOTES):
            outline.enter("notes")
        outline.open("p", line.content)
        if _AUTHOR_LINE.fullmatch(title):
            outline.enter("intro")
    outline.close()
    return outline


def _leaves(source: str, outline: _Outline) -> Iterator[Leaf]:
    """Every piece of the source in order: what the outline names, and the white space between."""
    named = list(outline.other)
    named += [Leaf(LeafKind.HEADING, span, Citation(outline.document, id)) for id, span in outline.headings.items()]
    inside = [leaf.span for leaf in outline.other if leaf.kind is LeafKind.FURNITURE]
    for citation, span in outline.blocks.items():
        kind = LeafKind.TITLE if citation.section == "front" else LeafKind.TEXT
        named += (Leaf(kind, piece, citation) for piece in _around(source, span, inside))
    at = 0
    for leaf in sorted(named, key=lambda leaf: leaf.span):
        if at < leaf.span.start:
            yield Leaf(LeafKind.SPACE, Span(at, leaf.span.start))
        yield leaf
        at = leaf.span.end
    if at < len(source):
        yield Leaf(LeafKind.SPACE, Span(at, len(source)))


def _around(source: str, span: Span, holes: list[Span]) -> Iterator[Span]:
    """The pieces of `span` that remain when page furniture and the space around it are cut out."""
    start = span.start
    for hole in holes:
        if span.contains(hole):
            yield Span(start, start + len(source[start : hole.start].rstrip()))
            start = hole.end + len(source[hole.end : span.end]) - len(source[hole.end : span.end].lstrip())
    yield Span(start, span.end)


def _check(document: str, source: str, leaves: tuple[Leaf, ...]) -> None:
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


_SECTIONS = {
    "report": ("ES", "I", "II", "III", "IV", "V", "VI", "VI.1", "VI.2", "VI.3", "VI.4", "VI.5", "VII", "VIII", "MS"),
    "article": ("front", "intro", "reality-check", "modus-vivendi", "benefits", "notes"),
}
_WITHOUT_HEADING = {"MS", "front", "intro", "notes"}


def _check_sections(document: str, found: tuple[str, ...], headings: Mapping[str, Span]) -> None:
    """Fail closed: text must not change owners because a heading was not recognised."""
    wanted = _SECTIONS[document]
    if found != wanted or set(headings) != set(wanted) - _WITHOUT_HEADING:
        missing = [id for id in wanted if id not in found or (id not in headings and id not in _WITHOUT_HEADING)]
        what = (
            f"section {missing[0]!r} or its heading is missing" if missing else f"its sections are {', '.join(found)}"
        )
        raise SourceDamaged(document, what)


def _voice(citation: Citation) -> Voice:
    if citation.document == "article":
        return Voice.AUTHOR
    believed = citation.block is None or citation.block.startswith("b")
    by_section = {"III": Voice.NATO, "IV": Voice.CHINA}
    return by_section.get(citation.section or "", Voice.EXPERTS) if believed else Voice.EXPERTS


def _block(tree: Tree, source: str, citation: Citation, span: Span) -> Block:
    raw = source[span.start : span.end]
    sentences = []
    for number, part in enumerate(split_sentences(raw), 1):
        where = Span(span.start + part.start, span.start + part.end)
        address = Citation(citation.document, citation.section, citation.block, number)
        sentences.append(Sentence(address, where, tree, fold(raw[part.start : part.end])))
    return Block(citation, span, tree, fold(raw), _voice(citation), tuple(sentences))


def _number(id: str) -> str | None:
    return id if re.fullmatch(r"[IVX]+(\.\d)?", id) else None


def parse(id: str, data: bytes, work: Work, kinds: Mapping[str, type[Section]], whole: type[Document]) -> Document:
    """The document `id` as a tree over its source.

    `kinds` names the class of each section that has its own, `whole` that of the document. Raises
    `SourceDamaged` unless every character of the source belongs to exactly one leaf.
    """
    try:
        source = data.decode("utf-8")
        outline = _scan_report(source) if id == "report" else _scan_article(source)
    except (UnicodeDecodeError, ValueError, LookupError) as error:
        raise SourceDamaged(id, f"it cannot be read ({error})") from error
    leaves = tuple(_leaves(source, outline))
    _check(id, source, leaves)
    tree = Tree()
    tree.document = whole(id, work, source, hashlib.sha256(data).hexdigest(), leaves, tree)
    for citation, span in outline.blocks.items():
        tree.blocks[citation] = _block(tree, source, citation, span)
    contents = _contents(source) if id == "report" else {}
    names = tuple(dict.fromkeys(citation.section or "" for citation in tree.blocks))
    _check_sections(id, names, outline.headings)
    for name in names:
        tree.sections[name] = _section(tree, outline, name, contents, kinds.get(name, Section))
    return tree.document


def _section(
    tree: Tree, outline: _Outline, id: str, contents: Mapping[str, tuple[str, int]], kind: type[Section]
) -> Section:
    citation = Citation(outline.document, id)
    blocks = tuple(block for block in tree.blocks.values() if block.citation.section == id)
    inside = [span for place, span in outline.blocks.items() if place.within(citation)]
    heading_span = outline.headings.get(id)
    if heading_span:
        inside.append(heading_span)
        printed = fold(tree.document.source[heading_span.start : heading_span.end])
        heading: str | None = re.sub(r"^(?:[IVX]+|\d)\. ", "", printed)
    else:
        heading = contents[id][0] if id in contents else None
    listed = contents.get(id) or contents.get(id.split(".", maxsplit=1)[0])
    span = Span(min(part.start for part in inside), max(part.end for part in inside))
    return kind(
        citation,
        span,
        tree,
        _number(id),
        heading,
        heading_span,
        listed[1] if listed else None,
        _voice(citation),
        blocks,
    )
