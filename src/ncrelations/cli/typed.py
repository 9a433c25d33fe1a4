"""What is typed for an option, read as it was meant: places, voices, numbers."""

from __future__ import annotations

from typing import Any, BinaryIO

import click

from ncrelations.cli.files import STANDARD_OUTPUT, open_input
from ncrelations.document.citation import Citation, printable
from ncrelations.document.typed_places import filter_of, voice_at
from ncrelations.document.voice import Voice
from ncrelations.library import Library


def place_of(library: Library, typed: str | None) -> Citation | None:
    """The one place that a filter names; `None` for nothing typed. Raises as `filter_of` does."""
    return filter_of(library.corpus, typed)


def voice_of(library: Library, typed: str | None) -> Voice | None:
    """The voice of that name or label; `None` for nothing typed. Raises `NoSuchPlace`."""
    return voice_at(library.corpus, typed)


class InputFile(click.ParamType[BinaryIO]):
    """A file to be read, as bytes; `-` is standard input. What is no ordinary file is refused."""

    name = "filename"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> BinaryIO:
        """The file, open until the command ends."""
        try:
            file = open_input(value)
        except (OSError, ValueError) as error:
            words = (error.strerror if isinstance(error, OSError) else None) or str(error)
            self.fail(f"{click.format_filename(value)!r}: {words}", param, ctx)
        if ctx is not None and value != STANDARD_OUTPUT:
            ctx.call_on_close(file.close)
        return file


class AtLeast(click.ParamType[int]):
    """A whole number of at least `least`; what is not one is refused in plain words."""

    name = "number"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        try:
            number = int(value)
        except (TypeError, ValueError):
            self.fail(f"{printable(str(value))!r} is not a whole number", param, ctx)
        if number < self.least:
            self.fail(f"{number} is too few; at least {self.least}", param, ctx)
        return number


def not_blank(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The callback of an option whose value may not be empty, as that of an unset shell variable is."""
    if value is not None and not value.strip():
        raise click.BadParameter("it is empty; name something, or leave the option out", context, parameter)
    return value
