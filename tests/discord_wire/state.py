"""What the test server remembers: people, guilds, channels, messages, commands, and the time."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

DISCORD_EPOCH = 1420070400
TEXT, DM, THREAD = 0, 1, 11
EPHEMERAL, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15

VIEW_CHANNEL, SEND_MESSAGES, EMBED_LINKS, ATTACH_FILES = 1 << 10, 1 << 11, 1 << 14, 1 << 15
READ_MESSAGE_HISTORY, USE_APPLICATION_COMMANDS = 1 << 16, 1 << 31
CREATE_PUBLIC_THREADS, SEND_IN_THREADS = 1 << 35, 1 << 38
MANAGE_GUILD, MANAGE_MESSAGES, ADMINISTRATOR = 1 << 5, 1 << 13, 1 << 3
EVERYBODY = (
    VIEW_CHANNEL | SEND_MESSAGES | EMBED_LINKS | ATTACH_FILES | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS | CREATE_PUBLIC_THREADS | SEND_IN_THREADS
)  # fmt: skip


class WireError(AssertionError):
    """A test asked for something that no Discord user could do, or waited in vain."""


class Clock:
    """The server's time: real time, plus what a test has skipped."""

    def __init__(self) -> None:
        self.skipped = 0.0

    def now(self) -> float:
        """Seconds since 1970, skipped time included."""
        return time.time() + self.skipped

    def advance(self, seconds: float) -> None:
        """Let that many seconds pass at once (900 end an interaction token)."""
        self.skipped += seconds

    def stamp(self, moment: float | None = None) -> str:
        """Return a moment (default: now) as Discord writes it."""
        return datetime.fromtimestamp(self.now() if moment is None else moment, UTC).isoformat()


class Bell:
    """Wakes everyone who waits for a condition whenever something has happened."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Let every waiter look again."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, condition: Callable[[], object], timeout: float = 5.0, what: str = "the condition") -> None:
        """Wait until condition() is true, looking at every ring and now and then; WireError after timeout seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        future: asyncio.Future[None] = loop.create_future()
        while not condition():
            left = end - loop.time()
            if left <= 0:
                raise WireError(f"waited {timeout:g} s in vain for {what}")
            future = loop.create_future() if future.done() else future
            self._waiting = [*(other for other in self._waiting if other is not future), future]
            await asyncio.wait([future], timeout=min(left, 0.02))
        future.cancel()


@dataclass(eq=False)
class User:
    """A person or a bot; `permissions` are those in every guild and channel."""

    id: int
    name: str
    locale: str = "en-US"
    bot: bool = False
    permissions: int = EVERYBODY


@dataclass(eq=False)
class Guild:
    """A server of Discord, with its channels and members."""

    id: int
    name: str
    owner: User
    locale: str = "en-US"
    channels: list[Channel] = field(default_factory=list)
    members: list[User] = field(default_factory=list)


@dataclass(eq=False)
class Channel:
    """A text channel, a thread (with its parent) or a direct conversation (with its recipient)."""

    id: int
    name: str
    kind: int = TEXT
    guild: Guild | None = None
    recipient: User | None = None
    parent: Channel | None = None
    owner: User | None = None
    archive_minutes: int = 1440
    bot_permissions: int = EVERYBODY


@dataclass(eq=False)
class File:
    """A file that somebody attached: `url` is where the server hands it out."""

    id: int
    name: str
    data: bytes
    url: str

    def json(self) -> Json:
        """The attachment as Discord describes it."""
        return {
            "id": str(self.id), "filename": self.name, "size": len(self.data), "url": self.url, "proxy_url": self.url,
        }  # fmt: skip


