"""`ncr ask --batch FILE`: many questions, answers in order, a bad line fails alone."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import Any, BinaryIO

import click

import ncrelations as ncr
from ncrelations.cli.batch_helper import Helper, HelperGone
from ncrelations.cli.current import current, is_default
from ncrelations.cli.input_lines import LONGEST_LINE, Line, lines
from ncrelations.cli.output import Output
from ncrelations.cli.streams import is_terminal
from ncrelations.cli.typed import place_of, voice_of
from ncrelations.cli.wishes import Wishes, answer_data
from ncrelations.document.citation import nearest, printable
from ncrelations.errors import did_you_mean

_TOGETHER = 64
"""How many lines of a file are embedded at once; what comes through a pipe is answered line by line."""
_WITH_HELPER, _AHEAD = 2, 4
"""How many parts the helper has at most, and how many are worked on ahead of the first that is not answered."""

_KINDS: dict[str, Any] = {"question": str, "k": int, "within": str | None, "voice": str | None}
"""What a line may say, with its type."""

Row = dict[str, Any]
"""An answer as data; or, for a line that failed, its number and the error."""

Part = tuple[Line, ...]
"""Lines that are answered one after the other by one process."""


def run_batch(output: Output, file: BinaryIO, wishes: Wishes) -> None:
    """Ask every line of `file`, print a JSON line for each, and end with the exit code for the whole."""
    warm_up()  # a missing index or model is one error, not one a line
    place_of(current(), wishes.within), voice_of(current(), wishes.voice)  # and so is a filter of all lines
    counts: Counter[str] = Counter()
    for row in answers(file, wishes):
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


def warm_up() -> None:
    """Load what answers need."""
    current().search("warm", 1)


def answers(file: BinaryIO, wishes: Wishes) -> Iterator[Row]:
    """The answer to each line that is not blank, in order.

    A second process helps as soon as it is ready. Threads would not do: half of the work holds the
    interpreter's lock. Where it cannot start, or is killed, this process goes on alone.
    """
    parts = _parts(lines(file), _TOGETHER if file.seekable() else 1)
    first, second = next(parts, ()), next(parts, ())
    # another process would not find another library
    helped = second and is_default(current()) and (os.cpu_count() or 1) > 1
    helper = Helper.start(warm_up, answer_part) if helped else None
    yield from answer_part(first, wishes)
    rest = chain([second], parts) if second else iter(())
    try:
        yield from _alone(rest, wishes) if helper is None else _together(rest, wishes, helper)
    finally:
        if helper is not None:
            helper.stop()


def _parts(lines: Iterator[Line], size: int) -> Iterator[Part]:
    while part := tuple(islice(lines, size)):
        yield part


def _alone(parts: Iterator[Part], wishes: Wishes) -> Iterator[Row]:
    for part in parts:
        yield from answer_part(part, wishes)


def _together(parts: Iterator[Part], wishes: Wishes, helper: Helper) -> Iterator[Row]:
    """The answers of this process and of a helper that has a few parts beforehand, in order."""
    shared = _Shared(helper, wishes)
    for part in parts:
        shared.take(part)
        yield from shared.answered(_AHEAD)
    yield from shared.answered(0)


class _Shared:
    """Parts that are being answered by two processes, in order."""

    def __init__(self, helper: Helper, wishes: Wishes) -> None:
        self._helper, self._wishes, self._alone = helper, wishes, False
        self._parts: deque[Part] = deque()
        self._rows: dict[Part, list[Row]] = {}

    def take(self, part: Part) -> None:
        """Hand a part to the helper, or answer it here where the helper has enough to do or is not ready."""
        self._parts.append(part)
        busy = len(self._parts) - len(self._rows) > _WITH_HELPER
        if busy or not self._try(lambda: self._helper.ready() and self._helper.ask((part, self._wishes))):
            self._answer(part)

    def answered(self, most: int) -> Iterator[Row]:
        """The answers that are ready, until no more than so many parts are left: those are waited for."""
        while self._parts:
            part = self._parts[0]
            if part not in self._rows and (len(self._parts) > most or self._try(self._helper.done)):
                self._try(self._receive)
            if part not in self._rows:
                return
            self._parts.popleft()
            yield from self._rows.pop(part)

    def _receive(self) -> bool:
        part = next(part for part in self._parts if part not in self._rows)
        self._rows[part] = self._helper.answer()
        return True

    def _answer(self, part: Part) -> None:
        self._rows[part] = answer_part(part, self._wishes)

    def _try(self, step: Callable[[], bool]) -> bool:
        """Take a step with the helper; once it is gone, what it had to answer is answered here."""
        if self._alone:
            return False
        try:
            return step()
        except HelperGone:
            click.echo("ncr: the second process was killed; this one goes on alone", err=True)
            self._alone = True
            for part in self._parts:
                if part not in self._rows:
                    self._answer(part)
            return True


def answer_part(part: Part, wishes: Wishes) -> list[Row]:
    """The answers to some lines, their questions embedded together."""
    if len(part) > 1:
        current().prepare(_questions(part))
    return [answer_line(*line, wishes) for line in part]


def _questions(part: Part) -> Iterator[str]:
    """The questions of the lines that ask one."""
    for _, line in part:
        with suppress(ValueError):
            yield _asked(line)["question"]


def answer_line(number: int, line: bytes | None, wishes: Wishes) -> Row:
    """The answer to one line, or its number and what is wrong with it."""
    try:
        asked = _asked(line)
        within, voice = asked.get("within", wishes.within), asked.get("voice", wishes.voice)
        library = current()
        where, whose = place_of(library, within), voice_of(library, voice)
        answer = library.ask(asked["question"], asked.get("k", wishes.k), where, whose)
        return answer_data(answer, explain=wishes.explain)
    except (ncr.NCRelationsError, ValueError) as error:
        return {"line": number, "error": printable(str(error), 200)}


def _asked(line: bytes | None) -> Row:
    """The question of a line, with what it says of `k`, `within` and `voice`."""
    value = _read(line)
    asked = {"question": value} if isinstance(value, str) else value
    if not isinstance(asked, dict) or ("question" not in asked and not set(asked) - set(_KINDS)):
        raise ValueError('a line is plain words, a JSON text or {"question": "..."}')
    for name, each in asked.items():
        if name not in _KINDS:
            near = did_you_mean(nearest(name, list(_KINDS))) or f"; there are {', '.join(_KINDS)}"
            raise ValueError(f"there is no key {printable(name)!r}{near}")
        if not isinstance(each, _KINDS[name]) or isinstance(each, bool):
            raise ValueError(f"{name} has the wrong type")  # noqa: TRY004  # a bad line, as the others are
    return asked


def _read(line: bytes | None) -> Any:
    """What a line holds: JSON, or plain words."""
    if line is None:
        raise ValueError(f"the line is longer than {LONGEST_LINE:,} bytes")
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8") from None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        if text.startswith(("{", "[", '"')):
            raise ValueError("this is not JSON") from None
        return text
