"""A collection on a PostgreSQL server: the statements of `collection_records.py`, carried out there.

One transaction a file, as in a folder. The lock of the one writer is an advisory lock of the connection that writes: a
client that is killed, or a connection that breaks, lets go of it, and takes back what was half done.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ncrelations.collections.collection_store import Change, Fetched, Migration
from ncrelations.collections.postgres_address import PostgresAddress
from ncrelations.collections.postgres_connections import Connections, rows, statement
from ncrelations.collections.postgres_layout import LAYOUT, NEWEST, steps_from
from ncrelations.collections.writer_lock import BUSY, PATIENCE, WAIT
from ncrelations.errors import CollectionUnavailable

if TYPE_CHECKING:
    from ncrelations.collections.postgres_connections import Connection

_PAUSE = 0.05


class PostgresStore:
    """The tables of a collection on a server. Safe to share between threads."""

    def __init__(self, address: PostgresAddress) -> None:
        self.address = address
        """Where it is."""
        self.name = address.name
        """What the collection is called."""
        self.place = address.shown
        """Where it is, as it is shown."""
        self.connections = Connections(address)
        """What it is reached by."""
        self.opened_by = address.url
        """What opens it again."""
        self._layout = 0
        self._threads = threading.local()

    @property
    def exists(self) -> bool:
        """Whether anything was ever added. Raises `CollectionUnavailable` for a layout of another version."""
        if self._layout != NEWEST:
            self._layout = self.layout
            if self._layout > NEWEST:
                raise CollectionUnavailable(self.place, "it was made by a newer version", "update ncrelations")
            if 0 < self._layout < NEWEST:
                problem = f"its tables are of an older version ({self._layout} instead of {NEWEST})"
                raise CollectionUnavailable(self.place, problem, "ncr migrate brings them up to date")
        return self._layout == NEWEST

    @property
    def layout(self) -> int:
        """The number of its layout; 0 where there is none."""
        there = "SELECT to_regclass(quote_ident(?) || '.facts') IS NOT NULL FROM pg_namespace WHERE nspname = ?"
        found = self.connections.read(there, (self.address.schema, self.address.schema))
        if not found or not found[0][0]:
            return 0
        known = self.connections.read("SELECT value FROM facts WHERE name = ?", (LAYOUT,))
        return int(known[0][0])

    def create(self) -> None:
        """Make its schema and tables, all at once, where they are not there. Raises `CollectionUnavailable`."""
        if self.exists:
            return
        with self.sole_writer():
            if not self.exists:
                with self.connections.translated(), self.connections.held() as connection, connection.transaction():
                    self._carry_out(steps_from(0))

    def pending(self) -> tuple[Migration, ...]:
        """The steps by which its layout becomes that of today; none where there is no collection."""
        layout = self.layout
        return steps_from(layout) if layout else ()

    def migrate(self) -> tuple[Migration, ...]:
        """Carry them out, each in one transaction; those that were. Nobody adds meanwhile."""
        with self.sole_writer():
            steps = self.pending()
            self._carry_out(steps)
        return steps

    def _carry_out(self, steps: Sequence[Migration]) -> None:
        for step in steps:
            with self.connections.translated(), self.connections.held() as connection, connection.transaction():
                if step.number == 1:
                    connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
                    connection.execute(statement(f'CREATE SCHEMA "{self.address.schema}"'))
                for each in step.statements:
                    connection.execute(statement(each))
                connection.execute(statement("UPDATE facts SET value = ? WHERE name = ?"), (step.number, LAYOUT))

    def rows(self, query: str, *values: Any) -> list[Any]:
        """The rows of a query. Raises `CollectionUnavailable` where the store cannot be read."""
        return self.connections.read(query, values) if self.exists else []

    @contextmanager
    def transaction(self) -> Iterator[Change]:
        """Change the store: all of it, or nothing where anything is raised. Raises `CollectionUnavailable`."""
        with self.connections.translated(), self.connections.held() as connection, connection.transaction():
            connection.execute("UPDATE facts SET value = value + 1 WHERE name = 'generation'")
            yield _Change(connection)

    @property
    def generation(self) -> int:
        """A number that grows with each change."""
        found = self.rows("SELECT value FROM facts WHERE name = 'generation'")
        return int(found[0][0]) if found else 0

    def next_version(self) -> int:
        """A number that no version has had, not even one whose writer was killed before it was there."""
        return self.counted("versions")

    def counted(self, name: str) -> int:
        """The next number of that name."""
        query = "UPDATE facts SET value = value + 1 WHERE name = ? RETURNING value"
        with self.connections.translated(), self.connections.one() as connection:
            return int(rows(connection, query, (name,))[0][0])

    def settle(self) -> None:
        """See that the server lets go of what was deleted: the space of its rows is used anew."""
        with self.connections.translated(), self.connections.one() as connection:
            connection.execute(statement("DELETE FROM segments WHERE dropped IS NOT NULL"))
            for table in ("documents", "versions", "blocks", "segment_arrays", "questions"):
                connection.execute(statement(f"VACUUM {table}"))

    def close(self) -> None:
        """Close the connections that nobody uses now."""
        self.connections.close()

    @contextmanager
    def sole_writer(self, name: str = "writer", patience: float | None = None) -> Iterator[None]:
        """Hold the collection's lock of that name. Raises `CollectionUnavailable` where another holds it too long."""
        key = [zlib.crc32(each.encode()) - (1 << 31) for each in (f"ncrelations {self.address.schema}", name)]
        until = time.monotonic() + (PATIENCE if patience is None else patience)
        with self.connections.held() as connection:
            while name in self._own or not self._locked(connection, key):
                if time.monotonic() >= until:
                    raise CollectionUnavailable(self.place, BUSY, WAIT)
                time.sleep(_PAUSE)
            self._own.add(name)
            try:
                yield
            finally:
                self._own.remove(name)
                with suppress(Exception):  # of a connection that broke, the server has taken the lock back
                    rows(connection, "SELECT pg_advisory_unlock(?, ?)", key)

    def _locked(self, connection: Connection, key: Sequence[int]) -> bool:
        with self.connections.translated():
            return bool(rows(connection, "SELECT pg_try_advisory_lock(?, ?)", key)[0][0])

    @property
    def _own(self) -> set[str]:
        """The locks that this thread holds: the server would give them to its connection once more."""
        held: set[str] = self._threads.__dict__.setdefault("locks", set())
        return held


class _Change:
    """A transaction on the server, as stores speak of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, query: str, values: Sequence[Any] = (), /) -> Fetched:
        """Carry out a statement."""
        return self._connection.cursor(binary=True).execute(statement(query), values)

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> object:
        """Carry out a statement once for each sequence of values."""
        with self._connection.cursor() as cursor:
            cursor.executemany(statement(query), values)
        return None
