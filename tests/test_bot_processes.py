"""The bot's answers from processes of their own: what crosses to them, one that dies, and the end of all."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
from pathlib import Path
from typing import Any, cast

import pytest

from bot_kit import AUKUS, PARTIAL, UNANSWERED, Troubled, labels, process, running
from discord_wire import Message, WireServer
from ncrelations import AnswerUnavailable, InvalidDraft
from ncrelations.collections.collection import Collection
from ncrelations.conversations.state import ChatState
from ncrelations_discord.answers import Documents
from ncrelations_discord.app import _Bot
from ncrelations_discord.asked import Answerer, GivenDraft, Question, SentCard, Topic, Work, in_a_process
from ncrelations_discord.cards import StaleError
from ncrelations_discord.collected import Beside, Where
from ncrelations_discord.replies import state_of
from process_kit import SEES_PROCESSES, answering

pytest_plugins = ["discord_wire.fixtures", "collection_fixtures"]

COSTS = "Who pays half of the dredging of the harbour of Marrowby?"
DRAFT = "The report calls it “the relic of the Cold War” and “an ornament of peace”."
GENEROUS = {"NCR_DISCORD_PERSON_QUESTIONS": "1000", "NCR_DISCORD_CHANNEL_QUESTIONS": "1000"}
LOOKS = pytest.mark.skipif(not SEES_PROCESSES, reason="no /proc to look for processes in")


def sent(work: Work, answerer: Answerer) -> SentCard:
    """What comes back, where both have gone from one process to another."""
    data = pickle.dumps(answerer.of(pickle.loads(pickle.dumps(work))))  # noqa: S301 -- our own
    assert b"document.tree" not in data, "no document is sent along"
    assert len(data) < 20_000
    return cast("SentCard", pickle.loads(data))  # noqa: S301 -- our own


@pytest.mark.parametrize(
    "work",
    [
        *(Question(each, language="fr", asker=7) for each in (AUKUS, PARTIAL, UNANSWERED, "hello", "list the risks")),
        Question("and how does that look?", document="report", view="nato"),
        Topic("Huawei", Where.EDITION, "de", 7), GivenDraft(DRAFT), GivenDraft(DRAFT.encode(), "draft.md", "fr"),
    ],
)  # fmt: skip
def test_a_card_that_was_sent_is_the_card(work: Work) -> None:
    """What is shown is what was worked out, passage for passage, and the same blocks are quoted."""
    documents = Documents()
    assert sent(work, Answerer(documents)).card(documents) == work.card(documents)


def test_a_conversation_goes_along(kept: Collection) -> None:
    """A follow-up is answered in the process as here, in the edition and in a collection."""
    documents = Documents()
    beside = Beside(kept.place, documents)
    for where, asked, then in ((Where.EDITION, AUKUS, "and NATO?"), (Where.BOTH, COSTS, "and the other half?")):
        here = beside.documents(where)
        first = sent(Question(asked, where=where), Answerer(documents, beside)).card(here)
        follow_up = Question(then, state_of(first), where)
        assert sent(follow_up, Answerer(documents, beside)).card(here) == follow_up.card(here)
    assert ChatState() == Question(AUKUS).state


def test_what_changed_meanwhile_is_no_other_passage(kept: Collection, papers: Path) -> None:
    """A passage whose text changed on its way is stale; one of an old text is shown with its own words."""
    documents = Documents()
    beside = Beside(kept.place, documents)
    answerer = Answerer(documents, beside)
    late = sent(Question(COSTS, where=Where.COLLECTION), answerer)
    (papers / "harbour.md").write_text("# Harbour plan\n\nThe plan was given up.\n", "utf-8")
    kept.sync([papers])
    with pytest.raises(StaleError):
        late.card(beside.documents(Where.COLLECTION))
    old = sent(Question("show harbour/costs/p1", where=Where.COLLECTION), answerer)
    (quote,) = old.card(beside.documents(Where.COLLECTION)).quotes
    assert "pays half" in quote.block.text


def test_a_refusal_comes_back_as_it_is() -> None:
    """What opens the edition can be sent, and what it refuses is the library's own error."""
    answerer = in_a_process(None, "WARNING")
    with pytest.raises(InvalidDraft):
        answerer.of(GivenDraft(b"\xff\xfe\x00", "draft.md"))


