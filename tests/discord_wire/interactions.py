"""Interactions: what a user did, and the protocol by which the bot may answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .payloads import channel_json, member_json, message_json, user_json
from .state import DM, EPHEMERAL, LOADING, MANAGE_MESSAGES, Channel, Json, Message, State, User, WireError

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
FIRST_RESPONSE_SECONDS, TOKEN_SECONDS = 3.0, 900.0
ALLOWED = {COMMAND: (4, 5, 9), COMPONENT: (4, 5, 6, 7, 9), AUTOCOMPLETE: (8,), MODAL: (4, 5, 6, 7)}


class RefusedError(Exception):
    """An answer of 4xx; `rule` names the violation it is, if it is one."""

    def __init__(self, status: int, code: int, message: str, rule: str | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.rule = status, code, message, rule


@dataclass(eq=False)
class Interaction:
    """One act of a user and everything the bot answered to it; it grows while the bot works."""

    state: State
    kind: int
    user: User
    channel: Channel
    data: Json
    locale: str
    message: Message | None = None
    opened_by: Interaction | None = None
    id: int = 0
    token: str = ""
    created: float = 0.0
    ack_seconds: float | None = None
    ack_type: int | None = None
    original: Message | None = None
    messages: list[Message] = field(default_factory=list)
    choices: list[Json] | None = None
    modal: Json | None = None
    updates: int = 0
    deletions: int = 0
    refusals: list[int] = field(default_factory=list)
    expired: bool = False
    late: bool = False

    def __post_init__(self) -> None:
        self.id = self.state.snowflake()
        self.token = secrets.token_urlsafe(48)
        self.created = self.state.clock.now()

    # What a test reads.

    @property
    def deferred(self) -> bool:
        """Whether the bot asked for time first."""
        return self.ack_type in (5, 6)

    @property
    def answered(self) -> bool:
        """Whether the user sees an answer: a message, a change, a dialogue, suggestions."""
        shown = any(not message.loading for message in self.messages)
        return shown or self.updates > 0 or self.deletions > 0 or self.modal is not None or self.choices is not None

    @property
    def reply(self) -> Message:
        """The one message that answers: the first shown, or for a click the message it changed."""
        for message in self.messages:
            if not message.loading:
                return message
        if self.updates and self.message is not None:
            return self.message
        raise WireError(f"the bot answered no message: acknowledged by {self.ack_type}")

    @property
    def ephemeral(self) -> bool:
        """Whether the answer is for the user alone."""
        return self.reply.ephemeral

    async def acknowledged(self, timeout: float = FIRST_RESPONSE_SECONDS + 0.5) -> Interaction:
        """Wait for the first response of any kind."""
        what = "the first response: this interaction failed"
        await self.state.bell.until(lambda: self.ack_type is not None or self.refusals, timeout, what)
        if self.ack_type is None:
            raise WireError(f"the first response was refused: {self.refusals}")
        return self

    async def response(self, timeout: float = 8.0, messages: int = 0) -> Interaction:
        """Wait until the user sees an answer (and at least so many messages), after a timely acknowledgement."""
        await self.acknowledged()
        ready: Callable[[], bool] = lambda: self.answered and self._shown() >= messages  # noqa: E731
        await self.state.bell.until(ready, timeout, f"the answer after callback type {self.ack_type}")
        return self

    def _shown(self) -> int:
        return sum(not message.loading for message in self.messages)

    # What the bot gets.

    def payload(self) -> Json:
        """INTERACTION_CREATE's data."""
        channel, state = self.channel, self.state
        payload: Json = {
            "id": str(self.id), "application_id": str(state.application_id), "type": self.kind, "token": self.token,
            "version": 1, "data": self.data, "locale": self.locale, "entitlements": [], "entitlement_sku_ids": [],
            "attachment_size_limit": 10 * 1024 * 1024, "channel_id": str(channel.id),
            "channel": {**channel_json(state, channel), "permissions": str(self.user.permissions)},
            "app_permissions": str(channel.bot_permissions), "context": 1 if channel.kind == DM else 0,
            "authorizing_integration_owners": {"0": str(channel.guild.id) if channel.guild else "0"},
        }  # fmt: skip
        if channel.guild is None:
            payload["user"] = user_json(self.user)
        else:
            payload |= {
                "guild_id": str(channel.guild.id), "guild_locale": channel.guild.locale,
                "guild": {"id": str(channel.guild.id), "locale": channel.guild.locale, "features": []},
                "member": member_json(self.user, permissions=self.user.permissions),
            }  # fmt: skip
        if self.message is not None:
            payload["message"] = message_json(state, self.message)
        return payload

    def metadata(self) -> Json:
        """Return the `interaction_metadata` of a message that answers."""
        owners = {"0": str(self.channel.guild.id) if self.channel.guild else "0"}
        data: Json = {
            "id": str(self.id), "type": self.kind, "user": user_json(self.user),
            "authorizing_integration_owners": owners,
        }  # fmt: skip
        if self.kind == COMPONENT and self.message is not None:
            data["interacted_message_id"] = str(self.message.id)
        if self.opened_by is not None:
            data["triggering_interaction_metadata"] = self.opened_by.metadata()
        return data

    def summary(self) -> Json:
        """Return the interaction as a callback's answer names it."""
        extra = {} if self.channel.guild is None else {"guild_id": str(self.channel.guild.id)}
        return {"id": str(self.id), "type": self.kind, "channel_id": str(self.channel.id), **extra}

    # The protocol.

    def begin(self, callback: int, arrived: float) -> None:
        """Accept the first response, or refuse it."""
        if self.ack_type is not None:
            raise RefusedError(400, 40060, "Interaction has already been acknowledged.", "second-response")
        if self.late:
            raise RefusedError(404, 10062, "Unknown interaction")
        seconds = arrived - self.created
        if seconds > FIRST_RESPONSE_SECONDS:
            raise RefusedError(404, 10062, f"Unknown interaction ({seconds:.1f} s)", "late-response")
        if callback not in ALLOWED[self.kind] or (callback in (6, 7) and self.message is None):
            raise RefusedError(400, 50035, "Invalid Form Body", f"callback type {callback} to interaction {self.kind}")
        self.ack_type, self.ack_seconds = callback, seconds

    def check_token(self) -> None:
        """Refuse a token that has ended."""
        if self.expired or self.state.clock.now() - self.created > TOKEN_SECONDS:
            raise RefusedError(401, 50027, "Invalid Webhook Token")
        if self.ack_type is None:
            raise RefusedError(404, 10015, "Unknown Webhook", "follow-up-before-response")

    def new_message(self, flags: int, **parts: Any) -> Message:
        """Return a message of the bot that answers; ephemeral ones are the user's alone."""
        hidden = bool(flags & EPHEMERAL)
        message = self.state.add_message(
            self.channel, self.state.bot, flags=flags, metadata=self.metadata(), kind=20 if self.kind == COMMAND else 0,
            only_for=self.user if hidden else None, **parts,
        )  # fmt: skip
        self.messages.append(message)
        return message

    def defer(self, flags: int) -> Message:
        """Show "thinking...", the message a follow-up will fill."""
        self.original = self.new_message(flags & EPHEMERAL | LOADING)
        return self.original

    def find(self, name: str) -> Message:
        """Return the message a webhook route names: @original, or one this interaction made or was made on."""
        if name == "@original":
            message = self.original
        else:
            mine = [*self.messages, *([self.message] if self.message else [])]
            message = next((m for m in mine if str(m.id) == name), None)
        if message is None or message.deleted:
            raise RefusedError(404, 10008, "Unknown Message")
        return message


def may_delete(user: User, message: Message) -> bool:
    """Whether a user may delete a message."""
    return message.author is user or bool(user.permissions & MANAGE_MESSAGES)
