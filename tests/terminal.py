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

# Ctrl-C reaches a process only on the terminal that controls it.
_CONTROLLED = """
import fcntl, os, sys, termios
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
    while time.monotonic() < deadline:
        ready, _, _ = select.select([parent], [], [], 0.2)
        if ready:
            try:
                data = os.read(parent, 65536)
            except OSError:  # the other end is closed
                break
            if not data:
                break
            shown += data.decode("utf-8", "replace")
        elif waiting and re.search(waiting[0][0] + r"(?:\x1b\[[0-9;?]*[A-Za-z])*\Z", shown[seen:]):
            os.write(parent, waiting.pop(0)[1])
            seen = len(shown)
    os.close(parent)
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return f"{shown}[exit {process.returncode}]"
