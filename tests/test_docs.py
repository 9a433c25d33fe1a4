"""Every code block of the README and the documentation runs, every link leads somewhere, nothing generated is stale."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import click
import pytest

import ncrelations
from cli_helpers import expect, isolate
from docsite import check, diagram, reference
from docsite.sessions import FENCE, rerun
from docsite.write import generated
from ncrelations.cli import ncr
from ncrelations.cli.settings import SETTINGS
from ncrelations.collections.collection_settings import folder_settings
from ncrelations.collections.found_files import SETTINGS_FILE
from ncrelations.render import plain
from test_architecture import RANK

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
EACH_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))

LINK = re.compile(
    r"\[[^\]]*\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?[^)]*\)|(?:src|srcset)=\"(?!https?:)([^\"]+)\""
)
IGNORED = {"build", "dist", "site"}
"""Folders of the root that a repository does not keep."""
TO_SOURCE = re.compile(r"sources/(\w+)\.txt \"([\w./-]+)\"\)")
DATA = {"text", "json", "toml", "ini", "dockerfile", "sql"}
"""Languages of blocks that show something other than a session."""

TOOLS = {
    "cp",
    "gunzip",
    "gzip",
    "createdb",
    "curl",
    "export",
    "mkdir",
    "pg_dump",
    "pg_restore",
    "pip",
    "podman",
    "psql",
}
"""Commands in `sh` blocks that are not ours; ours are looked up."""


def _blocks(page: Path) -> Iterator[tuple[str, str]]:
    for language, _, text in FENCE.findall(page.read_text("utf-8")):
        yield language, text


def test_there_are_pages_and_blocks() -> None:
    """The pages are found, and the README has code of each kind."""
    assert {"README.md", "index.md", "api.md", "cite.md"} <= {page.name for page in PAGES}
    assert {"python", "console", "sh"} <= {language for language, _ in _blocks(ROOT / "README.md")}


@EACH_PAGE
def test_blocks_print_what_they_say(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """The sessions of a page show what its code prints now; `pytest --rewrite-golden` writes that."""
    isolate(monkeypatch, tmp_path)
    for name in re.findall(r"\]\(\.\./files/([\w.-]+)\)", page.read_text("utf-8")):  # what its reader saves first
        shutil.copy(ROOT / "docs" / "files" / name, tmp_path)
    text = rerun(page.read_text("utf-8"), tmp_path)
    expect(page, text, rewrite=request.config.getoption("--rewrite-golden"))


@EACH_PAGE
def test_blocks_are_of_a_kind_that_is_checked(page: Path) -> None:
    """A block names its language, and none of them escapes the tests."""
    fences = re.findall(r"^ *```.*$", page.read_text("utf-8"), re.MULTILINE)
    blocks = list(_blocks(page))
    assert len(fences) == 2 * len(blocks), "a block is indented or has options that the tests do not know"
    for language, text in blocks:
        assert language in {"python", "console", "sh"} | DATA, text
        if language == "python":
            assert text.startswith(">>> ")
        elif language == "console":
            assert text.startswith("$ ncr ")


@EACH_PAGE
def test_commands_exist(page: Path) -> None:
    """Every make target, command, option, extra and module that an `sh` block or inline code names exists."""
    for language, text in _blocks(page):
        for line in text.splitlines() if language == "sh" else ():
            _check(shlex.split(line, comments=True))
    prose = FENCE.sub("", page.read_text("utf-8"))
    for code in re.findall(r"`((?:ncr|make) [^`]*)`", prose):
        _check(shlex.split(re.sub(r"[A-Z]{2,}(?= |$)", "report", code)))


def _check(words: list[str]) -> None:
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words = words[1:]
    if not words:
        return
    first, *rest = words
    if first == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
        assert {word for word in rest if "=" not in word} <= set(targets), words
    elif first == "ncr":
        _check_options(rest)
    elif first == "python":
        assert rest[0] == "-m"
        assert find_spec(rest[1]), words
    elif first == "pytest":
        assert "rewrite-golden" in (ROOT / "tests" / "conftest.py").read_text("utf-8")
    else:
        assert first in TOOLS, words
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
        assert {name for word in rest for name in re.findall(r"ncrelations\[(\w+)\]", word)} <= set(extras), words


def _check_options(words: list[str]) -> None:
    """The command of `ncr` and its options exist."""
    command: click.Command = ncr
    context = click.Context(ncr)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, words
        command, words = found, words[1:]
    known = {name for each in command.get_params(context) for name in (*each.opts, *each.secondary_opts)}
    assert {word for word in words if re.fullmatch(r"--?[a-z][a-z-]*", word)} <= known | {"--help", "-h"}, words


@EACH_PAGE
def test_data_blocks_can_be_read(page: Path, tmp_path: Path) -> None:
    """JSON and TOML are well-formed; a configuration holds settings that exist, a collection's file those of files."""
    for language, title, text in FENCE.findall(page.read_text("utf-8")):
        if language == "json":
            json.loads(text)
        elif language == "toml" and title == SETTINGS_FILE:
            (tmp_path / title).write_text(text, "utf-8")
            assert folder_settings(tmp_path).documents
        elif language == "toml":
            assert set(tomllib.loads(text)) <= set(SETTINGS)


