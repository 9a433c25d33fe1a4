"""The gateway, version 10: sessions, heartbeats, resuming, compression."""

from __future__ import annotations

import asyncio
import importlib
import json
import secrets
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from .payloads import application_json, guild_create_json, user_json
from .rules import Violation
from .state import Json, State, WireError

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME = 0, 1, 2, 3, 6
RECONNECT, MEMBERS, INVALID, HELLO, ACK = 7, 8, 9, 10, 11
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12
PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
KNOWN_INTENTS = 0b11_0011_0001_1111_1111_1111_1111


@dataclass(eq=False)
class Session:
    """One identified session; it outlives its connection so that it can be resumed."""

    id: str
    intents: int
    shard: tuple[int, int]
    events: list[Json] = field(default_factory=list)
    connection: Connection | None = None

    def wants(self, guild_id: int | None, intent: int) -> bool:
        """Whether an event of that guild under that intent belongs here."""
        mine = self.shard[0] == (0 if guild_id is None else (guild_id >> 22) % self.shard[1])
        return mine and (intent == 0 or bool(self.intents & intent))


@dataclass(eq=False)
class Connection:
    """One websocket of the bot."""

    socket: web.WebSocketResponse
    request: web.Request
    pack: Callable[[str], bytes] | None
    session: Session | None = None
    heartbeats: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    close_code: int | None = None
    resumed: bool = False

    async def send(self, op: int, data: Any = None, event: Json | None = None) -> None:
        """Send one payload, compressed if the bot asked for it."""
        text = json.dumps(event if event is not None else {"op": op, "d": data, "s": None, "t": None})
        if self.socket.closed:
            return
        try:
            if self.pack is None:
                await self.socket.send_str(text)
            else:
                await self.socket.send_bytes(self.pack(text))
        except ConnectionError:
            pass


