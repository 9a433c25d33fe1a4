"""The two kinds of stores: a folder, and a PostgreSQL server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ncrelations.collections.collection_place import is_server
from ncrelations.collections.collection_store import CollectionStore
from ncrelations.collections.folder_store import FolderStore
from ncrelations.collections.segment_files import SegmentFolder, SegmentPlace


def stores_of(place: str | Path) -> tuple[CollectionStore, Callable[[], SegmentPlace]]:
    """What keeps the documents of a collection, and what gives the place of what finds their passages.

    Raises `CollectionUnavailable` for a server's address that cannot be read.
    """
    if isinstance(place, str) and is_server(place):
        from ncrelations.collections.postgres_address import address_of
        from ncrelations.collections.postgres_segments import PostgresSegments
        from ncrelations.collections.postgres_store import PostgresStore

        store = PostgresStore(address_of(place))
        return store, lambda: PostgresSegments(store)
    folder = Path(place)
    return FolderStore(folder), lambda: SegmentFolder(folder / "search")
