"""Floors under the answers' quality, on a part of the fitting set; `make eval` has the whole picture."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

import page_inputs
from edition_kit import CORPUS, bank, english, index
from eval.evaluate import PAGE
from eval.fit_judgement import out_of_scope
from eval.harness import NEWEST, Result, asked, cases, chains, conversed, figures, share
from ncrelations.answers import scoring
from ncrelations.retrieval.written_beforehand import Written


@pytest.fixture(name="part", scope="module")
def _part() -> list[Result]:
    return asked(cases("fit")[::3])


def test_floors(part: list[Result]) -> None:
    """On a third of the fitting set no figure falls below its floor."""
    found = figures(part)
    assert found.hit1 >= 0.96
    assert found.hit3 >= 0.98
    assert found.multi >= 0.88
    assert found.other_refused >= 0.95
    assert found.doubted >= 0.7
    assert found.wrongly_doubted <= 0.075
    assert found.words <= 80
    assert found.highlighted >= 0.9
    assert found.verbatim == 1


GROUPS = dict.fromkeys(("podcast", "aide", "checker", "coach", "clerk", "hobbyist", "phd", "planner"), "later")
GROUPS |= dict.fromkeys(NEWEST, "newest")
"""The readers who came after the first: their questions are harder, and have floors of their own."""

FIRST_FLOORS = {"hit1": 0.9, "hit3": 0.96, "multi": 0.7, "other_refused": 0.95, "doubted": 0.7, "verbatim": 1.0}
NEWEST_FLOORS = {"hit1": 0.88, "hit3": 0.93, "multi": 0.75, "other_refused": 0.95, "doubted": 0.6, "verbatim": 1.0}
LATER_FLOORS = {"hit1": 0.95, "hit3": 0.97, "multi": 0.75, "other_refused": 0.95, "doubted": 0.67, "verbatim": 1.0}


@pytest.mark.parametrize(
    ("group", "floors", "doubted", "refused"),
    [("first", FIRST_FLOORS, 0.05, 0.03), ("later", LATER_FLOORS, 0.11, 0.09), ("newest", NEWEST_FLOORS, 0.06, 0.04)],
)
def test_floors_in_peoples_wording(group: str, floors: dict[str, float], doubted: float, refused: float) -> None:
    """On half of the fitting half in people's wording, too, no figure falls below its floor."""
    some = [case for case in cases("people_fit") if GROUPS.get(case.id.partition("-")[0], "first") == group]
    found = figures(asked(some[::2]))
    print(found)
    assert {name: value for name in floors if (value := getattr(found, name)) < floors[name]} == {}
    assert found.wrongly_doubted <= doubted
    assert found.wrongly_refused <= refused


def test_what_sounds_unanswerable_is_answered_and_what_is_absent_is_not() -> None:
    """Of questions that the documents answer in passing few are doubted, of those about something else most."""
    odd, outside = asked(cases("odd_fit")[::3]), asked(out_of_scope()[::3])
    doubted, caught = (share(each.answer.status != "answered" for each in some) for some in (odd, outside))
    print(f"{doubted:.3f} of {len(odd)}, {caught:.3f} of {len(outside)}")
    assert doubted <= 0.22
    assert caught >= 0.9


def test_confidence_holds_in_peoples_wording() -> None:
    """On the page, answers of a bin are as often right as they are sure, to .07, one in four questions unanswerable."""
    part = PAGE.read_text("utf-8").partition("## Calibration (people's report half)")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| 0.")]
    gaps = {row[0]: abs(float(row[2]) - float(row[3])) for row in rows if int(row[1]) >= 20}
    assert len(gaps) == 5
    assert {name: gap for name, gap in gaps.items() if gap > 0.07} == {}


def test_people_halves_are_apart() -> None:
    """No question in people's wording stands in both halves."""
    fit, report = ({case.question.casefold() for case in cases(f"people_{name}")} for name in ("fit", "report"))
    assert not fit & report
    assert len(report) >= 250


def test_false_alarms(part: list[Result]) -> None:
    """On the first questions of the fitting set, which the bound was set on, few answerable ones are doubted."""
    first = [result for result in part if result.case.id[0] in "fgh"]
    assert len(first) > 150
    assert figures(first).wrongly_doubted <= 0.06


def test_follow_up_floor() -> None:
    """Half of the fitting conversations keep their level."""
    turns = conversed(chains("fit")[::2])
    assert share(t.hit(1) for t in turns) >= 0.88
    assert share(t.hit(3) for t in turns) >= 0.935


def test_sets_are_apart() -> None:
    """No question stands in two sets, nor in the question bank."""
    known = {each["question"].casefold() for each in bank("questions")}
    fit, report = ({case.question.casefold() for case in cases(name)} for name in ("fit", "report"))
    assert not fit & report
    assert len(report & known) <= 8, "short keywords may coincide"
    assert len(report) >= 150
    several = {each.text.casefold() for each in Written(CORPUS, "several").questions}
    assert not (fit | report) & several


def test_conversations_are_apart() -> None:
    """Beyond a few words ("where did he say that?") no follow-up of the report half was written beforehand."""
    written = {each.text.casefold().strip(" ?!.") for each in Written(CORPUS, "followups").questions}
    turns = [case.question.casefold().strip(" ?!.") for chain in chains("report") for case in chain[1:]]
    assert [turn for turn in turns if len(turn.split()) > 5 and turn in written] == []
    assert sum(turn in written for turn in turns) <= 0.08 * len(turns)


def test_bank_covers_every_sentence() -> None:
    """Every block has at least eight bank questions, every sentence at least one (the author label aside)."""
    whole = index()
    owned = Counter(question.passage for question in whole.bank)
    few = [str(p.block.citation) for p in whole.passages if owned[p.position] < 8]
    assert few in ([], ["article/front/p3"])
    assert set(whole.asked_sentence) == set(range(len(whole.sentences)))


def test_bank_questions_find_their_own_block() -> None:
    """Left out of the bank in turn, nearly every question still finds its block among the first three."""
    whole = index()
    owner = whole.question_owner
    vectors = whole.vectors("questions")[: len(owner)]
    near = vectors @ vectors.T
    np.fill_diagonal(near, -1)
    best = np.full((len(whole.passages), len(owner)), -1.0)
    np.maximum.at(best, owner, near)
    rank = (best > best[owner, np.arange(len(owner))]).sum(axis=0)
    strays = [whole.bank[n].text for n in np.flatnonzero(rank >= 10)]
    print(f"{len(strays)} questions for review:", *strays[:50], sep="\n  ")
    assert np.mean(rank < 3) >= 0.75


def test_leaving_a_signal_out_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The evaluation's ablation changes the scores: they follow `scoring.WEIGHTS` as it stands when asked."""
    reading = english().score(english().read("maritime security"))
    before = reading.scores
    place = scoring.SIGNALS.index("votes")
    monkeypatch.setattr(scoring, "WEIGHTS", tuple(0.0 if n == place else w for n, w in enumerate(scoring.WEIGHTS)))
    assert np.abs(reading.scores - before).max() > 0.1
    assert np.array_equal(reading._replace(weights=scoring.SEVERAL).scores, scoring.SEVERAL @ reading.features)


def test_the_page_is_of_these_weights_and_questions() -> None:
    """docs/evaluation.md was written from the index, weights and question sets that are here: else `make eval`."""
    assert page_inputs.of_evaluation() in (page_inputs.ROOT / "docs" / "evaluation.md").read_text("utf-8")