class GatewayCloseError(Exception):
    """Ends a connection with one of Discord's close codes."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Gateway:
    """All sessions and connections, past ones included (`connections`)."""

    def __init__(self, state: State, token: str) -> None:
        self.state, self.token = state, token
        self.violations: list[Violation] = []
        self.heartbeat_seconds = 41.25
        self.ack_delay = 0.0
        self.privileged = 0
        self.resume_url = ""
        self.sessions: dict[str, Session] = {}
        self.connections: list[Connection] = []
        self.identifies = 0
        self._tasks: set[asyncio.Task[None]] = set()

    # What the server says.

    async def dispatch(self, name: str, data: Callable[[int], Json] | Json, guild_id: int | None, intent: int) -> None:
        """Send an event to every session that wants it; `data` may depend on the session's intents."""
        for session in list(self.sessions.values()):
            if session.wants(guild_id, intent):
                await self._event(session, name, data(session.intents) if callable(data) else data)

    @property
    def live(self) -> list[Connection]:
        """The connections that have a session and are open."""
        return [c for c in self.connections if c.session is not None and not c.socket.closed and c.close_code is None]

    @staticmethod
    async def _event(session: Session, name: str, data: Json) -> None:
        event = {"op": DISPATCH, "t": name, "s": len(session.events) + 1, "d": data}
        session.events.append(event)
        if session.connection is not None:
            await session.connection.send(DISPATCH, event=event)

    # A connection's life.

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket from HELLO to the close."""
        pack = packer(request.query.get("compress"))
        socket = web.WebSocketResponse(autoclose=True)
        await socket.prepare(request)
        connection = Connection(socket, request, pack)
        self.connections.append(connection)
        watcher = asyncio.create_task(self._watch(connection))
        try:
            await self._hello(connection)
            await self._read(connection)
        except GatewayCloseError as end:
            connection.close_code = end.code
            await socket.close(code=end.code, message=end.reason.encode())
        finally:
            watcher.cancel()
            if connection.close_code is None:
                connection.close_code = socket.close_code
            self._gone(connection)
        return socket

    async def _hello(self, connection: Connection) -> None:
        query = connection.request.query
        if query.get("v") != "10" or query.get("encoding") != "json":
            raise GatewayCloseError(4012, "Invalid API version")
        await connection.send(HELLO, {"heartbeat_interval": self.heartbeat_seconds * 1000})

    def _gone(self, connection: Connection) -> None:
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if connection.close_code in (1000, 1001):
                self.sessions.pop(session.id, None)
        self.state.bell.ring()

    async def _read(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is not WSMsgType.TEXT or len(message.data) > 4096:
                raise GatewayCloseError(4002, "Decode error")
            try:
                payload = json.loads(message.data)
            except ValueError:
                raise GatewayCloseError(4002, "Decode error") from None
            if not isinstance(payload, dict):
                raise GatewayCloseError(4002, "Decode error")
            self._count(connection)
            await self._payload(connection, payload.get("op"), payload.get("d"))
            self.state.bell.ring()

    @staticmethod
    def _count(connection: Connection) -> None:
        now = asyncio.get_running_loop().time()
        connection.sent = [moment for moment in connection.sent if moment > now - 60] + [now]
        if len(connection.sent) > 120:
            raise GatewayCloseError(4008, "Rate limited")

    async def _payload(self, connection: Connection, op: Any, data: Any) -> None:
        if op == HEARTBEAT:
            await self._heartbeat(connection, data)
        elif op == IDENTIFY:
            await self._identify(connection, data if isinstance(data, dict) else {})
        elif op == RESUME:
            await self._resume(connection, data if isinstance(data, dict) else {})
        elif op not in (PRESENCE, 4, MEMBERS):
            raise GatewayCloseError(4001, f"Unknown opcode {op}")
        elif connection.session is None:
            raise GatewayCloseError(4003, "Not authenticated")

    async def _heartbeat(self, connection: Connection, seq: Any) -> None:
        connection.heartbeats.append(asyncio.get_running_loop().time())
        session = connection.session
        if seq is not None and session is not None and seq > len(session.events):
            raise GatewayCloseError(4007, "Invalid seq")
        task = asyncio.create_task(self._acknowledge(connection))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _acknowledge(self, connection: Connection) -> None:
        if self.ack_delay:
            await asyncio.sleep(self.ack_delay)
        await connection.send(ACK)

    async def _watch(self, connection: Connection) -> None:
        """Close a connection whose heartbeats stay away for one and a half intervals."""
        loop = asyncio.get_running_loop()
        opened = loop.time()
        while not connection.socket.closed:
            await asyncio.sleep(self.heartbeat_seconds / 4)
            last = connection.heartbeats[-1] if connection.heartbeats else opened
            late = loop.time() - last
            if late > self.heartbeat_seconds * 1.5 + self.ack_delay:
                detail = f"none for {late:.2f} s, every {self.heartbeat_seconds:g} s expected"
                self.violations.append(Violation("bot", "gateway", "late-heartbeat", detail))
                connection.close_code = 4000
                await connection.socket.close(code=4000, message=b"heartbeat missed")

    async def _identify(self, connection: Connection, data: Json) -> None:
        if connection.session is not None:
            raise GatewayCloseError(4005, "Already authenticated")
        if data.get("token") != self.token:
            raise GatewayCloseError(4004, "Authentication failed")
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
            raise GatewayCloseError(4013, "Invalid intent(s)")
        if intents & PRIVILEGED & ~self.privileged:
            raise GatewayCloseError(4014, "Disallowed intent(s)")
        shard, count = data.get("shard") or (0, 1)
        if not 0 <= shard < count:
            raise GatewayCloseError(4010, "Invalid shard")
        self.identifies += 1
        self.sessions = {key: old for key, old in self.sessions.items() if old.shard != (shard, count)}
        session = Session(secrets.token_hex(16), intents, (shard, count), connection=connection)
        self.sessions[session.id] = session
        connection.session = session
        await self._welcome(session)

    async def _welcome(self, session: Session) -> None:
        guilds = [guild for guild in self.state.guilds.values() if session.wants(guild.id, 0)]
        application = application_json(self.state)
        await self._event(session, "READY", {
            "v": 10, "user": {**user_json(self.state.bot), "mfa_enabled": True, "verified": True, "email": None},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id, "resume_gateway_url": self.resume_url, "shard": list(session.shard),
            "application": {"id": application["id"], "flags": application["flags"]},
            "session_type": "normal", "private_channels": [], "user_settings": {}, "relationships": [],
        })  # fmt: skip
        if session.intents & GUILDS:
            for guild in guilds:
                await self._event(session, "GUILD_CREATE", guild_create_json(self.state, guild))

    async def _resume(self, connection: Connection, data: Json) -> None:
        if connection.session is not None:
            raise GatewayCloseError(4005, "Already authenticated")
        if data.get("token") != self.token:
            raise GatewayCloseError(4004, "Authentication failed")
        session = self.sessions.get(str(data.get("session_id")))
        if session is None:
            await connection.send(INVALID, data=False)
            return
        seq = data.get("seq")
        if not isinstance(seq, int) or seq > len(session.events):
            raise GatewayCloseError(4007, "Invalid seq")
        connection.session, connection.resumed = session, True
        session.connection = None
        while seq < len(session.events):
            seq += 1
            await connection.send(DISPATCH, event=session.events[seq - 1])
        session.connection = connection
        await self._event(session, "RESUMED", {"_trace": []})

    # Troubles.

    async def reconnect(self) -> None:
        """Op 7: ask the bot to connect anew and resume."""
        for connection in self._some():
            await connection.send(RECONNECT)

    async def invalidate(self, *, resumable: bool) -> None:
        """Op 9: the session is invalid; one that is not resumable is forgotten."""
        for connection in self._some():
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)
            await connection.send(INVALID, resumable)

    async def drop(self, code: int | None = None) -> None:
        """Cut the connection: without a close frame, or with a close code."""
        for connection in self._some():
            connection.close_code = code or 1006
            if code is not None:
                await connection.socket.close(code=code)
            elif connection.request.transport is not None:
                connection.request.transport.abort()

    def _some(self) -> list[Connection]:
        live = self.live
        if not live:
            raise WireError("no bot is connected")
        return live


def packer(kind: str | None) -> Callable[[str], bytes] | None:
    """Return the compressor for a connection: zlib-stream, zstd-stream or none."""
    if kind is None:
        return None
    if kind == "zlib-stream":
        zlib_stream = zlib.compressobj()
        return lambda text: zlib_stream.compress(text.encode()) + zlib_stream.flush(zlib.Z_SYNC_FLUSH)
    if kind == "zstd-stream":
        zstandard = importlib.import_module("zstandard")
        zstd_stream = zstandard.ZstdCompressor().compressobj()
        block: int = zstandard.COMPRESSOBJ_FLUSH_BLOCK
        return lambda text: bytes(zstd_stream.compress(text.encode()) + zstd_stream.flush(block))
    raise web.HTTPBadRequest(text=f"unknown compression {kind}")
