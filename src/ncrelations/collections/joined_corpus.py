"""Two corpora as one: an edition with a collection beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.document.corpus import Corpus, Interests, Place, Where
from ncrelations.document.entities import Entities
from ncrelations.document.lists import ItemList
from ncrelations.document.themes import Theme
from ncrelations.document.tree import Document
from ncrelations.document.voice import Speaker
from ncrelations.errors import InvalidCitation, NoSuchDocument
from ncrelations.text.metonyms import Metonyms


class JoinedCorpus(Corpus):
    """The documents of both, the first corpus' first. What editors know of the first holds for it alone."""

    def __init__(self, first: Corpus, second: Corpus) -> None:
        self.first = first
        """The corpus that editors made."""
        self.second = second
        """The documents beside it."""
        self.name = f"{first.name} and {second.name}"
        self.index_folder, self.written_folder = first.index_folder, first.written_folder
        self.glossary_folder = first.glossary_folder
        self.scope_file, self.scope_sha256 = first.scope_file, first.scope_sha256
        self.doubt_file, self.doubt_sha256 = first.doubt_file, first.doubt_sha256
        self.credit_file, self.credit_sha256 = first.credit_file, first.credit_sha256

    def part_of(self, document: str) -> Corpus:
        """The corpus that a document is of: the second where the first has none of that id."""
        return self.first if any(each.id == document for each in self.first.documents) else self.second

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in order."""
        return (*self.first.documents, *self.second.documents)

    def document(self, id: str) -> Document:
        """The document of that id; `NoSuchDocument` with the near misses for any other."""
        try:
            return self.part_of(id).document(id)
        except NoSuchDocument as error:
            known = [each.id for each in self.first.documents]
            raise NoSuchDocument("document", printable(id), (*nearest(id, known), *error.suggestions)) from None

    def resolve(self, citation: Where) -> Place:
        """The place a citation names. Raises `InvalidCitation` or `NoSuchPlace`."""
        text = str(citation) if isinstance(citation, str | Citation) else str(citation.citation)
        part = self.part_of(text.partition("/")[0])
        try:
            return part.resolve(citation)
        except NoSuchDocument:
            return super().resolve(citation)
        except InvalidCitation:
            return self.first.resolve(citation)

    def checksum(self, document: Document) -> str:
        """The sha256 of a document's source as text."""
        return self.part_of(document.id).checksum(document)

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """The voices of both, each once."""
        found = {each.voice.value: each for each in (*self.second.speakers, *self.first.speakers)}
        ordered = dict.fromkeys(each.voice.value for each in (*self.first.speakers, *self.second.speakers))
        return tuple(found[value] for value in ordered)

    @cached_property
    def entities(self) -> Entities:
        """What the first corpus' editors know of, then names found in the second, with the mentions in both."""
        known = self.first.entities
        taken = {name.casefold() for each in known.all for name in each.names}
        more = (each for each in self.second.entities.all if not taken & {form.casefold() for form in each.forms})
        return Entities((*known.all, *more), self.documents, known.everywhere)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The first corpus' themes."""
        return self.first.themes

    @property
    def lists(self) -> tuple[ItemList, ...]:
        """The first corpus' lists."""
        return self.first.lists

    @property
    def metonyms(self) -> Metonyms:
        """The first corpus' metonyms."""
        return self.first.metonyms

    @property
    def stand_ins(self) -> Mapping[str, str]:
        """The first corpus' stand-ins."""
        return self.first.stand_ins

    @property
    def section_names(self) -> Mapping[str, Citation]:
        """The first corpus' names of sections."""
        return self.first.section_names

    @property
    def front_matter(self) -> frozenset[Citation]:
        """The first corpus' front matter."""
        return self.first.front_matter

    @property
    def observers(self) -> frozenset[str]:
        """The first corpus' observers."""
        return self.first.observers

    @property
    def interests(self) -> Interests:
        """The first corpus' interests."""
        return self.first.interests
