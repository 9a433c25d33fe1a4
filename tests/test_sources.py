"""Reading the two sources: every character accounted for, and each oddity of their typography by name."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import ncrelations as ncr
from ncrelations.document.tree import Block, Document, LeafKind, Section, Span
from ncrelations.editions.nato_china.report_source import fold_report
from ncrelations.editions.nato_china.two_documents import read_article, read_report
from ncrelations.errors import SourceDamaged
from ncrelations.text.sentences import fold

MINUS, EN_DASH, EM_DASH, NBSP = "\N{MINUS SIGN}", "\N{EN DASH}", "\N{EM DASH}", "\N{NO-BREAK SPACE}"
FURNITURE = f"NATO{MINUS}CHINA RELATIONS CHARTING THE WAY FORWARD"

DOCUMENTS = pytest.mark.parametrize("document", ncr.documents(), ids=lambda document: document.id)


def text_of(citation: str) -> str:
    """The reading text of a section, block or sentence."""
    place = ncr.resolve(citation)
    assert not isinstance(place, Document)
    return place.text


def block(citation: str) -> Block:
    """The block of a citation."""
    place = ncr.resolve(citation)
    assert isinstance(place, Block)
    return place


def section(citation: str) -> Section:
    """The section of a citation."""
    place = ncr.resolve(citation)
    assert isinstance(place, Section)
    return place


def reparsed(id: str, source: str | bytes) -> Document:
    """The document read from another source text."""
    data = source.encode() if isinstance(source, str) else source
    return read_report(data) if id == "report" else read_article(data)


def reading(document: Document, raw: str) -> str:
    """The reading text of a slice of a document: only the report has page furniture."""
    return fold_report(raw) if document.id == "report" else fold(raw)


def rejoined(document: Document) -> str:
    """The leaves of a document, joined."""
    return "".join(document.source[leaf.span.start : leaf.span.end] for leaf in document.leaves)


# ------------------------------------------------------------------ nothing lost, nothing invented


@DOCUMENTS
def test_leaves_rejoin_to_the_source(document: Document) -> None:
    """Joined, the leaves are the source, character for character."""
    assert rejoined(document) == document.source


@DOCUMENTS
def test_every_character_is_in_exactly_one_leaf(document: Document) -> None:
    """The leaves cover the source without gap, overlap or empty piece."""
    times = Counter(at for leaf in document.leaves for at in range(leaf.span.start, leaf.span.end))
    assert times == Counter(range(len(document.source)))
    assert all(len(leaf.span) > 0 for leaf in document.leaves)


@DOCUMENTS
def test_percentages_add_up_to_a_hundred(document: Document) -> None:
    """Text is more than nine tenths of both sources, white space between pieces less than a hundredth."""
    sizes: Counter[LeafKind] = Counter()
    for leaf in document.leaves:
        sizes[leaf.kind] += len(leaf.span)
    share = {kind: 100 * size / len(document.source) for kind, size in sizes.items()}
    assert sum(share.values()) == pytest.approx(100)
    assert share[LeafKind.TEXT] > 90
    assert share[LeafKind.SPACE] < 1


def test_kinds_of_leaves() -> None:
    """The report has every kind of leaf; the article has neither bullets, furniture nor a table of contents."""
    report, article = ({leaf.kind for leaf in document.leaves} for document in ncr.documents())
    assert report == set(LeafKind) - {LeafKind.FOOTNOTE, LeafKind.HYPHEN}
    assert article == {LeafKind.TEXT, LeafKind.HEADING, LeafKind.TITLE, LeafKind.SPACE}


@DOCUMENTS
def test_white_space_leaves_are_white_and_others_begin_and_end_with_ink(document: Document) -> None:
    """What is called white space has no ink, and no other leaf has white space at its edges."""
    for leaf in document.leaves:
        text = document.source[leaf.span.start : leaf.span.end]
        if leaf.kind is LeafKind.SPACE:
            assert not text.strip()
        else:
            assert text == text.strip()


@DOCUMENTS
def test_leaves_of_a_block_cover_it(document: Document) -> None:
    """The text leaves of a block, joined and folded, are the block's words."""
    for each in document.blocks:
        pieces = [leaf for leaf in document.leaves if leaf.citation == each.citation]
        joined = "\n".join(document.source[leaf.span.start : leaf.span.end] for leaf in pieces)
        assert fold(joined) == each.text


