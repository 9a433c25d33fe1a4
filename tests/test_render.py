from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ncrelations as n
from cli_helpers import GOLDEN, expect
from ncrelations.document.entities import Entity
from ncrelations.document.excerpt import excerpt_of
from ncrelations.document.voice import View, Voice
from ncrelations.editions.nato_china.edition import Comparison
from ncrelations.render import (
    Page,
    Para,
    Run,
    Style,
    answer_page,
    cells,
    clean,
    comparison_page,
    escape,
    linker,
    markdown,
    para,
    plain,
    quoted,
    search_page,
    terminal,
    voice_run,
)
from ncrelations.render.data import place_dict, to_json
from ncrelations.render.entity_pages import entities_page, entity_page
from ncrelations.render.export import export
from ncrelations.render.form import voice_words
from ncrelations.render.places import place_page, toc_page
from ncrelations.render.record_pages import milestones_page, perceptions_page, recommendations_page
from ncrelations.texts import LANGUAGES, Texts

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def excerpt(citation: str, best: int) -> n.Excerpt:
    """An excerpt of a block, with one sentence as the answer."""
    block = n.resolve(citation)
    assert isinstance(block, n.Block)
    return excerpt_of(block, [float(number == best) for number in range(len(block.sentences))], 1.0)


CHINA, NATO, WONG = excerpt("report/IV/b7", 3), excerpt("report/III/b1", 1), excerpt("article/notes/p1", 0)
ANSWERED = n.Answer("Why does China distrust AUKUS?", None, "answered", 0.93, (), n.Voice.CHINA, (CHINA, NATO))
VIEWS: dict[Voice, tuple[n.Excerpt, ...]] = {
    n.Voice.NATO: (), n.Voice.CHINA: (CHINA,), n.Voice.EXPERTS: (), n.Voice.AUTHOR: (WONG,),
}  # fmt: skip
PAGES = {
    "answered": answer_page(ANSWERED),
    "partial": answer_page(
        replace(
            ANSWERED, status="partial", reasons=("the documents do not say when",), understood_as="AUKUS?", voice=None
        )
    ),
    "not-found": answer_page(
        replace(ANSWERED, status="not_found", reasons=("the documents never mention 'Albania'",), excerpts=(WONG,))
    ),
    "nothing-there": answer_page(replace(ANSWERED, status="not_found", confidence=0.0, excerpts=())),
    "comparison": comparison_page(Comparison("AUKUS", VIEWS, n.themes()[:1])),
    "linked": search_page((CHINA,), linker("https://example.org/reader.html")),
}


@pytest.mark.parametrize("name", PAGES)
def test_renderings_are_the_golden_ones(name: str, request: pytest.FixtureRequest) -> None:
    """Each page looks in each form as its golden file shows; escape codes are written <esc>."""
    page = PAGES[name]
    forms = {
        "PLAIN TEXT, 80 COLUMNS": plain(page, 80),
        "PLAIN TEXT, 40 COLUMNS": plain(page, 40),
        "MARKDOWN": markdown(page),
    }
    text = "\n".join(f"=== {form} ===\n{shown}" for form, shown in forms.items())
    expect(GOLDEN / "rendering" / f"{name}.txt", text, rewrite=request.config.getoption("--rewrite-golden"))


def test_no_golden_rendering_is_left_over() -> None:
    """Every golden rendering belongs to a page."""
    assert sorted(path.stem for path in (GOLDEN / "rendering").iterdir()) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [40, 60, 120])
def test_a_terminal_shows_the_plain_words(name: str, width: int) -> None:
    """Without its escape codes a terminal's page is the plain page without guillemets, line for line."""
    unmarked = tuple(
        replace(p, runs=tuple(replace(r, style=Style.PLAIN) if r.style is Style.ANSWER else r for r in p.runs))
        for p in PAGES[name]
    )
    shown = ESCAPES.sub("", terminal(PAGES[name], width))
    assert [line.rstrip() for line in shown.splitlines()] == plain(unmarked, width).splitlines()


def test_a_terminal_emphasises_the_answer() -> None:
    """The answering sentence is bold; without colours it still is."""
    page = search_page((NATO,))
    sentence = NATO.text[NATO.highlights[0].start : NATO.highlights[0].end]
    for colour in (True, False):
        assert f"\x1b[1m{sentence}" in terminal(page, 10_000, colour=colour)
    assert "\x1b[34m" not in terminal(page, 80, colour=False)


