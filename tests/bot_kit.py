"""What the bot's tests share: a running bot, and an answer service that fails on demand."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord

import ncrelations
import ncrelations_discord
from discord_wire import Message, WireServer
from ncrelations import Answer, ChatState, Comparison, Library
from ncrelations.document.corpus import Where
from ncrelations.document.voice import Voice
from ncrelations.editions.nato_china.edition import Edition, edition
from ncrelations.languages.scorers import Scorers
from ncrelations_discord import Settings, create_client

ROOT = Path(__file__).parents[1]
PATH = os.pathsep.join(str(Path(str(each.__file__)).parents[1]) for each in (ncrelations, ncrelations_discord))
"""Where a process of its own finds the packages."""

AUKUS = "How does China see AUKUS, the Quad and the Five Eyes?"
UNANSWERED = "What does the report say about Albania?"
PARTIAL = "How many ships does NATO have in the South China Sea?"


class Troubled(Edition):
    """The real documents, with something done before each answer: raising, waiting, counting."""

    def __init__(self, before: Callable[[str], None]) -> None:
        super().__init__(edition().corpus)
        self.before = before

    @property
    def scorers(self) -> Scorers:
        """Those of the edition, which are loaded once for all tests."""
        return edition().scorers

    def turn(
        self,
        state: ChatState,
        question: str,
        k: int = 5,
        within: Where | None = None,
        voice: str | Voice | None = None,
    ) -> tuple[Answer, ChatState]:
        """Do what the test wants, then answer."""
        self.before(question)
        return super().turn(state, question, k, within, voice)

    def compare(self, topic: str, k: int = 2) -> Comparison:
        """Do what the test wants, then compare."""
        self.before(topic)
        return super().compare(topic, k)


class Held:
    """Holds the worker until the test lets it go."""

    def __init__(self) -> None:
        self.gate = threading.Event()

    def __call__(self, _: str) -> None:
        """Wait, at most a while."""
        self.gate.wait(10)


def settings(wire: WireServer, **changes: Any) -> Settings:
    """Settings for tests: generous cooldowns, a short start."""
    generous: dict[str, Any] = {
        "person_questions": 1000, "channel_questions": 1000, "guild_ready_timeout": 0.05, "drain_seconds": 1.0,
        "processes": 0,
    }  # fmt: skip
    return Settings(token=wire.token, **{**generous, **changes})


@asynccontextmanager
async def running(wire: WireServer, library: Library | None = None, **changes: Any) -> AsyncIterator[discord.Client]:
    """The bot, connected to the test server."""
    client = create_client(settings(wire, **changes), connector=wire.connector(), library=library)
    async with wire.run(client):
        yield client


def labels(message: Message) -> list[str]:
    """The labels of a message's buttons."""
    return [part["label"] for part in message.controls()]


def embed(message: Message) -> dict[str, Any]:
    """The one embed of a message."""
    (only,) = message.embeds
    return only


@asynccontextmanager
async def process(wire: WireServer, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot, as `python -m ncrelations_discord` would start it."""
    given = {"PYTHONPATH": PATH, "PATH": os.environ["PATH"], "NCR_DISCORD_GUILD_READY_TIMEOUT": "0.05", **environment}
    started = await asyncio.create_subprocess_exec(
        *wire.launch_command("ncrelations_discord"), env=given, cwd=ROOT / "tests",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()
