"""Questions that ask several things: what each of them needs comes among the first five."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncrelations as ncr
from edition_kit import CORPUS, PASSAGES, english, index
from ncrelations.answers.evidence import FIRST, FOUND, WRITTEN, together
from ncrelations.answers.ranking import Ranked, home_of
from ncrelations.conversations.state import ChatState
from ncrelations.conversations.turn import _written
from ncrelations.document.citation import Citation
from ncrelations.document.themes import touched_by
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.models.minilm import packaged
from ncrelations.retrieval.written_beforehand import Written, load


def shown(question: str) -> list[str]:
    """The blocks of the first five excerpts."""
    return [str(each.block.citation) for each in ncr.ask(question).excerpts]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("NATO is alarmed by Chinese hypersonics and missiles; how does China answer that?", ("III/b5", "IV/b3")),
        ("What does NATO fear about Chinese technology? And what does China say to that?", ("III/b4", "IV/b4")),
    ],
)
def test_each_clause_brings_its_own_side(question: str, wanted: tuple[str, str]) -> None:
    """A statement and a question, two clauses, or a topic before both: each gets its own side's passage."""
    assert {f"report/{place}" for place in wanted} <= set(shown(question))


def test_what_concerns_each_side_comes_from_the_records() -> None:
    """What both gain is found by the typed records of the section, whichever of them the words favour."""
    found = shown("What's in it for NATO, and what's in it for China, in Wong's proposal?")
    for side in (Voice.NATO, Voice.CHINA):
        about = CORPUS.concerning(side, Citation.parse("article/benefits/p1"))
        assert {str(each) for each in about} & set(found)


def test_a_short_list_is_shown_whole() -> None:
    """Each of the three parts of the article's proposal has a passage among the first five."""
    found = set(shown("Name the three parts of Wong's proposed modus vivendi."))
    proposal = CORPUS.list_of(ncr.article.modus_vivendi)
    assert proposal is not None
    assert len(proposal.items) == 3
    for item in proposal.items:
        assert {str(block.citation) for block in item} & found


def test_lists_have_the_items_their_names_say() -> None:
    """Every noun leads to a list with items; the items are its section's own blocks, each once."""
    for each in CORPUS.lists:
        blocks = [block.citation for item in each.items for block in item]
        assert blocks, each.section.id
        assert len(blocks) == len(set(blocks))
        assert all(citation.within(each.section.citation) for citation in blocks)
        for noun in each.nouns:
            called = CORPUS.list_called(noun)
            assert called is not None
            assert noun in called.nouns
    topics = CORPUS.list_called("topic")
    assert topics is not None
    assert [item[0].section.id for item in topics.items] == ["VI.1", "VI.2", "VI.3", "VI.4", "VI.5"]


def test_only_topics_and_benefits_concern_one_side() -> None:
    """Elsewhere no block is said to concern one side."""
    assert CORPUS.concerning(Voice.NATO, Citation.parse("report/VI.1/p1")) == {Citation.parse("report/VI.1/p3")}
    assert CORPUS.concerning(Voice.NATO, Citation.parse("report/III/b1")) == frozenset()


def test_proposals_stand_in_the_topics() -> None:
    """Every one of the five topics proposes something."""
    assert {each.section for each in CORPUS.interests.remedies} == {"VI.1", "VI.2", "VI.3", "VI.4", "VI.5"}


def test_themes_are_brought_up_by_their_words() -> None:
    """Keywords bring up a theme, whatever their case; other words none; never more than two."""
    assert [theme.id for theme in touched_by(CORPUS.themes, "HUMAN RIGHTS")] == ["values"]
    assert touched_by(CORPUS.themes, "the weather in Lisbon") == ()
    assert len(touched_by(CORPUS.themes, "human rights, Huawei, Russia, the pandemic and Taiwan")) == 2


def test_clauses_are_read_with_what_leads_them() -> None:
    """The topic before a colon belongs to every clause."""
    parts = english().read("Korea: what does NATO want, and what does China want?").parts
    assert [part.text for part in parts] == ["Korea: what does NATO want", "Korea: what does China want?"]


# ------------------------------------------------------------------ what is found, and what was written beforehand


