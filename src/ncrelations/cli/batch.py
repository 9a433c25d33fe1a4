"""`ncr ask --batch FILE`: many questions, answers in order, a bad line fails alone."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, BinaryIO

import click

import ncrelations as ncr
from ncrelations.citation import printable
from ncrelations.cli.output import Output

_LONGEST_LINE = 100_000
_WORKERS, _AHEAD = 2, 32

Row = dict[str, Any]
"""An answer as data; or, for a line that failed, its number and the error."""


def run_batch(output: Output, file: BinaryIO, k: int, within: str | None, voice: str | None) -> None:
    """Ask every line of `file`, print a JSON line for each, and end with the exit code for the whole."""
    ncr.search("warm", 1)  # a missing index or model is one error, not one a line
    counts: Counter[str] = Counter()
    stderr = click.get_text_stream("stderr")
    for row in answers(file, {"k": k, "within": within, "voice": voice}):
        output.rows([row])
        counts["failed" if "error" in row else row["status"]] += 1
        if "error" in row:
            click.echo(f"ncr: line {row['line']}: {row['error']}", err=True)
        elif stderr.isatty() and not counts.total() % 10:
            click.echo(f"\r{counts.total():,} answered ", err=True, nl=False)
    told = ", ".join(f"{count:,} {status}" for status, count in sorted(counts.items()))
    click.echo(f"{counts.total():,} questions: {told or 'none'}", err=True)
    found = counts["answered"] + counts["partial"]
    click.get_current_context().exit(2 if counts["failed"] else 0 if found else 1)


def answers(file: BinaryIO, options: Row) -> Iterator[Row]:
    """The answer to each line that is not blank, in order, some being worked on ahead."""
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting: deque[Future[Row]] = deque()
        for number, line in _lines(file):
            waiting.append(pool.submit(_answer, number, line, options))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines; `None` for one that is too long, of which no more is kept than fits."""
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        whole = len(line) < _LONGEST_LINE or line.endswith(b"\n")
        while not line.endswith(b"\n") and (line := file.readline(_LONGEST_LINE)):
            pass
        if not whole:
            yield number, None
        elif line.strip():
            yield number, line


def _answer(number: int, line: bytes | None, options: Row) -> Row:
    try:
        asked = {**options, **_asked(line)}
        return ncr.ask(asked["question"], asked["k"], asked["within"], asked["voice"]).to_dict()
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
        if not isinstance(each, kinds[name]) or isinstance(each, bool):  # type: ignore[arg-type]
            raise ValueError(f"{name} has the wrong type")
    return given
