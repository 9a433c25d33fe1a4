"""Answers worked out beside an event loop: what `ncr serve` and the bot hand their questions to.

What answers in threads of this process is here, what answers in others is in `answering_processes.py`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from traceback import format_tb
from typing import Generic, Protocol, TypeVar

from ncrelations.errors import AnswerUnavailable, NCRelationsError

log = logging.getLogger(__name__)

W = TypeVar("W")
R = TypeVar("R")
W_contra = TypeVar("W_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)

MOST_PROCESSES = 4
"""How many processes answer where nobody says how many: more than most machines keep busy with questions."""


class Worker(Protocol[W_contra, R_co]):
    """What works out answers, with its documents open."""

    def warm(self) -> None:
        """Load what the first question would. Raises `NCRelationsError`."""

    def of(self, work: W_contra, /) -> R_co:
        """The answer. Raises `NCRelationsError`."""


class Answering(Protocol[W_contra, R]):
    """What has answers worked out beside the event loop."""

    def start(self) -> None:
        """Get ready; returns at once."""

    def submit(self, work: W_contra, /) -> Future[R]:
        """An answer to come. Fails with `NCRelationsError`."""

    def unready(self) -> str | None:
        """Why nothing can be answered yet; `None` where it can."""

    def restarts(self) -> int:
        """How many processes had to be replaced."""

    def stop(self) -> None:
        """End everything."""


def answer_of(worker: Worker[W, R], work: W) -> R:
    """The answer. Raises `NCRelationsError`, `AnswerUnavailable` for what nobody foresaw, and `MemoryError`."""
    try:
        return worker.of(work)
    except (NCRelationsError, MemoryError):
        raise
    except Exception as error:
        log.error("an answer failed: %s\n%s", type(error).__name__, "".join(format_tb(error.__traceback__)))  # noqa: TRY400 -- a message may hold the question
        raise AnswerUnavailable(f"an error inside ({type(error).__name__})", "report it to the operator") from error


class ThreadsAnswering(Generic[W, R]):
    """Answers from threads of this process: for documents that no other process can open."""

    def __init__(self, making: Callable[[], Worker[W, R]], threads: int = 2) -> None:
        self._making = making
        self._threads = ThreadPoolExecutor(threads, "answers")
        self._worker: Worker[W, R] | None = None

    def start(self) -> None:
        """Open the documents."""
        self._worker = self._making()

    def submit(self, work: W, /) -> Future[R]:
        """An answer to come."""
        assert self._worker is not None
        return self._threads.submit(answer_of, self._worker, work)

    def unready(self) -> str | None:
        """Why nothing can be answered yet."""
        return "the documents are being opened" if self._worker is None else None

    def restarts(self) -> int:
        """None: a thread cannot be replaced."""
        return 0

    def stop(self) -> None:
        """Finish what is begun."""
        self._threads.shutdown(cancel_futures=True)


def usable_cores(most: int = MOST_PROCESSES) -> int:
    """The cores that may be used, at most so many."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, most)
