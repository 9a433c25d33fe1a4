"""Conversations about a collection: a follow-up is written out in full and asked like any question."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ncrelations.answers.answer import Answer, Filters
from ncrelations.collections.collection_answers import CollectionAnswers
from ncrelations.collections.passage_text import Allowed
from ncrelations.collections.stored_corpus import StoredCorpus
from ncrelations.conversations.asides import answer_aside, aside
from ncrelations.conversations.follow_up import FollowUps
from ncrelations.conversations.state import ChatState, Resolved
from ncrelations.document.citation import Citation
from ncrelations.errors import NoSuchPlace
from ncrelations.text.words import MAX_QUESTION


@dataclass(frozen=True, slots=True)
class CollectionTurns:
    """Answers the turns of conversations about a collection."""

    corpus: StoredCorpus
    """Its documents."""
    answers: CollectionAnswers
    """What answers questions."""

    def turn(
        self, state: ChatState, text: str, k: int, filters: Filters, allowed: Allowed | None
    ) -> tuple[Answer, ChatState]:
        """Answer a cleaned question in the light of a conversation, and say what the conversation has become."""
        if (about := aside(text)) and _is_there(self.corpus, state):
            return answer_aside(self.corpus, state, text, about), state
        asked = self.answers.read(text)
        spoken = state.voice if state.voice in self.corpus.voices else None
        before = replace(state, citations=(), voice=spoken)
        resolved = FollowUps(self.answers.reader(text, spoken)).written_out(before, asked)
        if resolved is None:
            answer = self.answers.answer_to(asked, k, filters, allowed)
            return answer, _next(answer, asked.core, filters.within)
        full = self.answers.read(resolved.text[:MAX_QUESTION])
        if len(resolved.voices) == 1:
            full = full._replace(voice=resolved.voices[0])
        answer = self.answers.answer_to(full, k, filters, allowed)
        answer = replace(answer, question=text, understood_as=resolved.shown(text))
        return answer, _next(answer, _subject(state, resolved), filters.within)


def _is_there(corpus: StoredCorpus, state: ChatState) -> bool:
    """Whether the passage shown last is of a document that answers still."""
    try:
        return bool(state.citations) and bool(corpus.block_at(state.citations[0]))
    except (NoSuchPlace, KeyError):
        return False


def _subject(state: ChatState, resolved: Resolved) -> str:
    """What the conversation is about after a follow-up: one that asks for a detail leaves it as it was."""
    return state.question if resolved.aside else resolved.text[:MAX_QUESTION]


def _next(answer: Answer, subject: str, within: Citation | None) -> ChatState:
    shown = tuple(excerpt.citation for excerpt in answer.excerpts)
    return ChatState(subject, shown, answer.voice, within.document if within else None)


def after_structure(state: ChatState, answer: Answer) -> ChatState:
    """The conversation after places were shown: it is about the first of them."""
    if not answer.excerpts:
        return state
    section = answer.excerpts[0].block.section
    shown = tuple(excerpt.citation for excerpt in answer.excerpts)
    return ChatState((section.heading or section.document.title)[:MAX_QUESTION], shown, None, state.document)
