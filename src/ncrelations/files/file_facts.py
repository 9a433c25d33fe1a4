"""What a file says of itself in its first lines: its title, its date, who issued it. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from ncrelations.document.spans import LeafKind, Span
from ncrelations.files.document_holder import document_holder
from ncrelations.files.file_text import FileText
from ncrelations.files.holder_patterns import DATE
from ncrelations.files.holder_phrases import Holder, date_in
from ncrelations.files.openings import joined, openings_in

_FIRST = 60
_FIRST_CHARACTERS = 6_000
_TITLE_WITHIN = 1_500
_LONGEST_TITLE = 300
_FIRST_FEW = 4
_BEFORE = re.compile(r"(?:.{0,60}\bDistr\.: \w+|[A-Z][a-z]+ [A-Z][a-z]+)?\s*")


def with_facts(text: FileText) -> FileText:
    """The text, with what its first lines say of it where its own metadata does not."""
    firsts = list(_firsts(text))
    front = joined([words for words, _, _ in takewhile(lambda each: each[1] is None, firsts)])
    opened = openings_in([words for words, _, _ in firsts], [True] * len(firsts)).values()
    named = document_holder(_headings(text), front, [each.holder for each in opened if each.holder is not None])
    holder: Holder | None = named[1] if named else None
    dated = holder.date if holder else None
    titled = named[0] if named and named[1].titled and len(named[0]) <= _LONGEST_TITLE else None
    return replace(
        text,
        title=text.title or titled or (None if text.structure == "lines" else _first_heading(firsts)),
        date=text.date or dated or _only_date([words for words, _, _ in firsts]),
        issuer=text.issuer or (holder.issuer if holder else None),
    )


def _headings(text: FileText) -> list[tuple[str, int]]:
    """All headings, with their levels."""
    found: list[tuple[str, int]] = []
    for part in text.parts:
        if part.kind is LeafKind.HEADING:
            words = " ".join(_slice(text.text, part.span).split())
            if part.continues and found:
                found[-1] = f"{found[-1][0]} {words}", found[-1][1]
            else:
                found.append((words, part.level or 1))
    return found


def _firsts(text: FileText) -> Iterator[tuple[str, int | None, int]]:
    """The first headings and blocks: words, level where it is a heading, and where it begins."""
    words, level, start, count = list[str](), None, 0, 0
    for part in text.parts:
        if part.kind not in (LeafKind.TEXT, LeafKind.HEADING, LeafKind.TITLE):
            continue
        if not part.continues and words:
            yield " ".join("".join(words).split()), level, start
            words, count = [], count + 1
        if count > _FIRST or part.span.start > _FIRST_CHARACTERS:
            return
        if not words:
            level, start = part.level, part.span.start
        words.append(_slice(text.text, part.span) + " ")
    if words:
        yield " ".join("".join(words).split()), level, start


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _first_heading(firsts: list[tuple[str, int | None, int]]) -> str | None:
    """The heading that stands first, at the highest level, before any longer text."""
    for words, level, start in firsts[:_FIRST_FEW]:
        if start > _TITLE_WITHIN or (level is None and len(words) > 200):
            return None
        if level == 1 and len(words) <= 200:
            return words
    return None


def _only_date(firsts: list[str]) -> str | None:
    """The date that stands alone among the first lines, where there is just one."""
    alone = {date_in(words) for words in firsts if len(words) < 40 and _is_date(words)}
    found = {date for date in alone if date is not None}
    return found.pop() if len(found) == 1 else None


def _is_date(words: str) -> bool:
    match = DATE.search(words)
    return match is not None and bool(_BEFORE.fullmatch(words[: match.start()])) and match.end() == len(words)
