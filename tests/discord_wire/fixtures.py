"""pytest fixtures: put `pytest_plugins = ["discord_wire.fixtures"]` into a conftest or test module."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from .server import WireServer
from .spec import MISSING_NOTE, find_description


@pytest_asyncio.fixture
async def wire() -> AsyncIterator[WireServer]:
    """Return a running server; at the end the test fails if either side broke a rule."""
    server = WireServer()
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
    server.check()


def pytest_report_header() -> str:
    """Say at the start which description judges (where this module is loaded early enough)."""
    path = find_description()
    return MISSING_NOTE if path is None else f"discord_wire: judged by {path}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end that the description is missing, if it is."""
    if find_description() is None:
        terminalreporter.write_line(MISSING_NOTE, yellow=True)
