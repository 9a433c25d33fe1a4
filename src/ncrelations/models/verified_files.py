"""Checksums of large files, worked out once for each state of a file.

A file whose place, size and times are those of the last look is not read again; what was seen is noted in the user's
cache folder. Where nothing can be noted there, every process looks for itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from ncrelations.errors import EncoderUnavailable
from ncrelations.texts.whole_files import read_whole

_LARGEST_NOTE = 100_000


def has_checksum(path: Path, sha256: str) -> bool:
    """Whether a file has a checksum. Raises `OSError` for one that cannot be read."""
    status = path.stat()
    state = [status.st_size, status.st_mtime_ns, status.st_ctime_ns, sha256]
    notes = _noted()
    if notes.get(str(path.resolve())) == state:
        return True
    if checksum(path) != sha256:
        return False
    _note({**notes, str(path.resolve()): state})
    return True


def verify_once(path: Path, sha256: str, model: str, remedy: str) -> None:
    """Raise `EncoderUnavailable` unless weights are the pinned ones; they are read only where they may have changed."""
    try:
        pinned = has_checksum(path, sha256)
    except OSError as error:
        raise EncoderUnavailable(model, f"the weights cannot be read ({error.strerror})", remedy) from error
    if not pinned:
        raise EncoderUnavailable(model, "the weights are damaged: they are not the pinned ones", remedy)


def checksum(path: Path) -> str:
    """The sha256 of a file. Raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place() -> Path | None:
    """Where it is noted; `None` where nobody's home is known."""
    from platformdirs import user_cache_path

    try:
        return user_cache_path("ncrelations", appauthor=False) / "verified.json"
    except RuntimeError:
        return None


def _noted() -> dict[str, Any]:
    place = _place()
    with suppress(OSError, ValueError, RecursionError):
        notes = json.loads(read_whole(place, _LARGEST_NOTE)) if place is not None else None
        if isinstance(notes, dict):
            return notes
    return {}


def _note(notes: dict[str, Any]) -> None:
    """Write the notes aside, then in place of those before; what is of files that are gone is dropped."""
    place, kept = _place(), {path: state for path, state in notes.items() if Path(path).exists()}
    if place is None:
        return
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=place.parent, prefix=".verified.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file)
            Path(aside).replace(place)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
