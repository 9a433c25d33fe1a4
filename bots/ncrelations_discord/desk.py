"""A bounded queue before what works beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class BusyError(Exception):
    """The queue is full."""


class Desk:
    """Hands over slow work, so much at once and for so long, so that the event loop never waits."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self.waiting = 0

    async def run(self, submit: Callable[[], Future[T]]) -> T:
        """Wait for what is submitted. Raises `BusyError` at once, or `TimeoutError` after a while."""
        if self.waiting >= self.most:
            raise BusyError
        self.waiting += 1
        try:
            async with asyncio.timeout(self.seconds):
                return await asyncio.wrap_future(submit())
        finally:
            self.waiting -= 1