def test_links_lead_into_the_reader() -> None:
    """With a reader's address, a terminal and Markdown link each citation to its place."""
    page = PAGES["linked"]
    assert "https://example.org/reader.html#report/IV/b7" in terminal(page, 80)
    assert "[`report/IV/b7`](https://example.org/reader.html#report/IV/b7)" in markdown(page)


def test_the_voice_is_always_in_words() -> None:
    """Every excerpt of every page names its voice, in every form."""
    for text in (
        plain(PAGES["answered"]),
        markdown(PAGES["answered"]),
        ESCAPES.sub("", terminal(PAGES["answered"], 80)),
    ):
        assert text.count("Chinese perception of NATO") == 2  # once for the view asked for
        assert text.count("NATO perception of China") == 1


def test_neighbouring_answers_are_marked_as_one() -> None:
    """Two answering sentences in a row are emphasised together."""
    block = n.resolve("report/III/b1")
    assert isinstance(block, n.Block)
    both = excerpt_of(block, [1.0] * len(block.sentences), 1.0)
    assert quoted(both) == f"**{escape(both.text)}**"
    assert plain(search_page((both,))).count("«") == 1


def place_pages() -> list[Page]:
    """Pages of everything in the documents."""
    everything: list[Page] = [toc_page(n.documents()), *map(place_page, n.documents())]
    everything += [entity_page(each) for each in n.entities()]
    everything.append(perceptions_page(n.report.nato_perceptions.perceptions))
    everything.append(recommendations_page(n.report.recommendations.recommendations))
    everything.append(milestones_page(n.report.milestones.milestones))
    return everything


@pytest.mark.parametrize("width", [40, 41, 60, 80, 120])
def test_the_documents_fit_every_width(width: int) -> None:
    """No line of any page of the documents is wider than asked for."""
    for page in place_pages():
        assert [line for line in plain(page, width).splitlines() if cells(line) > width and " " in line.strip()] == []


def test_showing_a_document_shows_all_of_it() -> None:
    """Every word of every block of both documents is in its page."""
    for document in n.documents():
        shown = " ".join(plain(place_page(document), None).split())
        assert [block.citation for block in document.blocks if block.text not in shown] == []


STYLES = st.sampled_from([Style.PLAIN, Style.ANSWER, Style.NATO, Style.FAINT, Style.CODE])
WORDS = st.text(st.characters(codec=None), max_size=60)
PARAS = st.builds(
    Para,
    st.lists(st.builds(Run, WORDS, STYLES), max_size=4).map(tuple),
    st.sampled_from(["text", "quote", "heading"]),
    st.sampled_from(["", "-", "1."]),
    st.just(""),
    st.integers(0, 6),
    st.booleans(),
)


@given(st.lists(PARAS, max_size=4).map(tuple), st.integers(40, 120))
def test_nothing_steers_the_terminal_and_lines_fit(page: Page, width: int) -> None:
    """Whatever the words: only printable characters, and no line too wide but for a single long word."""
    for line in plain(page, width).splitlines():
        assert shown_plainly(line)
        assert cells(line) <= width or longest_word(line) > width - 10
    assert shown_plainly(ESCAPES.sub("", terminal(page, width)).replace("\n", ""))
    assert shown_plainly(markdown(page).replace("\n", ""))


def shown_plainly(line: str) -> bool:
    """Whether a line is printable characters alone, the no-break space among them."""
    return line.replace("\N{NO-BREAK SPACE}", " ").isprintable()


def longest_word(line: str) -> int:
    """The width of the longest word of a line."""
    return max(map(cells, line.split(" ")))


@given(WORDS)
def test_a_question_stays_words(question: str) -> None:
    """However it is asked, a question is shown in printable characters on lines of its own."""
    page = answer_page(replace(ANSWERED, question=question))
    for text in (plain(page, 60), markdown(page), ESCAPES.sub("", terminal(page, 60))):
        assert all(map(shown_plainly, text.split("\n")))


@given(WORDS)
def test_cleaning_is_final(text: str) -> None:
    """Cleaning twice changes nothing, and as many characters come out as went in."""
    assert (clean(clean(text)), len(clean(text))) == (clean(text), len(text))


