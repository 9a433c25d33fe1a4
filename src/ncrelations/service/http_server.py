"""The HTTP server that runs the application: uvicorn, with a limit for heads that are sent slowly or never."""

from __future__ import annotations

import asyncio
import signal
import socket

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from ncrelations.service.gate import Limits

HEAD_SECONDS = 10.0
"""How long the head of a request may take, or its absence on a new connection."""

_LARGEST_HEAD = 32 * 1024
_MOST_CONNECTIONS = 2_000


class TimedHeads(H11Protocol):
    """A connection that is closed where it keeps waiting for the head of a request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """Watch a new connection."""
        super().connection_made(transport)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch it no more."""
        self._timer.cancel()
        super().connection_lost(exc)

    def _watch(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self._look, self.cycle if self._is_waiting() else self)

    def _look(self, before: object) -> None:
        """Close it where it waits for the same request as at the look before."""
        if self._is_waiting() and self.cycle is before:
            self.transport.close()
        else:
            self._watch()

    def _is_waiting(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request, whatever uvicorn's type says
        return cycle is None or cycle.response_complete


def listening(host: str, port: int) -> socket.socket:
    """A socket at an address; port 0 takes any that is free. Raises `OSError`."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(address)
        opened.listen(1024)
    except OSError:
        opened.close()
        raise
    return opened


def serve(application: ASGIApp, at: socket.socket, limits: Limits) -> None:
    """Serve until SIGTERM or Ctrl-C: what is under way then is answered, nothing new is taken."""
    signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it once more when all is done: that is no failure
    server(application, limits).run(sockets=[at])


def server(application: ASGIApp, limits: Limits) -> uvicorn.Server:
    """The server, not yet running."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            http=TimedHeads,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,  # its lines hold whole addresses, and so the questions
            proxy_headers=False,
            server_header=False,
            limit_concurrency=_MOST_CONNECTIONS,
            h11_max_incomplete_event_size=_LARGEST_HEAD,
            timeout_graceful_shutdown=int(limits.request_seconds) + 1,
        )
    )
