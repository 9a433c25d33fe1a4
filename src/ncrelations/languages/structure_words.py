"""Requests for the documents' own structure in other languages, said in the English words that are read.

What is asked for (a place, a section, a list, mentions, exact words, the library itself) is told by the words of
`tables/structure.toml` and the corpus' own table; a line with any other word is an ordinary question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ncrelations.document.corpus import Corpus
from ncrelations.languages.cues import Cues
from ncrelations.languages.detection import ENGLISH, language_of, plainly_english
from ncrelations.languages.glossary import LANGUAGES, Glossary, primary
from ncrelations.languages.list_asked import list_asked
from ncrelations.languages.mention_asked import Topics, mention_asked
from ncrelations.languages.place_asked import place_asked
from ncrelations.languages.speakers_asked import SpeakersAsked
from ncrelations.languages.structure_line import CITATION, Line, line_in
from ncrelations.questions.structure import quotation_in
from ncrelations.text.words import MAX_QUESTION

_LATIN = ("fr", "de", "es", "tr")
"""The languages with tables that are written in Latin letters."""

_FEW = 8
"""Words of a line that looks English up to which it is tried in other languages."""

_CLOSED = re.compile(r"[»”」』›](?=\w)")
"""A closing quotation mark without a space after it, as in scripts that set none."""

_LONGEST = 160
"""Characters of a line beside its quotation."""


@dataclass(frozen=True, slots=True)
class InEnglish:
    """A line in another language in the English words of structure."""

    text: str
    """The English words, for `StructureReader.read`."""
    language: str
    """The language of the line, as a BCP 47 tag."""


class StructureWords:
    """Reads lines about one corpus. Needs neither index nor model. Safe to share between threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._cues = Cues(corpus, Glossary(corpus.glossary_folder))
        self._speakers = SpeakersAsked(corpus)

    def read(self, text: str) -> InEnglish | None:
        """A cleaned line of any language in English words; `None` for an ordinary question, and for English."""
        if len(text) > MAX_QUESTION:
            return None
        text = _CLOSED.sub(r"\g<0> ", text)
        for tag in self._candidates(_own_words(text)):
            found = self.in_english_words(text, tag)
            if found is not None:
                return InEnglish(found, tag)
        return None

    def in_english_words(self, text: str, language: str) -> str | None:
        """A line in one language in English words; `None` where it has anything but words of structure."""
        if primary(language) not in LANGUAGES:
            return None
        if len(text) - len(quotation_in(text) or "") > _LONGEST:
            return None
        line = line_in(text, language, self._cues)
        if line is None:
            return None
        return (
            _quotation(line)
            or _cited(line)
            or mention_asked(line, self.topics)
            or place_asked(line, self._corpus)
            or list_asked(line, self._corpus, self._speakers)
            or _about(line)
        )

    @cached_property
    def topics(self) -> Topics:
        """What of the documents a line can name."""
        return Topics(self._corpus)

    def _candidates(self, text: str) -> tuple[str, ...]:
        """The languages that a line may be in: the one it looks like, and others in the same letters.

        A short line of words that English does not have is tried in all of them: "hilfe", "chapitre 5".
        """
        known = self.topics.document_words.__contains__
        language = language_of(text, self._cues.glossary, known)
        if primary(language) == "zh":
            return (language, "ja")
        if language != ENGLISH:
            return (language, *(tag for tag in _LATIN if tag != language and primary(language) in _LATIN))
        return () if len(text.split()) > _FEW or plainly_english(text, known) else _LATIN


def _own_words(text: str) -> str:
    """A line without a citation and quotation, which are English in any language."""
    quoted = quotation_in(text)
    return CITATION.sub(" ", text if quoted is None else text.replace(quoted, " "))


def _quotation(line: Line) -> str | None:
    """Exact words, where no more is asked than where they stand and who says them."""
    if line.quotation is None:
        return None
    asked = line.of("ask", "saying", "mention", "unit")
    if not line.only("ask", "saying", "mention", "unit", "document"):
        return None
    return f"where does it say “{line.quotation}”" if asked else f"“{line.quotation}”"


def _cited(line: Line) -> str | None:
    """A citation that is typed, alone or with words like "show"."""
    if line.citation is None or not line.only("ask", "saying", "unit", "document"):
        return None
    return line.citation


_SAID = ("thanks", "goodbye", "who are you", "help", "hello", "ok")
"""What is said to the library itself, the one that counts first."""


def _about(line: Line) -> str | None:
    """What is said to the library itself, or asked of the documents as such."""
    keys, ask = line.keys("about"), line.keys("ask")
    document = next(iter(line.keys("document")), None) if len(line.keys("document")) == 1 else None
    one = f"the {document or 'documents'}"
    named = bool(document) or "documents" in keys or bool(line.keys("document"))
    if not line.only("about", "ask", "document", "unit", "saying") or not keys | ask:
        return None
    said = next((key for key in _SAID if key in keys), None)
    if said is not None and not keys - set(_SAID) and not line.of("document", "unit"):
        return said
    if "contents" in keys and not line.of("unit"):
        return f"table of contents of {one}"
    if "author" in keys or ("who" in ask and "wrote" in keys and named):
        return f"who wrote {one}"
    return _dates(keys, ask, one, named=named) or _size(line, keys, ask, one, named=named)


def _dates(keys: frozenset[str], ask: frozenset[str], one: str, *, named: bool) -> str | None:
    return f"when was {one} published" if named and ask & {"years", "when"} and keys <= _OF_DATES else None


_OF_DATES = frozenset({"wrote", "published", "documents", "thanks", "hello", "ok"})


def _size(line: Line, keys: frozenset[str], ask: frozenset[str], one: str, *, named: bool) -> str | None:
    """How long the documents are, or which there are."""
    units = {"section": "sections", "paragraph": "paragraphs", "passage": "passages"}
    counted: list[str] = [key for key in ("words", "pages") if key in keys]
    counted += [units[key] for key in units if key in line.keys("unit")]
    if "how long" in ask and named:
        return f"how long is {one}"
    if "how many" in ask and counted and named:
        return f"how many {counted[0]} are in {one}"
    asked = ask & {"which", "list", "all", "show"}
    return "which documents are there" if asked and keys == {"documents"} and not line.of("document", "unit") else None
