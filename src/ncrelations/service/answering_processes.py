"""Answers worked out in processes of their own: the event loop stays free, and one that dies is replaced.

The processes map the same files of the model and the index, so that these lie in memory once.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Generic, TypeAlias

from ncrelations.errors import AnswerUnavailable, NCRelationsError
from ncrelations.models.one_thread import numpy_on_one_thread
from ncrelations.service.workers import R, W, Worker, answer_of

Making = Callable[[], Worker[W, R]]
"""Makes what answers. It can be pickled, as can what is asked and given: it is called in the process that answers."""

Outcome: TypeAlias = R | NCRelationsError

STARTING_SECONDS = 120.0
"""How long a process may take to open the documents."""

BEHIND = 5
"""By how much the processes stand back, once begun, from the one with the event loop: it acknowledges meanwhile."""

RETRY_SECONDS = 5.0
"""How long to wait before they are opened again, where they could not be."""


class ProcessEndedError(Exception):
    """The process has ended, or does not answer."""


class AnsweringProcess(Generic[W, R]):
    """One process; it answers one question at a time."""

    def __init__(self, making: Making[W, R]) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, making), daemon=True)
        self._process.start()
        theirs.close()
        self._begun = False

    def begin(self) -> None:
        """Wait until the documents are open. Raises `NCRelationsError` where they cannot be, `ProcessEndedError`."""
        if not self._begun:
            outcome = self._received(STARTING_SECONDS)
            if isinstance(outcome, NCRelationsError):
                raise outcome
            self._begun = True

    def answer(self, work: W, seconds: float) -> Outcome[R]:
        """The answer, or the error. Raises `TimeoutError` and `ProcessEndedError`."""
        try:
            self._pipe.send(work)
        except OSError:
            raise ProcessEndedError from None
        return self._received(seconds)

    def _received(self, seconds: float) -> Outcome[Any]:
        try:
            if self._pipe.poll(seconds):
                outcome: Outcome[Any] = self._pipe.recv()
                return outcome
        except (OSError, EOFError):
            raise ProcessEndedError from None
        raise TimeoutError

    @property
    def id(self) -> int | None:
        """The number of the process."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether it has ended."""
        return not self._process.is_alive()

    def kill(self) -> None:
        """End it now; whoever waits for it is told."""
        self._process.kill()

    def end(self) -> None:
        """End it, where nobody waits for it."""
        self._process.kill()
        self._pipe.close()
        self._process.join()
        self._process.close()


