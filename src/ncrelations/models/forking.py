"""A fork waits until no thread works on a question: a child would inherit its locks, and nobody would give them back.

They are not ours alone: a module that is being imported has one, and in Python 3.11 so has a cached property.
"""

from __future__ import annotations

import os
import threading
from contextlib import ContextDecorator

_PATIENCE = 30.0
"""Seconds that a fork waits at most: whoever forks must not hang for a thread that does."""


class _Work(ContextDecorator):
    """The work that a fork waits for, as a context or a decorator of functions; may be nested."""

    def __init__(self) -> None:
        self._start_anew()

    def _start_anew(self) -> None:
        self._changed = threading.Condition()
        self._threads: dict[int, int] = {}  # how often each has entered
        self._forking = False

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._changed:
            if me not in self._threads:
                self._changed.wait_for(lambda: not self._forking)
            self._threads[me] = self._threads.get(me, 0) + 1

    def __exit__(self, *_: object) -> None:
        me = threading.get_ident()
        with self._changed:
            left = self._threads.get(me, 1) - 1
            if left:
                self._threads[me] = left
            else:
                self._threads.pop(me, None)
                self._changed.notify_all()

    def before_fork(self) -> None:
        """Wait for the others, and let none begin."""
        self._changed.acquire()
        self._forking = True
        self._changed.wait_for(lambda: not self._threads.keys() - {threading.get_ident()}, _PATIENCE)

    def in_parent(self) -> None:
        """Let them go on."""
        self._forking = False
        self._changed.notify_all()
        self._changed.release()

    def in_child(self) -> None:
        """Forget the others: they are not in this process."""
        me = threading.get_ident()
        mine = self._threads.get(me)
        self._start_anew()
        if mine:
            self._threads[me] = mine


before_forks = _Work()
"""What is done inside is finished before the process is forked."""

if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(
        before=before_forks.before_fork,
        after_in_parent=before_forks.in_parent,
        after_in_child=before_forks.in_child,
    )