def found_in(order: list[int]) -> list[Ranked]:
    """The passages at these positions, as found."""
    return [Ranked(PASSAGES[position], 0.0, ()) for position in order]


def test_the_home_of_passages_is_where_two_of_them_stand() -> None:
    """The section of most of the best passages; none where each stands in another, and no front matter."""
    at = {str(passage.block.citation): number for number, passage in enumerate(PASSAGES)}

    def home(*places: str) -> str | None:
        section = home_of(CORPUS, found_in([at[place] for place in places]))
        return None if section is None else str(section.citation)

    assert home("report/V/b1", "report/III/b1", "report/III/b2") == "report/III"
    assert home("report/V/b1", "report/III/b1", "report/IV/b2") is None
    assert home("article/front/p1", "article/front/p2", "report/III/b1") is None
    assert home() is None


def positions(found: list[Ranked]) -> list[int]:
    """The positions of passages."""
    return [each.passage.position for each in found]


def numbers(values: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """One number a passage: these for the first ones, and 0 for the others."""
    return np.array([*values, *[0.0] * (len(PASSAGES) - len(values))])


@given(
    st.permutations(range(12)),
    st.integers(0, 12),
    st.lists(st.floats(-2, 2), min_size=12, max_size=12),
    st.lists(st.floats(-1, 1), min_size=12, max_size=12),
)
def test_together_keeps_what_was_found(order: list[int], count: int, scores: list[float], said: list[float]) -> None:
    """No passage is added or lost, each has its score, and the first five and the others stand by their scores."""
    given_scores = numbers(scores)
    result = together(found_in(order[:count]), given_scores, numbers(said))
    assert sorted(positions(result)) == sorted(order[:count])
    assert [each.score for each in result] == [given_scores[position] for position in positions(result)]
    for part in (result[:FIRST], result[FIRST:]):
        assert [each.score for each in part] == sorted((each.score for each in part), reverse=True)


def test_questions_written_beforehand_bring_a_passage_among_the_first_five() -> None:
    """What questions written beforehand speak for comes among the first five, in the place of its own score."""
    scores, said = [0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2], [0.0] * 6 + [1.0]
    assert positions(together(found_in([*range(7)]), numbers(scores), numbers([]))) == [0, 1, 2, 3, 4, 5, 6]
    assert positions(together(found_in([*range(7)]), numbers(scores), numbers(said))) == [0, 1, 2, 3, 6, 4, 5]


def test_evidence_found_by_rule_yields_to_much_better_passages_only() -> None:
    """A passage among the first five found keeps its place against one that a little more speaks for, not much more."""
    order, last = [*range(FIRST + 1)], FOUND * (1 - (FIRST - 1) / 10)
    for lead, kept in ((0.9 * last, True), (1.1 * last, False)):
        scores = [*[9.0] * (FIRST - 1), 0.0, lead * (1 + WRITTEN)]
        assert (FIRST - 1 in positions(together(found_in(order), numbers(scores), numbers([])))[:FIRST]) is kept


def test_a_question_written_beforehand_gets_its_passages() -> None:
    """Asked as they were written, more than nine in ten of those read as asking several things show all of theirs."""
    asked = [each for each in Written(CORPUS, "several").questions[::9] if english().read(each.text).several]
    assert len(asked) >= 50
    whole = [{str(PASSAGES[n].block.citation) for n in each.answers} <= set(shown(each.text)) for each in asked]
    assert sum(whole) >= 0.92 * len(whole)


def test_what_was_written_is_asked_by_kind_and_place() -> None:
    """Those of a kind are asked by a reading's vector, follow-ups by the place where they are asked too."""
    scorer = english()
    reading = scorer.score(scorer.read("And why?"))
    vector = packaged().encode(["And why?"])[0]
    assert np.array_equal(reading.vector, vector)
    several, asked = load("several", index()), scorer.written("several")
    assert several is not None
    assert asked is not None
    assert np.array_equal(asked.answering(reading.vector), several.answering(vector))
    followups = load("followups", index())
    assert followups is not None
    for after in (0, 60):
        said = _written(scorer, ChatState("Why?", (PASSAGES[after].block.citation,)), reading.vector)
        assert said is not None
        assert np.array_equal(said, followups.answering(vector, after))
    assert _written(scorer, ChatState("Why?"), reading.vector) is None
