"""An edition with a collection beside it as one library: one ranking by how likely each passage answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ncrelations.answers.answer import Answer
from ncrelations.answers.comparison import Comparison
from ncrelations.collections.collection_library import CollectionLibrary
from ncrelations.collections.joined_corpus import JoinedCorpus
from ncrelations.conversations.state import ChatState
from ncrelations.document.corpus import Place, Where
from ncrelations.document.entities import Entity
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.voice import Voice
from ncrelations.errors import NoSuchPlace
from ncrelations.library import Library
from ncrelations.texts import reason

if TYPE_CHECKING:
    from ncrelations.retrieval.passages import BankQuestion

_RANKS = {"answered": 2, "partial": 1, "not_found": 0}


class JoinedLibrary(Library):
    """An edition and a collection. Safe to share between threads."""

    def __init__(self, edition: Library, collection: CollectionLibrary) -> None:
        self.joined = JoinedCorpus(edition.corpus, collection.corpus)
        """The documents of both."""
        super().__init__(self.joined)
        self._edition, self._collection = edition, collection

    def ask(self, question: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None) -> Answer:
        """What the documents of both have to say to a question; what the edition answers stays answered by it."""
        answers = [each.ask(question, k, within, voice) for each in self._parts(within, voice)]
        return joined(answers, k)

    def search(
        self, query: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None
    ) -> tuple[Excerpt, ...]:
        """The `k` best excerpts of both for a query, best first."""
        answers = [each.ask(query, k, within, voice) for each in self._parts(within, voice)]
        return tuple(by_chance(answers, answers[0])[:k]) if answers else ()

    def compare(self, topic: str, k: int = 2) -> Comparison:
        """What each voice says on a topic, the edition's voices first."""
        ours, theirs = self._edition.compare(topic, k), self._collection.compare(topic, k)
        return Comparison(ours.topic, {**ours.views, **theirs.views}, ours.themes)

    def turn(
        self,
        state: ChatState,
        question: str,
        k: int = 5,
        within: Where | None = None,
        voice: str | Voice | None = None,
    ) -> tuple[Answer, ChatState]:
        """Answer a question in the light of a conversation: where that was about one part, it goes on there."""
        turns = [
            each.turn(self._seen_by(each, state), question, k, within, voice) for each in self._parts(within, voice)
        ]
        answer = joined([each for each, _ in turns], k)
        after = next((then for told, then in turns if told.excerpts[:1] == answer.excerpts[:1]), turns[0][1])
        return answer, after

    def prepare(self, questions: Iterable[str]) -> None:
        """Make the edition ready for many questions."""
        self._edition.prepare(questions)

    def standing(self, place: Place) -> str | None:
        """What must be said of a place whose document has other texts."""
        return self._part_of(place.citation.document).standing(place)

    def entity(self, name: str) -> Entity:
        """The entity of that name in any spelling, with its mentions in the documents of both."""
        return self.corpus.entities.named(self._edition.entity(name).name)

    @property
    def bank(self) -> Sequence[BankQuestion]:
        """The questions written for the edition, whose passages come first."""
        return self._edition.bank

    def _part_of(self, document: str) -> Library:
        return self._edition if self.joined.part_of(document) is self.joined.first else self._collection

    def _seen_by(self, library: Library, state: ChatState) -> ChatState:
        """A conversation as one part knows it: without what only the other has."""
        if state.voice not in library.corpus.voices:
            state = replace(state, voice=None)
        own = all(self._part_of(each.document) is library for each in state.citations)
        return state if own else replace(state, citations=(), listed=False)

    def _parts(self, within: Where | None, voice: str | Voice | None) -> list[Library]:
        """The libraries that a filter leaves. Raises `InvalidCitation` or `NoSuchPlace` for one that names nothing."""
        if within is not None:
            return [self._part_of(self.corpus.resolve(within).citation.document)]
        self.corpus.voice(voice)
        return [each for each in (self._edition, self._collection) if _has(each, voice)]


def _has(library: Library, voice: str | Voice | None) -> bool:
    try:
        library.corpus.voice(voice)
    except NoSuchPlace:
        return False
    return True


def joined(answers: Sequence[Answer], k: int) -> Answer:
    """The answers of two libraries as one: the surer leads, and excerpts follow by the chance that they answer.

    The first library's answer stays the answer unless it finds nothing and the other does, or the other's is surer by a
    tenth, and sure in itself: with 1,000 foreign documents beside it, the edition keeps all but 3 in 1,000 of its first
    places, and the documents nine in ten of theirs. Where neither finds anything, only what both say is a reason.
    """
    lead = answers[0]
    for other in answers[1:]:
        sure = other.confidence > max(_SURE, lead.confidence / _BESIDE) or lead.status == "not_found" != other.status
        if not lead.excerpts or (_RANKS[other.status] >= _RANKS[lead.status] and sure):
            lead = other
    if all(each.status == "not_found" for each in answers):
        common = [told for told in lead.reasons if all(told in each.reasons for each in answers)]
        lead = replace(lead, reasons=tuple(common) or (reason("far"),))
    if len(answers) == 1 or not lead.excerpts:
        return lead
    alike = [each for each in answers if _RANKS[each.status] == _RANKS[lead.status]]
    rest = [each for each in by_chance(alike, answers[0]) if each is not lead.excerpts[0]]
    return replace(lead, excerpts=(lead.excerpts[0], *rest)[:k])


_SURE, _BESIDE = 0.5, 0.9
"""From which confidence on the second library may lead, and what its chances count beside the first one's."""


def by_chance(answers: Sequence[Answer], first: Answer) -> list[Excerpt]:
    """The excerpts of some answers in one ranking: by the chance of the first of each, less as their scores fall."""
    chances: list[tuple[float, Excerpt]] = []
    for each in answers:
        sure = each.confidence * (1.0 if each is first else _BESIDE)
        chances += [(sure * excerpt.score / max(each.excerpts[0].score, 1e-9), excerpt) for excerpt in each.excerpts]
    return [excerpt for _, excerpt in sorted(chances, key=lambda pair: -pair[0])]