@dataclass(eq=False)
class Message:
    """One message as it stands now; `edits` counts the changes, `deleted` is set when it is gone."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    flags: int = 0
    reference: Message | None = None
    mentions: list[User] = field(default_factory=list)
    allowed_mentions: Json | None = None
    metadata: Json | None = None
    created: float = 0.0
    edited: float | None = None
    edits: int = 0
    deleted: bool = False
    only_for: User | None = None
    thread: Channel | None = None
    kind: int = 0

    @property
    def ephemeral(self) -> bool:
        """Whether only one user sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says "thinking..."."""
        return bool(self.flags & LOADING)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is in it."""
        return not (self.content or self.embeds or self.components or self.attachments)

    def controls(self) -> list[Json]:
        """Every button and select of the message, in reading order."""
        return [part for part in walk(self.components) if part.get("type") in (2, 3, 5, 6, 7, 8)]

    def text(self) -> str:
        """Everything a reader sees: content, embeds and text components, line by line."""
        lines = [self.content]
        for embed in self.embeds:
            author, footer = embed.get("author") or {}, embed.get("footer") or {}
            lines += [author.get("name", ""), embed.get("title", ""), embed.get("description", "")]
            for entry in embed.get("fields", []):
                lines += [entry["name"], entry["value"]]
            lines.append(footer.get("text", ""))
        lines += [part["content"] for part in walk(self.components) if part.get("type") == 10]
        return "\n".join(line for line in lines if line)


def walk(components: list[Json]) -> list[Json]:
    """Return a component list flattened: every component, those inside others included."""
    found: list[Json] = []
    for part in components:
        found.append(part)
        inside = part.get("components")
        found += walk(inside if isinstance(inside, list) else [])
        found += walk([part[key] for key in ("accessory", "component") if isinstance(part.get(key), dict)])
    return found


class State:
    """Everything the pretended Discord knows."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.bell = Bell()
        self._serial = itertools.count()
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.commands: dict[int | None, list[Json]] = {None: []}
        self.files: dict[str, File] = {}
        self.cdn = "https://cdn.discordapp.com"
        self.typings: list[tuple[float, Channel]] = []
        self.bot = self.add_user("testbot", bot=True)
        self.owner = self.add_user("owner")
        self.application_id = self.snowflake()

    def snowflake(self) -> int:
        """Return a new id, later ones larger, with the moment in it as Discord's have."""
        return int((self.clock.now() - DISCORD_EPOCH) * 1000) << 22 | next(self._serial) & 0x3FFFFF

    def add_user(self, name: str, locale: str = "en-US", permissions: int = EVERYBODY, bot: bool = False) -> User:
        """Return a new person, not yet a member of any guild."""
        user = User(self.snowflake(), name, locale, bot, permissions)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, *members: User, locale: str = "en-US") -> Guild:
        """Return a new guild with the bot in it; before the bot connects."""
        guild = Guild(self.snowflake(), name, self.owner, locale, members=[self.owner, self.bot, *members])
        self.guilds[guild.id] = guild
        return guild

    def add_channel(self, guild: Guild, name: str, bot_permissions: int = EVERYBODY) -> Channel:
        """Return a new text channel, with what the bot may do there; before the bot connects."""
        channel = Channel(self.snowflake(), name, guild=guild, bot_permissions=bot_permissions)
        self.channels[channel.id] = channel
        guild.channels.append(channel)
        return channel

    def dm_channel(self, user: User) -> Channel:
        """Return the direct conversation of a user with the bot, made when needed."""
        for channel in self.channels.values():
            if channel.kind == DM and channel.recipient is user:
                return channel
        channel = Channel(self.snowflake(), "", kind=DM, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def add_file(self, channel: Channel, name: str, data: bytes) -> File:
        """Store a file that somebody attaches in a channel."""
        number = self.snowflake()
        file = File(number, name, data, f"{self.cdn}/attachments/{channel.id}/{number}/{name}")
        self.files[f"/attachments/{channel.id}/{number}/{name}"] = file
        return file

    def add_message(self, channel: Channel, author: User, **parts: Any) -> Message:
        """Store a new message."""
        message = Message(self.snowflake(), channel, author, created=self.clock.now(), **parts)
        self.messages[message.id] = message
        return message

    def history(self, channel: Channel) -> list[Message]:
        """Return the channel's messages that everybody sees, oldest first."""
        return [m for m in self.messages.values() if m.channel is channel and not m.deleted and not m.ephemeral]
