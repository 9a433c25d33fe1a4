"""HTML: the words of a page, without scripts, styles and code. Read by the standard library's parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from ncrelations.proofing.draft import Aside, Paragraph, Writer, paragraph
from ncrelations.proofing.endnotes import raised

_SILENT = frozenset({"script", "style", "code", "pre", "kbd", "samp", "template", "head", "textarea", "svg", "math"})
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "data", "del", "dfn", "em", "font", "i", "ins", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_NOTE_MARK = re.compile(r"\W{0,3}(?:\d{1,3}|[a-z]|[ivx]{1,5})?\W{0,3}", re.IGNORECASE)
_LONGEST_NOTE = 1_000
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})


def html_paragraphs(raw: str) -> Iterator[Paragraph]:
    """The paragraphs of a page."""
    reader = _Reader(raw)
    reader.feed(raw)
    reader.close()
    reader.end_paragraph()
    notes = dict(reader.notes())
    for each in reader.paragraphs:
        called = any(aside.text in notes for aside in each.asides)
        yield replace(each, asides=tuple(_hung(each.asides, notes))) if called else each


def _hung(asides: tuple[Aside, ...], notes: dict[str, str]) -> Iterator[Aside]:
    """What hangs on a paragraph, notes in place of the links to them."""
    for aside in asides:
        yield Aside(aside.at, notes.get(aside.text, aside.text))


class _Reader(HTMLParser):
    """Gathers the words between the tags."""

    def __init__(self, raw: str) -> None:
        super().__init__(convert_charrefs=False)
        self.paragraphs: list[Paragraph] = []
        self._lines = (0, *(match.end() for match in re.finditer("\n", raw)))
        self._silent, self._quoted = list[str](), 0
        self._writer, self._asides = Writer(), list[Aside]()
        self._deleted, self._raised = 0, 0
        self._ids, self._called = dict[str, int](), set[str]()
        self._link, self._linked = "", ""
        self._counts, self._label = list[int](), ""

    def notes(self) -> Iterator[tuple[str, str]]:
        """The notes that links with a number or a sign lead to, by the address of the link."""
        for address in self._called:
            number = self._ids.get(address[1:], len(self.paragraphs))
            if number < len(self.paragraphs):
                yield address, self.paragraphs[number].text[:_LONGEST_NOTE]

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def end_paragraph(self) -> None:
        """What was read since the last one is a paragraph."""
        mapped = self._writer.done()
        if mapped.text.strip():
            self.paragraphs.append(paragraph(mapped, self._asides, quoted=self._quoted > 0, label=self._label))
            self._label = ""
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
        elif tag in _CELLS and self._writer.length:
            self._write("\n\n")
        elif tag not in _INLINE and tag not in _SILENT and tag not in _CELLS:
            self.end_paragraph()
        if tag == "blockquote":
            self._quoted += 1
        self._marked(tag, dict(attrs))

    def _marked(self, tag: str, attrs: dict[str, str | None]) -> None:
        """What a tag says of the words after it: where they lead, their number in a list, that others lead to them."""
        self._raised += tag == "sup"
        if tag == "a":
            self._link, self._linked = attrs.get("href") or "", ""
            self._asides.append(Aside(self._writer.length, self._link))
        if tag in ("ol", "ul"):
            self._counts.append(0 if tag == "ol" else -1)
        if tag == "li" and self._counts:
            self._counts[-1] += self._counts[-1] >= 0
            self._label = str(self._counts[-1]) if self._counts[-1] > 0 else "-"
        for name in filter(None, (attrs.get("id"), attrs.get("name") if tag == "a" else None)):
            self._ids.setdefault(name, len(self.paragraphs))

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
        elif tag not in _INLINE and tag not in _CELLS:
            self.end_paragraph()
        if tag == "a" and self._link.startswith("#") and self._linked.strip() and _NOTE_MARK.fullmatch(self._linked):
            self._called.add(self._link)
        if tag in ("ol", "ul") and self._counts:
            self._counts.pop()
        if tag == "sup":
            self._raised = max(0, self._raised - 1)
        if tag == "del":
            self._deleted = max(0, self._deleted - 1)
        if tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)

    def _write(self, text: str, at: int | None = None) -> None:
        if not self._silent and not self._deleted:
            self._writer.add(text, self._at if at is None else at)

    def handle_data(self, data: str) -> None:
        """Words."""
        self._linked = (self._linked + data)[:9]
        self._write(raised(data) if self._raised and data.strip().isdecimal() and data.isascii() else data)

    def handle_entityref(self, name: str) -> None:
        """A named character."""
        self._write(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """A numbered character."""
        self._write(unescape(f"&#{name};"))
