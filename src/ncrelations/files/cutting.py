"""Cutting a text into parts: what a reader names, and the white space between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ncrelations.document.spans import LeafKind, Span
from ncrelations.files.file_text import BlockKind, Part

_BREAK = re.compile(r"[ \t]*\n\s*")
_IN_BLOCKS = (LeafKind.TEXT, LeafKind.FOOTNOTE, LeafKind.HEADING)


def cut(text: str, named: Iterable[Part], rest: LeafKind = LeafKind.FURNITURE) -> tuple[Part, ...]:
    """The whole text in parts: those named, in order, each without white space at its edges, and what lies between.

    What lies between and is not white is `rest`.
    """
    return tuple(_whole(text, named, rest))


def _whole(text: str, named: Iterable[Part], rest: LeafKind) -> Iterator[Part]:
    at, begun = 0, True
    for part in named:
        span = trimmed(text, Span(max(part.span.start, at), part.span.end))
        begins = part.kind in _IN_BLOCKS and not part.continues
        if span.start >= span.end:
            begun = begun and not begins
            continue
        yield from _between(text, Span(at, span.start), rest)
        continues = part.continues and begun
        yield Part(part.kind, span, part.block, part.level, part.number, continues)
        at, begun = span.end, begun or part.kind in _IN_BLOCKS
    yield from _between(text, Span(at, len(text)), rest)


def _between(text: str, span: Span, rest: LeafKind) -> Iterator[Part]:
    """The parts of what no reader named."""
    if span.start >= span.end:
        return
    if text[span.start : span.end].isspace():
        yield Part(LeafKind.SPACE, span)
        return
    inner = trimmed(text, span)
    if span.start < inner.start:
        yield Part(LeafKind.SPACE, Span(span.start, inner.start))
    breaks = _BREAK.finditer(text, inner.start, inner.end) if rest is LeafKind.MARK else ()
    at = inner.start
    for found in breaks:  # a line ends between two marks: the words around it are not one
        yield Part(rest, Span(at, found.start()))
        yield Part(LeafKind.SPACE, Span(*found.span()))
        at = found.end()
    yield Part(rest, Span(at, inner.end))
    if inner.end < span.end:
        yield Part(LeafKind.SPACE, Span(inner.end, span.end))


def trimmed(text: str, span: Span) -> Span:
    """A span less the white space at its edges."""
    slice_ = text[span.start : span.end]
    end = span.start + len(slice_.rstrip())
    return Span(span.end - len(slice_.lstrip()), end)


class Writer:
    """Puts a text together piece by piece, for formats whose text stands between marks of their own."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.parts: list[Part] = []

    def space(self, text: str) -> None:
        """White space that belongs to no part."""
        if self.length:
            self.pieces.append(text)
            self.length += len(text)

    def add(  # the fields of a part
        self,
        text: str,
        kind: LeafKind,
        block: BlockKind = "p",
        level: int | None = None,
        number: str | None = None,
        *,
        continues: bool = False,
    ) -> None:
        """A piece of the text that is a part."""
        if text:
            span = Span(self.length, self.length + len(text))
            self.parts.append(Part(kind, span, block, level, number, continues))
            self.pieces.append(text)
            self.length = span.end

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.pieces)

    def cut(self) -> tuple[Part, ...]:
        """The whole text in parts, those that go on with the one before them at its side joined to it."""
        text, joined = self.text, list[Part]()
        for part in self.parts:
            before = joined[-1] if joined else None
            if (
                before is not None
                and part.continues
                and before.kind is part.kind
                and not text[before.span.end : part.span.start].strip()
            ):
                joined[-1] = replace(before, span=Span(before.span.start, part.span.end))
            else:
                joined.append(part)
        return cut(text, joined)
