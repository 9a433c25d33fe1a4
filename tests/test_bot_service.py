"""Cooldown and queue without Discord."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ncrelations_discord.answers import Documents
from ncrelations_discord.cooldown import Cooldown
from ncrelations_discord.desk import BusyError, Desk
from ncrelations_discord.operator_settings import Settings
from ncrelations_discord.service import RefusalError, Service


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_a_window_slides() -> None:
    """Two uses in ten seconds; the third may come ten seconds after the first."""
    clock = Clock()
    cooldown = Cooldown(2, 10, clock)
    for now, seconds in ((1000, None), (1004, None), (1005, 5), (1010.5, None), (1011, 3)):
        clock.now = now
        assert cooldown.wait(7) == seconds
        if seconds is None:
            cooldown.use(7)
    assert cooldown.wait(8) is None


def test_a_clock_that_is_set_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wall clock set back by an hour refuses nobody for an hour: what is told is in seconds from now."""
    service = Service(Settings(token="a.b.c", person_questions=1, window_seconds=20), Documents())  # noqa: S106
    monkeypatch.setattr(time, "time", lambda: 10_000.0)
    service.admit(1, 5)
    monkeypatch.setattr(time, "time", lambda: 6_400.0)
    with pytest.raises(RefusalError) as refused:
        service.admit(1, 5)
    told = int(str(refused.value.values["when"]).removeprefix("<t:").removesuffix(":R>"))
    assert 6_400 < told <= 6_421


def test_nothing_is_remembered_longer_than_the_window() -> None:
    """Ids leave memory by themselves."""
    clock = Clock()
    cooldown = Cooldown(2, 10, clock)
    for person in range(100):
        cooldown.use(person)
        assert cooldown.first_refusal(person)
        assert not cooldown.first_refusal(person)
    clock.now += 11
    cooldown.wait(0)
    assert len(cooldown) == 0
    assert cooldown.first_refusal(0)


def test_a_refusal_counts_for_neither() -> None:
    """A person who is refused does not use up the channel's questions; the time is Discord's relative one."""
    service = Service(Settings(token="a.b.c", person_questions=1, channel_questions=2), Documents())  # noqa: S106
    service.admit(1, 5)
    with pytest.raises(RefusalError) as refused:
        service.admit(1, 5)
    assert refused.value.quiet
    assert str(refused.value.values["when"]).startswith("<t:")
    service.admit(2, 5)
    with pytest.raises(RefusalError, match="cooldown_channel"):
        service.admit(3, 5)
    service.stop()


@pytest.mark.asyncio
async def test_the_desk_refuses_when_full_and_gives_up() -> None:
    """A bounded queue, a time limit; what nobody waits for any more is not begun."""
    begun: list[int] = []
    desk, gate, thread = Desk(2, 0.2), threading.Event(), ThreadPoolExecutor(1)
    first = asyncio.create_task(desk.run(lambda: thread.submit(gate.wait, 5)))
    second = asyncio.create_task(desk.run(lambda: thread.submit(begun.append, 2)))
    await asyncio.sleep(0.01)
    with pytest.raises(BusyError):
        await desk.run(lambda: thread.submit(begun.append, 3))
    with pytest.raises(TimeoutError):
        await first
    with pytest.raises(TimeoutError):
        await second
    gate.set()
    assert await desk.run(lambda: thread.submit(threading.get_ident)) != threading.get_ident()
    assert (desk.waiting, begun) == (0, [])
    thread.shutdown()
    with pytest.raises(RuntimeError):
        await desk.run(lambda: thread.submit(gate.wait))
    assert desk.waiting == 0
