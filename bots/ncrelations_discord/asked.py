"""What the bot has worked out beside its event loop, and what it gets back: plain values between processes.

An answer comes back as the card of a message, its passages named by where they stand: documents are too large to be
sent, and whoever shows the card has them. Conversations, cooldowns and buttons are the bot's process' alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from ncrelations.conversations.state import ChatState
from ncrelations.document.citation import Citation
from ncrelations.document.voice import Voice
from ncrelations.proofing.draft_reading import read_bytes, read_text
from ncrelations_discord import replies
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import Card, Kind, Quote, StaleError
from ncrelations_discord.collected import Beside, Where
from ncrelations_discord.logs import configure
from ncrelations_discord.proof_entries import proof_card

_NEW = ChatState()


class Work(Protocol):
    """Something to be worked out. It can be pickled."""

    @property
    def where(self) -> Where:
        """Of which documents it is asked."""

    def card(self, documents: Documents) -> Card:
        """What they give. Raises `NCRelationsError`."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the light of a conversation, which may be empty."""

    question: str
    """The question."""
    state: ChatState = _NEW
    """The conversation."""
    where: Where = Where.EDITION
    """Of which documents it is asked."""
    document: str | None = None
    """The one of them that is to answer."""
    view: str | None = None
    """The voice that is asked for, by name."""
    language: str = "en"
    """The language of the fixed texts."""
    asker: int = 0
    """Who may delete the message; 0 where it is private."""

    def card(self, documents: Documents) -> Card:
        """The answer."""
        voice = documents.library.corpus.voice(self.view)
        answer, after = documents.ask(self.state, self.question, self.document, voice)
        return replies.answer_card(documents, answer, after, self.language, self.document, self.asker)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic to compare the views on."""

    topic: str
    """The topic."""
    where: Where
    """Of which documents it is asked."""
    language: str
    """The language of the fixed texts."""
    asker: int
    """Who may delete the message."""

    def card(self, documents: Documents) -> Card:
        """The comparison."""
        return replies.comparison_card(documents, documents.compare(self.topic), self.language, self.asker)


@dataclass(frozen=True, slots=True)
class GivenDraft:
    """A draft whose quotations are to be checked: a text, or the bytes of a file."""

    content: str | bytes = field(repr=False)
    """What was given."""
    name: str = ""
    """The name of the file."""
    language: str = "en"
    """The language of the fixed texts."""
    where: Where = Where.EDITION
    """What it is checked against."""

    def card(self, documents: Documents) -> Card:
        """What was found of each quotation."""
        given = self.content
        draft = read_text(given) if isinstance(given, str) else read_bytes(given, self.name)
        return proof_card(documents, documents.proof(draft), self.language, self.name)


@dataclass(frozen=True, slots=True)
class First:
    """Nothing, but that everything be loaded."""

    where: Where = Where.EDITION
    """Of which documents."""

    def card(self, documents: Documents) -> Card:
        """An empty card."""
        documents.warm()
        return Card(documents)


# What comes back ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote by where it stands."""

    number: int
    """Its block's, among the documents."""
    citation: Citation
    """Its block's."""
    first: int
    """The first sentence, from 0."""
    last: int
    """The last sentence, included."""
    marks: int
    """Bit n: sentence first + n answers."""

    def quote(self, documents: Documents) -> Quote:
        """The quote. Raises `StaleError` where its text answers no more."""
        try:
            block = documents.block_of(self.number, self.citation)
        except LookupError:
            raise StaleError(self.citation) from None
        return Quote(block, self.first, self.last, self.marks)


@dataclass(frozen=True, slots=True)
class SentCard:
    """A card without its documents; what its fields mean is said there."""

    kind: Kind
    language: str
    question: str
    quotes: tuple[Quoted, ...]
    status: str
    voice: Voice | None
    document: str | None
    remarks: str
    confidence: str
    read_as: str
    asker: int
    entries: tuple[str, ...]
    near: str

    @classmethod
    def of(cls, card: Card) -> SentCard:
        """A card as it is sent."""
        numbers = [card.documents.number_of(each.block) for each in card.quotes]
        quotes = tuple(
            Quoted(number, each.block.citation, each.first, each.last, each.marks)
            for number, each in zip(numbers, card.quotes, strict=True)
        )
        return cls(quotes=quotes, **_plain(card))

    def card(self, documents: Documents) -> Card:
        """The card, of the same documents where it is shown. Raises `StaleError` where one answers no more."""
        return Card(documents, quotes=tuple(each.quote(documents) for each in self.quotes), **_plain(self))


def _plain(card: Card | SentCard) -> dict[str, Any]:
    """What a card is beside its passages."""
    return {each.name: getattr(card, each.name) for each in fields(SentCard) if each.name != "quotes"}


# Where it is worked out ---------------------------------------------------------------------------


class Answerer:
    """What works it out, from documents of its process."""

    def __init__(self, documents: Documents, beside: Beside | None = None) -> None:
        self._documents, self._beside = documents, beside

    def warm(self) -> None:
        """Load what a question and a draft need. Raises `NCRelationsError`."""
        self._documents.warm()

    def of(self, work: Work, /) -> SentCard:
        """What was asked for. Raises `NCRelationsError`."""
        beside = self._beside
        return SentCard.of(work.card(self._documents if beside is None else beside.documents(work.where)))


def in_a_process(collection: str | None, log_level: str) -> Answerer:
    """The edition, and the collection that an operator names, opened in a process of their own."""
    configure(log_level)
    documents = Documents()
    return Answerer(documents, None if collection is None else Beside(collection, documents))
