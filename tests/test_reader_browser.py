"""The reader in headless Chromium: links, keys, search and accessibility, over loopback and from files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import ncrelations as n
from ncrelations import reader
from ncrelations.text.words import terms

pytest.importorskip("playwright", reason="playwright is not installed")

from reader.browser import AXE, Tab, browser, chromium, served, tab  # the tests' own folder "reader"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(chromium() is None, reason="Chromium is not installed"),
]

PAGES = ("index.html", "report.html", "article.html", "themes.html", "timeline.html", "entities.html")

Opener = Callable[..., Tab]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader, written."""
    folder = tmp_path_factory.mktemp("reader")
    reader.write(folder)
    return folder


@pytest.fixture(scope="module")
def running() -> Iterator[Any]:
    """A browser for all tests."""
    with browser() as running:
        yield running


@pytest.fixture(params=["loopback", "file"])
def site(request: pytest.FixtureRequest, folder: Path, running: Any) -> Iterator[Tab]:
    """The reader in a tab; at the end nothing was complained of and nothing asked for elsewhere."""
    if request.param == "file":
        with tab(running, folder.as_uri()) as opened:
            yield opened
    else:
        with served(folder) as base, tab(running, base) as opened:
            yield opened
    assert (opened.complaints, opened.foreign) == ([], [])


@pytest.fixture
def file(folder: Path, running: Any) -> Iterator[Tab]:
    """The reader opened from its folder."""
    with tab(running, folder.as_uri()) as opened:
        yield opened


LOOK = """async (ids) => {
  const frame = () => new Promise(requestAnimationFrame);
  const plain = (element) => getComputedStyle(element).backgroundColor;
  const bad = [];
  for (const id of ids) {
    const element = document.getElementById(id);
    if (!element) { bad.push([id, "missing"]); continue; }
    const marked = element.matches("section, article") ? element.querySelector("h1, h2, h3") : element;
    const before = plain(marked);
    const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = id;
    await changed;
    await frame();
    const box = marked.getClientRects()[0];
    const seen = box && box.width > 0 && box.height > 0 && box.top >= 0 && box.top < innerHeight;
    const hit = seen && document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2);
    if (!seen) bad.push([id, "not in view", box?.top]);
    else if (!marked.contains(hit) && !hit?.contains(marked)) bad.push([id, "covered", hit?.tagName]);
    if (plain(marked) === before) bad.push([id, "not highlighted"]);
    if (document.activeElement !== element) bad.push([id, "not focused"]);
    if (document.querySelectorAll(".here").length !== 1) bad.push([id, "more than one highlighted"]);
  }
  return bad;
}"""


@pytest.mark.parametrize("document", n.documents(), ids=lambda document: document.id)
def test_every_citation_resolves_to_a_visible_highlighted_place(site: Tab, document: n.Document) -> None:
    """Document, sections, blocks and sentences: each is scrolled into view, highlighted and focused."""
    places = [str(document.citation), *(str(section.citation) for section in document.walk())]
    places += [str(place.citation) for block in document.blocks for place in (block, *block.sentences)]
    site.open(f"{document.id}.html")
    assert site.page.evaluate(LOOK, places) == []


