"""One guard around everything a person starts: it always ends in words, never in "thinking..."."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Protocol

import discord

from ncrelations import InvalidCitation, InvalidQuestion, NoSuchPlace
from ncrelations.errors import CollectionUnavailable, InvalidDraft, LanguageUnavailable
from ncrelations.texts import Texts
from ncrelations_discord.cards import StaleError
from ncrelations_discord.desk import BusyError
from ncrelations_discord.logs import log, reference
from ncrelations_discord.safe import clean, escape, shortened
from ncrelations_discord.service import RefusalError, Service

UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED, TOKEN_EXPIRED = 10062, 40060, 50027
OVER = frozenset({UNKNOWN_INTERACTION, TOKEN_EXPIRED})
"""Codes after which an interaction takes no word any more."""

GONE = OVER | {10003, 10008, 50001, 50013}
"""Codes that say who is answered is no longer there: no channel, message, interaction, permission or token."""

ASKERS = (InvalidDraft, InvalidQuestion, InvalidCitation, NoSuchPlace, LanguageUnavailable)
"""The library's errors that a person is told in words; its others are the operator's alone."""


def words_for(error: Exception, texts: Texts, number: str) -> str:
    """What a person reads when something goes wrong; `number` leads an operator to the log."""
    if isinstance(error, RefusalError):
        return texts(error.name, **error.values)
    if isinstance(error, ASKERS):
        return shortened(texts("error.not_understood", problem=escape(clean(texts.problem(error)))), 1500)
    known: dict[type[Exception], str] = {
        BusyError: "busy", TimeoutError: "slow", StaleError: "stale", CollectionUnavailable: "collection",
    }  # fmt: skip
    name = known.get(type(error), "unexpected")
    return texts(f"error.{name}", reference=number)


def expected(error: Exception) -> bool:
    """Whether an error is part of ordinary life: no trace in the log."""
    return isinstance(error, (RefusalError, *ASKERS, BusyError, TimeoutError, StaleError))


class Turn:
    """One interaction from its first response to its last: acknowledged once, answered always."""

    def __init__(self, interaction: discord.Interaction[Any], texts: Texts, what: str) -> None:
        self.interaction, self.texts, self.what = interaction, texts, what
        self.thinking = False
        """Whether "thinking..." is on the screen."""
        self.private = True
        """Whether what is said next is for one person alone."""

    async def defer(self, *, private: bool, thinking: bool = True) -> None:
        """Acknowledge before anything else, and once. A repeated request whose first one arrived is no error."""
        self.private = private
        if self.interaction.response.is_done():
            return
        try:
            await self.interaction.response.defer(ephemeral=private, thinking=thinking)
        except discord.HTTPException as error:
            if error.code != ALREADY_ACKNOWLEDGED:
                raise
        self.thinking = thinking

    async def send(self, *, private: bool | None = None, **parts: Any) -> None:
        """Answer: in place of "thinking...", as the first response, or after it."""
        hidden = self.private if private is None else private
        if not self.thinking and not self.interaction.response.is_done():
            await self.interaction.response.send_message(ephemeral=hidden, **parts)
            return
        await self.interaction.followup.send(ephemeral=hidden, wait=True, **parts)
        self.thinking = False

    async def whisper(self, words: str) -> None:
        """Say something to the asker alone, even where the answer was to be public."""
        if self.thinking and not self.private:
            await self.interaction.delete_original_response()
            self.thinking = False
        await self.send(private=True, content=words)

    async def fail(self, error: Exception) -> None:
        """Tell the person, or at least the log, what went wrong."""
        number = reference()
        report(error, self.what, number)
        if isinstance(error, discord.HTTPException) and error.code in OVER:
            return
        words = words_for(error, self.texts, number)
        try:
            if isinstance(error, RefusalError) and error.quiet:
                await self.whisper(words)
            else:
                await self.send(content=words)
        except Exception as second:  # noqa: BLE001  # this is the last resort, a closing connection included
            report(second, f"{self.what}: telling", number)
            if self.thinking:
                with suppress(Exception):
                    await self.interaction.delete_original_response()


def report(error: Exception, what: str, number: str) -> None:
    """Log an error under its reference id: a line for an expected one, a trace for any other."""
    kind = error.name if isinstance(error, RefusalError) else type(error).__name__
    fields = {"what": what, "reference": number, "kind": kind}
    if expected(error):
        log.info("refused", extra={"fields": fields})
    elif isinstance(error, discord.HTTPException) and error.code in GONE:
        log.warning("nobody to answer", extra={"fields": {**fields, "code": error.code}})
    else:
        log.error("failed", extra={"fields": fields}, exc_info=error)


class Answering(Protocol):
    """Someone's act that wants an answer: an interaction or a message."""

    what: str

    async def fail(self, error: Exception) -> None:
        """Say what went wrong. Never raises."""


async def guarded(turn: Answering, service: Service, work: Callable[[], Awaitable[None]]) -> None:
    """Do the work; whatever happens, the person reads something and the log has a line."""
    begun = time.monotonic()
    try:
        with service.occupied():
            await work()
    except Exception as error:  # noqa: BLE001  # the one place that must catch everything
        await turn.fail(error)
    else:
        milliseconds = round((time.monotonic() - begun) * 1000)
        log.info("answered", extra={"fields": {"what": turn.what, "milliseconds": milliseconds}})
