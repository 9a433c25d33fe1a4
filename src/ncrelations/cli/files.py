"""Files that a command reads and writes: ordinary ones are read, and none is written over in silence."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

import click

from ncrelations.cli.streams import stdin

STANDARD_OUTPUT = "-"
"""What names standard output where a file is asked for."""


class Exists(click.ClickException):
    """A file that would be lost."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"{click.format_filename(name)} exists; --force replaces it")


_GIVEN = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")
"""How a shell names what another command prints: `ncr ask --batch <(grep ...)`."""


def open_input(name: str) -> BinaryIO:
    """A file to be read; `-` is standard input.

    Raises `OSError`, also for a pipe or a device, which might be waited for without end, unless the shell gives it.
    """
    if name == STANDARD_OUTPUT:
        return stdin()
    handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(handle).st_mode
    if not (stat.S_ISREG(mode) or (name.startswith(_GIVEN) and not stat.S_ISDIR(mode))):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is a folder" if stat.S_ISDIR(mode) else "it is no ordinary file", name)
    if hasattr(os, "O_NONBLOCK"):
        os.set_blocking(handle, True)
    return os.fdopen(handle, "rb")


def read_input(name: str, most: int) -> bytes:
    """The first bytes of a file, at most so many; `-` is standard input. Raises `OSError` as `open_input` does."""
    file = open_input(name)
    try:
        return file.read(most)
    finally:
        if name != STANDARD_OUTPUT:
            file.close()


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
        from tempfile import mkstemp  # only what writes needs it

        handle, name_aside = mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
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
