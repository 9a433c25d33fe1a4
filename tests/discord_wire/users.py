"""What people do: commands, clicks, choices, messages. What no person could do raises WireError."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .gateway import DIRECT_MESSAGES, GUILD_MESSAGES, Gateway
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Interaction, may_delete
from .options import build_options, check_place, find_command, resolved
from .payloads import message_json
from .rest import Rest
from .state import DM, Channel, Json, Message, State, User, WireError


class Said:
    """A message a user wrote, and what the bot wrote after it in that place (or in its thread)."""

    def __init__(self, state: State, message: Message) -> None:
        self.state, self.message = state, message

    @property
    def messages(self) -> list[Message]:
        """The bot's messages since, oldest first, deleted ones included."""
        places = (self.message.channel, self.message.thread)
        later = [m for m in self.state.messages.values() if m.id > self.message.id and m.author is self.state.bot]
        return [m for m in later if m.channel in places and not m.loading and m.metadata is None]

    @property
    def reply(self) -> Message:
        """The first of them."""
        if not self.messages:
            raise WireError("the bot wrote nothing")
        return self.messages[0]

    @property
    def seconds(self) -> float:
        """How long the first one took."""
        return self.reply.created - self.message.created

    async def response(self, timeout: float = 8.0, messages: int = 1) -> Said:
        """Wait until the bot has written so many messages."""
        await self.state.bell.until(lambda: len(self.messages) >= messages, timeout, f"{messages} message(s)")
        return self

    async def silence(self, seconds: float = 0.3) -> None:
        """Make sure that the bot writes nothing for a while."""
        await asyncio.sleep(seconds)
        if self.messages:
            raise WireError(f"the bot wrote {self.messages[0].text()!r}")


