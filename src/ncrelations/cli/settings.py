"""Where an option's value may come from: a flag, then NCR_*, then a TOML file, then the default."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ncrelations.document.citation import nearest, printable
from ncrelations.errors import did_you_mean

SETTINGS = {
    "k": ("5", "how many excerpts to show (compare: for each voice)"),
    "width": ("the terminal's, 80 in a pipe", "columns, at least 40; 0 never wraps"),
    "plain": ("false", "no colours, no bold, no pager"),
    "lang": ("the environment's", "language of headings and reasons: en, fr, de, zh-Hans, zh-Hant"),
    "reader_url": ("none", "address of the reader (`ncr export --format html -o FOLDER`), for links"),
    "pager": ("true", "page long output on a terminal"),
    "history": ("true", "keep the questions of `ncr chat` between sessions"),
}
"""Every setting, with its default in words and what it does. The variable is NCR_ and the name in capitals."""


class BadSetting(click.ClickException):
    """A configuration file that cannot be read."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting and where its value came from."""

    name: str
    value: str
    source: str


def config_path() -> Path:
    """The configuration file; NCR_CONFIG names another."""
    named = os.environ.get("NCR_CONFIG")
    if named:
        return Path(named)
    from platformdirs import user_config_path  # 15 ms

    return user_config_path("ncrelations", appauthor=False) / "config.toml"


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadSetting(f"the configuration file {printable(str(path), 200)} cannot be read: {error}") from error


def from_file(path: Path) -> dict[str, Any]:
    """The settings of a file, `{}` without one. Raises `BadSetting` for what is not a setting."""
    settings = _read(path)
    for name, value in settings.items():
        if name not in SETTINGS:
            near = did_you_mean(nearest(name, list(SETTINGS))) or f"; there are {', '.join(SETTINGS)}"
            raise BadSetting(f"{printable(str(path), 200)}: there is no setting {printable(name)!r}{near}")
        if not isinstance(value, str | int | bool):
            raise BadSetting(f"{printable(str(path), 200)}: {name} must be a text, a number, true or false")
    return settings


def defaults(context: click.Context, commands: Iterable[str]) -> dict[str, Any]:
    """The file's settings as click's defaults for every command, nested ones included."""
    if context.invoked_subcommand == "doctor":
        return {}
    settings = from_file(config_path())
    inner = {**settings, **dict.fromkeys(("build", "check", "info"), settings)}
    return dict.fromkeys(commands, inner) if settings else {}


def provenance() -> list[Setting]:
    """Every setting with its value and where that came from. Raises `BadSetting`."""
    path = config_path()
    file = from_file(path)
    found = []
    for name, (default, _) in SETTINGS.items():
        variable = f"NCR_{name.upper()}"
        if variable in os.environ:
            found.append(Setting(name, os.environ[variable], variable))
        elif name in file:
            found.append(Setting(name, str(file[name]), str(path)))
        else:
            found.append(Setting(name, default, "default"))
    return found
