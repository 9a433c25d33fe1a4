"""The slash commands and the message menu of some documents: read the options, ask, show."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

import ncrelations as ncr
from ncrelations import Document, Section
from ncrelations.conversations.state import ChatState
from ncrelations.texts import Texts
from ncrelations_discord import fixed_pages, replies
from ncrelations_discord.answers import Documents
from ncrelations_discord.asked import Question, Topic
from ncrelations_discord.cards import QUESTION_LIMIT, Card, Kind, Quote
from ncrelations_discord.choices import (
    CHOICE,
    MOST_CHOICES,
    about,
    document_choices,
    label,
    text,
    to_choose,
    view_choices,
)
from ncrelations_discord.collected import Where, where_of
from ncrelations_discord.guard import Turn, guarded
from ncrelations_discord.logs import log
from ncrelations_discord.quotations import section_pages
from ncrelations_discord.safe import question_in, spoken
from ncrelations_discord.service import RefusalError
from ncrelations_discord.views import Interaction, card_of, parts, reader_of, service_of

Command = app_commands.Command[Any, ..., None]


class Translator(app_commands.Translator):
    """Gives Discord the names and descriptions in the other languages."""

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002
    ) -> str | None:
        """The text in one of Discord's locales; `None` leaves it English."""
        name, texts = string.extras.get("key"), Texts(str(locale))
        return texts(name) if name and texts.language != "en" else None


def plain(interaction: Interaction) -> bool:
    """Whether embeds are not permitted here."""
    return not interaction.app_permissions.embed_links


async def run(interaction: Interaction, what: str, work: Callable[[Turn], Awaitable[None]], *, private: bool) -> None:
    """Acknowledge first, then work under the guard."""
    turn = Turn(interaction, Texts(str(interaction.locale)), what)

    async def deferred() -> None:
        await turn.defer(private=private)
        await work(turn)

    await guarded(turn, service_of(interaction), deferred)


async def answered(
    turn: Turn, question: str, where: Where, document: str | None, view: str | None, *, private: bool
) -> None:
    """Ask and show, under the cooldown."""
    interaction, service = turn.interaction, service_of(turn.interaction)
    service.admit(interaction.user.id, interaction.channel_id or 0)
    asker = 0 if private else interaction.user.id
    asked = Question(question, ChatState(), where, document, view, turn.texts.language, asker)
    card = await service.card(asked)
    await turn.send(**parts(card, plain=plain(interaction), reader=reader_of(interaction)))


async def compared(turn: Turn, topic: str, where: Where) -> None:
    """Compare and show, under the cooldown."""
    interaction, service = turn.interaction, service_of(turn.interaction)
    service.admit(interaction.user.id, interaction.channel_id or 0)
    card = await service.card(Topic(topic, where, turn.texts.language, interaction.user.id))
    await turn.send(**parts(card, plain=plain(interaction), reader=reader_of(interaction)))


def ask_command(documents: Documents) -> Command:
    """/ask: a question to the documents."""

    @app_commands.command(name=text("command.ask"), description=text("command.ask_about"))
    @app_commands.describe(
        question=text("command.question_about"), view=text("command.view_about"), private=text("command.private_about"),
        document=about(documents, "command.document_about", "command.document"),
    )  # fmt: skip
    @ASK_NAMES
    @to_choose(document=document_choices(documents), view=view_choices(documents))
    async def ask(
        interaction: Interaction,
        question: app_commands.Range[str, 1, QUESTION_LIMIT],
        document: str | None = None,
        view: str | None = None,
        private: bool | None = None,
    ) -> None:
        hidden = service_of(interaction).settings.private if private is None else private

        async def work(turn: Turn) -> None:
            await answered(turn, question_in(question, QUESTION_LIMIT), Where.EDITION, document, view, private=hidden)

        await run(interaction, "/ask", work, private=hidden)

    return ask


ASK_NAMES = app_commands.rename(
    question=text("command.question"), document=text("command.document"), view=text("command.view"),
    private=text("command.private"),
)  # fmt: skip


def compare_command(documents: Documents) -> Command:
    """/compare: the views on a topic side by side."""

    @app_commands.command(
        name=text("command.compare"), description=about(documents, "command.compare_about", "answer.compared")
    )
    @app_commands.describe(topic=text("command.topic_about"))
    @app_commands.rename(topic=text("command.topic"))
    async def compare(interaction: Interaction, topic: app_commands.Range[str, 1, QUESTION_LIMIT]) -> None:
        async def work(turn: Turn) -> None:
            await compared(turn, question_in(topic, QUESTION_LIMIT), Where.EDITION)

        await run(interaction, "/compare", work, private=False)

    return compare


