"""The HTTP side: which route a request is, whether it is right, and how messages change."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from .faults import Faults, json_answer
from .gateway import DIRECT_MESSAGES, GUILD_MESSAGES, Gateway
from .interactions import Interaction, RefusedError
from .payloads import components_json, delete_json, embed_json, event_json, message_json
from .rules import Violation, check_request
from .spec import Spec
from .state import COMPONENTS_V2, DM, VIEW_CHANNEL, Channel, Json, Message, State

PREFIX = "/api/v10"
NUMBERED = {
    "X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "49", "X-RateLimit-Reset-After": "1.0", "Via": "1.1 google",
}  # fmt: skip
MAX_FILE = 10 * 1024 * 1024
USER_AGENT = re.compile(r"DiscordBot \(\S+.*\)")


@dataclass
class Call:
    """One request as received, and the status it got."""

    method: str
    path: str
    template: str
    names: dict[str, str]
    query: dict[str, str]
    arrived: float
    body: Any = None
    files: dict[str, bytes] = field(default_factory=dict)
    status: int = 0

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"


Handler = Callable[[Call], Awaitable[tuple[int, Any]]]


class Rest:
    """Answers the routes it has; any other gets 501 and is a violation."""

    def __init__(self, state: State, gateway: Gateway, faults: Faults, spec: Spec, token: str) -> None:
        self.state, self.gateway, self.faults, self.spec, self.token = state, gateway, faults, spec, token
        self.calls: list[Call] = []
        self.violations = gateway.violations
        self.interactions: dict[str, Interaction] = {}
        self.gateway_url = ""
        self._routes: list[tuple[str, str, re.Pattern[str], Handler]] = []

    def route(self, method: str, template: str, handler: Handler) -> None:
        """Add a route, written as in the description."""
        pattern = re.sub(r"\{(\w+_id)\}", r"(?P<\1>\\d+)", template)
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern)
        self._routes.append((method, template, re.compile(pattern), handler))

    # The way of a request.

    async def handle(self, request: web.Request) -> web.Response:
        """Check, perform and answer one request."""
        arrived = self.state.clock.now()
        path = request.path.removeprefix(PREFIX)
        handler, call = self._find(request, path, arrived)
        self.calls.append(call)
        answer = await self.faults.apply(request.method, path)
        if answer is None:
            answer = await self._answer(request, call, handler)
        call.status = answer.status
        self.state.bell.ring()
        return answer

    def _find(self, request: web.Request, path: str, arrived: float) -> tuple[Handler | None, Call]:
        query = dict(request.query)
        if request.path.startswith(PREFIX + "/"):
            for method, template, pattern, handler in self._routes:
                match = pattern.fullmatch(path)
                if method == request.method and match:
                    return handler, Call(method, path, template, match.groupdict(), query, arrived)
        return None, Call(request.method, path, "", {}, query, arrived)

    async def _answer(self, request: web.Request, call: Call, handler: Handler | None) -> web.Response:
        if handler is None:
            self.report("bot", f"{call.method} {request.host}{request.path}", "route", "the server has no such route")
            return json_answer(501, {"code": 0, "message": "501: Not Implemented"}, NUMBERED)
        try:
            await self._read(request, call)
            self._authorize(request, call)
            self._check(call)
            status, body = await handler(call)
        except RefusedError as refusal:
            if refusal.rule is not None:
                self.report("bot", f"{call.method} {call.path}", refusal.rule, f"{refusal.code} {refusal.message}")
            status, body = refusal.status, {"code": refusal.code, "message": refusal.message}
        for problem in self.spec.check_answer(call.method, call.template, status, body):
            self.report("server", f"{call.method} {call.template} {status}", "description", problem)
        if body is None:
            return web.Response(status=status, headers=NUMBERED)
        return json_answer(status, body, NUMBERED)

    def report(self, side: str, where: str, rule: str, detail: str) -> None:
        """Record a violation."""
        self.violations.append(Violation(side, where, rule, detail))

    def _authorize(self, request: web.Request, call: Call) -> None:
        by_token = call.template.startswith(("/interactions/", "/webhooks/"))
        if not by_token and request.headers.get("Authorization") != f"Bot {self.token}":
            raise RefusedError(401, 0, "401: Unauthorized")
        if not by_token and not USER_AGENT.match(request.headers.get("User-Agent", "")):
            self.report("bot", f"{call.method} {call.path}", "user-agent", request.headers.get("User-Agent", "none"))

    def _check(self, call: Call) -> None:
        interaction = self.interactions.get(call.names.get("webhook_token", ""))
        shown = self.state.messages.get(int(call.names.get("message_id", 0)))
        if call.template.endswith("/@original") and interaction is not None:
            shown = interaction.original
        v2 = shown is not None and bool(shown.flags & COMPONENTS_V2)
        found = check_request(self.spec, call.method, call.template, call.query, call.body, v2=v2)
        self.violations += found
        if any(violation.refused for violation in found):
            raise RefusedError(400, 50035, "Invalid Form Body")

    async def _read(self, request: web.Request, call: Call) -> None:
        if request.content_type == "multipart/form-data":
            await self._read_parts(request, call)
        elif request.can_read_body:
            try:
                call.body = json.loads(await request.read() or b"null")
            except ValueError:
                raise RefusedError(400, 50109, "The request body contains invalid JSON.", "json") from None
            if call.body is not None and request.content_type != "application/json":
                raise RefusedError(400, 50035, "Invalid Form Body", f"content type {request.content_type}")

    async def _read_parts(self, request: web.Request, call: Call) -> None:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise RefusedError(400, 50035, "Invalid Form Body", "nested multipart")
            data = bytes(await part.read(decode=True))
            if part.name == "payload_json":
                call.body = json.loads(data)
                continue
            if not re.fullmatch(r"files\[\d\]", part.name or "") or not part.filename:
                raise RefusedError(400, 50035, "Invalid Form Body", f"part {part.name!r}")
            if len(data) > MAX_FILE:
                raise RefusedError(413, 40005, "Request entity too large", "file of more than 10 MiB")
            call.files[part.filename] = data

    # Filling messages, used by the routes of interactions too.

    def fill(self, message: Message, body: Json, files: dict[str, bytes]) -> None:
        """Write a request's parts into a message; parts not named stay."""
        if "content" in body:
            message.content = body["content"] or ""
        if "embeds" in body:
            message.embeds = [embed_json(embed) for embed in body["embeds"] or []]
        if "components" in body:
            message.components = components_json(self.state, body["components"] or [])
        if "attachments" in body or files:
            self._attach(message, body.get("attachments") or [], files)
        if "allowed_mentions" in body:
            message.allowed_mentions = body["allowed_mentions"]
        message.flags |= (body.get("flags") or 0) & (COMPONENTS_V2 | 1 << 2 | 1 << 12)
        if message.empty:
            raise RefusedError(400, 50006, "Cannot send an empty message", "empty")

    def _attach(self, message: Message, wanted: list[Json], files: dict[str, bytes]) -> None:
        keep = {str(entry.get("id")) for entry in wanted}
        message.attachments = [old for old in message.attachments if old["id"] in keep]
        for name, data in files.items():
            message.attachments.append(self.state.add_file(message.channel, name, data).json())
            message.files[name] = data

    async def announce(self, event: str, message: Message) -> None:
        """Tell the bot of a message made, changed or deleted, if it is one everybody sees."""
        if message.ephemeral:
            return
        for problem in self.spec.check_object("MessageResponse", message_json(self.state, message)):
            self.report("server", event, "description", problem)
        guild = message.channel.guild
        intent = DIRECT_MESSAGES if guild is None else GUILD_MESSAGES

        def data(intents: int) -> Json:
            return delete_json(message) if event == "MESSAGE_DELETE" else event_json(self.state, message, intents)

        await self.gateway.dispatch(event, data, None if guild is None else guild.id, intent)

    async def change(self, message: Message, body: Json, files: dict[str, bytes]) -> None:
        """Edit a message and announce it."""
        self.fill(message, body, files)
        message.edits += 1
        message.edited = self.state.clock.now()
        await self.announce("MESSAGE_UPDATE", message)

    async def remove(self, message: Message) -> None:
        """Delete a message and announce it."""
        message.deleted = True
        await self.announce("MESSAGE_DELETE", message)

    # Finding things.

    def channel(self, call: Call, needs: int = 0) -> Channel:
        """Return the channel a request names, if the bot has the permissions needed there."""
        channel = self.state.channels.get(int(call.names["channel_id"]))
        if channel is None:
            raise RefusedError(404, 10003, "Unknown Channel")
        if channel.kind != DM and not channel.bot_permissions & VIEW_CHANNEL:
            raise RefusedError(403, 50001, "Missing Access")
        if channel.kind != DM and needs & ~channel.bot_permissions:
            raise RefusedError(403, 50013, "Missing Permissions")
        return channel

    def message(self, call: Call) -> Message:
        """Return the message a request names; ephemeral ones are not to be found this way."""
        channel = self.channel(call)
        message = self.state.messages.get(int(call.names["message_id"]))
        if message is None or message.deleted or message.ephemeral or message.channel is not channel:
            raise RefusedError(404, 10008, "Unknown Message")
        return message
