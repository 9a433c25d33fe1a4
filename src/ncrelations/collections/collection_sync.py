"""A plan carried out: one transaction a file, so that a collection is always complete up to a file.

What finds the passages is written before the transaction that makes a version live: a process that is killed
leaves files that nobody asks for, and the next writer sweeps them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ncrelations.collections import collection_records as rows
from ncrelations.collections.collection_plan import REMOVED, Known, Plan, PlannedFile, Step
from ncrelations.collections.collection_records import KnownFile, Version
from ncrelations.collections.collection_store import Change, CollectionStore, is_full
from ncrelations.collections.file_works import id_for, work_of
from ncrelations.collections.moved_citations import Moves, moves
from ncrelations.collections.search_files import SearchFiles
from ncrelations.collections.searchable_text import passages_of
from ncrelations.collections.sync_report import SyncReport
from ncrelations.document.citation import printable
from ncrelations.document.tree import Document
from ncrelations.document.work import Work
from ncrelations.errors import FileRefused, SourceDamaged
from ncrelations.files.file_text import FileText
from ncrelations.files.named_views import VoiceRules

Read = Callable[[Path], FileText]
"""What reads a file. Raises `FileRefused`."""

Build = Callable[[FileText, str, Work, VoiceRules], Document]
"""What makes a document of a text, its id, its work and what is said of whose view it states."""


_MANY = 200
"""New documents after which what finds them is tidied."""

Watch = Callable[[PlannedFile, int, int], None]
"""What is told of a file that is looked into: its number among how many."""


@dataclass(frozen=True, slots=True)
class Writer:
    """What adding needs."""

    store: CollectionStore
    """Where documents are kept."""
    search: SearchFiles
    """What finds their passages."""
    read: Read
    """What reads a file."""
    build: Build
    """What makes a document of its text."""
    tidy: Callable[[], None]
    """What merges the files that find passages: of many small ones each addition would look at all."""


def carry_out(writer: Writer, plan: Plan, watch: Watch | None = None) -> SyncReport:
    """Do what a plan says, file by file; `watch` is told of each file before it is looked into.

    New names come first: so a document whose old name has another text now is not without one in between.
    """
    known, done, moved, new = Known(writer.store), dict[Path, PlannedFile](), Moves(), 0
    ordered = sorted(plan.files, key=lambda file: file.document not in known.live or file.step == "changed")
    for number, each in enumerate(ordered, 1):
        if watch is not None:
            watch(each, number, len(ordered))
        became, moves_here = _carried_out(writer, each, known.files.get(each.found.path))
        done[each.found.path], moved = became, moved.and_those(moves_here)
        new += became.step in ("added", "changed")
        if became.step in ("added", "changed") and new % _MANY == 0:
            writer.tidy()
    withdrawn = _withdrawn(writer, plan)
    return SyncReport(tuple(done[each.found.path] for each in plan.files), withdrawn, moved.moved, moved.lost)


def _carried_out(writer: Writer, planned: PlannedFile, before: KnownFile | None) -> tuple[PlannedFile, Moves]:
    try:
        with _reasons(planned.found.path):
            return _done(writer, planned, before)
    except FileRefused as error:
        refused = replace(planned, step="refused", document=None, reason=error.reason, detail=error.detail)
        _remember(writer.store, refused, before)
        return refused, Moves()


@contextmanager
def _reasons(path: Path) -> Iterator[None]:
    """What may go wrong with one file as the reason for refusing it: the others go on."""
    try:
        yield
    except SourceDamaged as error:
        raise FileRefused(str(path), "damaged", error.problem) from error
    except OSError as error:
        if is_full(error):
            raise FileRefused(str(path), "disk_full") from error
        raise FileRefused(str(path), "unreadable", printable(str(error), 200)) from error
    except (ValueError, LookupError, RecursionError, MemoryError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(str(path), "damaged", printable(str(error), 200)) from error


def _done(writer: Writer, planned: PlannedFile, before: KnownFile | None) -> tuple[PlannedFile, Moves]:
    if planned.step == "refused":
        _remember(writer.store, planned, before)
        return planned, Moves()
    if planned.step in ("unchanged", "moved", "copied"):
        same_settings = before is None or before.settings == planned.marks or planned.step != "unchanged"
        if planned.reason == REMOVED:
            _remember(writer.store, planned, before)
            return planned, Moves()
        if same_settings and _named(writer, planned, before):
            return planned, Moves()
    return _read_in(writer, planned)


def _named(writer: Writer, planned: PlannedFile, before: KnownFile | None) -> bool:
    """Whether a document answers with the file's bytes: then the file is one of its names."""
    if before is not None and before == _known(planned):
        return True
    with writer.store.sole_writer(), writer.store.transaction() as connection:
        owner = _owner(connection, planned.sha256)
        if owner is None:
            return False
        rows.put_file(connection, _known(replace(planned, document=owner)))
    return True