@DOCUMENTS
def test_folding_the_raw_slice_gives_the_text(document: Document) -> None:
    """For every block and sentence, the source at its span folds to its reading text."""
    for each in document.blocks:
        assert reading(document, each.raw) == each.text
        for sentence in each.sentences:
            assert reading(document, sentence.raw) == sentence.text
            assert each.span.contains(sentence.span)


@DOCUMENTS
def test_sentences_join_to_the_block(document: Document) -> None:
    """The sentences of a block, joined by one space, are its text, and between them is only white space."""
    for each in document.blocks:
        assert " ".join(sentence.text for sentence in each.sentences) == each.text
        spans = [sentence.span for sentence in each.sentences]
        assert (spans[0].start, spans[-1].end) == (each.span.start, each.span.end)
        for before, after in pairwise(spans):
            assert reading(document, document.source[before.end : after.start]) == ""


@DOCUMENTS
def test_reading_text_is_clean(document: Document) -> None:
    """Reading text has single spaces, no other white space, no furniture and nothing at its edges."""
    for each in document.blocks:
        assert each.text == " ".join(each.text.split())
        assert FURNITURE not in each.text
        assert "•" not in each.text
        assert each.text.isprintable()


@DOCUMENTS
def test_no_ink_is_lost_from_blocks(document: Document) -> None:
    """Leaving out white space and furniture, a block's raw slice and its text have the same characters."""
    for each in document.blocks:
        raw = re.sub(rf"^\d*A?{FURNITURE}$", "", each.raw, flags=re.MULTILINE)
        assert "".join(raw.split()) == "".join(each.text.split())


COUNTS = {
    "report": {
        "ES": "6p",
        "I": "7p",
        "II": "4p",
        "III": "1p8b",
        "IV": "1p8b",
        "V": "1p7b",
        "VI": "3p",
        "VI.1": "4p",
        "VI.2": "4p",
        "VI.3": "4p",
        "VI.4": "4p",
        "VI.5": "5p",
        "VII": "3p",
        "VIII": "4p",
        "MS": "11m",
    },
    "article": {
        "front": "4p",
        "intro": "2p",
        "reality-check": "5p",
        "modus-vivendi": "6p",
        "benefits": "3p",
        "notes": "3p",
    },
}


@DOCUMENTS
def test_sections_and_block_counts(document: Document) -> None:
    """Each document has its sections in reading order, each with its number of paragraphs, bullets or milestones."""
    found = {}
    for each in document.walk():
        kinds = Counter((block.citation.block or "?")[0] for block in each.blocks)
        found[each.id] = "".join(f"{kinds[kind]}{kind}" for kind in "pbm" if kinds[kind])
    assert found == COUNTS[document.id]
    assert list(found) == list(COUNTS[document.id])


# ------------------------------------------------------------------ the report's typography


def test_hard_line_wraps_become_spaces() -> None:
    """Lines of a paragraph are joined by one space, their trailing spaces dropped."""
    assert "the Center for Strategic Decision Research (CSDR) in Menlo Park, California and the China" in text_of(
        "report/ES/p1"
    )
    assert "Decision \nResearch" in block("report/ES/p1").raw


def test_two_trailing_spaces() -> None:
    """A line may end in two spaces."""
    assert "G7,  \nNATO" in block("report/ES/p2").raw
    assert "the G7, NATO, and EU–U.S. Summit meetings" in text_of("report/ES/p2")


def test_blank_line_inside_a_paragraph() -> None:
    """A blank line at a column break does not end a paragraph in mid-sentence."""
    assert "which is reflected in \n\nthe consensus to regard" in block("report/I/p3").raw
    assert "which is reflected in the consensus to regard China" in text_of("report/I/p3")


def test_blank_line_inside_a_bullet() -> None:
    """A blank line at a column break does not end a bullet in mid-sentence."""
    assert "it also resorts to cyber espionage and massive theft" in text_of("report/III/b4")
    assert "to provide that threat. China is being used" in text_of("report/IV/b1")
    assert "automatic responses and escalation ladders, similar to the" in text_of("report/V/b6")


