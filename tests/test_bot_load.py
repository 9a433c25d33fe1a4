"""Many questions at once, and for long: acknowledged in time, answered all, heartbeat and memory steady."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot_kit import AUKUS, PARTIAL, UNANSWERED, process
from discord_wire import Interaction, Spec, WireServer

pytestmark = pytest.mark.asyncio

QUESTIONS = (AUKUS, PARTIAL, UNANSWERED, "maritime security", "What does NATO think of Chinese technology?")

BEAT = 1.0
"""Seconds between heartbeats; Discord asks for one in 41."""


QUIET = {
    "NCR_DISCORD_PERSON_QUESTIONS": "1000", "NCR_DISCORD_CHANNEL_QUESTIONS": "1000", "NCR_DISCORD_LOG_LEVEL": "WARNING",
}  # fmt: skip
"""Generous cooldowns, and no log that would fill the pipe."""


def resident(process_id: int | None) -> int:
    """The resident memory of a process, in bytes."""
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * resource.getpagesize()


@pytest_asyncio.fixture
async def wire() -> AsyncIterator[WireServer]:
    """A test server that judges by its own rules alone: a slow judge would count as a slow bot."""
    server = WireServer(Spec(None))
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
    server.check()


async def ask_many(wire: WireServer, count: int) -> list[Interaction]:
    """Send so many questions as fast as they can be typed."""
    asked = []
    for number in range(count):
        person = wire.alice if number % 2 else wire.bob
        asked.append(await wire.slash(person, wire.channel, "ask", question=QUESTIONS[number % len(QUESTIONS)]))
    return asked


async def test_two_hundred_questions_at_once(wire: WireServer) -> None:
    """The bot's own process acknowledges each in under three seconds and answers it; the heartbeat keeps its time."""
    wire.gateway.heartbeat_seconds = BEAT
    async with process(wire, NCR_DISCORD_TOKEN=wire.token, **QUIET) as bot:
        await wire.connected(20)
        begun = time.monotonic()
        asked = await ask_many(wire, 200)
        sent = time.monotonic() - begun
        answers = [await each.response(60) for each in asked]
        took = time.monotonic() - begun
        bot.terminate()
        await asyncio.wait_for(bot.communicate(), 20)
    slowest = max(each.ack_seconds or 99 for each in answers)
    beats = wire.connections[0].heartbeats
    print(f"200 questions sent in {sent:.2f} s: slowest acknowledgement {slowest:.2f} s,")
    print(f"all answered after {took:.1f} s, {len(beats)} heartbeats every {BEAT} s, none late")
    assert sent < 1
    assert slowest < 3
    assert all(each.reply.embeds for each in answers)
    assert len(beats) >= int(took / BEAT) - 1


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="no /proc to read memory from")
async def test_memory_is_level(wire: WireServer) -> None:
    """After 2,000 questions the bot's process holds as much as after 400."""
    levels = []
    async with process(wire, NCR_DISCORD_TOKEN=wire.token, **QUIET) as bot:
        await wire.connected(20)
        for number in range(20):
            for each in await ask_many(wire, 100):
                await each.response(60)
            if number % 2:
                levels.append(resident(bot.pid))
        bot.terminate()
        await asyncio.wait_for(bot.communicate(), 20)
    print("MB after every 200 questions:", [round(level / 1e6, 1) for level in levels])
    assert levels[-1] - levels[1] < 5e6
