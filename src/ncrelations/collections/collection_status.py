"""What is in a collection, and how far it is: documents, names, refused files, and how much is found by meaning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ncrelations.collections.collection_plan import REMOVED
from ncrelations.collections.collection_records import KnownFile, Record, Version, known_files, records, versions
from ncrelations.collections.collection_store import CollectionStore
from ncrelations.collections.found_files import path_text

if TYPE_CHECKING:
    from ncrelations.collections.encoding_job import Encoded

_Of = TypeVar("_Of", Version, KnownFile)


@dataclass(frozen=True, slots=True)
class DocumentStatus:
    """A document of a collection with the texts it ever had."""

    record: Record
    """The document."""
    versions: tuple[Version, ...]
    """Its texts, oldest first; none where they were deleted."""
    files: tuple[KnownFile, ...]
    """The names under which its bytes are found."""
    meaning: bool
    """Whether it is found by its meaning, too."""

    @property
    def state(self) -> Literal["live", "withdrawn", "removed"]:
        """Whether it answers; if not, whether its files went or it was removed on purpose."""
        if self.record.live is not None:
            return "live"
        return "removed" if any(each.reason == REMOVED for each in self.files) else "withdrawn"

    @property
    def version(self) -> Version | None:
        """The text that answers, or the last that did."""
        live = (each for each in self.versions if each.number == self.record.live)
        return next(live, self.versions[-1] if self.versions else None)

    def to_dict(self) -> dict[str, Any]:
        """The document as plain data."""
        work, version = self.record.work, self.version
        text = {} if version is None else {
            "kind": version.kind, "structure": version.structure, "remarks": list(version.remarks),
            "pages": version.pages, "passages": version.passages, "sha256": version.sha256, "reader": version.reader,
            "added": version.added,
        }  # fmt: skip
        return {
            "document": self.record.id,
            "state": self.state,
            "title": work.title,
            "issuer": work.publisher or None,
            "date": "-".join(f"{part:02}" for part in work.date) if work.date else None,
            **text,
            "versions": len(self.versions),
            "by_meaning": self.meaning,
            "files": [path_text(each.path) for each in self.files],
        }


@dataclass(frozen=True, slots=True)
class CollectionStatus:
    """What is in a collection, and how far it is."""

    place: str
    """Where it is: a folder, or a server's address without a password."""
    documents: tuple[DocumentStatus, ...]
    """Every document that ever was, in the order of adding."""
    refused: tuple[KnownFile, ...]
    """The files that were refused, with their reasons."""
    encoded: Encoded
    """How much is found by meaning."""
    encoding: bool
    """Whether a process is making more of it so."""

    @property
    def live(self) -> tuple[DocumentStatus, ...]:
        """The documents that answer."""
        return tuple(each for each in self.documents if each.state == "live")

    def to_dict(self) -> dict[str, Any]:
        """The status as plain data."""
        return {
            "collection": self.place,
            "documents": len(self.live),
            "pages": sum(each.version.pages for each in self.live if each.version),
            "passages": self.encoded.total,
            "passages_by_meaning": self.encoded.passages,
            "encoding": self.encoding,
            "refused": [
                {"path": path_text(each.path), "reason": each.reason, "detail": each.detail} for each in self.refused
            ],
        }


def status_of(
    store: CollectionStore, encoded: Encoded, by_meaning: frozenset[int], *, encoding: bool
) -> CollectionStatus:
    """The status of a collection."""
    files = known_files(store)
    texts, names = _by_document(versions(store)), _by_document(files)
    documents = tuple(
        DocumentStatus(each, tuple(texts[each.id]), tuple(names[each.id]), each.live in by_meaning)
        for each in records(store)
    )
    refused = tuple(each for each in files if each.reason not in (None, REMOVED))
    return CollectionStatus(store.place, documents, refused, encoded, encoding)


def _by_document(some: Iterable[_Of]) -> defaultdict[str | None, list[_Of]]:
    found = defaultdict[str | None, list[_Of]](list)
    for each in some:
        found[each.document].append(each)
    return found
