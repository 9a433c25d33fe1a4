"""Every button, over the wire, before and after a restart."""

from __future__ import annotations

import pytest

from bot_kit import AUKUS, UNANSWERED, embed, labels, running
from discord_wire import Interaction, Message, WireServer
from discord_wire.state import EVERYBODY, MANAGE_MESSAGES

pytest_plugins = ["discord_wire.fixtures"]
pytestmark = pytest.mark.asyncio


async def asked(wire: WireServer, question: str = AUKUS, *, private: bool = False) -> Message:
    """The message that answers a question of Alice's."""
    act = await wire.slash(wire.alice, wire.channel, "ask", question=question, private=private)
    return (await act.response()).reply


async def test_more_excerpts_page_by_editing(wire: WireServer) -> None:
    """Forth and back in the same message; what was there comes again unchanged; anyone may turn."""
    async with running(wire):
        message = await asked(wire)
        first = dict(embed(message))
        await (await wire.click(message, "More excerpts", wire.bob)).response()
        assert embed(message)["footer"]["text"].endswith(" % · Page 2 of 3")
        assert labels(message)[:2] == ["Back", "More excerpts"]
        await (await wire.click(message, "More excerpts", wire.bob)).response()
        assert "More excerpts" not in labels(message)
        await (await wire.click(message, "Back", wire.bob)).response()
        await (await wire.click(message, "Back", wire.bob)).response()
        assert embed(message) == first
        assert message.edits == 4


async def test_reasons_stay_when_paging(wire: WireServer) -> None:
    """Each page of an unanswered question says that it is not answered, and why."""
    async with running(wire):
        message = await asked(wire, UNANSWERED)
        await (await wire.click(message, "More excerpts", wire.alice)).response()
        assert embed(message)["title"] == "The documents do not answer this"
        assert "never mention 'Albania'" in embed(message)["description"]


async def test_the_paragraph_in_context(wire: WireServer) -> None:
    """Private: the paragraph between its neighbours, to be walked through and shared."""
    async with running(wire):
        message = await asked(wire)
        there = await (await wire.click(message, "In context", wire.bob)).response()
        assert there.ephemeral
        text = there.reply.text()
        assert text.index("`report/IV/b6`") < text.index("`report/IV/b7`") < text.index("`report/IV/b8`")
        assert labels(there.reply) == ["Retour", "Page suivante", "Citer", "Partager"]
        await (await wire.click(there.reply, "Page suivante", wire.bob)).response()
        assert "`report/V/p1`" in there.reply.text()


async def test_the_other_sides_view(wire: WireServer) -> None:
    """Private: the same question for the other side, with Share."""
    async with running(wire):
        message = await asked(wire, "What does NATO think of Chinese technology?")
        other = await (await wire.click(message, "View: Chinese perception of NATO", wire.alice)).response()
        assert other.ephemeral
        assert "report/IV/" in other.reply.text()
        assert "report/III/" not in "".join(field["value"] for field in embed(other.reply)["fields"])


async def test_the_experts_other_side_is_the_author(wire: WireServer) -> None:
    """Where no side speaks, the other document's voice is offered."""
    async with running(wire):
        message = await asked(wire, "What do the experts recommend on maritime security?")
        other = await (await wire.click(message, "View: Brian Wong", wire.alice)).response()
        assert "article/" in other.reply.text()


async def test_a_citation_to_copy(wire: WireServer) -> None:
    """Private: text and BibTeX of the passage on this page."""
    async with running(wire):
        message = await asked(wire)
        cited = await (await wire.click(message, "Cite", wire.bob)).response()
        assert cited.ephemeral
        assert "[report/IV/b7]\n```\n```bibtex\n" in cited.reply.content
        assert "@misc{ncr-report," in cited.reply.content


async def share(wire: WireServer, message: Message) -> Interaction:
    """Press Share and wait for both messages."""
    pressed = await wire.click(message, "Share", wire.alice)
    await wire.until(lambda: pressed.messages and message.edits)
    return pressed


async def test_share_a_private_answer(wire: WireServer) -> None:
    """The answer appears for everyone, named, deletable by who shared it; the private one loses its button."""
    async with running(wire):
        message = await asked(wire, private=True)
        public = (await share(wire, message)).reply
        assert not public.ephemeral
        assert public.content == f"Shared by <@{wire.alice.id}>"
        assert embed(public) == embed(message)
        assert labels(public)[-1] == "Delete"
        assert "Share" not in labels(message)
        await (await wire.click(public, "Delete", wire.alice)).response()
        assert public.deleted


async def test_delete_is_for_the_asker_and_moderators(wire: WireServer) -> None:
    """Others are told so privately."""
    moderator = wire.add_user("moderator", permissions=EVERYBODY | MANAGE_MESSAGES)
    async with running(wire):
        message = await asked(wire)
        refused = await (await wire.click(message, "Delete", wire.bob)).response()
        assert refused.ephemeral
        assert refused.reply.content.startswith("Seule la personne qui a demandé")
        assert not message.deleted
        await (await wire.click(message, "Delete", moderator)).response()
        assert message.deleted
        own = await asked(wire)
        await (await wire.click(own, "Delete", wire.alice)).response()
        assert own.deleted


async def test_buttons_survive_a_restart(wire: WireServer) -> None:
    """A new process that has never seen the message works its buttons: nothing is kept in memory."""
    async with running(wire):
        message, hidden = await asked(wire), await asked(wire, private=True)
    async with running(wire):
        await (await wire.click(message, "More excerpts", wire.bob)).response()
        assert "Page 2 of 3" in message.text()
        assert (await (await wire.click(message, "Cite", wire.bob)).response()).ephemeral
        assert "View" in labels(message)[3]
        assert (await share(wire, hidden)).reply.embeds
        await (await wire.click(message, "Delete", wire.alice)).response()
        assert message.deleted


async def test_comparison_and_section_turn_their_pages(wire: WireServer) -> None:
    """The second passage of each voice; the next part of a section."""
    async with running(wire):
        compared = await (await wire.slash(wire.alice, wire.channel, "compare", topic="maritime security")).response()
        before = compared.reply.text()
        await (await wire.click(compared.reply, "Next page", wire.bob)).response()
        assert compared.reply.text() != before
        assert "Page 2 of 2" in compared.reply.text()
        read = await (await wire.slash(wire.alice, wire.channel, "timeline")).response()
        await (await wire.click(read.reply, "Next page", wire.alice)).response()
        assert "Page 2 of 3" in read.reply.text()
        shared = await share(wire, read.reply)
        assert "Page 2 of 3" in shared.reply.text()


FOREIGN = ["ncr0:page:x", "something else", "ncr1:page:AAAAAA______:1", "ncr1:what:AAAAAA:1"]


@pytest.mark.parametrize("custom_id", FOREIGN)
async def test_a_button_of_another_version(wire: WireServer, custom_id: str) -> None:
    """An unknown id is answered with "ask again", privately and in the reader's language."""
    async with running(wire):
        message = await asked(wire)
        message.controls()[0]["custom_id"] = custom_id
        answer = await (await wire.click(message, custom_id, wire.bob)).response()
        assert answer.ephemeral
        assert answer.reply.content.startswith("Ce bouton vient d’une version antérieure")
