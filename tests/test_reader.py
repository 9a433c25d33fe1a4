from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

import ncrelations as n
from edition_kit import bank
from ncrelations import reader
from ncrelations.editions.nato_china.edition import edition
from ncrelations.editions.nato_china.public import themes
from ncrelations.reader.links import Names, href, slug

BLOCKS = [block for document in n.documents() for block in document.blocks]
VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Page(HTMLParser):
    """A page as the tests look at it: anchors, links, what it loads, and the text of every element with an id."""

    html: str
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)
    """The text of the element that holds a block's words."""
    about: dict[str, str] = field(default_factory=dict)
    """Everything else that stands in a block."""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, str | None, str | None]] = []
        self.feed(self.html)
        self.close()
        assert self._open == []  # every element is closed where it should be

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element is and does."""
        given = dict(attrs)
        if name := given.get("id"):
            self.ids.append(name)
        if tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        elif given.get("src") or given.get("href"):
            self.loads.append(given.get("src") or given.get("href") or "")
        if tag not in VOID and not self._is_drawing(tag):
            self._open.append((tag, name, given.get("class")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Drawings close their elements themselves."""
        self.handle_starttag(tag, attrs) if not self._is_drawing(tag) else None

    @staticmethod
    def _is_drawing(tag: str) -> bool:
        return tag in ("line", "circle")

    def handle_endtag(self, tag: str) -> None:
        """Elements close in order."""
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        """Text belongs to every element around it."""
        block = next((name for _, name, kind in self._open if kind and kind.startswith("block ")), None)
        for _, name, kind in self._open:
            if name:
                self.texts[name] = self.texts.get(name, "") + data
            if kind == "text" and block:
                self.blocks[block] = self.blocks.get(block, "") + data
            if kind == "about" and block:
                self.about[block] = self.about.get(block, "") + data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader, written."""
    folder = tmp_path_factory.mktemp("reader") / "site"
    reader.write(folder)
    return folder


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Page]:
    """Its pages by name."""
    return {path.name: Page(path.read_text("utf-8")) for path in sorted(folder.glob("*.html"))}


def test_the_blocks_are_the_corpus_block_by_block(pages: dict[str, Page]) -> None:
    """The text of each block's element is the block's text, in the documents' order, nothing more and nothing less."""
    found = [item for name in ("report.html", "article.html") for item in pages[name].blocks.items()]
    assert found == [(str(block.citation), block.text) for block in BLOCKS]


def test_every_citation_is_an_anchor_of_its_page(pages: dict[str, Page]) -> None:
    """Documents, sections, blocks and sentences have their citation as id; a sentence's element holds its text."""
    for document in n.documents():
        page = pages[f"{document.id}.html"]
        places = [document.citation, *(section.citation for section in document.walk())]
        sentences = [sentence for block in document.blocks for sentence in block.sentences]
        wanted = {str(each) for each in [*places, *(b.citation for b in document.blocks)]}
        assert wanted | {str(sentence.citation) for sentence in sentences} <= set(page.ids)
        assert [page.texts[str(each.citation)] for each in sentences] == [each.text for each in sentences]


def test_sections_stand_in_order_with_heading_and_page(pages: dict[str, Page]) -> None:
    """Headings are those of the corpus, and a page note stands where the contents give a page."""
    for document in n.documents():
        page = pages[f"{document.id}.html"]
        ids = [str(section.citation) for section in document.walk()]
        assert [each for each in page.ids if each in ids] == ids
        for section in document.walk():
            heading = page.texts[f"h-{section.citation}"]
            assert heading == " ".join(filter(None, (section.number, section.heading or section.description)))
            assert (f"p. {section.page} ff." in page.texts[str(section.citation)]) == (section.page is not None)


def test_every_block_says_whose_view_it_is_and_how_to_cite_it(pages: dict[str, Page]) -> None:
    """Voice in words, citation, and the citation as text, Markdown and BibTeX stand at every block."""
    for block in BLOCKS:
        about = pages[f"{block.citation.document}.html"].about[str(block.citation)]
        assert block.voice.label in about
        for form in (block.cite("text"), block.cite("markdown", href(block.citation)), block.cite("bibtex")):
            assert form in about


def test_anchors_are_unique_and_links_lead_somewhere(folder: Path, pages: dict[str, Page]) -> None:
    """No id stands twice on a page; every link leads to an anchor or a file of the reader."""
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name
        for link in page.links:
            target, _, fragment = link.partition("#")
            if fragment:
                assert fragment in pages[target or name].ids, (name, link)
            else:
                assert (folder / target).is_file(), (name, link)


