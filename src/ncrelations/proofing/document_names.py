"""The words that name the documents of a corpus in a draft: titles, what speakers call them, who made them."""

from __future__ import annotations

import re
from functools import cached_property

from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Document
from ncrelations.document.wording import plain_words


class DocumentNames:
    """Finds the documents that texts name, by a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.called = {document.id: self._speakers_words(document) for document in corpus.documents}
        """What the speakers of each document call it, by its id, as a pattern; nothing where nobody does."""

    def _speakers_words(self, document: Document) -> str:
        speakers = [speaker for speaker in self._corpus.speakers if speaker.document == document.id]
        return "|".join(name for s in speakers for name in (s.document_names, s.document_called) if name)

    @cached_property
    def _patterns(self) -> list[tuple[Document, re.Pattern[str]]]:
        named = [(document, self.called[document.id]) for document in self._corpus.documents]
        return [(document, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for document, words in named if words]

    @cached_property
    def _makers(self) -> list[tuple[Document, re.Pattern[str]]]:
        """What names those who report in a document: a citation has the document by their name."""
        makers = [(s.document, s.names) for s in self._corpus.speakers if s.document and s.reports and s.names]
        return [
            (document, re.compile(rf"\b(?:{names})(?!\w)", re.IGNORECASE))
            for id, names in makers
            for document in self._corpus.documents
            if document.id == id
        ]

    @cached_property
    def _titles(self) -> dict[str, list[tuple[str, Document]]]:
        """The ids and titles of the documents, as plain words, by the first."""
        found: dict[str, list[tuple[str, Document]]] = {}
        for document in self._corpus.documents:
            for name in filter(None, (plain(document.id), plain(document.title))):
                found.setdefault(name.split()[0], []).append((name, document))
        return found

    def named(self, text: str) -> list[Document]:
        """The documents that a text names; by their makers where nothing else does."""
        words = plain(text)
        titles = [
            d for word in {*words.split()} for name, d in self._titles.get(word, ()) if f" {name} " in f" {words} "
        ]
        named = titles + [document for document, pattern in self._patterns if pattern.search(text)]
        return named or [document for document, pattern in self._makers if pattern.search(text)]


def plain(heading: str) -> str:
    """A heading as its words in small letters."""
    return " ".join(plain_words(heading))
