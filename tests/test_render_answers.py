"""What an answer's page shows beside its excerpts: the library's own words, what is near, the steps."""

from __future__ import annotations

from dataclasses import replace

import pytest

import ncrelations as n
from ncrelations.answers.answer import Nearby, Status, Step
from ncrelations.document.excerpt import excerpt_of
from ncrelations.render import answer_page, linker, markdown, plain
from ncrelations.render.answer_pages import explanation_page
from ncrelations.texts import Reason, Texts

BLOCK = n.resolve("report/IV/b7")
assert isinstance(BLOCK, n.Block)
EXCERPT = excerpt_of(BLOCK, [1.0] * len(BLOCK.sentences), 1.0)
NEAR = n.resolve("report/V/b3")
assert isinstance(NEAR, n.Block)
NEARBY = Nearby(NEAR.citation, NEAR.human, n.Voice.CHINA, "Economic and technological decoupling …")
ANSWER = n.Answer("AUKUS", None, "answered", 1.0, (), None, (EXCERPT,))
THANKS = Reason("note.thanks")


def test_a_note_is_our_own_words() -> None:
    """A note stands between the verdict and the passages, neither quoted nor marked as an answer."""
    page = answer_page(replace(ANSWER, note=THANKS))
    at = [paragraph.text for paragraph in page].index("You are welcome.")
    assert page[at].kind == "text"
    assert plain(page).startswith("Question: AUKUS\nIn the documents (confidence 100%)\nYou are welcome.\n\n1. Chinese")
    assert "> You are welcome" not in markdown(page)


def test_a_note_is_said_in_the_language() -> None:
    """The library's own words are those of the language that the page is shown in."""
    assert THANKS not in plain(answer_page(replace(ANSWER, note=THANKS), texts=Texts("de")))


@pytest.mark.parametrize("status", ["answered", "not_found"])
def test_small_talk_has_no_verdict(status: Status) -> None:
    """A note without passages or reasons stands alone: nothing was asked of the documents."""
    talk = replace(ANSWER, question="thanks", status=status, excerpts=(), note=THANKS)
    assert plain(answer_page(talk)) == "Question: thanks\n\nYou are welcome.\n"


def test_a_note_that_is_the_reason_is_said_once() -> None:
    """Where what the library says is why nothing was found, the verdict says it."""
    note = Reason("note.not_quoted")
    silent = replace(ANSWER, status="not_found", excerpts=(), reasons=(note,), note=note)
    assert plain(answer_page(silent)).endswith("\nNot in the documents: these words do not stand in the documents\n")


def test_what_is_near_is_one_line_each_after_the_passages() -> None:
    """Place, voice and first words of each follow the passages, the place linked, without a blank line between."""
    page = answer_page(replace(ANSWER, nearby=(NEARBY, NEARBY)), linker("https://example.org/r"))
    line = "nearby: report/V/b3, Chinese perception of NATO: Economic and technological decoupling …\n"
    assert plain(page, None).endswith(f"report/IV/b7\n\n{line}{line}")
    assert "nearby: [`report/V/b3`](https://example.org/r/report.html#report/V/b3), *Chinese" in markdown(page)
    assert page[-1].kind == "text"


def test_lines_of_what_is_near_hang() -> None:
    """In a narrow terminal the second line begins below the first one's place."""
    shown = plain(answer_page(replace(ANSWER, nearby=(NEARBY,))), 60).splitlines()
    assert shown[-2].startswith("nearby: report/V/b3, ")
    assert shown[-1].startswith("        ")


def test_the_explanation_says_what_the_answer_explains() -> None:
    """Without line breaks the page of the steps is `explain()`, word for word."""
    answer = replace(ANSWER, steps=(Step("reading", "AUKUS"), Step("verdict", "answered")))
    assert plain(explanation_page(answer), None).rstrip("\n") == answer.explain()
    assert explanation_page(ANSWER) == ()


def test_what_does_not_answer_has_no_answering_sentence() -> None:
    """Passages near a question that is not answered stand without a mark; those of an answer in part have theirs."""
    answer = n.ask("maritime security", 2)
    assert "«" in plain(answer_page(answer))
    assert "«" in plain(answer_page(replace(answer, status="partial")))
    refused = replace(answer, status="not_found", reasons=(Reason("note.not_quoted"),))
    assert "«" not in plain(answer_page(refused))
    assert all(excerpt.text in plain(answer_page(refused), None) for excerpt in refused.excerpts)
