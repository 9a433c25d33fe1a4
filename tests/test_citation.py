"""Citations: the grammar, containment, the words of print and the export formats."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
import rispy
from citeproc import Citation as CSLCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st
from pybtex.backends.plaintext import Backend as PlainText
from pybtex.database import parse_string
from pybtex.style.formatting.plain import Style as PlainStyle

import ncrelations as ncr
from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.document.reference import CITE_FORMATS, Reference, Work, exported
from ncrelations.document.tree import Block, Document, Section, Sentence
from ncrelations.errors import InvalidCitation, NCRelationsError, NoSuchDocument, NoSuchPlace, NoSuchSection

SECTIONS = ["ES", "I", "VI", "VI.1", "VI.12", "MS", "intro", "reality-check", "modus-vivendi", "front"]
NUMBERS = st.integers(1, 9999)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """Any citation that the grammar allows, of any depth."""
    depth = draw(st.integers(0, 3))
    document = draw(st.sampled_from(["report", "article"]) | st.text("abcxyz", min_size=1, max_size=8))
    section = draw(st.sampled_from(SECTIONS)) if depth > 0 else None
    block = f"{draw(st.sampled_from('pbm'))}{draw(NUMBERS)}" if depth > 1 else None
    return Citation(document, section, block, draw(NUMBERS) if depth > 2 else None)


def every_place() -> list[Section | Block | Sentence]:
    """Every section, block and sentence of both documents."""
    places: list[Section | Block | Sentence] = []
    for document in ncr.documents():
        places += document.walk()
        for block in document.blocks:
            places += [block, *block.sentences]
    return places


@given(citations())
def test_a_citation_round_trips(citation: Citation) -> None:
    """Parsing the text of a citation gives the citation again."""
    assert Citation.parse(str(citation)) == citation


@given(citations())
def test_a_citation_lies_within_each_of_its_parents(citation: Citation) -> None:
    """A place is within itself and within every larger place around it, and none of those within it."""
    assert citation.within(citation)
    around = citation.parent
    while around is not None:
        assert citation.within(around)
        assert not around.within(citation)
        around = around.parent


@given(st.text(max_size=40))
def test_text_is_a_citation_or_is_refused(text: str) -> None:
    """Whatever the grammar accepts it gives back letter for letter; everything else is InvalidCitation."""
    with suppress(InvalidCitation):
        assert str(Citation.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "report/",
        "/report",
        "report//p1",
        "Report",
        "report VI",
        "report/VI.0",
        "report/VI.01",
        "report/VI.",
        "report/p1/p1/p1",
        "report/VI/x1",
        "report/VI/p0",
        "report/VI/p01",
        "report/VI/p",
        "report/VI/P1",
        "report/VI/p10000",
        "report/VI/p1/1",
        "report/VI/p1/s0",
        "report/VI/p1/s01",
        "report/VI/p1/s1/",
        "report/VI/p1/s1/s1",
        " report/VI",
        "report/VI ",
        "report/VI\n",
        "report/VI/p\N{ARABIC-INDIC DIGIT ONE}",
        "repört",
        "report\0",
        "report/VI/p1\ud800",
    ],
)
def test_the_grammar_rejects(text: str) -> None:
    """Nothing that only resembles a citation passes for one."""
    with pytest.raises(InvalidCitation) as caught:
        Citation.parse(text)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("report/VI.1", "report/VI", True),
        ("report/VI.1/p2/s1", "report/VI", True),
        ("report/VI.1/p2/s1", "report/VI.1/p2", True),
        ("report/VI/p1", "report/VI.1", False),
        ("report/VII", "report/VI", False),
        ("report/VIII", "report/VII", False),
        ("report/V", "report/VI", False),
        ("report/I/p1", "report/I/p1/s1", False),
        ("report/I/p1/s2", "report/I/p1/s1", False),
        ("report/I/p11", "report/I/p1", False),
        ("report", "report/I", False),
        ("report/I", "article", False),
        ("article/intro", "article", True),
    ],
)
def test_within(inner: str, outer: str, expected: bool) -> None:
    """A place lies inside its block, section, parent section and document, and in nothing that only looks alike."""
    assert Citation.parse(inner).within(Citation.parse(outer)) is expected


def test_every_place_resolves_to_itself() -> None:
    """The citation of every place of both documents leads back to that very place."""
    for place in every_place():
        assert ncr.resolve(str(place.citation)) is place
        assert ncr.resolve(place.citation) is place
    for document in ncr.documents():
        assert ncr.resolve(document.id) is document


def test_citations_are_unique() -> None:
    """No two places share a citation."""
    names = [str(place.citation) for place in every_place()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("citation", "human"),
    [
        ("report", "CSDR-CIISS report"),
        ("report/VI.1", 'CSDR-CIISS report, section VI.1 "Maritime security" (p. 7 ff.)'),
        ("report/VI.1/p2", 'CSDR-CIISS report, section VI.1 "Maritime security", para. 2 (p. 7 ff.)'),
        ("report/VI.1/p2/s1", 'CSDR-CIISS report, section VI.1 "Maritime security", para. 2, sentence 1 (p. 7 ff.)'),
        ("report/V/b3", 'CSDR-CIISS report, section V "CONSEQUENCES AND RISKS", bullet 3 (p. 6 ff.)'),
        ("report/ES/p1", 'CSDR-CIISS report, section "EXECUTIVE SUMMARY", para. 1 (p. 1 ff.)'),
        (
            "report/MS/m11",
            'CSDR-CIISS report, section "MILESTONES IN NATO\N{MINUS SIGN}CHINA RELATIONS", milestone 11 (p. 12 ff.)',
        ),
        ("article", "Brian Wong, TI Observer"),
        ("article/front/p1", "Brian Wong, TI Observer, title page, para. 1"),
        ("article/intro/p1", "Brian Wong, TI Observer, introduction, para. 1"),
        ("article/notes/p2/s1", "Brian Wong, TI Observer, closing notes, para. 2, sentence 1"),
        ("article/reality-check/p1", 'Brian Wong, TI Observer, section "A Few Points of Reality Check", para. 1'),
    ],
)
def test_human_form(citation: str, human: str) -> None:
    """A citation in words is what a footnote has, with a page only where the table of contents gives one."""
    place = ncr.resolve(citation)
    assert place.human == human
    assert place.cite() == f"{human} [{citation}]"


@pytest.mark.parametrize(
    ("citation", "link", "expected"),
    [
        ("report/VI.1", None, 'CSDR-CIISS report, section VI.1 "Maritime security" (p. 7 ff.) `report/VI.1`'),
        (
            "report/VI.1",
            "reader/#report/VI.1",
            'CSDR-CIISS report, section VI.1 "Maritime security" (p. 7 ff.) [report/VI.1](reader/#report/VI.1)',
        ),
    ],
)
def test_markdown(citation: str, link: str | None, expected: str) -> None:
    """Markdown links to the reader where there is a link, and otherwise shows the citation as code."""
    assert ncr.resolve(citation).cite("markdown", link) == expected


PLACES = [
    "report",
    "report/VI.1",
    "report/II/p2/s1",
    "report/MS/m11",
    "article",
    "article/notes/p3",
    "article/benefits/p1/s6",
]


def key_of(citation: str) -> str:
    """The key of the entry of the document that a citation is of: one entry a document, whatever is cited of it."""
    return f"ncr-{citation.partition('/')[0]}"


@pytest.mark.parametrize("citation", PLACES)
def test_bibtex_is_read_back(citation: str) -> None:
    """A BibTeX reader finds type, title, authors, year and place; the report, undated, is no kind that needs a year."""
    place = ncr.resolve(citation)
    ((key, entry),) = parse_string(place.cite("bibtex"), "bibtex").entries.items()
    assert key == key_of(citation)
    assert entry.fields["title"] == "{" + place.reference.work.title + "}"
    assert entry.fields["annote"] == f"{place.human} [{citation}]"
    people = [str(person) for person in entry.persons["author"]]
    if citation.startswith("report"):
        assert entry.type == "misc"
        assert people == [
            "{Center for Strategic Decision Research (CSDR)}",
            "{China Institute for International Strategic Studies (CIISS)}",
        ]
        assert "year" not in entry.fields
        assert entry.fields["howpublished"].startswith("Center for Strategic Decision Research and China")
    else:
        assert entry.type == "article"
        assert people == ["Wong, Brian Yueshun"]
        assert (entry.fields["journal"], entry.fields["year"], entry.fields["month"]) == (
            "TI Observer",
            "2022",
            "August",
        )


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.parametrize("format", ["bibtex", "ris", "csl-json"])
def test_pandoc_cites_from_each_bibliography(format: str, tmp_path: Path) -> None:
    """A house is named whole, in order, whichever bibliography pandoc reads; the pinpoint stands behind it."""
    file = tmp_path / {"bibtex": "works.bib", "ris": "works.ris", "csl-json": "works.json"}[format]
    file.write_text(ncr.bibliography(["report/VI.1/p2", ncr.article], format) + "\n", "utf-8")
    text = f"{ncr.resolve('report/VI.1/p2-p4').cite('pandoc')} {ncr.article.cite('pandoc')}"
    command = ["pandoc", "--citeproc", "--bibliography", str(file), "--to", "plain", "--wrap", "none"]
    shown = subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
    assert shown.startswith("(Center for Strategic Decision Research (CSDR) and China Institute")
    assert "sec. VI.1, paras. 2–4)" in shown
    assert "(Wong 2022)" in shown


@pytest.mark.parametrize("citation", PLACES)
def test_ris_is_read_back(citation: str) -> None:
    """A RIS reader finds type, title, authors, date and the place."""
    place = ncr.resolve(citation)
    (entry,) = rispy.loads(place.cite("ris"))
    assert entry["id"] == key_of(citation)
    assert entry["title"] == place.reference.work.title
    assert entry["notes"] == [f"{place.human} [{citation}]"]
    if citation.startswith("report"):
        assert entry["type_of_reference"] == "RPRT"
        assert entry["authors"] == [  # the comma tells readers of RIS that all of it is one name
            "Center for Strategic Decision Research (CSDR),",
            "China Institute for International Strategic Studies (CIISS),",
        ]
        assert not {"year", "date"} & set(entry)
    else:
        assert entry["type_of_reference"] == "MGZN"
        assert entry["authors"] == ["Wong, Brian Yueshun"]
        assert (entry["journal_name"], entry["year"], entry["date"]) == ("TI Observer", "2022", "2022/08/04/")


@pytest.mark.parametrize("citation", PLACES)
def test_csl_json_is_read_back(citation: str) -> None:
    """CSL-JSON has the item with its type, authors, date and place."""
    place = ncr.resolve(citation)
    (item,) = json.loads(place.cite("csl-json"))
    assert item["id"] == key_of(citation)
    assert item["title"] == place.reference.work.title
    assert item["note"] == f"{place.human} [{citation}]"
    if citation.startswith("report"):
        assert item["type"] == "report"
        assert all(set(name) == {"literal"} for name in item["author"])
        assert "issued" not in item
    else:
        assert item["type"] == "article-magazine"
        assert item["author"] == [{"family": "Wong", "given": "Brian Yueshun"}]
        assert item["issued"] == {"date-parts": [[2022, 8, 4]]}


SEVERAL = ["report/VI.1/p2", "article/intro/p1", "report/VI.1/p3", "report/IV", "report/VI.1/p2"]


def test_several_places_are_one_entry_a_document() -> None:
    """Three paragraphs of a report are one report in every bibliography, with each place noted once."""
    references = [ncr.resolve(citation).reference for citation in SEVERAL]
    notes = [f"{ncr.resolve(c).human} [{c}]" for c in SEVERAL[:4]]
    of_report = [note for note in notes if "CSDR" in note]
    items = json.loads(exported(references, "csl-json"))
    assert [(item["id"], item["note"]) for item in items] == [
        ("ncr-report", "; ".join(of_report)),
        ("ncr-article", notes[1]),
    ]
    assert [entry["notes"] for entry in rispy.loads(exported(references, "ris"))] == [of_report, notes[1:2]]
    entries = parse_string(exported(references, "bibtex"), "bibtex").entries
    assert {key: entry.fields["annote"] for key, entry in entries.items()} == {
        "ncr-report": "; ".join(of_report),
        "ncr-article": notes[1],
    }
    assert exported(references, "text").split("\n") == [*notes, notes[0]]
    assert exported(references[:1], "markdown", ["#x"]) == ncr.resolve(SEVERAL[0]).cite("markdown", "#x")
    assert exported([], "csl-json") == "[]"
    for form in CITE_FORMATS:
        assert ncr.bibliography(SEVERAL, form) == exported(references, form)
    with pytest.raises(NoSuchPlace, match="citation format 'bib'"):
        ncr.bibliography([], "bib")


def test_a_bibliography_style_formats_them() -> None:
    """The plain style of BibTeX, as pybtex runs it, sets both entries: no field that it must have is missing."""
    references = [ncr.resolve(citation).reference for citation in SEVERAL]
    entries = parse_string(exported(references, "bibtex"), "bibtex")
    style = PlainStyle().format_bibliography(entries)
    shown = {each.key: each.text.render(PlainText()) for each in style}
    assert shown["ncr-article"].startswith("Brian Yueshun Wong. A New NATO-China Modus Vivendi")
    assert shown["ncr-article"].endswith("TI Observer, August 2022.")
    assert shown["ncr-report"].endswith("China Institute for International Strategic Studies.")


@pytest.mark.parametrize("citation", ["report/VI.1/p2", "article/intro/p1"])
def test_a_csl_processor_formats_them(citation: str) -> None:
    """A citation processor reads the item, and sets author, title, date and a pinpoint beside it."""
    place = ncr.resolve(citation)
    source = CiteProcJSON(json.loads(place.cite("csl-json")))
    bibliography = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
    )
    cited = CSLCitation([CitationItem(key_of(citation), locator=Locator("paragraph", "2"))])
    bibliography.register(cited)
    (shown,) = [str(each) for each in bibliography.bibliography()]
    assert place.reference.work.title.split()[-1] in shown
    assert ("2022" in shown) == citation.startswith("article")
    assert "2" in bibliography.cite(cited, lambda _: None)


@pytest.mark.parametrize(
    ("citation", "pandoc", "latex"),
    [
        ("report", "[@ncr-report]", r"\cite{ncr-report}"),
        ("report/VI.1/p2", "[@ncr-report, sec. VI.1, para. 2]", r"\cite[sec.~VI.1, para.~2]{ncr-report}"),
        ("article/intro/p1/s2", "[@ncr-article, introduction, para. 1, sentence 2]",
         r"\cite[introduction, para.~1, sentence 2]{ncr-article}"),
        ("article/benefits", '[@ncr-article, sec. "Why Both NATO and China Can Benefit"]',
         r'\cite[sec.~"Why Both NATO and China Can Benefit"]{ncr-article}'),
    ],
)  # fmt: skip
def test_pinpoints(citation: str, pandoc: str, latex: str) -> None:
    """A place within a document is cited by the document's key with the section and paragraph beside it."""
    place = ncr.resolve(citation)
    assert place.cite("pandoc") == pandoc
    assert place.cite("latex") == latex
    assert citation == "report" or f"% {citation}: {latex}\n@" in place.cite("bibtex")


