"""What an answer's status promises: how sure it is, and where another side speaks instead of the one asked for."""

from __future__ import annotations

import pytest

import ncrelations as ncr
from edition_kit import english
from ncrelations.conversations.follow_up import FollowUps

SURE = {"answered": (0.5, 1.0), "partial": (0.0, 0.49), "not_found": (0.0, 0.05)}
"""Between which bounds the confidence of each status lies."""


@pytest.mark.parametrize(
    ("question", "status", "least"),
    [
        ("Why does China distrust AUKUS?", "answered", 0.9),
        ("When was the MERCURY tool built?", "partial", 0.1),
        ("What does wine cost in Bordeaux?", "not_found", 0.0),
        ("Who founded the Quad?", "partial", 0.0),
    ],
)
def test_the_confidence_is_that_of_the_status(question: str, status: str, least: float) -> None:
    """An answer is at least as sure as not; one in part is less, and none at all is hardly sure."""
    answer = ncr.ask(question)
    low, high = SURE[answer.status]
    assert answer.status == status
    assert max(low, least) <= answer.confidence <= high


@pytest.mark.parametrize(
    ("question", "voice", "speaker"),
    [
        ("MERCURY maritime information tool", "china", "report/MS/m3"),
        ("Gottemoeller", "china", "report/MS/m10"),
        ("Why does piracy in the Gulf of Aden matter?", "nato", "report/MS/m3"),
    ],
)
def test_a_side_that_is_silent_is_said_to_be(question: str, voice: str, speaker: str) -> None:
    """Kept to a voice that says nothing, an answer names the passage of another that does."""
    answer = ncr.ask(question, voice=voice)
    assert answer.status == "not_found"
    assert (
        f"says nothing clear on this; another passage does (CSDR-CIISS expert group: {speaker})" in (answer.reasons[0])
    )
    assert all(excerpt.voice.value == voice for excerpt in answer.excerpts)


def test_steps_through_a_list_go_by_one() -> None:
    """ "Next" and "the previous one" are the neighbours of the item just shown."""
    chat = ncr.Chat()
    walked = ["list the risks", "the third one", "next", "next", "the previous one", "previous"]
    shown = [str(chat.ask(line).excerpts[0].citation) for line in walked]
    assert shown[1:] == [f"report/V/b{number}" for number in (3, 4, 5, 4, 3)]


@pytest.mark.parametrize(
    ("question", "side", "swapped"),
    [
        ("How does NATO see China?", ncr.Voice.CHINA, "How does China see NATO?"),
        ("How does NATO see China?", ncr.Voice.NATO, "How does NATO see China?"),
        ("Why does China distrust NATO's plans?", ncr.Voice.NATO, "Why does NATO distrust China's plans?"),
        ("What of trade?", ncr.Voice.NATO, "What of trade?"),
    ],
)
def test_sides_are_exchanged_only_where_the_other_comes_first(question: str, side: ncr.Voice, swapped: str) -> None:
    """A question asked again for a side puts that side first, whichever it was before."""
    assert FollowUps(english().reader)._sides_swapped(question, side) == swapped
