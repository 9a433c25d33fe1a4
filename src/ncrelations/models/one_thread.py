"""The matrix library kept to one thread while a question is worked out, and the process left as it was.

On matrices as small as a question's, handing work to other threads costs 10 to 30 times the work.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import lru_cache
from typing import Any

_VARIABLES = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class _Turn:
    """Whose turn it is. Limits of two threads that overlap would not restore what was."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._limit = ExitStack()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn, and have the limit until it is given to the next."""
        with self._lock, self._limit:
            self._limit.enter_context(_libraries().limit(limits=1, user_api="blas"))
            yield

    def start_anew(self) -> None:
        """In a forked child: the thread whose turn it was is not in it, and will never give it."""
        self._lock = threading.Lock()
        self._limit.close()


@contextmanager
def variables_restored(*names: str) -> Iterator[None]:
    """Leave some variables of the environment as they were."""
    before = {name: os.environ.get(name) for name in names}
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _found() -> Any:
    """The matrix libraries and those that use OpenMP, as they are loaded now."""
    with variables_restored("KMP_DUPLICATE_LIB_OK"):  # which threadpoolctl sets when it is loaded
        from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


_libraries = lru_cache(maxsize=1)(_found)


_TURN = _Turn()
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_TURN.start_anew)

_ALONE = threading.Event()
"""Set where the matrix library has but one thread from the start: then nobody needs to wait."""


def one_thread() -> AbstractContextManager[None]:
    """Keep the matrix libraries of the process to one thread, for one thread of the program after the other."""
    return nullcontext() if _ALONE.is_set() else _TURN.taken()


def openmp_threads(count: int) -> AbstractContextManager[None]:
    """Give the libraries that divide their work by OpenMP so many threads, for the thread that calls."""
    limit: AbstractContextManager[None] = _found().limit(limits=count, user_api="openmp")
    return limit


def numpy_as_usual() -> AbstractContextManager[None]:
    """Have numpy warn where it usually does, and never raise: that a tiny product is 0 is meant here.

    Where numpy is not loaded yet, no caller can have told it otherwise.
    """
    if "numpy" not in sys.modules:
        return nullcontext()
    import numpy as np

    state: AbstractContextManager[None] = np.errstate(divide="warn", over="warn", under="ignore", invalid="warn")
    return state


@contextmanager
def numpy_on_one_thread() -> Iterator[None]:
    """If numpy is first loaded inside, its matrix library has one thread for good: for programs that only ask.

    Starting its threads takes as long as everything else that loading numpy does, and with one there is no need to
    take turns. The environment is left as it was.
    """
    if "numpy" in sys.modules:
        yield
        return
    _ALONE.set()
    try:
        with variables_restored(*_VARIABLES):
            os.environ.update(dict.fromkeys(_VARIABLES, "1"))
            yield
    finally:
        if "numpy" not in sys.modules:
            _ALONE.clear()
