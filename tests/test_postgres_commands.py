"""The command line with a collection on a server: every command takes its address where it takes a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_helpers import isolate, run
from collection_kit import NearReader
from ncrelations.files import file_reading

pytest_plugins = ["collection_fixtures", "postgres_fixtures"]


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, papers: Path) -> None:
    """The user's own collection is on the server, and holds two documents."""
    isolate(monkeypatch, tmp_path)
    monkeypatch.setattr(file_reading, "FileReader", NearReader)
    monkeypatch.setenv("NCR_COLLECTION", url)
    assert run("add", str(papers), "--wait").exit_code == 0


def test_what_is_there(url: str, postgres: object) -> None:
    """`documents` and `status` list it, and say where it is."""
    del postgres
    assert [line.split()[0] for line in run("documents").stdout.splitlines()] == ["harbour", "mill"]
    status = json.loads(run("status", "--json").stdout)
    assert (status["documents"], status["passages_by_meaning"]) == (2, 5)
    assert status["collection"].endswith(url.partition("collection=")[2])
    assert run("status").stdout.splitlines()[1] == "found by words and by meaning"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask", "Who pays half of the dredging?"], "harbour/costs/p1"),
        (["search", "storm sails"], "mill/windmill/p2"),
        (["show", "mill/windmill/p1"], "stands on the hill"),
        (["cite", "harbour/costs/p1"], "harbour/costs/p1"),
        (["toc"], "Harbour plan"),
        (["verify"], "lossless"),
        (["export", "mill"], "storm of 1903"),
    ],
)
def test_what_it_says(arguments: list[str], told: str, url: str) -> None:
    """Asked by its address, or as the user's own."""
    for place in ("collection", url):
        result = run(*arguments, "--in", place)
        assert (result.exit_code, told in result.stdout) == (0, True), result.output


def test_beside_the_edition() -> None:
    """Both are asked together."""
    assert "mill/windmill/p2" in run("ask", "When were the sails of the windmill lost?", "--in", "both").stdout


def test_what_changes(papers: Path) -> None:
    """A changed file is a new version, a removed document answers no more, and questions are kept."""
    (papers / "mill.md").write_text("# Windmill\n\nIts sails were lost in the storm of 1904.\n")
    (papers / "questions.jsonl").write_text('{"question": "Who shares?", "citation": "harbour/costs/p1"}\n')
    added = run("add", str(papers / "mill.md"), "--words-only", "--questions", str(papers / "questions.jsonl"))
    assert "changed    mill" in added.stdout
    assert "1 question kept" in added.stderr
    assert run("remove", "mill", "--delete").stdout == "removed mill\n"
    assert [line.split()[0] for line in run("documents").stdout.splitlines()] == ["harbour"]
    assert run("show", "mill/windmill/p1", "--in", "collection").exit_code != 0
