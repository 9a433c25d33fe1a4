"""Every slash command and the message menu, over the wire."""

from __future__ import annotations

import pytest

from bot_kit import AUKUS, PARTIAL, UNANSWERED, Held, Troubled, embed, labels, running
from discord_wire import WireServer
from discord_wire.state import EMBED_LINKS, EVERYBODY
from ncrelations.texts import Texts

pytest_plugins = ["discord_wire.fixtures"]
pytestmark = pytest.mark.asyncio


async def test_ask(wire: WireServer) -> None:
    """Deferred first, then one embed: question, voice in words and colour, bold sentence, citation, page."""
    async with running(wire):
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        assert asked.ack_type == 5
        assert not asked.ephemeral
        shown = embed(asked.reply)
        assert shown["author"]["name"] == AUKUS
        assert shown["title"] == "🔴 Chinese perception of NATO"
        assert shown["color"] == 0xD1483C
        assert "AUKUS" in shown["description"]
        assert "`report/IV/b7`" in shown["description"]
        assert len(shown["fields"]) == 2
        assert shown["footer"]["text"].endswith("Page 1 of 3")
        other = "View: NATO perception of China"
        assert labels(asked.reply) == ["More excerpts", "In context", other, "Cite", "Delete"]


async def test_ask_with_every_option(wire: WireServer) -> None:
    """A document and a view filter the passages; private answers are for the asker, with Share for Delete."""
    async with running(wire):
        asked = await wire.slash(
            wire.alice, wire.channel, "ask", question="trust", document="report", view="nato", private=True
        )
        answer = await asked.response()
        assert answer.ephemeral
        assert all("/III/" in part for part in answer.reply.text().split("\n") if part.startswith("— "))
        assert labels(answer.reply)[-1] == "Share"
        assert "Delete" not in labels(answer.reply)


async def test_private_may_be_the_default(wire: WireServer) -> None:
    """An operator can make answers private unless asked otherwise."""
    async with running(wire, private=True):
        assert (await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()).ephemeral
        public = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS, private=False)).response()
        assert not public.ephemeral


async def test_partial_and_not_found_are_shown_as_such(wire: WireServer) -> None:
    """The status is said in words, with its reasons, before any passage."""
    async with running(wire):
        partial = await (await wire.slash(wire.alice, wire.channel, "ask", question=PARTIAL)).response()
        assert embed(partial.reply)["description"].startswith("▸ **Answered in part**\n▸ ")
        none = await (await wire.slash(wire.alice, wire.channel, "ask", question=UNANSWERED)).response()
        assert embed(none.reply)["title"] == "The documents do not answer this"
        assert "the documents never mention 'Albania'" in embed(none.reply)["description"]
        assert embed(none.reply)["color"] == 0x8A9099
        assert "Cite" not in labels(none.reply)


async def test_misspellings_are_mended_aloud(wire: WireServer) -> None:
    """How a question was read is said where it differs."""
    async with running(wire):
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question="wat is martime securty?")).response()
        assert "▸ Understood as: " in embed(asked.reply)["description"]


async def test_a_question_without_words(wire: WireServer) -> None:
    """The library's own sentence says what to do; nobody sees a reference id."""
    async with running(wire):
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question="?!")).response()
        assert asked.reply.content.startswith("the question has no words; ask something")
        assert not asked.reply.embeds


async def test_hostile_questions_are_harmless(wire: WireServer) -> None:
    """Markdown, mentions and invisible characters are shown as text; nothing is parsed, nobody pinged."""
    async with running(wire):
        hostile = "@everyone **AUKUS** <@1> [x](http://e.vil) \u202e\u200b||s||"
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=hostile)).response()
        assert "\u202e" not in asked.reply.text()
        assert "\u200b" not in asked.reply.text()
        assert asked.reply.allowed_mentions == {"parse": []}
        assert embed(asked.reply)["author"]["name"] == "@everyone **AUKUS** <@1> [x](http://e.vil) ||s||"


async def test_compare(wire: WireServer) -> None:
    """Four voices in order, silence said aloud, the editors' theme named."""
    async with running(wire):
        asked = await (await wire.slash(wire.bob, wire.channel, "compare", topic="Huawei")).response()
        fields = embed(asked.reply)["fields"]
        assert [field["name"][0] for field in fields] == ["🔵", "🔴", "🟢", "🟣"]
        assert fields[0]["value"] == "*N’en dit rien.*"
        assert "Huawei" in fields[1]["value"]
        assert labels(asked.reply)[-1] == "Supprimer"


async def test_section_with_autocomplete(wire: WireServer) -> None:
    """Suggestions by id and heading lead to the section, private until shared."""
    async with running(wire):
        typed = await (await wire.autocomplete(wire.alice, wire.channel, "section", "place", place="mari")).response()
        assert typed.choices == [{"name": "VI.1 Maritime security (report)", "value": "report/VI.1"}]
        everything = await (await wire.autocomplete(wire.alice, wire.channel, "section", "place")).response()
        assert len(everything.choices or []) == 21
        read = await (await wire.slash(wire.alice, wire.channel, "section", place="report/VI.1")).response()
        assert read.ephemeral
        assert embed(read.reply)["title"] == "VI.1 Maritime security"
        assert labels(read.reply) == ["Next page", "Cite", "Share"]


async def test_a_section_that_does_not_exist(wire: WireServer) -> None:
    """The near misses are named."""
    async with running(wire):
        read = await (await wire.slash(wire.alice, wire.channel, "section", place="report/VI.9")).response()
        assert "there is no section" in read.reply.content
        assert "did you mean" in read.reply.content


