"""What the library says of itself and of its documents: a short line, no passages."""

from __future__ import annotations

from collections.abc import Iterable

from ncrelations.answers.answer import Answer, Status, Step
from ncrelations.document.corpus import Corpus
from ncrelations.document.excerpt import Excerpt, excerpt_with
from ncrelations.document.tree import Document
from ncrelations.questions.small_talk import About
from ncrelations.texts import Reason

_TALK: frozenset[About] = frozenset({"greeting", "thanks", "goodbye", "acknowledged", "mood"})
"""What asks for nothing that the documents could answer."""


class AboutAnswers:
    """Lines about one corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def answer(self, text: str, about: About) -> Answer:
        """The line that answers, with the printed words where the documents themselves say it."""
        note = self._line(text, about)
        status: Status = "not_found" if about in _TALK else "answered"
        step = Step("structure", "this is said to the library, not asked of the documents")
        return Answer(text, None, status, 1.0, (), None, tuple(self._printed(text, about)), note=note, steps=(step,))

    def _line(self, text: str, about: About) -> str:
        documents = self._meant(text)
        match about:
            case "contents":
                return _several(map(_contents, documents))
            case "authors":
                return _several(map(_authors, documents))
            case "dates":
                return _several(map(_dated, documents))
            case "length":
                return _several(map(_length, documents))
        first = next(block for document in self._corpus.documents for block in document.blocks)
        titles = ", ".join(f'"{document.title}" ({document.id})' for document in self._corpus.documents)
        return Reason(f"note.{about}", {"titles": titles, "example": str(first.citation)})

    def _meant(self, text: str) -> tuple[Document, ...]:
        """The document that a text names, or all."""
        named = [d for d in self._corpus.documents if d.id in text.lower()]
        return tuple(named) if len(named) == 1 else self._corpus.documents

    def _printed(self, text: str, about: About) -> list[Excerpt]:
        """Where a document names its author or date, the passage that does."""
        if about not in ("authors", "dates"):
            return []
        documents = self._meant(text)
        front = [b for d in documents for b in d.blocks if b.section.citation in self._corpus.front_matter]
        wanted = [_words(document, about) for document in documents]
        found = [b for b in front if any(words and all(w in b.text for w in words) for words in wanted)]
        return [excerpt_with(block, ()) for block in found[:1]]


def _words(document: Document, about: About) -> tuple[str, ...]:
    """The words by which a document's author or date is known."""
    if about == "authors":
        family, given = document.work.authors[0]
        return tuple(f"{given} {family}".split()) if given else ()
    date = document.work.date
    return (str(date[0]), f"{date[2]:02}") if date else ()


def _several(notes: Iterable[str]) -> str:
    """Some notes in one line."""
    return Reason("note.several", {"notes": list(notes)})


def _contents(document: Document) -> str:
    sections = (" ".join(filter(None, (s.number, s.heading or s.description))) for s in document.walk())
    return f"{document.title}: {', '.join(sections)}"


def _authors(document: Document) -> str:
    names = " and ".join(" ".join(filter(None, (given, family))) for family, given in document.work.authors)
    return Reason("note.by", {"title": document.title, "authors": names})


def _dated(document: Document) -> str:
    date = document.work.date
    if date is None:
        return Reason("note.undated", {"title": document.title})
    return Reason("note.dated", {"title": document.title, "date": "-".join(f"{part:02}" for part in date)})


def _length(document: Document) -> str:
    words = sum(len(block.text.split()) for block in document.blocks)
    values = {"title": document.title, "words": f"{words:,}", "blocks": len(document.blocks)}
    return Reason("note.long", {**values, "sections": sum(1 for _ in document.walk())})
