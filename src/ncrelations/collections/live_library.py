"""A library that is always that of now: for servers, which run while a collection is added to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from ncrelations.answers.answer import Answer
from ncrelations.answers.comparison import Comparison
from ncrelations.conversations.state import ChatState
from ncrelations.document.corpus import Corpus, Place, Where
from ncrelations.document.entities import Entity
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.voice import Voice
from ncrelations.languages.structures import Structures
from ncrelations.library import Library

if TYPE_CHECKING:
    from ncrelations.languages.scorers import Scorers
    from ncrelations.proofing.proofreader import Proofreader
    from ncrelations.retrieval.passages import BankQuestion


class LiveLibrary(Library):
    """What `now` gives, anew for each call: a document that was withdrawn answers no more. Safe to share."""

    def __init__(self, now: Callable[[], Library]) -> None:
        self._now = now

    def as_now(self) -> Library:
        """The library as it is now."""
        return self._now()

    @property
    def corpus(self) -> Corpus:
        """The documents as they are now."""
        return self._now().corpus

    @property
    def scorers(self) -> Scorers:
        """What reads and scores questions, where an index was built."""
        return self._now().scorers

    @property
    def structures(self) -> Structures:
        """What answers requests for the documents' own structure."""
        return self._now().structures

    @property
    def proofreader(self) -> Proofreader:
        """What checks the quotations of drafts."""
        return self._now().proofreader

    @property
    def bank(self) -> Sequence[BankQuestion]:
        """The questions written beforehand."""
        return self._now().bank

    def prepare(self, questions: Iterable[str]) -> None:
        """Make ready for many questions."""
        self._now().prepare(questions)

    def standing(self, place: Place) -> str | None:
        """What must be said of a place whose document has other texts."""
        return self._now().standing(place)

    def entity(self, name: str) -> Entity:
        """The entity of that name in any spelling."""
        return self._now().entity(name)

    def ask(self, question: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None) -> Answer:
        """What the documents have to say to a question."""
        return self._now().ask(question, k, within, voice)

    def search(
        self, query: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None
    ) -> tuple[Excerpt, ...]:
        """The `k` best excerpts for a query, best first, without judgement."""
        return self._now().search(query, k, within, voice)

    def compare(self, topic: str, k: int = 2) -> Comparison:
        """What each voice says on a topic."""
        return self._now().compare(topic, k)

    def turn(
        self,
        state: ChatState,
        question: str,
        k: int = 5,
        within: Where | None = None,
        voice: str | Voice | None = None,
    ) -> tuple[Answer, ChatState]:
        """Answer a question in the light of a conversation."""
        return self._now().turn(state, question, k, within, voice)
