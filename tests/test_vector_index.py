"""The index of a folder's vectors: what it finds, and what is found without it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ncrelations.collections import live_near, search_files, vector_index
from ncrelations.collections.collection import Collection
from ncrelations.collections.collection_move import checksum, move
from ncrelations.collections.meaning_segments import MeaningSegment, Quantized
from ncrelations.collections.passage_text import PassageText
from ncrelations.collections.search_files import SearchFiles
from ncrelations.collections.segment_files import Rows
from ncrelations.collections.vector_index import VectorIndex
from ncrelations.models.encoder import Vectors
from search_kit import WordEncoder

pytest_plugins = ["collection_fixtures"]

WIDTH, INDEX = WordEncoder.width, "vectors.near"


@pytest.fixture(autouse=True)
def _from_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index is made and used from the first passage on, and a question looks through a part of it alone."""
    monkeypatch.setattr(search_files, "EXACT", 0)
    monkeypatch.setattr(live_near.IndexedNear, "few", 0)
    monkeypatch.setattr(vector_index, "PROBED", 24)


def units(vectors: NDArray[np.float64]) -> Vectors:
    """Vectors of length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32)


def clustered(count: int, seed: int = 1) -> Vectors:
    """Vectors about a few hundred middles."""
    chance = np.random.default_rng(seed)
    middles = np.random.default_rng(0).standard_normal((200, WIDTH))
    return units(middles[chance.integers(0, 200, count)] + 0.8 * chance.standard_normal((count, WIDTH)))


def nearest(vectors: Vectors, vector: Vectors, count: int) -> set[int]:
    """The numbers of the nearest, by exact numbers."""
    return set(np.argsort(-(vectors @ vector))[:count].tolist())


def add(files: SearchFiles, version: int, vectors: Vectors) -> None:
    """Passages of one sentence with these vectors."""
    texts = [f"passage {number} of {version}" for number in range(len(vectors))]
    files.add_words(version, [PassageText(at, "", each, (each,)) for at, each in enumerate(texts)])
    starts, tokens = np.arange(len(vectors) + 1), np.zeros((len(vectors), 16), np.uint8)
    segment = MeaningSegment(
        Rows.of(version, range(len(vectors))), WordEncoder.fingerprint, Quantized.of(vectors), Quantized.of(vectors),
        starts, tokens, np.zeros(len(vectors), np.uint16), starts, np.zeros(0, np.int32), np.zeros(0, np.int32),
    )  # fmt: skip
    files.place.write(f"{version}.meaning", segment.stored())


def found(
    files: SearchFiles, live: Sequence[int], vector: Vectors, count: int, allowed: NDArray[np.bool_] | None = None
) -> set[int]:
    """The passages that come near, by their numbers among the live ones."""
    return set(files.searched(live, WordEncoder()).meaning.candidates(vector, count, allowed).tolist())


@pytest.fixture(scope="module", name="vectors")
def _vectors() -> Vectors:
    return clustered(3_000)


@pytest.fixture(name="files")
def _files(tmp_path: Path, vectors: Vectors) -> SearchFiles:
    """Three documents with an index."""
    files = SearchFiles(tmp_path)
    for at in range(3):
        add(files, at + 1, vectors[1_000 * at : 1_000 * (at + 1)])
    files.index_meaning([1, 2, 3], WordEncoder())
    assert (tmp_path / INDEX).exists()
    return files


def test_nearly_all_of_the_nearest_are_found(files: SearchFiles, vectors: Vectors) -> None:
    """Of 20 questions, at least 97 in a hundred of the ten nearest, among no more than are asked for."""
    met = []
    for vector in clustered(20, seed=2):
        some = found(files, [1, 2, 3], vector, 100)
        assert len(some) <= 300
        met.append(len(nearest(vectors, vector, 10) & some))
    assert np.mean(met) >= 9.7


def test_few_passages_are_found_as_by_their_signs(tmp_path: Path) -> None:
    """Where all are candidates, index and signs give the same ranking with the same scores."""
    small = SearchFiles(tmp_path)
    add(small, 1, clustered(120))
    question, encoder = "passage 7 of 1", WordEncoder()
    signs = small.rank(question, [1], encoder, 20)
    small.index_meaning([1], encoder)
    reader = SearchFiles(tmp_path)
    assert reader.searched([1], encoder).meaning._near is not None
    assert reader.rank(question, [1], encoder, 20) == signs
    assert small.rank(question, [1], encoder, 20) == signs


def test_the_same_vectors_give_the_same_index(vectors: Vectors) -> None:
    """Byte for byte; and read back it finds the same."""
    first, second = (VectorIndex.of(np.arange(3_000), WIDTH, lambda: [vectors]) for _ in range(2))
    data, proof = first.stored()
    assert np.array_equal(data, second.stored()[0])
    again, asked = VectorIndex.read(data, proof), clustered(1, seed=3)[0]
    assert np.array_equal(again.near(asked, 50, None), first.near(asked, 50, None))


def test_a_filter_leaves_what_it_allows(files: SearchFiles, vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the index where much is allowed, by signs where little is: nothing else, and nearly all of the nearest."""
    for few in (0, 10_000):
        monkeypatch.setattr(live_near.IndexedNear, "few", few)
        for share in (0.5, 0.02):
            allowed = np.random.default_rng(5).random(3_000) < share
            places, met = np.flatnonzero(allowed), []
            for vector in clustered(10, seed=4):
                some = found(files, [1, 2, 3], vector, 100, allowed)
                assert some <= set(places.tolist())
                met.append(len({int(places[at]) for at in nearest(vectors[places], vector, 10)} & some))
            assert np.mean(met) >= 9.5


