"""The words that name the places of a corpus in a text: sections by number, heading and description, and documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Document, Section
from ncrelations.proofing.document_names import DocumentNames, plain
from ncrelations.proofing.place_blocks import BLOCK, ORDINALS, PAGE

_IN = r"(?:\b(?:[Ii]n|[Uu]nder|[Ff]rom|[Ss]ee|[Aa]t|[Oo]f|[Oo]n|[Pp]er|[Cc]f\.?)\s+|[—–]\s*)"
_ABOUT = re.compile(
    r"\b(?:section|chapter|part|bit)s?\s+(?:on|about|devoted to|dealing with)\s+(?P<about>[^,;:.()\[\]\"“”]{3,60})"
    r"|\b(?:the|its|their|in)\s+(?P<own>(?:(?!the\b)[\w’'–-]+\s+){1,3})(?:section|chapter)\b",
    re.IGNORECASE,
)
_INTO = re.compile(r"\b(?:in|see|from|under|at)\s", re.IGNORECASE)
"""What everything begins with that `PlaceNames._inside` has."""
_AND_SO_ON = (
    r"(?:sections?|chapters?|parts?|paras?|bullets?|that|one|we|you|it|he|she|they|the|of|by|as|says?|and|or|but|is|was|where"
    r"|which|who|when|while|in|on|at|to|for|there)\b"
)
_LONG_NUMBER = 9  # letters of what is no number of a section any more, but its name
_BEFORE = r"\W*(?:(?:see|cf\.?|in|also|at|from|under|on|of|thus|so|as|says?)\s+)*"
_AFTER = rf"\W{{0,3}}{BLOCK}\s*(?:,?\s*(?:{PAGE}))?\W*"
_ALONE = 160  # characters of brackets that name a place and nothing else
_CUT = 3  # letters that a word cut short keeps
_ALIKE = 5  # letters that words of a heading and of a text have in common
Named = Iterator[tuple[re.Match[str], Sequence[Section]]]
"""Words that name sections, with the sections; the match has the groups of `BLOCK`."""


@dataclass(frozen=True, slots=True)
class _Name:
    """What names some sections."""

    pattern: str
    sections: Sequence[Section]
    flags: int = re.IGNORECASE

    def compiled(self) -> re.Pattern[str]:
        return _compiled(self.pattern, self.flags)


@lru_cache(maxsize=2048)
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)


class PlaceNames:
    """Finds what names sections and documents, by a corpus. Immutable.

    Names are kept by their first word, for a collection has them by the thousand.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._sections = [section for document in corpus.documents for section in document.walk()]
        self._documents = DocumentNames(corpus)
        self._called = self._documents.called

    @cached_property
    def _any_document(self) -> str:
        """What names a document: speakers' words, or any words before a comma or colon."""
        called = "|".join(f"(?:{words})" for words in self._called.values() if words)
        return rf"(?:(?:the\s+)?(?:{called or '(?!)'})(?:['’]s)?\b[,:]?\s*|[^()\[\]]{{2,60}}[,:]\s+)?"

    def documents(self, text: str) -> list[Document]:
        """The documents that a text names."""
        return self._documents.named(text)

    @cached_property
    def _bare(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """A section's number alone in brackets or a footnote, and after "in" or "see"."""
        numbers = {each for s in self._sections for each in (s.id, s.number) if each and len(each) < _LONG_NUMBER}
        numbers |= {arabic for each in numbers if (arabic := _arabic(each))}
        clear = [each for each in numbers if "." in each or (len(each) > 1 and each.isupper())]
        apart = re.compile(
            rf"\W*(?:(?:see|cf\.?|in|the|also|at)\s+)*{self._any_document}"
            rf"(?P<id>{_any_of(numbers)})\b(?:{BLOCK}\s*(?:,?\s*(?:{PAGE}))?|(?:[.,:]\s*|\s+|\()(?P<number>\d{{1,2}}))\W*",
            re.IGNORECASE,
        )
        return apart, re.compile(rf"{_IN}(?P<id>{_any_of(clear)})(?![\w.-]*\w){BLOCK}")

    @cached_property
    def _headings(self) -> dict[str, list[_Name]]:
        """What names sections in running words, by its first word."""
        found: dict[str, list[_Name]] = {}
        for heading, sections in self._headed.items():
            found.setdefault(heading.split()[0], []).append(_named(heading, sections))
        for section in self._unheaded:
            found.setdefault(plain(section.description).partition(" ")[0], []).append(self._described(section))
        return found

    @cached_property
    def _headed(self) -> dict[str, list[Section]]:
        """The sections by their headings, as plain words."""
        sections: dict[str, list[Section]] = {}
        for section in self._sections:
            if heading := plain(section.heading or ""):
                sections.setdefault(heading, []).append(section)
        return sections

    @cached_property
    def _unheaded(self) -> list[Section]:
        """The sections that have neither heading nor number but a description, such as an introduction."""
        return [s for s in self._sections if not s.heading and not s.number and plain(s.description)]

    def _described(self, section: Section) -> _Name:
        """What names a section without a heading: "introduction", after its document's name or "in the"."""
        work, its = re.escape(section.document.work.name), self._called[section.document.id] or r"(?!)"
        before = rf"(?:{work},\s*|(?:{its})(?:['’]s)?[,:]?\s+(?:the\s+)?|{_IN}(?:the|his|her|its|their)\s+)"
        return _Name(rf"{before}{re.escape(section.description)}\b{BLOCK}", [section])

    def apart(self, part: str) -> re.Match[str] | None:
        """A section's number that is all there is in brackets or a footnote, but for the document and a page."""
        return self._bare[0].fullmatch(part)

    @cached_property
    def _alone(self) -> dict[str, list[_Name]]:
        """What names sections where it stands alone in brackets, by its first word; any other under the empty one."""
        named: list[tuple[str, str, Sequence[Section]]] = []
        named += [(heading.split()[0], _spaced(heading), its) for heading, its in self._headed.items()]
        firsts = {heading.split()[0] for heading in self._headed}
        named += [(w, rf"{'' if w in firsts else '(?-i:(?=[A-Z]))'}{w}", its) for w, its in self._telling]
        named += [(f"{heading[:_CUT]}.", _abbreviated(heading), its) for heading, its in self._headed.items()]
        named += [(plain(s.description).partition(" ")[0], re.escape(s.description), [s]) for s in self._unheaded]
        named += [("", called, sections) for called, sections in self._nicknames]
        found: dict[str, list[_Name]] = {}
        for word, name, sections in named:
            pattern = rf"{_BEFORE}{self._any_document}(?:the\s+)?[\"“‘*_]{{0,2}}(?:{name}){_AFTER}"
            found.setdefault(word, []).append(_Name(pattern, sections))
        for document in self._corpus.documents if any(self._called.values()) else ():
            if called := self._called[document.id]:
                pattern = rf"{_BEFORE}(?:{called})(?=.*\b(?:para|bullet|milestone|entry|item)){_AFTER}"
                found.setdefault("", []).append(_Name(pattern, [*document.walk()]))
        return found

    @cached_property
    def _telling(self) -> list[tuple[str, Sequence[Section]]]:
        """The long words that a single heading has."""
        every = Counter(word for heading in self._headed for word in {*heading.split()})
        return [(w, its) for h, its in self._headed.items() for w in h.split() if len(w) > _ALIKE and every[w] == 1]

    @cached_property
    def _nicknames(self) -> list[tuple[str, Sequence[Section]]]:
        """What sections are called beside their headings, as patterns, with and without what stands before the noun."""
        found: list[tuple[str, Sequence[Section]]] = []
        for called, citation in self._corpus.section_names.items():
            bare = re.sub(r"^\(\?:[^()]*(?:\([^()]*\)[^()]*)*\) ?(?=\w)", "", called)
            found.append((f"{called}|{bare}", [s for s in self._sections if s.citation == citation]))
        return found

    @cached_property
    def _inside(self) -> dict[str, list[_Name]]:
        """What names sections after "in the" with a capital, or as a document's own, by its first word."""
        its = "|".join(f"(?:{words})" for words in self._called.values() if words) or r"(?!)"
        after_the = r"(?:the|its|their)\s+(?:list of\s+)?(?-i:(?=[A-Z]))|the\s+list of\s+"
        before = rf"\b(?:in|see|from|under|at)\s+(?:(?:the\s+)?(?:{its})['’]s\s+|{after_the})"
        named = [(word, word, own) for word, own in self._telling] + [("", each, own) for each, own in self._nicknames]
        found: dict[str, list[_Name]] = {}
        for word, name, sections in named:
            counted = rf"|\b(?:in|from|under|at)\s+(?:the|his|its)\s+(?:{name})(?=,?\s*(?:para|bullet|¶|section\b))"
            owned = "" if word else rf"|\b(?:in|see|from|under|at)\s+(?!the\b|its\b)(?:{name}){counted}"
            pattern = rf"(?:{before}(?:{name}){owned})\b(?!\s+(?-i:[A-Z])|\s+(?!{_AND_SO_ON})[a-z]|-){BLOCK}"
            found.setdefault(word, []).append(_Name(pattern, sections))
        return found

    def alone(self, part: str) -> Named:
        """Sections by whatever they are called, where that is all there is in brackets or a footnote."""
        if len(part) > _ALONE or not any(map(str.isalpha, part)):
            return
        words = dict.fromkeys(plain(part).split())
        for word in ("", *words, *(f"{word[:_CUT]}." for word in words)):
            for name in self._alone.get(word, ()):
                if match := name.compiled().fullmatch(part):
                    yield match, name.sections
                    return
        if (bare := self._bare_words.fullmatch(part)) and (sections := self._like(bare["words"])):
            yield bare, sections

    @cached_property
    def _bare_words(self) -> re.Pattern[str]:
        """A few words alone in brackets, after a document or not, which may be those of a heading."""
        words = (
            rf"(?:the\s+)?(?!(?:{'|'.join(ORDINALS)}|last|opening)\b)"
            r"(?P<words>[A-Za-z’'-]+(?:\s+[A-Za-z’'-]+){1,5}?)"
        )
        return re.compile(rf"\W*(?:(?:see|in|under|from)\s+)?{self._any_document}{words}{_AFTER}", re.IGNORECASE)

    def _like(self, words: str) -> Sequence[Section]:
        """The section whose heading has all of some words, two at least; none where several have."""
        wanted = [word[:_ALIKE] for word in plain(words).split() if len(word) > 3]
        found = [s for start, s in self._starts if len(wanted) > 1 and start.issuperset(wanted)]
        return found if len(found) == 1 else ()

    @cached_property
    def _starts(self) -> list[tuple[frozenset[str], Section]]:
        """How the words of each heading begin."""
        return [
            (frozenset(word[:_ALIKE] for word in heading.split()), section)
            for heading, sections in self._headed.items()
            for section in sections
        ]

    def numbered(self, text: str) -> Iterator[re.Match[str]]:
        """Numbers of sections after "in", "see" and the like."""
        return self._bare[1].finditer(text)

    def headed(self, text: str) -> Named:
        """Sections by heading or description."""
        starts = [match.start() for match in _INTO.finditer(text)]
        for word in ("", *dict.fromkeys(plain(text).split())):
            for name in self._headings.get(word, ()):
                yield from ((match, name.sections) for match in name.compiled().finditer(text))
            for name in self._inside.get(word, ()) if starts else ():
                yield from ((match, name.sections) for match in _beginning(name.compiled(), text, starts))

    def about(self, text: str) -> Named:
        """Sections by what they are on: "the section on climate"."""
        for match in _ABOUT.finditer(text):
            wanted = {word[:_ALIKE] for word in plain(match["about"] or match["own"]).split()[:4] if len(word) > 3}
            alike = [(len(wanted & start), section) for start, section in self._starts]
            most = max((count for count, _ in alike), default=0)
            found = [section for count, section in alike if count == most]
            if most and len(found) <= 2:
                yield match, found


def _beginning(pattern: re.Pattern[str], text: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begin at one of some places, as `finditer` has them."""
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            yield match
            end = match.end()


def _of_heading(heading: str) -> tuple[str, int]:
    """What names a heading in running words; a short one only as it is written: in quotes, with capitals."""
    words = _spaced(heading)
    if len(heading.split()) > 2:
        return rf"\b{words}\b[\"”'’*_»]*{BLOCK}", re.IGNORECASE
    title = _spaced(" ".join(word.capitalize() for word in heading.split()))
    marked = rf"(?:[\"“'‘*_(\[«]|\b(?:[Ss]ection|[Cc]hapter|[Pp]art)\s+(?:on\s+|called\s+)?[\"“'‘]?)(?i:{words})"
    written = rf"(?:[\"“'‘*_(\[«,]\s*|{_IN})(?:the\s+|its\s+|their\s+|[\"“'‘])?{title}\b"
    said = rf"\b(?i:(?:in|from|under)\s+(?:its|their|the)\s+{words})(?=\W*(?:[,.;:)\]—–“\"‘]|\Z|\s{_AND_SO_ON}))"
    return (
        rf"(?:{marked}(?=[\"”'’*_)\],»])|{written}{f'|{said}' if len(heading.split()) > 1 else ''})[\"”'’*_»]*{BLOCK}",
        0,
    )


def _abbreviated(heading: str) -> str:
    """A heading of two or three words, each whole or cut short with a full stop: "Exec. Summ."."""
    words = heading.split()
    cut = [rf"(?:{re.escape(w)}|{re.escape(w[:_CUT])}\w{{0,6}}\.)" for w in words] if len(words) <= 3 else [r"(?!)"]
    return r"\W{0,3}".join(cut)


def _named(heading: str, sections: Sequence[Section]) -> _Name:
    pattern, flags = _of_heading(heading)
    return _Name(pattern, sections, flags)


def _spaced(words: str) -> str:
    """Words with whatever stands between them."""
    return r"\W{1,3}".join(map(re.escape, words.split()))


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
