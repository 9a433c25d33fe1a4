"""PDFs read into documents: nothing lost, right pages, headings, footnotes and running heads of real files."""

from __future__ import annotations

import re
import time
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

import file_kit
from hostile_files import pdf
from ncrelations.document.losslessness import has_right_pages
from ncrelations.document.spans import LeafKind
from ncrelations.document.tree import Document
from ncrelations.files.file_text import FileText, Request, Structure
from ncrelations.files.hyphens import Hyphens
from ncrelations.files.pdf_reader import read_pdf
from ncrelations.files.readers import read

FILES = Path(__file__).with_name("own_files")
REPORT, OPINION = "un-A-HRC-59-60-report-with-outline", "us-ca1-opinion-20-1507"
DMCA, TRANSCRIPT = "us-copyright-office-dmca-encrypted-empty-password", "us-scotus-transcript-page"
NAMES = sorted(path.stem for path in FILES.glob("*.pdf"))
EACH = pytest.mark.parametrize("name", NAMES)


@cache
def text_of(name: str, structures: tuple[Structure, ...] = ()) -> FileText:
    """A file's text; with its headings from given sources alone."""
    path = FILES / f"{name}.pdf"
    if structures:
        return read_pdf(path.read_bytes(), Request(path), structures=structures)
    return read(Request(path))


@cache
def document(name: str) -> Document:
    """The document of a file."""
    return file_kit.document(text_of(name))


