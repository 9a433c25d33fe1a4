"""Questions that ask several things: what each of them needs comes among the first five."""

from __future__ import annotations

import pytest

import ncrelations as ncr
from ncrelations.answer import library
from ncrelations.citation import Citation
from ncrelations.corpus import article, report, resolve
from ncrelations.document import Section, Voice
from ncrelations.items import LISTS, blocks_about, list_items, proposals
from ncrelations.pairing import touched_by


def shown(question: str) -> list[str]:
    """The blocks of the first five excerpts."""
    return [str(each.block.citation) for each in ncr.ask(question).excerpts]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Minorities and human rights: what is NATO's charge, and what is China's reply?", ("III/b1", "IV/b5")),
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
        about = blocks_about(side, Citation.parse("article/benefits/p1"))
        assert {str(each) for each in about} & set(found)


def test_a_short_list_is_shown_whole() -> None:
    """Each of the three parts of the article's proposal has a passage among the first five."""
    found = set(shown("Name the three parts of Wong's proposed modus vivendi."))
    for item in list_items(article.modus_vivendi):
        assert {str(block.citation) for block in item} & found


def test_lists_have_the_items_their_names_say() -> None:
    """Every noun leads to a section with items; the items are the section's own blocks, each once."""
    for noun, citation in LISTS.items():
        section = resolve(citation)
        assert isinstance(section, Section), noun
        blocks = [block for item in list_items(section) for block in item]
        assert blocks, noun
        assert len(blocks) == len(set(map(str, (block.citation for block in blocks))))
    assert len(list_items(report.recommendations)) == 5


def test_only_topics_and_benefits_concern_one_side() -> None:
    """Elsewhere no block is said to concern one side."""
    assert blocks_about(Voice.NATO, Citation.parse("report/VI.1/p1")) == {Citation.parse("report/VI.1/p3")}
    assert blocks_about(Voice.NATO, Citation.parse("report/III/b1")) == frozenset()


def test_proposals_stand_in_the_topics() -> None:
    """Every one of the five topics proposes something."""
    assert {each.section for each in proposals()} == {"VI.1", "VI.2", "VI.3", "VI.4", "VI.5"}


def test_themes_are_brought_up_by_their_words() -> None:
    """Keywords bring up a theme, whatever their case; other words none; never more than two."""
    assert [theme.id for theme in touched_by("HUMAN RIGHTS")] == ["values"]
    assert touched_by("the weather in Lisbon") == ()
    assert len(touched_by("human rights, Huawei, Russia, the pandemic and Taiwan")) == 2


def test_clauses_are_read_with_what_leads_them() -> None:
    """The topic before a colon belongs to every clause."""
    clauses = library().read("Korea: what does NATO want, and what does China want?").clauses
    assert clauses == ("Korea: what does NATO want", "Korea: what does China want?")