def test_what_means_something_to_latex_is_escaped() -> None:
    """Marks of LaTeX in names and titles are text in BibTeX, and an @ above an entry begins none."""
    work = Work("report", "R&D", "100% of $5_000 {x} #1 ~^\\", (("A & B", ""),), "P", None, (2020, 1, 2))
    reference = Reference(Citation("odd", "a"), work, None, "me@[home]", "a", None)
    ((_, entry),) = parse_string(reference.export("bibtex"), "bibtex").entries.items()
    assert entry.type == "techreport"
    assert entry.fields["title"] == r"{100\% of \$5\_000 \{x\} \#1 \textasciitilde{}\textasciicircum{}\textbackslash{}}"
    assert [str(person) for person in entry.persons["author"]] == [r"{A \& B}"]
    assert reference.latex == r'\cite[{sec.~"me@[home]"}]{ncr-odd}'


@pytest.mark.parametrize("format", CITE_FORMATS)
def test_every_place_can_be_cited(format: str) -> None:
    """No place fails in any format, and every format names the citation or, as a pinpoint, its section."""
    for document in ncr.documents():
        last = document.blocks[-1]
        places: list[Document | Section | Block | Sentence] = [document, *document.walk(), last, last.sentences[-1]]
        for place in places:
            assert (str(place.citation) in place.cite(format)) is (
                format not in ("pandoc", "latex") or place is document
            )
            assert place.citation.place in place.cite(format).replace("~", " ")


