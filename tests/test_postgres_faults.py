"""What may happen to a collection on a server: kills, broken connections, a server that goes away, a full disk."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

import ncrelations
from collection_kit import NearReader, found
from ncrelations.collections import postgres_connections
from ncrelations.collections.collection import Collection
from ncrelations.collections.postgres_segments import PostgresSegments
from ncrelations.collections.postgres_store import PostgresStore
from ncrelations.collections.search_files import SearchFiles
from ncrelations.errors import CollectionUnavailable
from ncrelations.files import file_reading
from postgres_kit import CannotStart, PostgresServer

pytest_plugins = ["collection_fixtures", "postgres_fixtures"]

PACKAGE = str(Path(ncrelations.__file__).parents[1])


def word_of(number: int) -> str:
    """A word that stands in one document alone."""
    return "zeb" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") + "rak"


def many(folder: Path, count: int, first: int = 0) -> Path:
    """A folder of small documents, each with a word of its own."""
    folder.mkdir()
    for number in range(first, first + count):
        (folder / f"file{number}.md").write_text(f"# Paper {number}\n\nIts word is {word_of(number)}.\n")
    return folder


def adding(url: str, folder: Path) -> subprocess.Popen[bytes]:
    """`ncr add` in a process of its own."""
    command = [sys.executable, "-m", "ncrelations", "add", str(folder), "--words-only"]
    environment = {**os.environ, "PYTHONPATH": PACKAGE, "NCR_COLLECTION": url}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)


def check_whole(collection: Collection, folder: Path) -> int:
    """Each document in the collection is whole, found by its words, and one of the folder's files, once."""
    documents = collection.documents()
    sources = {path.read_text(): path for path in folder.iterdir()}
    for document in documents:
        number = int(sources[document.source].stem.removeprefix("file"))
        assert found(collection, word_of(number)) == [document.id]
    names = [file.path for each in collection.status().live for file in each.files]
    assert len(names) == len(set(names)) == len(documents)
    return len(documents)


Kill = Callable[["subprocess.Popen[bytes]"], object]


def of_client(process: subprocess.Popen[bytes]) -> None:
    """Kill who adds."""
    process.send_signal(signal.SIGKILL)


def of_server(postgres: PostgresServer) -> Kill:
    """Kill the server, and then who adds: it may go on where the server is back."""

    def both(process: subprocess.Popen[bytes]) -> None:
        postgres.crash()
        process.kill()

    return both


def killed_while_adding(shared: Collection, url: str, folder: Path, seed: int, kills: int, kill: Kill) -> None:
    """Kill a client that adds, or its server, at random moments, and look at the collection after each."""
    moments, last, total = Random(seed), 0, len(list(folder.iterdir()))  # noqa: S311 -- no secret
    for _ in range(kills):
        process, wanted = adding(url, folder), last + moments.randint(1, 4)
        while process.poll() is None and len(shared.search_files.with_words()) < wanted:
            time.sleep(0.005)
        time.sleep(moments.uniform(0, 0.03))
        kill(process)
        process.wait(60)
        now = check_whole(shared, folder)
        assert now >= last, "what was added is lost"
        last = now
    assert last < total, "killed before the end"
    report = shared.sync([folder])
    assert report.added + report.unchanged == report.found == check_whole(shared, folder) == total


def test_a_client_that_is_killed(shared: Collection, url: str, tmp_path: Path) -> None:
    """Whenever `ncr add` is killed, the collection is complete up to a file, and adding again completes it."""
    killed_while_adding(shared, url, many(tmp_path / "many", 30), 1, 2, of_client)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_fifty_kills(shared: Collection, url: str, tmp_path: Path, seed: int) -> None:
    """The same ten times over, for each of five folders."""
    killed_while_adding(shared, url, many(tmp_path / "many", 150), seed, 10, of_client)


def test_a_server_that_is_killed(shared: Collection, url: str, tmp_path: Path, postgres: PostgresServer) -> None:
    """Nothing of what was added is lost with it, and adding again completes the collection."""
    killed_while_adding(shared, url, many(tmp_path / "many", 30), 2, 1, of_server(postgres))


@pytest.mark.long
def test_a_server_that_is_killed_twenty_times(
    shared: Collection, url: str, tmp_path: Path, postgres: PostgresServer
) -> None:
    """The same twenty times over."""
    killed_while_adding(shared, url, many(tmp_path / "many", 300), 3, 20, of_server(postgres))


def test_two_at_once(shared: Collection, url: str, tmp_path: Path) -> None:
    """Two processes that add the same folder end with every file once."""
    folder = many(tmp_path / "many", 15)
    both = [adding(url, folder) for _ in range(2)]
    assert [process.wait(120) for process in both] == [0, 0]
    assert check_whole(shared, folder) == 15