def test_a_citation_opened_afresh_is_shown(site: Tab) -> None:
    """A link from elsewhere, also through the index page or the other document's, ends at its place."""
    for address in ("report.html#report/IV/b3/s2", "index.html#report/IV/b3/s2", "article.html#report/IV/b3/s2"):
        site.open(address)
        site.page.wait_for_function("document.activeElement?.id === 'report/IV/b3/s2'")
        assert site.page.url.endswith("/report.html#report/IV/b3/s2")
        assert site.page.locator(".here").bounding_box()["y"] >= 0


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("report/VI.1/p2.", ["report/VI.1/p2"]),
        ("REPORT/vi.1/P2", ["report/VI.1/p2"]),
        ("%5Breport/VI.1/p2/s1%5D,", ["report/VI.1/p2/s1"]),
        ("report/iv", ["report/IV"]),
        ("Article/Reality-Check/p1)", ["article/reality-check/p1"]),
        ("VI.1/p2", ["report/VI.1/p2"]),
        ("report/VI.1/p2-p4", ["report/VI.1/p2", "report/VI.1/p3", "report/VI.1/p4"]),
        ("report/VI.1/p2%E2%80%934", ["report/VI.1/p2", "report/VI.1/p3", "report/VI.1/p4"]),
        ("Report/iii/B1–b2.", ["report/III/b1", "report/III/b2"]),
        ("report/VI.1/p2-p2", ["report/VI.1/p2"]),
    ],
)
def test_citations_are_followed_as_people_type_them(site: Tab, typed: str, places: list[str]) -> None:
    """Punctuation around them, letter case, ranges: what the command line takes is shown, from another page too."""
    for page in ("report.html", "index.html") if "/" in typed and typed[0] not in "V%" else ("report.html",):
        site.open(f"{page}#{typed}")
        site.page.wait_for_selector(".here")
        assert site.page.evaluate("[...document.querySelectorAll('.here')].map((each) => each.id)") == places
        assert site.page.evaluate("document.activeElement.id") == places[0]
        assert 0 <= site.page.locator(".here").first.bounding_box()["y"] < 850
        assert site.page.locator("#absent").count() == 0


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("report.html#report/VI.1/p99", "report/VI.1"),
        ("report.html#report/VI.1/p4-p2", "report/VI.1"),
        ("index.html#Report/VI.9/p1.", "report"),
        ("article.html#nonsense", None),
        ("index.html#treaty/I/p1", None),
        ("report.html#%E0%A4%A", None),
    ],
)
def test_a_place_that_does_not_exist_is_said_to(site: Tab, address: str, nearest: str | None) -> None:
    """Nothing is marked; the page says so where it is seen, with the nearest place that there is."""
    site.open(address)
    site.page.wait_for_selector("#absent")
    assert "There is no place “" in site.page.locator("#absent").inner_text()
    assert site.page.locator(".here").count() == 0
    assert 0 <= site.page.locator("#absent").bounding_box()["y"] < 850
    links = site.page.locator("#absent a")
    assert (links.inner_text() if links.count() else None) == nearest
    if nearest is not None:
        links.click()
        site.page.wait_for_selector(".here")
        assert site.page.locator("#absent").count() == 0


def test_the_header_is_one_row_on_a_phone(site: Tab) -> None:
    """On every page the header's parts stand beside each other; the other pages are behind its menu."""
    site.page.set_viewport_size({"width": 390, "height": 844})
    for page in PAGES:
        site.open(page)
        shown = "header.site > :is(a, details, form, button)"
        middles = site.page.evaluate(
            "(shown) => [...document.querySelectorAll(shown)].map((e) => e.getBoundingClientRect())"
            ".map((r) => [r.top + r.height / 2, r.left, r.right])",
            shown,
        )
        assert max(each[0] for each in middles) - min(each[0] for each in middles) < 6, page
        assert all(left >= 0 and right <= 390 for _, left, right in middles), page
        assert site.page.locator("header.site").bounding_box()["height"] < 60
    assert not site.page.locator("header.site nav").is_visible()
    site.page.click(".menu summary")
    site.page.click("header.site nav a >> text=Article")
    site.page.wait_for_url("**/article.html")
    site.page.set_viewport_size({"width": 1280, "height": 844})
    site.page.wait_for_selector("header.site nav a", state="visible")


def test_bylines_have_the_authors_as_printed(file: Tab) -> None:
    """Names stand in the order of the document; one without a date says so."""
    file.open("article.html")
    assert (
        file.page.locator(".document > .byline").inner_text()
        == "Brian Wong Yueshun. TI Observer. 4 August 2022. article"
    )
    file.open("report.html")
    assert "Studies (CIISS). n.d. report" in file.page.locator(".document > .byline").inner_text()


def test_the_blocks_read_as_the_corpus(site: Tab) -> None:
    """What the browser extracts from the blocks is the corpus, block by block."""
    for document in n.documents():
        site.open(f"{document.id}.html")
        found = site.page.evaluate(
            "[...document.querySelectorAll('.block')].map((e) => [e.id, e.querySelector('.text').textContent])"
        )
        assert found == [[str(block.citation), block.text] for block in document.blocks]


