"""What adding some paths would do, file by file, before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
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


@cache
def _installed() -> str:
    """The version of this package, as it is installed."""
    try:
        return version("ncrelations")
    except PackageNotFoundError:  # run from its folder
        return ""


TRANSIENT = frozenset({"unreadable", "too_slow", "too_large", "extra_missing", "disk_full"})
"""Reasons that may be gone the next time although the file is the same: limits may be others, too."""

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
    """What is said of it, here and in its folder."""
    said: FileSettings = field(default_factory=FileSettings)
    """What of that was said when it was added, now or before."""
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

    @property
    def marks_refused(self) -> str:
        """The same of a refused file: another version of this package may read it."""
        return f"{self.marks} {_installed()}"


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
        self.removed = {each.document for each in self.files.values() if each.reason == REMOVED}
        """The documents that were removed on purpose."""
        known = records(store)  # before the versions: of what others add meanwhile, none is missing
        every = versions(store)
        shas = {each.number: each.sha256 for each in every}
        last = {each.document: each.sha256 for each in every}
        for record in known:
            sha256 = shas.get(record.live or 0)  # none where its texts were deleted meanwhile
            if sha256 is not None:
                self.live[record.id] = sha256
            if record.id in last:
                self.owners.setdefault(sha256 or last[record.id], record.id)

    def names_a_document(self, path: Path) -> bool:
        """Whether a path is or was that of a document."""
        return path in self.files and self.files[path].document is not None

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
    said: FileSettings,
    *,
    again: bool | None = False,
    largest: int,
) -> Plan:
    """What adding the files found would do.

    `said` goes before what was said of a file before, and that before what `settings_of` gives for its folder.
    Refused files are read once more where the reason may be gone; all of them with `again`, none where it is `None`.
    A file of more than `largest` bytes is refused unread.
    """
    known = Known(store)
    missing = [FoundFile(path, None, "", "unreadable", "there is no such file") for path in found.gone]
    met = [*found.files, *(each for each in missing if not known.names_a_document(each.path))]
    described = (_described(known, each, settings_of(each), said) for each in met)
    first = [_first_look(known, each, again=again, largest=largest) for each in described]
    there = {each.found.path: each.sha256 for each in first}
    new = _New()
    files = tuple(_decided(known, each, there, new) for each in first)
    return Plan(files, tuple(_gone(known, found)))


@dataclass(slots=True)
class _New:
    """What the files of a plan bring that was not there."""

    texts: dict[str, str | None] = field(default_factory=dict)
    """The documents of new bytes, where they are known."""
    documents: set[str | None] = field(default_factory=set)
    """The documents that get a new text: of two names of one, the first that is changed goes on with it."""


def _described(known: Known, found: FoundFile, folder: FileSettings, said: FileSettings) -> PlannedFile:
    """A file with all that is said of it."""
    before = known.files.get(found.path)
    told = said.over(FileSettings.from_json(before.said)) if before else said
    return PlannedFile(found, "added", told.over(folder), told)


def _first_look(known: Known, planned: PlannedFile, *, again: bool | None, largest: int) -> PlannedFile:
    """A file that was not touched since stays what it was; any other is read for its checksum."""
    found, before = planned.found, known.files.get(planned.found.path)
    if found.refused:
        return replace(planned, step="refused", reason=found.refused, detail=found.detail)
    if before and found.stamp and before.stamp == found.stamp and before.settings.startswith(planned.marks):
        if before.reason and before.settings == planned.marks_refused and _still(before.reason, again=again):
            same = replace(planned, step="refused", sha256=before.sha256)
            return replace(same, reason=before.reason, detail=before.detail or "")
        if before.document in known.live and before.reason is None:
            return replace(planned, step="unchanged", document=before.document, sha256=before.sha256)
    try:
        size = found.path.stat().st_size
        if size > largest:
            return replace(planned, step="refused", reason="too_large", detail=f"{size:,} bytes")
        return replace(planned, sha256=checksum(found.path))
    except OSError as error:
        detail = printable(error.strerror or str(error))
        return replace(planned, step="refused", reason="unreadable", detail=detail)


def _still(reason: str, *, again: bool | None) -> bool:
    """Whether a file that was refused for that reason, and is the same, is so still."""
    return reason != REMOVED and not again and (again is None or reason not in TRANSIENT)


def _decided(known: Known, planned: PlannedFile, there: Mapping[Path, str | None], new: _New) -> PlannedFile:
    """What becomes of a file whose bytes were read."""
    sha256, before = planned.sha256, known.files.get(planned.found.path)
    if planned.step != "added" or sha256 is None:
        return planned
    owner, said = known.owners.get(sha256), planned.settings.id
    taken_out = before.document if before and before.reason == REMOVED else owner
    if taken_out in known.removed and planned.found.root is not None:
        return replace(planned, step="unchanged", document=taken_out, reason=REMOVED)
    if owner in known.live and said in (None, owner):
        return _named(known, planned, owner, there)
    if owner is not None:
        return replace(planned, step="added", document=said or owner)
    if sha256 in new.texts:
        return replace(planned, step="copied", document=new.texts[sha256])
    decided = _new_text(known, planned, there, new.documents)
    new.texts[sha256] = decided.document
    new.documents.add(decided.document)
    return decided


def _new_text(
    known: Known, planned: PlannedFile, there: Mapping[Path, str | None], taken: set[str | None]
) -> PlannedFile:
    """A file with bytes that no document had: a new text of its document, unless that is still there elsewhere."""
    said, before = planned.settings.id, known.files.get(planned.found.path)
    if said in known.live and said not in taken:
        return replace(planned, step="changed", document=said)
    own = before.document if before and before.reason != REMOVED else None
    if own in known.live and own not in taken and known.live[own] not in there.values():
        return replace(planned, step="changed", document=own)
    return replace(planned, step="added", document=said)


def _named(known: Known, planned: PlannedFile, owner: str, there: Mapping[Path, str | None]) -> PlannedFile:
    """A file whose bytes a live document has; what was said of it under another name holds."""
    said = planned.said
    for name in known.names.get(owner, ()):
        said = said.over(FileSettings.from_json(known.files[name].said))
    step = _name_step(known, planned.found.path, owner, there)
    return replace(planned, step=step, document=owner, said=said, settings=said.over(planned.settings))


def _name_step(known: Known, path: Path, owner: str, there: Mapping[Path, str | None]) -> Step:
    """What a file is whose bytes a live document has: one of its names, or a new one."""
    before = known.files.get(path)
    if before and before.document == owner:
        return "unchanged"
    for name in known.names.get(owner, ()):
        if there[name] == known.live[owner] if name in there else name.exists():
            return "copied"
    return "moved"


def _gone(known: Known, found: Found) -> Iterable[KnownFile]:
    """Known files that are there no longer: named themselves, or in folders that were read whole."""
    met, unread = {each.path for each in found.files}, [each.path for each in found.files if each.refused]
    for path, each in known.files.items():
        inside = any(path.is_relative_to(folder) for folder in found.walked)
        hidden = any(path.is_relative_to(folder) and path != folder for folder in unread)
        if path not in met and not hidden and (inside or path in found.gone):
            yield each
