"""Vectors on a PostgreSQL server: near ones are found by pgvector's HNSW index over half-precision numbers.

What is found is measured by the segments' own numbers, as everywhere. A search that is kept to few passages looks at
all of those; one that is kept to many scans the index on until it has enough of them (`hnsw.iterative_scan`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.meaning_segments import MeaningSegment, Quantized
from ncrelations.collections.postgres_connections import copied, rows
from ncrelations.collections.postgres_store import PostgresStore
from ncrelations.collections.segment_files import Places
from ncrelations.models.encoder import Vectors
from ncrelations.retrieval.arrays import Array

if TYPE_CHECKING:
    from ncrelations.collections.postgres_connections import Connection

WIDTH = 384
"""The components of a vector that is indexed: those of the packaged model. Others are searched by signs."""

FEW = 10_000
"""The passages up to which all that a search is kept to are looked at."""

_TABLES = (("block_vectors", 1), ("sentence_vectors", 2))
"""The tables, and how many times as many near vectors are looked for there."""

_OF_SIGNS = 3
"""How many times as many passages are near by their signs as need to be by their vectors: signs tell less."""


class PostgresVectors:
    """The vectors of a collection on a server. Safe to share between threads."""

    width = WIDTH

    def __init__(self, store: PostgresStore) -> None:
        self._store = store

    def near(self, vector: Vectors, count: int, only: Places | None) -> tuple[Places, Places]:
        """The passages whose vectors are the nearest, and those that have the nearest sentences."""
        told = f"[{','.join(map('{:.5g}'.format, vector.tolist()))}]"
        kept = () if only is None else tuple(f"{{{','.join(map(str, each.tolist()))}}}" for each in only)
        query = " UNION ALL ".join(_query(table, only) for table, _ in _TABLES)
        values = [value for _, times in _TABLES for value in (*kept, told, count * times // _OF_SIGNS)]
        blocks, sentences = (_places(data or b"") for (data,) in self._store.rows(query, *values))
        return blocks, sentences


def _query(table: str, only: Places | None) -> str:
    """The places of the nearest vectors of a table, in one value."""
    source, order = table, f"ORDER BY vector <#> ?::halfvec({WIDTH}) LIMIT ?"
    if only is not None and len(only[0]) <= FEW:
        source = f"(SELECT v.* FROM ({_ONLY}) o JOIN {table} v USING (version, position) OFFSET 0) v"  # noqa: S608 -- ours
    elif only is not None:
        source = f"{table} WHERE (version, position) IN ({_ONLY})"
    inner = f"SELECT version, position FROM {source} {order}"  # noqa: S608 -- our own words
    return f"SELECT string_agg(int4send(version) || int4send(position), ''::bytea) FROM ({inner}) n"  # noqa: S608 -- ours


_ONLY = "SELECT * FROM unnest(?::integer[], ?::integer[]) AS o (version, position)"


def _places(data: bytes) -> Places:
    found = np.frombuffer(data, ">i4").astype(np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def put_vectors(connection: Connection, arrays: Mapping[str, Array]) -> None:
    """Keep the vectors of a segment's versions that have none yet, or had others."""
    segment = MeaningSegment.read(arrays)
    if segment.blocks.numbers.shape[1] != WIDTH:
        return
    versions = segment.rows.versions.tolist()
    query = "SELECT version FROM indexed_versions WHERE encoder = ? AND version = ANY(?::integer[])"
    known = rows(connection, query, (segment.encoder, versions))
    new = sorted(set(versions) - {version for (version,) in known})
    forget_vectors(connection, new)
    own = np.repeat(np.isin(segment.rows.versions, new), segment.rows.counts)
    of = np.repeat(segment.rows.versions, segment.rows.counts)
    sentences = np.diff(segment.sentence_starts)
    inside = np.repeat(own, sentences)
    passages = (of[own], segment.rows.positions[own])
    numbers = np.arange(len(inside)) - np.repeat(segment.sentence_starts[:-1], sentences)
    owners = [np.repeat(each, sentences[own]) for each in passages]
    _copy(connection, "block_vectors", passages, segment.blocks, own)
    _copy(connection, "sentence_vectors", (*owners, numbers[inside]), segment.sentences, inside)
    insert = "INSERT INTO indexed_versions SELECT version, ? FROM unnest(?::integer[]) AS n (version)"
    rows(connection, insert, (segment.encoder, new))


def forget_vectors(connection: Connection, versions: Sequence[int]) -> None:
    """Let go of the vectors of some versions."""
    for table in ("block_vectors", "sentence_vectors", "indexed_versions"):
        rows(connection, f"DELETE FROM {table} WHERE version = ANY(?::integer[])", (list(versions),))  # noqa: S608 -- ours


_HEAD, _TAIL = b"PGCOPY\n\xff\r\n\x00" + bytes(8), b"\xff\xff"


def _copy(
    connection: Connection, table: str, columns: Sequence[NDArray[Any]], vectors: Quantized, those: NDArray[np.bool_]
) -> None:
    """Send some vectors, each with whole numbers before it, as PostgreSQL stores them."""
    count = int(those.sum())
    layout = [("fields", ">i2")]
    for at in range(len(columns)):
        layout += [(f"size{at}", ">i4"), (f"column{at}", ">i4")]
    layout += [("size", ">i4"), ("width", ">i2"), ("unused", ">i2")]
    row = np.zeros(count, [*layout, ("vector", ">f2", (WIDTH,))])
    row["fields"], row["size"], row["width"] = len(columns) + 1, 4 + 2 * WIDTH, WIDTH
    for at, column in enumerate(columns):
        row[f"size{at}"], row[f"column{at}"] = 4, column
    row["vector"] = vectors.numbers[those] * vectors.scales[those][:, None]
    copied(connection, f"COPY {table} FROM STDIN (FORMAT binary)", (_HEAD, row.tobytes(), _TAIL))
