"""A new index in place of an old one: made aside, then swapped as one folder, by one process at a time.

Until the swap the old index answers. A build that fails or is killed leaves it as it was; what it leaves beside is
removed by the next.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ncrelations.errors import IndexMismatch

_HERE = -100  # the C library's name for the working folder, which absolute paths do not need
_EXCHANGE = 2


@contextmanager
def rebuilt(folder: Path) -> Iterator[Path]:
    """A copy of an index to build in, which takes its place at the end; if anything is raised, it is dropped.

    Raises `IndexMismatch` where another process is building.
    """
    folder = folder.resolve()
    with _sole_builder(folder):
        _recover(folder)
        aside = folder.with_name(f"{folder.name}.new")
        shutil.rmtree(aside, ignore_errors=True)
        try:
            shutil.copytree(folder, aside, ignore=shutil.ignore_patterns("*.new"))
            yield aside
            _written_out(aside)
            _take_the_place(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def settle(folder: Path) -> None:
    """Put an old index back whose build was killed between taking it away and putting the new one in its place."""
    if not folder.exists() and _old(folder).is_dir():
        with suppress(IndexMismatch), _sole_builder(folder):  # whoever builds is about to put the new one there
            _recover(folder)


def _recover(folder: Path) -> None:
    old = _old(folder)
    if old.is_dir():
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(folder)


def _old(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.old")


@contextmanager
def _sole_builder(folder: Path) -> Iterator[None]:
    """Hold the lock of an empty SQLite file: the system lets go of it when its holder ends, however it ends."""
    import sqlite3  # only who builds needs it

    with closing(sqlite3.connect(folder.with_name(f"{folder.name}.lock"), timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            problem = "another process is building it" if "locked" in str(error) else f"its folder is {error}"
            raise IndexMismatch(problem, "ncr index build") from error
        yield


def _written_out(folder: Path) -> None:
    """Wait until the files stand on the disk: a folder must not take another's place before."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            os.fsync(file.fileno())


def _take_the_place(new: Path, folder: Path) -> None:
    if _exchanged(new, folder):
        return
    old = _old(folder)  # a system that cannot exchange two folders: for a moment there is none
    folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, where the system can."""
    system = ctypes.CDLL(None) if os.name == "posix" else None
    paths = os.fsencode(one), os.fsencode(other)
    if system is not None and hasattr(system, "renamex_np"):
        return bool(system.renamex_np(*paths, _EXCHANGE) == 0)
    if system is not None and hasattr(system, "renameat2"):
        return bool(system.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE) == 0)
    return False
