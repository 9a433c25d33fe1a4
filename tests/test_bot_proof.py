"""/proof and "Check the quotations": over the wire, in a simulator, and in a process of its own."""

from __future__ import annotations

import io
import logging
import zipfile

import pytest

from bot_kit import embed, labels, process, running
from discord_wire import WireServer
from discord_wire.state import ATTACH_FILES, EMBED_LINKS, EVERYBODY
from ncrelations.texts import LANGUAGES, Texts

pytest_plugins = ["discord_wire.fixtures"]
pytestmark = pytest.mark.asyncio

LAW = "China does not respect international law and treaty commitments where these go against its national interests"
ALTERED = LAW.replace(" not", "")
LONG = "\n\n".join(f"{number}. China says “{ALTERED} {number}”." for number in range(1, 30))


async def test_a_text_is_checked_for_its_reader_alone(wire: WireServer) -> None:
    """Deferred privately, then one embed: counts, the draft's words, what differs, what stands in print and where."""
    async with running(wire):
        asked = await (await wire.slash(wire.alice, wire.channel, "proof", text=f"NATO says “{ALTERED}”.")).response()
        assert (asked.ack_type, asked.ephemeral) == (5, True)
        shown = embed(asked.reply)
        assert shown["title"] == "Quotations checked"
        assert shown["description"].split("\n") == [
            "▸ **1 to mend**", "▸ 1 quotation: 1 altered", "", "❌ **1:11 · altered**", f"> {ALTERED}",
            "• left out: “not” (a negation, grave)", "In print: 🔵 NATO perception of China", f"> {LAW}",
            '— CSDR-CIISS report, section III "NATO PERCEPTIONS ON CHINA", bullet 2 (p. 4 ff.) · `report/III/b2`',
        ]  # fmt: skip
        assert labels(asked.reply) == []


async def test_a_long_result_is_paged_through_its_own_file(wire: WireServer) -> None:
    """The file of the message holds every finding; the buttons read it, after a restart too, and edit the message."""
    file = wire.attach(wire.channel, "draft.md", LONG.encode())
    async with running(wire):
        asked = await (await wire.slash(wire.alice, wire.channel, "proof", file=file)).response()
        message = asked.reply
        assert embed(message)["author"]["name"] == "draft.md"
        assert embed(message)["footer"]["text"].startswith("Page 1 of ")
        assert (labels(message), [*message.files]) == (["Next page"], ["quotations.md"])
    async with running(wire):
        turned = await (await wire.click(message, "Next page", wire.alice)).response()
        assert turned.ack_type == 6
        assert embed(message)["footer"]["text"].startswith("Page 2 of ")
        assert embed(message)["author"]["name"] == "draft.md"
        assert embed(message)["description"].startswith("▸ **29 to mend**\n▸ 29 quotations")
        await (await wire.click(message, "Back", wire.alice)).response()
        assert embed(message)["description"].split("\n")[3].startswith("❌ **1:")
        assert [*message.files] == ["quotations.md"]
    assert all(finding in message.files["quotations.md"].decode() for finding in ("**1:15 ", "**57:16 "))


async def test_the_menu_checks_a_message_or_the_file_it_brings(wire: WireServer) -> None:
    """What a person wrote, with line breaks; a text file it brings; an answer of the bot; nothing to read is said."""
    async with running(wire):
        said = await wire.say(wire.bob, wire.channel, f"@everyone see\n\nChina says “{LAW}”")
        checked = await (await wire.context_menu(wire.alice, said.message, "Check the quotations")).response()
        assert checked.ephemeral
        assert "⚠️ **3:12 · verbatim, wrong voice**" in embed(checked.reply)["description"]
        assert checked.reply.allowed_mentions == {"parse": []}
        file = wire.attach(wire.channel, "my draft.txt", f"“{LAW}”".encode())
        brought = await wire.say(wire.bob, wire.channel, "here it is", attachments=[file.json()])
        checked = await (await wire.context_menu(wire.alice, brought.message, "Check the quotations")).response()
        assert embed(checked.reply)["author"]["name"] == "my draft.txt"
        answer = await (
            await wire.slash(wire.alice, wire.channel, "ask", question="Why does China distrust NATO?")
        ).response()
        checked = await (await wire.context_menu(wire.alice, answer.reply, "Check the quotations")).response()
        assert "▸ **nothing to mend**" in embed(checked.reply)["description"]
        empty = await wire.say(wire.bob, wire.channel, "🙂")
        none = await (await wire.context_menu(wire.alice, empty.message, "Check the quotations")).response()
        assert none.reply.content == "There is no text in that message that I can read."


def docx(text: str) -> bytes:
    """A DOCX file with one paragraph."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        body = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        package.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return file.getvalue()


async def test_files_of_every_kind_and_what_cannot_be_read(wire: WireServer) -> None:
    """DOCX is read; another encoding is said with its line, in the reader's language; a large file is not fetched."""
    async with running(wire):

        async def said(name: str, data: bytes) -> str:
            file = wire.attach(wire.channel, name, data)
            return (await (await wire.slash(wire.bob, wire.channel, "proof", file=file)).response()).reply.text()

        assert f"❌ **1:1 · modifiée**\n> {ALTERED}" in await said("a.docx", docx(f"“{ALTERED}”"))
        assert f"✅ **1:1 · mot pour mot**\n> {LAW}" in await said("a.txt", f"“{LAW}”".encode("utf-16"))
        assert "ligne 2 n’est pas en UTF-8 ; enregistrez" in (await said("a.md", b"x\n\xe9t\xe9")).replace("\xa0", " ")
        assert "n’est pas un document DOCX" in await said("a.docx", b"PK")
        assert "n’est pas un texte" in await said("a.png", b"\x89PNG\r\n\x1a\n\x00\x00")
        fetched = len(wire.fetched)
        assert "2,000,001 octets" in await said("a.txt", b"x" * 2_000_001)
        assert len(wire.fetched) == fetched
        gone = wire.attach(wire.channel, "a.txt", b"x")
        wire.state.files.clear()
        none = await (await wire.slash(wire.alice, wire.channel, "proof", file=gone)).response()
        assert none.reply.content == "Discord does not hand out that file. Please attach it again."


