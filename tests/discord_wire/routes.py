"""The routes of the application, guilds, channels and their messages."""

from __future__ import annotations

from typing import Any

from .gateway import GUILDS
from .interactions import RefusedError
from .payloads import application_json, channel_json, command_json, guild_json, me_json, message_json, seen_json
from .rest import Call, Rest
from .state import (
    ATTACH_FILES,
    CREATE_PUBLIC_THREADS,
    DM,
    EPHEMERAL,
    MANAGE_MESSAGES,
    READ_MESSAGE_HISTORY,
    SEND_IN_THREADS,
    SEND_MESSAGES,
    THREAD,
    Channel,
    Message,
)


class Routes:
    """Everything but interactions."""

    def __init__(self, rest: Rest) -> None:
        self.rest, self.state = rest, rest.state
        channel, message = "/channels/{channel_id}", "/channels/{channel_id}/messages/{message_id}"
        application = "/applications/{application_id}"
        rest.route("GET", "/gateway/bot", self.gateway_bot)
        rest.route("GET", "/users/@me", self.me)
        rest.route("POST", "/users/@me/channels", self.create_dm)
        rest.route("GET", "/oauth2/applications/@me", self.application)
        rest.route("GET", "/applications/@me", self.application)
        for place in (f"{application}/commands", f"{application}/guilds/{{guild_id}}/commands"):
            rest.route("GET", place, self.list_commands)
            rest.route("PUT", place, self.put_commands)
        rest.route("GET", "/guilds/{guild_id}", self.get_guild)
        rest.route("GET", channel, self.get_channel)
        rest.route("POST", f"{channel}/typing", self.typing)
        rest.route("GET", f"{channel}/messages", self.list_messages)
        rest.route("POST", f"{channel}/messages", self.create_message)
        rest.route("GET", message, self.get_message)
        rest.route("PATCH", message, self.edit_message)
        rest.route("DELETE", message, self.delete_message)
        rest.route("POST", f"{message}/threads", self.create_thread)

    async def gateway_bot(self, _: Call) -> tuple[int, Any]:
        """GET /gateway/bot."""
        left = 1000 - self.rest.gateway.identifies
        limit = {"total": 1000, "remaining": left, "reset_after": 0, "max_concurrency": 1}
        return 200, {"url": self.rest.gateway_url, "shards": 1, "session_start_limit": limit}

    async def me(self, _: Call) -> tuple[int, Any]:
        """GET /users/@me."""
        return 200, me_json(self.state.bot)

    async def application(self, _: Call) -> tuple[int, Any]:
        """GET /oauth2/applications/@me and /applications/@me."""
        return 200, application_json(self.state)

    def _guild_key(self, call: Call) -> int | None:
        if call.names["application_id"] != str(self.state.application_id):
            raise RefusedError(403, 20012, "You are not authorized to do this on this application", "application")
        if "guild_id" not in call.names:
            return None
        guild_id = int(call.names["guild_id"])
        if guild_id not in self.state.guilds:
            raise RefusedError(403, 50001, "Missing Access")
        return guild_id

    async def list_commands(self, call: Call) -> tuple[int, Any]:
        """GET .../commands."""
        return 200, self.state.commands.get(self._guild_key(call), [])

    async def put_commands(self, call: Call) -> tuple[int, Any]:
        """PUT .../commands: all at once; a command that stays keeps its id."""
        key = self._guild_key(call)
        old = {(entry["type"], entry["name"]): entry for entry in self.state.commands.get(key, [])}
        entries = [command_json(self.state, command, key) for command in call.body]
        for entry in entries:
            kept = old.get((entry["type"], entry["name"]))
            entry["id"] = kept["id"] if kept else entry["id"]
        self.state.commands[key] = entries
        return 200, entries

    async def get_guild(self, call: Call) -> tuple[int, Any]:
        """GET /guilds/{id}."""
        guild = self.state.guilds.get(int(call.names["guild_id"]))
        if guild is None:
            raise RefusedError(404, 10004, "Unknown Guild")
        counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": 1}
        return 200, {**guild_json(guild), **(counts if call.query.get("with_counts") in ("1", "true") else {})}

    async def get_channel(self, call: Call) -> tuple[int, Any]:
        """GET /channels/{id}."""
        return 200, channel_json(self.state, self.rest.channel(call))

    async def create_dm(self, call: Call) -> tuple[int, Any]:
        """POST /users/@me/channels."""
        user = self.state.users.get(int(call.body.get("recipient_id") or 0))
        if user is None or user.bot:
            raise RefusedError(400, 50007, "Cannot send messages to this user")
        return 200, channel_json(self.state, self.state.dm_channel(user))

    async def typing(self, call: Call) -> tuple[int, Any]:
        """POST .../typing."""
        channel = self.rest.channel(call, SEND_MESSAGES)
        self.state.typings.append((self.state.clock.now(), channel))
        return 204, None

    async def list_messages(self, call: Call) -> tuple[int, Any]:
        """GET .../messages: newest first."""
        found = self.state.history(self.rest.channel(call, READ_MESSAGE_HISTORY))
        limit = int(call.query.get("limit", 50))
        before, after, around = (int(call.query.get(key, 0)) for key in ("before", "after", "around"))
        if around:
            found = sorted(sorted(found, key=lambda m: abs(m.id - around))[:limit], key=lambda m: m.id)
        found = [m for m in found if (not before or m.id < before) and m.id > after]
        found = found[:limit] if after else found[-limit:]
        return 200, [seen_json(self.state, message, self._intents()) for message in reversed(found)]

    def _intents(self) -> int:
        live = self.rest.gateway.live
        return live[-1].session.intents if live and live[-1].session else 0

    async def get_message(self, call: Call) -> tuple[int, Any]:
        """GET .../messages/{id}."""
        self.rest.channel(call, READ_MESSAGE_HISTORY)
        return 200, seen_json(self.state, self.rest.message(call), self._intents())

    async def create_message(self, call: Call) -> tuple[int, Any]:
        """POST .../messages."""
        place = self.state.channels.get(int(call.names["channel_id"]))
        needs = SEND_IN_THREADS if place is not None and place.kind == THREAD else SEND_MESSAGES
        channel = self.rest.channel(call, needs | (ATTACH_FILES if call.files else 0))
        if (call.body.get("flags") or 0) & EPHEMERAL:
            raise RefusedError(400, 50035, "Invalid Form Body", "ephemeral outside an interaction")
        reference = self._referenced(call, channel)
        message = self.state.add_message(channel, self.state.bot, reference=reference, kind=19 if reference else 0)
        try:
            self.rest.fill(message, call.body, call.files)
        except RefusedError:
            del self.state.messages[message.id]
            raise
        if reference is not None and (message.allowed_mentions or {}).get("replied_user", True):
            message.mentions.append(reference.author)
        await self.rest.announce("MESSAGE_CREATE", message)
        return 200, message_json(self.state, message)

    def _referenced(self, call: Call, channel: Channel) -> Message | None:
        wanted = call.body.get("message_reference")
        if not wanted:
            return None
        target = self.state.messages.get(int(wanted["message_id"]))
        if target is not None and not target.deleted and not target.ephemeral and target.channel is channel:
            if channel.kind != DM and not channel.bot_permissions & READ_MESSAGE_HISTORY:
                raise RefusedError(400, 160002, "Cannot reply without permission to read message history")
            return target
        if wanted.get("fail_if_not_exists", True) is False:
            return None
        raise RefusedError(400, 50035, "Invalid Form Body: message_reference: Unknown message")

    async def edit_message(self, call: Call) -> tuple[int, Any]:
        """PATCH .../messages/{id}: the bot's own only."""
        message = self.rest.message(call)
        if message.author is not self.state.bot:
            raise RefusedError(403, 50005, "Cannot edit a message authored by another user", "edit-foreign")
        await self.rest.change(message, call.body, call.files)
        return 200, message_json(self.state, message)

    async def delete_message(self, call: Call) -> tuple[int, Any]:
        """DELETE .../messages/{id}."""
        message = self.rest.message(call)
        if message.author is not self.state.bot:
            self.rest.channel(call, MANAGE_MESSAGES)
        await self.rest.remove(message)
        return 204, None

    async def create_thread(self, call: Call) -> tuple[int, Any]:
        """POST .../messages/{id}/threads."""
        parent, message = self.rest.channel(call, CREATE_PUBLIC_THREADS), self.rest.message(call)
        if parent.guild is None or parent.kind == THREAD:
            raise RefusedError(400, 50024, "Cannot execute action on this channel type", "thread-place")
        if message.thread is not None:
            raise RefusedError(400, 160004, "A thread has already been created for this message")
        thread = Channel(
            message.id, call.body["name"], THREAD, parent.guild, parent=parent, owner=self.state.bot,
            archive_minutes=call.body.get("auto_archive_duration") or 1440, bot_permissions=parent.bot_permissions,
        )  # fmt: skip
        self.state.channels[thread.id] = message.thread = thread
        payload = channel_json(self.state, thread)
        await self.rest.gateway.dispatch("THREAD_CREATE", {**payload, "newly_created": True}, parent.guild.id, GUILDS)
        return 201, payload
