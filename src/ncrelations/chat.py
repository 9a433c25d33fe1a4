"""Conversations: follow-up questions over ask().

`turn` is a pure function from a frozen state and a question to an answer and the next state, so that a
frontend can keep the state wherever it likes; all of it can be recovered from a printed answer.
`Chat` is the small convenience around it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ncrelations.answer import Answer, answer_to, at_least_one, library, library_for, place, precedent
from ncrelations.citation import Citation
from ncrelations.corpus import resolve
from ncrelations.document import Block, Voice
from ncrelations.excerpt import excerpt_of
from ncrelations.followup import ChatState, Resolved, written_out
from ncrelations.lists import Listed, listed
from ncrelations.words import MAX_QUESTION, clean_question

if TYPE_CHECKING:
    from ncrelations.context import Readings
    from ncrelations.question import Question

__all__ = ["Chat", "ChatState", "turn"]


class Chat:
    """A conversation: each question is read in the light of those before."""

    def __init__(self, state: ChatState | None = None) -> None:
        self.state = state or ChatState()
        """The conversation so far; assign a saved one to go on from it."""

    def ask(
        self, question: str, k: int = 5, within: str | Citation | None = None, voice: str | Voice | None = None
    ) -> Answer:
        """Ask, or follow up. Filters hold for this question. Raises as `ncrelations.ask` does."""
        answer, self.state = turn(self.state, question, k, within, voice)
        return answer

    def reset(self) -> None:
        """Forget the conversation."""
        self.state = ChatState()


def turn(
    state: ChatState,
    question: str,
    k: int = 5,
    within: str | Citation | None = None,
    voice: str | Voice | None = None,
) -> tuple[Answer, ChatState]:
    """Answer a question in the light of a conversation, and say what the conversation has become."""
    text = clean_question(question)
    where, whose = place(within), None if voice is None else Voice.named(voice)
    item = listed(state.citations, text) if where is None and whose is None else None
    if item is not None and item.rest is None:
        return _picked(state, text, item, at_least_one(k))
    if item is not None:
        return _asked_of(state, text, item, k)
    whole, before = library_for(text), state
    asked = whole.read(text)
    if whole.foreign is not None or library_for(state.question).foreign is not None:
        from ncrelations import turns

        before = turns.in_english(state)
    resolved = written_out(before, asked, whole.read) if whole.foreign is None else turns.resolved(before, asked)
    if not state.question:
        answer = answer_to(whole, asked, whole.score(asked), k, where, whose)
    else:
        answer = _follow_up(before, asked, resolved, k, where, whose)
    return answer, _next_state(before, answer, asked, resolved)


def _next_state(state: ChatState, answer: Answer, asked: Question, resolved: Resolved | None) -> ChatState:
    shown = tuple(excerpt.citation for excerpt in answer.excerpts)
    document = asked.document or (state.document if resolved else None)
    subject = asked.text
    if resolved is not None and resolved.aside:
        subject = state.question
    elif resolved is not None and resolved.joined is None:
        subject = resolved.text[:MAX_QUESTION]
    return ChatState(subject, shown, answer.voice, document)


def _picked(state: ChatState, text: str, item: Listed, k: int) -> tuple[Answer, ChatState]:
    """A list's item as the answer; its label says which it is."""
    excerpts = tuple(
        excerpt_of(block, [1.0 - n / 100 for n in range(len(block.sentences))], 1.0) for block in item.blocks[:k]
    )
    voice = excerpts[0].voice
    answer = Answer(text, item.label, "answered", 0.95, (), voice, excerpts)
    cited = tuple(each.citation for each in excerpts)
    return answer, ChatState(item.blocks[0].sentences[0].text, cited, voice, state.document)


def _asked_of(state: ChatState, text: str, item: Listed, k: int) -> tuple[Answer, ChatState]:
    """A question about a list's item, answered from the item and the section it heads."""
    whole = library()
    block = item.blocks[0]
    about = block.section.heading if block.section.parent else block.sentences[0].text
    asked = whole.read(f"{item.rest} ({about})"[:MAX_QUESTION])
    where = block.section.citation if block.section.parent else block.citation
    answer = answer_to(whole, asked, whole.score(asked), k, where, None, side="free")
    answer = replace(answer, question=text, understood_as=f"{item.label}: {item.rest}")
    return answer, ChatState(asked.text, tuple(e.citation for e in answer.excerpts), answer.voice, state.document)


def _follow_up(
    state: ChatState, asked: Question, resolved: Resolved | None, k: int, where: Citation | None, whose: Voice | None
) -> Answer:
    """The answer to a question in the light of the conversation."""
    from ncrelations.context import in_context

    whole = library()
    full = asked if resolved is None else _full(whole.read(resolved.text[:MAX_QUESTION]), resolved)
    readings = _readings(state, asked, full)
    asked_of = library_for(asked.text)
    if resolved is None and readings.own.similarity >= SURE:
        return answer_to(asked_of, asked, readings.own, k, where, whose)
    reading = in_context(state, asked, resolved, readings)
    if resolved is None:
        return answer_to(asked_of, asked, reading, k, where, whose)
    if resolved.document is not None and resolved.whole and where is None:
        where = Citation(resolved.document)
    answer = answer_to(whole, full, reading, k, where, whose, side=resolved.side)
    return replace(answer, question=asked.text, understood_as=resolved.shown(asked.text), language=asked.language)


def _readings(state: ChatState, asked: Question, full: Question) -> Readings:
    from ncrelations.context import Readings

    whole, asked_of = library(), library_for(asked.text)
    own = asked_of.score(asked)
    english = own if full is asked else whole.score(full)
    joined, said = f"{asked.text} {state.question}"[:MAX_QUESTION], _said(state) if state.citations else None
    return Readings(
        own=own,
        full=english,
        joined=whole.score(whole.read(joined), neutral=True) if asked_of.foreign is None else english,
        said=whole.score(whole.read(said), neutral=True) if said else None,
        precedents=precedent("followups", own, state.citations[0]) if state.citations else None,
    )


SURE = 0.75
"""From this cosine with the question bank on, a question that stands on its own drops the context."""


def _full(written: Question, resolved: Resolved) -> Question:
    """The question written out, asking of the sides and the document that the follow-up means."""
    voice = resolved.voices[0] if len(resolved.voices) == 1 else None
    return replace(written, voice=voice, voices=resolved.voices, document=resolved.document, topic=None)


def _said(state: ChatState) -> str:
    """The first sentence of the last answer."""
    block = resolve(state.citations[0])
    assert isinstance(block, Block)  # answers cite blocks
    return block.sentences[0].text
