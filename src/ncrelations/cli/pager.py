"""Long output, paged: by `PAGER`, `less` or `more`, told to show styles."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_SHOW_STYLES = frozenset({"less", "more", "cat", "bat", "most", "moar", "ov"})
"""Pagers that do not print escape codes as text; any other is given plain text."""


def pager() -> list[str] | None:
    """The pager's command line; `None` where there is none, or `PAGER` is empty."""
    named = os.environ.get("PAGER")
    try:
        asked = [named] if named is not None else ["less", "more"]
        found = next((words for words in map(shlex.split, asked) if words and shutil.which(words[0])), None)
    except ValueError:  # a quotation mark that is never closed
        return None
    if found and _name(found) == "less":
        return [*found, "-R"]  # beside LESS, which may be set without it
    return found


def _name(command: list[str]) -> str:
    return Path(command[0]).stem.casefold()


def show_paged(styled: str, plain: Callable[[], str]) -> bool:
    """Page a text, styled or plain as the pager can take it; whether there was a pager to do so."""
    command = pager()
    if command is None:
        return False
    text = styled if _name(command) in _SHOW_STYLES else plain()
    environment = {"LESS": "FRX", "LV": "-c", **os.environ}  # as git does: what fits stays, styles are shown
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)  # noqa: S603  # the user's own pager
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's to understand
    try:
        process.communicate(text.encode(sys.stdout.encoding, sys.stdout.errors or "replace"))
    finally:
        signal.signal(signal.SIGINT, before)
    return True
