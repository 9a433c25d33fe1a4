"""Which document or section a text names: by number, heading, or what people call it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Document, Section
from ncrelations.text.patterns import Pattern, beginnings
from ncrelations.text.words import Piece, fold_accents, pieces_of, stem

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_ORDINAL = {
    word: number
    for number, words in enumerate(
        ("first opening", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 1
    )
    for word in words.split()
}
_UNIT = r"(?:section|chapter|part|sec\.?|ch\.?|§)"
_UNITS = ("sec", "ch", "part", "§")
_NUMBERED = Pattern(
    rf"\b{_UNIT}\s*(?P<number>[ivx]{{1,5}}|\d{{1,2}})(?:\.(?P<sub>\d{{1,2}}))?\b", re.IGNORECASE, _UNITS
)
_BARE = Pattern(r"(?<![\w/])(?!I\b)(?P<number>[IVX]{1,5})(?:\.(?P<sub>\d{1,2}))?(?![\w/])", needs="ivx")
_ORDERED = Pattern(rf"\b(?P<which>{'|'.join(_ORDINAL)}|last|final|closing) {_UNIT}\b", re.IGNORECASE, _UNITS)
_PART_WORDS = frozenset(
    map(stem, ["section", "chapter", "part", "bit", "portion", "passage", "piece", "paragraphs", "heading", "topic"])
)
_LIGHT = frozenset(
    map(
        stem,
        [
            "a",
            "an",
            "and",
            "few",
            "for",
            "in",
            "more",
            "new",
            "of",
            "on",
            "points",
            "point",
            "the",
            "to",
            "towards",
            "with",
            "why",
            "both",
            "can",
        ],
    )
)


class NamedPlace(NamedTuple):
    """A document or section that a text names, and where."""

    place: Document | Section
    """What it names."""
    start: int
    """Offset of the words in the text."""
    end: int
    """Offset after them."""


class SectionNames:
    """Finds the sections and documents of one corpus in texts. Immutable; safe to share between threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._called = [
            (Pattern(names, re.IGNORECASE, beginnings(names)), citation)
            for names, citation in corpus.section_names.items()
        ]

    def document_in(self, text: str) -> NamedPlace | None:
        """The one document that a text names by its id or a narrator's words."""
        found = list(self._documents_in(text))
        return found[0] if len({each.place.citation for each in found}) == 1 else None

    def _documents_in(self, text: str) -> Iterator[NamedPlace]:
        names, small = {s.document: s.document_names for s in self._corpus.narrators}, text.casefold()
        for document in self._corpus.documents:
            if document.id not in small and document.id not in names:
                continue  # among many documents a pattern each takes longer than everything else
            words = "|".join(filter(None, [names.get(document.id), rf"(?:the |this )?{document.id}"]))
            if match := _named(words).search(text):
                yield NamedPlace(document, match.start(), match.end())

    def section_in(self, text: str) -> NamedPlace | None:
        """The section that a text names: by number, by what it is called, by place in order, or by its heading."""
        document = self.document_in(text)
        wanted = document.place if document and isinstance(document.place, Document) else None
        for found in (self._numbered(text, wanted), self._by_name(text), self._ordered(text, wanted)):
            if found is not None:
                return found
        return self._by_heading(text)

    def _numbered(self, text: str, document: Document | None) -> NamedPlace | None:
        match = _NUMBERED.search(text) or _BARE.search(text)
        if match is None:
            return None
        number = match["number"].upper()
        if number.isdigit():
            number = _ROMAN[int(number)] if int(number) < len(_ROMAN) else ""
        wanted = f"{number}.{match['sub']}" if match["sub"] else number
        for each in (document,) if document else self._corpus.documents:
            section = next((s for s in each.walk() if s.number == wanted), None)
            if section is not None:
                return NamedPlace(section, match.start(), match.end())
        return None

    def _by_name(self, text: str) -> NamedPlace | None:
        for pattern, citation in self._called:
            if match := pattern.search(text):
                return NamedPlace(self._corpus.section_of(citation), match.start(), match.end())
        return None

    def _ordered(self, text: str, document: Document | None) -> NamedPlace | None:
        match = _ORDERED.search(text)
        if match is None or document is None:
            return None
        numbered = [s for s in document.sections if s.number] or list(document.sections)
        place = _ORDINAL.get(fold_accents(match["which"]), len(numbered)) - 1
        return NamedPlace(numbered[place], match.start(), match.end()) if place < len(numbered) else None

    def _by_heading(self, text: str) -> NamedPlace | None:
        """The section whose heading's words all stand in the text, next to "section", "part" or the like."""
        pieces = pieces_of(text)
        stems = [stem(piece.folded) for piece in pieces]
        if not any(each in _PART_WORDS for each in stems):
            return None
        for section, words in self._headings:
            at = [n for n, each in enumerate(stems) if each in words]
            if words and words <= {stems[n] for n in at}:
                return NamedPlace(section, *_extent(pieces, at))
        return None

    @cached_property
    def _headings(self) -> list[tuple[Section, frozenset[str]]]:
        """The sections with the words that tell them, those with the most first."""
        sides = {piece.folded for s in self._corpus.sides for piece in pieces_of(s.name)}
        found = []
        for section in (s for d in self._corpus.documents for s in d.walk()):
            words = {stem(p.folded) for p in pieces_of(section.heading or section.description) if p.folded not in sides}
            found.append((section, frozenset(words - _LIGHT - _PART_WORDS)))
        return sorted(found, key=lambda each: -len(each[1]))


@lru_cache(maxsize=64)
def _named(words: str) -> Pattern:
    """What names a document by some words."""
    return Pattern(rf"\b(?:{words})\b(?:'s|’s)?", re.IGNORECASE, beginnings(words))


def _extent(pieces: list[Piece], at: list[int]) -> tuple[int, int]:
    return pieces[at[0]].start, pieces[at[-1]].end
