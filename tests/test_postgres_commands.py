"""The command line with a collection on a server: every command takes its address where it takes a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_helpers import isolate, run
from collection_kit import NearReader
from ncrelations.files import file_reading
from postgres_kit import PostgresServer

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


@pytest.fixture(name="guarded")
def _guarded(postgres: PostgresServer, url: str) -> Iterator[str]:
    """The address of the collection for a role that must give its password."""
    schema = f"ncr_{url.partition('collection=')[2]}"
    postgres.sql(
        "CREATE ROLE guest LOGIN PASSWORD 'open-sesame'", f'GRANT USAGE ON SCHEMA "{schema}" TO guest',
        f'GRANT SELECT ON ALL TABLES IN SCHEMA "{schema}" TO guest',
    )  # fmt: skip
    postgres.demand_password("guest")
    yield url.replace("owner@", "guest@")
    postgres.sql("DROP OWNED BY guest", "DROP ROLE guest")


def test_passwords_come_from_the_environment(
    guarded: str, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """From PGPASSWORD, from a password file, and from a service of the service file; a wrong one is not shown."""
    ask = ("search", "storm sails", "--in")
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    assert "no password supplied" in run(*ask, guarded).output
    monkeypatch.setenv("PGPASSWORD", "not-the-one")
    refused = run(*ask, guarded)
    assert (refused.exit_code, "password authentication failed" in refused.output) == (2, True)
    assert "not-the-one" not in refused.output
    monkeypatch.setenv("PGPASSWORD", "open-sesame")
    assert "mill/windmill/p2" in run(*ask, guarded).stdout
    monkeypatch.delenv("PGPASSWORD")
    secret = tmp_path / "passwords"
    secret.write_text("*:*:*:guest:open-sesame\n")
    secret.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(secret))
    services = tmp_path / "services"
    services.write_text(f"[team]\nhost={postgres.folder}\nuser=guest\ndbname=postgres\n")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    collection = guarded.partition("collection=")[2]
    assert "mill/windmill/p2" in run(*ask, f"postgresql:///?service=team&collection={collection}").stdout


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
