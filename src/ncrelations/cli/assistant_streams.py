"""Standard input and output as the MCP server has them: every request is answered, and a client may leave at any time.

The server's library drops a message that it cannot parse without a word, so those are answered here. Half of a
surrogate pair, as a client sends it that cuts a text in the middle of a character, is replaced.
"""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click

_DEEPEST = 64
_LONGEST = 32_000_000
"""Bytes of a message: a draft of the greatest length, every character of it escaped, is shorter."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]')
_ID = re.compile(rb'\s*:\s*(-?\d{1,18}(?![\d.eE])|"[^"\\]{0,200}")')
_ID_AT_END = re.compile(rb'"id"' + _ID.pattern + rb"[^{}]*\}\s*\Z")
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u[dD][89a-fA-F](..)|.)")
_REPLACED = rb"\ufffd"
_INVALID = -32600  # JSON-RPC: the message is no valid request

Unreadable = Callable[[str], tuple[int, str] | None]
"""Why a message would not be answered, if it would not: the code of the error, and words."""


@contextmanager
def answered_streams(unreadable: Unreadable) -> Iterator[None]:
    """Put both streams in the place of the process's own; Ctrl-C ends the process."""
    before = sys.stdin, sys.stdout
    interrupted = signal.signal(signal.SIGINT, _stop)
    writer = _Writer(sys.stdout.buffer)
    reader = _Reader(sys.stdin.buffer, writer, unreadable)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(reader), "utf-8", "replace")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(writer), "utf-8")
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, interrupted)
        sys.stdin, sys.stdout = before


def _stop(*_: object) -> None:
    """End at once: another thread waits for input that may never come."""
    click.echo("ncr: stopped", err=True)
    os._exit(130)


class _Writer(io.RawIOBase):
    """Standard output, a whole line at a time; whoever reads it may have gone."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._begun, self._lock = stream, b"", threading.Lock()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        given = bytes(data)  # type: ignore[call-overload]  # any buffer, as all raw streams take
        lines, newline, rest = given.rpartition(b"\n")
        if newline:
            self.line(self._begun + lines)
            self._begun = b""
        self._begun += rest
        return len(given)

    def line(self, line: bytes) -> None:
        """Write one or more whole lines; if nobody reads them, the server's work is done."""
        try:
            with self._lock:
                self._stream.write(line + b"\n")
                self._stream.flush()
        except OSError:
            os._exit(1)  # as in _stop


class _Reader(io.RawIOBase):
    """Standard input, less the messages that the server would not answer."""

    def __init__(self, stream: BinaryIO, writer: _Writer, unreadable: Unreadable) -> None:
        self._stream, self._writer, self._unreadable, self._passed = stream, writer, unreadable, io.BytesIO()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        while not (count := self._passed.readinto(buffer)):  # type: ignore[arg-type]  # any buffer, as for raw streams
            line = self._stream.readline(_LONGEST)
            if not line:
                return 0
            self._passed = io.BytesIO(self._or_answered(line))
        return count

    def _or_answered(self, line: bytes) -> bytes:
        """A message, or nothing where it has been answered."""
        depth, id = _scanned(line)
        line = line if len(line) == _LONGEST else _ESCAPE.sub(_whole, line)
        problem = self._problem(line, depth)
        if problem is None:
            return line
        while len(line) == _LONGEST and not line.endswith(b"\n"):
            line = self._stream.readline(_LONGEST)
            id = found[1] if (found := _ID_AT_END.search(line[-1000:])) else id
        error = {"code": problem[0], "message": f"the message is {problem[1]}"}
        answer = {"jsonrpc": "2.0", "id": None if id is None else json.loads(id), "error": error}
        self._writer.line(json.dumps(answer).encode())
        return b""

    def _problem(self, line: bytes, depth: int) -> tuple[int, str] | None:
        """Why a message is answered here, if it is."""
        if depth > _DEEPEST:
            return _INVALID, "nested too deeply"
        if len(line) == _LONGEST:
            return _INVALID, "too long"
        return self._unreadable(line.decode("utf-8", "replace")) if line.strip() else None


def _whole(escape: re.Match[bytes]) -> bytes:
    """An escape as it was, or the replacement character for half of a surrogate pair."""
    return escape[0] if escape[1] is None else _REPLACED


def _scanned(line: bytes) -> tuple[int, bytes | None]:
    """How deeply a message is nested, and its id."""
    depth, deepest, id = 0, 0, None
    for token in _TOKEN.finditer(line):
        match token[0]:
            case b"[" | b"{":
                depth += 1
                deepest = max(deepest, depth)
            case b"]" | b"}":
                depth -= 1
            case b'"id"' if depth == 1 and (value := _ID.match(line, token.end())):
                id = value[1]
    return deepest, id
