"""Requests for the documents' own structure in any language: read and answered, before anything is scored."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from ncrelations.answers.answer import Answer, Filters
from ncrelations.answers.structure_answers import StructureAnswers
from ncrelations.document.corpus import Corpus
from ncrelations.languages.structure_words import StructureWords
from ncrelations.questions.structure import Structure


class Structures:
    """Those of one corpus. Needs neither index nor model; safe to share between threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus, self._answers = corpus, StructureAnswers(corpus)

    @cached_property
    def _words(self) -> StructureWords:
        return StructureWords(self._corpus)

    def asked(self, text: str) -> Structure | None:
        """What of the structure a cleaned English text asks for."""
        return self._answers.asked(text)

    def answer(self, text: str, filters: Filters) -> tuple[Answer, Structure] | None:
        """The answer to a cleaned text that asks for structure, with what it asks; `None` for any other question."""
        words, structure, language = text, self.asked(text), "en"
        if structure is None and (foreign := self._words.read(text)) is not None:
            words, structure, language = foreign.text, self.asked(foreign.text), foreign.language
        found = None if structure is None else self._answers.answer(words, structure, filters)
        if structure is None or found is None:
            return None
        return replace(found, question=text, language=language), structure
