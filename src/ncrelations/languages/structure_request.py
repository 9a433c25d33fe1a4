"""What a line in another language asks of the documents' structure, in the English words for it."""

from __future__ import annotations

from ncrelations.document.corpus import Corpus
from ncrelations.languages.cues import Cues
from ncrelations.languages.glossary import Glossary
from ncrelations.languages.list_asked import list_asked
from ncrelations.languages.mention_asked import Topics, mention_asked
from ncrelations.languages.place_asked import place_asked
from ncrelations.languages.speakers_asked import SpeakersAsked
from ncrelations.languages.structure_line import Line, line_in


class StructureRequests:
    """Those that lines make of one corpus. Safe to share between threads."""

    def __init__(self, corpus: Corpus, glossary: Glossary, document_words: frozenset[str]) -> None:
        """`document_words`: the words of the documents, folded."""
        self._corpus, self._cues, self._speakers = corpus, Cues(corpus, glossary), SpeakersAsked(corpus)
        self._topics = Topics(corpus, document_words)

    def in_english_words(self, text: str, language: str) -> str | None:
        """A line in a language with tables in English words; `None` where it has anything but words of structure."""
        line = line_in(text, language, self._cues)
        if line is None:
            return None
        return (
            _quotation(line)
            or _cited(line)
            or mention_asked(line, self._topics)
            or place_asked(line, self._corpus)
            or list_asked(line, self._corpus, self._speakers)
            or _about(line)
        )


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
