"""Mentions, direct messages and follow-ups by reply: the reply chain is the conversation."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

import pytest

from bot_kit import AUKUS, PARTIAL, embed, labels, running
from discord_wire import Interaction, Message, Said, WireServer
from discord_wire.state import EMBED_LINKS, EVERYBODY, READ_MESSAGE_HISTORY

pytest_plugins = ["discord_wire.fixtures"]
pytestmark = pytest.mark.asyncio


async def shown(act: Coroutine[Any, Any, Interaction | Said]) -> Message:
    """The message that answers an act."""
    return (await (await act).response()).reply


async def test_a_mention_is_answered_by_a_reply(wire: WireServer) -> None:
    """Typing is shown, the reply pings nobody, Delete is the asker's."""
    async with running(wire):
        said = await (await wire.say(wire.alice, wire.channel, AUKUS, mentions=[wire.bot])).response()
        assert said.reply.reference is said.message
        assert said.reply.allowed_mentions == {"parse": [], "replied_user": False}
        assert embed(said.reply)["author"]["name"] == AUKUS
        assert wire.state.typings
        await (await wire.click(said.reply, "Delete", wire.alice)).response()
        assert said.reply.deleted


async def test_quiet_unless_addressed(wire: WireServer) -> None:
    """Ordinary talk, other people's mentions and replies without @ are left alone."""
    async with running(wire):
        await (await wire.say(wire.alice, wire.channel, AUKUS)).silence(0.2)
        await (await wire.say(wire.alice, wire.channel, AUKUS, mentions=[wire.bob])).silence(0.2)
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        await (await wire.say(wire.bob, wire.channel, "lol", reply_to=asked.reply, ping=False)).silence(0.2)


async def test_a_direct_message(wire: WireServer) -> None:
    """No mention is needed; nor for its follow-ups."""
    async with running(wire):
        said = await (await wire.dm(wire.alice, AUKUS)).response()
        assert embed(said.reply)["title"] == "🔴 Chinese perception of NATO"
        again = await (await wire.dm(wire.alice, "and NATO?", reply_to=said.reply)).response()
        assert "NATO perception of China" in embed(again.reply)["title"] or "⇒" in again.reply.text()


async def test_the_operators_language_in_direct_messages(wire: WireServer) -> None:
    """Where Discord names no language, the settings do."""
    async with running(wire, language="de"):
        said = await (await wire.dm(wire.alice, AUKUS)).response()
        assert "Weitere Stellen" in labels(said.reply)


async def test_follow_ups_across_a_restart(wire: WireServer) -> None:
    """The question before is read from the bot's own message, by another process."""
    async with running(wire):
        first = await shown(
            wire.slash(wire.alice, wire.channel, "ask", question="Why might NATO and China talk about Korea?")
        )
    async with running(wire):
        second = await shown(wire.say(wire.bob, wire.channel, "and about Afghanistan?", reply_to=first))
        assert embed(second)["author"]["name"] == "and about Afghanistan?"
        assert "⇒ " in embed(second)["footer"]["text"]
        assert "Afghanistan" in embed(second)["description"]
    async with running(wire):
        third = await shown(wire.say(wire.alice, wire.channel, "why?", reply_to=second))
        assert "Afghanistan" in embed(third)["footer"]["text"]


async def test_a_list_is_walked_by_replies(wire: WireServer) -> None:
    """With "the third risk", then "next": the citations are in the message."""
    async with running(wire):
        first = await shown(
            wire.slash(wire.alice, wire.channel, "ask", question="What are the consequences and risks?")
        )
        third = await shown(wire.say(wire.alice, wire.channel, "the third risk", reply_to=first))
        assert "`report/V/b3`" in third.text()
        after = await shown(wire.say(wire.alice, wire.channel, "next", reply_to=third))
        assert "`report/V/b4`" in after.text()


async def test_a_reply_to_a_comparison_and_to_a_section(wire: WireServer) -> None:
    """Whatever the bot showed can be followed up."""
    async with running(wire):
        compared = await shown(wire.slash(wire.alice, wire.channel, "compare", topic="Taiwan"))
        said = await shown(wire.say(wire.alice, wire.channel, "why?", reply_to=compared))
        assert "Taiwan" in said.text()
        page = await shown(wire.dm(wire.alice, "?"))
        fresh = await shown(wire.dm(wire.alice, AUKUS, reply_to=page))
        assert embed(fresh)["author"]["name"] == AUKUS


async def test_a_reply_to_someone_else_begins_anew(wire: WireServer) -> None:
    """Only the bot's own messages are read for a conversation."""
    async with running(wire):
        other = await wire.say(wire.bob, wire.channel, "Nice weather.")
        said = await shown(wire.say(wire.alice, wire.channel, AUKUS, mentions=[wire.bot], reply_to=other.message))
        assert embed(said)["author"]["name"] == AUKUS
        assert "⇒" not in said.text()


async def test_in_a_thread(wire: WireServer) -> None:
    """Threads are channels like any other."""
    async with running(wire) as bot:
        said = await (await wire.say(wire.alice, wire.channel, AUKUS, mentions=[wire.bot])).response()
        place = bot.get_channel(wire.channel.id)
        assert place is not None
        parent = await place.fetch_message(said.message.id)  # type: ignore[union-attr]
        await parent.create_thread(name="AUKUS")
        assert said.message.thread is not None
        inside = await (await wire.say(wire.alice, said.message.thread, PARTIAL, mentions=[wire.bot])).response()
        assert inside.reply.channel is said.message.thread


async def test_an_empty_mention_gets_a_hint(wire: WireServer) -> None:
    """A mention and nothing else: what to do, in the guild's language."""
    wire.guild.locale = "fr"
    async with running(wire):
        said = await (await wire.say(wire.alice, wire.channel, "", mentions=[wire.bot])).response()
        assert said.reply.content.startswith("Posez-moi une question")


async def test_a_hasty_person_is_told_once(wire: WireServer) -> None:
    """Mentions and commands share the cooldown; the second refusal in a window is silent."""
    async with running(wire, person_questions=1):
        await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        said = await (await wire.say(wire.alice, wire.channel, AUKUS, mentions=[wire.bot])).response()
        assert "You can ask again <t:" in said.reply.content
        await (await wire.say(wire.alice, wire.channel, AUKUS, mentions=[wire.bot])).silence(0.3)


async def test_plain_text_and_no_history(wire: WireServer) -> None:
    """Without embed permission the answer is text; without history it is no reply; both can be followed up."""
    bare = wire.add_channel("bare", bot_permissions=EVERYBODY & ~EMBED_LINKS)
    blind = wire.add_channel("blind", bot_permissions=EVERYBODY & ~READ_MESSAGE_HISTORY)
    async with running(wire):
        said = await (await wire.say(wire.alice, bare, AUKUS, mentions=[wire.bot])).response()
        assert said.reply.content.startswith(f"**{AUKUS}**")
        again = await (await wire.say(wire.alice, bare, "why?", reply_to=said.reply)).response()
        assert "AUKUS" in again.reply.content
        alone = await (await wire.say(wire.alice, blind, AUKUS, mentions=[wire.bot])).response()
        assert alone.reply.reference is None
        assert embed(alone.reply)["author"]["name"] == AUKUS
