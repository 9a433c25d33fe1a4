"""Many at once on a server: who reads sees whole documents and right passages while others add, change and remove."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from collection_kit import found
from ncrelations.collections.collection import Collection
from ncrelations.text.sentences import fold

pytest_plugins = ["collection_fixtures", "postgres_fixtures"]

Round = Callable[[Collection, int], None]


def written(folder: Path) -> Round:
    """A writer's round: some files are new, one has another text, one is gone, and one is removed."""
    folder.mkdir()

    def work(collection: Collection, number: int) -> None:
        for at in range(3):
            (folder / f"{folder.name}{at}.md").write_text(
                f"# Paper {at}\n\nThe word of {folder.name} is w{number}x{at}.\n"
            )
        (folder / f"{folder.name}{number % 3}.md").unlink()
        report = collection.sync([folder])
        assert report.refused == 0
        if number % 4 == 3:
            collection.remove(next(each.document for each in report.files if each.document) or "")

    return work


def read(collection: Collection, number: int) -> None:
    """A reader's round: what always was there is found, and what is found says what it was found for."""
    assert found(collection, "storm sails") == ["mill"]
    word = ("left", "right")[number % 2]
    for each in collection.search(f"the word of {word}", 3) if number % 5 == 0 else ():
        source = each.block.document.source
        assert fold(source[each.span.start : each.span.end]) == each.text
        assert collection.resolve(each.citation) is not None


def at_once(url: str, rounds: list[Round], seconds: float) -> tuple[list[str], list[int]]:
    """Carry out rounds in a thread each until the time is over; what went wrong, and how many each did."""
    wrong: list[str] = []
    done = [0] * len(rounds)
    until = time.monotonic() + seconds

    def run(at: int) -> None:
        collection = Collection(url)
        for number in count():
            if time.monotonic() > until:
                break
            try:
                rounds[at](collection, number)
                done[at] += 1
            except Exception as error:  # noqa: BLE001 -- the threads tell the test
                wrong.append(repr(error))
        collection.store.close()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(rounds))]
    for each in threads:
        each.start()
    for each in threads:
        each.join(seconds + 120)
    return wrong, done


def check(shared: Collection, url: str, papers: Path, seconds: float, readers: int) -> None:
    """Two write while others read; afterwards everything is proven."""
    shared.sync([papers])
    shared.encode()
    writers = [written(papers.parent / name) for name in ("left", "right")]
    wrong, done = at_once(url, [*writers, *[read] * readers], seconds)
    assert wrong == []
    assert min(done) > 0, done
    assert all(each.proven for each in shared.verify())
    assert {"harbour", "mill"} <= {each.id for each in shared.documents()}


def test_two_write_and_four_read(shared: Collection, url: str, papers: Path) -> None:
    """For some seconds nobody meets an error, or a passage that is not what it was found for."""
    check(shared, url, papers, 3, 4)


@pytest.mark.long
def test_two_write_and_eight_read_for_five_minutes(shared: Collection, url: str, papers: Path) -> None:
    """The same for five minutes."""
    check(shared, url, papers, 300, 8)
