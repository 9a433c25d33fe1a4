"""The test server: Discord's gateway and HTTP API on loopback, over TLS for clients in this process, plain beside."""

from __future__ import annotations

import asyncio
import base64
import secrets
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path

import aiohttp
import discord
import trustme
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from .faults import Faults
from .gateway import Connection, Gateway
from .interactions import Interaction
from .rest import Call, Rest
from .routes import Routes
from .rules import Violation
from .spec import Spec, find_description, load_description
from .state import EVERYBODY, Channel, Clock, File, Guild, Message, State, User, WireError
from .users import Users
from .webhooks import Webhooks

LOOPBACK = "127.0.0.1"
HOSTS = ("discord.com", "gateway.discord.gg", "resume.discord.gg", "cdn.discordapp.com")


@cache
def authority() -> trustme.CA:
    """Return the certificate authority of this process, made for the tests and trusted by them alone."""
    return trustme.CA()


class LoopbackResolver(AbstractResolver):
    """Every host name of the world is this port of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def resolve(
        self,
        host: str,
        port: int = 0,  # noqa: ARG002
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        """Return 127.0.0.1 and the server's port, whatever is asked."""
        return [ResolveResult(hostname=host, host=LOOPBACK, port=self.port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        """Nothing to release."""


class WireServer(Users):
    """A whole Discord with one guild (`guild`), one channel (`channel`) and two people (`alice`, `bob`) in it."""

    def __init__(self, spec: Spec | None = None) -> None:
        self.state = State()
        self.faults = Faults()
        self.spec = load_description(find_description()) if spec is None else spec
        self.token = ".".join((_encoded(str(self.state.bot.id)), secrets.token_urlsafe(4), secrets.token_urlsafe(28)))
        self.gateway = Gateway(self.state, self.token)
        self.rest = Rest(self.state, self.gateway, self.faults, self.spec, self.token)
        Routes(self.rest)
        Webhooks(self.rest)
        self.alice, self.bob = self.state.add_user("alice"), self.state.add_user("bob", locale="fr")
        self.guild = self.state.add_guild("Library", self.alice, self.bob)
        self.channel = self.state.add_channel(self.guild, "general")
        self.port = self.tls_port = 0
        self.fetched: list[str] = []
        self._runner: web.AppRunner | None = None

    # Short names for what tests read most.

    @property
    def bot(self) -> User:
        """The bot under test."""
        return self.state.bot

    @property
    def clock(self) -> Clock:
        """The server's time; `clock.advance(901)` ends interaction tokens."""
        return self.state.clock

    @property
    def violations(self) -> list[Violation]:
        """Everything either side did wrong so far."""
        return self.rest.violations

    @property
    def calls(self) -> list[Call]:
        """Every HTTP request so far, with the status it got."""
        return self.rest.calls

    @property
    def connections(self) -> list[Connection]:
        """Every websocket so far, closed ones (`close_code`) included."""
        return self.gateway.connections

    def add_user(
        self, name: str, *, locale: str = "en-US", permissions: int = EVERYBODY, guild: Guild | None = None
    ) -> User:
        """Another person, in the first guild unless another is given."""
        user = self.state.add_user(name, locale, permissions)
        (guild or self.guild).members.append(user)
        return user

    def add_channel(self, name: str, *, bot_permissions: int = EVERYBODY, guild: Guild | None = None) -> Channel:
        """Another text channel; before the bot connects."""
        return self.state.add_channel(guild or self.guild, name, bot_permissions)

    def take_violations(self, rule: str) -> list[Violation]:
        """Remove and return the violations of a rule: those a test provoked on purpose."""
        taken = [violation for violation in self.violations if violation.rule == rule]
        self.violations[:] = [violation for violation in self.violations if violation.rule != rule]
        return taken

    def check(self) -> None:
        """Raise WireError if there is any violation."""
        if self.violations:
            raise WireError("violations:\n" + "\n".join(f"  {violation}" for violation in self.violations))

    async def until(self, condition: Callable[[], object], timeout: float = 5.0, what: str = "the condition") -> None:
        """Wait until condition() is true; looked at whenever the bot has done something."""
        await self.state.bell.until(condition, timeout, what)

    async def edited(self, message: Message, times: int = 1, timeout: float = 5.0) -> Message:
        """Wait until a message has been edited so many times."""
        await self.until(lambda: message.edits >= times, timeout, f"{times} edit(s)")
        return message

    async def deleted(self, message: Message, timeout: float = 5.0) -> Message:
        """Wait until a message is deleted."""
        await self.until(lambda: message.deleted, timeout, "the deletion")
        return message

    # Troubles.

    def rate_limit(
        self, where: str = "*", times: int = 1, retry_after: float = 0.1, scope: str = "user", via: bool = True
    ) -> None:
        """Answer 429 to the next requests like "POST /channels/*"; scope "user" or "global"."""
        self.faults.rate_limit(where, times, retry_after, scope, via)

    def fail(self, status: int = 502, times: int = 1, where: str = "*") -> None:
        """Answer 502 (or another) to the next requests."""
        self.faults.fail(status, times, where)

    def slow(self, seconds: float, times: int = 1, where: str = "*") -> None:
        """Answer the next requests slowly."""
        self.faults.slow(seconds, times, where)

    def late_response(self, times: int = 1) -> None:
        """Refuse the next first responses as too late (10062)."""
        self.faults.late_response(times)

    def expire(self, interaction: Interaction) -> None:
        """End an interaction's token (50027)."""
        interaction.expired = True

    def delay_acknowledgements(self, seconds: float) -> None:
        """Acknowledge heartbeats only after so many seconds."""
        self.gateway.ack_delay = seconds

    async def drop_connection(self, code: int | None = None) -> None:
        """Cut the websocket, or close it with a code."""
        await self.gateway.drop(code)

    async def reconnect(self) -> None:
        """Op 7: ask the bot to reconnect."""
        await self.gateway.reconnect()

    async def invalidate_session(self, *, resumable: bool) -> None:
        """Op 9: declare the session invalid."""
        await self.gateway.invalidate(resumable=resumable)

    # Running.

    async def start(self) -> None:
        """Listen on two free ports: `tls_port` for `connector()`, `port` in plain for the launcher."""
        application = web.Application(client_max_size=32 * 1024 * 1024)
        application.router.add_route("*", "/{tail:.*}", self._handle)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority().issue_cert(*HOSTS, LOOPBACK).configure_cert(context)
        self.tls_port, self.port = [await self._listen(secure) for secure in (context, None)]

    async def _listen(self, secure: ssl.SSLContext | None) -> int:
        assert self._runner is not None
        site = web.TCPSite(self._runner, LOOPBACK, 0, ssl_context=secure)
        await site.start()
        port: int = self._runner.addresses[-1][1]
        return port

    async def stop(self) -> None:
        """Cut every connection and stop listening."""
        for connection in self.gateway.live:
            with suppress(Exception):
                await connection.socket.close(code=1001)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        secure = request.secure
        self.gateway.resume_url = "wss://resume.discord.gg" if secure else f"ws://{LOOPBACK}:{self.port}/"
        self.rest.gateway_url = "wss://gateway.discord.gg" if secure else f"ws://{LOOPBACK}:{self.port}/"
        self.state.cdn = "https://cdn.discordapp.com" if secure else f"http://{LOOPBACK}:{self.port}"
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self.gateway.handle(request)
        if request.path.startswith("/attachments/"):
            return self._hand_out(request)
        if secure and request.host != "discord.com":
            self.rest.report("bot", f"{request.method} {request.url}", "host", "not a request to discord.com")
        return await self.rest.handle(request)

    def _hand_out(self, request: web.Request) -> web.Response:
        """Give out an attached file; whoever asks must not show a token there."""
        file = self.state.files.get(request.path)
        if request.method != "GET" or "Authorization" in request.headers:
            self.rest.report(
                "bot", f"{request.method} {request.path}", "cdn", "a file is fetched by GET, without token"
            )
        self.fetched.append(request.path)
        return web.Response(status=404) if file is None else web.Response(body=file.data)

    def attach(self, channel: Channel, name: str, data: bytes) -> File:
        """Return a file that a person attaches: the value of an option, or `file.json()` of a message."""
        return self.state.add_file(channel, name, data)

    def connector(self) -> aiohttp.TCPConnector:
        """For discord.Client(connector=...): every name leads here, our certificate is trusted; nothing is patched."""
        context = ssl.create_default_context()
        authority().configure_trust(context)
        return aiohttp.TCPConnector(resolver=LoopbackResolver(self.tls_port), ssl=context)

    def launch_command(self, module: str, *arguments: str) -> list[str]:
        """Return the command line that runs `python -m module arguments` with discord.py led to this server."""
        launcher = Path(__file__).with_name("launch.py")
        return [sys.executable, str(launcher), f"http://{LOOPBACK}:{self.port}", module, *arguments]

    async def connected(self, timeout: float = 10.0) -> None:
        """Wait until a bot has identified."""
        await self.until(lambda: self.gateway.live, timeout, "the bot's IDENTIFY")

    @asynccontextmanager
    async def run(self, client: discord.Client, timeout: float = 10.0) -> AsyncIterator[discord.Client]:
        """Start a client in this process, wait until it is ready, and close it at the end."""
        task = asyncio.create_task(client.start(self.token))
        ready = asyncio.create_task(self._ready(client, timeout))
        try:
            await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                await task
                raise WireError("the client stopped at once")
            await ready
            yield client
        finally:
            ready.cancel()
            await client.close()
            with suppress(Exception):
                await asyncio.wait_for(task, 5.0)

    async def _ready(self, client: discord.Client, timeout: float) -> None:
        await self.connected(timeout)
        await asyncio.wait_for(client.wait_until_ready(), timeout)


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