class ProcessesAnswering(Generic[W, R]):
    """So many processes, each with a thread that hands it questions and waits for it."""

    def __init__(self, making: Making[W, R], count: int, seconds: float) -> None:
        """`seconds` is the longest that an answer may take once it is begun."""
        self._making, self._count, self._seconds = making, count, seconds
        self._threads = ThreadPoolExecutor(count, "answers")
        self._idle: SimpleQueue[AnsweringProcess[W, R] | None] = SimpleQueue()
        self._all: set[AnsweringProcess[W, R]] = set()
        self._changing = threading.Lock()
        self._restarts = 0
        self._unready: str | None = "the documents are being opened"
        self._stopping = threading.Event()

    def start(self) -> None:
        """Start the processes; each is ready when its documents are open."""
        for _ in range(self._count):
            self._idle.put(self._started())
        threading.Thread(target=self._warm, daemon=True).start()

    def _started(self) -> AnsweringProcess[W, R]:
        with self._changing:
            if self._stopping.is_set():
                raise AnswerUnavailable("the server is stopping", "ask again when it is back")
            started = AnsweringProcess(self._making)
            self._all.add(started)
            return started

    def _warm(self) -> None:
        """Try until one process has open documents: whoever waits for that may ask nothing before."""
        pause = 0.0
        while not self._stopping.wait(pause):
            pause, process = RETRY_SECONDS, self._idle.get()
            try:
                process = process or self._started()
                self._begin(process)
            except (NCRelationsError, ProcessEndedError, TimeoutError) as error:
                self._unready = str(error) or "the process that opens the documents has ended"
                self._drop(process)
                process = None
            else:
                return
            finally:
                self._idle.put(process)

    def _begin(self, process: AnsweringProcess[W, R]) -> None:
        process.begin()
        self._unready = None

    def submit(self, work: W, /) -> Future[R]:
        """An answer to come; it fails with `NCRelationsError`."""
        return self._threads.submit(self._answer, work)

    def _answer(self, work: W) -> R:
        for _ in range(2):  # what ended a process once may have been no fault of the question
            process = self._idle.get()
            try:
                process = self._running(process)
                outcome = self._outcome(process, work)
            except ProcessEndedError:
                self._drop(process)
                process = None
            except NCRelationsError:
                self._drop(process)
                process = None
                raise
            else:
                return _answer_in(outcome)
            finally:
                self._idle.put(process)
        raise AnswerUnavailable("the process that worked it out ended twice", "ask something else, or later")

    def _running(self, process: AnsweringProcess[W, R] | None) -> AnsweringProcess[W, R]:
        """A process that runs: another in the place of one that ended while nobody asked it anything."""
        if process is not None and process.has_ended:
            self._drop(process)
            process = None
        return process or self._started()

    def _outcome(self, process: AnsweringProcess[W, R], work: W) -> Outcome[R]:
        """What a process says. Raises `ProcessEndedError`, and `NCRelationsError` where it is of no more use."""
        try:
            self._begin(process)
            return process.answer(work, self._seconds)
        except TimeoutError:
            raise AnswerUnavailable(f"it took longer than {self._seconds:g} seconds", "ask for less") from None

    def _drop(self, process: AnsweringProcess[W, R] | None) -> None:
        """End a process; the next question starts another in its place."""
        with self._changing:
            if process in self._all:
                self._all.discard(process)
                process.end()
                self._restarts += not self._stopping.is_set()

    def unready(self) -> str | None:
        """Why nothing can be answered yet."""
        return self._unready

    def restarts(self) -> int:
        """How many processes had to be replaced."""
        return self._restarts

    def processes(self) -> list[int]:
        """The numbers of the processes that run."""
        with self._changing:
            return sorted(each.id for each in self._all if each.id is not None)

    def stop(self) -> None:
        """End everything."""
        with self._changing:
            self._stopping.set()
            for each in self._all:
                each.kill()
        self._threads.shutdown(cancel_futures=True)
        with self._changing:  # who finds its process killed takes it out, and ends it
            left = tuple(self._all)
            self._all.clear()
        for each in left:
            each.end()


def _answer_in(outcome: Outcome[R]) -> R:
    if isinstance(outcome, NCRelationsError):
        raise outcome
    return outcome


def _work(pipe: Connection, making: Making[Any, Any]) -> None:
    """Answer questions until the other end is closed."""
    for each in (signal.SIGINT, signal.SIGTERM):  # the first process understands them, and closes the pipe
        signal.signal(each, signal.SIG_IGN)
    with numpy_on_one_thread():
        try:
            worker = making()
            worker.warm()
        except NCRelationsError as error:
            _sent(pipe, error)
            return
        if hasattr(os, "nice"):  # not on Windows
            os.nice(BEHIND)
        _sent(pipe, True)  # noqa: FBT003 -- the documents are open
        with suppress(OSError, EOFError):
            while True:
                _sent(pipe, _outcome(worker, pipe.recv()))


def _outcome(worker: Worker[Any, Any], work: Any) -> Any:
    try:
        return answer_of(worker, work)
    except MemoryError:
        os._exit(1)  # nothing more can be trusted here: another process is started
    except NCRelationsError as error:
        return error


def _sent(pipe: Connection, outcome: object) -> None:
    try:
        pipe.send(outcome)
    except OSError:  # nobody waits for it any more
        os._exit(0)
