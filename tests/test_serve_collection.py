"""A collection served: documents as they are at each question, beside the edition or alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason='pip install "ncrelations[serve]"')

import ncrelations as ncr
from collection_kit import NearReader
from ncrelations.cli.chosen_collection import BOTH, library_in
from ncrelations.collections.collection import Collection
from ncrelations.files import file_reading
from service_kit import checked, client

pytest_plugins = ["collection_fixtures", "postgres_fixtures"]


@pytest.fixture(params=["folder", "postgres"])
def served(
    request: pytest.FixtureRequest, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Collection]:
    """The user's own collection, with two documents: in a folder, and on a server."""
    monkeypatch.setattr(file_reading, "FileReader", NearReader)
    place = str(tmp_path / "own") if request.param == "folder" else request.getfixturevalue("url")
    monkeypatch.setenv("NCR_COLLECTION", place)
    collection = Collection(place)
    collection.sync([papers])
    yield collection
    collection.store.close()


def test_what_is_added_is_found_and_what_is_removed_is_not(served: Collection, papers: Path) -> None:
    """Questions, pages and places follow the collection; a withdrawn document is still cited, and said to be so."""
    with client(partial(library_in, served.store.opened_by)) as api:

        def documents() -> list[str]:
            return [each["citation"] for each in checked(api.get("/v1/documents"))["documents"]]

        assert sorted(documents()) == ["harbour", "mill"]
        answer = checked(api.get("/v1/ask?question=Who+pays+half+of+the+dredging"))
        assert answer["excerpts"][0]["citation"] == "harbour/costs/p1"
        assert checked(api.get("/v1/search?query=sails&within=mill"))["excerpts"][0]["document"] == "mill"
        comparison = checked(api.get("/v1/compare?topic=Marrowby"))
        assert {"topic", "silent", "themes"} < set(comparison)
        assert "dredged to twelve metres" in api.get("/harbour.html").text

        (papers / "lamp.md").write_text("# Lamp\n\nThe lamp of the lighthouse burns oil.\n", "utf-8")
        served.sync([papers])
        assert "lamp" in documents()
        assert "burns oil" in api.get("/lamp.html").text
        found = api.get("/assets/found.json?q=lighthouse+lamp").json()["results"]
        assert found[0]["citation"].startswith("lamp/")

        served.remove("mill")
        assert "mill" not in documents()
        assert api.get("/mill.html").status_code == 404
        shown = checked(api.get("/v1/show?citation=mill/windmill/p2"))
        assert "withdrawn" in shown["standing"][0]


def test_both_are_asked_together(served: Collection) -> None:
    """The edition and the collection answer as one library, and their citations resolve side by side."""
    del served
    with client(partial(library_in, BOTH)) as api:
        assert [each["citation"] for each in checked(api.get("/v1/documents"))["documents"]][:2] == [
            "report",
            "article",
        ]
        answer = checked(api.get("/v1/ask?question=Why+does+China+distrust+AUKUS%3F"))
        assert answer["excerpts"][0]["citation"] == str(ncr.ask("Why does China distrust AUKUS?").excerpts[0].citation)
        assert checked(api.get("/v1/show?citation=harbour/costs/p1"))["places"][0]["text"].startswith("The council")
        turn = {"question": "Who pays half of the dredging of the harbour of Marrowby?"}
        state = checked(api.post("/v1/chat", json=turn))["state"]
        assert checked(api.post("/v1/chat", json={"question": "and the other half?", "state": state}))["answer"]
