"""Word, OpenDocument, EPUB and HTML files read into documents."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import file_kit
from hostile_files import docx, epub, odt, paragraph
from ncrelations.document.spans import LeafKind
from ncrelations.document.tree import Document
from ncrelations.errors import FileRefused
from ncrelations.files.docx_reader import read_docx
from ncrelations.files.epub_reader import read_epub
from ncrelations.files.file_text import FileText, Request
from ncrelations.files.html_reader import read_html
from ncrelations.files.odt_reader import read_odt

REQUEST = Request(Path("file"))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="H1"/><w:name w:val="My own"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style></w:styles>"""

NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
</w:numbering>"""

FOOTNOTES = f"""<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="4">{paragraph("See the minutes.")}</w:footnote></w:footnotes>"""

_CHANGED = (
    "<w:p><w:r><w:t>It is </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>quite</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> deep.</w:t></w:r>"
    '<w:r><w:footnoteReference w:id="4"/></w:r><w:r><w:t xml:space="preserve"> Ships know.</w:t></w:r></w:p>'
)
_BOXED = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
BODY = "".join([
    paragraph("Contents 1", '<w:pStyle w:val="T1"/>'),
    paragraph("Harbours", '<w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
    paragraph("Depth", '<w:pStyle w:val="Sub"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
    _CHANGED,
    paragraph("one", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
    f"<w:tbl><w:tr><w:tc>{paragraph('Year')}</w:tc><w:tc>{paragraph('Depth')}</w:tc></w:tr></w:tbl>",
    "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Two lines </w:t></w:r></w:p>",
    paragraph("are one."),
    f"<w:p><w:r><w:t>Beside a box.</w:t></w:r><w:r>{_BOXED}</w:r></w:p>",
])  # fmt: skip

PAGE = b"""<!DOCTYPE html><html><head><title>Harbours</title><meta name="author" content="Ada Penhallow">
<meta property="article:published_time" content="1911-3-14T08:00"></head><body><nav>Home</nav><main>
<h1>Harbours <em>today</em><a class="headerlink" href="#h">&para;</a></h1><div>Loose words
<p>A <b>bold</b> claim.<sup><a href="#1">[1]</a></sup> Next &amp; last.</p>
<ul><li>one<ul><li>nested</li></ul></li></ul></div><table><tr><th>Year</th><th>Depth</th></tr></table>
<table><tr><td><p>Laid</p><p>out</p></td></tr></table><p style="display: none">Hidden</p><pre>a
  b</pre></main><footer>Foot</footer></body></html>"""


def document(text: FileText) -> Document:
    """The document of a file's text, nothing lost."""
    found = file_kit.document(text)
    file_kit.holds(found)
    return found


def texts(found: Document) -> dict[str, str]:
    """The blocks of a document, by where they are cited."""
    return {str(block.citation).removeprefix("doc/"): block.text for block in found.blocks}


def test_word() -> None:
    """Styles, Word's own numbers, footnotes, rows, tracked changes as accepted, text boxes."""
    text = read_docx(docx(BODY, styles=STYLES, numbering=NUMBERING, footnotes=FOOTNOTES), REQUEST)
    found = document(text)
    assert [(s.id, s.heading, s.parent and s.parent.id) for s in found.walk()] == [
        ("I", "Harbours", None), ("I.1", "Depth", "I"),
    ]  # fmt: skip
    assert texts(found) == {
        "I.1/p1": "It is quite deep. Ships know.",
        "I.1/n1": "See the minutes.",
        "I.1/b1": "one",
        "I.1/t1": "Year Depth",
        "I.1/p2": "Two lines are one.",
        "I.1/p3": "Beside a box.",
        "I.1/p4": "In the box.",
    }
    assert (text.structure, text.pages, found.blocks[0].page) == ("styles", (), None)
    assert found.blocks[0].human == 'Doc, section I.1 "Depth", para. 1'


