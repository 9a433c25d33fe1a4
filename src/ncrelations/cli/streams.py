"""Standard streams that never fail on a character: pipes, old consoles and locales that are not UTF-8."""

from __future__ import annotations

import codecs
import errno
import io
import sys
import unicodedata
from typing import BinaryIO, TextIO

_PLAIN = {
    "‘": "'", "’": "'", "“": '"', "”": '"', "«": ">>", "»": "<<", "–": "-", "—": "-", "−": "-", "…": "...",
    "•": "*", "●": "*", "○": "o", "│": "|", "\xa0": " ",
}  # fmt: skip


def _nearest_ascii(error: UnicodeError) -> tuple[str, int]:
    """Stand-ins for the characters an encoding does not have: é -> e, “ -> ", anything else -> ?."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_stand_in, error.object[error.start : error.end])), error.end


def _stand_in(character: str) -> str:
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return _PLAIN.get(character) or bare or "?"


class _Closed(io.TextIOBase):
    """Standard output where it is closed: Python would drop what is written without a word."""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        del text
        raise OSError(errno.EBADF, "standard output is closed")


def prepare_streams() -> None:
    """Let standard output and error write what they can and stand in for the rest."""
    codecs.register_error("ncr", _nearest_ascii)
    if sys.stdout is None:
        sys.stdout = _Closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="ncr")


def stdin() -> BinaryIO:
    """Standard input as bytes; empty where it is closed."""
    return sys.stdin.buffer if sys.stdin is not None else io.BytesIO()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a standard stream, closed or not, is a terminal."""
    return stream is not None and stream.isatty()


def speaks_unicode() -> bool:
    """Whether standard output can take any character."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return codecs.lookup(encoding).name.startswith("utf")