def test_every_page_opens_quietly_and_fits(site: Tab) -> None:
    """No page complains, asks for anything elsewhere, or is wider than a phone."""
    site.page.set_viewport_size({"width": 390, "height": 844})
    for page in PAGES:
        site.open(page)
        assert site.page.evaluate("document.documentElement.scrollWidth") <= 390, page


@pytest.mark.parametrize(
    ("query", "section"),
    [
        ("why does china distrust AUKUS", "IV"),
        ("Why is Beijing unhappy with the Anglo-American submarine deal down under?", "IV"),
        ("wy dos chnia distrst the Quad", "IV"),
        ("piracy off the Horn of Africa", "VI.1"),
    ],
)
def test_the_search_finds_by_question_paraphrase_and_misspelling(site: Tab, query: str, section: str) -> None:
    """The first passage is of the section that answers; voice, citation and the answering sentence are shown."""
    site.open("index.html")
    site.page.fill("#q", query)
    site.page.press("#q", "Enter")
    first = site.page.locator("#results li").first
    first.wait_for()
    citation = first.locator("code").inner_text()
    place = n.resolve(citation)
    assert isinstance(place, n.Block)
    assert place.section.id == section
    assert place.voice.label in first.inner_text()
    assert first.locator("mark").first.inner_text() in place.text
    assert "passage" in site.page.locator("#status").inner_text()
    assert site.page.get_attribute("#status", "aria-live") == "polite"


def test_a_search_without_an_answer_says_so(file: Tab) -> None:
    """What the documents do not tell of is announced as such."""
    for query, said in (
        ("zzzz qqqq", "Nothing in the documents"),
        ("football league results", "No passage clearly answers"),
    ):
        file.open("index.html")
        file.page.fill("#q", query)
        file.page.wait_for_function("document.getElementById('status').textContent")
        assert said in file.page.locator("#status").inner_text()
        assert file.page.locator("#results mark").count() == 0
        assert not any("/s" in each.get_attribute("href") for each in file.page.locator("#results a").all())


def test_the_search_works_with_the_keyboard_alone(site: Tab) -> None:
    """ "/" goes to the box, arrows to the passages and back, Enter opens one at its sentence."""
    site.open("report.html")
    site.page.keyboard.press("/")
    site.page.keyboard.type("AUKUS")
    site.page.keyboard.press("Enter")
    site.page.wait_for_selector("#results a")
    assert "index.html?q=AUKUS" in site.page.url
    site.page.keyboard.press("/")
    site.page.keyboard.press("ArrowDown")
    site.page.keyboard.press("ArrowDown")
    site.page.keyboard.press("ArrowUp")
    focused = "document.activeElement.getAttribute('href') ?? document.activeElement.id"
    first = site.page.get_attribute("#results a", "href")
    assert site.page.evaluate(focused) == first
    site.page.keyboard.press("Escape")
    assert site.page.evaluate(focused) == "q"
    site.page.keyboard.press("ArrowDown")
    site.page.keyboard.press("Enter")
    site.page.wait_for_function(f"document.activeElement?.id === {first.partition('#')[2]!r}")


def test_a_citation_can_be_copied(folder: Path, running: Any) -> None:
    """The button puts the text on the clipboard; Markdown links to the place where the reader is."""
    with served(folder) as base, tab(running, base) as opened:
        opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        opened.open("report.html#report/VI.1/p2")
        block = opened.page.locator("[id='report/VI.1/p2']")
        block.locator("summary").click()
        block.locator("button").nth(1).click()
        opened.page.wait_for_function("document.querySelector('.copy:focus')?.textContent.startsWith('Copied')")
        copied = opened.page.evaluate("navigator.clipboard.readText()")
        assert copied == n.resolve("report/VI.1/p2").cite("markdown", f"{base}/report.html#report/VI.1/p2")


