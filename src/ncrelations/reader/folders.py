"""Folders that a reader is written into: those of an earlier one, or with nothing of anybody else's in its way."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_OURS = b'href="assets/reader.css"'
"""What stands at the beginning of every page of a reader."""

_BEGINNING = 4000


def foreign_file(folder: Path, paths: Iterable[str]) -> Path | None:
    """A file in the way of a reader with these paths that no reader wrote; `None` where there is none."""
    if _is_readers(folder / "index.html"):
        return None
    return next((folder / path for path in paths if (folder / path).exists()), None)


def _is_readers(page: Path) -> bool:
    if not page.is_file():
        return False
    try:
        with page.open("rb") as file:
            return _OURS in file.read(_BEGINNING)
    except OSError:
        return False