def letters(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(c for c in text if c.isalnum())


def headings(text: FileText) -> list[str]:
    """The headings of a text, letters and digits alone."""
    found: list[str] = []
    for part in text.parts:
        if part.kind is LeafKind.HEADING:
            words = letters(text.text[part.span.start : part.span.end])
            found[len(found) :] = [words] if not part.continues else [found.pop() + words]
    return found


@EACH
def test_nothing_is_lost(name: str) -> None:
    """The leaves re-join to the source, a block's pieces are its words, and pages follow one another."""
    file_kit.holds(document(name))
    assert has_right_pages(document(name))


@EACH
def test_pages_are_right_and_no_letter_is_missing(name: str) -> None:
    """PDFium's own text of the page that a block begins on holds its first words; all its letters are read."""
    found, text = document(name), text_of(name)
    opened = pypdfium2.PdfDocument(FILES / f"{name}.pdf")
    pages = [letters(page.get_textpage().get_text_bounded()) for page in opened]
    for block in found.blocks:
        first = letters(block.text.partition(" ")[0])
        assert block.page is not None
        assert first in pages[block.page - 1], (block.page, block.text[:60])
    starts = [page.start for page in text.pages]
    for page, start, end in zip(pages, starts, [*starts[1:], len(text.text)], strict=True):
        assert sorted(letters(text.text[start:end])) == sorted(page)
    opened.close()


@pytest.mark.parametrize("name", [REPORT, OPINION, DMCA])
def test_a_page_takes_little_time(name: str) -> None:
    """At most 20 ms of CPU a page, where a file has more than a few."""
    pages = len(text_of(name).pages)
    assert pages > 5
    assert min(seconds(name) for _ in range(3)) / pages < 0.02


def seconds(name: str) -> float:
    """How long reading a file takes."""
    started = time.process_time()
    text_of.__wrapped__(name)
    return time.process_time() - started


def test_headings_by_fonts_are_those_of_the_bookmarks() -> None:
    """Of a report's 21 bookmarks, all are found by fonts alone; without tags they are read from the bookmarks."""
    wanted = headings(text_of(REPORT, ("bookmarks",)))
    assert len(wanted) == 21
    assert text_of(REPORT, ("bookmarks",)).structure == "bookmarks"
    by_fonts = headings(text_of(REPORT, ("fonts",)))
    assert set(wanted) <= set(by_fonts)
    assert len(by_fonts) <= 28  # the masthead of the first page is set like headings
    assert headings(text_of(REPORT)) == wanted
    assert text_of(REPORT).structure == "tags"


def test_numbered_paragraphs_are_what_is_cited() -> None:
    """A report's 64 paragraphs are cited by their numbers, with the page they stand on."""
    found = document(REPORT)
    assert [id for id in found.tree.sections if id.isdigit()] == [str(number) for number in range(1, 65)]
    paragraph = found.section("45").blocks[0]
    assert paragraph.human == "Doc, para. 45 (pp. 12–13)"
    assert found.section("45").parent is found.section("V.A")
    assert found.section("57").blocks[0].text.startswith("While awareness of business responsibilities")
    assert str(found.section("1").blocks[0].citation) == "doc/1/p1"


def test_footnotes_stand_where_they_are_called() -> None:
    """A note belongs to the paragraph with its number, which no longer stands in the words."""
    found = document(REPORT)
    calling, note = found.section("1").blocks[:2]
    assert (note.kind, note.text, str(note.citation)) == ("footnote", "A/HRC/17/31, annex.", "doc/1/n1")
    assert "Protect, Respect and Remedy” Framework. The Forum" in calling.text


def test_running_heads_are_no_text() -> None:
    """No block holds the head or foot of a page; paragraphs go on behind them."""
    for name, head in ((REPORT, "GE.25-05795"), (OPINION, "Entry ID"), ("un-S-2025-395-nato-kfor-letter", "25-09895")):
        assert not [block for block in document(name).blocks if head in block.text]
        furniture = [leaf.span for leaf in document(name).leaves if leaf.kind is LeafKind.FURNITURE]
        assert any(head in document(name).source[span.start : span.end] for span in furniture)
    long = next(block for block in document(OPINION).blocks if block.text.startswith("Two days later"))
    assert "We have no transcript of that conference, but Governor Mills" in long.text
    assert (long.page, long.human.rpartition(" ")[2]) == (6, "6–7)")


def test_footnotes_of_the_size_of_the_text() -> None:
    """An opinion's footnotes are told by the number that the text above them calls."""
    notes = [block for block in document(OPINION).blocks if block.kind == "footnote"]
    assert [note.text[:31] for note in notes] == ["The Chapel claimed violations o", "Even if these circumstances qua"]


def test_an_empty_password_opens() -> None:
    """An encrypted file with an empty user password is read, bullets and footnotes with it."""
    found = document(DMCA)
    assert len(text_of(DMCA).pages) == 18
    assert found.section("introduction").blocks[2].kind == "bullet"
    assert found.section("introduction").blocks[2].text.startswith("Title I, the “WIPO Copyright")


def test_the_numbers_of_lines_are_no_text() -> None:
    """A transcript's line numbers are furniture; its sentences run over them."""
    texts = [block.text for block in document(TRANSCRIPT).blocks]
    assert (
        "The above-entitled matter came on for oral argument before the Supreme Court of the United States at 1:01 p.m."
        in texts
    )


def test_rows_of_a_table_are_blocks() -> None:
    """Each state's row is a block of its own."""
    rows = [block for block in document("us-nics-background-checks-table").blocks if block.kind == "table row"]
    assert len(rows) == 58
    assert any(re.match(r"Alabama 18,870 23,022", row.text) for row in rows)


def test_titles_are_no_typists() -> None:
    """The author that Word wrote beside no title is who typed it; a letter names its issuer and its date."""
    text = text_of("un-A-79-822-china-letter")
    assert (text.author, text.date) == (None, "2025-03-17")
    assert text.issuer == "Permanent Representative of China to the United Nations"
    assert (text.title or "").startswith("Letter dated 17 March 2025")


def test_what_stands_on_every_page_is_text_where_there_is_no_other() -> None:
    """Pages that hold one and the same line, high up, are not left without any text."""
    made = read_pdf(pdf(pages=3), Request(Path("a.pdf")))
    assert (len(made.pages), made.remarks, made.structure) == (3, (), "none")
    assert {part.kind for part in made.parts} == {LeafKind.TEXT, LeafKind.SPACE}


def test_hyphens_at_the_ends_of_lines() -> None:
    """The document's own words decide; in doubt the hyphen stays, unless no other reading makes a word."""
    told = Hyphens(["information", "well-known", "e-mail"], [("well-", "known"), ("infor-", "mation")])
    assert told.divides("infor-", "mation,")
    assert not told.divides("well-", "known")
    assert told.divides("communi-", "cation")
    assert not told.divides("pre-", "recorded")
    assert not told.divides("NATO-", "China")
    assert not told.divides("10-", "year")
    dividing = Hyphens(["information", "communication"], [("infor-", "mation"), ("communi-", "cation")])
    assert dividing.divides("pre-", "sented")


def test_what_is_cited_by_its_number_is_so_in_every_format() -> None:
    """A paragraph's number and printed page stand in the pinpoints of bibliographies."""
    paragraph = document(REPORT).section("45").blocks[0]
    assert paragraph.cite("pandoc") == "[@ncr-doc, para. 45, pp. 12–13]"
    assert paragraph.cite("latex") == r"\cite[para.~45, pp.~12–13]{ncr-doc}"
    assert document(REPORT).section("V").cited_page == "12"
