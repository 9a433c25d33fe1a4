"""Messages to the bot: mentions, direct messages, and replies to its answers."""

from __future__ import annotations

from typing import Any

import discord

from ncrelations.conversations.state import ChatState
from ncrelations.texts import Texts
from ncrelations_discord import replies
from ncrelations_discord.answers import Documents
from ncrelations_discord.asked import Question
from ncrelations_discord.cards import QUESTION_LIMIT, StaleError
from ncrelations_discord.collected import where_of
from ncrelations_discord.guard import guarded, report, words_for
from ncrelations_discord.logs import reference
from ncrelations_discord.safe import question_in, spoken
from ncrelations_discord.service import RefusalError, Service
from ncrelations_discord.views import card_of, parts


def addressed(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether a message is meant for the bot: direct, or mentioning it (a reply with @ does), by a person."""
    if message.author.bot or message.webhook_id is not None or message.is_system():
        return False
    return message.guild is None or any(user.id == me.id for user in message.mentions)


class MessageTurn:
    """One message of a person, answered by a reply to it."""

    def __init__(self, message: discord.Message, texts: Texts, service: Service) -> None:
        self.message, self.texts, self.service = message, texts, service
        self.what = "direct message" if message.guild is None else "mention"

    async def send(self, **made: Any) -> None:
        """Reply without a ping; where the message is gone or unreadable, write plainly."""
        try:
            await self.message.reply(mention_author=False, **made)
        except discord.HTTPException as error:
            if error.code not in (50035, 160002, 10008):
                raise
            await self.message.channel.send(**made)

    async def fail(self, error: Exception) -> None:
        """Say what went wrong, a refusal for haste only once in a window."""
        number = reference()
        report(error, self.what, number)
        hasty = isinstance(error, RefusalError) and error.quiet
        if hasty and not self.service.people.first_refusal(self.message.author.id):
            return
        try:
            await self.send(content=words_for(error, self.texts, number))
        except Exception as second:  # noqa: BLE001  # this is the last resort, a closing connection included
            report(second, f"{self.what}: telling", number)


def texts_for(message: discord.Message, fallback: str) -> Texts:
    """The language of a place: the guild's, or the operator's choice for direct messages."""
    return Texts(fallback if message.guild is None else str(message.guild.preferred_locale))


def embeds_permitted(message: discord.Message) -> bool:
    """Whether the bot may embed here."""
    if message.guild is None or message.guild.me is None:
        return True
    try:
        return message.channel.permissions_for(message.guild.me).embed_links
    except discord.ClientException:  # a thread whose channel is not known yet
        return True


async def earlier(message: discord.Message, me: discord.ClientUser, service: Service) -> tuple[Documents, ChatState]:
    """The documents and the conversation that a message goes on with, read from the answer it replies to.

    Else those of the bot, and a new one. Raises `CollectionUnavailable`.
    """
    new = service.documents, ChatState()
    if message.reference is None or message.reference.message_id is None:
        return new
    before = message.reference.resolved
    if before is None:
        try:
            before = await message.channel.fetch_message(message.reference.message_id)
        except discord.HTTPException:
            return new
    if not isinstance(before, discord.Message) or before.author.id != me.id:
        return new
    try:
        card = await card_of(before, service)
    except StaleError:
        return new
    return card.documents, replies.state_of(card)


async def heard(message: discord.Message, me: discord.ClientUser, service: Service) -> None:
    """Answer a message, if it is meant for the bot."""
    if not addressed(message, me):
        return
    turn = MessageTurn(message, texts_for(message, service.settings.language), service)

    async def work() -> None:
        question = question_in(spoken(message.content), QUESTION_LIMIT)
        service.admit(message.author.id, message.channel.id)
        if not any(character.isalnum() for character in question):
            hint = "page.mention" if service.documents.is_edition else "command.question_about"
            await turn.send(content=turn.texts(hint))
            return
        async with message.channel.typing():
            documents, state = await earlier(message, me, service)
            where, language = where_of(documents.version), turn.texts.language
            asked = Question(question, state, where, language=language, asker=message.author.id)
            card = await service.card(asked)
        await turn.send(**parts(card, plain=not embeds_permitted(message), reader=service.settings.reader_url))

    await guarded(turn, service, work)
