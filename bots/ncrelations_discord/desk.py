"""One worker thread behind a bounded queue, so that the event loop never waits for the library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


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
