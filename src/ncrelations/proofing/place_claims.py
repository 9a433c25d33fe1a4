"""Places that a draft names beside a quotation: citations of ours in any form, sections, paragraphs, pages, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Block, Document, Section
from ncrelations.document.typed_places import blocks_of, places_at
from ncrelations.document.wording import words_of
from ncrelations.errors import NCRelationsError

_BLOCK = (
    r"(?:,?\s*(?:para(?:graph)?s?\.?|¶)\s*(?P<p>\d{1,3})|,?\s*bullets?\s*(?:point\s*)?(?P<b>\d{1,3})"
    r"|,?\s*milestones?\s*(?P<m>\d{1,3}))?"
)
_SECTION = re.compile(
    r"(?:\b(?:sections?|secs?\.|sects?\.|chapters?|ch\.|Abschnitte?|Kapitel|chapitres?|parties?)|§+)\s*"
    r"(?P<id>[IVXLC]+(?:\.\d+)?|\d+(?:\.\d+)*)\b(?:,?\s*[\"“][^\"”\n]{1,120}[\"”])?" + _BLOCK,
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\b(?:section|chapter|part)\s+(?:on\s+|called\s+)?[\"“'‘](?P<heading>[^\"”\n]{2,120}?)[\"”'’]" + _BLOCK,
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:\bpp?\.|\bpages?|\bS\.|\bSeiten?|\bpág\.)\s*(?P<first>\d{1,4})(?:\s*[-–—]\s*(?P<last>\d{1,4}))?(?P<on>\s*ff?\b)?"
    r"|第\s*(?P<han>\d{1,4})\s*[页頁]",
    re.IGNORECASE,
)
_ROMAN = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceClaim:
    """A place that a draft names."""

    words: str
    """The words that name it."""
    blocks: frozenset[Citation] | None
    """The blocks that it means; `None` where there is no such place."""
    doubtful: frozenset[Citation] = frozenset()
    """Blocks that may stand there: on a page on which one section ends and the next begins."""

    def right(self, found: Sequence[Citation]) -> bool | None:
        """Whether one of some blocks is meant; `None` where it cannot be told."""
        if self.blocks is None:
            return False
        if any(citation in self.blocks for citation in found):
            return True
        return None if any(citation in self.doubtful for citation in found) else False


class PlaceClaims:
    """Finds the places that texts name, by the documents of a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        ids = "|".join(sorted((re.escape(d.id) for d in corpus.documents), key=len, reverse=True)) or r"(?!)"
        self._ours = re.compile(
            rf"(?<![\w/.-])(?:{ids})/[\w.-]*\w(?:/[a-z]\d{{1,4}}(?:\s?[-–—]\s?[a-z]?\d{{1,4}})?)?(?:/s\d{{1,4}})?"
            r"|(?<![\w/.-])[A-Za-z][\w.-]*/[pbmtn]\d{1,4}(?:\s?[-–—]\s?[pbmtn]?\d{1,4})?(?:/s\d{1,4})?(?![\w/])",
            re.IGNORECASE,
        )

        self._headings = [(_plain(s.heading), s) for d in corpus.documents for s in d.walk() if s.heading is not None]
        described = [s for d in corpus.documents for s in d.walk() if s.heading is None]
        self._described = [
            (re.compile(re.escape(f"{s.document.work.name}, {s.description}") + _BLOCK, re.IGNORECASE), s)
            for s in described
        ]

    def found(self, texts: Sequence[str]) -> tuple[PlaceClaim, ...]:
        """The places that some texts name, each once."""
        claims = {claim.words: claim for text in texts for claim in self._in(text)}
        return tuple(claims.values())

    def _in(self, text: str) -> Iterator[PlaceClaim]:
        for match in self._ours.finditer(text):
            if not _is_file(text, match.end()):
                yield self._typed(match[0])
        rest = self._ours.sub(" ", text)
        for match in _SECTION.finditer(rest):
            yield self._section(match)
        for match in _HEADED.finditer(rest):
            wanted = _plain(match["heading"])
            if sections := [section for heading, section in self._headings if heading == wanted]:
                yield _block_of(match, sections)
        for pattern, section in self._described:
            for match in pattern.finditer(rest):
                yield _block_of(match, [section])
        for match in _PAGE.finditer(rest):
            yield self._page(match)

    def _typed(self, words: str) -> PlaceClaim:
        try:
            places = places_at(self._corpus, words)
        except NCRelationsError:
            return PlaceClaim(words, None)
        return PlaceClaim(words, frozenset(block.citation for place in places for block in blocks_of(place)))

    def _section(self, match: re.Match[str]) -> PlaceClaim:
        number = match["id"].upper()
        wanted = {number, _roman(number)}
        sections = [s for d in self._corpus.documents for s in d.walk() if s.id.upper() in wanted or s.number in wanted]
        return _block_of(match, sections)

    def _page(self, match: re.Match[str]) -> PlaceClaim:
        first = int(match["first"] or match["han"])
        last = int(match["last"] or first) + (2 if match["on"] else 0)
        sure, doubtful, paged = set[Citation](), set[Citation](), False
        for document in self._corpus.documents:
            for block, start, end in _pages(document):
                paged = True
                if start <= last and first <= max(start, end - 1):
                    sure.add(block.citation)
                elif first == end:
                    doubtful.add(block.citation)
        doubtful |= {b.citation for d in self._corpus.documents for b in d.blocks if b.section.page is None}
        found = frozenset(sure) if sure or doubtful or not paged else None
        return PlaceClaim(" ".join(match[0].split()), found, frozenset(doubtful))


def _block_of(match: re.Match[str], sections: Sequence[Section]) -> PlaceClaim:
    """The block of some sections that the end of a match names, or all their blocks."""
    kind = next((each for each in "pbm" if match[each]), None)
    if kind is None:
        blocks = frozenset(block.citation for section in sections for block in blocks_of(section))
    else:
        wanted = f"{kind}{match[kind]}"
        blocks = frozenset(b.citation for section in sections for b in section.blocks if b.citation.block == wanted)
    return PlaceClaim(" ".join(match[0].split()), blocks or None)


def _plain(heading: str) -> str:
    return " ".join(word.plain for word in words_of(heading))


def _pages(document: Document) -> Iterator[tuple[Block, int, int]]:
    """Each block that has a page, with the first page of its section and that of the section after."""
    starts = sorted({section.page for section in document.walk() if section.page is not None})
    for block in document.blocks:
        page = block.section.page
        if page is not None:
            yield block, page, next((each for each in starts if each > page), page + 1)


def _is_file(text: str, end: int) -> bool:
    return bool(re.match(r"\.(?:md|html?|py|txt|json|svg|png)\b", text[end:]))


def _roman(number: str) -> str:
    """ "3" -> "III", "6.1" -> "VI.1"; any other as it is."""
    whole, dot, rest = number.partition(".")
    if not whole.isdigit() or not 0 < int(whole) < 200:
        return number
    left, roman = int(whole), ""
    for value, letters in _ROMAN:
        roman += letters * (left // value)
        left %= value
    return f"{roman}{dot}{rest}"
