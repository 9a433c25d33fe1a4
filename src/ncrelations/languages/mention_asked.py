"""Where, how often or whether a name or word stands in the documents, asked in other languages."""

from __future__ import annotations

from functools import cached_property

from ncrelations.document.corpus import Corpus
from ncrelations.languages.structure_line import Line, Token

_PLACES = frozenset({"passage", "paragraph", "section"})


class Topics:
    """The names and words of a corpus' documents. Immutable; safe to share between threads."""

    def __init__(self, corpus: Corpus, document_words: frozenset[str]) -> None:
        """`document_words`: those of the documents, folded."""
        self._corpus, self._document_words = corpus, document_words
        self._people = {name: s.document for s in corpus.narrators if s.document for name in s.entities}

    @cached_property
    def _running(self) -> str:
        return " ".join(b.text for d in self._corpus.documents for b in d.blocks).casefold()

    def document_of(self, name: str) -> str | None:
        """The document that the person of a name wrote."""
        return self._people.get(name)

    def printed(self, key: str) -> str | None:
        """As many of a term's English words as stand in the documents one after the other."""
        words = key.split()
        runs = (" ".join(words[:n]) for n in range(len(words), 0, -1))
        return next((run for run in runs if run.casefold() in self._running), None)

    def named_in(self, line: Line) -> tuple[Token, ...]:
        """What a line names: in quotation marks, by name, by a term, or in a word of the documents."""
        for group in ("quoted", "name"):
            if found := line.of(group):
                return found
        terms = [(token, self.printed(token.key)) for token in line.of("term")]
        if found := tuple(Token("term", words, t.start, t.end) for t, words in terms if words):
            return found
        known = line.of("ask", "unit", "mention", "document", "light", "saying", "agent")
        taken = {at for token in known for at in range(token.start, token.end)}
        free = [(line.text[start:end], start, end) for start, end in line.unknown if start not in taken]
        words = ((word, start, end) for word, start, end in free if word.casefold() in self._document_words)
        return tuple(Token("quoted", word, start, end) for word, start, end in words)


def mention_asked(line: Line, topics: Topics) -> str | None:
    """The English question where, or how often, what a line names is mentioned."""
    ask, units = line.keys("ask"), line.keys("unit")
    passages = units & _PLACES and ask & {"where", "which", "all", "list", "show", "how many"}
    if not line.of("mention") and not passages:
        return None
    if line.of("number") or ("who" in ask and line.language != "ar"):
        return None
    found = topics.named_in(line)
    if not ask & {"where", "how often"} and _names_lists(line, found):
        return None
    narrators = [token for token in found if topics.document_of(token.key)] if len(found) > 1 else []
    names = list(dict.fromkeys(token.key for token in found if token not in narrators))
    if not names or not line.only("ask", "unit", "mention", "document", "saying", "agent", also=found):
        return None
    documents = line.keys("document") or {str(topics.document_of(token.key)) for token in narrators}
    where = f" in the {next(iter(documents))}" if len(documents) == 1 else ""
    asked = "how often" if ask & {"how often", "how many"} else "where"
    return f"{asked} is {' and '.join(names)} mentioned{where}"


def _names_lists(line: Line, found: tuple[Token, ...]) -> bool:
    """Whether what is named is what a list of the documents is called: "how many risks are named?"."""
    lists = {token.start for token in line.of("list")}
    return any(token.start in lists for token in found)
