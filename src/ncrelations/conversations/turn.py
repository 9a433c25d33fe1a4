"""One turn of a conversation: a question answered in the light of those before.

`Turns.turn` is a pure function from a frozen state and a question to an answer and the next state, so that a
frontend can keep the state wherever it likes; all of it can be recovered from a printed answer.
"""

from __future__ import annotations

from dataclasses import replace

from ncrelations.answers.answer import Answer, Filters
from ncrelations.answers.answering import answer_to, at_least_one, beside_quotation
from ncrelations.answers.english_scorer import EnglishScorer
from ncrelations.answers.scoring import Scorer, scored
from ncrelations.conversations.asides import answer_aside, aside
from ncrelations.conversations.context import Context, Readings
from ncrelations.conversations.follow_up import FollowUps
from ncrelations.conversations.list_picks import Listed, ListPicks
from ncrelations.conversations.other_languages import OtherLanguages
from ncrelations.conversations.state import ChatState, Resolved
from ncrelations.document.citation import Citation
from ncrelations.document.excerpt import excerpt_of
from ncrelations.document.tree import Block
from ncrelations.languages.scorers import Scorers
from ncrelations.languages.structures import Structures, asks_more
from ncrelations.models.encoder import Vectors
from ncrelations.questions.question import Question
from ncrelations.questions.structure import Structure
from ncrelations.retrieval.signals import Scores
from ncrelations.text.words import MAX_QUESTION, clean_question

SURE = 0.75
"""From this cosine with the question bank on, a question that stands on its own drops the context."""


class Turns:
    """Answers the turns of conversations about one corpus. Safe to share between threads."""

    def __init__(self, scorers: Scorers, structures: Structures) -> None:
        self._scorers, self._english, self._structures = scorers, scorers.english, structures
        self._picks = ListPicks(scorers.corpus)
        self._follow_ups = FollowUps(scorers.english.reader)
        self._other = OtherLanguages(scorers, self._follow_ups)
        self._context = Context(scorers.english.index)

    def turn(self, state: ChatState, question: str, k: int, filters: Filters) -> tuple[Answer, ChatState]:
        """Answer a question in the light of a conversation, and say what the conversation has become."""
        text = clean_question(question)
        found = self._structures.answer(text, filters)
        if found and asks_more(*found):
            answer, after = self._asked(state, text, k, filters)
            return beside_quotation(found[0], answer, found[1]), after
        if found:
            return found[0], _after_structure(state, *found)
        if state.citations and (about := aside(text)):
            return answer_aside(self._scorers.corpus, state, text, about), state
        unfiltered = filters == Filters()
        item = self._picks.listed(state, text) if unfiltered else None
        if item is not None and item.rest is None:
            return _picked(state, text, item, at_least_one(k))
        if item is not None:
            return self._asked_of(state, text, item, k)
        return self._asked(state, text, k, filters)

    def _asked(self, state: ChatState, text: str, k: int, filters: Filters) -> tuple[Answer, ChatState]:
        """A question that is answered from the passages, alone or in the light of the conversation."""
        scorer = self._scorers.of(text)
        asked, before = scorer.read(text), self._other.in_english(state)
        english = scorer is self._english
        resolved = (self._follow_ups.written_out if english else self._other.resolved)(before, asked)
        if not state.question:
            answer = answer_to(scorer, scored(scorer, asked), k, filters)
        else:
            answer = self._follow_up(before, scorer, asked, resolved, k, filters)
        return answer, _next_state(before, answer, asked, resolved)

    def _asked_of(self, state: ChatState, text: str, item: Listed, k: int) -> tuple[Answer, ChatState]:
        """A question about a list's item, answered from the item and the section it heads."""
        block = item.blocks[0]
        about = block.section.heading if block.section.parent else block.sentences[0].text
        asked = self._english.read(f"{item.rest} ({about})"[:MAX_QUESTION])
        where = block.section.citation if block.section.parent else block.citation
        answer = answer_to(self._english, scored(self._english, asked), k, Filters(where), side="free")
        answer = replace(answer, question=text, understood_as=f"{item.label}: {item.rest}")
        return answer, ChatState(asked.core, tuple(e.citation for e in answer.excerpts), answer.voice, state.document)

    def _follow_up(
        self, state: ChatState, scorer: Scorer, asked: Question, resolved: Resolved | None, k: int, filters: Filters
    ) -> Answer:
        """The answer to a question in the light of the conversation."""
        full = asked if resolved is None else _full(self._english.read(resolved.text[:MAX_QUESTION]), resolved)
        readings = self.readings(state, scorer, asked, full)
        if resolved is None and readings.own.similarity >= SURE:
            return answer_to(scorer, scored(scorer, asked, readings.own), k, filters)
        side = self._english.reader.whose_view.meant(asked.core)
        reading = self._context.in_context(state, asked, resolved, side, readings)
        if resolved is None:
            return answer_to(scorer, scored(scorer, asked, reading), k, filters)
        if resolved.document is not None and resolved.whole and filters.within is None:
            filters = replace(filters, within=Citation(resolved.document))
        answer = answer_to(self._english, scored(self._english, full, reading), k, filters, side=resolved.side)
        shown = resolved.shown(asked.text)
        return replace(answer, question=asked.text, understood_as=shown, language=asked.language)

    def readings(self, state: ChatState, scorer: Scorer, asked: Question, full: Question) -> Readings:
        """The readings of a follow-up, each scored against everything indexed."""
        english = self._english
        own = scorer.score(asked)
        whole = own if full is asked else english.score(full)
        joined, said = f"{asked.core} {state.question}"[:MAX_QUESTION], self._said(state)
        return Readings(
            own=own,
            full=whole,
            joined=english.score(english.read(joined), neutral=True) if scorer is english else whole,
            said=english.score(english.read(said), neutral=True) if said else None,
            written=_written(english, state, own.vector),
        )

    def _said(self, state: ChatState) -> str | None:
        """The first sentence of the last answer."""
        return self._scorers.corpus.block_at(state.citations[0]).sentences[0].text if state.citations else None