def test_word_without_styles() -> None:
    """Short bold paragraphs are headings where no style says so."""
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>The harbour</w:t></w:r></w:p>"
    text = read_docx(docx(bold + paragraph("It is deep.")), REQUEST)
    assert (text.structure, texts(document(text))) == ("fonts", {"the-harbour/p1": "It is deep."})


def test_word_whose_last_paragraph_has_lost_its_mark() -> None:
    """With no next paragraph to be one with, it is a block of its own, and its notes hang on it."""
    last = (
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>The last words.</w:t></w:r>"
        '<w:r><w:footnoteReference w:id="4"/></w:r></w:p>'
    )
    text = read_docx(docx(paragraph("It is deep.") + last, footnotes=FOOTNOTES), REQUEST)
    assert texts(document(text)) == {
        "front/p1": "It is deep.", "front/p2": "The last words.", "front/n1": "See the minutes.",
    }  # fmt: skip


def test_cells_of_word_hold_all_their_words_once() -> None:
    """A cell that a content control holds is one of its row; a text box in a cell stands behind the row, alone."""
    control = f"<w:sdt><w:sdtContent><w:tc>{paragraph('1911')}</w:tc></w:sdtContent></w:sdt>"
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('Low')}</w:tc><w:tc>{paragraph('High')}</w:tc></w:tr></w:tbl>"
    box = f"<w:txbxContent>{paragraph('In the box.')}{inner}</w:txbxContent>"
    cells = f"{control}<w:tc><w:p><w:r><w:t>12 m</w:t></w:r><w:r>{box}</w:r></w:p>{inner}</w:tc>"
    found = texts(document(read_docx(docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), REQUEST)))
    assert found == {"front/t1": "1911 12 m Low High", "front/p1": "In the box.", "front/t2": "Low High"}


def test_a_real_word_file() -> None:
    """Numbered headings as Word prints them, and what its lists number."""
    path = Path(__file__).with_name("own_files") / "docx-numbered-headings.docx"
    found = document(read_docx(path.read_bytes(), REQUEST))
    assert [id for id in found.tree.sections if id[0].isdigit()] == ["1", "1.1", "1.2", "1.2.1", "2", "2.1.1", "2.1"]
    assert found.section("1.2.1").heading == "Section 1.2.3"


def test_html() -> None:
    """Headings, items, rows and paragraphs; navigation, what is hidden and calls of notes are left out."""
    text = read_html(PAGE, REQUEST)
    assert (text.title, text.author, text.date) == ("Harbours", "Ada Penhallow", "1911-03-14")
    assert texts(document(text)) == {
        "harbours-today/p1": "Loose words",
        "harbours-today/p2": "A bold claim. Next & last.",
        "harbours-today/b1": "one",
        "harbours-today/b2": "nested",
        "harbours-today/t1": "Year Depth",
        "harbours-today/p3": "Laid",
        "harbours-today/p4": "out",
        "harbours-today/p5": "a b",
    }


def test_epub() -> None:
    """The pages of the spine in order, with what the book says of itself and the page numbers of its print."""
    pages = {
        "two.xhtml": "<html><body><h1>First</h1><p>Words <span epub:type='pagebreak' title='7'/>go on.</p></body>",
        "one.xhtml": "<html><body><h1>Second</h1><p>More.</p></body></html>",
    }
    text = read_epub(epub(pages, "<dc:title>Harbours</dc:title><dc:date>1911</dc:date>"), REQUEST)
    found = document(text)
    assert texts(found) == {"first/p1": "Words go on.", "second/p1": "More."}
    assert (text.title, text.date, found.blocks[1].page_label) == ("Harbours", "1911", "7")