def test_an_unknown_format_is_named() -> None:
    """A format that does not exist is refused with the nearest one that does."""
    with pytest.raises(NoSuchPlace, match=r"there is no citation format 'bibtec'; did you mean bibtex\?"):
        ncr.report.cite("bibtec")


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("reprot/VI.1", NoSuchDocument, "report"),
        ("zzz", NoSuchDocument, "report"),
        ("report/IX", NoSuchSection, "report/I"),
        ("report/VI.7", NoSuchSection, "report/VI.5"),
        ("report/vi.1", NoSuchSection, "report/VI.1"),
        ("report/es", NoSuchSection, "report/ES"),
        ("article/benefit", NoSuchSection, "article/benefits"),
        ("report/VI.1/p9", NoSuchPlace, "report/VI.1/p4"),
        ("report/III/b9/s1", NoSuchPlace, "report/III/b8"),
        ("report/VI.1/p2/s40", NoSuchPlace, "report/VI.1/p2/s3"),
        ("REPORT/VI.1", InvalidCitation, "report/VI.1"),
        ("report/VI.1/p2/s0", InvalidCitation, "report/VI.1/p2"),
        ("report VI.1", InvalidCitation, "report/VI.1"),
    ],
)
def test_near_misses(text: str, kind: type[NCRelationsError], first: str) -> None:
    """A citation that names nothing is answered with the nearest ones that exist, best first."""
    with pytest.raises(kind) as caught:
        ncr.resolve(text)
    error = caught.value
    assert isinstance(error, NoSuchPlace | InvalidCitation)
    assert error.suggestions[0] == first
    for suggestion in error.suggestions:
        ncr.resolve(suggestion)


