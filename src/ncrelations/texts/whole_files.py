"""Files read whole: ordinary ones of a bounded size, so that no pipe is waited for and no disk read into memory."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import stat
from functools import cache
from pathlib import Path
from typing import Any

from ncrelations.errors import SourceDamaged

_MOST = 256_000_000
_PACKAGED = 20_000_000
"""Bytes beyond which a file is none of those packaged."""

_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""How a file is opened: a pipe without waiting for who writes to it, on Windows as bytes."""


def read_whole(path: Path, most: int = _MOST) -> bytes:
    """The bytes of a file. Raises `OSError` for what cannot be read, is no ordinary file or is larger than `most`."""
    with open(path, "rb", opener=_opened) as file:
        size = os.fstat(file.fileno()).st_size
        data = b"" if size > most else file.read(most + 1)
    if size > most or len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes", str(path))
    return data


def whole_text(path: Path, most: int = _MOST, errors: str = "strict") -> str:
    """The text of a file in UTF-8, each line ended by a line feed. Raises `OSError`, for other bytes `ValueError`."""
    return io.TextIOWrapper(io.BytesIO(read_whole(path, most)), "utf-8-sig", errors).read()


def _opened(path: str, flags: int) -> int:
    handle = os.open(path, flags | _AT_ONCE)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is no ordinary file", path)
    return handle


def packaged_bytes(path: Path) -> bytes:
    """The bytes of a file that comes with the package. Raises `SourceDamaged`."""
    try:
        return read_whole(path, _PACKAGED)
    except OSError as error:
        raise SourceDamaged(path.name, f"it cannot be read ({error.strerror})") from error


def packaged_table(path: Path) -> dict[str, Any]:
    """What a TOML file that comes with the package says. Raises `SourceDamaged`."""
    data = packaged_bytes(path)
    try:
        parsed = _parsed_before().get(hashlib.sha256(data).hexdigest().encode())
        return dict(json.loads(parsed)) if parsed is not None else _parsed(data)
    except (ValueError, RecursionError) as error:
        raise SourceDamaged(path.name, f"it is no TOML ({_short(error)})") from error


def _parsed(data: bytes) -> dict[str, Any]:
    import tomllib  # takes twenty times as long as reading JSON: no question in English loads it

    return tomllib.loads(data.decode("utf-8"))


PARSED = Path(__file__).with_name("parsed_tables.txt")
"""The tables that a question in English reads, parsed: a line each, the checksum of the TOML before the JSON.

`tests/docsite/write.py` writes it, and a test compares it: a table that was edited since is parsed again.
"""


@cache
def _parsed_before() -> dict[bytes, bytes]:
    return dict(line.split(b" ", 1) for line in packaged_bytes(PARSED).splitlines())


def _short(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)[:100]