def test_the_colours_chosen_are_kept(site: Tab) -> None:
    """Automatic, light, dark: the choice holds on the next page."""
    background = "getComputedStyle(document.body).backgroundColor"
    site.open("report.html")
    light = site.page.evaluate(background)
    site.page.click(".theme")
    site.page.click(".theme")
    assert site.page.evaluate(background) != light
    site.page.goto(f"{site.base}/article.html")
    assert site.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert site.page.evaluate(background) != light


def test_one_page_jumps_too(folder: Path, running: Any) -> None:
    """The single page of `ncr export` highlights its citations as the reader does."""
    (folder / "one.html").write_text(reader.page(n.documents()), "utf-8")
    with tab(running, folder.as_uri()) as opened:
        opened.open("one.html")
        assert opened.page.evaluate(LOOK, ["report/IV/b3/s2", "article/intro/p1", "report/VI.1"]) == []
        assert opened.complaints == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: .ci/run has the npm command")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_serious(folder: Path, running: Any, width: int, scheme: str) -> None:
    """No serious or critical finding on any page, with results, citations and mentions unfolded."""
    with tab(running, folder.as_uri(), width, scheme) as opened:
        for page in (*PAGES, "index.html?q=why does china distrust AUKUS", "report.html#report/IV/b3"):
            opened.open(page)
            if "?q=" in page:
                opened.page.wait_for_selector("#results li")
            opened.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            opened.page.add_script_tag(path=str(AXE))
            found = opened.page.evaluate(
                "axe.run({ resultTypes: ['violations'] })"
                ".then((r) => r.violations.map((v) => [v.impact, v.id, v.nodes[0].html]))"
            )
            assert [each for each in found if each[0] in ("serious", "critical")] == [], page


def test_the_browser_splits_words_as_the_index_does(file: Tab) -> None:
    """Search terms in the browser are those of `ncrelations.words` for every sentence and bank question."""
    file.open("index.html?q=AUKUS")
    file.page.wait_for_selector("#results li")
    texts = [block.text for document in n.documents() for block in document.blocks]
    texts += file.page.evaluate("NCR_DATA.questions.map(([text]) => text)")
    made = file.page.evaluate(
        "(texts) => { const { terms } = createSearch(NCR_DATA); return texts.map(terms); }", texts
    )
    assert [(text, found) for text, found in zip(texts, made, strict=True) if found != terms(text)] == []


def test_the_search_finds_what_the_fitting_set_asks(file: Tab) -> None:
    """Of its questions that one passage answers, nine in ten find it first and 97 in a hundred among three."""
    from reader.figures import figures, questions  # needs the evaluation questions

    counts = figures(file, questions("fit"))["all"]
    assert counts.first / counts.asked >= 0.9
    assert counts.third / counts.asked >= 0.97


def test_the_pictures_are_those_of_the_documentation() -> None:
    """Each page is kept as a phone and as a desk shows it: PNG files under 200 kB, and no others."""
    from reader.pictures import PICTURES

    kept = sorted((Path(__file__).parents[1] / "docs" / "pictures" / "reader").glob("*.png"))
    assert {path.stem for path in kept} == {name for name, *_ in PICTURES}
    assert all(path.stat().st_size < 200_000 for path in kept)


def test_a_server_answers_the_search(running: Any) -> None:
    """The reader of `ncr serve` runs within its policy, finds what `ask` finds, and follows a link to its place."""
    pytest.importorskip("starlette", reason='pip install "ncrelations[serve]"')
    from service_kit import in_a_thread

    with in_a_thread() as (host, port), tab(running, f"http://{host}:{port}") as opened:
        opened.open("index.html?q=Why+does+China+distrust+AUKUS%3F")
        opened.page.wait_for_selector("#results li")
        found = opened.page.locator("#results code").all_inner_texts()
        assert found == [str(each.citation) for each in n.ask("Why does China distrust AUKUS?", 8).excerpts]
        opened.page.locator("#results a").first.click()
        opened.page.wait_for_selector("[id^='report/IV/b7/s']:focus", state="attached")
        for page in PAGES:
            opened.open(page)
        assert (opened.complaints, opened.foreign) == ([], [])
