"""`ncr serve` under load: every question acknowledged within a second and answered, and memory that stays level."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason='pip install "ncrelations[serve]"')

from process_kit import SEES_PROCESSES, memory, questions, steady_clock
from served_kit import Address, Served, got

pytestmark = pytest.mark.asyncio

HEAD = (
    "POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
    "Connection: close\r\nContent-Length: {}\r\n\r\n"
)
"""The head of a request that waits for "100 Continue", which says that the request was taken."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The edition, served by two processes."""
    started = Served(tmp_path, processes=2)
    until = time.monotonic() + 30
    while got(started.at, "/readyz")[0] != 200:
        assert time.monotonic() < until
        time.sleep(0.05)
    with steady_clock():
        yield started
    started.end()


async def acknowledged(at: Address, question: str) -> tuple[float, bytes]:
    """The seconds until a question was acknowledged, and the status line of its answer."""
    begun, body = time.monotonic(), json.dumps({"question": question}).encode()
    reader, writer = await asyncio.open_connection(*at)
    try:
        writer.write(HEAD.format(len(body)).encode())
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        seconds = time.monotonic() - begun
        writer.write(body)
        return seconds, (await reader.read()).partition(b"\r\n")[0]
    finally:
        writer.close()


async def ask_many(at: Address, asked: list[str]) -> float:
    """Ask all at once; each must be answered. The seconds that the slowest acknowledgement took."""
    told = await asyncio.gather(*(acknowledged(at, each) for each in asked))
    assert {line for _, line in told} == {b"HTTP/1.1 200 OK"}
    return max(seconds for seconds, _ in told)


async def test_two_hundred_questions_at_once(served: Served) -> None:
    """While both processes answer, 200 questions are acknowledged within a second each, and all are answered."""
    before, asked = [*questions(240)][:40], [*questions(240)][40:]
    busy = asyncio.create_task(ask_many(served.at, before))
    await asyncio.sleep(0.1)
    begun = time.monotonic()
    slowest = await ask_many(served.at, asked)
    print(f"200 questions: slowest acknowledgement {slowest:.2f} s, all answered in {time.monotonic() - begun:.1f} s")
    assert slowest < 1
    await busy


@pytest.mark.long
@pytest.mark.skipif(not SEES_PROCESSES, reason="no /proc to look at memory in")
async def test_memory_is_level(served: Served) -> None:
    """After 3,000 different questions the server and its processes hold as much as after 500."""
    levels, asked = [], [*questions(3_000)]
    for number in range(0, 3_000, 20):
        await ask_many(served.at, asked[number : number + 20])
        levels.append(memory(served.process.pid) / 1e6)
    print("MB after every 500 questions:", [round(each, 1) for each in levels[24::25]])
    assert levels[-1] - levels[24] < 10