async def test_a_text_or_a_file_not_both(wire: WireServer) -> None:
    """Neither and both are refused in words; so are more quotations than are checked."""
    async with running(wire):
        file = wire.attach(wire.channel, "a.txt", "“one” ".encode() * 1001)
        for given, words in (
            ({}, "Give either a text or a file."), ({"text": "x", "file": file}, "Give either a text or a file."),
            ({"file": file}, "the draft has more than 1,000 quotations; split it."),
        ):  # fmt: skip
            refused = await (await wire.slash(wire.alice, wire.channel, "proof", given=given)).response()
            assert (refused.reply.content, refused.ephemeral) == (words, True)


async def test_where_nothing_may_be_attached_or_embedded(wire: WireServer) -> None:
    """Without the permission to attach the first page says how much is left out; without that to embed it is text."""
    bare = wire.add_channel("bare", bot_permissions=EVERYBODY & ~EMBED_LINKS & ~ATTACH_FILES)
    plain = wire.add_channel("plain", bot_permissions=EVERYBODY & ~EMBED_LINKS)
    async with running(wire):
        file = wire.attach(bare, "draft.md", LONG.encode())
        asked = await (await wire.slash(wire.alice, bare, "proof", file=file)).response()
        assert not asked.reply.files
        assert "more are not shown here" in asked.reply.content
        asked = await (await wire.slash(wire.alice, plain, "proof", file=file)).response()
        assert asked.reply.content.startswith("**draft.md**\n▸ **29 to mend**")
        await (await wire.click(asked.reply, "Next page", wire.alice)).response()
        assert "Page 2 of " in asked.reply.content
        assert asked.reply.content.startswith("**draft.md**\n▸ **29 to mend**")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_in_every_language(wire: WireServer, language: str) -> None:
    """Names, menu, counts and findings are said in the reader's language; the quotation stays."""
    texts = Texts(language)
    locale = {"en": "en-US", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}.get(language, language)
    async with running(wire):
        asked = await wire.slash(wire.alice, wire.channel, "proof", text=f"“{ALTERED}”", locale=locale)
        shown = embed((await asked.response()).reply)
        assert shown["title"] == texts("answer.checked")
        assert texts("proof.change_negation") in shown["description"]
        assert LAW in shown["description"]
        command = next(each for each in wire.state.commands[None] if each["name"] == "proof")
        if language != "en":
            assert command["name_localizations"][locale] == texts("command.proof")


async def test_nothing_hostile_comes_out(wire: WireServer) -> None:
    """Markdown, mentions, links and unseen characters of a draft are shown as text, on one line."""
    hostile = "@everyone <@1> [x](http://e.x) http://e.vil \u202e**||s||** \u200b`y # h"
    async with running(wire):
        asked = await (await wire.slash(wire.alice, wire.channel, "proof", text=f"He said “{hostile}”")).response()
        words = embed(asked.reply)["description"]
        assert r"> \@everyone \<\@1\> x http\://e.vil \|\|s\|\| \`y # h" in words
        assert "\u202e" not in words


async def test_nothing_of_a_draft_is_logged(wire: WireServer, caplog: pytest.LogCaptureFixture) -> None:
    """The log names the command, never the words or the file."""
    with caplog.at_level(logging.DEBUG, "ncrelations_discord"):
        async with running(wire):
            file = wire.attach(wire.channel, "secret-name.md", f"He said “{ALTERED} secretly”".encode())
            await (await wire.slash(wire.alice, wire.channel, "proof", file=file)).response()
    logged = "\n".join(f"{each.getMessage()} {vars(each)}" for each in caplog.records if each.name != "discord.http")
    assert "/proof" in logged
    assert "secret" not in logged


async def test_the_same_in_a_simulator() -> None:
    """A second opinion: file, page, restart, menu."""
    pytest.importorskip("simcord")
    from test_bot_simcord import new_bot, world

    async with world() as (env, channel, alice):
        asked = await alice.slash(channel, "proof", file=("draft.md", LONG.encode()))
        assert asked.ephemeral
        assert "29 to mend" in asked.response.embeds[0].description
        await env.restart_bot(new_bot())
        await alice.click(asked.response, label="Next page")
        assert "Page 2 of" in asked.response.embeds[0].footer.text


async def test_the_process_checks_a_file(wire: WireServer) -> None:
    """The real entry point fetches an attached file, answers and turns the page."""
    async with process(wire, NCR_DISCORD_TOKEN=wire.token):
        await wire.connected(20)
        await wire.until(lambda: any(each["name"] == "proof" for each in wire.state.commands[None]), 20)
        file = wire.attach(wire.channel, "draft.md", LONG.encode())
        asked = await (await wire.slash(wire.alice, wire.channel, "proof", file=file)).response(20)
        await (await wire.click(asked.reply, "Next page", wire.alice)).response()
        assert embed(asked.reply)["footer"]["text"].startswith("Page 2 of ")