def test_blank_lines_around_one_line_of_a_bullet() -> None:
    """A bullet whose first line stands between blank lines, one of them with a space, is one bullet."""
    assert text_of("report/IV/b5").startswith("The international system is based on the principle of state sovereignty")


def test_paragraph_that_starts_with_a_leading_space() -> None:
    """A paragraph may start without a blank line, marked by one leading space."""
    assert "\n Exchanging views" in ncr.report.source
    assert text_of("report/VI.2/p4").startswith("Exchanging views on the security implications")
    assert text_of("report/VI.2/p3").endswith("disaster response capabilities and experience.")
    assert text_of("report/VI.4/p3").startswith("In order to set the NATO–China relationship")


def test_continuation_with_a_leading_space() -> None:
    """A leading space in mid-sentence marks nothing: the line continues its block."""
    assert "security vulnerabilities and Chinese state interference are invoked" in text_of("report/IV/b4")
    assert "syndrome of confrontation because of different perceptions" in text_of("report/V/b1")
    assert "expanded dialogue and noted the potential for further exchanges" in text_of("report/VII/p1")


def test_a_leading_space_does_not_enter_the_text() -> None:
    """The leading space of a paragraph is white space between blocks."""
    assert block("report/VI.2/p4").raw.startswith("Exchanging")


@pytest.mark.parametrize(
    ("citation", "joined"),
    [
        ("report/I/p2", "the rules-based international order"),
        ("report/III/b5", "presence in the Indo-Pacific region"),
        ("report/VI.2/p3", "the impact of climate change-related risks"),
        ("report/ES/p2", "regarding the Asia-Pacific region"),
        ("report/III/b4", "through state-sponsored or state-condoned"),
        ("report/III/b6", "growing and multi-faceted presence"),
        ("report/IV/b5", "and non-interference in internal affairs"),
        ("report/VI.3/p2", "the Treaty on Non-Proliferation of Nuclear Weapons"),
        ("report/VI.4/p2", "military-to-military contacts"),
    ],
)
def test_line_end_hyphen_joins(citation: str, joined: str) -> None:
    """Every hyphen at the end of a line is real, and joins the next line without a space."""
    assert joined in text_of(citation)
    assert "- " not in text_of(citation)


def test_hyphen_with_a_space_before_the_line_end() -> None:
    """Asia-Pacific is also broken with a space after its hyphen."""
    assert "Asia- \nPacific" in block("report/ES/p2").raw


@pytest.mark.parametrize(
    ("citation", "joined"),
    [
        ("report/II/p2", "this first CSDR–CIISS expert dialogue"),
        ("report/VI/p2", "past and existing NATO–China engagement"),
        ("report/VI.3/p1", "for a NATO–China dialogue"),
        ("report/VI/p1", "the “strategic competition”—a term accepted by NATO but rejected by China—between"),
    ],
)
def test_line_end_dash_joins(citation: str, joined: str) -> None:
    """A dash at the end of a line joins the next line without a space, a leading space there included."""
    assert joined in text_of(citation)


def test_no_dash_of_the_report_is_followed_by_a_space() -> None:
    """No reading text of the report has a hyphen or dash before a space: all were line ends."""
    for each in ncr.report.blocks:
        assert not re.search(rf"[-{EN_DASH}{EM_DASH}] ", each.text), each.citation


