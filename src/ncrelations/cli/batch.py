"""`ncr ask --batch FILE`: many questions, answers in order, a bad line fails alone."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any, BinaryIO

import click

import ncrelations as ncr
from ncrelations.cli.current import current, is_default
from ncrelations.cli.output import Output
from ncrelations.cli.streams import is_terminal
from ncrelations.document.citation import printable

_LONGEST_LINE = 100_000
_FEW = 64  # so many lines are answered sooner than a second process has started
_AHEAD = 32

Row = dict[str, Any]
"""An answer as data; or, for a line that failed, its number and the error."""


def run_batch(output: Output, file: BinaryIO, k: int, within: str | None, voice: str | None) -> None:
    """Ask every line of `file`, print a JSON line for each, and end with the exit code for the whole."""
    current().search("warm", 1)  # a missing index or model is one error, not one a line
    counts: Counter[str] = Counter()
    for row in answers(file, {"k": k, "within": within, "voice": voice}):
        output.rows([row])
        counts["failed" if "error" in row else row["status"]] += 1
        if "error" in row:
            click.echo(f"ncr: line {row['line']}: {row['error']}", err=True)
        elif is_terminal(sys.stderr) and not counts.total() % 10:
            click.echo(f"\r{counts.total():,} answered ", err=True, nl=False)
    told = ", ".join(f"{count:,} {status}" for status, count in sorted(counts.items()))
    click.echo(f"{counts.total():,} questions: {told or 'none'}", err=True)
    found = counts["answered"] + counts["partial"]
    click.get_current_context().exit(2 if counts["failed"] else 0 if found else 1)


def answers(file: BinaryIO, options: Row) -> Iterator[Row]:
    """The answer to each line that is not blank, in order."""
    lines = _lines(file)
    first = list(islice(lines, _FEW))
    if len(first) < _FEW or not is_default(current()):  # another process would not find another library
        return (_answer(number, line, options) for number, line in chain(first, lines))
    return _shared_out(chain(first, lines), options)


def _shared_out(lines: Iterator[tuple[int, bytes | None]], options: Row) -> Iterator[Row]:
    """The same from two processes, some lines being worked on ahead.

    Threads would not do: half of the work holds the interpreter's lock.
    """
    workers = min(2, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, get_context("spawn"), _leave_interrupts_to_the_parent) as pool:
        waiting: deque[Future[Row]] = deque()
        for number, line in lines:
            waiting.append(pool.submit(_answer, number, line, options))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines; `None` for one that is too long, of which no more is kept than fits."""
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        rest = line
        while len(rest) == _LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(_LONGEST_LINE)
        if rest is not line:
            yield number, None
        elif line.strip():
            yield number, line


def _answer(number: int, line: bytes | None, options: Row) -> Row:
    try:
        asked = {**options, **_asked(line)}
        return current().ask(asked["question"], asked["k"], asked["within"], asked["voice"]).to_dict()
    except (ncr.NCRelationsError, ValueError) as error:
        return {"line": number, "error": printable(str(error), 200)}


def _asked(line: bytes | None) -> Row:
    """The question of a line, with what it says of `k`, `within` and `voice`."""
    if line is None:
        raise ValueError(f"the line is longer than {_LONGEST_LINE:,} bytes")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("this is not JSON") from None
    asked = {"question": value} if isinstance(value, str) else value
    kinds = {"question": str, "k": int, "within": str | None, "voice": str | None}
    if not isinstance(asked, dict) or "question" not in asked:
        raise ValueError('a line is a JSON text or {"question": "..."}')
    given = {name: asked[name] for name in kinds if name in asked}
    for name, each in given.items():
        if not isinstance(each, kinds[name]) or isinstance(each, bool):
            raise ValueError(f"{name} has the wrong type")  # noqa: TRY004  # a bad line, as the others are
    return given
