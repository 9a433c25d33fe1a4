"""The tables of a collection on a PostgreSQL server, and how those of an older version become those of today.

A collection has a schema of its own: so it has its own indexes, as a partition would, and is granted, dumped and
dropped by itself. Texts are compared byte by byte, as SQLite does. What finds passages stands in `segments`, which are
the files of a folder, array by array, and in the two tables of vectors.
"""

from __future__ import annotations

from ncrelations.collections.collection_store import Migration

LAYOUT = "layout"
"""The fact that says which migration was carried out last."""


_TEXT = 'text COLLATE "C"'

_DOCUMENTS = f"""
CREATE TABLE facts (name {_TEXT} PRIMARY KEY, value bigint NOT NULL);
CREATE TABLE documents (position integer PRIMARY KEY, id {_TEXT} NOT NULL UNIQUE, work {_TEXT} NOT NULL, live integer);
CREATE TABLE versions (
    number integer PRIMARY KEY, document {_TEXT} NOT NULL REFERENCES documents (id), sha256 {_TEXT} NOT NULL,
    reader {_TEXT} NOT NULL, kind {_TEXT} NOT NULL, structure {_TEXT} NOT NULL, remarks {_TEXT} NOT NULL,
    pages integer NOT NULL, passages integer NOT NULL, added {_TEXT} NOT NULL, source bytea NOT NULL,
    checksum {_TEXT} NOT NULL, tree bytea NOT NULL
);
ALTER TABLE documents ADD FOREIGN KEY (live) REFERENCES versions (number);
CREATE INDEX versions_by_bytes ON versions (sha256);
CREATE INDEX versions_by_document ON versions (document);
CREATE TABLE blocks (
    version integer NOT NULL REFERENCES versions (number) ON DELETE CASCADE, position integer NOT NULL,
    citation {_TEXT} NOT NULL, starts integer NOT NULL, ends integer NOT NULL, voice {_TEXT} NOT NULL,
    label {_TEXT} NOT NULL, PRIMARY KEY (version, position)
);
CREATE TABLE files (
    path bytea PRIMARY KEY, root bytea, stamp {_TEXT} NOT NULL, said {_TEXT} NOT NULL, settings {_TEXT} NOT NULL,
    sha256 {_TEXT}, document {_TEXT}, reason {_TEXT}, detail {_TEXT}
);
CREATE INDEX files_by_document ON files (document);
CREATE TABLE questions (
    source {_TEXT} NOT NULL, text {_TEXT} NOT NULL, document {_TEXT} NOT NULL, place {_TEXT} NOT NULL,
    sentences {_TEXT} NOT NULL, encoder {_TEXT} NOT NULL, vector bytea NOT NULL
)"""

_FACTS = """
INSERT INTO facts VALUES ('generation', 0), ('versions', 0), ('segments', 0), ('layout', 0)"""

_SEGMENTS = f"""
CREATE TABLE segments (number bigint PRIMARY KEY, name {_TEXT} NOT NULL, dropped timestamptz);
CREATE UNIQUE INDEX segments_by_name ON segments (name) WHERE dropped IS NULL;
CREATE TABLE segment_arrays (
    segment bigint NOT NULL REFERENCES segments (number) ON DELETE CASCADE, name {_TEXT} NOT NULL,
    place integer NOT NULL, kind {_TEXT} NOT NULL, shape bigint[] NOT NULL, data bytea NOT NULL,
    PRIMARY KEY (segment, name)
);
ALTER TABLE segment_arrays ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE TABLE segment_texts (name {_TEXT} PRIMARY KEY, text {_TEXT} NOT NULL)"""

_VECTORS = """
CREATE TABLE block_vectors (
    version integer NOT NULL, position integer NOT NULL, vector halfvec(384) NOT NULL, PRIMARY KEY (version, position)
);
CREATE TABLE sentence_vectors (
    version integer NOT NULL, position integer NOT NULL, number integer NOT NULL, vector halfvec(384) NOT NULL,
    PRIMARY KEY (version, position, number)
);
CREATE TABLE indexed_versions (version integer PRIMARY KEY, encoder text NOT NULL);
ALTER TABLE block_vectors ALTER COLUMN vector SET STORAGE PLAIN;
ALTER TABLE sentence_vectors ALTER COLUMN vector SET STORAGE PLAIN"""

_INDEXES = """
CREATE INDEX near_blocks ON block_vectors USING hnsw (vector halfvec_ip_ops);
CREATE INDEX near_sentences ON sentence_vectors USING hnsw (vector halfvec_ip_ops)"""


def _parts(script: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in script.split(";\n"))


MIGRATIONS = (
    Migration(
        1,
        "tables of documents, files and what finds passages",
        _parts(";".join([_DOCUMENTS, _FACTS, _SEGMENTS, _VECTORS])),
    ),
    Migration(2, "indexes by which near passages are found (HNSW)", _parts(_INDEXES)),
)
"""Every step, in order."""

NEWEST = MIGRATIONS[-1].number
"""The layout of today."""


def steps_from(layout: int) -> tuple[Migration, ...]:
    """The steps that a layout lacks; 0 is that of a collection that is not there."""
    return tuple(each for each in MIGRATIONS if each.number > layout)
