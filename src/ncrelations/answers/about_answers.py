"""What the library says of itself and of its documents: a short line, no passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ncrelations.answers.answer import Answer, Status, Step
from ncrelations.document.corpus import Corpus, Place
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

    def answer(self, text: str, about: About, places: Sequence[Place] = ()) -> Answer:
        """The line that answers, with the printed words where the documents themselves say it.

        `places`: the document that is asked about, where one is named.
        """
        documents = tuple(p for p in places if isinstance(p, Document)) or self._corpus.documents
        note = self._line(documents, about)
        status: Status = "not_found" if about in _TALK else "answered"
        step = Step("structure", "this is said to the library, not asked of the documents")
        return Answer(text, None, status, 1.0, (), None, tuple(_printed(documents, about)), note=note, steps=(step,))

    def _line(self, documents: Sequence[Document], about: About) -> str:
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


def _printed(documents: Sequence[Document], about: About) -> list[Excerpt]:
    """Where a document names its author or date, the passage that does."""
    if about not in ("authors", "dates"):
        return []
    printed = []
    for document in documents:
        words = _words(document, about)
        found = (block for block in document.blocks if words and all(word in block.text for word in words))
        if (block := next(found, None)) is not None:
            answering = [s for s in block.sentences if all(word in s.text for word in words)]
            printed.append(excerpt_with(block, answering))
    return printed


def _words(document: Document, about: About) -> tuple[str, ...]:
    """The words by which a document's author or date is known."""
    if about == "authors":
        names = [
            f"{given} {family}".split() if given else family.split("(")[:1] for family, given in document.work.authors
        ]
        return tuple(word.strip() for name in names for word in name)
    date = document.work.date
    return (str(date[0]), *(f"{day:02}" for day in date[2:])) if date else ()


def _several(notes: Iterable[str]) -> str:
    """Some notes in one line."""
    return Reason("note.several", {"notes": list(notes)})


def _contents(document: Document) -> str:
    sections = (" ".join(filter(None, (s.number, s.heading or s.description))) for s in document.walk())
    return f"{document.title}: {', '.join(sections)}"


def _authors(document: Document) -> str:
    names = " and ".join(document.work.author_names)
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