def section_command(documents: Documents) -> Command:
    """/section: read a section, for the reader alone until shared."""

    @app_commands.command(name=text("command.section"), description=text("command.section_about"))
    @app_commands.describe(place=about(documents, "command.place_about", "command.section_about"))
    @app_commands.rename(place=text("command.place"))
    async def section(interaction: Interaction, place: app_commands.Range[str, 1, CHOICE]) -> None:
        async def work(turn: Turn) -> None:
            card = place_card(documents, place, turn.texts.language)
            await turn.send(**parts(card, plain=plain(interaction), reader=reader_of(interaction)))

        await run(interaction, "/section", work, private=True)

    @section.autocomplete("place")
    async def section_places(_: Interaction, typed: str) -> list[Choice[str]]:
        try:
            return places(documents, typed)
        except Exception:  # noqa: BLE001  # discord.py would leave the reader waiting
            log.exception("autocomplete")
            return []

    return section


def timeline_command(documents: Documents, milestones: Section) -> Command:
    """/timeline: the milestones."""

    @app_commands.command(name=text("command.timeline"), description=text("command.timeline_about"))
    async def timeline(interaction: Interaction) -> None:
        async def work(turn: Turn) -> None:
            card = replies.section_card(documents, milestones, turn.texts.language)
            await turn.send(**parts(card, plain=plain(interaction), reader=reader_of(interaction)))

        await run(interaction, "/timeline", work, private=True)

    return timeline


PAGES = ("about", "privacy", "help")


def page_command(documents: Documents, name: str) -> Command:
    """A command that shows a fixed page to its reader alone."""

    async def callback(interaction: Interaction) -> None:
        async def work(turn: Turn) -> None:
            words = fixed_pages.page(name, turn.texts, service_of(interaction).settings, documents)
            await turn.send(**fixed_pages.parts(name, words, turn.texts, plain=plain(interaction)))

        await run(interaction, f"/{name}", work, private=True)

    return app_commands.Command(
        name=text(f"command.{name}"), description=text(f"command.{name}_about"), callback=callback
    )


async def ask_about(interaction: Interaction, message: discord.Message) -> None:
    """The message menu: ask what a message says, for the asker alone until shared."""

    async def work(turn: Turn) -> None:
        said, where = await _said(message, interaction)
        if not any(character.isalnum() for character in said):
            raise RefusalError("error.no_text")
        await answered(turn, said, where, None, None, private=True)

    await run(interaction, "message menu", work, private=True)


async def _said(message: discord.Message, interaction: Interaction) -> tuple[str, Where]:
    """What of a message to ask, and of which documents: of an answer of ours, its question, and again of the same."""
    me = interaction.client.user
    if me is not None and message.author.id == me.id and message.embeds:
        card = await card_of(message, service_of(interaction))
        return card.question, where_of(card.documents.version)
    return question_in(spoken(message.content), QUESTION_LIMIT), Where.EDITION


def add_commands(tree: app_commands.CommandTree[Any], documents: Documents) -> None:
    """Put every command on the tree: a timeline only where the documents have milestones."""
    commands = [make(documents) for make in (ask_command, compare_command, section_command)]
    if documents.timeline is not None:
        commands.append(timeline_command(documents, documents.timeline))
    commands += [page_command(documents, name) for name in PAGES]
    for command in commands:
        tree.add_command(command)
    tree.add_command(app_commands.ContextMenu(name=text("command.menu"), callback=ask_about))


# Places -------------------------------------------------------------------------------------------


def place_card(documents: Documents, place: str, language: str) -> Card:
    """The card of a section or of a paragraph in context. Raises the library's errors with near misses."""
    found = documents.library.corpus.resolve(place.strip())
    if isinstance(found, Document):
        return replies.section_card(documents, found.sections[0], language)
    if isinstance(found, Section):
        return replies.section_card(documents, found, language)
    block = found if isinstance(found, ncr.Block) else found.block
    card = replies.section_card(documents, block.section, language)
    page = next(n for n, each in enumerate(section_pages(card)) if block in each)
    return (
        card.turned(page)
        if card.kind is Kind.TIMELINE
        else replies.context_card(documents, Quote.whole(block), language)
    )


def places(documents: Documents, typed: str) -> list[Choice[str]]:
    """The sections that match what was typed, in reading order; those whose id begins with it first."""
    wanted = " ".join(typed.casefold().split())
    found = []
    for document in documents.library.documents():
        for each in document.walk():
            words = each.heading or each.description
            heading = f"{each.number} {words}" if each.number else words
            name, value = f"{heading} ({document.id})", str(each.citation)
            if wanted in name.casefold() or wanted in value.casefold():
                early = each.id.casefold().startswith(wanted) or value.casefold().startswith(wanted)
                found.append((not early, Choice(name=label(name), value=value)))
    return [choice for _, choice in sorted(found, key=lambda pair: pair[0])][:MOST_CHOICES]
