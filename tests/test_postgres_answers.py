"""A folder and a PostgreSQL server give the same answers to the same questions over the same files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from benchmarks import own_documents
from collection_kit import LETTERS, NearReader
from ncrelations.collections import postgres_segments, postgres_vectors, search_files
from ncrelations.collections.collection import Collection
from ncrelations.collections.collection_settings import FileSettings
from ncrelations.collections.search_files import SearchFiles
from ncrelations.files import file_reading
from postgres_kit import PostgresServer
from search_kit import WordEncoder, passages

pytest_plugins = ["postgres_fixtures"]

STAND_IN = Path(__file__).parent / "stand_in" / "marrowby.json"
_CLOSE = 1e-6
_NUMBERS = count(1)


def town(folder: Path, place: str | None = None, most: int | None = None) -> Collection:
    """The paragraphs of the stand-in, one a document, and two letters with a paragraph in common, encoded."""
    made = own_documents.added(own_documents.read_questions(STAND_IN, 100).paragraphs[:most], folder, place)
    for name, text in LETTERS.items():
        (folder / name).write_text(text, "utf-8")
        made.sync([folder / name], FileSettings(None, None, name.removesuffix(".md").title(), None))
    made.encode()
    return made


@pytest.fixture(scope="module", name="pair")
def _pair(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Collection, str]]:
    """The same files in a folder, and the address of a server's collection of them."""
    folder, url = tmp_path_factory.mktemp("town"), postgres.url("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file_reading, "FileReader", NearReader)
        kept, shared = town(folder), town(folder, url)
    yield kept, url
    kept.store.close()
    shared.store.close()


@pytest.fixture(name="shared", params=["whole arrays", "pieces of arrays", "nearest vectors by index"])
def _shared(
    pair: tuple[Collection, str], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Collection]:
    """The server's collection, read in each of the ways that its size decides on."""
    if request.param == "pieces of arrays":
        monkeypatch.setattr(postgres_segments, "_NEAR", 0)
    if request.param == "nearest vectors by index":
        monkeypatch.setattr(search_files, "EXACT", 0)
    made = Collection(pair[1])
    yield made
    made.store.close()


def assert_same(ours: Any, theirs: Any) -> None:
    """Plain data is the same, numbers to within a millionth."""
    if isinstance(ours, dict):
        assert list(ours) == list(theirs)
        ours, theirs = list(ours.values()), list(theirs.values())
    if isinstance(ours, list | tuple):
        assert len(ours) == len(theirs)
        for each, other in zip(ours, theirs, strict=True):
            assert_same(each, other)
    elif isinstance(ours, float):
        assert ours == pytest.approx(theirs, abs=_CLOSE)
    else:
        assert ours == theirs


def questions() -> list[str]:
    """Those of the stand-in, answerable and not, and others."""
    of_town = own_documents.read_questions(STAND_IN, 100)
    asked = [each.text for each in (*of_town.answerable, *of_town.unanswerable)]
    others = ["lighthouse of Skarness", "who tended the lighthouse of skarnses", "How do I reset my router?", "Qwxyz?"]
    return [*asked[:16], *others, "when are contributions due", "japan/letter-of-japan/p1", "What does Norway think?"]


def test_answers_are_the_same(pair: tuple[Collection, str], shared: Collection) -> None:
    """Status, confidence, reasons, excerpts with their scores and marks, and what lies near: for every question."""
    asked = questions()
    assert len(asked) > 15
    for question in asked:
        assert_same(pair[0].ask(question).to_dict(), shared.ask(question).to_dict())


def test_searches_within_a_document_or_a_voice_are_the_same(pair: tuple[Collection, str], shared: Collection) -> None:
    """Also where a filter leaves little."""
    for question in ("danger of mines", "contributions are due", "the harbour"):
        for filters in ({"within": "japan"}, {"voice": "norway"}, {}):
            mine = [each.to_dict() for each in pair[0].search(question, 10, **filters)]
            theirs = [each.to_dict() for each in shared.search(question, 10, **filters)]
            assert mine
            assert_same(mine, theirs)


def test_comparisons_and_conversations_are_the_same(pair: tuple[Collection, str], shared: Collection) -> None:
    """Each voice's views, and follow-ups."""
    assert_same(pair[0].compare("danger of mines").to_dict(), shared.compare("danger of mines").to_dict())
    mine, theirs = pair[0].chat(), shared.chat()
    for question in ("What does Japan think of the mines?", "and Norway?", "why?"):
        assert_same(mine.ask(question).to_dict(), theirs.ask(question).to_dict())


def test_a_search_kept_to_many_passages_scans_the_index_on(
    pair: tuple[Collection, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same is found where the passages that count are too many to look at each."""
    monkeypatch.setattr(search_files, "EXACT", 0)
    monkeypatch.setattr(postgres_vectors, "FEW", 0)
    shared = Collection(pair[1])
    found = [each.to_dict() for each in shared.search("danger of mines", 10, voice="norway")]
    assert_same([each.to_dict() for each in pair[0].search("danger of mines", 10, voice="norway")], found)
    shared.store.close()


def test_vectors_of_another_width_are_found_by_their_signs(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index knows those of the packaged model alone; others are found as in a folder, also of very many."""
    monkeypatch.setattr(search_files, "EXACT", 0)
    shared, encoder = Collection(postgres.url("narrow")), WordEncoder()
    shared.store.create()
    found = []
    for files in (SearchFiles(tmp_path), shared.search_files):
        for version, some in enumerate(
            (passages("Mills grind.", "The sails turn."), passages("A reef lies there.")), 1
        ):
            files.add_words(version, some)
            files.add_meaning(version, some, encoder)
        found.append(files.rank("of the reef", [1, 2], encoder, 3))
    assert found[0][0].version == 2
    assert found[0] == found[1]
    assert len(found[1]) == 3
    shared.store.close()


def test_what_is_merged_and_removed_is_found_as_in_a_folder(
    postgres: PostgresServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small segments are merged, dead ones go with their vectors, and answers stay the same."""
    monkeypatch.setattr(file_reading, "FileReader", NearReader)
    monkeypatch.setattr(search_files, "_MANY", 3)
    kept, shared = town(tmp_path, most=6), town(tmp_path, postgres.url("merged"), most=6)
    for each in (kept, shared):
        each.remove("p3", texts=True)
        each.remove("japan")
        each.sweep()
    names = [list(each.search_files._stamps()) for each in (kept, shared)]
    assert names[0] == names[1]
    assert any(name.startswith("merged-") for name in names[0])
    for question in questions()[:8]:
        assert_same(kept.ask(question).to_dict(), shared.ask(question).to_dict())
    live = {each.version for each in shared.library.stored.live}
    assert {version for (version,) in shared.store.rows("SELECT version FROM block_vectors")} == live
    assert {version for (version,) in shared.store.rows("SELECT version FROM sentence_vectors")} == live
    kept.store.close()
    shared.store.close()
