"""Standard input and output as the MCP server has them: every request is answered, and a client may leave at any time.

The server's library drops a message that it cannot parse without a word, so what is nested too deeply is answered here.
"""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import click

_DEEPEST = 64
_LONGEST = 32_000_000
"""Bytes of a message: a draft of the greatest length, every character of it escaped, is shorter."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]')
_ID = re.compile(rb'\s*:\s*(-?\d{1,18}|"[^"\\]{0,200}")')
_ID_AT_END = re.compile(rb'"id"\s*:\s*(-?\d{1,18}|"[^"\\]{0,200}")[^{}]*\}\s*\Z')
_INVALID = -32600  # JSON-RPC: the message is no valid request


@contextmanager
def answered_streams() -> Iterator[None]:
    """Put both streams in the place of the process's own; Ctrl-C ends the process."""
    before = sys.stdin, sys.stdout
    interrupted = signal.signal(signal.SIGINT, _stop)
    writer = _Writer(sys.stdout.buffer)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(_Reader(sys.stdin.buffer, writer)), "utf-8", "replace")
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

    def __init__(self, stream: BinaryIO, writer: _Writer) -> None:
        self._stream, self._writer, self._passed = stream, writer, io.BytesIO()

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
        if depth <= _DEEPEST and len(line) < _LONGEST:
            return line
        while len(line) == _LONGEST and not line.endswith(b"\n"):
            line = self._stream.readline(_LONGEST)
            id = found[1] if (found := _ID_AT_END.search(line[-1000:])) else id
        problem = "nested too deeply" if depth > _DEEPEST else "too long"
        error = {"code": _INVALID, "message": f"the message is {problem}"}
        if id is not None:
            self._writer.line(json.dumps({"jsonrpc": "2.0", "id": json.loads(id), "error": error}).encode())
        return b""


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
