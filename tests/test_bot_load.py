"""Many questions at once, and for long: acknowledged in time, answered all, heartbeat and memory steady."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterable

import pytest
import pytest_asyncio

from bot_kit import AUKUS, PARTIAL, UNANSWERED, process
from discord_wire import Interaction, Spec, WireServer
from process_kit import SEES_PROCESSES, memory, questions, steady_clock

pytestmark = pytest.mark.asyncio

QUESTIONS = (AUKUS, PARTIAL, UNANSWERED, "maritime security", "What does NATO think of Chinese technology?")

BEAT = 1.0
"""Seconds between heartbeats; Discord asks for one in 41."""


QUIET = {
    "NCR_DISCORD_PERSON_QUESTIONS": "1000", "NCR_DISCORD_CHANNEL_QUESTIONS": "1000", "NCR_DISCORD_LOG_LEVEL": "WARNING",
}  # fmt: skip
"""Generous cooldowns, and no log that would fill the pipe."""


@pytest_asyncio.fixture
async def wire() -> AsyncIterator[WireServer]:
    """A test server that judges by its own rules alone: a slow judge would count as a slow bot."""
    server = WireServer(Spec(None))
    await server.start()
    try:
        with steady_clock():
            yield server
    finally:
        await server.stop()
    server.check()


async def ask_many(wire: WireServer, asked: Iterable[str]) -> list[Interaction]:
    """Send questions as fast as they can be typed."""
    people = itertools.cycle((wire.alice, wire.bob))
    return [await wire.slash(next(people), wire.channel, "ask", question=each) for each in asked]


async def test_two_hundred_questions_within_a_second(wire: WireServer) -> None:
    """While both processes answer, each is acknowledged within a second and answered; the heartbeat keeps its time."""
    wire.gateway.heartbeat_seconds = BEAT
    async with process(wire, NCR_DISCORD_TOKEN=wire.token, NCR_DISCORD_PROCESSES="2", **QUIET) as bot:
        await wire.connected(20)
        busy = await ask_many(wire, itertools.islice(itertools.cycle(QUESTIONS), 40))
        begun = time.monotonic()
        asked = await ask_many(wire, itertools.islice(itertools.cycle(QUESTIONS), 200))
        sent = time.monotonic() - begun
        answers = [await each.response(60) for each in [*busy, *asked]]
        took = time.monotonic() - begun
        bot.terminate()
        await asyncio.wait_for(bot.communicate(), 20)
    slowest = max(each.ack_seconds or 99 for each in answers)
    beats = wire.connections[0].heartbeats
    print(f"200 questions sent in {sent:.2f} s: slowest acknowledgement {slowest:.2f} s,")
    print(f"all answered after {took:.1f} s, {len(beats)} heartbeats every {BEAT} s, none late")
    assert sent < 1
    assert slowest < 1
    assert all(each.reply.embeds for each in answers)
    assert len(beats) >= int(took / BEAT) - 1


@pytest.mark.skipif(not SEES_PROCESSES, reason="no /proc to look at memory in")
@pytest.mark.parametrize(
    "count", [pytest.param(2_000, marks=pytest.mark.slow), pytest.param(3_000, marks=pytest.mark.long)]
)
async def test_memory_is_level(wire: WireServer, count: int) -> None:
    """After so many different questions the bot and its processes hold as much as after 500."""
    levels, asked = [], questions(count)
    async with process(wire, NCR_DISCORD_TOKEN=wire.token, NCR_DISCORD_PROCESSES="2", **QUIET) as bot:
        await wire.connected(20)
        for _ in range(0, count, 20):
            for each in await ask_many(wire, itertools.islice(asked, 20)):
                await each.response(60)
            levels.append(memory(bot.pid) / 1e6)
        bot.terminate()
        await asyncio.wait_for(bot.communicate(), 20)
    print("MB after every 500 questions:", [round(level, 1) for level in levels[24::25]])
    assert levels[-1] - levels[24] < 10
