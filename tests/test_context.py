"""What a conversation adds to a question."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import ncrelations as ncr
from edition_kit import english, index
from ncrelations.conversations import turn as module
from ncrelations.conversations.context import WEIGHTS, Context, Readings
from ncrelations.conversations.follow_up import FollowUps
from ncrelations.conversations.state import ChatState, Resolved
from ncrelations.document.citation import Citation
from ncrelations.document.voice import Voice
from ncrelations.editions.nato_china.edition import edition
from ncrelations.questions.question import Question
from ncrelations.retrieval.signals import Scores

STATE = ChatState(
    "Why does maritime security matter to China?",
    (Citation.parse("report/VI.1/p2"), Citation.parse("report/VI.1/p4")),
)


Parts = tuple[ChatState, Question, Resolved | None, Voice | None, Readings]


def parts(question: str, state: ChatState = STATE) -> Parts:
    """What the signals of a follow-up are found from."""
    scorer = english()
    asked = scorer.read(question)
    resolved = FollowUps(scorer.reader).written_out(state, asked)
    full = asked if resolved is None else module._full(scorer.read(resolved.text), resolved)
    side = scorer.reader.whose_view.meant(asked.text)
    return state, asked, resolved, side, edition().turns.readings(state, scorer, asked, full)


def found(question: str, state: ChatState = STATE) -> dict[str, Scores]:
    """The signals of a follow-up."""
    return Context(index()).signals(*parts(question, state))


def test_every_signal_has_a_weight() -> None:
    """The weights name the signals there are, all of them; each signal has a finite number for every passage."""
    rows = found("and for NATO?")
    assert set(rows) == set(WEIGHTS)
    for name, row in rows.items():
        assert row.shape == (len(index().passages),), name
        assert np.isfinite(row).all(), name


def test_places_are_told_from_the_last_answer() -> None:
    """The block shown first, its neighbours in the section, and the others shown."""
    rows, at = found("why?"), index().passages_at
    for name, citation in (
        ("same block", "report/VI.1/p2"),
        ("next block", "report/VI.1/p3"),
        ("block before", "report/VI.1/p1"),
        ("shown too", "report/VI.1/p4"),
        ("other side", ""),
    ):
        places = [str(c) for c, position in at.items() if rows[name][position]]
        assert places == ([citation] if citation else []), name
    assert rows["same section"].sum() == 4


def test_the_side_named_has_its_own_blocks() -> None:
    """After China's interest, "NATO" means the block on NATO's."""
    rows, at = found("and NATO?"), index().passages_at
    assert rows["other side"][at[Citation.parse("report/VI.1/p3")]] == 1


def test_remedies_are_the_proposals() -> None:
    """ "What would help?" raises the proposals, "why?" does not."""
    assert found("what would help?")["remedy"].sum() > 4
    assert found("why is that?")["remedy"].sum() == 0


def test_a_conversation_without_an_answer_adds_no_place() -> None:
    """Where the last answer showed nothing, nothing is near it."""
    rows = found("why?", ChatState("Why does maritime security matter to China?"))
    assert not rows["same section"].any()
    assert not rows["said"].any()


def test_the_scores_are_the_weighted_sum() -> None:
    """The reading in context scores as the signals say."""
    every = parts("and NATO?")
    assert every[2] is not None
    rows = found("and NATO?")
    total = sum(weight * rows[name] for name, weight in WEIGHTS.items())
    assert Context(index()).in_context(*every).scores == pytest.approx(total)


def test_sentences_are_a_mean_of_the_readings() -> None:
    """Where all readings find a sentence equally near, so does the reading in context."""
    state, asked, resolved, side, readings = parts("and NATO?")
    alike = replace(readings, own=readings.full, joined=readings.full)
    read = Context(index()).in_context(state, asked, resolved, side, alike)
    assert read.sentences == pytest.approx(readings.full.sentences)


def test_the_same_conversation_gives_the_same_answers() -> None:
    """Nothing of a conversation is kept outside its state."""
    questions = ("What risks do the experts see?", "the second one", "what would help?", "and in the article?")
    first, second = ncr.Chat(), ncr.Chat()
    assert [first.ask(q) for q in questions] == [second.ask(q) for q in questions]
