"""Where collections live: the user's own place, a name in it, any folder, or a PostgreSQL server."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ncrelations.errors import CollectionUnavailable

OWN = "collection"
"""The name of the collection that is meant where none is named."""

DATABASE = "collection.sqlite"
"""The file by which a folder is known as a collection."""

_NAME = re.compile(r"[a-z][a-z0-9-]*", re.ASCII)


def place_of(named: str | Path | None = None) -> Path | str:
    """Where a collection is: a folder, a name of small letters in the user's own place, or a server's address.

    Without a name it is that of NCR_COLLECTION, else the user's own. Raises `CollectionUnavailable` where
    nobody's home is known.
    """
    wanted = str(named or os.environ.get("NCR_COLLECTION") or OWN)
    if "\0" in wanted:
        raise CollectionUnavailable("", "no folder has such a name", "name another folder")
    if is_server(wanted):
        return wanted
    if is_name(wanted):
        return own_place() / wanted
    return Path(wanted).expanduser()


def is_server(place: str | Path) -> bool:
    """Whether a place is the address of a server."""
    return isinstance(place, str) and place.startswith(("postgresql://", "postgres://"))


def is_name(text: str) -> bool:
    """Whether a text may name a collection: small letters, digits and hyphens."""
    return bool(_NAME.fullmatch(text))


def own_place() -> Path:
    """The folder in which the user's collections lie."""
    from platformdirs import user_data_path  # 15 ms

    try:
        return user_data_path("ncrelations", appauthor=False)
    except RuntimeError as error:
        raise CollectionUnavailable(OWN, "no home folder is known", "name a folder: --collection PATH") from error