@pytest.mark.parametrize(
    ("id", "heading", "lines"),
    [
        ("I", "AN EVOLVING STRATEGIC LANDSCAPE", 2),
        ("II", "PERCEPTIONS AND MISPERCEPTIONS IN RELATIONS BETWEEN CHINA AND THE WEST", 4),
        ("III", "NATO PERCEPTIONS ON CHINA", 2),
        ("IV", "CHINESE PERCEPTIONS OF NATO", 2),
        ("V", "CONSEQUENCES AND RISKS", 2),
        ("VI", "RECOMMENDATIONS: EXPLORING AND STRENGTHENING AREAS OF CONVERGENCE", 4),
        ("VI.1", "Maritime security", 1),
        ("VI.2", "Climate change", 1),
        ("VI.3", "Regional security", 1),
        ("VI.4", "Transparency in sensitive areas and military risk reduction", 2),
        ("VI.5", "Counterterrorism", 1),
        ("VII", f"AN AGREED ROADMAP TO TAKE NATO{MINUS}CHINA RELATIONS FORWARD", 3),
        ("VIII", "OUTLOOK", 1),
    ],
)
def test_headings_over_several_lines(id: str, heading: str, lines: int) -> None:
    """Headings are broken over up to four lines; the heading is one line, without its number."""
    each = section(f"report/{id}")
    assert each.heading == heading
    assert each.heading_span is not None
    raw = ncr.report.source[each.heading_span.start : each.heading_span.end]
    assert raw.count("\n") == lines - 1
    assert fold(raw).endswith(f". {heading}")


def test_heading_followed_by_its_text_without_a_blank_line() -> None:
    """A paragraph may begin on the line after its heading."""
    assert text_of("report/I/p1").startswith("In his remarks at the 2021 virtual Munich Security Conference")
    assert text_of("report/III/p1").startswith("Undoubtedly, there are many nuances")


def test_heading_that_begins_with_a_space_and_without_a_blank_line() -> None:
    """Headings I and III begin with a space on the line after the section before."""
    assert "\n I. AN EVOLVING" in ncr.report.source
    assert "productive track.\n III. NATO PERCEPTIONS" in ncr.report.source
    assert text_of("report/II/p4").endswith("on a productive track.")


def test_bullet_mark_is_no_text() -> None:
    """Each of the 23 bullets has one mark before it, which is a leaf of its own."""
    marks = [leaf for leaf in ncr.report.leaves if leaf.kind is LeafKind.MARK]
    bullets = [each for each in ncr.report.blocks if each.kind == "bullet"]
    assert len(marks) == len(bullets) == 23
    for mark, bullet in zip(marks, bullets, strict=True):
        assert ncr.report.source[mark.span.start : mark.span.end] == "•"
        assert ncr.report.source[mark.span.end : bullet.span.start] == "\t "


def test_bullet_with_a_leading_space() -> None:
    """A bullet may have a space before its mark and no blank line above."""
    assert "\n •\t China did not play" in ncr.report.source
    assert text_of("report/III/b7").startswith("China did not play a positive role")
    assert text_of("report/III/b6").endswith("over Chinese affairs.")


def test_furniture_inside_a_sentence() -> None:
    """The running head with its glued page number stands inside a sentence of I/p5 and is not in its text."""
    each = block("report/I/p5")
    assert f"2{FURNITURE}" in each.raw
    assert "disinformation campaigns and regional issues.” They also" in each.text
    inside = [leaf for leaf in ncr.report.leaves if each.span.contains(leaf.span) and leaf.kind is LeafKind.FURNITURE]
    assert [ncr.report.source[leaf.span.start : leaf.span.end] for leaf in inside] == [f"2{FURNITURE}"]


def test_furniture_has_a_minus_sign() -> None:
    """Page furniture writes NATO−CHINA with U+2212; the running text never does."""
    furniture = [leaf for leaf in ncr.report.leaves if leaf.kind is LeafKind.FURNITURE]
    assert [ncr.report.source[leaf.span.start : leaf.span.end] for leaf in furniture] == [
        f"A{FURNITURE}",
        FURNITURE,
        f"2{FURNITURE}",
        f"11{FURNITURE}",
    ]
    assert not any(MINUS in each.text for each in ncr.report.blocks)


def test_cover_furniture() -> None:
    """The running head of the cover is glued to an A: ANATO−CHINA."""
    assert f"\nA{FURNITURE}\n" in ncr.report.source


def test_title_matter_of_the_report() -> None:
    """The cover's lines are title matter, in order, and belong to no block."""
    titles = [leaf for leaf in ncr.report.leaves if leaf.kind is LeafKind.TITLE]
    assert [ncr.report.source[leaf.span.start : leaf.span.end] for leaf in titles] == [
        "Presented by",
        "Center for Strategic Decision Research and",
        "China Institute for International Strategic Studies",
        f"NATO{MINUS}CHINA",
        "RELATIONS",
        "CHARTING",
        "THE WAY",
        "FORWARD",
    ]
    assert all(leaf.citation is None for leaf in titles)


