"""Plain text: paragraphs between blank lines, lists by their marks, headings by how their lines stand.

Lines that come back on every page, page numbers and tables of contents are told apart; a sentence that a page's end
interrupts goes on behind them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile

from ncrelations.document.spans import LeafKind, Span
from ncrelations.files.cutting import cut, trimmed
from ncrelations.files.file_text import FileText, Part
from ncrelations.files.printed_numbers import BULLET, numbered_paragraph

READER = "text 2"

_LINE = re.compile(r"[^\r\n\f]*(?:\r\n|\r|\n|\f|\Z)")
_RULE = re.compile(
    r"[ \t>]*(?:-{2,} ?[\w ]*(?:[Mm]essage|[Nn]achricht|[Mm]ensaje)[\w ]*-{2,}|Begin forwarded message:)\s*"
    r"|[ \t]*(?:--|([-_=*~—])(?:[ \t]*\1){2,})\s*"
)
_LONGEST_UNDERLINE = 20
_QUOTED = re.compile(r"[> ]*")
_UNDERLINE = re.compile(r"[ \t]*([=\-~^])\1{2,}[ \t]*")
_NUMBERED = re.compile(
    r"(?:(?:chapter|part|annex|appendix)\s+(?:[IVXLC]+|\d+|[A-Z])\b|[IVXLC]+\.\s+[A-Z])", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<!\.\.)[.,;:!?]['\"”’)\]]*$")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxlc]{1,7})\W*", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\. ?){5}")
_CHANGING = re.compile(r"[\d\s]+")
_LONGEST_HEADING = 90
_MOST_HEADING_LINES = 3
_REPEATED = 3
_LONG = 200
_LONGEST_PARAGRAPH = 5_000

Lines = Sequence[Span]


def read_plain(text: str) -> FileText:
    """A plain text, cut into headings, paragraphs and items."""
    parts = cut(text, _Reader(text).parts())
    headings = any(part.kind is LeafKind.HEADING for part in parts)
    return FileText("text", text, parts, (), "lines" if headings else "none", reader=READER)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self._groups = list(_groups(text))
        alone = [self._of(group[0]) for group in self._groups if len(group) == 1]
        counts = Counter(
            _masked(line) for line in alone if len(line) <= _LONGEST_HEADING and not _SENTENCE_END.search(line)
        )
        self._repeated = {line for line, count in counts.items() if count >= _REPEATED}
        firsts = Counter(_masked(self._of(group[0])) for group in self._groups)
        self._twice = {line for line, count in firsts.items() if count > 1}
        self._parted = any(_NUMBERED.match(self._of(group[0])) for group in self._groups)
        self._open = False

    def parts(self) -> Iterator[Part]:
        """The parts, group by group of lines."""
        for number, group in enumerate(self._groups):
            first = self._of(group[0])
            if len(group) == 1 and self._is_furniture(first):
                yield Part(LeafKind.FURNITURE, group[0])
            elif sum(bool(_LEADERS.search(self._of(line))) for line in group) > len(group) / 2:
                yield Part(LeafKind.CONTENTS, Span(group[0].start, group[-1].end))
            else:
                after = self._groups[number + 1] if number + 1 < len(self._groups) else ()
                yield from self._headed(group, after)

    def _is_furniture(self, line: str) -> bool:
        """Whether a line by itself is the head or number of a page: repeated, or a heading come back spaced out."""
        spaced = len(line) < 2.6 * len(line.split()) and _masked(line) in self._twice
        return _masked(line) in self._repeated or spaced or bool(_PAGE_NUMBER.fullmatch(line) or _RULE.fullmatch(line))

    def _of(self, line: Span) -> str:
        return self.text[line.start : line.end].strip()

    def _headed(self, group: Lines, after: Lines) -> Iterator[Part]:
        """A group's heading, then its paragraph or items."""
        count = self._heading_lines(group, after)
        if count:
            level = 1 + (
                self._parted and not _NUMBERED.match(self._of(group[0])) and not _is_capitals(self._of(group[0]))
            )
            underlined = count > 1 and bool(_UNDERLINE.fullmatch(self._of(group[1])))
            level = 1 + ("=" not in self._of(group[1])) if underlined else level
            yield Part(LeafKind.HEADING, Span(group[0].start, group[0 if underlined else count - 1].end), level=level)
            if underlined:
                yield Part(LeafKind.MARK, group[1])
            self._open = False
        if group[count:]:
            yield from self._blocks(group[count:])

    def _heading_lines(self, group: Lines, after: Lines) -> int:
        """How many of a group's first lines are a heading."""
        first = self._of(group[0])
        if BULLET.match(first) or not any(c.isalpha() for c in first) or len(first) > _LONGEST_HEADING:
            return 0
        if len(group) == 2 and _UNDERLINE.fullmatch(self._of(group[1])):
            return 2
        titled = len(list(takewhile(lambda line: _is_title(self._of(line)), group[:_MOST_HEADING_LINES])))
        if titled == len(group) == 1:
            follows = self._of(after[0]) if after else ""
            return int(_stands_alone(first) or (len(follows) > _LONG and follows[:1].isupper()))
        return titled if titled < len(group) and self._opens(group[titled], first) else 0

    def _opens(self, line: Span, heading: str) -> bool:
        """Whether a line begins the text below a heading: with a capital, and much longer than it."""
        words = self._of(line)
        return words[:1].isupper() and len(words) > max(1.4 * len(heading), _LONGEST_HEADING / 2)

    def _blocks(self, lines: Lines) -> Iterator[Part]:
        """The paragraph of some lines, or the items of a list."""
        starts = [0, *(n for n in range(1, len(lines)) if BULLET.match(self.text, lines[n].start, lines[n].end))]
        for first, following in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield from self._block(Span(lines[first].start, lines[following - 1].end))

    def _block(self, span: Span) -> Iterator[Part]:
        bullet = BULLET.match(self.text, span.start, span.end)
        number = None if bullet else numbered_paragraph(self.text, span)
        if bullet or number:
            mark = Span(span.start, bullet.end() if bullet else number[1] if number else span.start)
            yield Part(LeafKind.MARK, mark)
            span = Span(mark.end, span.end)
        inner = trimmed(self.text, span)
        words = self.text[inner.start : inner.end]
        goes_on = self._open and words[:1].islower() and not (bullet or number)
        yield Part(LeafKind.TEXT, span, "b" if bullet else "p", None, number[0] if number else None, goes_on)
        self._open = not _SENTENCE_END.search(words)


