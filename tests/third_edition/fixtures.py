"""pytest fixtures: put `pytest_plugins = ["third_edition.fixtures"]` into a test module."""

from __future__ import annotations

import pytest

from ncrelations.library import Library
from third_edition.library import built


@pytest.fixture(scope="session")
def windmill(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The third edition, its index built once with the packaged model."""
    return built(tmp_path_factory.mktemp("windmill"))