@pytest.mark.asyncio
@LOOKS
async def test_a_killed_process_is_replaced_and_its_questions_answered(wire: WireServer) -> None:
    """Whatever dies while people wait, each of them is answered, and so is who comes next."""
    async with process(wire, NCR_DISCORD_TOKEN=wire.token, NCR_DISCORD_PROCESSES="2", **GENEROUS) as bot:
        await wire.connected(20)
        asked = [await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS) for _ in range(40)]
        await asked[0].response(30)
        before = answering(bot.pid)
        for each in before:
            os.kill(each, signal.SIGKILL)
        answers = [await each.response(60) for each in asked]
        assert all(each.reply.embeds for each in answers)
        again = await (await wire.slash(wire.alice, wire.channel, "ask", question=PARTIAL)).response(30)
        assert again.reply.embeds
        assert len(before) == 2
        assert not {*before} & {*answering(bot.pid)}


@pytest.mark.asyncio
@LOOKS
async def test_the_end_comes_when_all_are_answered(wire: WireServer) -> None:
    """At SIGTERM whoever waits is answered, the exit code is 0, and no process is left."""
    async with process(wire, NCR_DISCORD_TOKEN=wire.token, NCR_DISCORD_PROCESSES="2", **GENEROUS) as bot:
        await wire.connected(20)
        asked = [await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS) for _ in range(20)]
        await asked[0].response(30)
        left = answering(bot.pid)
        bot.send_signal(signal.SIGTERM)
        answers = [await each.response(30) for each in asked]
        await asyncio.wait_for(bot.communicate(), 30)
    assert bot.returncode == 0
    assert all(each.reply.embeds for each in answers)
    assert len(left) == 2
    assert [each for each in left if Path(f"/proc/{each}").exists()] == []


@pytest.mark.asyncio
async def test_what_cannot_be_answered_is_said(wire: WireServer) -> None:
    """A question that ends every process it comes to is refused in words."""

    def ended(_: str) -> None:
        raise AnswerUnavailable("the process that worked it out ended twice", "ask something else, or later")

    async with running(wire, Troubled(ended)):
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        assert "Something went wrong" in asked.reply.content


@pytest.mark.asyncio
async def test_a_collection_is_asked_in_processes_too(wire: WireServer, kept: Collection, papers: Path) -> None:
    """Answers, buttons, follow-ups and choices are those of a collection that goes on changing."""
    async with running(wire, processes=1, collection=kept.place) as client:
        assert cast("_Bot", client).service.answering.unready() is None

        async def asked(question: str, **chosen: Any) -> Message:
            said = await wire.slash(wire.alice, wire.channel, "ask", question=question, **chosen)
            return (await said.response(30)).reply

        assert "`report/IV/b7`" in (await asked(AUKUS)).text()
        assert "`harbour/costs/p1`" in (await asked(COSTS, collection="both")).text()
        plan = await asked(COSTS, document="harbour")
        there = await (await wire.click(plan, "In context", wire.alice)).response(30)
        assert "`harbour/costs/p2`" in there.reply.text()
        said = await (await wire.say(wire.bob, wire.channel, "and the other half?", reply_to=plan)).response(30)
        assert "`harbour/costs/" in said.reply.text()
        (papers / "anchor.md").write_text("# Anchor\n\nAn anchor of the harbour of Marrowby was raised.\n", "utf-8")
        kept.sync([papers])
        assert "`anchor/anchor/p1`" in (await asked("Was an anchor raised?", collection="collection")).text()
        kept.remove("harbour")
        assert "In context" in labels(plan)
        gone = await (await wire.click(plan, "In context", wire.alice)).response(30)
        assert "older version" in gone.reply.content