def test_table_of_contents() -> None:
    """The table of contents gives each section its first page; a topic has the page of section VI."""
    pages = {each.id: each.page for each in ncr.report.walk()}
    roman = {"I": 2, "II": 3, "III": 4, "IV": 5, "V": 6, "VI": 7, "VII": 10, "VIII": 11}
    assert pages == {"ES": 1, **roman, **{f"VI.{n}": 7 for n in range(1, 6)}, "MS": 12}
    contents = [leaf for leaf in ncr.report.leaves if leaf.kind is LeafKind.CONTENTS]
    assert ncr.report.source[contents[-1].span.start : contents[-1].span.end] == "TABLE OF CONTENTS"
    assert not any("....." in each.text for each in ncr.report.blocks)


def test_executive_summary_stands_after_its_paragraphs() -> None:
    """The heading EXECUTIVE SUMMARY follows its six paragraphs, and they belong to it."""
    summary = section("report/ES")
    assert summary.heading == "EXECUTIVE SUMMARY"
    assert summary.heading_span is not None
    assert summary.heading_span.start > summary.blocks[-1].span.end
    assert summary.span == Span(summary.blocks[0].span.start, summary.heading_span.end)
    assert summary.blocks[-1].text.endswith("Talking to each other is always better than talking about each other.")


def test_milestones_heading_stands_only_in_the_contents() -> None:
    """The milestones have the heading of the table of contents, which stands nowhere before them."""
    milestones = section("report/MS")
    assert milestones.heading == f"MILESTONES IN NATO{MINUS}CHINA RELATIONS"
    assert milestones.heading_span is None
    assert ncr.report.source.count("MILESTONES") == 1


def test_milestones_begin_after_page_eleven() -> None:
    """The outlook ends and the milestones begin at the running head of page 11."""
    assert text_of("report/VIII/p4").endswith("group of experts in the months ahead.")
    assert text_of("report/MS/m1").startswith("Then NATO Secretary General Lord George Robertson")


def test_every_milestone_is_one_block() -> None:
    """Every paragraph of the last page is a milestone of its own."""
    starts = [each.text.split()[:2] for each in section("report/MS").blocks]
    assert [" ".join(words) for words in starts] == [
        "Then NATO",
        "A Director",
        "NATO and",
        "NATO Deputy",
        "The Commander",
        "Director of",
        "Chinese diplomats",
        "Chinese journalists,",
        "Director of",
        "NATO Secretary",
        "NATO Secretary",
    ]


def test_stray_closing_quote_is_kept() -> None:
    """The closing quote after "carried forward." opens nowhere and stays where it is."""
    assert text_of("report/VII/p3").endswith("can be carried forward.”")
    assert text_of("report/VII/p3").count("“") == 0


def test_both_spellings_of_bisogniero_are_kept() -> None:
    """The name is spelled in two ways, and both stay verbatim."""
    assert "Claudio Bisogniero and other" in text_of("report/MS/m4/s1")
    assert text_of("report/MS/m4/s2").startswith("Bisognero held talks")


def test_sentence_without_full_stop() -> None:
    """The second sentence of the fourth milestone has no full stop, and gets none."""
    assert text_of("report/MS/m4/s2").endswith("Vice Foreign Minister Zhang Zhijun")
    assert len(block("report/MS/m4").sentences) == 2
    assert text_of("report/MS/m5").startswith("The Commander of NATO’s counterpiracy")


def test_other_mistakes_of_the_source_are_kept() -> None:
    """A missing word and a missing space stay as they are: nothing is corrected."""
    assert "such al-Qaeda and ISIS-K" in text_of("report/VI.5/p4")
    assert "then NATO Deputy Secretary Rose Gottemoeller" in text_of("report/MS/m10")


# ------------------------------------------------------------------ the article's typography


