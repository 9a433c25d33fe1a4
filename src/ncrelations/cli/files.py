"""Files that a command writes: aside first, then in place of the old one, and never over one in silence."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

STANDARD_OUTPUT = "-"
"""What names standard output where a file is asked for."""


class Exists(click.ClickException):
    """A file that would be lost."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"{click.format_filename(name)} exists; --force replaces it")


def to_standard_output(data: str | bytes) -> None:
    """Write data, text in UTF-8 whatever the locale."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # closed, or a stream of text alone
        click.echo(data, file=sys.stdout, nl=False)
        return
    sys.stdout.flush()
    buffer.write(_as_bytes(data))
    buffer.flush()


def _as_bytes(data: str | bytes) -> bytes:
    return data if isinstance(data, bytes) else data.encode("utf-8", "replace")


def refuse_to_overwrite(name: str, *, force: bool) -> None:
    """Raise `Exists` for a file that is there, unless it may be replaced."""
    path = Path(name)
    if not force and (path.is_file() or path.is_symlink()):
        raise Exists(name)


def write_whole(name: str | Path, data: str | bytes) -> None:
    """Write a file, text in UTF-8: when anything fails, what was there before is there still.

    Raises `OSError`. A device or a pipe is written to as it is.
    """
    path = Path(os.path.realpath(name))
    if path.exists() and not path.is_file():
        path.write_bytes(_as_bytes(data))
        return
    aside: Path | None = None
    try:
        handle, name_aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        aside = Path(name_aside)
        with os.fdopen(handle, "wb") as file:
            file.write(_as_bytes(data))
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(_mode(path))
        aside.replace(path)
    except BaseException as error:
        if aside is not None:
            aside.unlink(missing_ok=True)
        if isinstance(error, OSError):  # of the file that was asked for, not of the one aside
            raise OSError(error.errno, error.strerror, str(name)) from error
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those of a new one."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def plainly(error: OSError) -> str:
    """An error of the system without its number: "talk.md: No such file or directory"."""
    words = error.strerror or str(error)
    return f"{click.format_filename(error.filename)}: {words}" if error.filename is not None else words
