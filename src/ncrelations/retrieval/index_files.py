"""The files of an index: read whole and checked against their manifest, written beside their place and moved there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from ncrelations.errors import IndexMismatch
from ncrelations.retrieval.index_swap import settle
from ncrelations.texts.whole_files import read_whole

SCHEMA = 2
MANIFEST = "manifest.json"

_Read = TypeVar("_Read")


def read_file(folder: Path, name: str) -> bytes:
    """The bytes of a file of the index. Raises `IndexMismatch` where it is missing or no ordinary file."""
    try:
        return read_whole(folder / name)
    except FileNotFoundError as error:
        raise IndexMismatch(f"{name} is missing from {folder.name}/ ({error.strerror})") from error
    except OSError as error:
        raise IndexMismatch(f"{folder.name}/{name} cannot be read ({error.strerror})") from error


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest in a folder. Raises `IndexMismatch` for one that is none or has another schema."""
    try:
        manifest = json.loads(read_file(folder, MANIFEST))
        schema = manifest["schema"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise IndexMismatch(f"{MANIFEST} is not a manifest ({error})") from error
    if schema != SCHEMA:
        raise IndexMismatch(f"it has schema {schema}, this version of ncrelations reads schema {SCHEMA}")
    return dict(manifest)


def read_settled(folder: Path, read: Callable[[Path], _Read]) -> _Read:
    """What is read from an index; read again where another took its place meanwhile. Raises `IndexMismatch`."""
    settle(folder)
    for _ in range(_READ_AGAIN):
        before = read_manifest(folder)
        try:
            return read(folder)
        except IndexMismatch:
            if read_manifest(folder) == before:
                raise
    return read(folder)


_READ_AGAIN = 20
"""How many indexes may take each other's place while one is read."""


def read_built(
    folder: Path, manifest: dict[str, Any], names: Sequence[str], remedy: str = "ncr index build"
) -> dict[str, bytes]:
    """The bytes of built files. Raises `IndexMismatch` for one that is not the one its manifest names."""
    files, listed = {name: read_file(folder, name) for name in names}, manifest.get("files")
    for name, data in files.items():
        if not isinstance(listed, dict) or hashlib.sha256(data).hexdigest() != listed.get(name):
            problem = f"{folder.name}/{name} is not the file the manifest names (truncated, changed or foreign)"
            raise IndexMismatch(problem, remedy)
    return files


def write_built(folder: Path, manifest: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    """Write built files, and last the manifest that names them, which is returned."""
    manifest = {**manifest, "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}}
    folder.mkdir(exist_ok=True)
    for name, data in {**files, MANIFEST: (json.dumps(manifest, indent=2) + "\n").encode()}.items():
        write_whole(folder / name, data)
    return manifest


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there, so that it is never seen half written."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
