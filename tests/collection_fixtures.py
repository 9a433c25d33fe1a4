"""pytest fixtures: put `pytest_plugins = ["collection_fixtures"]` into a test module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from collection_kit import HARBOUR, LETTERS, MILL, NearReader
from ncrelations.collections.collection import Collection
from ncrelations.files import file_reading


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with two documents."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "harbour.md").write_text(HARBOUR, "utf-8")
    (folder / "mill.md").write_text(MILL, "utf-8")
    return folder


@pytest.fixture
def collection(folder_collection: Collection) -> Collection:
    """An empty collection."""
    return folder_collection


@pytest.fixture
def folder_collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collection]:
    """An empty collection in a folder."""
    monkeypatch.setattr(file_reading, "FileReader", NearReader)
    made = Collection(tmp_path / "collection")
    yield made
    made.store.close()


@pytest.fixture
def kept(folder_collection: Collection, papers: Path) -> Collection:
    """A collection of four documents: a plan, a mill and two letters."""
    for name, text in LETTERS.items():
        (papers / name).write_text(text, "utf-8")
    folder_collection.sync([papers])
    return folder_collection