def test_opendocument() -> None:
    """Headings by outline, lists, rows, notes; deleted text and comments are none."""
    text = read_odt(
        odt(
            "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
            '<text:h text:outline-level="1">Harbours</text:h>'
            "<text:p>Deep<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>So they say.</text:p></text:note-body></text:note>."
            "<office:annotation><text:p>no</text:p></office:annotation></text:p>"
            "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        ),
        REQUEST,
    )
    assert texts(document(text)) == {
        "harbours/p1": "Deep.", "harbours/n1": "So they say.", "harbours/b1": "one", "harbours/t1": "a b",
    }  # fmt: skip


def test_cells_of_opendocument_hold_all_their_words_once() -> None:
    """A table within a cell is text of the cell; notes and boxes stand behind the row, and comments nowhere."""
    inner = (
        "<table:table><table:table-row><table:table-cell><text:p>low</text:p></table:table-cell><table:table-cell>"
        "<text:p>high</text:p></table:table-cell></table:table-row></table:table>"
    )
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>So they say.</text:p>"
        "</text:note-body></text:note>"
    )
    space = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    box = f"<draw:text-box {space}><text:p>In the box.</text:p>{inner}</draw:text-box>"
    remark = "<office:annotation><text:p>no</text:p></office:annotation>"
    cells = (
        f"<table:table-cell><text:p>Depth{note}{box}{remark}</text:p></table:table-cell>"
        f"<table:table-cell>{inner}</table:table-cell>"
    )
    table = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    assert texts(document(read_odt(odt(table), REQUEST))) == {
        "front/t1": "Depth low high", "front/n1": "So they say.", "front/p1": "In the box.", "front/t2": "low high",
    }  # fmt: skip


_TAGS = st.sampled_from(
    ["p", "div", "li", "ul", "h1", "h2", "table", "tr", "td", "b", "span", "br", "pre", "nav", "sup", "a"]
)
_HTML = st.lists(
    st.one_of(_TAGS.map("<{}>".format), _TAGS.map("</{}>".format), st.text("ab. \n&;<>1é", max_size=6)), max_size=40
)


@given(_HTML)
@settings(max_examples=150, deadline=None)
def test_any_page_is_read_without_loss(soup: list[str]) -> None:
    """Whatever the tags, the text re-joins from its parts, and every block is its slices."""
    with suppress(FileRefused):
        holds(read_html(("<html><body>" + "".join(soup)).encode(), REQUEST))


def holds(text: FileText) -> None:
    """Nothing of a text is lost."""
    assert "".join(text.text[part.span.start : part.span.end] for part in text.parts) == text.text
    if any(part.kind in (LeafKind.TEXT, LeafKind.HEADING) for part in text.parts):
        document(text)


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "<iframe src='file:///etc/passwd'></iframe>"])
def test_nothing_is_executed_or_fetched(words: str) -> None:
    """What a browser would run or fetch is no text."""
    with pytest.raises(FileRefused):
        read_html(f"<html><body>{words}</body></html>".encode(), REQUEST)


def test_long_titles_are_kept() -> None:
    """What the head of a page calls it is taken whole, up to three hundred characters of one line."""
    called = " ".join(["On the dredging of harbours"] * 10)
    assert read_html(f"<title>{called}\n</title><p>Text.</p>".encode(), REQUEST).title == called
    assert len(read_html(f"<title>{called * 2}</title><p>Text.</p>".encode(), REQUEST).title or "") == 300


def test_rows_are_searched_under_the_first_of_their_table() -> None:
    """What names the columns helps to find a row, and is no part of it."""
    from ncrelations.collections.searchable_text import passages_of

    table = "<h1>Depths</h1><table><tr><th>Year</th><th>Depth</th></tr><tr><td>1911</td><td>12 m</td></tr></table>"
    found = passages_of(document(read_html(f"<html><body>{table}<p>End.</p>".encode(), REQUEST)))
    assert [(each.heading, each.text) for each in found] == [
        ("Depths", "Year Depth"), ("Depths: Year Depth", "1911 12 m"), ("Depths", "End."),
    ]  # fmt: skip
