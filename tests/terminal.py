"""Commands on a terminal of their own, as a person at the keyboard sees them."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time

NCR = [sys.executable, "-m", "ncrelations"]

_CTRL_C = b"\x03"

# Ctrl-C reaches a process only on the terminal that controls it, and not where it is ignored, as it is by whatever a
# shell runs in the background.
_CONTROLLED = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


def at_terminal(
    command: list[str],
    environment: dict[str, str],
    typed: tuple[tuple[str, bytes], ...] = (),
    *,
    lines: int = 24,
    columns: int = 80,
    output: int | None = None,
) -> str:
    """Run a command on a terminal; when a pattern ends what is shown, the keys beside it are typed.

    `output` is a file for standard output in place of the terminal.
    """
    parent, child = pty.openpty()
    environment = {**environment, "COLUMNS": str(columns), "LINES": str(lines)}
    wrapped = [sys.executable, "-c", _CONTROLLED, *command]
    stdout = child if output is None else output
    process = subprocess.Popen(wrapped, stdin=child, stdout=stdout, stderr=child, env=environment)
    os.close(child)
    shown, waiting, deadline, seen = "", list(typed), time.monotonic() + 40, 0
    interrupted = float("inf")
    while time.monotonic() < deadline:
        ready, _, _ = select.select([parent], [], [], 0.2)
        if ready:
            try:
                data = os.read(parent, 65536)
            except OSError:  # the other end is closed
                break
            if not data:
                break
            shown, interrupted = shown + data.decode("utf-8", "replace"), float("inf")
        elif time.monotonic() > interrupted:  # Ctrl-C right before a program waits for keys is seen with the next one
            os.write(parent, _CTRL_C)
            interrupted = float("inf")
        elif waiting and re.search(waiting[0][0] + r"(?:\x1b\[[0-9;?]*[A-Za-z])*\Z", shown[seen:]):
            keys = waiting.pop(0)[1]
            os.write(parent, keys)
            seen, interrupted = len(shown), time.monotonic() + 3 if keys.endswith(_CTRL_C) else float("inf")
    os.close(parent)
    return f"{shown}[exit {_exit_code(process)}]"


def _exit_code(process: subprocess.Popen[bytes]) -> int:
    """The exit code of a process that ends, or is ended, now."""
    try:
        return process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()
