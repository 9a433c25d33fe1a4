"""Where answers come from: one small interface over the library, and one worker thread behind a bounded queue."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from ncrelations.answers.answer import Answer
from ncrelations.conversations.state import ChatState
from ncrelations.editions.nato_china.edition import Comparison
from ncrelations.editions.nato_china.voices import Voice

T = TypeVar("T")

EXCERPTS = 9
"""How many excerpts an answer has at most; three a page."""


class Library(Protocol):
    """What the bot asks. Called in the worker thread, one call at a time."""

    def warm(self) -> None:
        """Load the index and the model."""

    def ask(
        self, state: ChatState, question: str, document: str | None, voice: Voice | None
    ) -> tuple[Answer, ChatState]:
        """Answer a question in the light of a conversation, which may be empty."""

    def compare(self, topic: str) -> Comparison:
        """Put the views on a topic side by side."""


class Documents:
    """The two documents, through ncrelations."""

    def warm(self) -> None:
        """Load everything, the parts that only an export needs included."""
        import ncrelations as ncr

        ncr.ask("maritime security", 1)
        ncr.report.blocks[0].cite("bibtex")

    def ask(
        self, state: ChatState, question: str, document: str | None, voice: Voice | None
    ) -> tuple[Answer, ChatState]:
        """One turn of a conversation."""
        from ncrelations.editions.nato_china.public import turn

        return turn(state, question, EXCERPTS, document, voice)

    def compare(self, topic: str) -> Comparison:
        """Two excerpts a voice at most."""
        from ncrelations.editions.nato_china.public import compare

        return compare(topic, 2)


class BusyError(Exception):
    """The queue is full."""


class Desk:
    """Runs the library's slow calls in one thread, so that the event loop never waits."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self.waiting = 0
        self._thread = ThreadPoolExecutor(1, "ncrelations")

    async def run(self, work: Callable[[], T]) -> T:
        """Do the work when its turn comes. Raises `BusyError` at once, or `TimeoutError` after a while."""
        if self.waiting >= self.most:
            raise BusyError
        self.waiting += 1
        try:
            async with asyncio.timeout(self.seconds):
                return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """Take no more work and forget what waits."""
        self._thread.shutdown(wait=False, cancel_futures=True)
