"""The reader of a library that is not the packaged one: named, linked, coloured and searched by its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ncrelations import Library, NCRelationsError, reader
from ncrelations.document.corpus import Corpus, given
from ncrelations.document.tree import Document
from ncrelations.editions.nato_china.edition import edition
from ncrelations.models.minilm import packaged
from ncrelations.reader.captions import captions_of
from ncrelations.reader.links import Names
from ncrelations.reader.search_data import search_data, tint
from third_edition.sources import COUNCIL, FARMERS, INNKEEPERS, PENHALLOW

pytest_plugins = ["third_edition.fixtures"]


@pytest.fixture(scope="module")
def folder(windmill: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reader of the third edition, written."""
    folder = tmp_path_factory.mktemp("windmill reader")
    reader.write(folder, windmill)
    return folder


def text_of(path: Path) -> str:
    """A page as it reads: without tags, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", path.read_text("utf-8")).split())


def test_titles_and_navigation_are_the_documents(folder: Path) -> None:
    """The first page is headed by the titles; every page leads to those there are, of which a timeline is none."""
    index = (folder / "index.html").read_text("utf-8")
    heading = "Minutes of the Meeting of 14 March 1911 / To the Editor of the Selwick Courier"
    assert f"<h1>{heading}</h1>" in index
    assert "Two documents, word for word." in index
    assert '<a href="minutes.html#minutes/front/p1">minutes/front/p1</a>' in index
    labels = re.findall(r'<a [^>]*?href="([\w.]+)"[^>]*>([^<]+)</a>', index.split("</nav>")[0])
    assert labels == [
        ("index.html", "Windmill reader"), ("minutes.html", "Minutes"), ("letter.html", "Letter"),
        ("themes.html", "Themes"), ("entities.html", "Names"),
    ]  # fmt: skip
    assert not (folder / "timeline.html").exists()
    assert all("Windmill reader</title>" in path.read_text("utf-8") for path in folder.glob("*.html"))


def test_links_lead_somewhere(folder: Path) -> None:
    """Every link of every page leads to a page that there is, and to an anchor of it."""
    pages = {path.name: path.read_text("utf-8") for path in folder.glob("*.html")}
    anchors = {name: set(re.findall(r' id="([^"]+)"', page)) for name, page in pages.items()}
    for name, page in pages.items():
        for link in re.findall(r'<a [^>]*?href="([^"]+)"', page):
            target, _, fragment = link.partition("#")
            assert not fragment or fragment in anchors[target or name], (name, link)
            assert not target or target in pages, (name, link)


def test_the_sides_stand_beside_each_other(folder: Path) -> None:
    """A theme has a column a side, and what the narrators say of it below."""
    page = (folder / "themes.html").read_text("utf-8")
    assert re.findall(r"<h3>([^<]+)</h3>", page) == [FARMERS.label, INNKEEPERS.label]
    others = page.split("<summary>")[1]
    assert others.startswith("Others on this theme (2)")
    assert others.count(PENHALLOW.label) == 2


def test_each_voice_has_the_colour_of_its_place(folder: Path, windmill: Library) -> None:
    """Blocks and labels have the number of their voice's colour, which the style has for as many as there are."""
    places = [tint(voice.value, windmill.corpus) for voice in (FARMERS, INNKEEPERS, COUNCIL, PENHALLOW)]
    assert places == [1, 2, 3, 4]
    assert tint("nobody", windmill.corpus) == 0
    page = (folder / "minutes.html").read_text("utf-8")
    assert '<li class="block bullet of-1" id="minutes/farmers/b1">' in page
    assert f'<span class="voice voice-2">{INNKEEPERS.label}</span>' in page
    style = (folder / "assets" / "reader.css").read_text("utf-8")
    assert all(f".of-{place}, .voice-{place} {{" in style for place in range(9))


