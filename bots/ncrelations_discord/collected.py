"""The collection that an operator names beside the edition, as it is whenever it is asked.

A collection changes while its messages stay. So their buttons carry what no other passage ever has: the number of the
text that a reader made of a file, and the passage's place in it. Where that text answers no more, neither do they.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterable
from enum import Enum
from functools import cached_property

from ncrelations.answers.answer import Answer
from ncrelations.answers.comparison import Comparison
from ncrelations.collections.collection import Collection, open_collection
from ncrelations.collections.collection_library import CollectionLibrary
from ncrelations.collections.collection_records import records
from ncrelations.collections.joined_library import JoinedLibrary
from ncrelations.conversations.state import ChatState
from ncrelations.document.citation import Citation
from ncrelations.document.tree import Block
from ncrelations.document.typed_places import blocks_of
from ncrelations.document.voice import Voice
from ncrelations.errors import CollectionUnavailable
from ncrelations_discord.answers import Documents


class Where(str, Enum):
    """Which documents are asked."""

    EDITION = "edition"
    COLLECTION = "collection"
    BOTH = "both"


_EDITION, _GONE = 0, 64**3 - 1
"""Numbers that no text of a collection has: for the edition's, and for one that answers no more."""
_FEW_VOICES = 8
"""Voices among which the next one is worth a button."""


class Collected(Documents):
    """A collection at one moment, alone or beside the edition. Made and asked beside the event loop.

    Everything that a message needs is read when it is made or asked, so that showing it reads no file.
    """

    most = 6
    place_digits = 4

    def __init__(self, collection: CollectionLibrary, edition: Documents | None = None) -> None:
        super().__init__(collection if edition is None else JoinedLibrary(edition.library, collection))
        self.version = "ncrc" if edition is None else "ncrb"
        self.edition = edition
        """The documents asked, too."""
        self.stored = collection.stored
        """The collection's documents."""
        self._versions = {each.id: each.version for each in self.stored.live}
        self._numbers: dict[str, int] = {}
        self._colours = {voice.value: place for place, voice in enumerate(self.voices)}

    def ask(
        self, state: ChatState, question: str, document: str | None, voice: Voice | None
    ) -> tuple[Answer, ChatState]:
        """Answer a question in the light of a conversation, which may be empty."""
        answer, after = super().ask(state, question, document, voice)
        self._know(excerpt.block for excerpt in answer.excerpts)
        return answer, after

    def compare(self, topic: str) -> Comparison:
        """Put the views on a topic side by side."""
        found = super().compare(topic)
        self._know(excerpt.block for some in found.views.values() for excerpt in some)
        return found

    def _know(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.number_of(block)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The documents' ids, the edition's first."""
        return tuple(id for id, _ in self.titles)

    @cached_property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """The ids and titles of the documents, told without reading them."""
        own = tuple((each.id, each.work.title) for each in records(self.stored.store) if each.id in self._versions)
        if self.edition is None:
            return own
        return self.edition.titles + tuple(each for each in own if each[0] not in self.edition.ids)

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The voices, told without reading the documents."""
        return tuple(self.library.corpus.voices)

    @property
    def digits(self) -> int:
        """Characters for the number of a text, and as many for a place in it."""
        return 6

    def number_of(self, block: Block) -> int:
        """The number of a block's text with its place; one that is no passage's where the text answers no more."""
        citation = str(block.citation)
        if citation not in self._numbers:
            self._numbers[citation] = self._counted(block)
        return self._numbers[citation]

    def _counted(self, block: Block) -> int:
        document = block.document
        if self.edition is not None and document.id in self.edition.ids:
            return self.edition.number_of(block)
        version = self._versions.get(document.id, _GONE)
        if version >= _GONE or self.stored.of_version(version).source != document.source:
            return _GONE * 64**3
        place = next(place for place, each in enumerate(document.blocks) if each.citation == block.citation)
        return version * 64**3 + place if place < 64**3 else _GONE * 64**3

    def block_at(self, number: int) -> Block:
        """The block of a number. Raises `LookupError` where its text answers no more."""
        version, place = divmod(number, 64**3)
        if version == _EDITION and self.edition is not None:
            return self.edition.block_at(place)
        if version not in self.stored.versions:
            raise LookupError(number)
        block = self.stored.block(version, place)
        self._numbers[str(block.citation)] = number
        return block

    def block_of(self, number: int, citation: Citation) -> Block:
        """The block of a number; by its citation where it is of an old text, which has no number."""
        if number < _GONE * 64**3:
            return self.block_at(number)
        (block,) = blocks_of(self.library.resolve(citation))
        return block

    def number_of_voice(self, voice: Voice | None) -> int:
        """A number that the voice keeps while others come and go."""
        return 0 if voice is None else _lasting(voice.value)

    def voice_at(self, number: int) -> Voice | None:
        """The voice of a number. Raises `LookupError` where it has no word any more."""
        return {0: None, **{_lasting(voice.value): voice for voice in self.voices}}[number]

    def number_of_document(self, document: str | None) -> int:
        """A number that the document keeps while others come and go."""
        return 0 if document is None else _lasting(document)

    def document_at(self, number: int) -> str | None:
        """The document of a number. Raises `LookupError` where it answers no more."""
        return {0: None, **{_lasting(id): id for id in self.ids}}[number]

    def colour_of(self, voice: Voice) -> int:
        """The number of a voice's colour: its place among the voices."""
        return self._colours.get(voice.value, 0)

    @property
    def in_reader(self) -> tuple[str, ...]:
        """The edition's documents: the reader need not hold others."""
        return () if self.edition is None else self.edition.ids

    def other(self, voice: Voice) -> Voice | None:
        """Whose view stands against a voice's; `None` among voices too many for the next one to mean anything."""
        if self.edition is not None and voice in self.edition.voices:
            return self.edition.other(voice)
        return super().other(voice) if len(self.voices) <= _FEW_VOICES else None


def _lasting(name: str) -> int:
    """A number from 1 that four characters hold, of a name."""
    return zlib.crc32(name.encode()) % (64**4 - 1) + 1


class Beside:
    """The edition, and the collection that an operator named. Safe to share between threads."""

    def __init__(self, place: str, edition: Documents) -> None:
        """`place`: a folder, a name in the user's own place, or a server's address. Nothing is opened yet."""
        self._place, self._edition = place, edition
        self._collection: Collection | None = None
        self._now: CollectionLibrary | None = None
        self._made: dict[Where, Documents] = {}
        self._opening = threading.Lock()

    def documents(self, where: Where) -> Documents:
        """The documents as they are now. Raises `CollectionUnavailable`."""
        if where is Where.EDITION:
            return self._edition
        with self._opening:
            return self._as_now(where)

    def _as_now(self, where: Where) -> Documents:
        if self._collection is None:
            self._collection = open_collection(self._place)
        if not self._collection.store.exists:
            raise CollectionUnavailable(self._collection.place, "nothing was ever added to it", "ncr add PATH adds")
        now = self._collection.library
        if now is not self._now:
            self._now, self._made = now, {}
        if where not in self._made:
            self._made[where] = Collected(now, self._edition if where is Where.BOTH else None)
        return self._made[where]


def where_of(version: str) -> Where:
    """Which documents the ids of buttons speak of, by how they begin."""
    return {"ncrc": Where.COLLECTION, "ncrb": Where.BOTH}.get(version, Where.EDITION)
