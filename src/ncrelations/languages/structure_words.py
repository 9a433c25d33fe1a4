"""Requests for the documents' own structure in other languages, said in the English words that are read.

What is asked for (a place, a section, a list, mentions, exact words, the library itself) is told by the words of
`tables/structure.toml` and the corpus' own table; a line with any other word is an ordinary question.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ncrelations.document.corpus import Corpus
from ncrelations.document.typed_places import CITATION
from ncrelations.languages.detection import ENGLISH, language_of, plainly_english
from ncrelations.languages.glossary import LANGUAGES, Glossary, primary
from ncrelations.questions.structure import quotation_in
from ncrelations.text.patterns import Pattern
from ncrelations.text.words import MAX_QUESTION, words_of_texts

if TYPE_CHECKING:  # a question in English loads none of it
    from ncrelations.languages.structure_request import StructureRequests

_LATIN = ("fr", "de", "es", "tr")
"""The languages with tables that are written in Latin letters."""

_FEW = 8
"""Words of a line that looks English up to which it is tried in other languages."""

_CLOSED = Pattern(r"[»”」』›](?=\w)", needs="»”」』›")
"""A closing quotation mark without a space after it, as in scripts that set none."""

_LONGEST = 160
"""Characters of a line beside its quotation."""


class InEnglish(NamedTuple):
    """A line in another language in the English words of structure."""

    text: str
    """The English words, for `StructureReader.read`."""
    language: str
    """The language of the line, as a BCP 47 tag."""


class StructureWords:
    """Reads lines about one corpus. Needs neither index nor model. Safe to share between threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus, self._glossary = corpus, Glossary(corpus.glossary_folder)

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
        if primary(language) not in LANGUAGES or len(text) - len(quotation_in(text) or "") > _LONGEST:
            return None
        return self._requests.in_english_words(text, language)

    @cached_property
    def _requests(self) -> StructureRequests:
        from ncrelations.languages.structure_request import StructureRequests

        return StructureRequests(self._corpus, self._glossary, self._document_words)

    @cached_property
    def _document_words(self) -> frozenset[str]:
        return words_of_texts(block.text for document in self._corpus.documents for block in document.blocks)

    def _candidates(self, text: str) -> tuple[str, ...]:
        """The languages that a line may be in: the one it looks like, and others in the same letters.

        A short line of words that English does not have is tried in all of them: "hilfe", "chapitre 5".
        """
        known = self._document_words.__contains__
        language = language_of(text, self._glossary, known)
        if primary(language) == "zh":
            return (language, "ja")
        if language != ENGLISH:
            return (language, *(tag for tag in _LATIN if tag != language and primary(language) in _LATIN))
        return () if len(text.split()) > _FEW or plainly_english(text, known) else _LATIN


def _own_words(text: str) -> str:
    """A line without a citation and quotation, which are English in any language."""
    quoted = quotation_in(text)
    return CITATION.sub(" ", text if quoted is None else text.replace(quoted, " "))
