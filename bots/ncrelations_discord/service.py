"""What the bot does, without Discord: who may ask now, and the answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from ncrelations.answers.answer import Answer
from ncrelations.answers.comparison import Comparison
from ncrelations.conversations.state import ChatState
from ncrelations.document.voice import Voice
from ncrelations.errors import CollectionUnavailable
from ncrelations.proofing.draft import Draft
from ncrelations.proofing.finding import Proof
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import StaleError
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
        self.desk = Desk(settings.queue, settings.answer_seconds)
        self.people = Cooldown(settings.person_questions, settings.window_seconds)
        self.channels = Cooldown(settings.channel_questions, settings.window_seconds)
        self.warm = False
        """Whether the model is loaded."""
        self.stopping = False
        """Whether the bot is shutting down: nothing new is begun."""
        self.active = 0
        """How many people are being answered."""

    async def prepare(self) -> None:
        """Load the model, and look whether the collection opens; it is asked all the same, as it may come back."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self.documents.warm)
        if self.beside is not None:
            try:
                await loop.run_in_executor(None, self.beside.documents, Where.COLLECTION)
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
        """The documents to ask. Raises `CollectionUnavailable`, and `StaleError` where no collection is named now."""
        if where is Where.EDITION:
            return self.documents
        beside = self.beside
        if beside is None:
            raise StaleError(where)
        return await self.desk.run(lambda: beside.documents(where))

    async def ask(
        self,
        state: ChatState,
        question: str,
        document: str | None = None,
        voice: Voice | None = None,
        documents: Documents | None = None,
    ) -> tuple[Answer, ChatState]:
        """Answer a question in the light of a conversation."""
        asked = documents or self.documents
        return await self.desk.run(lambda: asked.ask(state, question, document, voice))

    async def compare(self, topic: str, documents: Documents | None = None) -> Comparison:
        """Compare the views on a topic."""
        asked = documents or self.documents
        return await self.desk.run(lambda: asked.compare(topic))

    async def proof(self, draft: Callable[[], Draft]) -> Proof:
        """Read a draft and check its quotations."""
        return await self.desk.run(lambda: self.documents.proof(draft))

    async def work(self, work: Callable[[], T]) -> T:
        """Do anything else that is slow."""
        return await self.desk.run(work)

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
