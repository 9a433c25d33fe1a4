"""Values as people meet them: what they print, how they sort, what they take along, and what refuses them."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

import pytest

import ncrelations as ncr
from ncrelations.document.corpus import given
from ncrelations.document.outline import Outline, SectionFacts, SourceRules, build
from ncrelations.document.tree import Span
from ncrelations.document.voice import View
from ncrelations.editions.nato_china.works import WORKS
from ncrelations.errors import NoSuchPlace, SourceDamaged

BLOCK = ncr.report.recommendations.maritime_security.blocks[1]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (ncr.report, '<Document report "NATO-China Relations: Charting the Way Forward", 15 sections, 85 blocks>'),
        (ncr.resolve("report/VI.1"), '<Section report/VI.1 "Maritime security", 4 blocks>'),
        (ncr.article.introduction, '<Section article/intro "introduction", 2 blocks>'),
        (BLOCK, '<Block report/VI.1/p2 "For China, ensuring the safety of international waterways a…">'),
        (ncr.resolve("article/front/p2/s1"), '<Sentence article/front/p2/s1 "August 04, 2022">'),
        (ncr.entity("AUKUS"), '<Entity "AUKUS", agreement>'),
    ],
)  # fmt: skip
def test_values_print_on_one_line(value: object, shown: str) -> None:
    """A value shows what it is, where it stands and how it begins."""
    assert repr(value) == shown


def test_no_value_prints_a_whole_document() -> None:
    """Excerpts, mentions, records and answers to hundreds of words print in two thousand characters."""
    answer = ncr.ask("Why does China distrust AUKUS?", k=3)
    values: list[object] = [
        *answer.excerpts, *ncr.entity("AUKUS").mentions, *ncr.report.nato_perceptions, *ncr.report.risks,
        *ncr.report.recommendations, *ncr.report.milestones, *ncr.article.reality_check,
        ncr.article.modus_vivendi.baselines, ncr.report.roadmap.joint_roadmap, *ncr.themes(), answer,
    ]  # fmt: skip
    assert [each for each in values if len(repr(each)) > 3_000] == []
    assert repr(answer.excerpts[0]).startswith(f'<Excerpt {answer.excerpts[0].citation} "')


def test_a_citation_is_its_text() -> None:
    """A citation equals its text, is found by it, and its text in any order of comparison."""
    citation = ncr.Citation("report", "VI.1", "p2")
    assert citation == "report/VI.1/p2"
    assert citation != "report/VI.1/p3"
    assert citation != 7
    assert {citation: 1}["report/VI.1/p2"] == 1  # type: ignore[index]  # a citation and its text are one key
    assert citation < "report/VI.1/p10"
    assert citation <= "report/VI.1/p2"
    with pytest.raises(TypeError):
        assert citation < 7  # type: ignore[operator]  # nothing but citations


def test_citations_sort_by_number() -> None:
    """Larger places first, Roman numerals and numbers by value: IX after V, p10 after p9."""
    typed = ["article", "article/intro", "report", "report/II", "report/V", "report/VI", "report/VI/p1",
             "report/VI.1/p2", "report/VI.1/p2/s1", "report/VI.1/p2/s10", "report/VI.1/p9", "report/VI.1/p10",
             "report/IX", "report/XL", "report/ES"]  # fmt: skip
    citations = [ncr.Citation.parse(each) for each in typed]
    citations.reverse()
    assert [str(each) for each in sorted(citations)] == typed
    order = [block.citation for block in ncr.report.risks.blocks if block.kind == "bullet"]
    assert sorted(set(order)) == order


@pytest.mark.parametrize(
    "section",
    [
        ncr.report.nato_perceptions, ncr.report.chinese_perceptions, ncr.report.risks, ncr.report.recommendations,
        ncr.report.milestones, ncr.article.reality_check,
    ],
    ids=lambda section: str(section.citation),
)  # fmt: skip
def test_sections_that_are_lists(section: Sequence[object]) -> None:
    """A section of records has a length, can be walked, indexed and cut, and gives the records each time."""
    records = list(section)
    assert len(section) == len(records) > 2
    assert section[0] == records[0]
    assert section[-1] == records[-1]
    assert section[1:3] == tuple(records[1:3])
    assert bool(section)


def test_documents_have_text_and_date() -> None:
    """A document's text is that of its blocks; its date is that it bears, or none."""
    for document in ncr.documents():
        assert document.text == "\n\n".join(block.text for block in document.blocks)
    report, article = ncr.documents()
    assert (report.date, article.date) == (None, "August 04, 2022")


