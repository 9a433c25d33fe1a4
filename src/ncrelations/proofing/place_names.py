"""The words that name the places of a corpus in a text: sections by number, heading and description, and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Document, Section
from ncrelations.document.wording import words_of

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
BLOCK = (
    r"(?:[,./:]?\s*(?:para(?:graph)?s?\.?|¶|p(?=\d))\s*(?P<p>\d{1,3})"
    r"|[,./:]?\s*(?:bullets?\s*(?:point\s*)?|b(?=\d))(?P<b>\d{1,3})|,?\s*(?:milestones?\s*|m(?=\d))(?P<m>\d{1,3})"
    rf"|,?\s*(?:the\s+)?(?P<nth>{'|'.join(ORDINALS)}|last|opening|\d{{1,2}}(?:st|nd|rd|th))"
    r"\s+(?P<kind>para(?:graph)?|bullet|milestone)s?\b"
    rf"|,?\s*(?P<counted>para(?:graph)?|bullet|milestone)\s+(?P<count>{'|'.join(COUNTS)})\b)?"
)
"""A block of a section: "para. 2", "second bullet"."""
PAGE = (
    r"(?:\bpp?\.|\bpp?(?=\s)|\bpages?|\bS\.|\bSeiten?|\bpág\.)\s*"
    rf"(?P<first>\d{{1,4}}|(?:{'|'.join(COUNTS)})\b)"
    r"(?:\s*[-–—]\s*(?P<last>\d{1,4}))?(?P<on>\s*ff?\b)?"
    r"|第\s*(?P<han>\d{1,4})\s*[页頁]"
)
"""A page, or several."""
_IN = r"(?:\b(?:[Ii]n|[Uu]nder|[Ff]rom|[Ss]ee|[Aa]t|[Oo]f|[Oo]n|[Pp]er|[Cc]f\.?)\s+|[—–]\s*)"
_ABOUT = re.compile(
    r"\b(?:section|chapter|part|bit)s?\s+(?:on|about|devoted to|dealing with)\s+(?P<about>[^,;:.()\[\]\"“”]{3,60})"
    r"|\b(?:the|its|their|in)\s+(?P<own>(?:[\w’'–-]+\s+){1,3})(?:section|chapter)\b",
    re.IGNORECASE,
)
_ALONE = 160  # characters of brackets that name a place and nothing else
_ALIKE = 5  # letters that words of a heading and of a text have in common
Named = Iterator[tuple[re.Match[str], Sequence[Section]]]
"""Words that name sections, with the sections; the match has the groups of `BLOCK`."""


class PlaceNames:
    """Finds what names sections and documents, by a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._sections = [section for document in corpus.documents for section in document.walk()]

    @cached_property
    def _documents(self) -> list[tuple[re.Pattern[str], Document]]:
        """What names each document."""
        found = []
        for document in self._corpus.documents:
            speakers = [s for s in self._corpus.speakers if s.document == document.id]
            names = [name for s in speakers for name in (s.document_names, s.document_called) if name]
            any_name = "|".join([*names, re.escape(document.id), re.escape(document.title)])
            found.append((re.compile(rf"\b(?:{any_name})\b", re.IGNORECASE), document))
        return found

    @cached_property
    def _any_document(self) -> str:
        return "|".join(pattern.pattern for pattern, _ in self._documents) or r"(?!)"

    def documents(self, text: str) -> list[Document]:
        """The documents that a text names."""
        return [document for pattern, document in self._documents if pattern.search(text)]

    @cached_property
    def _bare(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """A section's number alone in brackets or a footnote, and after "in" or "see"."""
        numbers = {each for s in self._sections for each in (s.id, s.number) if each}
        numbers |= {arabic for each in numbers if (arabic := _arabic(each))}
        clear = [each for each in numbers if "." in each or (len(each) > 1 and each.isupper())]
        apart = re.compile(
            rf"\W*(?:(?:see|cf\.?|in|the|also|at)\s+)*(?:(?:{self._any_document})[,:]?\s*|[^()\[\]]{{2,60}}[,:]\s+)?"
            rf"(?P<id>{_any_of(numbers)})\b{BLOCK}\s*(?:,?\s*(?:{PAGE}))?\W*",
            re.IGNORECASE,
        )
        return apart, re.compile(rf"{_IN}(?P<id>{_any_of(clear)})(?![\w.-]*\w){BLOCK}")

    @cached_property
    def _headings(self) -> list[tuple[re.Pattern[str], list[Section]]]:
        return [*self._headed(), *self._described()]

    def _headed(self) -> Iterator[tuple[re.Pattern[str], list[Section]]]:
        """What names each heading: its words, of a short one only as a heading is written: in quotes, or "in the"."""
        sections: dict[str, list[Section]] = {}
        for section in (each for each in self._sections if each.heading):
            sections.setdefault(plain(section.heading or ""), []).append(section)
        for heading, its in sections.items():
            words = r"\W{1,3}".join(re.escape(word) for word in heading.split())
            if len(heading.split()) > 2:
                yield re.compile(rf"\b{words}\b[\"”'’*_»]*{BLOCK}", re.IGNORECASE), its
            elif heading:
                title = r"\W{1,3}".join(re.escape(word.capitalize()) for word in heading.split())
                marked = rf"(?:[\"“'‘*_(\[«]|\b(?:[Ss]ection|[Cc]hapter|[Pp]art)\s+(?:on\s+|called\s+)?[\"“'‘]?){words}"
                written = rf"(?:[\"“'‘*_(\[«,]\s*|{_IN})(?:the\s+|its\s+|their\s+|[\"“'‘])?{title}\b"
                yield re.compile(rf"(?:{marked}(?=[\"”'’*_)\],»])|{written})[\"”'’*_»]*{BLOCK}"), its

    def _described(self) -> Iterator[tuple[re.Pattern[str], list[Section]]]:
        """What names a section without a heading: "introduction", after its document's name or "in the"."""
        for section in (each for each in self._sections if each.heading is None):
            work, words = re.escape(section.document.work.name), re.escape(section.description)
            its = next((p.pattern for p, document in self._documents if document.id == section.document.id), r"(?!)")
            before = rf"(?:{work},\s*|(?:{its})(?:['’]s)?[,:]?\s+(?:the\s+)?|{_IN}(?:the|his|her|its|their)\s+)"
            yield re.compile(rf"{before}{words}\b{BLOCK}", re.IGNORECASE), [section]

    def apart(self, part: str) -> re.Match[str] | None:
        """A section's number that is all there is in brackets or a footnote, but for the document and a page."""
        return self._bare[0].fullmatch(part)

    @cached_property
    def _alone(self) -> list[tuple[re.Pattern[str], Sequence[Section]]]:
        """What names sections where it stands alone in brackets: headings, their first word, what readers call them."""
        named = [(re.escape(plain(s.heading)).replace(r"\ ", r"\W{1,3}"), [s]) for s in self._sections if s.heading]
        firsts = [(plain(s.heading).split()[0], s) for s in self._sections if s.heading]
        words = [word for word, _ in firsts]
        named += [(re.escape(word), [s]) for word, s in firsts if len(word) > _ALIKE and words.count(word) == 1]
        named += [(re.escape(s.description), [s]) for s in self._sections if s.heading is None]
        for called, citation in self._corpus.section_names.items():
            bare = re.sub(r"^\(\?:[^()]*(?:\([^()]*\)[^()]*)*\) ?(?=\w)", "", called)
            named.append((f"{called}|{bare}", [s for s in self._sections if s.citation == citation]))
        patterns: list[tuple[str, Sequence[Section]]] = [
            (rf"(?:(?:{self._any_document})(?:['’]s)?[,:]?\s*|[^()\[\]]{{2,60}}[,:]\s+)?(?:the\s+)?(?:{name})", its)
            for name, its in named
        ]
        patterns += [(rf"(?:{p.pattern})(?=.*\b(?:para|bullet))", [*d.walk()]) for p, d in self._documents]
        before, after = (
            r"\W*(?:(?:see|cf\.?|in|also|at|from|under|on|of)\s+)*",
            rf"\W{{0,3}}{BLOCK}\s*(?:,?\s*(?:{PAGE}))?\W*",
        )
        return [(re.compile(before + pattern + after, re.IGNORECASE), its) for pattern, its in patterns]

    def alone(self, part: str) -> Named:
        """Sections by whatever they are called, where that is all there is in brackets or a footnote."""
        if len(part) > _ALONE or not any(map(str.isalpha, part)):
            return
        for pattern, sections in self._alone:
            if match := pattern.fullmatch(part):
                yield match, sections
                return
        if (bare := self._bare_words.fullmatch(part)) and (sections := self._like(bare["words"])):
            yield bare, sections

    @cached_property
    def _bare_words(self) -> re.Pattern[str]:
        """A few words alone in brackets, after a document or not, which may be those of a heading."""
        document = rf"(?:(?:the\s+)?(?:{self._any_document})(?:['’]s)?[,:]?\s*)?"
        words = r"(?:the\s+)?(?P<words>[A-Za-z’'-]+(?:\s+[A-Za-z’'-]+){1,5}?)"
        return re.compile(
            rf"\W*(?:(?:see|in|under|from)\s+)?{document}{words}{BLOCK}\s*(?:,?\s*(?:{PAGE}))?\W*", re.IGNORECASE
        )

    def _like(self, words: str) -> Sequence[Section]:
        """The section whose heading has all of some words, two at least; none where several have."""
        wanted = [word[:_ALIKE] for word in plain(words).split() if len(word) > 3]
        headed = [s for s in self._sections if s.heading]
        found = [s for s in headed if len(wanted) > 1 and self._in_heading(wanted, s) == len(wanted)]
        return found if len(found) == 1 else ()

    def numbered(self, text: str) -> Iterator[re.Match[str]]:
        """Numbers of sections after "in", "see" and the like."""
        return self._bare[1].finditer(text)

    def headed(self, text: str) -> Named:
        """Sections by heading or description."""
        small = text.lower()
        for pattern, sections in self._headings:
            heading = sections[0].heading
            if plain(heading or "").partition(" ")[0] in small if heading else sections[0].description in small:
                for match in pattern.finditer(text):
                    yield match, sections

    def about(self, text: str) -> Iterator[tuple[str, Sequence[Section]]]:
        """Sections by what they are on: "the section on climate"."""
        for match in _ABOUT.finditer(text):
            wanted = [word[:_ALIKE] for word in plain(match["about"] or match["own"]).split()[:4] if len(word) > 3]
            alike = [(self._in_heading(wanted, each), each) for each in self._sections if each.heading]
            most = max((count for count, _ in alike), default=0)
            found = [section for count, section in alike if count == most]
            if most and len(found) <= 2:
                yield " ".join(match[0].split()), found

    @staticmethod
    def _in_heading(wanted: Sequence[str], section: Section) -> int:
        words = [word[:_ALIKE] for word in plain(section.heading or "").split()]
        return sum(word in words for word in wanted)


def plain(heading: str) -> str:
    """A heading as its words in small letters."""
    return " ".join(word.plain for word in words_of(heading))


def _arabic(number: str) -> str:
    """ "VI.1" -> "6.1"; nothing for a number that is no such one."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    letters, dot, rest = number.partition(".")
    if not dot or not letters or set(letters) - set(values):
        return ""
    worth = [values[letter] for letter in letters]
    total = sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))
    return f"{total}.{rest}"


def _any_of(names: Sequence[str] | set[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or r"(?!)"