def _owner(connection: Change, sha256: str | None) -> str | None:
    """The document that answers with some bytes."""
    found = connection.execute(
        "SELECT d.id FROM documents d JOIN versions v ON v.number = d.live WHERE v.sha256 = ? ORDER BY d.position",
        (sha256,),
    ).fetchone()
    return found[0] if found else None


def _read_in(writer: Writer, planned: PlannedFile) -> tuple[PlannedFile, Moves]:
    """Read a file and make its document answer."""
    text = writer.read(planned.found.path)
    work = work_of(planned.found.path, text, planned.settings)
    rules = VoiceRules(planned.settings.issuer, dict(planned.settings.voices))
    with writer.store.sole_writer():
        id = _id(writer.store, planned, text)
        document = writer.build(text, id, work, rules)
        before = _live(writer.store, id)
        became = replace(planned, document=id, sha256=text.sha256, step=_became(before, planned, text))
        if before is not None and _same_text(before[1], document, text):
            _redescribe(writer.store, before[0], document, became)
        else:
            _make_live(writer, text, document, became)
    return became, moves(before[1], document) if before else Moves()


def _id(store: CollectionStore, planned: PlannedFile, text: FileText) -> str:
    """The id of a file's document; another process may have added the same bytes meanwhile."""
    known = planned.settings.id or planned.document or rows.owner_of(store, text.sha256)
    return known or id_for(planned.found.path, planned.settings, partial(rows.has_had, store))


def _live(store: CollectionStore, id: str) -> tuple[int, Document] | None:
    """The version of a document that answers, with its tree."""
    number = rows.live_version(store, id)
    return (number, rows.stored_document(store, number)) if number else None


def _became(before: tuple[int, Document] | None, planned: PlannedFile, text: FileText) -> Step:
    if before is None:
        return "added"
    if before[1].sha256 != text.sha256:
        return "changed"
    return "unchanged" if planned.step == "added" else planned.step


def _same_text(before: Document, document: Document, text: FileText) -> bool:
    return (
        before.sha256 == text.sha256
        and before.source == document.source
        and ([each.citation for each in before.blocks] == [each.citation for each in document.blocks])
    )


def _redescribe(store: CollectionStore, number: int, document: Document, became: PlannedFile) -> None:
    """The same text under another title or in another voice: no new version."""
    with store.transaction() as connection:
        rows.replace_tree(connection, number, document)
        rows.put_file(connection, _known(became))


def _make_live(writer: Writer, text: FileText, document: Document, became: PlannedFile) -> None:
    number = writer.store.next_version()
    writer.search.add_words(number, passages_of(document))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    version = Version(
        number, document.id, text.sha256, text.reader, text.kind, text.structure, text.remarks,
        len(text.pages), len(document.blocks), now,
    )  # fmt: skip
    with writer.store.transaction() as connection:
        rows.put_version(connection, version, document)
        rows.put_file(connection, _known(became))


def _known(planned: PlannedFile) -> KnownFile:
    """A file as the store remembers it."""
    found, refused = planned.found, planned.step == "refused"
    marks = planned.marks_refused if refused else planned.marks
    return KnownFile(
        found.path, found.root, found.stamp, planned.said.to_json(), marks, planned.sha256, planned.document,
        planned.reason, planned.detail or None,
    )  # fmt: skip


def _remember(store: CollectionStore, refused: PlannedFile, before: KnownFile | None) -> None:
    """Keep the reason of a refused file. A document whose file cannot be read now answers as it did."""
    known = _known(replace(refused, document=refused.document or (before.document if before else None)))
    if known == before or not os.path.lexists(refused.found.path):
        return
    try:
        with store.sole_writer(), store.transaction() as connection:
            rows.put_file(connection, known)
    except OSError as error:
        if not is_full(error):
            raise


def _withdrawn(writer: Writer, plan: Plan) -> tuple[str, ...]:
    """Forget the names that are gone; a document without one answers no more."""
    renamed = {each.document for each in plan.files if each.step == "moved"}
    with writer.store.sole_writer():
        known = Known(writer.store)
        gone = [each.path for each in plan.gone]
        gone += [name for id in renamed if id for name in known.names.get(id, ()) if not name.exists()]
        nameless = {id for id, names in known.names.items() if id in known.live and not set(names) - set(gone)}
        nameless |= known.live.keys() - known.names.keys()
        if gone or nameless:
            with writer.store.transaction() as connection:
                for path in gone:
                    rows.drop_file(connection, path)
                for id in nameless:
                    rows.set_live(connection, id, None)
    return tuple(id for id in known.live if id in nameless)
