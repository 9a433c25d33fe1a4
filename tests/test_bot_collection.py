"""The bot with a collection beside the edition: asked by choice, followed up, cited, and never in the way."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot_kit import AUKUS, embed, labels, running
from discord_wire import Message, WireServer
from ncrelations.collections.collection import Collection
from ncrelations.texts import Texts

pytest_plugins = ["discord_wire.fixtures", "collection_fixtures"]

COSTS = "Who pays half of the dredging of the harbour of Marrowby?"
MINES = "Does Japan regard the mines as a danger?"


async def asked(wire: WireServer, question: str, **options: Any) -> Message:
    """The message that answers a question of Alice's."""
    return (await (await wire.slash(wire.alice, wire.channel, "ask", question=question, **options)).response()).reply


# Over the wire


@pytest.mark.asyncio
async def test_a_collection_is_asked_by_choice(wire: WireServer, kept: Collection) -> None:
    """Title, section, citation and voice are the document's; no citation leads into the edition's reader."""
    async with running(wire, collection=kept.place, reader_url="https://example.org/reader"):
        plan = embed(await asked(wire, COSTS, collection="collection"))
        assert plan["title"] == "🔵 Harbour plan"
        assert '> The council pays half of the dredging.\n— "Harbour plan"' in plan["description"].replace("**", "")
        assert "· `harbour/costs/p1`" in plan["description"]
        assert "example.org" not in str(plan)
        assert "[`report/" in str(embed(await asked(wire, AUKUS, collection="both")))
        assert "`harbour/costs/p1`" in str(embed(await asked(wire, COSTS, collection="both")))
        assert "`report/IV/b7`" in str(embed(await asked(wire, AUKUS)))
        kept_to = embed(await asked(wire, "Marrowby", document="mill"))
        assert "`mill/windmill/p1`" in str(kept_to)
        assert "harbour/" not in str(kept_to)
        spoken = embed(await asked(wire, "mines in the strait", view="norway"))
        assert spoken["title"].endswith(" Norway")


@pytest.mark.asyncio
async def test_follow_ups_and_buttons_stay_with_the_collection(
    wire: WireServer, kept: Collection, papers: Path
) -> None:
    """With their collection, after a restart too, and though other documents came before them meanwhile."""
    async with running(wire, collection=kept.place):
        plan, letter = [await asked(wire, each, collection="collection") for each in (COSTS, MINES)]
    (papers / "anchor.md").write_text("# Anchor\n\nAn anchor of the harbour of Marrowby was raised.\n", "utf-8")
    kept.sync([papers])
    async with running(wire, collection=kept.place):
        said = await (await wire.say(wire.bob, wire.channel, "and the other half?", reply_to=plan)).response()
        assert "`harbour/costs/" in said.reply.text()
        assert "report/" not in said.reply.text()
        there = await (await wire.click(plan, "In context", wire.alice)).response()
        assert "`harbour/costs/p2`" in there.reply.text()
        await (await wire.click(there.reply, "Next page", wire.alice)).response()
        assert "The shipowners" in there.reply.text()
        cited = await (await wire.click(letter, "Cite", wire.alice)).response()
        assert "[japan/letter-of-japan/p1]" in cited.reply.content
        other = next(label for label in labels(letter) if label.startswith("View: "))
        view = await (await wire.click(letter, other, wire.alice)).response()
        assert view.ephemeral
        assert "report/" not in view.reply.text()


@pytest.mark.asyncio
async def test_a_withdrawn_documents_buttons_answer_no_more(wire: WireServer, kept: Collection) -> None:
    """Nor do those of an answer from a collection that the operator names no more."""
    async with running(wire, collection=kept.place):
        plan = await asked(wire, COSTS, collection="collection")
        kept.remove("harbour")
        refused = await (await wire.click(plan, "In context", wire.alice)).response()
        assert refused.reply.content == Texts("en")("error.stale")
    async with running(wire):
        refused = await (await wire.click(plan, "In context", wire.alice)).response()
        assert refused.reply.content == Texts("en")("error.stale")
        new = await (await wire.say(wire.bob, wire.channel, AUKUS, reply_to=plan)).response()
        assert "`report/IV/b7`" in new.reply.text()


@pytest.mark.asyncio
async def test_comparisons_choose_too(wire: WireServer, kept: Collection) -> None:
    """The voices of the collection, or those of both, stand side by side."""
    async with running(wire, collection=kept.place):
        for collection, report in (("collection", False), ("both", True), ("edition", True)):
            act = await wire.slash(wire.alice, wire.channel, "compare", topic="mines at sea", collection=collection)
            text = (await act.response()).reply.text()
            assert ("`report/" in text) == report
            assert ("japan/letter-of-japan/p1" in text) == (collection != "edition")