def test_no_break_spaces_become_spaces() -> None:
    """A no-break space folds to a space inside a text and vanishes at its end."""
    assert NBSP in ncr.article.source
    assert not any(NBSP in each.text for each in ncr.article.blocks)
    assert "outlined in The Avoidable War (2022)" in text_of("article/modus-vivendi/p1")
    assert "first half of the 20th century" in text_of("article/modus-vivendi/p6")
    assert not any(each.raw.endswith(NBSP) for each in ncr.article.blocks)


def test_unnumbered_headings() -> None:
    """The article's three headings have no number and give their sections their ids; other sections have none."""
    assert {each.id: (each.number, each.heading) for each in ncr.article.walk()} == {
        "front": (None, None),
        "intro": (None, None),
        "reality-check": (None, "A Few Points of Reality Check"),
        "modus-vivendi": (None, "Towards a More Sustainable Modus Vivendi"),
        "benefits": (None, "Why Both NATO and China Can Benefit"),
        "notes": (None, None),
    }


def test_title_date_and_author_line() -> None:
    """Title, date, the words "About the author:" and the author line are title matter with citations."""
    assert [each.text for each in section("article/front").blocks] == [
        "A New NATO-China Modus Vivendi Towards Renewed and Sustainable Relations",
        "August 04, 2022",
        "About the author:",
        "Brian Wong Yueshun, Ph.D. candidate, Oxford University; TI Youth Observer",
    ]
    titles = [leaf for leaf in ncr.article.leaves if leaf.kind is LeafKind.TITLE]
    assert [leaf.citation for leaf in titles] == [each.citation for each in section("article/front").blocks]
    assert len(block("article/front/p4").sentences) == 1


def test_three_closing_notes() -> None:
    """The article ends in three notes; the last ends the file without a newline."""
    notes = section("article/notes").blocks
    assert [each.text.split(":")[0].split(",")[0] for each in notes] == [
        "Please note",
        "This article is from the July issue of TI Observer (TIO)",
        "Should you have any questions",
    ]
    assert notes[-1].span.end == len(ncr.article.source)
    assert text_of("article/benefits/p3").endswith("path forward for all involved parties.")


def test_dashes_inside_a_line_keep_their_spaces() -> None:
    """The article sets dashes and hyphens between spaces; only at a line end do they join."""
    assert "new blueprint - a Strategic Concept - that outlines" in text_of("article/intro/p1")
    assert "enlisted personnel – from 3.9 million" in text_of("article/reality-check/p2")


@DOCUMENTS
def test_every_sentence_reads_as_one(document: Document) -> None:
    """Every sentence begins with a capital, digit or opening quote and ends like a sentence, with known exceptions."""
    for each in document.blocks:
        if each.section.id in ("front", "notes"):
            continue
        for sentence in each.sentences:
            assert re.match(r"[“(]?[A-Z0-9]", sentence.text), sentence.citation
            ended = re.search(r"[.!?:][”’)]*$", sentence.text)
            assert ended or str(sentence.citation) == "report/MS/m4/s2", sentence.citation


# ------------------------------------------------------------------ damaged sources

CONTENTS = ncr.report.source[1:].partition("TABLE OF CONTENTS")[0]


@pytest.mark.parametrize(
    ("id", "old", "new"),
    [
        ("report", "TABLE OF CONTENTS", ""),
        ("report", "TABLE OF CONTENTS", "CONTENTS OF THE TABLE"),
        ("report", CONTENTS, ""),
        ("report", "EXECUTIVE SUMMARY.......", "SUMMARY......."),
        ("report", "MILESTONES IN NATO", "MILESTONES OF NATO"),
        ("report", "IV. CHINESE PERCEPTIONS", "III. CHINESE PERCEPTIONS"),
        ("report", "2. Climate change", "1. Climate change"),
        ("article", "Towards a More Sustainable Modus Vivendi", "A Few Points of Reality Check"),
    ],
)
def test_a_source_with_broken_structure_is_refused(id: str, old: str, new: str) -> None:
    """Without its table of contents, or with a heading twice, a source is refused and not guessed at."""
    source = {document.id: document for document in ncr.documents()}[id].source
    assert old in source
    with pytest.raises(SourceDamaged) as caught:
        reparsed(id, source.replace(old, new))
    assert caught.value.document == id


