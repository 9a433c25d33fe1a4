"""pytest fixtures with a PostgreSQL server: put `pytest_plugins = ["postgres_fixtures"]` into a test module."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count

import pytest

from collection_kit import NearReader
from ncrelations.collections.collection import Collection
from ncrelations.files import file_reading
from postgres_kit import CannotStart, PostgresServer

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server that runs. Where none can, the tests that need it are skipped, but never in CI."""
    pytest.importorskip("psycopg", reason="pip install 'ncrelations[postgres]'")
    try:
        server = PostgresServer.made()
    except CannotStart as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    yield server
    server.remove()


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    """The address of a collection to which nothing was ever added."""
    return postgres.url(f"test-{next(_NUMBERS)}")


@pytest.fixture
def shared(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Collection]:
    """An empty collection on the server."""
    monkeypatch.setattr(file_reading, "FileReader", NearReader)
    made = Collection(url)
    yield made
    made.store.close()


@pytest.fixture
def any_collection(request: pytest.FixtureRequest) -> Collection:
    """An empty collection of the kind that is asked for by the test's parameter: "folder" or "postgres"."""
    names = {"folder": "folder_collection", "postgres": "shared"}
    made: Collection = request.getfixturevalue(names[request.node.callspec.params["collection"]])
    return made