@pytest.mark.asyncio
async def test_documents_and_views_are_offered_as_one_types(wire: WireServer, kept: Collection) -> None:
    """By title and id, of what was chosen: at most 25 with 100 characters each, in the reader's language."""
    async with running(wire, collection=kept.place):

        async def offered(option: str, typed: str, **chosen: str) -> list[tuple[str, str]]:
            act = await wire.autocomplete(wire.bob, wire.channel, "ask", option, **{option: typed}, **chosen)
            return [(each["name"], each["value"]) for each in (await act.response()).choices or []]

        every = await offered("document", "")
        assert every[:2] == [("Le rapport (CSDR et CIISS)", "report"), ("L’article (Brian Wong)", "article")]
        assert [value for _, value in every[2:]] == ["harbour", "japan", "mill", "norway"]
        assert await offered("document", "letter", collection="both") == [
            ("Letter of Japan (japan)", "japan"), ("Letter of Norway (norway)", "norway"),
        ]  # fmt: skip
        assert await offered("document", "harbour", collection="edition") == []
        assert [value for _, value in await offered("document", "a", collection="collection")] == [
            "harbour", "japan", "norway",
        ]  # fmt: skip
        assert await offered("view", "norw") == [("Norway", "norway")]
        assert ("Ce que pensent les experts", "experts") not in await offered("view", "", collection="collection")


@pytest.mark.asyncio
async def test_the_commands_are_registered_in_every_language(wire: WireServer, kept: Collection) -> None:
    """The option and its three choices; without a collection there is none of it."""
    async with running(wire):
        plain = {command["name"]: command for command in wire.state.commands[None]}
        assert "collection" not in str(plain["ask"]) + str(plain["compare"])
    async with running(wire, collection=kept.place):
        registered = {command["name"]: command for command in wire.state.commands[None]}
        assert set(registered) == set(plain)
        for name in ("ask", "compare"):
            option = next(each for each in registered[name]["options"] if each["name"] == "collection")
            assert [each["value"] for each in option["choices"]] == ["edition", "collection", "both"]
            assert option["name_localizations"] == {
                "fr": "collection",
                "de": "sammlung",
                "zh-CN": "文集",
                "zh-TW": "文集",
            }
        options = {each["name"]: each for each in registered["ask"]["options"]}
        assert options["document"]["autocomplete"]
        assert options["view"]["autocomplete"]


@pytest.mark.asyncio
async def test_a_collection_that_does_not_open(
    wire: WireServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The asker reads so without any path, the log has the reference; the edition answers, and is offered."""
    place = tmp_path / "secret-place"
    place.mkdir()
    (place / "collection.sqlite").write_bytes(b"no database" * 100)
    for named in (place, tmp_path / "secret-nothing"):
        async with running(wire, collection=str(named)):
            told = (await asked(wire, COSTS, collection="collection")).content
            assert told.startswith("The collection cannot be opened just now")
            assert "secret" not in told
            number = re.findall(r"`(\w{8})`", told)[0]
            assert any(getattr(record, "fields", {}).get("reference") == number for record in caplog.records)
            act = await wire.autocomplete(wire.alice, wire.channel, "ask", "document", document="")
            assert [each["value"] for each in (await act.response()).choices or []] == ["report", "article"]
            assert "`report/IV/b7`" in str(embed(await asked(wire, AUKUS)))


@pytest.mark.asyncio
async def test_a_place_that_is_not_there_is_said(wire: WireServer, kept: Collection) -> None:
    """A document or view of the other kind is named as unknown, its Markdown and mentions without effect."""
    async with running(wire, collection=kept.place):
        told = (await asked(wire, COSTS, collection="edition", document="harbour")).content
        assert "harbour" in told
        told = (await asked(wire, COSTS, collection="collection", document="**x** <@1>")).content
        assert "<@1>" not in told
        assert "**x**" not in told


@pytest.mark.asyncio
async def test_names_are_shown_as_they_are(wire: WireServer, kept: Collection, papers: Path) -> None:
    """Titles and voices are people's words: no Markdown, no mention and no control character takes effect."""
    words = "# **Bold** <@1> @everyone [l](http\u202e://x)\n\nThe lamp of the lighthouse burns oil.\n"
    (papers / "lamp.md").write_text(words, "utf-8")
    kept.sync([papers])
    async with running(wire, collection=kept.place):
        lamp = embed(await asked(wire, "What does the lamp of the lighthouse burn?", collection="collection"))
        for text in (lamp["title"], lamp["description"].partition("— ")[2]):
            assert not re.search(r"(?<!\\)<@|(?<!\\)@everyone|(?<!\\)\]\(", text)
        assert "\u202e" not in str(lamp)
        act = await wire.autocomplete(wire.alice, wire.channel, "ask", "document", document="oil")
        assert (await act.response()).choices == []
        act = await wire.autocomplete(wire.alice, wire.channel, "ask", "document", document="lamp")
        (choice,) = (await act.response()).choices or []
        assert choice["value"] == "lamp"
        assert "\u202e" not in choice["name"]
