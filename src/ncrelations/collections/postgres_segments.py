"""The segments of a collection on a PostgreSQL server: the arrays of a folder's files, each a value of its own.

A segment that was merged into another stays for a while, unseen: who reads from it now reads on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from ncrelations.collections.far_arrays import FarArray, Piece
from ncrelations.collections.postgres_connections import rows, statement
from ncrelations.collections.postgres_store import PostgresStore
from ncrelations.collections.postgres_vectors import PostgresVectors, forget_vectors, put_vectors
from ncrelations.collections.segment_files import MEANING, Stamp
from ncrelations.errors import CollectionUnavailable
from ncrelations.retrieval.arrays import Array

KEPT = "1 hour"
"""For how long a segment that was removed can still be read by those who began to."""


class PostgresSegments:
    """The segments of a collection on a server. Safe to share between threads."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self.vectors = PostgresVectors(store)
        """What finds near passages where there are very many."""

    def stamps(self) -> dict[str, Stamp]:
        """The segments that there are, each with its number."""
        found = self._store.rows("SELECT name, number FROM segments WHERE dropped IS NULL")
        return {name: (int(number), 0) for name, number in found}

    def read(self, name: str) -> Mapping[str, Array]:
        """The arrays of a segment, large ones as far as they are wanted. Raises `LookupError` for one that is gone."""
        query = (
            "SELECT s.number, a.name, a.kind, a.shape, CASE WHEN octet_length(a.data) <= ? OR a.name <> ALL(?)"
            " THEN a.data END FROM segment_arrays a JOIN segments s ON s.number = a.segment"
            " WHERE s.name = ? AND s.dropped IS NULL ORDER BY a.place"
        )
        found = self._store.rows(query, _NEAR, list(_FAR), name)
        if not found:
            raise LookupError(name)
        return {
            array: FarArray(self, (number, array), kind, shape).as_array
            if data is None
            else np.frombuffer(data, kind).reshape(shape)
            for number, array, kind, shape, data in found
        }

    def pieces(self, wanted: Sequence[Piece]) -> list[bytes]:
        """Pieces of arrays. Raises `CollectionUnavailable` for a segment that was removed long ago."""
        keys = {key: at for at, key in enumerate(dict.fromkeys(key for key, _, _ in wanted), 1)}
        places = ([keys[key] for key, _, _ in wanted], [start + 1 for _, start, _ in wanted], [n for *_, n in wanted])
        segments, names = [segment for segment, _ in keys], [name for _, name in keys]
        found = self._store.rows(_PIECES, segments, names, *map(_numbers, places))
        data, ends = found[0][0] or b"", np.cumsum(places[2]).tolist()
        if len(data) != (ends[-1] if ends else 0):
            raise CollectionUnavailable(self._store.place, "it was tidied meanwhile", "ask again")
        return [data[end - size : end] for end, size in zip(ends, places[2], strict=True)]

    def write(self, name: str, arrays: Mapping[str, Array]) -> None:
        """Write a segment, in place of one of that name."""
        number, little = self._store.counted("segments"), _little(arrays)
        values = [
            (number, array, place, each.dtype.str, list(each.shape), each.tobytes())
            for place, (array, each) in enumerate(little.items())
        ]
        connections = self._store.connections
        with connections.translated(), connections.held() as connection, connection.transaction():
            rows(connection, _DROP, (name,))
            rows(connection, "INSERT INTO segments (number, name) VALUES (?, ?)", (number, name))
            with connection.cursor() as cursor:
                cursor.executemany(statement("INSERT INTO segment_arrays VALUES (?, ?, ?, ?, ?, ?)"), values)
            if name.endswith(MEANING):
                put_vectors(connection, arrays)

    def remove(self, name: str) -> None:
        """Remove a segment, if it is there."""
        connections = self._store.connections
        with connections.translated(), connections.one() as connection:
            rows(connection, _DROP, (name,))

    def clear(self, live: Collection[int]) -> None:
        """Remove what was removed a while ago, and the vectors of versions that are not live."""
        connections = self._store.connections
        with connections.translated(), connections.held() as connection, connection.transaction():
            rows(connection, f"DELETE FROM segments WHERE dropped < now() - interval '{KEPT}'")  # noqa: S608 -- ours
            dead = "SELECT version FROM indexed_versions WHERE version <> ALL(?::integer[])"
            if gone := [version for (version,) in rows(connection, dead, (list(live),))]:
                forget_vectors(connection, gone)

    def text(self, name: str) -> str | None:
        """A small text that is kept beside the segments; `None` where there is none."""
        found = self._store.rows("SELECT text FROM segment_texts WHERE name = ?", name)
        return str(found[0][0]) if found else None

    def put_text(self, name: str, text: str) -> None:
        """Keep a text beside the segments."""
        query = "INSERT INTO segment_texts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text"
        connections = self._store.connections
        with connections.translated(), connections.one() as connection:
            rows(connection, query, (name, text))


_NEAR = 1 << 16
_FAR = frozenset({
    "places", "times", "sentences", "terms", "bits", "owners",
    *(f"{what}.{part}" for what in ("blocks", "sentences") for part in ("numbers", "signs")),
})  # fmt: skip
"""Arrays that are wanted piece by piece, and the bytes up to which they come whole all the same."""

_PIECES = (
    "SELECT string_agg(substring(a.data FROM w.start FOR w.size), ''::bytea ORDER BY w.place) FROM"
    " unnest(?::bigint[], ?::text[]) WITH ORDINALITY AS k (segment, name, number)"
    " JOIN segment_arrays a ON a.segment = k.segment AND a.name = k.name"
    " JOIN unnest(?::integer[], ?::integer[], ?::integer[]) WITH ORDINALITY AS w (number, start, size, place)"
    " ON w.number = k.number"
)


def _numbers(some: Sequence[int]) -> str:
    """Whole numbers as PostgreSQL writes an array: many are sent faster so."""
    return f"{{{','.join(map(str, some))}}}"


_DROP = "UPDATE segments SET dropped = now() WHERE name = ? AND dropped IS NULL"


def _little(arrays: Mapping[str, Array]) -> dict[str, Any]:
    """Arrays whose numbers lie in memory as they are stored."""
    return {name: np.ascontiguousarray(each, each.dtype.newbyteorder("<")) for name, each in arrays.items()}
