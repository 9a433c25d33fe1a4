"""What adding some paths would do, file by file, before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from ncrelations.collections.collection_records import KnownFile, known_files, records, versions
from ncrelations.collections.collection_settings import FileSettings, fingerprint
from ncrelations.collections.collection_store import CollectionStore
from ncrelations.collections.found_files import Found, FoundFile, checksum
from ncrelations.document.citation import printable

Step = Literal["added", "changed", "unchanged", "moved", "copied", "refused"]
"""What becomes of a file: a new document, a new version of one, nothing, another name of a document whose file is no
longer at the old one (moved) or still is (copied), or a reason."""

READING = 1
"""Raised where readers come to read files otherwise: then every file is read anew, also those that were refused."""

TRANSIENT = frozenset({"unreadable", "too_slow", "extra_missing", "disk_full"})
"""Reasons that may be gone the next time although the file is the same."""

REMOVED = "removed"
"""The reason of a file whose document was removed on purpose: it stays out until the file itself is named."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file with what is to become of it, or has become of it."""

    found: FoundFile
    """The file."""
    step: Step
    """What becomes of it."""
    settings: FileSettings = field(default_factory=FileSettings)
    """What is said of it."""
    document: str | None = None
    """The document it is, where that is known."""
    sha256: str | None = None
    """Checksum of its bytes, where they were read."""
    reason: str | None = None
    """Why it is refused, as one word."""
    detail: str = ""
    """What more is known of that, in words."""

    @property
    def marks(self) -> str:
        """What differs where it must be read again although its bytes are the same."""
        return f"{READING} {fingerprint(self.settings)}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What adding some paths would do."""

    files: tuple[PlannedFile, ...]
    """Every file that was found."""
    gone: tuple[KnownFile, ...] = ()
    """Files that are there no longer."""


class Known:
    """What a store knows of files, ready to be asked."""

    def __init__(self, store: CollectionStore) -> None:
        self.files: dict[Path, KnownFile] = {each.path: each for each in known_files(store)}
        """The files, by path."""
        self.live: dict[str, str] = {}
        """The bytes that each document answers with."""
        self.owners: dict[str, str] = {}
        """The document whose live bytes, or whose last ones, these are."""
        shas = {each.number: each.sha256 for each in versions(store)}
        last = {each.document: each.sha256 for each in versions(store)}
        for record in records(store):
            if record.live is not None:
                self.live[record.id] = shas[record.live]
            if record.id in last:
                self.owners.setdefault(shas[record.live] if record.live else last[record.id], record.id)
        self.ids = frozenset(record.id for record in records(store))
        """Every id that is taken."""

    @cached_property
    def names(self) -> Mapping[str, tuple[Path, ...]]:
        """The names of each document, also those whose file cannot be read now."""
        found: dict[str, tuple[Path, ...]] = {}
        for each in self.files.values():
            if each.document and each.reason != REMOVED:
                found[each.document] = (*found.get(each.document, ()), each.path)
        return found


def plan_of(
    store: CollectionStore,
    found: Found,
    settings_of: Callable[[FoundFile], FileSettings],
    *,
    again: bool = False,
) -> Plan:
    """What adding the files found would do. `again` reads files once more that were refused for a lasting reason."""
    known = Known(store)
    first = [_first_look(known, each, settings_of(each), again=again) for each in found.files]
    there = {each.found.path: each.sha256 for each in first}
    new: dict[str, str] = {}
    files = tuple(_decided(known, each, there, new) for each in first)
    return Plan(files, tuple(_gone(known, found)))


def _first_look(known: Known, found: FoundFile, settings: FileSettings, *, again: bool) -> PlannedFile:
    """A file that was not touched since stays what it was; any other is read for its checksum."""
    if found.refused:
        return PlannedFile(found, "refused", settings, reason=found.refused, detail=found.detail)
    before = known.files.get(found.path)
    planned = PlannedFile(found, "added", settings)
    if before and found.stamp and before.stamp == found.stamp and before.settings == planned.marks:
        if before.reason and not again and before.reason not in {REMOVED, *TRANSIENT}:
            return PlannedFile(found, "refused", settings, None, before.sha256, before.reason, before.detail or "")
        if before.document in known.live and before.reason is None:
            return PlannedFile(found, "unchanged", settings, before.document, before.sha256)
    try:
        return PlannedFile(found, "added", settings, sha256=checksum(found.path))
    except OSError as error:
        detail = printable(error.strerror or str(error))
        return PlannedFile(found, "refused", settings, reason="unreadable", detail=detail)


def _decided(known: Known, planned: PlannedFile, there: Mapping[Path, str | None], new: dict[str, str]) -> PlannedFile:
    """What becomes of a file whose bytes were read."""
    sha256, before = planned.sha256, known.files.get(planned.found.path)
    if planned.step != "added" or sha256 is None:
        return planned
    if before and before.reason == REMOVED and before.sha256 == sha256 and planned.found.root is not None:
        return PlannedFile(planned.found, "unchanged", planned.settings, before.document, sha256, REMOVED)
    owner, said = known.owners.get(sha256), planned.settings.id
    if owner in known.live and said in (None, owner):
        return _step(planned, _name_step(known, planned.found.path, owner, there), owner)
    if owner is not None:
        return _step(planned, "added", said or owner)
    if sha256 in new:
        return _step(planned, "copied", new[sha256] or None)
    new[sha256] = said or ""
    return _new_text(known, planned, there)


def _new_text(known: Known, planned: PlannedFile, there: Mapping[Path, str | None]) -> PlannedFile:
    """A file with bytes that no document had: a new text of its document, unless that is still there elsewhere."""
    said, before = planned.settings.id, known.files.get(planned.found.path)
    if said in known.live:
        return _step(planned, "changed", said)
    own = before.document if before and before.reason != REMOVED else None
    if own in known.live and known.live[own] not in there.values():
        return _step(planned, "changed", own)
    return _step(planned, "added", said)


def _name_step(known: Known, path: Path, owner: str, there: Mapping[Path, str | None]) -> Step:
    """What a file is whose bytes a live document has: one of its names, or a new one."""
    before = known.files.get(path)
    if before and before.document == owner:
        return "unchanged"
    for name in known.names.get(owner, ()):
        if there[name] == known.live[owner] if name in there else name.exists():
            return "copied"
    return "moved"


def _step(planned: PlannedFile, step: Step, document: str | None) -> PlannedFile:
    return PlannedFile(planned.found, step, planned.settings, document, planned.sha256)


def _gone(known: Known, found: Found) -> Iterable[KnownFile]:
    """Known files that are there no longer: named themselves, or in folders that were read whole."""
    met, unread = {each.path for each in found.files}, [each.path for each in found.files if each.refused]
    for path, each in known.files.items():
        inside = any(path.is_relative_to(folder) for folder in found.walked)
        hidden = any(path.is_relative_to(folder) and path != folder for folder in unread)
        if path not in met and not hidden and (inside or path in found.gone):
            yield each