def test_nothing_is_loaded_from_elsewhere(folder: Path, pages: dict[str, Page]) -> None:
    """Pages load only files beside them; neither style nor script names a host."""
    for page in pages.values():
        for load in page.loads:
            assert load == "data:," or (folder / load).is_file()
    for path in (folder / "assets").iterdir():
        if path.name != "data.js":
            assert re.findall(r"https?://|@import|url\(", path.read_text("utf-8")) == []


def test_writing_again_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """The reader is deterministic, under three megabytes, and leaves what else is in the folder alone."""
    (tmp_path / "mine.txt").write_text("mine")
    again = reader.write(tmp_path)
    first = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path): path.read_bytes() for path in again} == first
    assert sum(map(len, first.values())) < 3_000_000
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_no_date_is_invented(pages: dict[str, Page]) -> None:
    """Each stop of the timeline has the date that its own sentence gives, or says that it gives none."""
    page = " ".join(pages["timeline.html"].html.split())
    stops = re.findall(r'<text [^>]*class="(dated|undated)">(\d+\. [^<]*)', page)
    events = [event for milestone in n.report.milestones for event in milestone.events]
    assert [kind == "dated" for kind, _ in stops] == [event.date is not None for event in events]
    for (_, label), event in zip(stops, events, strict=True):
        assert (event.date.text if event.date else "no date in the text") in label
        assert event.text in page
        assert href(event.sentence.citation) in pages["timeline.html"].links
    assert stops[14] == ("undated", "10. no date in the text")
    assert "Editors' note: dated 26 September 2021 in" in page


def test_the_themes_put_both_sides_beside_each_other(pages: dict[str, Page]) -> None:
    """Every theme shows the sentences of both sides with their citations, labelled as the editors' pairing."""
    page = pages["themes.html"]
    assert "Editorial" in page.texts["main"]
    for theme in themes():
        text = page.texts[f"theme-{theme.id}"]
        for voice in (n.Voice.NATO, n.Voice.CHINA):
            assert voice.label in text
            for sentence in theme.of(voice):
                assert sentence.text in text
                assert href(sentence.citation) in page.links


def test_names_lead_to_their_mentions_and_back(pages: dict[str, Page]) -> None:
    """Each entity has its entry with all mentions linked; the texts link each name at least once."""
    entries = pages["entities.html"]
    linked = {link for name in ("report.html", "article.html") for link in pages[name].links}
    for each in n.entities():
        assert slug(each.name) in entries.ids
        for mention in each.mentions:
            assert href(mention.sentence.citation) in entries.links
        own = [mention for mention in each.mentions if mention.text in each.forms]
        assert not own or f"entities.html#{slug(each.name)}" in linked


def test_a_name_is_linked_once_a_block() -> None:
    """Links do not clutter: a name is linked where its block names it first, one of every page once a section."""
    pieces = Names(edition().corpus).pieces
    for document in n.documents():
        for section in document.walk():
            found = [[p.entity for s in b.sentences for p in pieces(s) if p.entity] for b in section.blocks]
            assert all(len(names) == len(set(names)) for names in found)
            everywhere = [name for names in found for name in names if name in edition().corpus.entities.everywhere]
            assert len(everywhere) == len(set(everywhere))


def test_one_page_holds_all_it_needs() -> None:
    """A single page has every block and no file beside it."""
    page = Page(reader.page(n.documents()))
    assert list(page.blocks.items()) == [(str(block.citation), block.text) for block in BLOCKS]
    assert page.loads == []
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)


def test_the_search_has_every_passage_and_every_question(folder: Path) -> None:
    """The data are the corpus's sentences and the questions that find them, each with the sentences that answer it."""
    script = (folder / "assets" / "data.js").read_text("utf-8")
    data = json.loads(script.removeprefix("globalThis.NCR_DATA=").removesuffix(";\n"))
    assert [each["citation"] for each in data["blocks"]] == [str(block.citation) for block in BLOCKS]
    assert [each["sentences"] for each in data["blocks"]] == [[s.text for s in block.sentences] for block in BLOCKS]
    assert all(each["label"] == block.voice.label for each, block in zip(data["blocks"], BLOCKS, strict=True))
    questions = [each for each in bank("questions") if not each.get("twin")]
    found = [(data["blocks"][block]["citation"], text, numbers) for text, block, numbers in data["questions"]]
    assert found == [(q["citation"], q["question"], q["sentences"]) for q in questions]
    assert dict(data["aliases"])["yi wang"] == "Wang Yi"
