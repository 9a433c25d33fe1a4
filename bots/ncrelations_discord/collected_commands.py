"""/ask and /compare where an operator names a collection: which documents, and which of them, can be chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from discord import app_commands
from discord.app_commands import Choice

from ncrelations.texts import Texts
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import QUESTION_LIMIT
from ncrelations_discord.choices import CHOICE, MOST_CHOICES, about, label, text
from ncrelations_discord.collected import Where
from ncrelations_discord.commands import ASK_NAMES, Command, answered, compared, run
from ncrelations_discord.guard import Turn
from ncrelations_discord.logs import log
from ncrelations_discord.safe import clean, question_in
from ncrelations_discord.service import Service
from ncrelations_discord.views import Interaction, service_of

PATIENCE = 2.0
"""Seconds that choices are waited for: Discord shows none that come after three."""

PLACES = [Choice(name=text(f"choice.{where.value}"), value=where.value) for where in Where]


def asked_of(collection: str | None, documents: Documents, document: str | None, view: str | None) -> Where:
    """Which documents are meant: those chosen, else those that have the document and the view, else the edition."""
    if collection is not None:
        return Where(collection)
    views = [voice.value for voice in documents.voices]
    known = (document is None or document in documents.ids) and (view is None or view in views)
    return Where.EDITION if known else Where.COLLECTION


def ask_of_both(documents: Documents) -> Command:
    """/ask: a question to the documents, to the collection, or to both."""

    @app_commands.command(name=text("command.ask"), description=text("command.ask_about"))
    @app_commands.describe(
        question=text("command.question_about"), view=text("command.view_about"), private=text("command.private_about"),
        document=text("command.document_any_about"), collection=text("command.collection_about"),
    )  # fmt: skip
    @ASK_NAMES
    @app_commands.rename(collection=text("command.collection"))
    @app_commands.choices(collection=PLACES)
    @app_commands.autocomplete(document=documents_offered, view=views_offered)
    async def ask(
        interaction: Interaction,
        question: app_commands.Range[str, 1, QUESTION_LIMIT],
        collection: str | None = None,
        document: str | None = None,
        view: str | None = None,
        private: bool | None = None,
    ) -> None:
        hidden = service_of(interaction).settings.private if private is None else private

        async def work(turn: Turn) -> None:
            where = asked_of(collection, documents, document, view)
            await answered(turn, question_in(question, QUESTION_LIMIT), where, document, view, private=hidden)

        await run(interaction, "/ask", work, private=hidden)

    return ask


def compare_of_both(documents: Documents) -> Command:
    """/compare: the views on a topic side by side, in the documents, in the collection, or in both."""

    @app_commands.command(
        name=text("command.compare"), description=about(documents, "command.compare_about", "answer.compared")
    )
    @app_commands.describe(topic=text("command.topic_about"), collection=text("command.collection_about"))
    @app_commands.rename(topic=text("command.topic"), collection=text("command.collection"))
    @app_commands.choices(collection=PLACES)
    async def compare(
        interaction: Interaction, topic: app_commands.Range[str, 1, QUESTION_LIMIT], collection: str | None = None
    ) -> None:
        async def work(turn: Turn) -> None:
            where = asked_of(collection, documents, None, None)
            await compared(turn, question_in(topic, QUESTION_LIMIT), where)

        await run(interaction, "/compare", work, private=False)

    return compare


def add_collected_commands(tree: app_commands.CommandTree[Any], documents: Documents) -> None:
    """Put both in the place of those that ask the documents alone."""
    for command in (ask_of_both(documents), compare_of_both(documents)):
        tree.add_command(command, override=True)


# What is offered ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to choose."""

    value: str
    """Its name in data."""
    words: str
    """Its title or label."""
    name: str
    """How it is shown."""


async def documents_offered(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """The documents that match what is typed, by title and id, of those that are asked."""

    def edition(texts: Texts) -> list[Offer]:
        ids = service_of(interaction).documents.ids
        return [Offer(id, texts(f"choice.{id}"), texts(f"choice.{id}")) for id in ids]

    def own(documents: Documents) -> list[Offer]:
        return [Offer(id, clean(title), titled(id, title)) for id, title in documents.titles]

    return await _matching(interaction, typed, edition, own)


async def views_offered(interaction: Interaction, typed: str) -> list[Choice[str]]:
    """The voices that match what is typed, of the documents that are asked."""

    def edition(texts: Texts) -> list[Offer]:
        voices = [voice.value for voice in service_of(interaction).documents.voices]
        return [Offer(voice, texts(f"choice.{voice}"), texts(f"choice.{voice}")) for voice in voices]

    def own(documents: Documents) -> list[Offer]:
        return [Offer(voice.value, clean(voice.label), label(voice.label)) for voice in documents.voices]

    return await _matching(interaction, typed, edition, own)


def titled(id: str, title: str) -> str:
    """A document as a choice shows it: title and id, of which the id is whole."""
    return f"{label(title, CHOICE - len(id) - 3)} ({id})" if len(id) < CHOICE // 2 else label(title)


async def _matching(
    interaction: Interaction,
    typed: str,
    edition: Callable[[Texts], list[Offer]],
    own: Callable[[Documents], list[Offer]],
) -> list[Choice[str]]:
    """What matches of the edition's, in the reader's language, and of the collection's: what begins so comes first."""
    chosen = interaction.namespace.collection
    offered = [] if chosen == Where.COLLECTION.value else edition(Texts(str(interaction.locale)))
    if chosen != Where.EDITION.value:
        offered += await _of_collection(service_of(interaction), own)
    wanted = " ".join(typed.casefold().split())
    found = [each for each in offered if wanted in f"{each.words} {each.value}".casefold() and _can_be_sent(each.value)]
    found.sort(key=lambda each: not each.words.casefold().startswith(wanted))
    return [Choice(name=each.name or each.value, value=each.value) for each in found[:MOST_CHOICES]]


def _can_be_sent(value: str) -> bool:
    """Whether a choice can carry a value, and bring it back unchanged."""
    return len(value) <= CHOICE and clean(value) == value


async def _of_collection(service: Service, own: Callable[[Documents], list[Offer]]) -> list[Offer]:
    """The collection's choices; none where it cannot be opened, or not in time."""
    beside = service.beside
    if beside is None:
        return []
    try:
        async with asyncio.timeout(PATIENCE):
            return await service.work(lambda: own(beside.documents(Where.COLLECTION)))
    except Exception:  # noqa: BLE001  # discord.py would leave the reader waiting
        log.exception("autocomplete")
        return []
