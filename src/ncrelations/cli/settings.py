"""Where an option's value may come from: a flag, then NCR_*, then a TOML file, then the default."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import click

from ncrelations.cli.files import plainly
from ncrelations.document.citation import nearest, printable
from ncrelations.errors import did_you_mean

SETTINGS = {
    "k": ("5", "how many excerpts to show (compare: for each voice)"),
    "width": ("the terminal's, 80 in a pipe", "columns, at least 40; 0 never wraps"),
    "plain": ("false", "no colours, no bold, no pager"),
    "lang": ("the environment's", "language of headings and reasons: en, fr, de, zh-Hans, zh-Hant"),
    "reader_url": ("none", "address of the reader (`ncr export --format html -o FOLDER`), for links"),
    "pager": ("true", "page long output on a terminal"),
    "collection": ("your own", "your documents: a collection's name, its folder, or its address on a server"),
    "in": ("edition", "where to look: edition, collection, both, or a collection's name, folder or address"),
    "history": ("true", "keep the questions of `ncr chat` between sessions"),
}
"""Every setting, with its default in words and what it does. The variable is NCR_ and the name in capitals."""


_LARGEST = 100_000


class BadSetting(click.ClickException):
    """A configuration file that cannot be read."""

    exit_code = 2


class Setting(NamedTuple):
    """A setting and where its value came from."""

    name: str
    value: str
    source: str


def config_path() -> Path | None:
    """The configuration file; NCR_CONFIG names another. `None` where nobody's home is known."""
    named = os.environ.get("NCR_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path  # 15 ms

    try:
        return user_config_path("ncrelations", appauthor=False) / "config.toml"
    except RuntimeError:
        return None


def _read(path: Path) -> dict[str, Any]:
    try:
        text = _text(path)
        import tomllib  # only where there is such a file

        return tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except OSError as error:
        if not os.environ.get("NCR_CONFIG") and not os.access(path.parent, os.X_OK):
            return {}  # a home that is none: nothing of one's own can be there
        reason = plainly(OSError(error.errno, error.strerror))
    except RecursionError:
        reason = "it is nested too deeply"
    except ValueError as error:
        reason = str(error)
    raise BadSetting(f"the configuration file {printable(str(path), 200)} cannot be read: {reason}")


def _text(path: Path) -> str:
    """The file's text; one of no ordinary kind or size is not read."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ValueError("it is not a file")
    if status.st_size > _LARGEST:
        raise ValueError(f"it is larger than {_LARGEST:,} bytes")
    return path.read_text("utf-8-sig")  # editors on Windows begin it with a mark


def from_file(path: Path | None) -> dict[str, Any]:
    """The settings of a file, `{}` without one. Raises `BadSetting` for what is not a setting."""
    settings = {} if path is None else _read(path)
    for name, value in settings.items():
        if name not in SETTINGS:
            near = did_you_mean(nearest(name, list(SETTINGS))) or f"; there are {', '.join(SETTINGS)}"
            raise BadSetting(f"{printable(str(path), 200)}: there is no setting {printable(name)!r}{near}")
        if not _fits(name, value):
            raise BadSetting(f"{printable(str(path), 200)}: {name} must be {_kind(name)[1]}")
    return settings


def _kind(name: str) -> tuple[type, str]:
    """What the value of a setting is, and in words."""
    if SETTINGS[name][0] in ("true", "false"):
        return bool, "true or false"
    return (int, "a whole number") if name in ("k", "width") else (str, "a text in quotation marks")


def _fits(name: str, value: Any) -> bool:
    """Whether a file's value is of the setting's kind; what a variable could say in words is too."""
    kind = _kind(name)[0]
    return isinstance(value, str) or (isinstance(value, kind) and isinstance(value, bool) == (kind is bool))


def defaults(context: click.Context, commands: Iterable[str]) -> dict[str, Any]:
    """The file's settings as click's defaults for every command, nested ones included."""
    if context.invoked_subcommand == "doctor":
        return {}
    settings = from_file(config_path())
    named = {**settings, "within_documents": settings["in"]} if "in" in settings else settings
    inner = {**named, **dict.fromkeys(("build", "check", "info"), settings)}
    return dict.fromkeys(commands, inner) if settings else {}


def provenance(file: dict[str, Any] | None = None) -> list[Setting]:
    """Every setting with its value and where that came from. Raises `BadSetting`.

    `file` are the file's settings, where they are known: `{}` for one that cannot be read.
    """
    path = config_path()
    file = from_file(path) if file is None else file
    found = []
    for name, (default, _) in SETTINGS.items():
        variable = f"NCR_{name.upper()}"
        if variable in os.environ:
            found.append(Setting(name, _shown(os.environ[variable]), variable))
        elif name in file:
            found.append(Setting(name, _shown(str(file[name])), str(path)))
        else:
            found.append(Setting(name, default, "default"))
    return found


def _shown(value: str) -> str:
    """A value as it may be shown: a server's address without a password."""
    from ncrelations.collections.collection_place import is_server
    from ncrelations.collections.postgres_address import shown_address

    return shown_address(value) if is_server(value) else value
