"""What every store of a collection gives: it says which version of which document is live, whatever engine keeps it.

The statements are the same for all stores, in the SQL that SQLite and PostgreSQL have in common, with a question mark
for each value; they stand beside the values they give (`collection_records.py`). A store is what carries them out.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Migration:
    """A step from one layout of a store to the next. There are none backwards: restore a backup."""

    number: int
    """The layout that it leads to."""
    title: str
    """What it does."""
    statements: tuple[str, ...]
    """What is carried out, in one transaction."""


class Fetched(Protocol):
    """What a statement within a transaction gave."""

    def fetchone(self) -> Any:
        """The next row; `None` where there is none."""


class Change(Protocol):
    """A transaction that is going on."""

    def execute(self, query: str, values: Sequence[Any] = ..., /) -> Fetched:
        """Carry out a statement."""

    def executemany(self, query: str, values: Iterable[Sequence[Any]], /) -> object:
        """Carry out a statement once for each sequence of values."""


class CollectionStore(Protocol):
    """Where a collection keeps its documents. Safe to share between threads.

    Readers see the state before or after a transaction, never between, and do not wait for the writer. What fails
    raises `CollectionUnavailable`, but for a full disk, which is an `OSError`: see `is_full`.
    """

    @property
    def name(self) -> str:
        """What the collection is called."""

    @property
    def place(self) -> str:
        """Where it is, as it is shown: never with a password."""

    @property
    def opened_by(self) -> str:
        """What opens it again, in another process: not to be shown."""

    @property
    def exists(self) -> bool:
        """Whether anything was ever added."""

    @property
    def generation(self) -> int:
        """A number that grows with each change."""

    def create(self) -> None:
        """Make the store, where it is not there."""

    def pending(self) -> tuple[Migration, ...]:
        """The steps by which its layout becomes that of today."""

    def migrate(self) -> tuple[Migration, ...]:
        """Carry them out; those that were."""

    def rows(self, query: str, *values: Any) -> list[Any]:
        """The rows of a query; none where nothing was ever added."""

    def transaction(self) -> AbstractContextManager[Change]:
        """Change the store: all of it, or nothing where anything is raised."""

    def next_version(self) -> int:
        """A number that no version has had, not even one whose writer was killed before it was there."""

    def sole_writer(self, name: str = ..., patience: float | None = ...) -> AbstractContextManager[None]:
        """Hold the collection's lock of that name: it is let go of when its holder ends, however it ends.

        Raises `CollectionUnavailable` where another holds it longer than `patience`, in seconds.
        """

    def settle(self) -> None:
        """See that nothing is left of what was deleted."""

    def close(self) -> None:
        """Let go of the connection."""


def is_full(error: OSError) -> bool:
    """Whether an error says that no more can be written: the disk is full, or a quota is."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
