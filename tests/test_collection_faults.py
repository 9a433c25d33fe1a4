"""What may happen while a collection is written to: kills, a full disk, two writers. It opens, and adds up."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

import ncrelations
from collection_kit import found
from ncrelations.collections import writer_lock
from ncrelations.collections.collection import Collection
from ncrelations.collections.folder_store import FolderStore
from ncrelations.collections.search_files import PassageText, SearchFiles
from ncrelations.errors import CollectionUnavailable

pytest_plugins = ["collection_fixtures"]

PACKAGE = str(Path(ncrelations.__file__).parents[1])


def word_of(number: int) -> str:
    """A word that stands in one document alone."""
    return "zeb" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}") + "rak"


def many(folder: Path, count: int) -> Path:
    """A folder of small documents, each with a word of its own."""
    folder.mkdir()
    for number in range(count):
        (folder / f"file{number}.md").write_text(f"# Paper {number}\n\nIts word is {word_of(number)}.\n")
    return folder


def adding(collection: Path, folder: Path) -> subprocess.Popen[bytes]:
    """`ncr add` in a process of its own."""
    command = [sys.executable, "-m", "ncrelations", "add", str(folder), "--words-only", "--collection", str(collection)]
    nowhere = subprocess.DEVNULL
    environment = {**os.environ, "PYTHONPATH": PACKAGE}
    return subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=environment, start_new_session=True)


def check_whole(collection: Collection, folder: Path) -> int:
    """The collection opens; each document in it is whole, found by its words, and one of the folder's files."""
    documents = collection.documents()
    sources = {path.read_text(): path for path in folder.iterdir()}
    for document in documents:
        path = sources[document.source]
        assert found(collection, word_of(int(path.stem.removeprefix("file")))) == [document.id]
    names = [file.path for each in collection.status().live for file in each.files]
    assert len(names) == len(set(names)) == len(documents)
    return len(documents)


def killed_while_adding(collection: Collection, folder: Path, seed: int, kills: int) -> None:
    """Kill `ncr add` at random moments, and look at the collection after each."""
    moments, last, search = random.Random(seed), 0, collection.folder / "search"  # noqa: S311 -- no secret
    for _ in range(kills):
        process, begun = adding(collection.folder, folder), len(list(search.glob("*")))
        some = begun + moments.randint(0, 6)
        while process.poll() is None and len(list(search.glob("*"))) <= some:
            time.sleep(0.002)
        time.sleep(moments.uniform(0, 0.02))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        now = check_whole(collection, folder)
        assert now >= last, "what was added is lost"
        last = now
    assert last < len(list(folder.iterdir())), "killed before the end"
    report = collection.sync([folder])
    assert report.added + report.unchanged == report.found == len(list(folder.iterdir()))
    assert check_whole(collection, folder) == report.found


