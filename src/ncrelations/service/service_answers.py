"""Answers worked out by a library in this process, as they are sent: JSON in bytes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from traceback import format_tb
from typing import Protocol

from ncrelations.errors import AnswerUnavailable, NCRelationsError
from ncrelations.library import Library
from ncrelations.render.data import to_json
from ncrelations.service.operations import OPERATIONS
from ncrelations.service.reader_pages import ReaderPages
from ncrelations.service.request_data import Asked

log = logging.getLogger(__name__)

Opening = Callable[[], Library]
"""Opens documents. It can be pickled: it is called in the process that answers."""

Work = tuple[str, Asked | str]
"""The name of an operation with what is asked of it; `PAGE` with the path of a page, `SEARCH` with words."""

PAGE, SEARCH = "reader page", "reader search"
"""What the reader asks for."""


class Answering(Protocol):
    """What works out answers beside the event loop."""

    def start(self) -> None:
        """Get ready; returns at once."""

    def submit(self, work: Work) -> Future[bytes]:
        """An answer to come. Fails with `NCRelationsError`."""

    def unready(self) -> str | None:
        """Why nothing can be answered yet; `None` where it can."""

    def restarts(self) -> int:
        """How many processes had to be replaced."""

    def stop(self) -> None:
        """End everything."""


class Answers:
    """What a library answers. Safe to share between threads."""

    def __init__(self, opening: Opening) -> None:
        self._library = opening()
        self._pages = ReaderPages()

    def of(self, work: Work) -> bytes:
        """The answer. Raises `NCRelationsError`, `AnswerUnavailable` for whatever else goes wrong."""
        name, asked = work
        try:
            library = self._library
            if isinstance(asked, Asked):
                return to_json(OPERATIONS[name].answer(library, asked)).encode()
            return (self._pages.page if name == PAGE else self._pages.search)(library, asked).encode()
        except (NCRelationsError, MemoryError):
            raise
        except Exception as error:
            log.error("%s failed: %s\n%s", name, type(error).__name__, "".join(format_tb(error.__traceback__)))  # noqa: TRY400 -- a message may hold the question
            raise AnswerUnavailable(f"an error inside ({type(error).__name__})", "report it to the operator") from error

    def warm(self) -> None:
        """Load what the first question would. Raises `NCRelationsError`."""
        self._library.search("first question", 1)


class ThreadsAnswering:
    """Answers from threads of this process: for a library that no other process can open."""

    def __init__(self, opening: Opening, threads: int = 2) -> None:
        self._opening = opening
        self._threads = ThreadPoolExecutor(threads, "answers")
        self._answers: Answers | None = None

    def start(self) -> None:
        """Open the documents."""
        self._answers = Answers(self._opening)

    def submit(self, work: Work) -> Future[bytes]:
        """An answer to come."""
        assert self._answers is not None
        return self._threads.submit(self._answers.of, work)

    def unready(self) -> str | None:
        """Why nothing can be answered yet."""
        return "the documents are being opened" if self._answers is None else None

    def restarts(self) -> int:
        """None: a thread cannot be replaced."""
        return 0

    def stop(self) -> None:
        """Finish what is begun."""
        self._threads.shutdown(cancel_futures=True)