def small_document(date: tuple[int, int, int] | None = None, text: str = "One. Two.") -> ncr.Document:
    """A document of one block that no edition has."""
    outline, voice = Outline("small"), View("all", "All")
    outline.enter("a")
    outline.open("p", Span(0, len(text)))
    outline.close()
    work = type(WORKS["report"])("report", "Small", "Small", (), "", None, date)
    rules = SourceRules(lambda _: SectionFacts(voice), lambda _: voice)
    return build(ncr.Document, outline, rules, work, text.encode())


def test_any_document_has_a_date() -> None:
    """A document dated in its work gives the date year first, one without gives none."""
    assert small_document((2022, 8, 4)).date == "2022-08-04"
    assert small_document().date is None


def test_pickles_are_small() -> None:
    """An excerpt, a section and a sentence pickle without the document they are of, and find it again."""
    excerpt = ncr.search("maritime security", 1)[0]
    for value in (excerpt, BLOCK, BLOCK.sentences[0]):
        data = pickle.dumps(value)
        assert len(data) < 6_000
        again = pickle.loads(data)  # noqa: S301  # our own bytes
        assert again == value
        assert hash(again) == hash(value)
        assert again.human == value.human
    assert pickle.loads(pickle.dumps(excerpt)).block.next == excerpt.block.next  # noqa: S301  # our own bytes


def test_a_document_without_a_home_travels_whole() -> None:
    """A place of a document that no edition gives takes its document along."""
    document = small_document()
    again = pickle.loads(pickle.dumps(document.blocks[0]))  # noqa: S301  # our own bytes
    assert again.document.source == "One. Two."
    assert again.section.blocks == (again,)


SOURCE = ["One. Two."]


def home() -> ncr.Document:
    """Where the small document is found anew, with the text that it has by then."""
    return small_document(text=SOURCE[-1])


def test_a_pickle_of_another_text_is_refused() -> None:
    """A place pickled from a text that its document has no more is damaged, not silently changed."""
    document = small_document()
    document.tree.home = home
    data = pickle.dumps(document.blocks[0])
    assert pickle.loads(data) == document.blocks[0]  # noqa: S301  # our own bytes
    SOURCE.append("One. Three.")
    with pytest.raises(SourceDamaged, match="another text"):
        pickle.loads(data)  # noqa: S301  # our own bytes


@pytest.mark.parametrize(
    "within", [ncr.resolve("report/VI.1"), BLOCK, ncr.article, BLOCK.citation, "report/VI"], ids=repr
)
def test_within_takes_a_place(within: str | ncr.Citation | ncr.Section | ncr.Block | ncr.Document) -> None:
    """A document, section or block, its citation or its text, keep an answer to it."""
    inside = within if isinstance(within, str | ncr.Citation) else within.citation
    assert ncr.search("maritime security", within=within)
    for found in (ncr.ask("Why does piracy matter?", within=within).excerpts, ncr.search("piracy", within=within)):
        assert found
        assert all(excerpt.citation.within(ncr.Citation.parse(str(inside))) for excerpt in found)


def test_a_voice_that_is_none_is_refused() -> None:
    """A voice is named by text or value; anything else is no voice."""
    with pytest.raises(NoSuchPlace, match="there is no voice '5'"):
        ncr.ask("maritime security", voice=5)  # type: ignore[arg-type]  # what a caller without types may do


@pytest.mark.parametrize("k", ["5", None, 2.0, 0, -1])
def test_a_count_that_is_no_number_is_refused(k: int) -> None:
    """Any count but a whole number from one on raises the documented error."""
    for ask in (ncr.ask, ncr.search, ncr.compare, ncr.Chat().ask):
        with pytest.raises(ncr.InvalidQuestion):
            ask("maritime security", k)


@pytest.mark.parametrize("question", [None, 5, b"maritime", ["maritime"]])
def test_a_question_that_is_no_text_is_refused(question: str) -> None:
    """Asking anything but text raises the documented error."""
    for ask in (ncr.ask, ncr.search, ncr.compare, ncr.Chat().ask):
        with pytest.raises(ncr.InvalidQuestion):
            ask(question)


def test_places_takes_ranges() -> None:
    """A range gives its blocks in order, any other citation its one place, whatever brackets are around it."""
    blocks = ncr.report.recommendations.maritime_security.blocks
    assert ncr.places("report/VI.1/p2-p4") == ncr.places("[VI.1/p2–4].") == blocks[1:4]
    assert ncr.places("report/VI.1") == (ncr.report.recommendations.maritime_security,)
    with pytest.raises(ncr.InvalidCitation):
        ncr.places("report/VI.1/p4-p2")


