"""Places that a draft names beside a quotation: citations of ours in any form, sections, paragraphs, pages, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Document, Section
from ncrelations.document.typed_places import blocks_of, places_at
from ncrelations.errors import NCRelationsError
from ncrelations.proofing.place_blocks import BARE, BLOCK, COUNTS, ORDINALS, PAGE, blocks_named, numbered_so
from ncrelations.proofing.place_names import PlaceNames
from ncrelations.proofing.place_pages import is_paged, on_pages

_SECTION = re.compile(
    r"(?:\b(?:sections?|secs?\b\.?|sects?\b\.?|s\.(?=\s*[IVX])|chapters?|ch\.|Abschnitte?|Kapitel|chapitres?|parties?)|§+)\s*"
    rf"(?P<id>[IVXLC]+(?:\.\d+)?|\d+(?:\.\d+)*|{'|'.join(COUNTS)})\b"
    r"(?:,?\s*[\"“][^\"”\n]{1,120}[\"”])?" + BLOCK,
    re.IGNORECASE,
)
_ID = r"(?:[IVXLC]+(?:\.\d+)?|\d{1,2}(?:\.\d+)?)\b"
_SEVERAL = re.compile(
    rf"(?:\b(?:sections|secs\.?|sects\.?|chapters|parts)|§§)\s*(?P<ids>{_ID}(?:\s*(?:,|and|&|or|to|[-–—])\s*{_ID})+)"
    rf"|(?<=[(\[])\s*(?P<bare>{_ID}\s*(?:and|&|[-–—])\s*{_ID})(?=\s*[)\],;])",
    re.IGNORECASE,
)
_NTH_SECTION = re.compile(
    rf"(?<!his )(?<!her )\b(?P<id>{'|'.join(ORDINALS)})\s+(?:section|chapter|part)\b{BLOCK}", re.IGNORECASE
)
_PART = re.compile(rf"\b[Pp]art\s+(?P<id>[IVXLC]+(?:\.\d+)?|(?i:{'|'.join(COUNTS)}))\b{BLOCK}")
_NOTE = re.compile(r"\s*[A-Z§¶]")  # a footnote begins like a sentence; what follows a quotation does not
_PARAGRAPH = re.compile(
    r"(?:\bpara(?:graph)?s?\.?|¶{1,2})\s*(?P<first>\d{1,4})\b(?:\s*[-–—]\s*(?P<last>\d{1,4})\b)?", re.IGNORECASE
)
_MOST_PARAGRAPHS = 200
_APART = re.compile(r"[(\[]([^()\[\]]{1,300})[)\]]")
_PAGE = re.compile(PAGE, re.IGNORECASE)
_PAGE_BETWEEN = re.compile(rf",?\s*(?:{PAGE})(?=,?\s+(?:\w+ )?(?:para|bullet))", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:sections?|chapters?|parts?|pages?|pp?\.|notes?)\b", re.IGNORECASE)
"""What names a place in a way that is not understood."""
_IBID = re.compile(
    rf"\b(?:(?:ibid(?:em)?|loc\. ?cit)\b\.?|same (?:page|section|part|chapter|paragraph|passage|place)\b){BLOCK}",
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
    sections: tuple[Section, ...] = ()
    """The sections that it names, where it names any."""
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
        self._names = PlaceNames(corpus)
        self._on_pages = lru_cache(maxsize=1024)(on_pages)
        self._in = lru_cache(maxsize=256)(self._all_in)  # what stands around quotations is often the same

    def found(self, texts: Sequence[str], before: tuple[PlaceClaim, ...] = ()) -> tuple[PlaceClaim, ...]:
        """The places that some texts name, each once; "ibid." names those of the quotation before."""
        claims = {claim.words: claim for text in texts for claim in self._in(text)}
        claims = claims or {claim.words: claim for text in texts for claim in self._paragraphs(text)}
        if claims or not before:
            return tuple(
                each for each in claims.values() if not any(_says_more(other, each) for other in claims.values())
            )
        return tuple(claim for text in texts for match in _IBID.finditer(text) for claim in _again(match, before))

    def within(self, texts: Sequence[str], sections: Sequence[Section]) -> tuple[PlaceClaim, ...]:
        """The blocks that some texts name by a number alone, in one of some sections: "(third bullet)".

        Of documents of which no section is named nothing is said.
        """
        return tuple(claim for text in texts for part in _apart(text) for claim in self._within(part, sections))

    def _within(self, part: str, sections: Sequence[Section]) -> Iterator[PlaceClaim]:
        match = BARE.search(part)
        if match is None or _ELSEWHERE.search(part):
            return
        named = {document.id for document in self._names.documents(part)}
        own = [s for s in self._that_has(match, sections) if not named or s.document.id in named]
        if own:
            known = {section.document.id for section in own}
            others = (d for d in self._corpus.documents if d.id not in known)
            doubtful = frozenset(block.citation for document in others for block in document.blocks)
            yield replace(_block_of(match, own), doubtful=doubtful)

    def _that_has(self, match: re.Match[str], sections: Sequence[Section]) -> Sequence[Section]:
        """The sections in which a block may be counted: of milestones, those of the corpus that have any."""
        if "m" not in (match["m"] and "m", (match["kind"] or match["counted"] or "")[:1].lower()):
            return sections
        every = (section for document in self._corpus.documents for section in document.walk())
        return [s for s in every if any((block.citation.block or "").startswith("m") for block in s.blocks)]

    def _all_in(self, text: str) -> tuple[PlaceClaim, ...]:
        """The places that a text names."""
        return tuple(self._each_in(text))

    def _each_in(self, text: str) -> Iterator[PlaceClaim]:
        for match in self._ours.finditer(text):
            if not _is_file(text, match.end()):
                yield self._typed(match[0])
        rest = self._ours.sub(" ", text)
        yield from filter(None, map(self._several, _SEVERAL.finditer(rest)))
        rest = _SEVERAL.sub(" ", rest)
        yield from self._called(_PAGE_BETWEEN.sub("", rest))
        for part, named in self._parts(rest):
            within, unpaged = named or self._corpus.documents, _PAGE_BETWEEN.sub("", part)
            for pattern in (_SECTION, _NTH_SECTION, _PART):
                yield from filter(None, (self._section(match, within) for match in pattern.finditer(unpaged)))
            pages = {" ".join(each[0].split()): each for each in _PAGE.finditer(part)}
            told = (named or self._names.documents(part)) if pages else ()
            paged = told if len({*(each.id for each in told)}) == 1 else within
            yield from (self._page(match, paged) for match in pages.values())

    def _parts(self, text: str) -> Iterator[tuple[str, Sequence[Document]]]:
        """What stands in brackets and what does not, each with the documents that the brackets name."""
        at = 0
        for match in _APART.finditer(text):
            yield text[at : match.start()], ()
            yield match[0], self._names.documents(match[0])
            at = match.end()
        yield text[at:], ()

    def _called(self, text: str) -> Iterator[PlaceClaim]:
        """Sections by their number alone, by their headings, and by what they are on."""
        for part in _apart(text):
            if (match := self._names.apart(part)) and (claim := self._section(match, self._corpus.documents)):
                yield claim
            for match, sections in self._names.alone(part):
                yield _block_of(match, sections)
        numbered = (self._section(match, self._corpus.documents) for match in self._names.numbered(text))
        yield from filter(None, numbered)
        for match, sections in self._names.headed(text):
            yield _block_of(match, sections)
        for match, sections in self._names.about(text):
            yield _block_of(match, sections)

    def _several(self, match: re.Match[str]) -> PlaceClaim | None:
        """Sections named together: "sections III and IV", "sections I-III"; those between, where a dash stands."""
        words = match["ids"] or match["bare"]
        named = [self._numbered.get(_roman(each.upper()), []) for each in re.findall(_ID, words, re.IGNORECASE)]
        sections = [section for each in named for section in each]
        if not all(named):
            return None
        if re.search(r"[-–—]|\bto\b", words):
            every = [each for each in sections[0].document.walk() if each.number]
            ends = [number for number, each in enumerate(every) if each in sections]
            sections += every[min(ends, default=0) : max(ends, default=0)]
        blocks = frozenset(block.citation for section in sections for block in blocks_of(section))
        return PlaceClaim(" ".join(match[0].split()).strip("()[] "), blocks, tuple(sections))

    def _paragraphs(self, text: str) -> Iterator[PlaceClaim]:
        """Paragraphs that a document numbers throughout: "para. 36", "paras. 36-38"."""
        for part, named in self._parts(text):
            within = {document.id for document in named or self._corpus.documents}
            for match in _PARAGRAPH.finditer(part):
                first, last = int(match["first"]), int(match["last"] or match["first"])
                numbers = map(str, range(first, min(last, first + _MOST_PARAGRAPHS) + 1))
                sections = [s for n in numbers for s in self._numbered.get(n, ()) if s.document.id in within]
                own = tuple(section for section in sections if section.heading is None)
                if own:
                    blocks = frozenset(block.citation for section in own for block in blocks_of(section))
                    yield PlaceClaim(" ".join(match[0].split()), blocks, own)

    def _typed(self, words: str) -> PlaceClaim:
        try:
            places = places_at(self._corpus, words)
        except NCRelationsError:
            return PlaceClaim(words, None)
        blocks = [block for place in places for block in blocks_of(place)]
        sections = {str(block.section.citation): block.section for block in blocks}
        return PlaceClaim(words, frozenset(block.citation for block in blocks), tuple(sections.values()))

    def _section(self, match: re.Match[str], documents: Sequence[Document]) -> PlaceClaim | None:
        """The section of a number; nothing where the document named has no numbers: readers count for themselves."""
        number, inner = _counted(match["id"]).upper(), ""
        if number not in self._numbered and "." in number and number.partition(".")[0] in self._numbered:
            number, _, inner = number.rpartition(".")
        within = {document.id for document in documents}
        if len(within) < len(self._corpus.documents) and not within & self._with_numbers:
            return None
        wanted = dict.fromkeys((number, _roman(number)))
        found = {str(s.citation): s for each in wanted for s in self._numbered.get(each, ()) if s.document.id in within}
        claim = _block_of(match, list(found.values()))
        if not inner:
            return claim
        own = frozenset(block.citation for section in found.values() for block in numbered_so(section, int(inner)))
        return PlaceClaim(claim.words, own or None, claim.sections)

    @cached_property
    def _numbered(self) -> dict[str, list[Section]]:
        """The sections by their numbers, and by their ids in capitals."""
        found: dict[str, list[Section]] = {}
        for section in (each for document in self._corpus.documents for each in document.walk()):
            for name in {section.id.upper(), section.number or ""} - {""}:
                found.setdefault(name, []).append(section)
        return found

    @cached_property
    def _with_numbers(self) -> frozenset[str]:
        """The documents whose sections have numbers, by id."""
        return frozenset(d.id for d in self._corpus.documents if any(section.number for section in d.walk()))

    def _page(self, match: re.Match[str], documents: Sequence[Document]) -> PlaceClaim:
        first = int(_counted(match["first"] or match["han"] or match["dated"]))
        last = int(_counted(match["last"] or match["to"] or str(first))) + (2 if match["on"] else 0)
        found = [self._on_pages(document, first, last) for document in documents]
        sure = frozenset[Citation]().union(*(each for each, _ in found))
        doubtful = frozenset[Citation]().union(*(each for _, each in found))
        paged = any(is_paged(document) for document in documents)
        words = " ".join(match[0].split())
        return PlaceClaim(words, sure if sure or doubtful or not paged else None, doubtful=doubtful)


def _says_more(claim: PlaceClaim, other: PlaceClaim) -> bool:
    """Whether a claim names the same place in more words."""
    longer = len(claim.words) > len(other.words)
    return longer and claim.blocks == other.blocks and other.words.strip('"“”.,') in claim.words


def _block_of(match: re.Match[str], sections: Sequence[Section]) -> PlaceClaim:
    """The block of some sections that the words of a match or those before it name, or all their blocks."""
    return PlaceClaim(" ".join(match[0].split()).strip("()[] "), blocks_named(match, sections) or None, tuple(sections))


def _again(match: re.Match[str], before: Sequence[PlaceClaim]) -> Sequence[PlaceClaim]:
    """What "ibid." names: the places before, or another block of their section."""
    if not any(match[each] for each in ("p", "b", "m", "nth", "count")):
        return before
    sections = next((claim.sections for claim in before if claim.sections), ())
    return (_block_of(match, sections),) if sections else ()


def _apart(text: str) -> Iterator[str]:
    """What stands in brackets, part by part; or the whole text, as in a footnote."""
    if _NOTE.match(text):
        yield text
    for match in _APART.finditer(text):
        yield from match[1].split(";")


def _is_file(text: str, end: int) -> bool:
    return bool(re.match(r"\.(?:md|html?|py|txt|json|svg|png)\b", text[end:]))


def _counted(number: str) -> str:
    """ "three" and "third" -> "3"; any other as it is."""
    words = next((each for each in (COUNTS, ORDINALS) if number.lower() in each), ())
    return str(words.index(number.lower()) + 1) if words else number


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