@pytest.mark.parametrize("number", [0, -1, 99])
def test_a_sentence_counts_from_one(number: int) -> None:
    """A citation made by hand with a sentence that no block has is refused too."""
    with pytest.raises((NoSuchPlace, InvalidCitation)):
        ncr.resolve(Citation("report", "VI.1", "p2", number))


HOSTILE = ["\x1b[31mreport", "report/\x07", "report/VI\u202e.1", "report\ud800", "report/VI.1\nrm -rf"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_messages_are_printable(hostile: str) -> None:
    """Control and formatting characters and lone surrogates never reach a terminal through a message."""
    with pytest.raises(InvalidCitation) as caught:
        ncr.resolve(hostile)
    message = str(caught.value)
    assert message.isprintable()
    assert message.encode("utf-8")
    assert "\N{REPLACEMENT CHARACTER}" in message


def test_messages_are_short() -> None:
    """A hundred thousand characters do not come back in the message."""
    with pytest.raises(InvalidCitation) as caught:
        ncr.resolve("report/" * 20_000)
    assert len(str(caught.value)) < 300


@given(st.text(max_size=200))
def test_printable(text: str) -> None:
    """Text fit for a message is one line of at most sixty printable characters."""
    shown = printable(text)
    assert shown == "" or shown.isprintable()
    assert len(shown) <= 60


def test_nearest_ignores_case() -> None:
    """The nearest name is found whatever its letter case, and comes back as it is written."""
    assert nearest("NATO", ["author", "nato", "china"])[0] == "nato"
    assert nearest("vi.1", ["VI.2", "VI.1"])[0] == "VI.1"
    assert nearest("quite different", ["nato"]) == ()


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("report", ""),
        ("report/VI.1", ""),
        ("report/VI.1/p2", "para. 2"),
        ("report/III/b3/s1", "bullet 3, sentence 1"),
        ("report/MS/m11", "milestone 11"),
    ],
)
def test_place_in_words(citation: str, words: str) -> None:
    """Block and sentence have words of their own; larger places have none."""
    assert Citation.parse(citation).place == words