def _written(english: EnglishScorer, state: ChatState, vector: Vectors) -> Scores | None:
    """What follow-ups written beforehand say for each passage, where something was shown."""
    written = english.written("followups") if state.citations else None
    return None if written is None else written.answering(vector, english.index.passages_at[state.citations[0]])


def _full(written: Question, resolved: Resolved) -> Question:
    """The question written out, asking of the sides and the document that the follow-up means."""
    voice = resolved.voices[0] if len(resolved.voices) == 1 else None
    return written._replace(voice=voice, voices=resolved.voices, document=resolved.document, topic=None, follows=True)


def _after_structure(state: ChatState, answer: Answer, structure: Structure) -> ChatState:
    """The conversation after something of the structure was shown; small talk leaves no trace."""
    if not answer.excerpts or structure.kind == "about":
        return state
    first = answer.excerpts[0]
    subject = structure.items.title if structure.items else structure.words or _topic_of(first.block)
    shown = tuple(excerpt.citation for excerpt in answer.excerpts)
    return ChatState(subject[:MAX_QUESTION], shown, None, state.document, listed=structure.items is not None)


def _topic_of(block: Block) -> str:
    """What a block is about, in the words of its heading."""
    return block.section.heading or block.section.description


def _picked(state: ChatState, text: str, item: Listed, k: int) -> tuple[Answer, ChatState]:
    """A list's item as the answer; its label says which it is."""
    excerpts = tuple(
        excerpt_of(block, [1.0 - n / 100 for n in range(len(block.sentences))], 1.0) for block in item.blocks[:k]
    )
    voice = excerpts[0].voice
    answer = Answer(text, item.label, "answered", 0.95, (), voice, excerpts)
    cited = tuple(each.citation for each in excerpts)
    return answer, ChatState(item.topic, cited, voice, state.document, listed=item.of_list)


def _next_state(state: ChatState, answer: Answer, asked: Question, resolved: Resolved | None) -> ChatState:
    shown = tuple(excerpt.citation for excerpt in answer.excerpts)
    document = asked.document or (state.document if resolved else None)
    subject = asked.core
    if resolved is not None and resolved.aside:
        subject = state.question
    elif resolved is not None and resolved.joined is None:
        subject = resolved.text[:MAX_QUESTION]
    return ChatState(subject, shown, answer.voice, document)