def test_what_is_removed_takes_no_places(files: SearchFiles, vectors: Vectors) -> None:
    """Passages of a document that answers no more are not found, and those behind them are."""
    vector = vectors[1_100]
    assert 1_100 in found(files, [1, 2, 3], vector, 20)
    rest = np.concatenate([vectors[:1_000], vectors[2_000:]])
    some = found(files, [1, 3], vector, 20)
    assert len(nearest(rest, vector, 10) & some) >= 9
    assert max(some) < 2_000


def test_what_came_later_is_found_by_its_signs(files: SearchFiles, tmp_path: Path) -> None:
    """Beside the index, until that is made anew; also by a reader that was open."""
    reader = SearchFiles(tmp_path)
    late = clustered(200, seed=8)
    assert 3_000 + 5 not in found(reader, [1, 2, 3], late[5], 20)
    add(files, 4, late)
    assert 3_000 + 5 in found(reader, [1, 2, 3, 4], late[5], 20)
    assert 3_000 + 5 not in found(reader, [1, 2, 3, 4], late[5], 20, np.arange(3_200) < 3_000)


def test_the_index_is_made_anew_when_much_has_changed(
    files: SearchFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for a few passages more or fewer; never for few passages in all."""
    encoder, index = WordEncoder(), tmp_path / INDEX
    before = index.stat().st_ino, index.read_bytes()
    add(files, 4, clustered(200, seed=8))
    files.index_meaning([1, 2, 3, 4], encoder)
    assert (index.stat().st_ino, index.read_bytes()) == before
    files.index_meaning([1, 3], encoder)
    assert len(index.read_bytes()) < len(before[1])
    index.unlink()
    monkeypatch.setattr(search_files, "EXACT", 50_000)
    files.index_meaning([1, 2, 3, 4], encoder)
    assert not index.exists()


@pytest.mark.parametrize("where", [0.3, 0.5, 0.99])
def test_a_damaged_index_counts_as_missing(files: SearchFiles, tmp_path: Path, vectors: Vectors, where: float) -> None:
    """One byte changed, or the end cut off: the signs find what it found, and the next job makes it anew."""
    index = tmp_path / INDEX
    whole = bytearray(index.read_bytes())
    changed = whole.copy()
    changed[int(where * len(whole))] ^= 255
    for damaged in (changed, whole[: int(where * len(whole))]):
        index.unlink()
        index.write_bytes(damaged)
        reader = SearchFiles(tmp_path)
        assert reader.searched([1, 2, 3], WordEncoder()).meaning._near is None
        assert 7 in found(reader, [1, 2, 3], vectors[7], 20)
    files.index_meaning([1, 2, 3], WordEncoder())
    assert index.read_bytes() == whole


_MAKING = """
import sys
from ncrelations.collections import search_files
from search_kit import WordEncoder

search_files.EXACT, search_files._STALE = 0, -1
files = search_files.SearchFiles(__import__("pathlib").Path(sys.argv[1]))
print("ready", flush=True)
while True:
    files.index_meaning([1, 2, 3], WordEncoder())
"""


def test_a_job_that_is_killed_leaves_an_index_that_is_whole(
    files: SearchFiles, tmp_path: Path, vectors: Vectors
) -> None:
    """At whatever moment: what is there is read, and leavings are swept."""
    whole, chance = (tmp_path / INDEX).read_bytes(), np.random.default_rng(1)
    for _ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", _MAKING, str(tmp_path)], stdout=subprocess.PIPE, cwd=Path(__file__).parent
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.1, 0.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert (tmp_path / INDEX).read_bytes() == whole
        assert 7 in found(SearchFiles(tmp_path), [1, 2, 3], vectors[7], 20)
    files.sweep([1, 2, 3])
    assert not list(tmp_path.glob("*.new"))


def test_a_collection_is_moved_without_its_index(collection: Collection, papers: Path, tmp_path: Path) -> None:
    """It is made of the segments again where it is wanted; the proof is over what is brought."""
    collection.sync([papers])
    add(collection.search_files, 1_000, clustered(50))
    collection.search_files.index_meaning([1_000], WordEncoder())
    target = Collection(tmp_path / "other")
    moved = move(collection.store, collection.search_files, target.store, target.search_files)
    assert INDEX in collection.search_files.place.stamps()
    assert set(collection.search_files.place.stamps()) - set(target.search_files.place.stamps()) == {INDEX}
    assert moved.checksum == checksum(collection.store, collection.search_files)
