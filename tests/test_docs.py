"""Every code block of the README and the documentation runs, and every link inside the project leads somewhere."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from ncrelations.cli import ncr

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?!https?:|mailto:|#)([^)#\s]+)")


def _blocks(language: str) -> list[tuple[str, str]]:
    found = [(page.name, *match) for page in PAGES for match in BLOCK.findall(page.read_text("utf-8"))]
    return [(name, text) for name, kind, text in found if kind == language]


def test_there_are_pages_and_blocks() -> None:
    """The pages are found, and the README has code of each kind."""
    assert "README.md" in [page.name for page in PAGES]
    assert _blocks("python")
    assert _blocks("console")


@pytest.mark.parametrize(("page", "code"), _blocks("python"))
def test_python_blocks_print_what_they_say(page: str, code: str) -> None:
    """A Python block is a session whose output is the real one."""
    test = doctest.DocTestParser().get_doctest(code, {}, page, page, 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize(("page", "session"), _blocks("console"))
def test_console_blocks_print_what_they_say(page: str, session: str) -> None:
    """A console block shows what the commands really print into a pipe of 80 columns."""
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        words = shlex.split(command)
        assert words[0] == "ncr", page
        result = CliRunner().invoke(ncr, words[1:], env={"COLUMNS": "80"})
        assert result.stdout.strip() == shown.strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """A relative link names a file of the project."""
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target
