"""A library for the tests of answering processes: it answers, ends its process, breaks or takes its time, as asked."""

from __future__ import annotations

import os
import time
from pathlib import Path

from ncrelations.answers.answer import Answer
from ncrelations.document.corpus import Where
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.voice import Voice
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import IndexMismatch, InvalidQuestion
from ncrelations.library import Library


class StubLibrary(Library):
    """A question is an order: "die", "die once FILE", "break", "touch FILE", "wait SECONDS", "refuse"."""

    def ask(self, question: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None) -> Answer:
        """Carry out an order."""
        del k, within, voice
        order, _, value = question.partition(" ")
        if order == "die" and not (value and Path(value.removeprefix("once ")).exists()):
            if value:
                Path(value.removeprefix("once ")).touch()
            os._exit(3)
        if order == "touch":
            Path(value).touch()
        if order == "break":
            raise ZeroDivisionError(question)
        if order == "refuse":
            raise InvalidQuestion("it is refused", "ask another")
        time.sleep(float(value) if order == "wait" else 0)
        return Answer(f"{question} ({os.getpid()})", None, "not_found", 0.0, (), None, ())

    def search(
        self, query: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None
    ) -> tuple[Excerpt, ...]:
        """Nothing."""
        del query, k, within, voice
        return ()


def opened() -> Library:
    """The stub."""
    return StubLibrary(edition().corpus)


def opened_with(path: str) -> Library:
    """The stub, where a file is there."""
    return opened() if Path(path).exists() else damaged()


def damaged() -> Library:
    """Nothing: the index is missing."""
    raise IndexMismatch("the index is missing")
