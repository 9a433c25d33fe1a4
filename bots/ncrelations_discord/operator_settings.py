"""What an operator can set: one frozen value, read from the environment, every problem reported at once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from ncrelations.texts import LANGUAGES, supported
from ncrelations.texts.whole_files import read_whole

PREFIX = "NCR_DISCORD_"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
_MOST_TOKEN_BYTES = 4096
_QUOTES = ("'", '"', "“", "”", "`")
_ADDRESS = re.compile(r"https?://[\w.~:/@!$&*+,;=%-]{3,200}", re.ASCII)


class SettingsError(ValueError):
    """The configuration cannot be used; the message lists every problem and never a secret."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(problems)
        self.problems = problems
        """What is wrong, one sentence each."""

    def __str__(self) -> str:
        return "the bot cannot start:\n" + "\n".join(f"  - {problem}" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the bot can be told. Only the token is needed; it shows in no repr."""

    token: str = field(repr=False)
    """The bot's token, from the developer portal."""
    language: str = "en"
    """The language of fixed texts where Discord names none (direct messages): en, fr, de, zh-Hans or zh-Hant."""
    private: bool = False
    """Whether /ask answers privately unless told otherwise."""
    person_questions: int = 5
    """How many questions one person may ask in a window."""
    channel_questions: int = 30
    """How many questions one channel may ask in a window."""
    window_seconds: float = 20.0
    """The length of that window."""
    processes: int | None = None
    """How many processes answer; 0: the bot's own does. `None` takes one a core, at most four."""
    queue: int = 500
    """How many questions may wait; more are refused politely."""
    answer_seconds: float = 30.0
    """How long a question may wait and be worked on."""
    drain_seconds: float = 10.0
    """How long a shutdown waits for answers under way."""
    sharded: bool = False
    """Whether to run several gateway connections (needed from 2,500 guilds on)."""
    shard_count: int | None = None
    """How many; `None` takes Discord's recommendation."""
    sync_commands: bool = True
    """Whether to register the commands at start, if they differ from what is registered."""
    health_port: int | None = None
    """The port of /healthz and /readyz; `None` opens none."""
    health_address: str = "127.0.0.1"
    """The address they are served at: of the loopback interface, unless a container's manager asks from outside."""
    reader_url: str | None = None
    """The address of the reader, which citations then lead into; `NCR_READER_URL` too."""
    collection: str | None = field(default=None, repr=False)
    """The collection that can be asked beside the edition: a folder, a name, or a server's address; `None` for none."""
    log_level: str = "INFO"
    """The least level that is logged."""
    guild_ready_timeout: float = 2.0
    """How long discord.py waits for further guilds before it calls itself ready."""

    def __post_init__(self) -> None:
        problems = tuple(_problems(self))
        if problems:
            raise SettingsError(problems)

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings of the environment (`NCR_DISCORD_...`); `SettingsError` names all that is wrong.

        The token is `NCR_DISCORD_TOKEN`, or the content of the file that `NCR_DISCORD_TOKEN_FILE` names.
        """
        given = os.environ if environment is None else environment
        problems: list[str] = []
        values: dict[str, Any] = {"token": _token(given, problems), "reader_url": given.get("NCR_READER_URL") or None}
        known = {PREFIX + each.name.upper(): each for each in fields(cls) if each.name != "token"}
        for name in sorted(n for n in given if n.startswith(PREFIX)):
            if name in known:
                _read(name, known[name].name, str(known[name].type), given[name], values, problems)
            elif name not in _OTHERS:
                problems.append(f"{name} is not a setting")
        if not problems:
            return cls(**values)
        stand_in = {**values, "token": values["token"] or "x.x.x"}
        raise SettingsError(tuple(problems + _rest(cls, stand_in)))


_OTHERS = {PREFIX + "TOKEN", PREFIX + "TOKEN_FILE", PREFIX + "OPENAPI"}


def _rest(cls: Callable[..., Settings], values: dict[str, Any]) -> list[str]:
    """The problems of the values that could be read."""
    try:
        cls(**values)
    except SettingsError as error:
        return list(error.problems)
    return []


def _token(given: Mapping[str, str], problems: list[str]) -> str:
    plain, file = given.get(PREFIX + "TOKEN", "").strip(), given.get(PREFIX + "TOKEN_FILE", "").strip()
    if plain and file:
        problems.append(f"set {PREFIX}TOKEN or {PREFIX}TOKEN_FILE, not both")
    elif not plain and not file:
        problems.append(f"no token: set {PREFIX}TOKEN, or {PREFIX}TOKEN_FILE to a file that holds it")
    elif file:
        try:
            plain = read_whole(Path(file), _MOST_TOKEN_BYTES).decode("utf-8", "replace").strip()
        except OSError as error:
            problems.append(f"{PREFIX}TOKEN_FILE cannot be read: {error.strerror}")
            return ""
        if not plain:
            problems.append(f"{PREFIX}TOKEN_FILE names an empty file")
    return plain


def _read(name: str, key: str, kind: str, text: str, values: dict[str, Any], problems: list[str]) -> None:
    """Read one variable into `values`, or say what is wrong with it."""
    text = text.strip()
    if kind == "bool":
        if text.lower() in ("1", "true", "yes", "on", "0", "false", "no", "off"):
            values[key] = text.lower() in ("1", "true", "yes", "on")
        else:
            problems.append(f"{name} must be yes or no")
    elif kind.startswith("str"):
        values[key] = text.upper() if key == "log_level" else text
    else:
        whole = kind.startswith("int")
        try:
            values[key] = int(text) if whole else float(text)
        except ValueError:
            problems.append(f"{name} must be a {'whole ' if whole else ''}number")


def _token_problem(token: str) -> str:
    """What is wrong with a text that is no token, without quoting it."""
    if set(token) & set("\ufeff\ufffd\0"):
        return "the token has bytes that are no text in UTF-8: save its file as UTF-8, without a byte order mark"
    if token[:1] in _QUOTES or token[-1:] in _QUOTES:
        return "the token has quotation marks around it: leave them out"
    if token.casefold().startswith("bot "):
        return 'the token has "Bot" before it: leave that out'
    return "the token is not a bot token (three parts joined by full stops)"


def _is_ip_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _problems(settings: Settings) -> list[str]:
    """What is wrong with the values themselves; the token is never quoted."""
    counts = ("person_questions", "channel_questions", "queue")
    times = ("window_seconds", "answer_seconds", "drain_seconds", "guild_ready_timeout")
    port, shards = settings.health_port, settings.shard_count
    checks = [
        (_TOKEN.fullmatch(settings.token), _token_problem(settings.token)),
        (supported(settings.language) is not None, f"language must be one of {', '.join(LANGUAGES)}"),
        (
            settings.reader_url is None or _ADDRESS.fullmatch(settings.reader_url),
            "reader_url must be an http(s) address",
        ),
        (settings.collection != "", "collection must be a folder, a name or a postgresql:// address"),
        (settings.log_level in LOG_LEVELS, f"log_level must be one of {', '.join(LOG_LEVELS)}"),
        *((getattr(settings, name) >= 1, f"{name} must be at least 1") for name in counts),
        *((0 < getattr(settings, name) <= 600, f"{name} must lie between 0 and 600") for name in times),
        (port is None or 0 <= port <= 65535, "health_port must lie between 0 and 65535"),
        (_is_ip_address(settings.health_address), "health_address must be an IP address, such as 127.0.0.1 or 0.0.0.0"),
        (settings.processes is None or 0 <= settings.processes <= 64, "processes must lie between 0 and 64"),
        (shards is None or settings.sharded, "shard_count needs sharded"),
        (shards is None or shards >= 1, "shard_count must be at least 1"),
    ]
    return [problem for right, problem in checks if not right]
