"""HTML: the words of a page, without scripts, styles and code. Read by the standard library's parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

from ncrelations.proofing.draft import Aside, Paragraph, Writer, paragraph

_SILENT = frozenset({"script", "style", "code", "pre", "kbd", "samp", "template", "head", "textarea", "svg", "math"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "font", "i", "ins", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img",
})  # fmt: skip
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


def html_paragraphs(raw: str) -> Iterator[Paragraph]:
    """The paragraphs of a page."""
    reader = _Reader(raw)
    reader.feed(raw)
    reader.close()
    reader.end_paragraph()
    yield from reader.paragraphs


class _Reader(HTMLParser):
    """Gathers the words between the tags."""

    def __init__(self, raw: str) -> None:
        super().__init__(convert_charrefs=False)
        self.paragraphs: list[Paragraph] = []
        self._lines = (0, *(match.end() for match in re.finditer("\n", raw)))
        self._silent, self._quoted = list[str](), 0
        self._writer, self._asides = Writer(), list[Aside]()
        self._deleted = 0

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def end_paragraph(self) -> None:
        """What was read since the last one is a paragraph."""
        mapped = self._writer.done()
        if mapped.text.strip():
            self.paragraphs.append(paragraph(mapped, self._asides, quoted=self._quoted > 0))
        self._writer, self._asides = Writer(), []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Tags that end paragraphs, hide words, or lead elsewhere."""
        if tag in _SILENT:
            self._silent.append(tag)
        self._deleted += tag == "del"
        if tag == "q":
            self._write("“")
        elif tag == "br":
            self._write("\n")
        elif tag not in _INLINE and tag not in _SILENT:
            self.end_paragraph()
        if tag == "blockquote":
            self._quoted += 1
        if tag == "a":
            self._asides.append(Aside(self._writer.length, dict(attrs).get("href") or ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself: in HTML only void ones do."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """The ends of what the beginnings began; an end without one ends nothing."""
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag == "q":
            self._write("”")
        elif tag not in _INLINE:
            self.end_paragraph()
        if tag == "del":
            self._deleted = max(0, self._deleted - 1)
        if tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)

    def _write(self, text: str, at: int | None = None) -> None:
        if not self._silent and not self._deleted:
            self._writer.add(text, self._at if at is None else at)

    def handle_data(self, data: str) -> None:
        """Words."""
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        """A named character."""
        self._write(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """A numbered character."""
        self._write(unescape(f"&#{name};"))
