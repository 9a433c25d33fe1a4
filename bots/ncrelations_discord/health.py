"""/healthz and /readyz, by default on the loopback interface, for a process manager."""

from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

LOOPBACK = "127.0.0.1"


class Health:
    """A tiny HTTP server: /healthz says the loop turns, /readyz whether questions are answered."""

    def __init__(self, port: int, ready: Callable[[], bool], address: str = LOOPBACK) -> None:
        self._wanted, self._ready, self._address = port, ready, address
        self._runner: web.AppRunner | None = None
        self.port = port
        """The port listened on; another than wanted, if that was 0."""

    async def start(self) -> None:
        """Listen. Raises `OSError` for a port in use."""
        application = web.Application()
        application.router.add_get("/healthz", self._healthz)
        application.router.add_get("/readyz", self._readyz)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._address, self._wanted).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _healthz(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        return web.Response(text="ready\n") if self._ready() else web.Response(text="not ready\n", status=503)
