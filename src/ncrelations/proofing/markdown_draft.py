"""Markdown: code, comments, marks and the targets of links are no prose; footnotes hang where they are called.

Not a full Markdown parser: what tells prose from code, and paragraphs from each other, line by line, in linear
time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from ncrelations.proofing.draft import Aside, Mapped, Paragraph, Writer, paragraph, runs_of
from ncrelations.proofing.endnotes import raised

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_QUOTE = re.compile(r" {0,3}(?:>[ \t]?)+")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|(?P<number>\d{1,9})[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_NOTE = re.compile(r" {0,3}\[\^(?P<id>[^\]\s]{1,80})\]:[ \t]*")
_TARGET = re.compile(
    r"^ {0,3}\[(?P<id>[^\]^\n][^\]\n]{0,80})\]:[ \t]*<?(?P<to>\S{1,500}?)>?(?:[ \t].*)?$", re.MULTILINE
)
_ALONE = re.compile(r"[ \t]*(?:#{1,6}(?=[ \t])|[=-]{2,}[ \t]*$|(?:[-*_][ \t]*){3,}$|\|?(?:[ \t]*:?-+:?[ \t]*\|)+)")
_CALLOUT = re.compile(r"[ \t]*\[![A-Za-z]+\]|[ \t]*(?:!!!|\?\?\?\+?)[ \t]")
_FRONT = re.compile(r"\A---[ \t]*\r?\n.{0,20000}?^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HTML_CODE = re.compile(r"<(pre|script|style|code)\b[^>]{0,500}>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)

_INLINE = re.compile(
    r"""(?=[]\\`<^\[!&*~_])(?:(?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<code>(?P<ticks>`{1,4})(?!`)(?P<inner>[^`]{1,2000}?)(?P=ticks)(?!`))
    |(?P<auto><(?P<url>https?://[^<>\s]{1,500})>)
    |(?P<raised><sup>\s{0,3}\d{1,3}\s{0,3}</sup>|\^\d{1,3}\^)
    |(?P<tag></?[A-Za-z][^<>]{0,500}>)
    |\[\^(?P<note>[^\]\s]{1,80})\]
    |(?P<image>!(?=\[))
    |(?P<open>\[)
    |\]\([ \t]*<?(?P<target>[^()\s<>]{0,500}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)>?
        (?:\s+(?:"[^"]{0,300}"|'[^']{0,300}'))?[ \t]*\)
    |\]\[(?P<named>[^\[\]]{0,80})\]
    |(?P<close>\])
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    |(?P<emphasis>\*{1,3}|~~|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])))""",
    re.VERBOSE,
)
_MARKS = re.compile(r"[\"'“”„«»‘’‹›]")


@dataclass(slots=True)
class _Group:
    """The lines of a paragraph."""

    quoted: bool = False
    note: str | None = None
    label: str = ""
    heading: bool = False
    parts: list[tuple[str, int]] = field(default_factory=list)

    def mapped(self) -> Mapped:
        """The lines as one text."""
        writer = Writer()
        for text, origin in self.parts:
            writer.add(text, origin)
        return writer.done()


def markdown_paragraphs(raw: str) -> Iterator[Paragraph]:
    """The paragraphs of a Markdown text; footnotes are read where they stand and where they are called."""
    prose = _without(raw)
    groups = list(_Grouping().groups(prose))
    targets = {match["id"].casefold(): match["to"] for match in _TARGET.finditer(prose)}
    notes: dict[str, str] = {}
    for group in groups:
        if group.note is not None:
            text = _Inline(targets, {}).read(group.mapped())[0].text
            notes[group.note] = f"{notes.get(group.note, '')} {text}".strip()
    for group in groups:
        mapped, asides = _Inline(targets, notes).read(group.mapped())
        if mapped.text.strip():
            yield paragraph(mapped, asides, quoted=group.quoted, label=group.label, heading=group.heading)


def _without(raw: str) -> str:
    """The text with front matter, comments and code in HTML blanked, at the same length."""
    for pattern in (_FRONT, _COMMENT, _HTML_CODE):
        raw = pattern.sub(lambda match: re.sub(r"[^\r\n]", " ", match[0]), raw)
    return raw


class _Grouping:
    """Tells paragraphs from each other and from code, a line at a time."""

    def __init__(self) -> None:
        self.group = _Group()
        self.done: list[_Group] = []
        self.fence = ""
        self.blank, self.indents = True, False

    def groups(self, raw: str) -> Iterator[_Group]:
        """The paragraphs, each with its lines."""
        for match in _LINE.finditer(raw):
            self._take(match[0], match.start())
            yield from self.done
            self.done.clear()
        if self.group.parts:
            yield self.group

    def _take(self, line: str, start: int) -> None:
        quote = _QUOTE.match(line)
        body, at = (line[quote.end() :], start + quote.end()) if quote else (line, start)
        fence = _FENCE.match(body)
        if self.fence or fence:
            self._take_fence(body, fence)
        elif not body.strip() or _TARGET.match(line):
            self._end(keeping_note=True)
            self.blank = True
        else:
            self._take_words(body, at, quoted=bool(quote))

    def _take_fence(self, body: str, fence: re.Match[str] | None) -> None:
        """A line of fenced code, its first and its last."""
        if not self.fence and fence:
            self._end(keeping_note=True)
            self.fence = fence[1]
        elif fence and fence[1].startswith(self.fence) and not body[fence.end() :].strip():
            self.fence = ""

    def _take_words(self, body: str, at: int, *, quoted: bool) -> None:
        indented = bool(re.match(r" {4}|\t", body))
        note, item, callout, alone = (each.match(body) for each in (_NOTE, _ITEM, _CALLOUT, _ALONE))
        if self.blank and not indented:
            self.indents = False
        if indented and self.blank and not self.indents and not quoted:
            return  # code
        self.indents = self.indents or bool(note or item or callout)
        if note or item or callout or alone or body.lstrip().startswith("|") or quoted != self.group.quoted:
            self._end(keeping_note=indented)
        cut = next((each.end() for each in (note, callout, item, alone) if each), 0)
        self.group.note = note["id"] if note else self.group.note if indented or not self.blank else None
        self.group.quoted = quoted and not callout
        self.group.label = (item["number"] or "-") if item else self.group.label
        self.group.heading = bool(alone) and body.lstrip().startswith("#")
        if not alone or self.group.heading:
            self.group.parts += _cells(body, cut, at)
        self.blank = False
        if alone:
            self._end(keeping_note=False)

    def _end(self, *, keeping_note: bool) -> None:
        if self.group.parts:
            self.done.append(self.group)
        self.group = _Group(note=self.group.note if keeping_note else None)


def _cells(body: str, cut: int, at: int) -> Iterator[tuple[str, int]]:
    """A line as it is; the cells of a table each with a full stop's worth of room between them."""
    if not body.lstrip().startswith("|"):
        yield body[cut:], at + cut
        return
    for match in re.finditer(r"(?:[^|\\]|\\.)+|\\", body):
        yield match[0], at + match.start()
        yield "\n\n", at + match.end()


class _Inline:
    """Reads the prose of a paragraph out of its marks."""

    def __init__(self, targets: dict[str, str], notes: dict[str, str]) -> None:
        self._targets, self._notes = targets, notes

    def read(self, mapped: Mapped) -> tuple[Mapped, list[Aside]]:
        """The reading text, and what hangs on it."""
        links = self._links(mapped.text) if "]" in mapped.text else {}
        writer, asides, at = Writer(), list[Aside](), 0
        for match in _INLINE.finditer(mapped.text):
            _copy(writer, mapped, at, match.start())
            at = match.end()
            if match.start() in links:
                if not match["open"]:
                    asides.append(Aside(writer.length, links[match.start()]))
            elif match["note"] or match["url"]:
                asides.append(Aside(writer.length, self._notes.get(match["note"] or "", match["url"] or "")))
            else:
                shown = self._shown(match)
                writer.add(shown, mapped.origin(match.end() - len(shown) if match["escape"] else match.start()))
        _copy(writer, mapped, at, len(mapped.text))
        return writer.done(), asides

    def _links(self, text: str) -> dict[int, str]:
        """Where links open and close, with what they lead to."""
        found, opened = dict[int, str](), list[int]()
        for match in _INLINE.finditer(text):
            if match["open"]:
                opened.append(match.start())
            elif match["close"] or match["target"] is not None or match["named"] is not None:
                start = opened.pop() if opened else None
                to = match["target"]
                if match["named"] is not None and start is not None:
                    to = self._targets.get((match["named"] or text[start + 1 : match.start()]).casefold())
                if to is not None and start is not None:
                    found[start] = found[match.start()] = to
        return found

    def _shown(self, match: re.Match[str]) -> str:
        """What a reader sees of a mark."""
        if match["code"]:
            inner = match["inner"]
            return "\ufffc" if _MARKS.search(inner) else inner
        if match["raised"]:
            return raised("".join(filter(str.isdigit, match[0])))
        if match["entity"]:
            return unescape(match[0])
        if match["escape"]:
            return match[0][1:]
        if match["tag"]:
            return " " if re.match(r"</?(?:br|p|div|td|th|li|tr|h\d)\b", match[0], re.IGNORECASE) else ""
        return "" if match["emphasis"] or match["image"] else match[0]


def _copy(writer: Writer, mapped: Mapped, start: int, end: int) -> None:
    for text, origin in runs_of(mapped, start, end):
        writer.add(text, origin)