class Users:
    """The acts of people; mixed into the server."""

    state: State
    gateway: Gateway
    rest: Rest

    async def slash(
        self, user: User, channel: Channel, name: str, *, locale: str | None = None,
        given: Mapping[str, Any] | None = None, **options: Any,
    ) -> Interaction:  # fmt: skip
        """Use a slash command ("ask", or "admin sync" for a subcommand) with its options."""
        command, data = self._command(user, channel, name, {**(given or {}), **options}, focused=None)
        return await self._send(COMMAND, user, channel, {**command, **data}, locale)

    async def autocomplete(
        self, user: User, channel: Channel, name: str, focused: str, *, locale: str | None = None, **options: Any
    ) -> Interaction:
        """Type into an option that completes itself; the answer's `choices` are the suggestions."""
        command, data = self._command(user, channel, name, options, focused=focused)
        return await self._send(AUTOCOMPLETE, user, channel, {**command, **data}, locale)

    def _command(
        self, user: User, channel: Channel, name: str, options: dict[str, Any], focused: str | None
    ) -> tuple[Json, Json]:
        command = find_command(self.state, channel, name.split(maxsplit=1)[0], kind=1)
        check_place(command, user, channel)
        data: Json = {"options": build_options(command, name.split()[1:], options, focused)}
        extra = resolved(self.state, options)
        return _command_data(command), {**data, **({"resolved": extra} if extra else {})}

    async def context_menu(self, user: User, target: Message | User, name: str, channel: Channel | None = None,
                           *, locale: str | None = None) -> Interaction:  # fmt: skip
        """Use a command of the menu of a message, or (with a channel) of a user."""
        data: Json = {"target_id": str(target.id)}
        if isinstance(target, Message):
            self._visible(target, user)
            place = target.channel
            data["resolved"] = {"messages": {str(target.id): message_json(self.state, target)}}
        else:
            if channel is None:
                raise WireError("the menu of a user needs a channel")
            place = channel
            data["resolved"] = resolved(self.state, {"target": target})
        command = find_command(self.state, place, name, kind=3 if isinstance(target, Message) else 2)
        check_place(command, user, place)
        return await self._send(COMMAND, user, place, {**_command_data(command), **data}, locale)

    async def click(self, message: Message, which: str, user: User, *, locale: str | None = None) -> Interaction:
        """Press a button, named by its custom_id or its label."""
        part = self._control(message, user, lambda p: p["type"] == 2 and which in (p.get("custom_id"), p.get("label")))
        if "custom_id" not in part:
            raise WireError(f"the button {which!r} only opens a link")
        data = {"custom_id": part["custom_id"], "component_type": 2, "id": part["id"]}
        return await self._send(COMPONENT, user, message.channel, data, locale, message)

    async def select(
        self, message: Message, values: Sequence[str], user: User, *, custom_id: str | None = None,
        locale: str | None = None,
    ) -> Interaction:  # fmt: skip
        """Choose from a select, by values or labels; custom_id only where there are several."""
        part = self._control(message, user, lambda p: p["type"] == 3 and custom_id in (None, p["custom_id"]))
        known = {option["label"]: option["value"] for option in part["options"]}
        chosen = [known.get(value, value) for value in values]
        if set(chosen) - set(known.values()):
            raise WireError(f"not among the options: {sorted(set(chosen) - set(known.values()))}")
        if not part["min_values"] <= len(chosen) <= part["max_values"]:
            raise WireError(f"{len(chosen)} chosen, {part['min_values']} to {part['max_values']} allowed")
        data = {"custom_id": part["custom_id"], "component_type": 3, "id": part["id"], "values": chosen}
        return await self._send(COMPONENT, user, message.channel, data, locale, message)

    async def submit(self, opened: Interaction, **fields: str) -> Interaction:
        """Fill in and send the dialogue that answered `opened`; fields by custom_id."""
        if opened.modal is None:
            raise WireError("no dialogue was opened")
        components = [_submitted(part, fields) for part in opened.modal["components"]]
        data = {"custom_id": opened.modal["custom_id"], "components": components}
        return await self._send(MODAL, opened.user, opened.channel, data, opened.locale, opened.message, opened)

    async def say(
        self, user: User, channel: Channel, text: str, mentions: Sequence[User] = (), reply_to: Message | None = None,
        attachments: Sequence[Json] = (), *, ping: bool = True,
    ) -> Said:  # fmt: skip
        """Write a message; mentioned users not in the text are put before it; a reply mentions its author if `ping`."""
        if channel.guild is not None and user not in channel.guild.members:
            raise WireError(f"{user.name} is not a member of {channel.guild.name}")
        if len(text) > 2000:
            raise WireError("a person cannot write more than 2000 characters")
        self._connected(None if channel.guild is None else channel.guild.id, channel)
        for other in reversed(mentions):
            text = text if f"<@{other.id}>" in text else f"<@{other.id}> {text}"
        named = [person for person in self.state.users.values() if f"<@{person.id}>" in text]
        if reply_to is not None:
            self._visible(reply_to, user)
            named += [reply_to.author] if ping and reply_to.author not in named else []
        message = self.state.add_message(
            channel, user, content=text, mentions=named, reference=reply_to, kind=19 if reply_to else 0,
            attachments=list(attachments),
        )  # fmt: skip
        await self.rest.announce("MESSAGE_CREATE", message)
        return Said(self.state, message)

    async def dm(self, user: User, text: str, reply_to: Message | None = None) -> Said:
        """Write to the bot directly."""
        return await self.say(user, self.state.dm_channel(user), text, reply_to=reply_to)

    async def delete(self, message: Message, user: User) -> None:
        """Delete a message as its author (or with the permission to)."""
        self._visible(message, user)
        if not may_delete(user, message):
            raise WireError(f"{user.name} may not delete this message")
        await self.rest.remove(message)

    # Behind the acts.

    def _connected(self, guild_id: int | None, channel: Channel | None = None) -> None:
        intent = 0 if channel is None else DIRECT_MESSAGES if channel.kind == DM else GUILD_MESSAGES
        if not any(session.wants(guild_id, intent) for session in self.gateway.sessions.values()):
            raise WireError("no bot is connected that would hear of this (intents?)")

    async def _send(
        self, kind: int, user: User, channel: Channel, data: Json, locale: str | None, message: Message | None = None,
        opened_by: Interaction | None = None,
    ) -> Interaction:  # fmt: skip
        guild_id = None if channel.guild is None else channel.guild.id
        self._connected(guild_id)
        interaction = Interaction(self.state, kind, user, channel, data, locale or user.locale, message, opened_by)
        self.rest.interactions[interaction.token] = interaction
        await self.gateway.dispatch("INTERACTION_CREATE", interaction.payload(), guild_id, 0)
        return interaction

    @staticmethod
    def _visible(message: Message, user: User) -> None:
        if message.deleted:
            raise WireError("the message is deleted")
        if message.only_for not in (None, user):
            raise WireError(f"{user.name} cannot see this message")

    def _control(self, message: Message, user: User, wanted: Callable[[Json], bool]) -> Json:
        self._visible(message, user)
        found = [part for part in message.controls() if wanted(part)]
        if len(found) != 1:
            names = [part.get("label") or part.get("custom_id") for part in message.controls()]
            raise WireError(f"{len(found)} such controls; the message has {names}")
        if found[0].get("disabled"):
            raise WireError("the control is disabled")
        return found[0]


def _command_data(command: Json) -> Json:
    guild = {"guild_id": command["guild_id"]} if "guild_id" in command else {}
    return {"id": command["id"], "name": command["name"], "type": command["type"], **guild}


def _submitted(part: Json, fields: Mapping[str, str]) -> Json:
    """Return a dialogue's row or label as sent back."""
    if part["type"] == 18:
        return {"type": 18, "id": part.get("id", 1), "component": _submitted(part["component"], fields)}
    if part["type"] == 1:
        return {"type": 1, "id": part.get("id", 1), "components": [_submitted(p, fields) for p in part["components"]]}
    if part["type"] != 4:
        return {"type": part["type"], "id": part.get("id", 1)}
    text = fields.get(part["custom_id"], part.get("value") or "")
    if part.get("required", True) and not text:
        raise WireError(f"{part['custom_id']!r} must be filled in")
    if not (part.get("min_length") or 0) <= len(text) <= (part.get("max_length") or 4000):
        raise WireError(f"{part['custom_id']!r}: {len(text)} characters")
    return {"type": 4, "id": part.get("id", 1), "custom_id": part["custom_id"], "value": text}
