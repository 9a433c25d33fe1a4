"""The store of a collection in a folder: one SQLite file that says which version of which document is live.

    documents   an id, what a bibliography says of it, and the version that answers (none: withdrawn)
    versions    the text of a file's bytes as one reader read it, with its tree; kept for old citations
    blocks      where the blocks of each version stand, and whose view they state
    questions   questions written for blocks, with their vectors
    files       the names under which the bytes were found, and why a file was refused

Readers see the state before or after a transaction, never between. In WAL mode they do not wait for the writer.
"""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from ncrelations.collections.collection_place import DATABASE
from ncrelations.collections.collection_store import Migration, is_full
from ncrelations.collections.found_files import path_text
from ncrelations.collections.writer_lock import sole_writer
from ncrelations.document.citation import printable
from ncrelations.errors import CollectionUnavailable

SCHEMA = 1
"""The number of the layout below; a newer one is refused, not guessed at."""

_LAYOUT = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, work TEXT NOT NULL, live INTEGER REFERENCES versions (number)
);
CREATE TABLE versions (
    number INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), sha256 TEXT NOT NULL,
    reader TEXT NOT NULL, kind TEXT NOT NULL, structure TEXT NOT NULL, remarks TEXT NOT NULL, pages INTEGER NOT NULL,
    passages INTEGER NOT NULL, added TEXT NOT NULL, source BLOB NOT NULL,
    checksum TEXT NOT NULL, tree BLOB NOT NULL
);
CREATE INDEX versions_by_bytes ON versions (sha256);
CREATE INDEX versions_by_document ON versions (document);
CREATE TABLE blocks (
    version INTEGER NOT NULL REFERENCES versions (number) ON DELETE CASCADE, position INTEGER NOT NULL,
    citation TEXT NOT NULL, starts INTEGER NOT NULL, ends INTEGER NOT NULL, voice TEXT NOT NULL, label TEXT NOT NULL,
    PRIMARY KEY (version, position)
) WITHOUT ROWID;
CREATE TABLE files (
    path BLOB PRIMARY KEY, root BLOB, stamp TEXT NOT NULL, said TEXT NOT NULL, settings TEXT NOT NULL,
    sha256 TEXT, document TEXT, reason TEXT, detail TEXT
) WITHOUT ROWID;
CREATE INDEX files_by_document ON files (document);
CREATE TABLE questions (
    source TEXT NOT NULL, text TEXT NOT NULL, document TEXT NOT NULL, place TEXT NOT NULL, sentences TEXT NOT NULL,
    encoder TEXT NOT NULL, vector BLOB NOT NULL
);
"""

_PATIENCE = 30
"""Seconds that a transaction waits for another's."""


class FolderStore:
    """The SQLite file of a collection. Safe to share between threads: each has a connection of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        """The collection's folder."""
        self.name = folder.name
        """What the collection is called."""
        self.place = path_text(folder)
        """Where it is, as it is shown."""
        self.opened_by = str(folder.absolute())
        """What opens it again."""
        self._threads = threading.local()

    @property
    def exists(self) -> bool:
        """Whether anything was ever added. Raises `CollectionUnavailable` where the folder cannot be looked into."""
        path = self.folder / DATABASE
        with self._translated():
            return path.is_file() and path.stat().st_size > 0

    def create(self) -> None:
        """Make the folder and its database, where they are not there. Raises `CollectionUnavailable`."""
        if self.exists:
            return
        with self._translated():
            self.folder.mkdir(parents=True, exist_ok=True)
            with self.sole_writer():
                if not self.exists:
                    self._lay_out(self.folder / f"{DATABASE}.new")

    def pending(self) -> tuple[Migration, ...]:
        """None: there has been one layout only."""
        return ()

    def migrate(self) -> tuple[Migration, ...]:
        """Nothing is to be done."""
        return ()

    def _lay_out(self, aside: Path) -> None:
        """Make the database whole under another name: one whose writer was killed is never met."""
        aside.unlink(missing_ok=True)
        with closing(_connected(aside)) as connection, _transaction(connection):
            for statement in _LAYOUT.split(";"):
                connection.execute(statement)
            connection.execute("INSERT INTO facts VALUES ('generation', 0), ('versions', 0)")
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        aside.replace(self.folder / DATABASE)

    def rows(self, query: str, *values: Any) -> list[Any]:
        """The rows of a query. Raises `CollectionUnavailable` where the store cannot be read."""
        if not self.exists:
            return []
        with self._translated():
            return list(self._connection().execute(query, values))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Change the store: all of it, or nothing where anything is raised. Raises `CollectionUnavailable`."""
        with self._translated(), _transaction(self._connection()) as connection:
            yield connection
            connection.execute("UPDATE facts SET value = value + 1 WHERE name = 'generation'")

    @property
    def generation(self) -> int:
        """A number that grows with each change."""
        found = self.rows("SELECT value FROM facts WHERE name = 'generation'")
        return found[0][0] if found else 0

    def next_version(self) -> int:
        """A number that no version has had, not even one whose writer was killed before it was there."""
        with self._translated(), _transaction(self._connection()) as connection:
            connection.execute("UPDATE facts SET value = value + 1 WHERE name = 'versions'")
            number: int = connection.execute("SELECT value FROM facts WHERE name = 'versions'").fetchone()[0]
        return number

    def settle(self) -> None:
        """Bring what was changed into the database file itself, so that nothing older is left beside it."""
        with self._translated():
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def sole_writer(self, name: str = "writer", patience: float | None = None) -> Iterator[None]:
        """Hold the collection's lock of that name. Raises `CollectionUnavailable` where another holds it too long."""
        with sole_writer(self.folder, name, patience):
            yield

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._threads, "connection", None)
        if connection is not None:
            connection.close()
            del self._threads.connection

    def _connection(self) -> sqlite3.Connection:
        known = getattr(self._threads, "connection", None)
        if known is None:
            known = self._threads.connection = _connected(self.folder / DATABASE)
            version = known.execute("PRAGMA user_version").fetchone()[0]
            if version != SCHEMA:
                self.close()
                problem = "it was made by a newer version" if version > SCHEMA else "it holds no collection"
                raise CollectionUnavailable(self._shown, problem, "update ncrelations, or name another folder")
        connection: sqlite3.Connection = known
        return connection

    @property
    def _shown(self) -> str:
        return printable(str(self.folder), 200)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Errors of SQLite and the system as `CollectionUnavailable`, but for a full disk, which is the file's."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) in _FULL:
                raise OSError(errno.ENOSPC, str(error)) from error
            self.close()
            advice = "see that the folder is yours and undamaged"
            raise CollectionUnavailable(self._shown, str(error), advice) from error
        except OSError as error:
            if is_full(error):
                raise
            raise CollectionUnavailable(self._shown, error.strerror or str(error), "name another folder") from error


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")  # a killed process loses nothing; a power cut the last file
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is not left in the file
    return connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


_FULL = frozenset({
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
})  # fmt: skip
"""What SQLite says where nothing more can be written."""
