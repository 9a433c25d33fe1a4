"""Answers from processes: one that dies, hangs or cannot open its documents is replaced, its question not lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason='pip install "ncrelations[serve]"')

from ncrelations.errors import AnswerUnavailable, IndexMismatch, InvalidQuestion
from ncrelations.library import Library
from ncrelations.service import answering_processes
from ncrelations.service.answering_processes import ProcessesAnswering
from ncrelations.service.request_data import Ask
from ncrelations.service.service_answers import Answers, Work
from service_stub import damaged, opened, opened_with

ServedBy = ProcessesAnswering[Work, bytes]


@contextmanager
def answering(opening: Callable[[], Library] = opened, count: int = 1, seconds: float = 10.0) -> Iterator[ServedBy]:
    """Processes that answer, started."""
    started = ProcessesAnswering(partial(Answers, opening), count, seconds)
    started.start()
    try:
        yield started
    finally:
        started.stop()


@pytest.fixture(scope="module")
def one() -> Iterator[ServedBy]:
    """One process, for several tests: each leaves it able to answer."""
    with answering(seconds=1.0) as started:
        yield started


def order(question: str) -> Work:
    """A question to the stub."""
    return "ask", Ask(question=question)


def asked(processes: ServedBy, question: str) -> dict[str, Any]:
    """The answer to a question."""
    data: dict[str, Any] = json.loads(processes.submit(order(question)).result(30))
    return data


def test_errors_come_back_as_they_are(one: ServedBy) -> None:
    """A refusal is the library's own error; what nobody foresaw names no question; both leave the process."""
    before = asked(one, "hello")["question"]
    with pytest.raises(InvalidQuestion, match="it is refused; ask another"):
        asked(one, "refuse")
    with pytest.raises(AnswerUnavailable, match=r"an error inside \(ZeroDivisionError\)"):
        asked(one, "break")
    assert asked(one, "hello")["question"] == before
    assert one.unready() is None


def test_a_process_that_dies_is_replaced_and_its_question_answered(one: ServedBy, tmp_path: Path) -> None:
    """What ends a process once is asked again of another one; what ends two is refused in words."""
    before = one.restarts()
    assert asked(one, f"die once {tmp_path / 'died'}")["status"] == "not_found"
    assert one.restarts() == before + 1
    with pytest.raises(AnswerUnavailable, match="ended twice"):
        asked(one, "die")
    asked(one, "hello")
    (running,) = one.processes()
    os.kill(running, signal.SIGKILL)
    assert asked(one, "hello")["question"] not in ("", f"hello ({running})")


def test_processes_that_die_idle_cost_no_question() -> None:
    """Where all are killed while nobody asks, the next questions are answered: none of them ended a process."""
    with answering(count=3) as three:
        for _ in range(3):
            asked(three, "hello")
        killed = three.processes()
        for each in killed:
            os.kill(each, signal.SIGKILL)
        while {child.pid for child in multiprocessing.active_children()} & {*killed}:
            time.sleep(0.01)  # a killed process takes some time to end, the longer the busier the machine is
        assert [asked(three, "hello")["status"] for _ in range(3)] == ["not_found"] * 3


def test_what_takes_too_long_is_given_up(one: ServedBy) -> None:
    """The process that hangs is ended, and the next question answered by another."""
    begun = time.monotonic()
    with pytest.raises(AnswerUnavailable, match="longer than 1 seconds"):
        asked(one, "wait 60")
    assert time.monotonic() - begun < 20
    assert asked(one, "hello")["status"] == "not_found"


def test_documents_that_cannot_be_opened_are_told_to_whoever_asks() -> None:
    """The server is not ready, says why to its operator, and each question fails with the reason."""
    with answering(damaged) as broken:
        with pytest.raises(IndexMismatch, match="the index is missing"):
            asked(broken, "hello")
        assert "the index is missing" in (broken.unready() or "")


def test_documents_are_opened_again_until_they_are_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that was not ready becomes so by itself, once what it lacked is there."""
    monkeypatch.setattr(answering_processes, "RETRY_SECONDS", 0.05)
    with answering(partial(opened_with, str(tmp_path / "index"))) as late:
        until = time.monotonic() + 20
        while "missing" not in (late.unready() or "") and time.monotonic() < until:
            time.sleep(0.02)
        (tmp_path / "index").touch()
        while late.unready() is not None and time.monotonic() < until:
            time.sleep(0.02)
        assert late.unready() is None


def test_stopping_ends_every_process() -> None:
    """After stopping no process is left, and what was waiting is refused or cancelled."""
    with answering(count=2) as both:
        running = both.processes()
        waiting = [both.submit(order("wait 30")) for _ in range(3)]
    assert len(running) == 2
    for each in running:
        with pytest.raises(ProcessLookupError):
            os.kill(each, 0)
    assert all(each.done() for each in waiting)
    assert all(each.cancelled() or isinstance(each.exception(), AnswerUnavailable) for each in waiting)