@pytest.mark.parametrize(
    ("id", "old", "new"),
    [
        ("report", "V. CONSEQUENCES", "CONSEQUENCES"),
        ("report", "\nVIII. OUTLOOK", "\nOUTLOOK"),
        ("report", "3. Regional security", "Regional security"),
        ("report", "\nEXECUTIVE SUMMARY\n I.", "\n I."),
        ("report", f"11{FURNITURE}", FURNITURE),
        ("article", "Why Both NATO and China Can Benefit", "Why Both Can Benefit"),
        ("article", "Please note:", "Note:"),
        ("article", "Ph.D. candidate", "student"),
    ],
)
def test_a_source_that_lacks_a_section_is_refused(id: str, old: str, new: str) -> None:
    """A source in which a section or its heading cannot be found is refused: its text must not change owners."""
    source = {document.id: document for document in ncr.documents()}[id].source
    assert source.count(old) == 1
    with pytest.raises(SourceDamaged):
        reparsed(id, source.replace(old, new))


@pytest.mark.parametrize("id", ["report", "article"])
@pytest.mark.parametrize("data", [b"\xff\xfe", b"Presented by \xe9", b"\xed\xa0\x80"])
def test_invalid_utf8_is_refused(id: str, data: bytes) -> None:
    """Bytes that are not UTF-8 are refused, without a replacement character."""
    with pytest.raises(SourceDamaged, match="cannot be read"):
        reparsed(id, data)


@pytest.mark.parametrize("id", ["report", "article"])
@pytest.mark.parametrize("source", ["", "\n", "nothing of the kind"])
def test_another_text_is_refused(id: str, source: str) -> None:
    """An empty or foreign file is no document."""
    with pytest.raises(SourceDamaged):
        reparsed(id, source)


@DOCUMENTS
def test_dropping_any_leaf_with_ink_never_passes_unnoticed(document: Document) -> None:
    """Without one of its headings, titles or text pieces a source is refused, or gives another tree that re-joins."""
    for leaf in document.leaves[:: max(1, len(document.leaves) // 60)]:
        if leaf.kind is LeafKind.SPACE:
            continue
        source = document.source[: leaf.span.start] + document.source[leaf.span.end :]
        try:
            again = reparsed(document.id, source)
        except SourceDamaged:
            continue
        assert rejoined(again) == source
        assert again.sha256 != document.sha256


EDITS = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 400),
    st.sampled_from(
        [
            "",
            " ",
            "\n",
            "\n\n",
            "•\t",
            "IV. ",
            "1. A",
            "\n2. B\n",
            f"\n3{FURNITURE}\n",
            "\f",
            "X",
            NBSP,
            "OUTLOOK....... 3",
        ]
    )
    | st.text(max_size=20),
)


@pytest.mark.parametrize("id", ["report", "article"])
@settings(max_examples=40, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
@example(edits=[(0.0, 400, "")])
@example(edits=[(0.99999, 400, "")])
def test_a_damaged_source_rejoins_or_is_refused(id: str, edits: list[tuple[float, int, str]]) -> None:
    """Whatever is deleted from or put into a source, the parser returns a tree that re-joins, or refuses."""
    source = {document.id: document for document in ncr.documents()}[id].source
    for where, length, new in edits:
        at = int(where * len(source))
        source = source[:at] + new + source[at + length :]
    try:
        document = reparsed(id, source.encode("utf-8", "surrogatepass"))
    except SourceDamaged:
        return
    assert rejoined(document) == source
    for each in document.blocks:
        assert reading(document, each.raw) == each.text
        assert " ".join(sentence.text for sentence in each.sentences) == each.text


def test_damage_is_described() -> None:
    """The message says which document, where by section or character, and what to do."""
    lacking = ncr.report.source.replace("2. Climate change", "1. Climate change")
    twice = ncr.report.source.replace(
        "\n2. Climate change", "\n1. Maritime security\n\nOnce more.\n\n2. Climate change"
    )
    for source, where in ((lacking, r"section 'VI\.2'"), (twice, r"character \d+")):
        with pytest.raises(SourceDamaged) as caught:
            reparsed("report", source)
        assert re.search(rf"'report' is damaged: .*{where}.*; reinstall ncrelations", str(caught.value))
