"""A whole collection brought to another place: every text, version and name, and what finds its passages.

Nothing is read or worked out anew, so citations, versions and answers stay what they were. What has arrived is proven
by a checksum over all of it, which is the same for a folder and for a server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from ncrelations.collections.collection_store import Change, CollectionStore
from ncrelations.collections.search_files import SearchFiles
from ncrelations.collections.segment_files import NEAR
from ncrelations.collections.thresholds import FILE
from ncrelations.errors import CollectionUnavailable
from ncrelations.retrieval.arrays import packed_arrays

_LOCKS = ("writer", "encoding")
_TABLES = {
    "documents": ("position, id, work, live", "position"),
    "versions": (
        "number, document, sha256, reader, kind, structure, remarks, pages, passages, added, source, checksum, tree",
        "number",
    ),
    "blocks": ("version, position, citation, starts, ends, voice, label", "version, position"),
    "files": ("path, root, stamp, said, settings, sha256, document, reason, detail", "path"),
    "questions": ("source, text, document, place, sentences, encoder, vector", "source, text, document, place"),
}
"""The tables with their columns and the order of their rows."""

_OF_A_VERSION = {"versions": "number", "blocks": "version"}
"""The tables whose rows are large or many, with the column that says of which version they are."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What arrived."""

    documents: int
    """Documents, with those that answer no more."""
    versions: int
    """Their texts."""
    segments: int
    """The pieces of what finds passages."""
    checksum: str
    """That of all of it, equal where it came from and where it is now."""


def move(source: CollectionStore, found: SearchFiles, target: CollectionStore, finds: SearchFiles) -> Moved:
    """Bring a collection to a place where none is; the source stays as it is, and nobody writes to it meanwhile.

    Raises `CollectionUnavailable` where there is nothing to bring, where there is something already, and where what
    arrived is not what was there.
    """
    if not source.exists:
        raise CollectionUnavailable(source.place, "nothing was ever added to it", "name one that holds documents")
    target.create()
    with ExitStack() as held:
        for store in (source, target):
            for name in _LOCKS:
                held.enter_context(store.sole_writer(name))
        if target.rows("SELECT 1 FROM documents LIMIT 1"):
            remedy = "name a place where none is yet"
            raise CollectionUnavailable(target.place, "it holds documents already", remedy)
        _bring_segments(found, finds)
        with target.transaction() as change:
            _bring_rows(source, change)
        there, here = checksum(source, found), checksum(target, finds)
        if there != here:
            raise CollectionUnavailable(target.place, "what arrived is not what was there", "remove it and try again")
    documents, versions = source.rows("SELECT id FROM documents"), source.rows("SELECT number FROM versions")
    return Moved(len(documents), len(versions), len(_names(found)), here)


def _bring_segments(found: SearchFiles, finds: SearchFiles) -> None:
    for name in set(finds.place.stamps()) - set(_names(found)):
        finds.place.remove(name)
    for name in _names(found):
        finds.place.write(name, found.place.read(name))
    if (text := found.place.text(FILE)) is not None:
        finds.place.put_text(FILE, text)


def _names(found: SearchFiles) -> list[str]:
    """The segments that are brought: an index is made of them again where it is wanted."""
    return sorted(name for name in found.place.stamps() if not name.endswith(NEAR))


def _bring_rows(source: CollectionStore, change: Change) -> None:
    """Every row, and the number of the last version, so that none is given twice."""
    live: list[tuple[Any, Any]] = []
    for table, (columns, _) in _TABLES.items():
        marks = ", ".join("?" * len(columns.split(", ")))
        insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 -- our own words
        for some in _rows(source, table):
            if table == "documents":
                live += [(number, id) for _, id, _, number in some]
                some = [(*row[:3], None) for row in some]  # noqa: PLW2901 -- its versions are not there yet
            change.executemany(insert, some)
    change.executemany("UPDATE documents SET live = ? WHERE id = ?", live)
    ((last,),) = source.rows("SELECT value FROM facts WHERE name = 'versions'")
    change.execute("UPDATE facts SET value = ? WHERE name = 'versions'", (last,))


def _rows(store: CollectionStore, table: str) -> Iterator[Sequence[tuple[Any, ...]]]:
    """The rows of a table in order, those of one version at a time where they are large."""
    columns, order = _TABLES[table]
    query = f"SELECT {columns} FROM {table}"  # noqa: S608 -- our own words
    if table not in _OF_A_VERSION:
        yield store.rows(f"{query} ORDER BY {order}")
        return
    for (number,) in store.rows("SELECT number FROM versions ORDER BY number"):
        yield store.rows(f"{query} WHERE {_OF_A_VERSION[table]} = ? ORDER BY {order}", number)


def checksum(store: CollectionStore, found: SearchFiles) -> str:
    """The sha256 of all that a collection holds, whatever keeps it."""
    seen = hashlib.sha256()
    for table in _TABLES:
        for some in _rows(store, table):
            for row in some:
                seen.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
    for name in _names(found):
        seen.update(name.encode())
        seen.update(packed_arrays(found.place.read(name)))
    seen.update((found.place.text(FILE) or "").encode())
    return seen.hexdigest()
