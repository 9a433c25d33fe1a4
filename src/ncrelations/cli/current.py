"""The library that a command works on: the one it was given, or the packaged edition."""

from __future__ import annotations

import click

from ncrelations.library import Library


def current() -> Library:
    """The library of the running command: `CliRunner().invoke(ncr, [...], obj=library)` gives it one."""
    context = click.get_current_context(silent=True)
    given = None if context is None else context.find_object(Library)
    if given is not None:
        return given
    from ncrelations.editions.nato_china.edition import edition

    return edition()


def is_default(library: Library) -> bool:
    """Whether another process finds the same library by itself."""
    from ncrelations.editions.nato_china.edition import edition

    return library is edition()


def has_records(library: Library) -> bool:
    """Whether it is the packaged edition, of whose documents there are typed records."""
    from ncrelations.editions.nato_china.edition import Edition

    return isinstance(library, Edition)


def both_or_all(library: Library) -> str:
    """How a message names the documents together: "both documents", "all documents"."""
    return "both documents" if len(library.documents()) == 2 else "all documents"
