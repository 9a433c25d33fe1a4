"""Files read in a process of their own: whatever a file does to its reader, it ends with a reason, and in time."""

from __future__ import annotations

import json
import os
import select
import stat
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from ncrelations.errors import FileRefused
from ncrelations.files.file_text import FileText, Limits, from_data

_CHUNK = 1 << 20
_STARTING = 10.0
"""Seconds that a process may take to start, beside those that a file may take."""


def read_file(path: Path, limits: Limits = Limits(), password: str | None = None) -> FileText:  # noqa: B008  # frozen
    """The text of one file. Raises `FileRefused`; for many files, `FileReader` keeps its process."""
    with FileReader(limits) as reader:
        return reader.read(path, password)


class FileReader:
    """Reads files, one after the other, in a process that is started when first needed and after each death.

    `within` is the folder that links may not lead out of. Not for several threads at once.
    """

    def __init__(self, limits: Limits = Limits(), within: Path | None = None) -> None:  # noqa: B008  # frozen
        self.limits = limits
        self.within = within
        self._process: subprocess.Popen[bytes] | None = None
        self._answers = -1

    def __enter__(self) -> FileReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        os.close(self._answers)
        if process.stdin is not None:
            with suppress(OSError):
                process.stdin.close()
        process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        """The process, its answers to be read from a pipe."""
        self._answers, theirs = os.pipe()
        # -P: nothing is imported from the folder that the user happens to be in
        command = [sys.executable, "-P", "-m", "ncrelations.files.reading_process"]
        paths = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
        try:
            self._process = subprocess.Popen(  # noqa: S603  # our own module
                command, stdin=subprocess.PIPE, stdout=theirs, stderr=subprocess.DEVNULL, env=environment
            )
        finally:
            os.close(theirs)
        return self._process

    def read(self, path: Path, password: str | None = None) -> FileText:
        """The text of a file. Raises `FileRefused`."""
        check(path, self.limits, self.within)
        asked = {"path": str(path.absolute()), "limits": asdict(self.limits), "password": password}
        answer = self._answer(str(path), (json.dumps(asked) + "\n").encode())
        if "refused" in answer:
            raise FileRefused(str(path), *answer["refused"])
        return from_data(answer["text"])

    def _answer(self, path: str, request: bytes) -> dict[str, Any]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        fresh = self._process is None
        process = self._process or self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(request)
            process.stdin.flush()
            deadline = time.monotonic() + self.limits.seconds + _STARTING * fresh
            while (line := _line(self._answers, deadline)) is not None:
                answer = dict(json.loads(line.rstrip(b"\n").rpartition(b"\n")[2]))  # the newest of those that came
                if "page" not in answer:
                    return answer
                deadline = time.monotonic() + self.limits.seconds
        except (OSError, ValueError):
            line = b""
        except BaseException:
            self.close()
            raise
        self.close()
        raise FileRefused(
            path, "too_slow" if line is None else "damaged", "" if line is None else "its reader broke off"
        )


def check(path: Path, limits: Limits, within: Path | None = None) -> None:
    """Refuse what is no ordinary file before anything is opened: FIFOs, devices, links out of the folder."""
    try:
        found = path.stat()
        outside = within is not None and not path.resolve().is_relative_to(within.resolve())
    except (OSError, ValueError, RuntimeError) as error:
        raise FileRefused(str(path), "unreadable", getattr(error, "strerror", None) or "") from error
    if outside:
        raise FileRefused(str(path), "link_outside")
    if not stat.S_ISREG(found.st_mode):
        raise FileRefused(str(path), "not_a_file")
    if found.st_size == 0:
        raise FileRefused(str(path), "empty")
    if found.st_size > limits.bytes:
        raise FileRefused(str(path), "too_large", f"{found.st_size:,} bytes")
    if not os.access(path, os.R_OK):
        raise FileRefused(str(path), "unreadable")


def _line(descriptor: int, deadline: float) -> bytes | None:
    """The lines of a process' answers that came at once, one at least.

    Empty where it ended without one, `None` where it takes too long.
    """
    found = bytearray()
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([descriptor], [], [], left)[0]:
            return None
        data = os.read(descriptor, _CHUNK)
        if not data:
            return b""
        found += data
        if data.endswith(b"\n"):
            return bytes(found)
    return None
