"""What the bot does, without Discord: who may ask now, and the answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import CollectionUnavailable
from ncrelations.service.answering_processes import ProcessesAnswering
from ncrelations.service.workers import Answering, ThreadsAnswering, usable_cores
from ncrelations_discord.answers import Documents
from ncrelations_discord.asked import Answerer, First, SentCard, Work, in_a_process
from ncrelations_discord.cards import Card, StaleError
from ncrelations_discord.collected import Beside, Where
from ncrelations_discord.cooldown import Cooldown
from ncrelations_discord.desk import Desk
from ncrelations_discord.logs import log
from ncrelations_discord.operator_settings import Settings

T = TypeVar("T")


class RefusalError(Exception):
    """A polite no: the name of a text and its values. `quiet` ones are for the asker alone."""

    def __init__(self, name: str, *, quiet: bool = False, **values: object) -> None:
        super().__init__(name)
        self.name, self.quiet, self.values = name, quiet, values


class Service:
    """The settings, what answers come from, and how often they may be asked for."""

    def __init__(self, settings: Settings, documents: Documents) -> None:
        self.settings, self.documents = settings, documents
        named = settings.collection if documents.is_edition else None
        self.beside = None if named is None else Beside(named, documents)
        """The collection that can be asked, too; `None` where the operator names none."""
        self.answering = _answering(settings, documents, self.beside)
        """What works out answers."""
        self._reading = ThreadPoolExecutor(1, "ncrelations")
        self._asked = Desk(settings.queue, settings.answer_seconds)
        self._read = Desk(settings.queue, settings.answer_seconds)
        self.people = Cooldown(settings.person_questions, settings.window_seconds)
        self.channels = Cooldown(settings.channel_questions, settings.window_seconds)
        self.warm = False
        """Whether questions are answered."""
        self.stopping = False
        """Whether the bot is shutting down: nothing new is begun."""
        self.active = 0
        """How many people are being answered."""

    async def prepare(self) -> None:
        """Wait until questions are answered. Raises `NCRelationsError` where they cannot be.

        Whether the collection opens is looked at, too; it is asked all the same, as it may come back.
        """
        self.answering.start()
        await self.work(self.documents.warm_exports)
        await asyncio.wrap_future(self.answering.submit(First()))
        if self.beside is not None:
            try:
                await self.chosen(Where.COLLECTION)
            except CollectionUnavailable:
                log.exception("the collection cannot be opened")
        self.warm = True

    def admit(self, person: int, channel: int) -> None:
        """Count a question. Raises `RefusalError` for one too many, by a person or in a channel."""
        for cooldown, key, name in (
            (self.people, person, "error.cooldown"), (self.channels, channel, "error.cooldown_channel"),
        ):  # fmt: skip
            seconds = cooldown.wait(key)
            if seconds is not None:
                raise RefusalError(name, quiet=True, when=f"<t:{int(time.time() + seconds) + 1}:R>")
        self.people.use(person)
        self.channels.use(channel)

    async def chosen(self, where: Where) -> Documents:
        """The documents to show. Raises `CollectionUnavailable`, and `StaleError` where no collection is named now."""
        if where is Where.EDITION:
            return self.documents
        beside = self.beside
        if beside is None:
            raise StaleError(where)
        return await self.work(lambda: beside.documents(where))

    async def card(self, work: Work) -> Card:
        """What was asked for, as a card. Raises `NCRelationsError`, `BusyError`, `TimeoutError` and `StaleError`."""
        if work.where is not Where.EDITION and self.beside is None:
            raise StaleError(work.where)
        sent = await self._asked.run(lambda: self.answering.submit(work))
        documents = await self.chosen(work.where)
        return await self.read(documents, lambda: sent.card(documents))

    async def read(self, documents: Documents, read: Callable[[], T]) -> T:
        """Read something of documents: those of a collection may have to be fetched."""
        return read() if documents is self.documents else await self.work(read)

    async def work(self, work: Callable[[], T]) -> T:
        """Do anything else that is slow, and is no question."""
        return await self._read.run(lambda: self._reading.submit(work))

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """Count someone who is being answered; refuse, once the bot is stopping."""
        if self.stopping:
            raise RefusalError("error.stopping", quiet=True)
        self.active += 1
        try:
            yield
        finally:
            self.active -= 1

    async def drain(self) -> None:
        """Begin nothing new, and wait a while for what is under way."""
        self.stopping = True
        end = asyncio.get_running_loop().time() + self.settings.drain_seconds
        while self.active and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.05)

    def stop(self) -> None:
        """End what works; takes a moment."""
        self._reading.shutdown(wait=False, cancel_futures=True)
        self.answering.stop()


def _answering(settings: Settings, documents: Documents, beside: Beside | None) -> Answering[Work, SentCard]:
    """What works out answers: processes, or this one for documents that no other can open."""
    count = usable_cores() if settings.processes is None else settings.processes
    if count == 0 or documents.library is not edition():
        return ThreadsAnswering(lambda: Answerer(documents, beside), 1)
    making = partial(in_a_process, settings.collection, settings.log_level)
    return ProcessesAnswering(making, count, settings.answer_seconds)