def test_killed_at_random_moments(collection: Collection, tmp_path: Path) -> None:
    """Whenever `ncr add` is killed, the collection is complete up to a file, and adding again completes it."""
    killed_while_adding(collection, many(tmp_path / "many", 30), seed=1, kills=3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_killed_at_fifty_random_moments(collection: Collection, tmp_path: Path, seed: int) -> None:
    """The same ten times over, for each of five folders."""
    killed_while_adding(collection, many(tmp_path / "many", 150), seed, kills=10)


@pytest.mark.parametrize("moment", ["next_version", "transaction"])
def test_stopped_between_two_steps(
    collection: Collection, papers: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Stopped before the search files, or after them and before the transaction: neither leaves a trace in answers."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    collection.add(papers / "harbour.md")
    with monkeypatch.context() as context:
        context.setattr("ncrelations.collections.folder_store.FolderStore." + moment, stopped)
        with pytest.raises(KeyboardInterrupt):
            collection.sync([papers])
    assert [document.id for document in collection.documents()] == ["harbour"]
    assert found(collection, "storm sails") == []
    assert collection.sync([papers]).added == 1
    assert found(collection, "storm sails") == ["mill"]


def test_two_at_once(collection: Collection, tmp_path: Path) -> None:
    """Two processes that add the same folder end with every file once."""
    folder = many(tmp_path / "many", 25)
    both = [adding(collection.folder, folder) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert check_whole(collection, folder) == 25


def test_readers_do_not_wait(collection: Collection, papers: Path) -> None:
    """While something is written, what was there is read and found."""
    collection.sync([papers])
    seen: list[int] = []
    with collection.store.transaction():
        reader = threading.Thread(target=lambda: seen.append(len(Collection(collection.folder).documents())))
        reader.start()
        reader.join(10)
    assert seen == [2]


def test_a_writer_that_does_not_end_is_said(
    collection: Collection, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where another writer holds the lock too long, it is said, and nothing is half done."""
    collection.sync([papers])
    monkeypatch.setattr(writer_lock, "PATIENCE", 0.05)
    (papers / "new.md").write_text("# New\n\nNew words.\n")
    with writer_lock.sole_writer(collection.folder), pytest.raises(CollectionUnavailable, match="another process"):
        Collection(collection.folder).sync([papers])
    assert len(collection.documents()) == 2
    assert collection.sync([papers]).added == 1


class FullDisk(SearchFiles):
    """Search files on a disk that is full."""

    def add_words(self, version: int, passages: Sequence[PassageText]) -> None:
        """Fail as the system does."""
        del version, passages
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_up(collection: Collection, papers: Path) -> None:
    """Each file ends with that reason, what was there stays, and with some space again the rest is added."""
    collection.add(papers / "harbour.md")
    room = collection.search_files
    collection._search = FullDisk(collection.folder / "search")
    report = collection.sync([papers])
    assert [(each.step, each.reason) for each in report.files] == [("unchanged", None), ("refused", "disk_full")]
    assert [each.reason for each in collection.status().refused] == ["disk_full"]
    collection._search = room
    assert collection.sync([papers]).added == 1


def test_a_database_that_cannot_grow(collection: Collection, tmp_path: Path) -> None:
    """The same where the database is what does not fit: the transaction leaves nothing."""
    folder = many(tmp_path / "many", 3)
    (folder / "large.txt").write_bytes(os.urandom(200_000).hex().encode())
    collection.store.create()
    assert isinstance(collection.store, FolderStore)
    connection = collection.store._connection()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    report = collection.sync([folder])
    assert {each.found.path.name: each.reason for each in report.files}["large.txt"] == "disk_full"
    assert report.added == 3
    connection.execute("PRAGMA max_page_count = 100000")
    assert collection.sync([folder]).added == 1


def test_a_real_limit_of_what_may_be_written(collection: Collection, tmp_path: Path) -> None:
    """Where the system lets no file grow further, `ncr add` ends with reasons, and later goes on."""
    pytest.importorskip("resource")
    folder = many(tmp_path / "many", 3)
    (folder / "large.txt").write_text(
        "\n\n".join(f"The {word_of(n % 1000)} has {os.urandom(9).hex()}." for n in range(8_000))
    )
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (160_000, 160_000))\n"
        "from ncrelations.__main__ import main; main()"
    )
    arguments = ["add", str(folder), "--words-only", "--collection", str(collection.folder)]
    environment = {**os.environ, "PYTHONPATH": PACKAGE}
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 3, done.stderr
    assert "large.txt: the disk is full" in done.stdout
    assert "Traceback" not in done.stderr
    assert len(collection.documents()) == 3
    assert collection.sync([folder]).added == 1


def test_search_files_that_are_lost_are_made_anew(collection: Collection, papers: Path) -> None:
    """What finds passages can be made from the store: lost, damaged or of another version, the next writer makes it."""
    collection.sync([papers])
    for number, file in enumerate((collection.folder / "search").iterdir()):
        file.unlink() if number else file.write_bytes(b"damaged")
    again = Collection(collection.folder)
    again.sync([papers])
    assert found(again, "storm sails") == ["mill"]
    assert found(again, "dredged") == ["harbour"]
    again.store.close()
