"""A second process that answers lines of a batch, over a pipe."""

from __future__ import annotations

import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

_READY = "ready"


class HelperGone(Exception):
    """The second process has ended."""


class Helper:
    """A second process; it answers lines in the order in which it is handed them."""

    def __init__(self, process: SpawnProcess, pipe: Connection) -> None:
        self.process, self._pipe = process, pipe
        self._is_ready = False

    @classmethod
    def start(cls, prepare: Callable[[], object], answer: Callable[..., Any]) -> Helper | None:
        """A helper that prepares itself meanwhile, then answers; `None` where no process can be started."""
        context = get_context("spawn")
        try:
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, prepare, answer), daemon=True)
            process.start()
        except OSError:
            return None
        theirs.close()
        return cls(process, ours)

    def ready(self) -> bool:
        """Whether it has loaded all it needs. Raises `HelperGone`."""
        if not self._is_ready and self._pipe.poll():
            self._is_ready = self.answer() == _READY
        return self._is_ready

    def ask(self, line: tuple[Any, ...]) -> bool:
        """Hand it a line. Raises `HelperGone`."""
        try:
            self._pipe.send(line)
        except OSError:
            raise HelperGone from None
        return True

    def done(self) -> bool:
        """Whether an answer is there. Raises `HelperGone`."""
        try:
            return self._pipe.poll()
        except OSError:
            raise HelperGone from None

    def answer(self) -> Any:
        """Its next answer, once it is there. Raises `HelperGone`."""
        try:
            return self._pipe.recv()
        except (OSError, EOFError):
            raise HelperGone from None

    def stop(self) -> None:
        """End it."""
        self._pipe.close()
        self.process.kill()
        self.process.join()


def _work(pipe: Connection, prepare: Callable[[], object], answer: Callable[..., Any]) -> None:
    """Answer lines until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the first process's to understand
    prepare()
    try:
        pipe.send(_READY)
        while True:
            pipe.send(answer(*pipe.recv()))
    except (OSError, EOFError):
        return