def test_readers_do_not_wait(shared: Collection, url: str, papers: Path) -> None:
    """While something is written, what was there is read."""
    shared.sync([papers])
    with shared.store.transaction() as change:
        change.execute("UPDATE documents SET live = NULL")
        other = Collection(url)
        assert len(other.documents()) == 2
        other.store.close()
        change.execute("UPDATE documents SET live = position")


@pytest.mark.parametrize("moment", ["next_version", "transaction"])
def test_stopped_between_two_steps(
    shared: Collection, papers: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Stopped before the segments, or after them and before the transaction: neither leaves a trace in answers."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    shared.add(papers / "harbour.md")
    with monkeypatch.context() as context:
        context.setattr(PostgresStore, moment, stopped)
        with pytest.raises(KeyboardInterrupt):
            shared.sync([papers])
    assert [document.id for document in shared.documents()] == ["harbour"]
    assert found(shared, "storm sails") == []
    assert shared.sync([papers]).added == 1
    assert found(shared, "storm sails") == ["mill"]


def end_connections(postgres: PostgresServer) -> None:
    """Break every connection of ours, as a proxy or an operator may."""
    postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ncrelations'")


def test_a_connection_that_breaks_in_the_middle_of_a_file(
    shared: Collection, papers: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lock goes with it, so nothing more is written; what was added stays, and adding again goes on."""
    shared.add(papers / "harbour.md")
    with monkeypatch.context() as context:
        write = SearchFiles.add_words

        def broken(self: SearchFiles, *arguments: object) -> None:
            write(self, *arguments)  # type: ignore[arg-type]  # handed on
            end_connections(postgres)

        context.setattr(SearchFiles, "add_words", broken)
        with pytest.raises(CollectionUnavailable, match="what was added before is there"):
            shared.sync([papers])
    assert [document.id for document in shared.documents()] == ["harbour"]
    assert shared.sync([papers]).added == 1
    assert found(shared, "storm sails") == ["mill"]


@contextmanager
def reading(url: str, readers: int) -> Iterator[list[str]]:
    """Threads that ask without end; what went wrong for them."""
    wrong: list[str] = []
    stopping = threading.Event()

    def ask() -> None:
        collection = Collection(url)
        while not stopping.is_set():
            try:
                if found(collection, "storm sails") != ["mill"]:
                    wrong.append("another document was found")
            except Exception as error:  # noqa: BLE001 -- the threads tell the test
                wrong.append(repr(error))
        collection.store.close()

    threads = [threading.Thread(target=ask) for _ in range(readers)]
    for each in threads:
        each.start()
    try:
        yield wrong
    finally:
        stopping.set()
        for each in threads:
            each.join(60)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_server_that_is_started_anew_under_load(
    shared: Collection, url: str, papers: Path, postgres: PostgresServer, mode: str
) -> None:
    """Who reads waits for it and gets the right answer, also after a crash."""
    shared.sync([papers])
    with reading(url, 3) as wrong:
        time.sleep(0.3)
        postgres.stop(mode)
        postgres.start()
        time.sleep(0.3)
    assert wrong == []
    (papers / "new.md").write_text("# New\n\nNew words.\n")
    assert shared.sync([papers]).added == 1


def test_a_server_that_stays_away_is_said(
    shared: Collection, papers: Path, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some patience, in words."""
    shared.sync([papers])
    monkeypatch.setattr(postgres_connections, "PATIENCE", 0.3)
    postgres.stop()
    try:
        with pytest.raises(CollectionUnavailable, match="see that it runs"):
            shared.ask("When were the sails lost?")
        with pytest.raises(CollectionUnavailable):
            shared.sync([papers])
    finally:
        postgres.start()
    assert found(shared, "storm sails") == ["mill"]


def described() -> list[list[str]]:
    """The SQL of the page on sharing, each block's statements."""
    page = Path(__file__).parents[1] / "docs" / "how-to" / "share.md"
    blocks = re.findall(r"^```sql\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [[each for each in block.split(";\n") if each] for block in blocks]


@pytest.fixture(name="team")
def _team(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Collection]]:
    """A collection as the page on sharing sets it up, opened by a role."""
    monkeypatch.setattr(file_reading, "FileReader", NearReader)
    postgres.sql(*described()[0])
    postgres.sql(*described()[1], database="team")
    opened: list[Collection] = []

    def of(role: str) -> Collection:
        opened.append(Collection(postgres.url("treaties", "team", role)))
        return opened[-1]

    yield of
    for each in opened:
        each.store.close()
    postgres.sql("DROP DATABASE team WITH (FORCE)", "DROP ROLE librarian", "DROP ROLE clerk", "DROP ROLE onlooker")


def test_roles_as_they_are_described(team: Callable[[str], Collection], papers: Path, postgres: PostgresServer) -> None:
    """The librarian makes the collection, the clerk adds and removes, the onlooker asks, and is refused in words."""
    with pytest.raises(CollectionUnavailable, match=r"permission denied.*ask who operates the server"):
        team("clerk").sync([papers])
    assert team("librarian").sync([papers]).added == 2
    postgres.sql(*described()[2], database="team")
    onlooker, clerk = team("onlooker"), team("clerk")
    assert found(onlooker, "storm sails") == ["mill"]
    assert len(onlooker.status().live) == 2
    assert [each.step for each in onlooker.plan([papers]).files] == ["unchanged", "unchanged"]
    (papers / "new.md").write_text("# New\n\nNew words.\n")
    for write in (lambda: onlooker.sync([papers]), lambda: onlooker.remove("mill")):
        with pytest.raises(CollectionUnavailable, match=r"permission denied.*ask who operates the server"):
            write()
    assert clerk.sync([papers]).added == 1
    clerk.remove("mill", texts=True)
    assert clerk.encode().share == 1
    assert [each.id for each in onlooker.documents()] == ["harbour", "new"]
    assert onlooker.ask("What is the depth of the harbour?").excerpts[0].citation.document == "harbour"


@pytest.fixture(name="small_disk")
def _small_disk(postgres: PostgresServer) -> Iterator[str]:
    """A tablespace on a disk of a few megabytes."""
    folder = postgres.folder / "small"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        folder.rmdir()
        pytest.skip("no small disk can be mounted here")
    try:
        os.chown(folder, *PostgresServer.owner())
        postgres.sql(f"CREATE TABLESPACE small LOCATION '{folder}'")
        yield "small"
        postgres.sql('DROP SCHEMA IF EXISTS "ncr_full" CASCADE', "DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def test_a_disk_that_is_full(small_disk: str, postgres: PostgresServer, shared: Collection, tmp_path: Path) -> None:
    """The file that does not fit is refused with that reason; the others are added, and found."""
    shared.store.close()
    folder = many(tmp_path / "many", 5)
    words = "\n\n".join(f"The {word_of(n % 1000)} has {os.urandom(40).hex()}." for n in range(12_000))
    (folder / "large.txt").write_text(words)
    full = Collection(f"{postgres.url('full')}&options=-c%20default_tablespace%3D{small_disk}")
    report = full.sync([folder])
    assert {each.found.path.name: each.reason for each in report.files}["large.txt"] == "disk_full"
    assert report.added == 5
    assert found(full, word_of(3)) == [each.document for each in report.files if each.found.path.name == "file3.md"]
    full.store.close()


def test_a_segment_that_was_merged_is_read_on(shared: Collection, papers: Path) -> None:
    """Who reads from a segment while it is replaced reads on; after a while it is gone, and that is said."""
    shared.sync([papers])
    assert isinstance(shared.store, PostgresStore)
    segments = PostgresSegments(shared.store)
    name = next(iter(segments.stamps()))
    ((number,),) = shared.store.rows("SELECT number FROM segments WHERE name = ?", name)
    segments.remove(name)
    assert name not in segments.stamps()
    wanted = [((number, "places"), 0, 8)]
    assert len(segments.pieces(wanted)[0]) == 8
    with shared.store.transaction() as change:
        change.execute("UPDATE segments SET dropped = now() - interval '2 hours' WHERE number = ?", (number,))
    segments.clear([])
    with pytest.raises(CollectionUnavailable, match="ask again"):
        segments.pieces(wanted)


@pytest.fixture(name="replica")
def _replica(postgres: PostgresServer) -> Iterator[PostgresServer]:
    """A streaming replica of the server."""
    replica = postgres.replica()
    yield replica
    replica.remove()


@pytest.mark.slow
def test_a_replica_that_lags(shared: Collection, papers: Path, replica: PostgresServer) -> None:
    """It answers as the collection was; what is new is found when it arrives, and nothing can be added to it."""
    shared.add(papers / "harbour.md")
    behind = Collection(replica.url(shared.store.name))
    deadline = time.monotonic() + 30
    while not behind.store.exists or not behind.documents():
        assert time.monotonic() < deadline, "nothing arrives"
        time.sleep(0.05)
    replica.sql("SELECT pg_wal_replay_pause()")
    shared.add(papers / "mill.md")
    assert found(behind, "storm sails") == []
    assert found(behind, "dredged") == ["harbour"]
    replica.sql("SELECT pg_wal_replay_resume()")
    while found(behind, "storm sails") != ["mill"]:
        assert time.monotonic() < deadline, "what is new does not arrive"
        time.sleep(0.05)
    (papers / "new.md").write_text("# New\n\nNew words.\n")
    with pytest.raises(CollectionUnavailable, match="read-only"):
        behind.sync([papers])
    behind.store.close()


def test_no_server_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no program to start, that is said, and not hidden."""
    monkeypatch.setattr("postgres_kit.PACKAGE", "no_such_package")
    with pytest.raises(CannotStart, match="not installed"):
        PostgresServer.made()
