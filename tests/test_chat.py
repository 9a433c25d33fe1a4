"""Conversations: follow-ups, switches of side and document, lists, changes of subject."""

from __future__ import annotations

import dataclasses

import pytest

import ncrelations as ncr
from ncrelations.editions.nato_china.public import turn
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.text.words import MAX_QUESTION


def first(answer: ncr.Answer) -> str:
    """The citation of the first excerpt."""
    return str(answer.excerpts[0].citation)


def test_a_place_is_put_in() -> None:
    """ "and about Afghanistan?" asks the last question of Afghanistan."""
    chat = ncr.Chat()
    assert first(chat.ask("Why might NATO and China talk about Korea?")).startswith("report/VI.3/")
    answer = chat.ask("and about Afghanistan?")
    assert answer.understood_as == "Why might NATO and China talk about Afghanistan?"
    assert first(answer).startswith("report/VI.5/")


def test_the_other_side() -> None:
    """ "and the Chinese view?" after NATO's view is answered from China's perceptions only."""
    chat = ncr.Chat()
    assert chat.ask("What does NATO think about Chinese technology?").excerpts[0].voice is Voice.NATO
    answer = chat.ask("and the Chinese view?")
    assert answer.voice is Voice.CHINA
    assert answer.excerpts[0].voice is Voice.CHINA


def test_the_other_sides_interest() -> None:
    """ "and NATO?" after China's interest in a topic gives NATO's interest in it."""
    chat = ncr.Chat()
    assert first(chat.ask("Why does maritime security matter to China?")) == "report/VI.1/p2"
    assert first(chat.ask("and NATO?")) == "report/VI.1/p3"


def test_the_other_document() -> None:
    """ "in the article instead" keeps to the article."""
    chat = ncr.Chat()
    chat.ask("What does the report say about strategic competition?")
    answer = chat.ask("in the article instead")
    assert all(excerpt.citation.document == "article" for excerpt in answer.excerpts)


def test_lists() -> None:
    """Ordinals, "next" and "the last one" walk a list."""
    chat = ncr.Chat()
    chat.ask("What risks do the experts see?")
    assert first(chat.ask("the third risk")) == "report/V/b3"
    assert first(chat.ask("next")) == "report/V/b4"
    answer = chat.ask("the last one")
    assert first(answer) == "report/V/b7"
    assert answer.understood_as == 'item 7 of 7 of "CONSEQUENCES AND RISKS"'


def test_a_number_the_list_lacks_is_a_question() -> None:
    """ "the eleventh risk" of seven picks nothing."""
    chat = ncr.Chat()
    chat.ask("What risks do the experts see?")
    assert first(chat.ask("the eleventh risk")) != "report/V/b11"


def test_a_change_of_subject_drops_the_context() -> None:
    """A question that stands on its own is answered as if it came first."""
    chat = ncr.Chat()
    chat.ask("Why does China distrust AUKUS?")
    question = "Which courses did Chinese officers attend in Oberammergau?"
    answer = chat.ask(question)
    assert answer == ncr.ask(question)
    assert answer.understood_as is None


def test_the_state_is_all() -> None:
    """The same state and question give the same answer and the same next state."""
    _, state = turn(ncr.ChatState(), "Why does China distrust AUKUS?")
    assert turn(state, "and NATO?") == turn(dataclasses.replace(state), "and NATO?")
    with pytest.raises(dataclasses.FrozenInstanceError):
        state.question = "another"  # type: ignore[misc]


def test_a_follow_up_to_the_longest_question() -> None:
    """A follow-up is never refused because the question before it was long."""
    chat = ncr.Chat()
    chat.ask(f"Why does China distrust AUKUS and {'the Quad and ' * 160}"[: MAX_QUESTION - 1] + "?")
    for follow_up in ("why?", "and NATO?", "what about it?", "and about Taiwan?", "in the article instead"):
        assert chat.ask(follow_up).excerpts


def test_reset() -> None:
    """After a reset nothing is carried over."""
    chat = ncr.Chat()
    chat.ask("Why does China distrust AUKUS?")
    chat.reset()
    assert chat.state == ncr.ChatState()
