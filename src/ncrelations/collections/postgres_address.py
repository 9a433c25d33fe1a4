"""The address of a collection on a PostgreSQL server: `postgresql://host/database?collection=name`.

Everything that libpq reads is handed on as it is: a service of the service file, PGHOST, PGUSER, PGPASSWORD and the
password file are its own. What is shown of an address has no password.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from ncrelations.collections.collection_place import OWN, is_name
from ncrelations.document.citation import printable
from ncrelations.errors import CollectionUnavailable

_LONGEST = 50
_SECRET = ("password", "sslpassword")
_MASK = "***"
_SHORTEST_SECRET = 3


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """Where a collection is on a server."""

    url: str = field(repr=False)
    """The address as it was given: a password in it is there, too."""
    conninfo: str = field(repr=False)
    """What libpq connects by."""
    name: str
    """What the collection is called."""
    shown: str
    """The address without a password."""
    secrets: tuple[str, ...] = field(repr=False)
    """What must be shown nowhere."""

    @property
    def schema(self) -> str:
        """The schema that holds the collection's tables."""
        return f"ncr_{self.name}"

    def masked(self, text: str) -> str:
        """A text in which no password stands."""
        spoken = (*self.secrets, os.environ.get("PGPASSWORD", ""))
        for secret in sorted(spoken, key=len, reverse=True):
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, _MASK)
        return printable(" ".join(text.split()), 300)


def address_of(url: str) -> PostgresAddress:
    """Read an address. Raises `CollectionUnavailable` for one that names no collection."""
    parts = urlsplit(url)
    before, at, host = parts.netloc.rpartition("@")
    user, colon, password = before.partition(":")
    said = parse_qsl(parts.query, keep_blank_values=True)
    rest = [(key, value) for key, value in said if key != "collection"]
    open_rest = [(key, _MASK if key in _SECRET else value) for key, value in rest]
    name = dict(said).get("collection", OWN)
    secrets = (unquote(password), password, *(value for key, value in rest if key in _SECRET))
    netloc = f"{user}{colon and ':'}{colon and _MASK}{at}{host}"
    told = open_rest if name == OWN else [*open_rest, ("collection", name)]
    shown = printable(_joined(parts, netloc, told), 200)
    if not is_name(name) or len(name) > _LONGEST:
        problem = f"{printable(name)!r} is no name of a collection"
        raise CollectionUnavailable(shown, problem, f"write small letters, digits and hyphens, {_LONGEST} at most")
    return PostgresAddress(url, _joined(parts, parts.netloc, rest), name, shown, tuple(filter(None, secrets)))


def _joined(parts: Any, netloc: str, said: list[tuple[str, str]]) -> str:
    """An address put together; one without a host needs its two slashes all the same."""
    whole = urlunsplit(("", netloc, parts.path, urlencode(said, safe="/:,*", quote_via=quote), "")).removeprefix("//")
    return f"postgresql://{whole}"
