"""How far a folder and a PostgreSQL server go: `python tests/benchmarks/store_scale.py 10000 100000`.

Passages of the edition's own sentences, in other combinations; their vectors are those of these sentences, mixed in
pairs and jittered. Questions are people's, encoded as they are asked. Figures are kept in store_scale.json, and
docs/scale.md is written from all that are there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

TESTS = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[0] = str(TESTS)  # Python puts this folder here, whose modules have the names of other things

from benchmarks.page import table  # noqa: E402
from ncrelations.collections import search_files  # noqa: E402
from ncrelations.collections.live_meaning import AskedMeaning  # noqa: E402
from ncrelations.collections.meaning_segments import MeaningSegment, Quantized  # noqa: E402
from ncrelations.collections.passage_ranking import Searched  # noqa: E402
from ncrelations.collections.passage_text import PassageText  # noqa: E402
from ncrelations.collections.postgres_address import address_of  # noqa: E402
from ncrelations.collections.postgres_layout import steps_from  # noqa: E402
from ncrelations.collections.postgres_segments import PostgresSegments  # noqa: E402
from ncrelations.collections.postgres_store import PostgresStore  # noqa: E402
from ncrelations.collections.search_files import SearchFiles  # noqa: E402
from ncrelations.collections.segment_files import Rows, SegmentPlace  # noqa: E402
from ncrelations.collections.word_segments import WordSegment  # noqa: E402
from ncrelations.document.corpus import Corpus  # noqa: E402
from ncrelations.editions.nato_china.edition import edition  # noqa: E402
from ncrelations.models.minilm import packaged  # noqa: E402
from ncrelations.retrieval.vector_files import nibbles  # noqa: E402
from postgres_kit import PostgresServer  # noqa: E402

ROOT, FIGURES = TESTS.parent, TESTS / "benchmarks" / "store_scale.json"
PAGE, INDEX = ROOT / "docs" / "scale.md", ROOT / "index"
WIDTH, SENTENCES, TOKENS, TOGETHER, TEN = 384, 2, 100, 5_000, 10
_JITTER, _SHARE, _COUNT = 0.35, 0.02, 300
AGAIN, _MOST_ON_A_SERVER = 9, 200_000
EXACT = search_files.EXACT
_SETTINGS = {"shared_buffers": "1GB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB"}

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions with the exact answer to which passages are the nearest."""

    meanings: Sequence[AskedMeaning]
    texts: Sequence[str]
    nearest: NDArray[np.float32]
    """The similarities of the nearest passages found so far, and their numbers, of each question."""
    numbers: NDArray[np.int64]


def units(vectors: Floats) -> Floats:
    """Vectors of length 1."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-9)))


def sentences() -> tuple[list[str], Floats]:
    """The edition's sentences, and vectors of its questions, of which there are thousands."""
    corpus: Corpus = edition().corpus
    texts = [each.text for document in corpus.documents for block in document.blocks for each in block.sentences]
    return texts, units(nibbles((INDEX / "questions.int4").read_bytes()).vectors)