@given(st.text("\\`*_~|[]<>@#-+1. a\n", max_size=30))
def test_escaped_markdown_marks_nothing_up(text: str) -> None:
    """Taking the backslashes off again gives the cleaned text: nothing is lost, every special is escaped."""
    escaped = escape(text)
    assert re.sub(r"\\([\\`*_~|\[\]<>@#.)+-])", r"\1", escaped) == clean(text)
    assert re.search(r"(?<!\\)(?:\\\\)*[`*_~|\[\]<>@#]", escaped) is None


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("*bold*", r"\*bold\*"),
        ("@everyone", r"\@everyone"),
        ("<@123>", r"\<\@123\>"),
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("||spoiler||", r"\|\|spoiler\|\|"),
        ("a-b 1.5", "a-b 1.5"),
        ("line\nline", "line line"),
    ],
)
def test_discord_sees_words_only(text: str, escaped: str) -> None:
    """Nothing in a text formats, mentions, quotes, lists or hides."""
    assert escape(text) == escaped


JSON: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner)
)


@given(JSON)
def test_json_is_exact_and_safe_to_print(value: Any) -> None:
    """JSON says exactly what it was given, in printable characters on one line."""
    text = to_json(value)
    assert json.loads(text) == value
    assert text.isprintable()
    assert to_json(value, ascii=True).isascii()


def test_places_as_data_hold_their_text() -> None:
    """The data of a document have every section, block and sentence with citation, voice and span."""
    data = place_dict(n.report)
    topics = data["sections"][6]["children"]
    assert [each["citation"] for each in topics] == [f"report/VI.{number}" for number in range(1, 6)]
    block = topics[0]["blocks"][0]
    assert (block["citation"], block["voice"]) == ("report/VI.1/p1", "experts")
    assert [n.report.source[slice(*each["span"])] for each in block["sentences"]] == [
        sentence.raw for sentence in n.report.recommendations.maritime_security.blocks[0].sentences
    ]


def test_rendering_imports_rich_for_a_terminal_only(python: Any) -> None:
    """Plain text and Markdown are written without importing rich or click."""
    code = """
import sys, ncrelations.render.export, ncrelations.render.svg
print({'rich', 'click', 'numpy'} & set(sys.modules))
"""
    assert python("-c", code).stdout == "set()\n"
    assert Path(n.__file__).with_name("render").is_dir()


JANE = View("author", "Jane Doe")
"""A voice that has the name of a well-known one, and is another's."""


def spoken(voice: Voice) -> Page:
    """A page that names a voice."""
    return (para(voice_run(voice)),)


def test_a_voice_is_named_by_its_own_label() -> None:
    """A voice of other documents is never called as the one of that name here, in no language."""
    assert voice_words(n.Voice.CHINA, Texts("de")) == "Sicht Chinas auf die NATO"
    for language in LANGUAGES:
        assert voice_words(JANE, Texts(language)) == "Jane Doe"


def test_other_voices_have_the_colours_of_their_places() -> None:
    """A voice without a colour of its own takes that of its place, or is bold; in Markdown it is cursive."""
    voices = [f"v{number}" for number in range(8)]
    colours = [terminal(spoken(View(each, "Someone")), 40, colour=True, voices=voices) for each in voices]
    assert len(set(colours)) == 6
    assert colours[0] == colours[6]
    assert colours[0] == terminal(spoken(n.Voice.NATO), 40, colour=True).replace(n.Voice.NATO.label, "Someone")
    assert "\x1b[1mSomeone" in terminal(spoken(View("v9", "Someone")), 40, colour=True, voices=voices)
    assert markdown(spoken(View("v9", "Someone"))).strip() == "*Someone*"
    beside = (para(voice_run(View("v0", "One")), voice_run(View("v1", "Two"))),)
    assert "One\x1b[0m\x1b[31mTwo" in terminal(beside, 40, colour=True, voices=voices)


def test_kinds_of_entities_without_a_word_are_named_as_they_are() -> None:
    """An entity of a kind that the catalogue does not know is listed under the kind's own name."""
    ship = Entity("Argo", "ship")
    assert "ship\n" in plain(entities_page([ship], Texts("de")))
    assert plain(entity_page(ship)).startswith("Argo: ship\n")


def test_nothing_to_export_is_no_error() -> None:
    """No documents give an empty export in every form."""
    assert [export((), form).strip() for form in ("jsonl", "csv", "markdown")] == ["", "", ""]