def _masked(line: str) -> str:
    """A line without what changes from page to page: numbers and spaces."""
    return _CHANGING.sub("", line.lower()) or "#"


def _groups(text: str) -> Iterator[Lines]:
    """Lines that follow each other without a blank one; too many for a paragraph, they end with a sentence.

    A rule stands alone where it underlines no heading. In mail a line of nothing but ">" is blank, and what is quoted
    deeper or less deep is another paragraph.
    """
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        line = match[0]
        blank = not line.strip(" \t\r\n\f>")
        if lines and not blank and (_is_rule(line, len(lines)) or _deeper(text, lines[-1], line)):
            yield lines
            lines = []
        if not blank:
            lines.append(Span(match.start(), match.end()))
        long = bool(lines) and match.end() - lines[0].start > _LONGEST_PARAGRAPH
        ends = blank or line.endswith("\f") or (long and _SENTENCE_END.search(line.rstrip()))
        if lines and (ends or _is_rule(line, len(lines) - 1)):
            yield lines
            lines = []
    if lines:
        yield lines


def _is_rule(line: str, before: int) -> bool:
    """Whether a line is a rule between paragraphs, with so many lines before it in its own."""
    long = len(line.strip()) > _LONGEST_UNDERLINE
    told = any(map(str.isalpha, line))
    return _RULE.fullmatch(line) is not None and (not before or told or (long and before > 1))


def _deeper(text: str, before: Span, line: str) -> bool:
    """Whether a line of mail is quoted more or less deeply than the one before, which does not introduce it."""
    words = text[before.start : before.end].rstrip()
    depth, own = _depth(words), _depth(line)
    return depth != own and not (own > depth and words.endswith(":"))


def _depth(line: str) -> int:
    match = _QUOTED.match(line)
    return match[0].count(">") if match else 0


def _is_capitals(line: str) -> bool:
    return line.upper() == line and sum(c.isalpha() for c in line) > 3


def _stands_alone(line: str) -> bool:
    """Whether a line by itself is a heading: in capitals, or numbered."""
    return _is_capitals(line) or bool(_NUMBERED.match(line))


def _is_title(line: str) -> bool:
    """Whether a line is set as a title: no end of a sentence, and its longer words with capitals."""
    if _SENTENCE_END.search(line) or len(line) > _LONGEST_HEADING:
        return False
    longer = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > 3]
    return _stands_alone(line) or (bool(longer) and all(word[0].isupper() for word in longer) and line[:1].isupper())
