"""One writer at a time: a lock that the system lets go of when its holder ends, however it ends."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ncrelations.errors import CollectionUnavailable

PATIENCE = 120.0
"""Seconds to wait for another writer: one holds the lock for a file, not for a whole folder."""

BUSY, WAIT = "another process is writing to it", "try again when it has ended"
"""What is said where another writes for too long."""


@contextmanager
def sole_writer(folder: Path, name: str = "writer", patience: float | None = None) -> Iterator[None]:
    """Hold a collection's lock of that name. Raises `CollectionUnavailable` where another holds it too long.

    The lock is that of an empty SQLite file: it is held on every system, also against threads of this process,
    and nothing is left to clean up when a process is killed.
    """
    connection = sqlite3.connect(folder / f"{name}.lock", timeout=0, isolation_level=None)
    try:
        _taken(connection, folder, PATIENCE if patience is None else patience)
        yield
    finally:
        connection.close()


def _taken(connection: sqlite3.Connection, folder: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() >= until:
                raise CollectionUnavailable(str(folder), BUSY, WAIT) from error
            time.sleep(0.02)
        else:
            return
