"""What an answer's status promises: how sure it is, and where another side speaks instead of the one asked for."""

from __future__ import annotations

import pytest

import ncrelations as ncr

SURE = {"answered": (0.5, 1.0), "partial": (0.0, 0.49), "not_found": (0.0, 0.05)}
"""Between which bounds the confidence of each status lies."""


@pytest.mark.parametrize(
    ("question", "status", "least"),
    [
        ("Why does China distrust AUKUS?", "answered", 0.9),
        ("When was the MERCURY tool built?", "partial", 0.1),
        ("What does wine cost in Bordeaux?", "not_found", 0.0),
        ("Who founded the Quad?", "not_found", 0.0),
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
