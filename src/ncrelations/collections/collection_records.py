"""What a store holds, as values, and the few changes that are made to it."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ncrelations.collections.collection_store import Change, CollectionStore
from ncrelations.collections.stored_document import document_from, tree_data, work_data, work_from
from ncrelations.document.losslessness import text_checksum
from ncrelations.document.tree import Document
from ncrelations.document.work import Work

State = Literal["live", "replaced", "withdrawn"]
"""Whether a version answers, was followed by another, or is its document's last and answers no more."""


@dataclass(frozen=True, slots=True)
class Version:
    """A text of a document: what one reader made of a file's bytes."""

    number: int
    """Its number in the collection; none has it again."""
    document: str
    """The document's id."""
    sha256: str
    """Checksum of the file's bytes."""
    reader: str
    """The reader's name and version."""
    kind: str
    """What the file is: "pdf", "docx", ..."""
    structure: str
    """Where the sections come from: "tags", "bookmarks", "fonts", "styles", "markup", "none"."""
    remarks: tuple[str, ...]
    """What its reader has to say: pages whose order is doubtful, OCR."""
    pages: int
    """Its pages; 0 where the format has none."""
    passages: int
    """Its blocks."""
    added: str
    """When it was added: a time in UTC."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A name under which bytes were found, or a file that was refused."""

    path: Path
    """The file."""
    root: Path | None
    """The folder that was added; `None` for a file added by itself."""
    stamp: str
    """What tells that the file was not touched since."""
    said: str
    """What was said of it when it was added, as `FileSettings.to_json` gives it."""
    settings: str
    """Which settings and which reader it was read with."""
    sha256: str | None
    """Checksum of its bytes, where they were read."""
    document: str | None
    """The document it is; `None` for a refused file."""
    reason: str | None
    """Why it was refused, as one word; "removed" for one whose document was removed on purpose."""
    detail: str | None
    """What more is known of that, in words."""


@dataclass(frozen=True, slots=True)
class Record:
    """A document of the collection."""

    id: str
    """Its id in citations."""
    work: Work
    """Title, authors, publisher, date."""
    live: int | None
    """The number of the version that answers; `None` where it was withdrawn."""


def records(store: CollectionStore) -> tuple[Record, ...]:
    """Every document that ever was, in the order of adding."""
    found = store.rows("SELECT id, work, live FROM documents ORDER BY position")
    return tuple(Record(id, work_from(work), live) for id, work, live in found)


def live_version(store: CollectionStore, document: str) -> int | None:
    """The version of a document that answers; `None` where none does."""
    found = store.rows("SELECT live FROM documents WHERE id = ?", document)
    return found[0][0] if found else None


def has_had(store: CollectionStore, document: str) -> bool:
    """Whether there is or was a document of that id."""
    return bool(store.rows("SELECT 1 FROM documents WHERE id = ?", document))


def owner_of(store: CollectionStore, sha256: str) -> str | None:
    """The document that answers with some bytes, else the one whose last they were."""
    found = store.rows(
        "SELECT d.id FROM versions v JOIN documents d ON d.id = v.document WHERE v.sha256 = ? AND (d.live = v.number OR"
        " d.live IS NULL AND v.number = (SELECT max(number) FROM versions WHERE document = d.id))"
        " ORDER BY d.live IS NULL, d.position",
        sha256,
    )
    return found[0][0] if found else None


_VERSION = "number, document, sha256, reader, kind, structure, remarks, pages, passages, added"


def versions(store: CollectionStore, document: str | None = None) -> tuple[Version, ...]:
    """Every version of a document, or of all, oldest first."""
    where, values = ("WHERE document = ?", (document,)) if document else ("", ())
    found = store.rows(f"SELECT {_VERSION} FROM versions {where} ORDER BY number", *values)  # noqa: S608 -- our words
    return tuple(map(_version, found))


def _version(row: tuple[Any, ...]) -> Version:
    number, document, sha256, reader, kind, structure, remarks, pages, passages, added = row
    said = tuple(json.loads(remarks))
    return Version(number, document, sha256, reader, kind, structure, said, pages, passages, added)


_FILE = "path, root, stamp, said, settings, sha256, document, reason, detail"
_REPLACED = ", ".join(f"{name} = excluded.{name}" for name in _FILE.split(", ")[1:])


