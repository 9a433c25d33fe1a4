"""What a conversation adds to a question."""

from __future__ import annotations

import numpy as np
import pytest

import ncrelations as ncr
from ncrelations.conversations import chat as module
from ncrelations.conversations.context import WEIGHTS, in_context, signals
from ncrelations.conversations.follow_up import written_out
from ncrelations.conversations.state import ChatState
from ncrelations.document.citation import Citation
from ncrelations.editions.nato_china.edition import edition

STATE = ChatState(
    "Why does maritime security matter to China?",
    (Citation.parse("report/VI.1/p2"), Citation.parse("report/VI.1/p4")),
)


def found(question: str, state: ChatState = STATE) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """The signals of a follow-up."""
    whole = edition()
    asked = whole.read(question)
    resolved = written_out(state, asked, whole.read)
    full = asked if resolved is None else module._full(whole.read(resolved.text), resolved)
    return signals(state, asked, resolved, module._readings(state, asked, full))


def test_every_signal_has_a_weight() -> None:
    """The weights name the signals there are, all of them; each signal has a finite number for every passage."""
    rows = found("and for NATO?")
    assert set(rows) == set(WEIGHTS)
    for name, row in rows.items():
        assert row.shape == (len(edition().index.passages),), name
        assert np.isfinite(row).all(), name


def test_places_are_told_from_the_last_answer() -> None:
    """The block shown first, its neighbours in the section, and the others shown."""
    rows, at = found("why?"), edition().index.passages_at
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
    rows, at = found("and NATO?"), edition().index.passages_at
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
    whole = edition()
    asked = whole.read("and NATO?")
    resolved = written_out(STATE, asked, whole.read)
    assert resolved is not None
    readings = module._readings(STATE, asked, module._full(whole.read(resolved.text), resolved))
    rows = signals(STATE, asked, resolved, readings)
    total = sum(weight * rows[name] for name, weight in WEIGHTS.items())
    assert in_context(STATE, asked, resolved, readings).scores == pytest.approx(total)


def test_the_same_conversation_gives_the_same_answers() -> None:
    """Nothing of a conversation is kept outside its state."""
    questions = ("What risks do the experts see?", "the second one", "what would help?", "and in the article?")
    first, second = ncr.Chat(), ncr.Chat()
    assert [first.ask(q) for q in questions] == [second.ask(q) for q in questions]
