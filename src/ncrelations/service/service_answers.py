"""Answers worked out by a library in this process, as they are sent: JSON in bytes."""

from __future__ import annotations

from collections.abc import Callable

from ncrelations.library import Library
from ncrelations.render.data import to_json
from ncrelations.service.operations import OPERATIONS
from ncrelations.service.reader_pages import ReaderPages
from ncrelations.service.request_data import Asked
from ncrelations.service.workers import Answering

Opening = Callable[[], Library]
"""Opens documents. It can be pickled: it is called in the process that answers."""

Work = tuple[str, Asked | str]
"""The name of an operation with what is asked of it; `PAGE` with the path of a page, `SEARCH` with words."""

PAGE, SEARCH = "reader page", "reader search"
"""What the reader asks for."""

ServiceAnswering = Answering[Work, bytes]
"""What has them worked out beside the event loop."""


class Answers:
    """What a library answers. Safe to share between threads."""

    def __init__(self, opening: Opening) -> None:
        self._library = opening()
        self._pages = ReaderPages()

    def of(self, work: Work, /) -> bytes:
        """The answer. Raises `NCRelationsError`."""
        name, asked = work
        if isinstance(asked, Asked):
            return to_json(OPERATIONS[name].answer(self._library, asked)).encode()
        return (self._pages.page if name == PAGE else self._pages.search)(self._library, asked).encode()

    def warm(self) -> None:
        """Load what the first question would. Raises `NCRelationsError`."""
        self._library.search("first question", 1)
