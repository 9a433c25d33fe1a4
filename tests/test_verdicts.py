"""What an answer's status promises: how sure it is, and where another side speaks instead of the one asked for."""

from __future__ import annotations

import pytest

import ncrelations as ncr
from edition_kit import CORPUS, english
from ncrelations.answers.coverage import coverage
from ncrelations.conversations.follow_up import FollowUps
from ncrelations.document.typed_places import voice_at

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


def met(question: str) -> dict[str, str]:
    """The words of a question that count, each with where it is met."""
    asked = english().read(question)
    passages = ncr.search(question, k=3)
    places = [english().index.passages[english().index.passages_at[each.block.citation]] for each in passages]
    return {word.typed: word.where for word in coverage(english().index, asked, asked.reading, places).words}


def test_words_that_only_colour_a_question_are_not_its_subject() -> None:
    """Neither slang, nor what is felt about a matter, nor the asker's task is asked about; a thing is."""
    assert met("lousy but quick: what crap do they somehow grab?") == {}
    assert met("what does NATO say about volcanoes") == {"volcanoes": "nowhere"}


def test_the_rest_of_a_number_is_no_word() -> None:
    """The "9m" of "3.9m" is not looked for; a year is."""
    assert met("PLA headcount 3.9m in 1985") == {"PLA": "here", "headcount": "here", "1985": "here"}


@pytest.mark.parametrize("task", ["check this claim and its author", "who is right", "confirm for my manuscript"])
def test_words_that_nobody_printed_are_no_answer(task: str) -> None:
    """A long quotation that stands in no document is never answered, and what is nearest to its matter is shown."""
    answer = ncr.ask(f'{task}: "Europeans point at Putin, says Wong, and Beijing pins the war on the alliance"')
    assert answer.status == "partial"
    assert answer.reasons[0] == "these words do not stand in the documents"
    assert str(answer.excerpts[0].block.citation) == "article/reality-check/p4"


def test_a_follow_up_without_words_of_its_own_is_about_what_was_shown() -> None:
    """It is near nothing by itself; another subject is still refused."""
    chat = ncr.Chat()
    chat.ask("Which Chinese companies were banned for security reasons?")
    assert chat.ask("which ones do they point at?").status != "not_found"
    assert chat.ask("and how do I bake a sponge cake?").status == "not_found"


@pytest.mark.parametrize(("typed", "voice"), [("wong", "author"), ("Chinese", "china"), ("allies", "nato")])
def test_a_voice_is_named_as_in_a_follow_up(typed: str, voice: str) -> None:
    """What "and the allies?" calls a voice names it in a filter that is typed, too."""
    found = voice_at(CORPUS, typed)
    assert found is not None
    assert found.value == voice


def test_a_name_is_told_once() -> None:
    """A reason that names a person does not name the surname beside it."""
    reason = ncr.ask("What does Xi Jinping think of NATO?").reasons[0]
    assert reason.count("Jinping") == 1
