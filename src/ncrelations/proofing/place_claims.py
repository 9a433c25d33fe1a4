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

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
_BLOCK = (
    r"(?:,?\s*(?:para(?:graph)?s?\.?|¶|p(?=\d))\s*(?P<p>\d{1,3})"
    r"|,?\s*(?:bullets?\s*(?:point\s*)?|b(?=\d))(?P<b>\d{1,3})|,?\s*(?:milestones?\s*|m(?=\d))(?P<m>\d{1,3})"
    rf"|,?\s*(?:the\s+)?(?P<nth>{'|'.join(_ORDINALS)}|last|opening)\s+(?P<kind>para(?:graph)?|bullet|milestone)s?\b)?"
)
_SECTION = re.compile(
    r"(?:\b(?:sections?|secs?\.|sects?\.|chapters?|ch\.|Abschnitte?|Kapitel|chapitres?|parties?)|§+)\s*"
    r"(?P<id>[IVXLC]+(?:\.\d+)?|\d+(?:\.\d+)*)\b(?:,?\s*[\"“][^\"”\n]{1,120}[\"”])?" + _BLOCK,
    re.IGNORECASE,
)
_APART = re.compile(r"[(\[]([^()\[\]]{1,300})[)\]]")
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

        self._bare = self._bare_places()
        self._headings = list(self._headed())
        described = [s for d in corpus.documents for s in d.walk() if s.heading is None]
        self._described = [
            (re.compile(re.escape(f"{s.document.work.name}, {s.description}") + _BLOCK, re.IGNORECASE), s)
            for s in described
        ]

    def _bare_places(self) -> re.Pattern[str]:
        """What stands in brackets or a footnote and is a section's number, after a document's name or alone."""
        names = [name for s in self._corpus.speakers for name in (s.document_names, s.document_called) if name]
        any_document = "|".join(
            ["(?:this|that|the same) document", *names, *(re.escape(d.id) for d in self._corpus.documents)]
        )
        numbers = {each for d in self._corpus.documents for s in d.walk() for each in (s.id, s.number) if each}
        any_number = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True)) or r"(?!)"
        return re.compile(
            rf"\W*(?:(?:see|cf\.?|in|the|also|at)\s+)*(?:(?:{any_document})\b[,:]?\s*)?"
            rf"(?P<id>{any_number})\b{_BLOCK}\s*(?:,?\s*(?:{_PAGE.pattern}))?\W*",
            re.IGNORECASE,
        )

    def _headed(self) -> Iterator[tuple[re.Pattern[str], list[Section]]]:
        """What names each heading: its words, of a short one only as a heading is written, in quotes or alone."""
        sections: dict[str, list[Section]] = {}
        for section in (s for d in self._corpus.documents for s in d.walk() if s.heading):
            sections.setdefault(_plain(section.heading or ""), []).append(section)
        for heading, its in sections.items():
            words = r"\W{1,3}".join(re.escape(word) for word in heading.split())
            if len(heading.split()) > 2:
                yield re.compile(rf"\b{words}\b[\"”'’*_»]*{_BLOCK}", re.IGNORECASE), its
            elif heading:
                title = r"\W{1,3}".join(re.escape(word.capitalize()) for word in heading.split())
                before = r"(?:[\"“'‘*_(\[«]|\b(?:[Ss]ection|[Cc]hapter|[Pp]art)\s+(?:on\s+|called\s+)?[\"“'‘]?)"
                yield re.compile(rf"{before}(?:the\s+)?(?:{words}|{title})(?=[\"”'’*_)\],»])[\"”'’*_»]*{_BLOCK}"), its

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
        yield from self._called(rest)
        for pattern, section in self._described:
            for match in pattern.finditer(rest):
                yield _block_of(match, [section])
        for match in _PAGE.finditer(rest):
            yield self._page(match)

    def _called(self, text: str) -> Iterator[PlaceClaim]:
        """Sections by their number alone, and by their headings."""
        for part in _apart(text):
            if match := self._bare.fullmatch(part):
                yield self._section(match)
        for pattern, sections in self._headings:
            for match in pattern.finditer(text):
                yield _block_of(match, sections)

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
    words = " ".join(match[0].split()).strip("()[] ")
    kind = next((each for each in "pbm" if match[each]), None)
    if match["nth"]:
        blocks = frozenset(b.citation for section in sections for b in _nth(section, match["nth"], match["kind"]))
    elif kind is not None:
        wanted = f"{kind}{match[kind]}"
        blocks = frozenset(b.citation for section in sections for b in section.blocks if b.citation.block == wanted)
    else:
        blocks = frozenset(block.citation for section in sections for block in blocks_of(section))
    return PlaceClaim(words, blocks or None)


def _nth(section: Section, nth: str, kind: str) -> Sequence[Block]:
    """The block of a section that a count names: "second bullet", "last paragraph"."""
    blocks = [b for b in section.blocks if (b.citation.block or "").startswith(kind[0].lower())]
    number = (
        len(blocks) - 1 if nth.lower() == "last" else 0 if nth.lower() == "opening" else _ORDINALS.index(nth.lower())
    )
    return blocks[number : number + 1] if number >= 0 else ()


def _apart(text: str) -> Iterator[str]:
    """What stands in brackets, part by part; or the whole text, as in a footnote."""
    if len(text.strip(" .,;:")) > 1:
        yield text
    for match in _APART.finditer(text):
        yield from match[1].split(";")


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
