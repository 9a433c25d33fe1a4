"""Which documents a command works on: `--in` names the edition, a collection or both, `--collection` a collection."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from ncrelations.document.citation import printable

if TYPE_CHECKING:
    from ncrelations.collections.collection import Collection
    from ncrelations.files.file_text import Limits
    from ncrelations.library import Library

EDITION, COLLECTION, BOTH = "edition", "collection", "both"
_PLACES = "there are edition, collection and both, and the names and folders of collections"


def opened(named: str | None, limits: Limits | None = None) -> Collection:
    """The collection of that name or folder; by default the user's own. `limits` are those of the files read."""
    from ncrelations.collections.collection import open_collection

    return open_collection(named, limits)


def library_in(named: str, own: str | None = None) -> Library:
    """The documents that `--in` names, as they are whenever they are asked; `own` is the user's own collection.

    Raises `CollectionUnavailable` for a collection that is not there.
    """
    from ncrelations.collections.live_library import LiveLibrary
    from ncrelations.errors import CollectionUnavailable

    collection = opened(own if named in (COLLECTION, BOTH) else named)
    if not collection.store.exists:
        place = printable(collection.place, 200)
        adding = "ncr add PATH adds a file or a folder"
        remedy = adding if named in (COLLECTION, BOTH) else _PLACES
        raise CollectionUnavailable(place, "nothing was ever added to it", remedy)
    return LiveLibrary(_Both(collection) if named == BOTH else lambda: collection.library)


class _Both:
    """The edition with a collection as it is now."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._joined: tuple[Library, Library] | None = None

    def __call__(self) -> Library:
        from ncrelations.collections.joined_library import JoinedLibrary
        from ncrelations.editions.nato_china.edition import edition

        now = self._collection.library
        if self._joined is None or self._joined[0] is not now:
            self._joined = now, JoinedLibrary(edition(), now)
        return self._joined[1]


def _choose(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Hand the named documents to the command; without a name nothing is loaded."""
    from ncrelations.errors import NCRelationsError

    if not value or value == EDITION or context.resilient_parsing:
        return
    try:
        context.obj = library_in(value, own_collection(context))
    except NCRelationsError as error:
        raise click.BadParameter(str(error), context, parameter) from error


def own_collection(context: click.Context) -> str | None:
    """The user's own collection, where the environment or the configuration names one."""
    named: str | None = os.environ.get("NCR_COLLECTION") or context.lookup_default("collection")
    return named


in_option = click.option(
    "--in",
    "within_documents",
    metavar="WHERE",
    envvar="NCR_IN",
    is_eager=True,
    expose_value=False,
    callback=_choose,
    help="In the edition (by default), your collection, both, or a collection's name, folder or URL.",
)
"""The option of commands that read documents."""

collection_option = click.option(
    "--collection", metavar="NAME|FOLDER|URL", envvar="NCR_COLLECTION", help="Another collection than your own."
)
"""The option of commands that keep a collection."""
