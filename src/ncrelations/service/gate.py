"""What every request passes: who may ask, how many at once, how long it may take; and what every answer carries."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ncrelations.service.access import Access
from ncrelations.service.problems import Problem
from ncrelations.service.service_metrics import Metrics

log = logging.getLogger("ncrelations.service")

OPEN = ("/healthz", "/readyz")
"""What anybody may ask at any time: it says nothing but whether the server is well."""

_CARRIED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
"""Headers of every answer that does not have them itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is answered at once, and how long it may take."""

    answer_seconds: float = 20.0
    """The longest that working out an answer may take."""
    request_seconds: float = 60.0
    """The longest from a request's head to the end of its answer, waiting included."""
    in_flight: int = 512
    """Requests under way or waiting."""
    per_client: int = 256
    """Those of one client."""


@dataclass(slots=True)
class _Sending:
    """An answer on its way."""

    send: Send
    status: int = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in _CARRIED.items():
                headers.setdefault(name, value)
        await self.send(message)


@dataclass(slots=True)
class Gate:
    """The application behind its limits."""

    application: ASGIApp
    access: Access
    limits: Limits
    metrics: Metrics
    _by_client: Counter[str] = field(default_factory=Counter)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        sending, begun = _Sending(send), time.perf_counter()
        try:
            await self._answer(scope, receive, sending)
        finally:
            seconds, asked = time.perf_counter() - begun, scope.get("asked", "other")
            self.metrics.count(asked, sending.status or 499, seconds)
            log.info("%s %s %s %.0f ms", scope["method"], asked, sending.status or "-", 1000 * seconds)

    async def _answer(self, scope: Scope, receive: Receive, sending: _Sending) -> None:
        if scope["path"] in OPEN:
            await self.application(scope, receive, sending)
            return
        headers, peer = Headers(scope=scope), (scope.get("client") or ("",))[0]
        client = self.access.client(headers, peer)
        if problem := self.access.refusal(headers, peer) or self._crowded(client):
            await problem.response()(scope, receive, sending)
            return
        self._by_client[client] += 1
        self.metrics.in_flight.inc()
        try:
            await self._in_time(scope, receive, sending)
        finally:
            self.metrics.in_flight.dec()
            self._by_client[client] -= 1
            self._by_client += Counter()  # forgets those at 0

    def _crowded(self, client: str) -> Problem | None:
        if self._by_client[client] >= self.limits.per_client:
            much = "you ask more at once than is allowed to one"
            return Problem(HTTPStatus.TOO_MANY_REQUESTS, f"{much}; wait for some answers", retry_after=1)
        if self._by_client.total() >= self.limits.in_flight:
            return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "the server is busy; ask again in a moment", retry_after=2)
        return None

    async def _in_time(self, scope: Scope, receive: Receive, sending: _Sending) -> None:
        try:
            async with asyncio.timeout(self.limits.request_seconds):
                await self.application(scope, receive, sending)
        except TimeoutError:
            if sending.status:  # it has begun: all that can be done is to break off
                raise
            late = f"no answer within {self.limits.request_seconds:g} seconds; ask again later"
            await Problem(HTTPStatus.SERVICE_UNAVAILABLE, late, retry_after=5).response()(scope, receive, sending)