def test_names_are_linked_in_the_librarys_texts(windmill: Library) -> None:
    """The pieces of every sentence join to its text, and each name is linked where a block has it first."""
    names = Names(windmill.corpus)
    linked = set()
    for document in windmill.documents():
        for sentence in (sentence for block in document.blocks for sentence in block.sentences):
            pieces = names.pieces(sentence)
            assert "".join(piece.text for piece in pieces) == sentence.text
            linked |= {piece.entity for piece in pieces if piece.entity}
    assert {"Silas Orme", "Ada Penhallow", "Tallow Hill"} <= linked


def test_only_kinds_that_occur_are_listed(folder: Path) -> None:
    """The page of names has a heading for each kind of entity that there is, and no other."""
    page = (folder / "entities.html").read_text("utf-8")
    assert re.findall(r'<h2 id="h-(\w+)">', page) == ["person", "organisation", "place"]


def test_the_search_knows_who_is_asked_for(windmill: Library) -> None:
    """Sides are known by the words that ask for them, and an author who is a person by every part of the name."""
    data = search_data(windmill)
    assert [voice for voice, _ in data["sides"]] == ["farmers", "innkeepers"]
    assert data["authors"] == [["penhallow", ["ada", "penhallow"]]]
    edited = search_data(edition())
    assert [voice for voice, _ in edited["sides"]] == ["nato", "china"]
    assert edited["authors"] == [["author", ["brian", "wong", "yueshun"]]]


SEARCH = """
const fs = require("fs");
for (const name of ["data.js", "search.js"]) (0, eval)(fs.readFileSync(`${process.argv[1]}/assets/${name}`, "utf8"));
const search = createSearch(NCR_DATA);
console.log(JSON.stringify(process.argv.slice(2).map((query) => search(query, 1).results[0].citation)));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
def test_the_script_finds_in_other_texts(folder: Path) -> None:
    """The search of the pages, run by Node, finds by question and by whose view is asked for."""
    asked = {
        "What does it cost to mend the windmill?": "minutes/state/p1",
        "What do the farmers think of visitors?": "minutes/farmers/b3",
        "What do the publicans think of visitors?": "minutes/innkeepers/b1",
        "what does Penhallow propose": "letter/proposal/p1",
    }
    done = subprocess.run(["node", "-e", SEARCH, folder, *asked], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == list(asked.values())


def test_documents_of_which_nothing_is_known(windmill: Library, tmp_path: Path) -> None:
    """Without themes, names or sides there are only the texts and the search, headed by how many they are."""
    library = Library(given(windmill.documents()[:1]), windmill.scorers.english.index, packaged())
    written = {path.relative_to(tmp_path).as_posix() for path in reader.write(tmp_path, library)}
    assert {path for path in written if path.endswith((".html", ".svg"))} == {"index.html", "minutes.html"}
    assert "See also" not in text_of(tmp_path / "index.html")
    assert captions_of(given(windmill.documents()[:1])).about == "One document, word for word."
    assert captions_of(given(windmill.documents() * 2)).heading == "Four documents"
    assert captions_of(given(())).about == "No documents, word for word."


def test_a_document_named_as_a_page_is_refused(windmill: Library, tmp_path: Path) -> None:
    """A document whose page would overwrite one of the reader's own is told to have another id."""
    letter = windmill.documents()[1]

    class Named(Corpus):
        documents = (Document("index", letter.work, letter.source, letter.sha256, letter.leaves, letter.tree),)
        entities, themes = windmill.corpus.entities, windmill.corpus.themes

    with pytest.raises(NCRelationsError, match="the reader has a page 'index' of its own"):
        reader.write(tmp_path, Library(Named()))
    assert list(tmp_path.iterdir()) == []


def test_one_page_of_some_documents(windmill: Library) -> None:
    """A single page of one document has its blocks, coloured, and nothing of the edition."""
    page = reader.page(windmill.documents()[1:], windmill)
    assert re.findall(r'class="block [^"]+of-4" id="([^"]+)"', page) == [
        str(block.citation) for block in windmill.documents()[1].blocks
    ]
    assert "NATO" not in page