def questions(count: int) -> list[str]:
    """Some of the questions by which the edition's answers are fitted."""
    lines = (TESTS / "eval" / "people_fit.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[:: len(lines) // count]][:count]


class Passages:
    """Passages without end, in segments."""

    def __init__(self) -> None:
        self._texts, self._vectors = sentences()
        self._random = np.random.default_rng(7)
        some = self._random.integers(0, len(self._texts), (TOGETHER, SENTENCES))
        told = [tuple(self._texts[at] for at in row) for row in some]
        passages = [PassageText(at, "", " ".join(each), each) for at, each in enumerate(told)]
        self._words = WordSegment.of(1, passages)

    def segment(self, version: int) -> tuple[WordSegment, MeaningSegment, Floats]:
        """The words and the meaning of another version, and the exact vectors of its passages."""
        random = self._random
        pairs = random.integers(0, len(self._vectors), (2, TOGETHER * SENTENCES))
        share = random.uniform(0.3, 0.7, (TOGETHER * SENTENCES, 1)).astype(np.float32)
        noise = random.standard_normal((TOGETHER * SENTENCES, WIDTH), np.float32) * np.float32(_JITTER / WIDTH**0.5)
        each = units(share * self._vectors[pairs[0]] + (1 - share) * self._vectors[pairs[1]] + noise)
        blocks = units(each.reshape(TOGETHER, SENTENCES, WIDTH).mean(axis=1))
        rows = Rows.of(version, range(TOGETHER))
        texts = random.integers(0, 2**63, TOGETHER).astype(np.uint64)
        starts = np.arange(TOGETHER + 1)
        meaning = MeaningSegment(
            rows, packaged().fingerprint, Quantized.of(blocks), Quantized.of(each), SENTENCES * starts,
            random.integers(0, 256, (TOGETHER * TOKENS, 16), np.uint8),
            np.tile(np.repeat(np.arange(SENTENCES, dtype=np.uint16), TOKENS // SENTENCES), TOGETHER),
            TOKENS * starts, np.arange(30_000, dtype=np.int32), np.full(30_000, 20, np.int32),
        )  # fmt: skip
        return replace(self._words, rows=rows, texts=texts), meaning, blocks


def built(place: SegmentPlace, count: int, asked: Asked) -> None:
    """Write so many passages, and note what is nearest to each question."""
    passages = Passages()
    for version in range(1, count // TOGETHER + 1):
        words, meaning, blocks = passages.segment(version)
        place.write(f"{version}.words", words.stored())
        place.write(f"{version}.meaning", meaning.stored())
        near = np.array([each.vector for each in asked.meanings]) @ blocks.T
        both = np.concatenate([asked.nearest, near], axis=1)
        numbers = np.arange(TOGETHER) + (version - 1) * TOGETHER
        every = np.concatenate([asked.numbers, np.tile(numbers, (len(near), 1))], axis=1)
        order = np.argsort(-both, axis=1)[:, : len(asked.nearest[0])]
        asked.nearest[:] = np.take_along_axis(both, order, 1)
        asked.numbers[:] = np.take_along_axis(every, order, 1)


def near(searched: Searched, asked: AskedMeaning, allowed: NDArray[np.bool_] | None) -> NDArray[np.int64]:
    """The ten nearest passages, as they are found."""
    numbers = searched.meaning.candidates(asked.vector, _COUNT, allowed)
    if allowed is not None:
        numbers = numbers[allowed[numbers]]
    cosines = searched.meaning.cosines(asked.vector, numbers).blocks
    return numbers[np.argsort(-cosines)[:TEN]]


def percentiles(work: Callable[[int], Any], count: int) -> tuple[float, float, list[Any]]:
    """The median and the 95th percentile of a work's times in milliseconds, and what it gave.

    Of several times the least counts: others work on this machine, too.
    """
    times, found = [], []
    for at in range(count):
        some = []
        for _ in range(AGAIN):
            start = time.perf_counter()
            given = work(at)
            some.append(1000 * (time.perf_counter() - start))
        found.append(given)
        times.append(min(some))
    return float(np.median(times)), float(np.percentile(times, 95)), found


def recall(found: Sequence[NDArray[np.int64]], exact: Iterator[NDArray[np.int64]]) -> float:
    """The share of the ten nearest that is found."""
    return float(
        np.mean([len(np.intersect1d(a, b[:TEN])) / min(TEN, len(b)) for a, b in zip(found, exact, strict=True)])
    )


def memory() -> float:
    """The memory of this process that is its own, in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) / 1024


def opened(where: str) -> SegmentPlace:
    """The segments of a folder, or those at an address."""
    return PostgresSegments(PostgresStore(address_of(where))) if "://" in where else SearchFiles(Path(where)).place


def first_of(where: str, count: int, exact: int) -> tuple[float, float]:
    """The seconds that the first question takes, and the memory that is held after a hundred, plain and filtered."""
    search_files.EXACT = exact
    texts, live = questions(100), range(1, count // TOGETHER + 1)
    packaged().encode(texts[:1])
    before, start = memory(), time.perf_counter()
    files = SearchFiles(opened(where))
    files.rank(texts[0], live, packaged(), TEN)
    first, searched = time.perf_counter() - start, files.searched(live, packaged())
    allowed = np.random.default_rng(3).random(len(searched.passages)) < _SHARE
    for text in texts:
        files.rank(text, live, packaged(), TEN)
        near(searched, files.asked(text, packaged()), allowed)
    return first, memory() - before


def measured(where: str, count: int, asked: Asked) -> dict[str, float]:
    """The figures of a store that holds so many passages."""
    with get_context("spawn").Pool(1) as process:
        first, held = process.apply(first_of, (where, count, search_files.EXACT))
    files, live = SearchFiles(opened(where)), range(1, count // TOGETHER + 1)
    searched, some = files.searched(live, packaged()), len(asked.texts)
    plain = percentiles(lambda at: near(searched, asked.meanings[at], None), some)
    allowed = np.random.default_rng(3).random(len(searched.passages)) < _SHARE
    kept = percentiles(lambda at: near(searched, asked.meanings[at], allowed), some)
    whole = percentiles(lambda at: files.rank(asked.texts[at], live, packaged(), TEN), some)
    inside = (row[allowed[row]] for row in asked.numbers)
    return {
        "first question, s": first, "recall": recall(plain[2], iter(asked.numbers)),
        "median, ms": plain[0], "95th, ms": plain[1],
        "recall, filtered": recall(kept[2], inside), "median, filtered, ms": kept[0], "95th, filtered, ms": kept[1],
        "whole ranking, ms": whole[0], "memory, MB": held,
    }  # fmt: skip


def asked_of(count: int) -> Asked:
    """Some questions, nothing found yet."""
    texts, deep = questions(count), 2_000
    meanings = [AskedMeaning.of(each, packaged()) for each in texts]
    return Asked(meanings, texts, np.full((count, deep), -2, np.float32), np.zeros((count, deep), np.int64))


def of_folder(count: int, folder: Path) -> dict[str, float]:
    """A folder."""
    search_files.EXACT = EXACT
    asked, files, start = asked_of(100), SearchFiles(folder), time.perf_counter()
    built(files.place, count, asked)
    files.index_meaning(range(1, count // TOGETHER + 1), packaged())
    taken = time.perf_counter() - start
    size = sum(each.stat().st_size for each in folder.iterdir()) / 1e6
    return {"build, s": taken, "size, MB": size, **measured(str(folder), count, asked)}


def of_server(count: int, server: PostgresServer, *, exact: bool) -> dict[str, float]:
    """A server, with the index, or with the signs of all vectors."""
    store = PostgresStore(address_of(server.url(f"scale-{count}")))
    asked, place, start = asked_of(100), PostgresSegments(store), time.perf_counter()
    if exact:
        built(Unwritten(place), count, asked)
    else:
        store._carry_out(steps_from(0)[:1])
        built(place, count, asked)
        store._carry_out(steps_from(1))
    taken = time.perf_counter() - start
    tables = "pg_class c WHERE relnamespace = ?::regnamespace AND relkind = 'r'"
    ((size,),) = store.rows(f"SELECT sum(pg_total_relation_size(c.oid)) FROM {tables}", f'"{store.address.schema}"')  # noqa: S608 -- ours
    search_files.EXACT = 10**9 if exact else 0
    store.close()
    return {"build, s": taken, "size, MB": float(size) / 1e6, **measured(store.address.url, count, asked)}


class Unwritten:
    """A place that holds what would be written to it."""

    def __init__(self, place: SegmentPlace) -> None:
        self._place = place

    def __getattr__(self, name: str) -> Any:
        return getattr(self._place, name)

    def write(self, name: str, arrays: Any) -> None:
        """Nothing."""


STORES = {
    "folder": "folder",
    "server, signs": "server, signs compared by the client",
    "server, index": "server, HNSW",
}
COLUMNS = {
    "build": "build, s", "MB": "size, MB", "memory, MB": "memory, MB", "first, s": "first question, s",
    "recall": "recall", "median, ms": "median, ms", "95 %, ms": "95th, ms", "recall, 2 %": "recall, filtered",
    "median, 2 %, ms": "median, filtered, ms", "whole, ms": "whole ranking, ms",
}  # fmt: skip


def shown(figure: float) -> str:
    """A figure with three digits, or whole."""
    return f"{figure:,.0f}" if figure >= 1_000 else f"{figure:.3g}"


def page(figures: dict[str, dict[str, float]]) -> str:
    """The page of the figures."""
    text = (TESTS / "benchmarks" / "scale_page.md").read_text("utf-8")
    parts = []
    for count in sorted({int(name.split()[-1]) for name in figures}):
        rows = [
            (told, *(shown(figures[f"{store} {count}"][each]) for each in COLUMNS.values()))
            for store, told in STORES.items()
            if f"{store} {count}" in figures
        ]
        parts.append(f"{count:,} passages:\n\n{table(('', *COLUMNS), rows)}")
    return text.replace("{{ figures }}", "\n".join(parts).rstrip()).replace("{{ machine }}", machine())


def machine() -> str:
    """What it was measured on."""
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {platform.system()}, {python}, PostgreSQL 18.4, pgvector 0.8.5"


def on_a_server(count: int) -> dict[str, dict[str, float]]:
    """The figures of a server of its own, in both ways."""
    server = PostgresServer.made(_SETTINGS)
    try:
        return {
            f"server, {name} {count}": of_server(count, server, exact=exact)
            for name, exact in (("index", False), ("signs", True))
        }
    finally:
        server.remove()


def main() -> None:
    """Measure the sizes named, and write the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int)
    figures = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    for count in parser.parse_args().sizes:
        with tempfile.TemporaryDirectory() as folder:
            figures[f"folder {count}"] = of_folder(count, Path(folder))
        if count <= _MOST_ON_A_SERVER:
            figures |= on_a_server(count)
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n")
    PAGE.write_text(page(figures), "utf-8")


if __name__ == "__main__":
    main()
