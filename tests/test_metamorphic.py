"""What must not change an answer, and what must: lists by other hands, put together by program.

The floors are what was measured, less a little; `docs/evaluation.md` says how far the aims are.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import ncrelations as ncr
from eval.harness import cases, share
from ncrelations.answers.answer import Answer

LISTS = Path(__file__).parent / "metamorphic"


def lines(name: str) -> list[str]:
    """The lines of a list, as they stand: an ending begins with its space."""
    return [line for line in (LISTS / f"{name}.txt").read_text("utf-8").split("\n") if line.strip()]


def records(name: str) -> list[dict[str, Any]]:
    """The entries of a list of records."""
    return [json.loads(line) for line in (LISTS / f"{name}.jsonl").read_text("utf-8").splitlines()]


@cache
def ask(question: str) -> Answer:
    """The answer to a question, asked once."""
    return ncr.ask(question)


def first(answer: Answer) -> str:
    """Where the first excerpt stands."""
    return str(answer.excerpts[0].block.citation) if answer.excerpts else ""


def plain() -> list[str]:
    """Questions with one passage for an answer, some of every kind."""
    return [each.question for each in cases("fit") if each.kind in ("plain", "paraphrase", "one-sided")][::6]


ABSENT, FRAMES = lines("absent_subjects"), lines("frames")


@pytest.mark.parametrize("part", range(4))
def test_absent_subjects_are_never_answered(part: int) -> None:
    """A subject that the documents never speak of is not answered, whatever asks for it."""
    asked = [frame.replace("{X}", subject) for subject, frame in zip(ABSENT * 2, _frames(part), strict=False)]
    answered = [question for question in asked if ask(question).status == "answered"]
    print(f"{len(answered)} of {len(asked)}", *answered, sep="\n  ")
    assert len(answered) <= 0.03 * len(asked)


def _frames(part: int) -> list[str]:
    shifted = FRAMES[part * 13 :] + FRAMES[: part * 13]
    return (shifted * 8)[: len(ABSENT)]


def test_no_document_speaks_of_an_absent_subject() -> None:
    """The list of absent subjects is what it says: no passage has one of them."""
    whole = "\n".join(each.text.casefold() for document in ncr.documents() for each in document.blocks)
    assert [subject for subject in ABSENT if f" {subject.casefold()} " in whole] == []


def _steady(change: Callable[[str, int], str]) -> tuple[float, float]:
    """Over some questions: the share with the same status, and with the same first excerpt, once changed."""
    asked = [(ask(question), ask(change(question, n))) for n, question in enumerate(plain())]
    return share(a.status == b.status for a, b in asked), share(first(a) == first(b) for a, b in asked)


CHANGES: dict[str, Callable[[str, int], str]] = {
    "preamble": lambda q, n: lines("preambles")[n % 44] + q[0].lower() + q[1:],
    "ending": lambda q, n: q.rstrip("?. ") + lines("endings")[n % 28],
    "small letters": lambda q, _: q.lower(),
    "capitals": lambda q, _: q.upper(),
    "no mark": lambda q, _: q.rstrip("?. "),
    "two marks": lambda q, _: q.rstrip("?. ") + "??",
    "spaces": lambda q, _: f"  {q.replace(' ', '  ')} ",
}


@pytest.mark.parametrize("kind", CHANGES)
def test_politeness_and_case_change_nothing(kind: str) -> None:
    """Preambles, thanks, capitals, marks and spaces change neither the verdict nor the passage."""
    status, passage = _steady(CHANGES[kind])
    print(f"{kind}: status {status:.3f}, passage {passage:.3f}")
    assert status >= 0.96
    assert passage >= 0.94


def test_single_words_of_the_documents_are_answered() -> None:
    """A subject that stands in the documents in its own words is not refused when typed alone."""
    own = [each for each in records("present_subjects") if each["wording"] == "own"]
    refused = [each["subject"] for each in own if ask(each["subject"]).status == "not_found"]
    print(refused)
    assert len(refused) <= 0.03 * len(own)


def test_a_filter_that_excludes_the_answer_changes_the_verdict() -> None:
    """The report's own questions are mostly not answered from the article alone."""
    own = [each for each in cases("fit") if each.kind == "plain" and _only(each.evidence, "report/")][::3]
    assert len(own) > 20
    answered = [each.question for each in own if ncr.ask(each.question, within="article").status == "answered"]
    print(f"{len(answered)} of {len(own)}", *answered, sep="\n  ")
    assert len(answered) <= 0.2 * len(own)


def _only(evidence: tuple[frozenset[str], ...], start: str) -> bool:
    return bool(evidence) and all(each.startswith(start) for group in evidence for each in group)


def test_swapped_sides_are_not_answered_as_often() -> None:
    """Who does what to whom counts: with the sides exchanged fewer questions are answered."""
    pairs = [(ask(each["question"]), ask(each["swapped"])) for each in records("swaps")]
    straight, swapped = (share(pair[n].status == "answered" for pair in pairs) for n in (0, 1))
    print(f"answered: {straight:.3f}, with the sides exchanged {swapped:.3f}")
    assert straight >= 0.85
    assert swapped <= 0.4


def test_structure_is_answered_from_the_structure() -> None:
    """Places, sections, lists, mentions and quotations are looked up, none of them searched for."""
    wrong = [each for each in records("structure") if each["expect"] and not _met(each)]
    print(*(f"{each['kind']}: {each['question']}" for each in wrong), sep="\n")
    assert len(wrong) <= 3


def _met(each: dict[str, Any]) -> bool:
    answer = ask(each["question"])
    found = {str(s.citation) for excerpt in answer.excerpts for s in excerpt.sentences}
    found |= {place.rsplit("/", 1)[0] for place in found} | {place.rsplit("/", 2)[0] for place in found}
    return bool(found & {*each["expect"]})


def test_true_quotations_are_confirmed_and_false_ones_not() -> None:
    """A quotation that stands in a document is shown where it stands; one that does not is never confirmed."""
    true = [f"does it say “{each['quote']}”?" for each in records("true_quotes")]
    false = [f"does it say “{quote}”?" for quote in lines("fake_quotes")]
    assert share(ask(question).status == "answered" for question in true) >= 0.99
    assert share(ask(question).status == "answered" for question in false) <= 0.01


def test_a_question_beside_quoted_words_is_answered_for_itself() -> None:
    """Where quoted words stand, or that they stand nowhere, is said; what else is asked is mostly judged as alone."""
    quotes = [quote for both in zip(lines("fake_quotes"), records("true_quotes"), strict=False) for quote in both]
    words = [quote if isinstance(quote, str) else quote["quote"] for quote in quotes]
    asked = [(quote, question) for quote, question in zip(words, plain(), strict=False) if len(quote.split()) > 5]
    pairs = [(ask(f"A blog says “{quote}”. {question}"), ask(question)) for quote, question in asked]
    assert len(pairs) > 50
    assert share(bool(beside.note) for beside, _ in pairs) == 1
    assert share(beside.status == alone.status for beside, alone in pairs) >= 0.85
