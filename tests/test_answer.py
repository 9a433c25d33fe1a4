"""ask() and search(): the promises, on the real documents."""

from __future__ import annotations

import json

import pytest

import ncrelations as ncr
from edition_kit import CORPUS, index
from eval.harness import cases, verbatim
from fakes import FakeEncoder
from ncrelations.document.excerpt import Excerpt
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.errors import IndexMismatch, InvalidCitation, InvalidQuestion, NoSuchPlace
from ncrelations.library import Library


def test_maritime_security_comes_first() -> None:
    """The main job: "maritime security" is answered from section VI.1."""
    answer = ncr.ask("maritime security")
    assert answer.status == "answered"
    assert str(answer.excerpts[0].citation).startswith("report/VI.1/")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("When did Albania join NATO?", "the documents never mention 'Albania'"),
        ("In which year did Bornemann meet Qian Lihua?", "year"),
        ("What does Wong say about counterterrorism?", "article says nothing clear on this"),
        ("best pizza in Naples", "the documents never mention 'Naples'"),
    ],
)
def test_refusals_say_why(question: str, reason: str) -> None:
    """What the documents do not answer is not called answered, and the reason is the right one."""
    answer = ncr.ask(question)
    assert answer.status != "answered"
    assert any(reason in each for each in answer.reasons), answer.reasons
    assert answer.excerpts, "the nearest passages are shown all the same"


def test_who_wrote_it_is_shown_in_print() -> None:
    """Where a document names those who wrote it, be it people or houses, that sentence is shown and marked."""
    named = {
        "report": ("report/ES/p1", "Center for Strategic Decision Research"),
        "article": ("article/front/p4", "Wong"),
    }
    for document, (citation, name) in named.items():
        (shown,) = ncr.ask(f"Who wrote the {document}?").excerpts
        assert shown.citation == citation
        assert name in shown.text[shown.highlights[0].start : shown.highlights[0].end]


def test_a_list_says_what_it_is_of() -> None:
    """The note of a list has its title and how many items there are."""
    assert ncr.ask("List the milestones").note == "the milestones of the relations: 11 items, in the document's order"
    assert ncr.ask("What are the risks?").note == "the risks the experts warn of: 7 items, in the document's order"


def test_wong_on_counterterrorism_points_to_the_report() -> None:
    """A document that is silent is named, and so is the section of the other one that is not."""
    assert "VI.5" in " ".join(ncr.ask("What does Wong say about counterterrorism?").reasons)


@pytest.mark.parametrize(
    ("question", "voice", "section"),
    [
        ("Why does NATO worry about China's military?", Voice.NATO, "report/III"),
        ("How does China see NATO's eastward expansion?", Voice.CHINA, "report/IV"),
    ],
)
def test_one_side_only(question: str, voice: Voice, section: str) -> None:
    """A question for one side's view is answered from that side only, and the answer says whose."""
    answer = ncr.ask(question)
    assert answer.voice is voice
    assert answer.status == "answered"
    assert str(answer.excerpts[0].citation).startswith(section + "/")
    other = Voice.CHINA if voice is Voice.NATO else Voice.NATO
    assert all(excerpt.voice is not other for excerpt in answer.excerpts)
    assert answer.excerpts[0].voice is voice


def _check(excerpt: Excerpt) -> None:
    assert verbatim(excerpt)
    assert excerpt.highlights
    assert all(excerpt.text[h.start : h.end] in [s.text for s in excerpt.sentences] for h in excerpt.highlights)
    assert excerpt.voice is excerpt.block.voice
    assert excerpt.block.span.contains(excerpt.span)


@pytest.mark.parametrize("name", ["fit", "report"])
def test_every_excerpt_is_verbatim(name: str) -> None:
    """Over every question of a set, every excerpt is a slice of its source with its highlights inside."""
    some = cases(name)[::4]
    assert some
    for case in some:
        for excerpt in ncr.ask(case.question).excerpts:
            _check(excerpt)


def test_answers_are_the_same_each_time() -> None:
    """The same question gives the same answer, to the last digit."""
    question = "Why is the Gulf of Aden important to China?"
    assert ncr.ask(question).to_dict() == ncr.ask(question).to_dict()


def test_to_dict_is_plain() -> None:
    """An answer's data survives JSON."""
    data = ncr.ask("What is AUKUS?", k=2).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert len(data["excerpts"]) == 2


def test_filters() -> None:
    """Filters keep to a document, section or voice; one that matches nothing gives nothing."""
    assert all(e.citation.document == "article" for e in ncr.search("trade", within="article"))
    assert all(e.citation.section == "VI.1" for e in ncr.search("trade", within="report/VI.1"))
    assert all(e.voice is Voice.CHINA for e in ncr.search("trade", voice="china"))
    assert ncr.search("trade", within="article", voice="china") == ()
    assert ncr.ask("trade", within="article", voice="china").status == "not_found"


@pytest.mark.parametrize("within", ["repot", "report/IX", "report/VI.1/p9", "report/VI.1/p1/s9", "nonsense here"])
def test_a_filter_that_names_nothing_raises(within: str) -> None:
    """A place that does not exist is an error, never a search through everything."""
    with pytest.raises((NoSuchPlace, InvalidCitation)):
        ncr.search("trade", within=within)


def test_unknown_voice() -> None:
    """A voice that does not exist is an error with the voices that do."""
    with pytest.raises(NoSuchPlace, match="china"):
        ncr.search("trade", voice="chnia")


@pytest.mark.parametrize("word", ["trade", "missiles", "Lithuania", "pandemic", "piracy", "sanctions"])
def test_a_word_of_the_documents_is_found(word: str) -> None:
    """A single word that the documents have is never refused as being about something else."""
    answer = ncr.ask(word)
    assert answer.status == "answered"
    assert any(word.casefold() in excerpt.block.text.casefold() for excerpt in answer.excerpts)


def test_k_is_at_least_one() -> None:
    """No excerpts cannot be asked for."""
    with pytest.raises(InvalidQuestion, match="at least 1"):
        ncr.ask("trade", k=0)
    few, many = (ncr.ask("trade", k=k) for k in (1, 1000))
    assert len(few.excerpts) == 1
    assert len(many.excerpts) + len(many.nearby) == 108
    assert 3 <= len(many.excerpts) < 30, "only as many as bear on it"


def test_misspelt_question_says_how_it_was_read() -> None:
    """A mended question shows its reading."""
    answer = ncr.ask("maritme securty in the Gulf of Aden")
    assert answer.understood_as == "maritime security in the Gulf of Aden"
    assert any(str(each.citation).startswith("report/VI.1/") for each in answer.excerpts[:3])


def test_an_index_of_another_model_is_not_asked() -> None:
    """Questions are never put to an index with a model other than its own."""
    with pytest.raises(IndexMismatch, match="built with"):
        Library(CORPUS, index(), FakeEncoder()).ask("maritime security")


def test_comparison_has_both_sides() -> None:
    """A comparison has evidence of both sides within five excerpts."""
    voices = {e.voice for e in ncr.ask("How do NATO and China each see hypersonic missiles?").excerpts}
    assert {Voice.NATO, Voice.CHINA} <= voices