def known_files(store: CollectionStore) -> tuple[KnownFile, ...]:
    """Every name and every refused file, by path."""
    found = store.rows(f"SELECT {_FILE} FROM files ORDER BY path")  # noqa: S608 -- our own words
    return tuple(KnownFile(_path(row[0]), row[1] and _path(row[1]), *row[2:]) for row in found)


def _path(stored: bytes) -> Path:
    return Path(os.fsdecode(stored))


def stored_document(store: CollectionStore, version: int) -> Document:
    """The document of a version, under its work as it is known now. Raises `LookupError` where there is none."""
    found = store.rows(
        "SELECT d.id, d.work, v.source, v.sha256, v.tree FROM versions v JOIN documents d ON d.id = v.document"
        " WHERE v.number = ?",
        version,
    )
    id, work, source, sha256, tree = found[0]
    texts = (zlib.decompress(each).decode("utf-8", "surrogatepass") for each in (source, tree))
    source_text, tree_text = texts
    return document_from(id, work_from(work), source_text, sha256, tree_text)


def put_version(connection: Change, version: Version, document: Document) -> None:
    """Store a version with its text and blocks, and make it the one that answers."""
    connection.execute(
        "INSERT INTO documents (position, id, work) SELECT coalesce(max(position), 0) + 1, ?, ? FROM documents"
        " WHERE true ON CONFLICT (id) DO UPDATE SET work = excluded.work",
        (document.id, work_data(document.work)),
    )
    values = (*_plain(version), _packed(document.source), text_checksum(document.source), _packed(tree_data(document)))
    marks = ", ".join("?" * len(values))
    connection.execute(f"INSERT INTO versions ({_VERSION}, source, checksum, tree) VALUES ({marks})", values)  # noqa: S608 -- marks
    _put_blocks(connection, version.number, document)
    set_live(connection, document.id, version.number)


def replace_tree(connection: Change, number: int, document: Document) -> None:
    """Another tree and work over the same text: its voices or its title were told anew."""
    connection.execute("UPDATE documents SET work = ? WHERE id = ?", (work_data(document.work), document.id))
    connection.execute("UPDATE versions SET tree = ? WHERE number = ?", (_packed(tree_data(document)), number))
    connection.execute("DELETE FROM blocks WHERE version = ?", (number,))
    _put_blocks(connection, number, document)


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def _put_blocks(connection: Change, number: int, document: Document) -> None:
    rows = (
        (number, position, str(each.citation), each.span.start, each.span.end, each.voice.value, each.voice.label)
        for position, each in enumerate(document.blocks)
    )
    connection.executemany("INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _plain(version: Version) -> Sequence[object]:
    return (
        version.number, version.document, version.sha256, version.reader, version.kind, version.structure,
        json.dumps(version.remarks, ensure_ascii=False), version.pages, version.passages, version.added,
    )  # fmt: skip


def set_live(connection: Change, document: str, version: int | None) -> None:
    """Which version of a document answers; `None` withdraws it."""
    connection.execute("UPDATE documents SET live = ? WHERE id = ?", (version, document))


def put_file(connection: Change, file: KnownFile) -> None:
    """A file as it was found now."""
    root = None if file.root is None else os.fsencode(file.root)
    values = (file.stamp, file.said, file.settings, file.sha256, file.document, file.reason, file.detail)
    connection.execute(
        f"INSERT INTO files ({_FILE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET {_REPLACED}",  # noqa: S608 -- our own words
        (os.fsencode(file.path), root, *values),
    )


def drop_file(connection: Change, path: Path) -> None:
    """Forget a name under which nothing is found any more."""
    connection.execute("DELETE FROM files WHERE path = ?", (os.fsencode(path),))


def delete_texts(connection: Change, document: str) -> None:
    """Delete every text of a document; its id stays taken, so that no other document answers to its citations."""
    nothing = work_data(Work("report", document, document, (), "", None, None))
    connection.execute("UPDATE documents SET live = NULL, work = ? WHERE id = ?", (nothing, document))
    connection.execute("DELETE FROM versions WHERE document = ?", (document,))
    connection.execute("DELETE FROM questions WHERE document = ?", (document,))
