"""The live documents of a collection as a corpus: each is read from the store when it is first wanted."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from ncrelations.collections.collection_records import records, stored_document, versions
from ncrelations.collections.collection_store import CollectionStore
from ncrelations.collections.names_found import names_found
from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.document.corpus import Corpus, Place, Where, given
from ncrelations.document.entities import Entities
from ncrelations.document.tree import Block, Document
from ncrelations.document.voice import Speaker, View
from ncrelations.errors import NoSuchDocument, NoSuchPlace

_KEPT = 256
"""Documents kept in memory, those wanted last."""


class OpenDocuments:
    """The documents read from a store lately. Safe to share between threads."""

    def __init__(self, store: CollectionStore, most: int = _KEPT) -> None:
        self._store, self._most = store, most
        self._read: OrderedDict[tuple[int, int], Document] = OrderedDict()
        self._turn = threading.Lock()

    def __call__(self, version: int, generation: int) -> Document:
        """The document of a version, as the store held it at that time."""
        key = version, generation
        with self._turn:
            if key in self._read:
                self._read.move_to_end(key)
                return self._read[key]
        document = stored_document(self._store, version)
        with self._turn:
            self._read[key] = document
            while len(self._read) > self._most:
                self._read.popitem(last=False)
        return document


@dataclass(frozen=True, slots=True)
class Live:
    """A document that answers."""

    id: str
    """Its id in citations."""
    version: int
    """The version that answers."""


class StoredCorpus(Corpus):
    """The documents that answered at one moment."""

    def __init__(self, store: CollectionStore, opened: OpenDocuments, name: str) -> None:
        self.store = store
        """Where they are kept."""
        self.name = name
        self.generation = store.generation
        """The moment: a number that grows with each change of the store."""
        self.live = tuple(Live(each.id, each.live) for each in records(store) if each.live is not None)
        """The documents that answer, in the order of adding."""
        self._opened = opened
        self._by_id = {each.id: each.version for each in self.live}

    @cached_property
    def versions(self) -> tuple[int, ...]:
        """The versions that answer, in the documents' order."""
        return tuple(each.version for each in self.live)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Every document, read whole."""
        return tuple(self.of_version(each.version) for each in self.live)

    def document(self, id: str) -> Document:
        """The document of that id; `NoSuchDocument` with the near misses for any other."""
        if id not in self._by_id:
            raise NoSuchDocument("document", printable(id), nearest(id, list(self._by_id)))
        return self.of_version(self._by_id[id])

    def resolve(self, citation: Where) -> Place:
        """The place a citation names; one that a changed or removed file had is given from the version that had it."""
        try:
            return super().resolve(citation)
        except NoSuchPlace as error:
            for version in reversed(versions(self.store, str(citation).partition("/")[0])):
                with suppress(NoSuchPlace):
                    return given([self.of_version(version.number)]).resolve(str(citation))
            raise error from None

    def of_version(self, version: int) -> Document:
        """The document of a live version."""
        return self._opened(version, self.generation)

    def checksum(self, document: Document) -> str:
        """The sha256 of a document's text as it was when it was added."""
        found = self.store.rows("SELECT checksum FROM versions WHERE number = ?", self._by_id[document.id])
        return str(found[0][0])

    def block(self, version: int, position: int) -> Block:
        """The block at a position of a live version."""
        return self.of_version(version).blocks[position]

    @cached_property
    def entities(self) -> Entities:
        """The names that the documents mention, as far as they are found by how they are written."""
        return Entities(names_found(self.documents), self.documents)

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """The voices of the documents, told without reading them."""
        return tuple(Speaker(voice, names="", short="") for voice in self._voices())

    def _voices(self) -> Iterator[View]:
        found = self.store.rows(
            "SELECT b.voice, min(b.label) FROM blocks b JOIN documents d ON d.live = b.version"
            " GROUP BY b.voice ORDER BY min(d.position), min(b.position)"
        )
        yield from (View(value, label) for value, label in found)

    def positions(self, voice: str) -> dict[int, Sequence[int]]:
        """Where a voice speaks: the positions of its blocks, by live version."""
        found: dict[int, list[int]] = {}
        query = "SELECT b.version, b.position FROM blocks b JOIN documents d ON d.live = b.version WHERE b.voice = ?"
        for version, position in self.store.rows(query, voice):
            found.setdefault(version, []).append(position)
        live = frozenset(self.versions)
        return {version: positions for version, positions in found.items() if version in live}

    def voice_at(self, version: int, position: int) -> str:
        """The name of the voice of a block, told without reading its document."""
        return str(self._told("voice", version, position))

    def citation_at(self, version: int, position: int) -> Citation:
        """The citation of a block, told without reading its document."""
        return Citation.parse(str(self._told("citation", version, position)))

    def _told(self, what: str, version: int, position: int) -> object:
        query = f"SELECT {what} FROM blocks WHERE version = ? AND position = ?"  # noqa: S608 -- a column's name, ours
        return self.store.rows(query, version, position)[0][0]