def test_resolving_a_place_gives_it() -> None:
    """A place stands for its citation, and a range for its own."""
    corpus = given(ncr.documents())
    for place in (ncr.report, ncr.report.outlook, BLOCK, BLOCK.sentences[1]):
        assert ncr.resolve(place) is place is corpus.resolve(place)
    blocks = ncr.Range((BLOCK,))
    assert ncr.resolve(blocks) is blocks


def test_resolve_takes_ranges() -> None:
    """A range is one value: its blocks in order, their text, where they stand, and its citation in every form."""
    found = ncr.resolve("report/VI.1/p2-p4")
    assert isinstance(found, ncr.Range)
    section = ncr.report.recommendations.maritime_security
    assert tuple(found) == found.blocks == section.blocks[1:4]
    assert (len(found), found.section, found.document) == (3, section, ncr.report)
    assert found.text == "\n\n".join(block.text for block in section.blocks[1:4])
    assert ncr.report.source[found.span.start : found.span.end].startswith(section.blocks[1].raw)
    assert ncr.resolve("report/VI.1/p2–4") == found == ncr.resolve(found.citation)
    assert found.human == 'CSDR-CIISS report, section VI.1 "Maritime security", paras. 2–4 (p. 7 ff.)'
    assert found.cite() == f"{found.human} [report/VI.1/p2-p4]"
    assert found.cite("markdown", "https://x") == f"{found.human} [report/VI.1/p2-p4](https://x)"
    assert found.cite("pandoc") == "[@ncr-report, sec. VI.1, paras. 2–4]"
    assert found.cite("latex") == r"\cite[sec.~VI.1, paras.~2–4]{ncr-report}"
    assert found.cite("bibtex") == ncr.bibliography([found]) == ncr.bibliography(["report/VI.1/p2-p4"])
    assert "% report/VI.1/p2-p4: " in found.cite("bibtex")
    assert repr(found).startswith("<Range report/VI.1/p2-p4 ")


def test_a_range_of_other_blocks() -> None:
    """Bullets are bullets, several kinds are named apart, and a range of one block is cited as that block."""
    assert "bullets 1–3" in ncr.resolve("report/IV/b1-b3").human
    assert "para. 1 to bullet 2" in ncr.resolve("report/IV/p1-b2").human
    assert ncr.resolve("report/VI.1/p2-p2").cite() == BLOCK.cite()


@pytest.mark.parametrize("text", ["report/VI.1/p4-p2", "report/VI.1/p2-p99", "VI.1/p2-p4", "report/VI.1/p2-s4"])
def test_what_is_no_range_is_an_error(text: str) -> None:
    """A range the wrong way round, past the end or not in the exact form is refused as any place is."""
    with pytest.raises((ncr.InvalidCitation, ncr.NoSuchPlace)):
        ncr.resolve(text)
    with pytest.raises((ncr.InvalidCitation, ncr.NoSuchPlace)):
        ncr.ask("trade", within=text)


RECORDS = ("Baselines", "Decision", "Event", "Mention", "Milestone", "Model", "Perception", "Phrase", "Reality",
           "Recommendation", "Risk", "Roadmap", "Theme")  # fmt: skip


@pytest.mark.parametrize("name", RECORDS)
def test_record_types_are_public(name: str) -> None:
    """What type checkers let a program import can be imported."""
    assert name in ncr.__all__
    assert getattr(ncr, name).__name__ == name


def test_each_event_has_its_own_date_and_place() -> None:
    """What one sentence of a milestone says of when and where is said of no other: talks do not date meetings."""
    events = {str(event.sentence.citation): event for milestone in ncr.report.milestones for event in milestone.events}
    assert list(events) == [str(s.citation) for block in ncr.report.milestones.blocks for s in block.sentences]
    told = {citation: (str(e.date or ""), str(e.place or "")) for citation, e in events.items() if e.date or e.place}
    assert told["report/MS/m10/s3"] == ("5 June 2018", "the new NATO headquarters")
    assert told["report/MS/m10/s2"] == ("late October", "Beijing")
    assert "report/MS/m10/s1" not in told
    assert told["report/MS/m9/s2"] == ("", "Beijing")
    assert told["report/MS/m11/s1"] == ("26 September", "")
    for event in events.values():
        assert all(each.text in event.text for each in (event.date, event.place) if each)


def test_the_year_of_the_last_event_is_the_editors() -> None:
    """Section VII dates the last meeting in full; the event carries that apart from its own date, no other has one."""
    events = [event for milestone in ncr.report.milestones for event in milestone.events]
    elsewhere = [event for event in events if event.dated_elsewhere]
    assert [str(event.dated_elsewhere) for event in elsewhere] == ["26 September 2021"]
    assert elsewhere == [events[-1]]
    assert str(events[-1].dated_elsewhere and events[-1].dated_elsewhere.sentence.citation) == "report/VII/p1/s2"