async def test_timeline(wire: WireServer) -> None:
    """The milestones, with the dates the text gives and the warning that most years are lost."""
    async with running(wire):
        read = await (await wire.slash(wire.alice, wire.channel, "timeline")).response()
        assert "Lord George Robertson" in embed(read.reply)["description"]
        assert "nothing is filled in" in read.reply.text()


@pytest.mark.parametrize("name", ["about", "privacy", "help"])
async def test_fixed_pages_in_the_readers_language(wire: WireServer, name: str) -> None:
    """Private, and in the language of who asks."""
    async with running(wire):
        for user, language in ((wire.alice, "en"), (wire.bob, "fr")):
            page = await (await wire.slash(user, wire.channel, name)).response()
            assert page.ephemeral
            assert embed(page.reply)["title"] == Texts(language)(f"command.{name}_about")


async def test_other_languages(wire: WireServer) -> None:
    """German, Chinese in both scripts; any other language reads English."""
    async with running(wire):
        titles = {
            "de": "Sicht Chinas auf die NATO", "zh-CN": "中国对北约的看法", "zh-TW": "中國對北約的看法",
            "ja": "Chinese perception",
        }  # fmt: skip
        for locale, title in titles.items():
            asked = await (await wire.slash(wire.alice, wire.channel, "ask", locale=locale, question=AUKUS)).response()
            assert title in embed(asked.reply)["title"]


async def test_commands_are_registered_once_with_translations(wire: WireServer) -> None:
    """Names in five languages, for guilds and users, everywhere; not sent again while they are the same."""
    async with running(wire):
        pass
    async with running(wire):
        pass
    assert [call.method for call in wire.calls if call.template.endswith("/commands")] == ["GET", "PUT", "GET"]
    commands = {command["name"]: command for command in wire.state.commands[None]}
    slash = {"ask", "compare", "section", "timeline", "proof", "about", "privacy", "help"}
    assert set(commands) == slash | {"Ask the documents", "Check the quotations"}
    names = {"fr": "demander", "de": "fragen", "zh-CN": "提问", "zh-TW": "提問"}
    assert commands["ask"]["name_localizations"] == names
    assert commands["ask"]["options"][3]["name_localizations"]["fr"] == "privé"
    for command in commands.values():
        assert command["contexts"] == [0, 1, 2]
        assert command["integration_types"] == [0, 1]
    wire.state.commands[None][0]["description"] = "outdated"
    async with running(wire):
        pass
    assert [call.method for call in wire.calls if call.template.endswith("/commands")][3:] == ["GET", "PUT"]


async def test_message_menu(wire: WireServer) -> None:
    """Ask what a message says; of a long one its questions; of an answer its question; never nothing."""
    async with running(wire):
        said = await wire.say(wire.bob, wire.channel, "Long talk. " * 40 + AUKUS)
        asked = await (await wire.context_menu(wire.alice, said.message, "Ask the documents")).response()
        assert asked.ephemeral
        assert embed(asked.reply)["author"]["name"] == AUKUS
        public = await (await wire.slash(wire.alice, wire.channel, "ask", question=PARTIAL)).response()
        again = await (await wire.context_menu(wire.bob, public.reply, "Ask the documents")).response()
        assert embed(again.reply)["author"]["name"] == PARTIAL
        empty = await wire.say(wire.bob, wire.channel, "🙂", attachments=[])
        none = await (await wire.context_menu(wire.alice, empty.message, "Ask the documents")).response()
        assert none.reply.content == "There is no text in that message that I can read."


async def test_plain_text_where_embeds_are_not_permitted(wire: WireServer) -> None:
    """Question, voice, quotation and citation as text; the buttons work there too."""
    bare = wire.add_channel("bare", bot_permissions=EVERYBODY & ~EMBED_LINKS)
    async with running(wire):
        asked = await (await wire.slash(wire.alice, bare, "ask", question=AUKUS)).response()
        assert not asked.reply.embeds
        assert asked.reply.content.startswith(f"**{AUKUS}**\n🔴 Chinese perception of NATO\n> ")
        assert len(asked.reply.content) <= 2000
        await (await wire.click(asked.reply, "More excerpts", wire.bob)).response()
        assert "Page 2 of 3" in asked.reply.content
        for name, given in (("compare", {"topic": "Huawei"}), ("section", {"place": "report/IV"}), ("help", {})):
            shown = await (await wire.slash(wire.alice, bare, name, given=given)).response()
            assert shown.reply.content
            assert not shown.reply.embeds


async def test_cooldown_of_a_person(wire: WireServer) -> None:
    """One too many is refused privately with a relative time, also where the answer was to be public."""
    async with running(wire, person_questions=1):
        await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        hasty = await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)
        await wire.until(lambda: len(hasty.messages) == 2 and hasty.messages[0].deleted)
        assert hasty.messages[1].ephemeral
        assert "That was quick. You can ask again <t:" in hasty.messages[1].content
        assert hasty.messages[1].content.endswith(":R>.")
        other = await (await wire.slash(wire.bob, wire.channel, "ask", question=AUKUS)).response()
        assert other.reply.embeds


async def test_cooldown_of_a_channel(wire: WireServer) -> None:
    """A channel has its own limit."""
    async with running(wire, channel_questions=1):
        await (await wire.slash(wire.alice, wire.channel, "compare", topic="Huawei")).response()
        refused = await (await wire.slash(wire.bob, wire.channel, "ask", question=AUKUS, private=True)).response()
        assert "salon" in refused.reply.content


async def test_a_full_queue_is_said(wire: WireServer) -> None:
    """What does not fit the queue is refused at once and politely."""
    held = Held()
    async with running(wire, Troubled(held), queue=1):
        first = await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)
        await first.acknowledged()
        second = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        assert "Too many questions are waiting" in second.reply.content
        held.gate.set()
        assert (await first.response()).reply.embeds
