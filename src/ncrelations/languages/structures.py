"""Requests for the documents' own structure in any language: read and answered, before anything is scored."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from ncrelations.answers.answer import Answer, Filters
from ncrelations.document.corpus import Corpus
from ncrelations.languages.structure_words import StructureWords
from ncrelations.questions.structure import Structure, StructureReader
from ncrelations.questions.whose_view import WhoseView

if TYPE_CHECKING:  # what answers is loaded where something is asked for
    from ncrelations.answers.structure_answers import StructureAnswers


class Structures:
    """Those of one corpus. Needs neither index nor model; safe to share between threads."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus, self._reader = corpus, StructureReader(corpus, WhoseView(corpus.speakers))

    @cached_property
    def _answers(self) -> StructureAnswers:
        from ncrelations.answers.structure_answers import StructureAnswers

        return StructureAnswers(self._corpus)

    @cached_property
    def _words(self) -> StructureWords:
        return StructureWords(self._corpus)

    def asked(self, text: str) -> Structure | None:
        """What of the structure a cleaned English text asks for."""
        return self._reader.read(text)

    def read(self, text: str) -> tuple[str, Structure | None, str]:
        """What a cleaned text asks for, as it stands or else in English words: those words, it, and the language.

        A quotation with other words is read in both, for in another language these may only ask where it stands.
        """
        structure = self.asked(text)
        if structure is None or not structure.alone:
            foreign = self._words.read(text)
            if foreign is not None and (other := self.asked(foreign.text)) is not None:
                return foreign.text, other, foreign.language
        return text, structure, "en"

    def answer(self, text: str, filters: Filters) -> tuple[Answer, Structure] | None:
        """The answer to a cleaned text that asks for structure, with what it asks; `None` for any other question."""
        words, structure, language = self.read(text)
        found = None if structure is None else self._answers.answer(words, structure, filters)
        if structure is None or found is None:
            return None
        return replace(found, question=text, language=language), structure


def asks_more(answer: Answer, structure: Structure) -> bool:
    """Whether a quotation leaves something to ask: another question beside it, or what words that nobody has mean."""
    return structure.kind == "quotation" and (structure.besides or not answer.excerpts)
