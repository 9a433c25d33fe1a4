"""What a reader makes of a file: its text, cut whole into parts, with its pages and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from ncrelations.document.spans import LeafKind, Page, Span

Kind = Literal["pdf", "docx", "html", "markdown", "text", "epub", "odt"]
"""What a file is, told by its content."""

Structure = Literal["tags", "bookmarks", "fonts", "styles", "markup", "lines", "none"]
"""Where the sections come from."""

BlockKind = Literal["p", "b", "t", "n"]
"""What a block is: a paragraph, an item of a list, a row of a table, a footnote."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file's text."""

    kind: LeafKind
    """What it is."""
    span: Span
    """Where it stands in the text."""
    block: BlockKind = "p"
    """For text and footnotes, what kind of block it is a piece of."""
    level: int | None = None
    """For a heading, how deep it stands, from 1; `None` for any other part."""
    number: str | None = None
    """The number printed before a heading, paragraph or footnote, without its full stop or brackets."""
    continues: bool = False
    """Whether it goes on with the block, footnote or heading before it."""


@dataclass(frozen=True, slots=True)
class FileText:
    """A file as its reader read it."""

    kind: Kind
    """What the file is."""
    text: str
    """The text; every span points into it."""
    parts: tuple[Part, ...]
    """The text cut into pieces without gap or overlap."""
    pages: tuple[Page, ...]
    """Its pages; none where the kind of file has none."""
    structure: Structure
    """Where the sections come from."""
    title: str | None = None
    """The title that the file gives itself."""
    author: str | None = None
    """The author that the file names."""
    date: str | None = None
    """The date that the file bears, year first."""
    issuer: str | None = None
    """Who issued it, in the file's own words."""
    set_off: tuple[Span, ...] = ()
    """Where its markup sets words off as a quotation of others."""
    around: tuple[str, ...] = ()
    """What a page shows around its text, line by line: whose site it is, its address."""
    remarks: tuple[str, ...] = ()
    """What a reader should know: "the reading order of page 3 is doubtful"."""
    reader: str = ""
    """The reader's name and version."""
    sha256: str = ""
    """Checksum of the file's bytes, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of a file, and how."""

    bytes: int = 200_000_000
    """The largest file."""
    unpacked: int = 400_000_000
    """The most that the parts of a packed file may unpack to."""
    characters: int = 20_000_000
    """The longest text."""
    pages: int = 5_000
    """The most pages."""
    memory: int = 1_000_000_000
    """The most bytes of memory that reading may take."""
    seconds: float = 30.0
    """The longest that reading may take; where text is recognised, each page."""
    ocr: bool = False
    """Whether text is recognised on pages that are pictures; takes seconds a page, and 3 GB of memory at most."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a reader is asked for."""

    path: Path
    """The file."""
    limits: Limits = Limits()
    """How much is read of it."""
    password: str | None = None
    """The password that opens it."""
    watch: Callable[[int], None] = lambda _: None
    """Told of each page whose text was recognised."""


def as_data(text: FileText) -> dict[str, Any]:
    """A file's text as plain data, which holds no code when it comes back from another process."""
    data = asdict(text)
    data["parts"] = [
        [part.kind.name, part.span.start, part.span.end, part.block, part.level, part.number, part.continues]
        for part in text.parts
    ]
    data["set_off"] = [[span.start, span.end] for span in text.set_off]
    data["pages"] = [[page.start, page.number, page.label, page.recognised] for page in text.pages]
    return data


def from_data(data: dict[str, Any]) -> FileText:
    """The value of `as_data` again."""
    parts = (
        Part(LeafKind[kind], Span(start, end), block, level, number, continues)
        for kind, start, end, block, level, number, continues in data["parts"]
    )
    given = {
        "parts": tuple(parts),
        "pages": tuple(Page(*page) for page in data["pages"]),
        "set_off": tuple(Span(*span) for span in data["set_off"]),
        "around": tuple(data["around"]),
        "remarks": tuple(data["remarks"]),
    }
    return FileText(**{**data, **given})