@EACH_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    """On a repository's page every relative link names a file that is kept there, and its anchor a heading of it."""
    text = FENCE.sub("", page.read_text("utf-8"))
    for target, anchor, source in LINK.findall(text):
        there = (page.parent / (target or source)).resolve() if target or source else page
        assert there.exists(), target or source
        assert there == ROOT or not (ignored := IGNORED & set(there.relative_to(ROOT).parts)), ignored
        assert not anchor or anchor in _anchors(there), f"{target}#{anchor}"


@EACH_PAGE
def test_links_to_the_sources_name_a_place(page: Path) -> None:
    """What the site makes a link into the reader of has as its title a citation of that document."""
    for document, citation in TO_SOURCE.findall(page.read_text("utf-8")):
        assert str(ncrelations.resolve(citation).citation) == citation
        assert citation.startswith(f"{document}/")


def _anchors(page: Path) -> set[str]:
    """The anchors that a code host gives the headings of a page."""
    headings = re.findall(r"^#{1,6} +(.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_generated_pages_are_fresh(path: Path) -> None:
    """A page written from the code is what would be written now: `make docs` writes it."""
    assert path.read_text("utf-8") == generated()[path]


def test_the_reference_is_complete() -> None:
    """Every public name has its heading, in the library's page or in that of the errors."""
    headings = set(re.findall(r"^### (\w+)$", reference.api_page() + reference.error_page(), re.MULTILINE))
    assert set(ncrelations.__all__) <= headings
    assert re.findall(r"^- `[^`]+`$", reference.api_page(), re.MULTILINE) == [], "no description"


def test_the_readme_has_the_figures_of_the_benchmarks() -> None:
    """Each row of the README's table is that of the benchmarks, to two digits; no system is left out."""
    cells = r"\| *([\d.]+) *\| *([\d.]+) *\| *([\d.]+) *\| *(\d+) *\|$"
    measured = re.findall(rf"^\| ([^|]+?) +{cells}", (ROOT / "docs" / "benchmarks.md").read_text("utf-8"), re.MULTILINE)
    readme = (ROOT / "README.md").read_text("utf-8").replace("**", "")
    shown = re.findall(rf"^\| ([^|]+?) {cells}", readme, re.MULTILINE)
    assert len(measured) == 5
    wanted = [
        (name, *(f"{float(hit):.2f}".removeprefix("0") for hit in hits), words) for name, *hits, words in measured
    ]
    assert sorted(shown) == sorted(wanted)


def test_every_module_is_described() -> None:
    """The table of the architecture names every module that has a place in the order."""
    named = re.findall(r"`(\w+)`", (ROOT / "docs" / "architecture.md").read_text("utf-8"))
    assert set(RANK) - {"__init__", "__main__"} <= set(named)


def test_the_diagram_leaves_no_import_out() -> None:
    """Whatever is imported can be reached along the lines that are drawn."""
    full = diagram.edges()
    drawn = diagram.reduced(full)
    for module, wanted in full.items():
        reached, todo = set[str](), list(drawn[module])
        while todo:
            reached.add(each := todo.pop())
            todo += drawn[each] - reached
        assert wanted <= reached, module


def test_the_navigation_has_every_page() -> None:
    """No page of docs/ is missing in the navigation, and none is there twice."""
    listed = re.findall(r": ([\w/-]+\.md)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES if page.is_relative_to(ROOT / "docs")]
    assert sorted(listed) == sorted([*pages, "contributing.md", "changelog.md"])


def _recorder() -> ModuleType:
    """What draws the recordings; docs/terminal is no package."""
    spec = spec_from_file_location("record", ROOT / "docs" / "terminal" / "record.py")
    assert spec
    assert spec.loader
    record = module_from_spec(spec)
    spec.loader.exec_module(record)
    return record


def _is_drawn(name: str, shown: str) -> None:
    """All words of what is shown stand in each of its pictures."""
    drawings = list((ROOT / "docs" / "terminal").glob(f"{name}-*.svg"))
    assert len(drawings) == 4
    for drawing in drawings:
        text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", drawing.read_text("utf-8"), flags=re.DOTALL)
        drawn = set(re.findall(r"\w{4,}", text.replace("&#160;", " ")))
        assert set(re.findall(r"\w{4,}", shown)) <= drawn, drawing.name


def test_recordings_are_fresh() -> None:
    """The recorded sessions are what `ncr` prints now: `python docs/terminal/record.py` draws them anew."""
    for name, page in _recorder().sessions().items():
        assert (ROOT / "docs" / "terminal" / f"{name}.txt").read_text("utf-8") == plain(page, 80)
        _is_drawn(name, plain(page, None))


def test_pictures_of_commands_are_fresh() -> None:
    """Lists, states and help are drawn as they are now; of what is installed, which differs, the settings are."""
    record = _recorder()
    with record.collected() as place:
        shown = {name: record.printed(command, place, 120) for name, command in record.COMMANDS.items()}
    settings = [line.split()[0] for line in shown.pop("doctor").partition("SETTING")[2].splitlines()[1:]]
    assert len(settings) > 5
    _is_drawn("doctor", " ".join(settings))
    assert "refused: map.pdf" in shown["status"]
    for name, printed in shown.items():
        _is_drawn(name, printed)


def test_every_picture_is_shown() -> None:
    """The page of pictures, or another, shows each picture that is kept: none is kept for nobody."""
    shown = " ".join(page.read_text("utf-8") for page in PAGES)
    kept = [*(ROOT / "docs" / "pictures").rglob("*.png"), *(ROOT / "docs" / "terminal").glob("*.svg")]
    assert [path.name for path in kept if path.name not in shown] == []
    assert len(kept) > 40


def test_the_checks_of_the_site_see_what_is_wrong(tmp_path: Path) -> None:
    """A load from elsewhere, in a tag or a style, a missing file and a missing anchor are all found."""
    (tmp_path / "a.html").write_text(
        '<h1 id="top">A</h1><a href="https://example.org/">out</a><a href="a.html#top">here</a>'
        '<a href="b.html">none</a><a href="#gone">none</a><img src="//example.org/x.png">'
        '<link rel="stylesheet" href="https://example.org/x.css"><style>p { background: url(http://x/y) }</style>'
    )
    assert len(list(check.outside(tmp_path))) == 3
    assert len(list(check.broken(tmp_path))) == 2


@pytest.mark.slow
def test_the_site_is_built(tmp_path: Path) -> None:
    """The site is built strictly, loads nothing from elsewhere, and every link and anchor inside it is there."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "reader" / "report.html").exists()
    assert list(check.outside(tmp_path / "site")) == []
    assert list(check.broken(tmp_path / "site")) == []
