"""The bot as a process of its own, over the tests' Discord: one question, twenty and two hundred at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from benchmarks.bare_bot import YES
from benchmarks.measure import CHECKOUT, environment, median, own_peak_mb
from benchmarks.page import table, took
from benchmarks.questions import read
from discord_wire import Interaction, Spec, WireError, WireServer

BOTS = {"ncrelations": "ncrelations_discord", "bare bot": "benchmarks.bare_bot"}
ROUNDS = {1: 20, 20: 5, 200: 3}
"""How often so many questions are asked at once."""

_LIMIT = 3.0  # after which Discord tells the user that the bot does not respond
_PATIENCE = 60.0
_QUIET = {
    "NCR_DISCORD_PERSON_QUESTIONS": "100000", "NCR_DISCORD_CHANNEL_QUESTIONS": "100000",
    "NCR_DISCORD_LOG_LEVEL": "WARNING", "NCR_DISCORD_GUILD_READY_TIMEOUT": "0.05",
}  # fmt: skip
_LABELS = {1: "1 at a time", 20: "20 at once", 200: "200 at once"}


@dataclass(slots=True)
class Load:
    """What became of the questions of one kind of load."""

    acknowledged: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    failed: int = 0
    """Acknowledged too late, or answered with an error."""

    def row(self, bot: str, label: str) -> tuple[str, ...]:
        """The cells of its line."""
        if not self.answered:
            return (f"{bot}, {label}", str(self.failed), str(self.failed), *("",) * 6)
        times = (f(values) for values in (self.acknowledged, self.answered) for f in (min, median, max))
        return (f"{bot}, {label}", str(len(self.answered) + self.failed), str(self.failed), *map(took, times))


@asynccontextmanager
async def _started(wire: WireServer, module: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot, connected to the test server."""
    process = await asyncio.create_subprocess_exec(
        *wire.launch_command(module), env={**environment(), "NCR_DISCORD_TOKEN": wire.token, **_QUIET},
        cwd=CHECKOUT / "tests", stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await wire.connected(_PATIENCE)
        yield process
    finally:
        process.kill()
        await process.wait()


async def _answered(wire: WireServer, asked: Interaction, load: Load) -> None:
    try:
        await asked.response(_PATIENCE)
    except WireError:
        load.failed += 1
        return
    if not (asked.reply.embeds or asked.reply.text() == YES):
        load.failed += 1
        return
    load.answered.append(wire.state.clock.now() - asked.created)
    load.acknowledged.append(asked.ack_seconds or 0)


async def _measured(module: str, questions: Sequence[str]) -> tuple[dict[int, Load], float | None]:
    """Every load, and the peak of the bot's memory in MB where the system tells it."""
    wire = WireServer(Spec(None))  # its own rules alone: a slow judge would count as a slow bot
    await wire.start()
    loads = {count: Load() for count in ROUNDS}
    following = cycle(questions)
    try:
        async with _started(wire, module) as process:
            await _asked(wire, list(islice(following, 1)), Load())
            for count, rounds in ROUNDS.items():
                for _ in range(rounds):
                    await _asked(wire, list(islice(following, count)), loads[count])
            memory = _peak_mb(process.pid)
    finally:
        await wire.stop()
    return loads, memory


async def _asked(wire: WireServer, questions: Sequence[str], load: Load) -> None:
    people = cycle((wire.alice, wire.bob))
    sent = [await wire.slash(next(people), wire.channel, "ask", question=question) for question in questions]
    await asyncio.gather(*(_answered(wire, each, load) for each in sent))


def _peak_mb(process_id: int) -> float | None:
    """The peaks of a process and of those it started, added up."""
    status = Path(f"/proc/{process_id}/status")
    if not status.exists():
        return None
    started = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return sum(_peak_mb(int(each)) or 0 for each in started) + (own_peak_mb(status.read_text()) or 0)


def section() -> Iterator[str]:
    """Measure and tell."""
    questions = [asked.question for asked in read("report")]
    found = {bot: asyncio.run(_measured(module, questions)) for bot, module in BOTS.items()}
    slowest = max(max(load.acknowledged, default=99.0) for load in found["ncrelations"][0].values())
    yield "## Bot\n\nThe bot's own process over the tests' Discord on loopback, which shares the machine with it:"
    yield "`/ask` with the evaluation questions. The bare bot, the baseline, is discord.py with one command that asks"
    yield "for time and says one fixed word. Times run from sending the question to what the server receives.\n"
    rows = [loads[count].row(bot, _LABELS[count]) for count in ROUNDS for bot, (loads, _) in found.items()]
    columns = [f"{what}, {which}" for what in ("acknowledged", "answered") for which in ("least", "median", "most")]
    yield table(("bot", "questions", "failed", *columns), rows)
    verdict = (
        "kept"
        if slowest <= _LIMIT and not any(each.failed for each in found["ncrelations"][0].values())
        else "NOT KEPT"
    )
    yield f"Slowest acknowledgement: {took(slowest)}; Discord allows {took(_LIMIT)}: {verdict}."
    ours, bare = found["ncrelations"][1], found["bare bot"][1]
    if ours and bare:
        yield f"Peak memory, processes that answer and pages that they share counted in each: {ours:.0f} MB;"
        yield f"the bare bot: {bare:.0f} MB; ratio {ours / bare:.3g}."
