"""The address of a collection on a PostgreSQL server: `postgresql://host/database?collection=name`.

Everything that libpq reads is handed on as it is: a service of the service file, PGHOST, PGUSER, PGPASSWORD and the
password file are its own. What is shown of an address has no password.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from ncrelations.collections.collection_place import OWN, is_name
from ncrelations.document.citation import printable
from ncrelations.errors import CollectionUnavailable

_LONGEST = 50
_SECRET = ("password", "sslpassword")
_MASK = "***"
_UNREADABLE = "postgresql://***"
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
    shown = shown_address(url)
    if shown == _UNREADABLE:
        raise CollectionUnavailable(shown, "it is no address", "write postgresql://HOST/DATABASE?collection=NAME")
    parts = urlsplit(url)
    said = parse_qsl(parts.query, keep_blank_values=True)
    rest = [(key, value) for key, value in said if key != "collection"]
    name = dict(said).get("collection", OWN)
    if not is_name(name) or len(name) > _LONGEST:
        problem = f"{printable(name)!r} is no name of a collection"
        raise CollectionUnavailable(shown, problem, f"write small letters, digits and hyphens, {_LONGEST} at most")
    password = parts.netloc.rpartition("@")[0].partition(":")[2]
    secrets = (unquote(password), password, *(value for key, value in rest if key in _SECRET))
    return PostgresAddress(url, _joined(parts, parts.netloc, rest), name, shown, tuple(filter(None, secrets)))


def shown_address(url: str) -> str:
    """An address without a password; of one that cannot be read, nothing is shown."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return _UNREADABLE
    before, at, host = parts.netloc.rpartition("@")
    user, colon, _ = before.partition(":")
    netloc = f"{user}{colon}{colon and _MASK}{at}{host}"
    said = [(key, _MASK if key in _SECRET else value) for key, value in parse_qsl(parts.query, keep_blank_values=True)]
    return printable(_joined(parts, netloc, [each for each in said if each != ("collection", OWN)]), 200)


def _joined(parts: SplitResult, netloc: str, said: list[tuple[str, str]]) -> str:
    """An address put together; one without a host needs its two slashes all the same."""
    query = urlencode(said, safe="/:,*", quote_via=quote)
    return f"postgresql://{urlunsplit(('', netloc, parts.path, query, '')).removeprefix('//')}"
