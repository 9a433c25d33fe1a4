"""The files under some paths: each one once, with what tells whether it was touched, or why it is not looked into."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ncrelations.collections.collection_place import DATABASE

SETTINGS_FILE = "collection.toml"
"""The file of a folder that says what its documents are called."""

_FRESH = 1.0
"""Seconds within which a file may be written again without its times telling."""

_PIECE = 1 << 20
_DEEPEST = 100
"""Folders within each other that are walked."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that was met."""

    path: Path
    """Where it lies, as an absolute path."""
    root: Path | None
    """The folder that was named and holds it; `None` for a file named itself."""
    stamp: str = ""
    """Its size, times and number on the disk; empty where it was written a moment ago and may be again."""
    refused: str | None = None
    """Why it is not looked into, as one word."""
    detail: str = ""
    """What more is known of that, in words."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was met under some paths."""

    files: tuple[FoundFile, ...]
    """Every file, in the order of the paths and of their names."""
    walked: tuple[Path, ...]
    """The folders that were read whole: what is not met in them is not there."""
    gone: tuple[Path, ...]
    """Files that were named and are not there, in folders that are."""


def found_files(paths: Iterable[Path], left_out: frozenset[Path] = frozenset()) -> Found:
    """The files under some paths, hidden ones and `left_out` aside; a folder is walked with its subfolders."""
    files: dict[Path, FoundFile] = {}
    walked, gone = [], []
    for named in paths:
        path = Path(os.path.realpath(named))
        if path.is_dir():
            met = list(_walk(path, path))
            for each in met:
                files.setdefault(each.path, each)
            unread = {each.path for each in met if each.refused == "unreadable"}
            walked += [path] if path not in unread else []
        elif not os.path.lexists(path) and path.parent.is_dir():
            gone.append(path)
        else:
            files[path] = _looked_at(path, None)
    kept = tuple(each for path, each in files.items() if path not in left_out)
    return Found(kept, tuple(walked), tuple(gone))


def _walk(folder: Path, root: Path) -> Iterator[FoundFile]:
    """The files of a folder and its subfolders, by name. A folder that cannot be read is met as a refused file."""
    if len(folder.parts) - len(root.parts) > _DEEPEST:
        yield FoundFile(folder, root, "", "unreadable", "it lies too deep")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield FoundFile(folder, root, "", "unreadable", error.strerror or "")
        return
    if any(entry.name == DATABASE for entry in entries):
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or (folder == root and entry.name == SETTINGS_FILE):
            continue
        if entry.is_symlink():
            yield from _linked(path, root)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        else:
            yield _looked_at(path, root)


def _linked(path: Path, root: Path) -> Iterator[FoundFile]:
    """A symbolic link: one to a folder inside leads to nothing new, one that leads outside is not followed."""
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(root):
        yield FoundFile(path, root, "", "link_outside")
    elif not target.is_dir():
        yield _looked_at(path, root)


def _looked_at(path: Path, root: Path | None) -> FoundFile:
    try:
        status = path.stat()
    except OSError as error:
        return FoundFile(path, root, "", "unreadable", error.strerror or "")
    if not stat.S_ISREG(status.st_mode):
        return FoundFile(path, root, "", "not_a_file")
    return FoundFile(path, root, stamp_of(status))


def stamp_of(status: os.stat_result) -> str:
    """What differs after a file was written to or replaced; empty where it might not."""
    if time.time() - max(status.st_mtime, status.st_ctime) < _FRESH:
        return ""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def checksum(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal. Raises `OSError`."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            total.update(piece)
    return total.hexdigest()


def path_text(path: Path) -> str:
    """A path as text; bytes of it that are none are replaced."""
    return str(path).encode("utf-8", "replace").decode()
