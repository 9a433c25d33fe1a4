"""A collection moved from a folder to a server and back: nothing is lost, and every byte is what it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from collection_kit import MILL, found
from ncrelations.cli import ncr
from ncrelations.collections import collection_move
from ncrelations.collections.collection import Collection
from ncrelations.collections.collection_move import checksum, move
from ncrelations.collections.postgres_layout import LAYOUT, MIGRATIONS, NEWEST
from ncrelations.collections.postgres_store import PostgresStore
from ncrelations.errors import CollectionUnavailable
from postgres_kit import PostgresServer

pytest_plugins = ["collection_fixtures", "postgres_fixtures"]


def brought(source: Collection, target: Collection) -> collection_move.Moved:
    """Move one to the other."""
    return move(source.store, source.search_files, target.store, target.search_files)


def sums(*collections: Collection) -> set[str]:
    """The checksums of some collections."""
    return {checksum(each.store, each.search_files) for each in collections}


@pytest.fixture(name="lived")
def _lived(collection: Collection, papers: Path) -> Iterator[Collection]:
    """A collection with a history: a changed file, a removed one, a refused one, written questions, and meaning."""
    (papers / "gone.md").write_text("# Gone\n\nThis will be taken out.\n")
    (papers / "empty.txt").touch()
    collection.sync([papers])
    (papers / "mill.md").write_text(MILL.replace("storm of 1903", "storm of 1904"))
    collection.sync([papers])
    collection.remove("gone")
    questions = papers.parent / "questions.jsonl"
    questions.write_text('{"question": "Who pays for it?", "citation": "harbour/costs/p1"}\n')
    collection.add_questions(questions)
    collection.encode()
    yield collection
    collection.store.close()


def test_there_and_back(lived: Collection, shared: Collection, papers: Path, tmp_path: Path) -> None:
    """Rows, segments and thresholds are the same bytes; old citations resolve, and adding goes on where it was."""
    moved = brought(lived, shared)
    assert (moved.documents, moved.versions) == (3, 4)
    back = Collection(tmp_path / "back")
    assert brought(shared, back).checksum == moved.checksum
    assert sums(lived, shared, back) == {moved.checksum}
    for path in sorted((lived.folder / "search").iterdir()):
        assert (back.folder / "search" / path.name).read_bytes() == path.read_bytes()
    for each in (shared, back):
        assert all(proven.proven for proven in each.verify())
        assert each.ask("Who pays for it?").to_dict() == lived.ask("Who pays for it?").to_dict()
        place = each.resolve("mill/windmill/p2")
        assert each.standing(place).state == "changed"
        assert (each.sync([papers]).added, each.encoded().share) == (0, 1)
    back.store.close()


def test_what_is_added_afterwards_gets_new_numbers(lived: Collection, shared: Collection, papers: Path) -> None:
    """No version that ever was is numbered again."""
    brought(lived, shared)
    before = {number for (number,) in lived.store.rows("SELECT number FROM versions")}
    (papers / "new.md").write_text("# New\n\nNew words.\n")
    assert shared.sync([papers]).added == 1
    after = {number for (number,) in shared.store.rows("SELECT number FROM versions")}
    assert min(after - before) > max(before)
    assert found(shared, "new words") == ["new"]


def test_a_move_that_is_stopped_leaves_nothing_and_can_be_repeated(
    lived: Collection, shared: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped before the last row, no document has arrived; the next try brings all."""

    def stopped(*_: object) -> Iterator[object]:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(collection_move, "_rows", stopped)
        with pytest.raises(KeyboardInterrupt):
            brought(lived, shared)
    assert shared.documents() == ()
    assert brought(lived, shared).documents == 3


def test_what_cannot_be_moved(lived: Collection, shared: Collection, tmp_path: Path) -> None:
    """Nothing is moved from a place where nothing is, or onto documents."""
    with pytest.raises(CollectionUnavailable, match="nothing was ever added"):
        brought(Collection(tmp_path / "none"), shared)
    brought(lived, shared)
    with pytest.raises(CollectionUnavailable, match="holds documents already"):
        brought(lived, shared)


def run(*arguments: str) -> str:
    """What `ncr` prints."""
    result = CliRunner().invoke(ncr, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_export_is_the_same(lived: Collection, url: str, tmp_path: Path) -> None:
    """`ncr move` says what arrived, and `ncr export` writes the same bytes before and after."""
    back = str(tmp_path / "back")
    told = json.loads(run("move", str(lived.folder), url, "--json"))
    assert told["documents"] == 3
    assert told["checksum"][:16] in run("move", url, back)
    exports = {run("export", "--in", place) for place in (str(lived.folder), url, back)}
    assert len(exports) == 1
    assert "dredged to twelve metres" in exports.pop()


@pytest.fixture(name="older")
def _older(shared: Collection) -> PostgresStore:
    """The store of a collection as the first version of the tables was."""
    assert isinstance(shared.store, PostgresStore)
    shared.store._carry_out(MIGRATIONS[:1])
    return shared.store


def test_tables_of_an_older_version(older: PostgresStore, url: str) -> None:
    """They are not guessed at; `ncr migrate` says what it would do, does it, and has nothing to do then."""
    with pytest.raises(CollectionUnavailable, match="ncr migrate brings them up to date"):
        Collection(url).documents()
    told = run("migrate", "--collection", url, "--dry-run")
    assert "USING hnsw" in told
    assert older.layout == 1
    assert run("migrate", "--collection", url).startswith("2: indexes")
    assert older.layout == NEWEST
    assert "is up to date" in run("migrate", "--collection", url)
    assert Collection(url).documents() == ()


def test_tables_of_a_newer_version(shared: Collection, url: str, papers: Path) -> None:
    """They are refused, and left alone."""
    shared.sync([papers])
    with shared.store.transaction() as change:
        change.execute("UPDATE facts SET value = 99 WHERE name = ?", (LAYOUT,))
    with pytest.raises(CollectionUnavailable, match="newer version"):
        Collection(url).documents()


def test_a_folder_has_nothing_to_migrate(lived: Collection) -> None:
    """It is said to be up to date."""
    assert lived.store.pending() == lived.store.migrate() == ()


def test_a_backup_by_the_servers_own_tools(shared: Collection, papers: Path, postgres: PostgresServer) -> None:
    """`pg_dump` of the schema and `pg_restore` into another database give the same collection."""
    shared.sync([papers])
    shared.encode()
    archive = str(postgres.folder / "backup.dump")
    postgres.run("pg_dump", "--format=custom", f"--schema=ncr_{shared.store.name}", f"--file={archive}", "postgres")
    postgres.sql("CREATE DATABASE restored")
    postgres.sql("CREATE EXTENSION vector", database="restored")
    postgres.run("pg_restore", "--dbname=restored", archive)
    restored = Collection(postgres.url(shared.store.name, database="restored"))
    assert len(sums(shared, restored)) == 1
    assert restored.ask("When were the sails lost?").to_dict() == shared.ask("When were the sails lost?").to_dict()
    assert restored.sync([papers]).unchanged == 2
    restored.store.close()
    postgres.sql("DROP DATABASE restored WITH (FORCE)")
