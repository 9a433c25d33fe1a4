"""Markdown: blocks as markdown-it finds them, their words found again in the file's own text.

The text is the file as it is: marks of headings, lists, emphasis and links are parts of their own, so that every
excerpt is a slice of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ncrelations.document.spans import LeafKind, Span
from ncrelations.files.cutting import cut
from ncrelations.files.file_text import BlockKind, FileText, Part

if TYPE_CHECKING:
    from markdown_it.token import Token

READER = "markdown 1"

_LINE_END = re.compile(r"\r\n?|\n")
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<fields>(?:.*\r?\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_FIELD = re.compile(
    r"^(?P<name>title|author|byline|date)[ \t]*:[ \t]*[\"']?(?P<value>[^\r\n]*?)[\"']?[ \t]*\r?$", re.MULTILINE
)
_LINK_END = re.compile(r"\](?:\((?:[^()\\]|\\.|\([^()\\]{0,500}\)){0,2000}\)|\[[^\]]{0,500}\])?|>")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[/!?]?[A-Za-z][^<>]{0,2000}>", re.DOTALL)
_NOTE = re.compile(
    r"(?P<words>(?:[^\[]|\[(?!\^[^\]\s]{1,80}\]|[ xX]\]\s))+)|\[(?:\^(?P<note>[^\]\s]{1,80})|[ xX])\](?P<colon>:?)"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(slots=True)
class _Place:
    """Where the reader stands: the kind of block it is in, and how far its words were found."""

    block: BlockKind = "p"
    level: int | None = None
    continues: bool = False
    at: int = 0
    note: str | None = None


def read_markdown(text: str) -> FileText:
    """A Markdown text, cut into headings, paragraphs, items and rows of tables."""
    front = _FRONT.match(text)
    fields = {match["name"]: match["value"] for match in _FIELD.finditer(front["fields"])} if front else {}
    reader = _Reader(text, front.end() if front else 0)
    parts = cut(text, reader.parts(), LeafKind.MARK)
    headings = any(part.kind is LeafKind.HEADING for part in parts)
    date = _DATE.match(fields.get("date", ""))
    return FileText(
        "markdown", text, parts, (), "markup" if headings else "none", fields.get("title") or None,
        fields.get("author") or fields.get("byline") or None, date[0] if date else None, set_off=reader.set_off,
        reader=READER,
    )  # fmt: skip


class _Reader:
    def __init__(self, text: str, start: int) -> None:
        self.text = text
        body = text[:start].translate({ord(c): " " for c in set(text[:start]) - set("\r\n")}) + text[start:]
        self.body = body
        self.lines = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text)]
        self.place = _Place()
        self.set_off: tuple[Span, ...] = ()

    def parts(self) -> Iterator[Part]:
        """The parts of the blocks, in order."""
        from markdown_it import MarkdownIt

        tokens = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"]).parse(self.body)
        depth, row = 0, False
        for token in tokens:
            if token.type == "blockquote_open" and token.map and not token.level:
                self.set_off += (Span(self._start(token), self._end(token)),)
            depth += (token.type == "list_item_open") - (token.type == "list_item_close")
            row = (row or token.type == "tr_open") and token.type != "tr_close"
            if token.type in ("heading_open", "paragraph_open", "tr_open", "list_item_open"):
                level = int(token.tag[1]) if token.type == "heading_open" else None
                self.place = _Place("t" if row else "b" if depth else "p", level, at=self._start(token))
            if token.type == "inline":
                yield from self._inline(token)
            elif token.type in ("fence", "code_block", "html_block"):
                yield from self._verbatim(token)

    def _start(self, token: Token) -> int:
        return max(self.place.at, self.lines[token.map[0]] if token.map else 0)

    def _end(self, token: Token) -> int:
        return self.lines[min(token.map[1], len(self.lines) - 1)] if token.map else len(self.text)

    def _inline(self, token: Token) -> Iterator[Part]:
        """The words of a block, found again between its marks."""
        end = self._end(token)
        for child in token.children or ():
            if child.type == "image":
                yield from self._words(child.content, end)
            if child.type in ("link_close", "image"):
                match = _LINK_END.search(self.text, self.place.at, end)
                self.place.at = match.end() if match else self.place.at
            elif child.type in ("text", "code_inline"):
                yield from self._words(child.content, end)

    def _words(self, words: str, end: int) -> Iterator[Part]:
        """A run of words less the marks of footnotes and tasks, which stand in it."""
        for match in _NOTE.finditer(words):
            if match["note"] and match["colon"] and not self.place.continues:
                self.place.note = match["note"]
            yield from self._found(match["words"] or "", end)

    def _found(self, words: str, end: int) -> Iterator[Part]:
        """A run of words as parts."""
        if not words.strip():
            return
        at = self.text.find(words, self.place.at, end)
        spans = iter([Span(at, at + len(words))]) if at >= 0 else self._aligned(words, end)
        for span in spans:
            yield self._part(span)

    def _aligned(self, words: str, end: int) -> Iterator[Span]:
        """A run of words that the file writes otherwise, with backslashes or as "&amp;"."""
        start = at = self.place.at
        for letter in words:
            while at < end and self.text[at] != letter and not _ENTITY.match(self.text, at, end):
                if start < at:
                    yield Span(start, at)
                start = at = at + 1
            entity = _ENTITY.match(self.text, at, end) if at < end and self.text[at] != letter else None
            at = entity.end() if entity else min(at + 1, end)
        if start < at:
            yield Span(start, at)

    def _part(self, span: Span) -> Part:
        place = self.place
        kind, number = LeafKind.TEXT if place.level is None else LeafKind.HEADING, None
        if place.note:
            kind, place.block, number = LeafKind.FOOTNOTE, "n", place.note
        continues, place.continues, place.at = place.continues, True, span.end
        return Part(kind, span, place.block, place.level, number, continues)

    def _verbatim(self, token: Token) -> Iterator[Part]:
        """Code, and HTML less its tags."""
        start, end = self._start(token), self._end(token)
        self.place = _Place(self.place.block if self.place.block == "b" else "p", at=start)
        if token.type == "html_block":
            for match in _TAG.finditer(self.text, start, end):
                yield from self._span(Span(self.place.at, match.start()))
                self.place.at = match.end()
            yield from self._span(Span(self.place.at, end))
        else:
            yield from self._found_lines(token.content, end)

    def _span(self, span: Span) -> Iterator[Part]:
        if self.text[span.start : span.end].strip():
            yield self._part(span)

    def _found_lines(self, content: str, end: int) -> Iterator[Part]:
        for line in content.splitlines():
            yield from self._found(line.strip(), end)
