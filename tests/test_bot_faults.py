"""Every way in which things go wrong: nobody is left with "thinking...", and the log knows the reference."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import signal
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot_kit import AUKUS, Held, Troubled, embed, running, settings
from discord_wire import WireServer
from discord_wire.state import EVERYBODY, SEND_MESSAGES
from ncrelations import IndexMismatch
from ncrelations.editions.nato_china.edition import Edition, edition
from ncrelations.languages.scorers import Scorers
from ncrelations_discord import create_client
from ncrelations_discord.app import serve
from ncrelations_discord.logs import JsonFormatter
from ncrelations_discord.talk import earlier

pytest_plugins = ["discord_wire.fixtures"]
pytestmark = pytest.mark.asyncio

REFERENCE = re.compile(r"`([0-9a-f]{8})`")


class SecretsError(Exception):
    """An error whose message must stay in the log."""


def crash(_: str) -> None:
    """Fail as a bug would."""
    raise SecretsError("internal detail")


def formatted(caplog: pytest.LogCaptureFixture, *hidden: str) -> list[dict[str, object]]:
    """The log as its lines of JSON."""
    return [json.loads(JsonFormatter(*hidden).format(record)) for record in caplog.records]


@pytest.mark.parametrize("private", [True, False])
async def test_a_crash_in_the_middle_of_an_answer(
    wire: WireServer, caplog: pytest.LogCaptureFixture, *, private: bool
) -> None:
    """The person reads a sentence with a reference id, which the log has too, with the trace."""
    async with running(wire, Troubled(crash)):
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS, private=private)).response()
        assert "internal detail" not in asked.reply.content
        found = REFERENCE.search(asked.reply.content)
        assert found
        (line,) = [each for each in formatted(caplog) if each.get("reference") == found[1]]
        assert line["level"] == "ERROR"
        assert "SecretsError: internal detail" in str(line["trace"])
        assert AUKUS not in json.dumps(line)


async def test_a_crash_elsewhere(wire: WireServer) -> None:
    """Comparisons, mentions, direct messages, the menu and the other side's view fail in words too."""
    async with running(wire):
        good = (await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()).reply
    async with running(wire, Troubled(crash)):
        compared = await (await wire.slash(wire.alice, wire.channel, "compare", topic="Huawei")).response()
        said = await (await wire.say(wire.alice, wire.channel, AUKUS, mentions=[wire.bot])).response()
        direct = await (await wire.dm(wire.alice, AUKUS)).response()
        menu = await (await wire.context_menu(wire.alice, said.message, "Ask the documents")).response()
        side = await (await wire.click(good, "View: NATO perception of China", wire.alice)).response()
        for each in (compared, said, direct, menu, side):
            assert REFERENCE.search(each.reply.content)


async def test_the_operators_errors_are_not_the_askers(wire: WireServer) -> None:
    """A damaged index is an error with a reference, not a riddle for the person who asked."""

    def damaged(_: str) -> None:
        raise IndexMismatch("it is damaged")

    async with running(wire, Troubled(damaged)):
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        assert REFERENCE.search(asked.reply.content)
        assert "ncr index build" not in asked.reply.content


async def test_an_answer_that_takes_too_long(wire: WireServer) -> None:
    """It is given up aloud, and the worker goes on."""
    held = Held()
    async with running(wire, Troubled(held), answer_seconds=3):
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        assert "took too long" in asked.reply.content
        held.gate.set()
        again = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        assert again.reply.embeds


@pytest.mark.parametrize("scope", ["user", "global"])
async def test_rate_limits_are_waited_out(wire: WireServer, scope: str) -> None:
    """A 429 delays an answer and loses none."""
    async with running(wire):
        wire.rate_limit("POST /webhooks/*", times=2, retry_after=0.1, scope=scope)
        wire.rate_limit("POST /channels/*/messages", times=1, retry_after=0.1, scope=scope)
        asked = await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)
        said = await wire.say(wire.alice, wire.channel, AUKUS, mentions=[wire.bot])
        assert (await asked.response()).reply.embeds
        assert (await said.response()).reply.embeds


async def test_bad_gateway(wire: WireServer) -> None:
    """A 502 on the acknowledgement or the answer is tried again."""
    async with running(wire):
        wire.fail(502, where="*/callback")
        wire.fail(502, where="POST /webhooks/*")
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        assert asked.reply.embeds


async def test_a_late_acknowledgement(wire: WireServer, caplog: pytest.LogCaptureFixture) -> None:
    """Where Discord has given up (10062), the bot logs it, asks nothing, and lives on."""
    asked_of: list[str] = []
    async with running(wire, Troubled(asked_of.append)):
        wire.late_response()
        late = await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)
        await wire.until(lambda: late.refusals == [10062])
        await wire.until(lambda: any(r.getMessage() == "nobody to answer" for r in caplog.records))
        assert not asked_of
        assert (await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()).reply.embeds


async def test_an_expired_token(wire: WireServer, caplog: pytest.LogCaptureFixture) -> None:
    """An answer after the interaction's end is refused (50027); the log says so without a trace or the token."""
    held = Held()
    async with running(wire, Troubled(held)):
        asked = await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)
        await asked.acknowledged()
        wire.expire(asked)
        held.gate.set()
        await wire.until(lambda: 50027 in asked.refusals)
        await wire.until(lambda: any(r.getMessage() == "nobody to answer" for r in caplog.records))
        assert asked.token not in "".join(map(json.dumps, formatted(caplog)))


async def test_interaction_tokens_never_reach_the_log(wire: WireServer, caplog: pytest.LogCaptureFixture) -> None:
    """discord.py quotes addresses with tokens in its warnings; the formatter takes them out."""
    async with running(wire):
        wire.rate_limit("POST /webhooks/*", times=1, retry_after=0.1)
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()
        text = "".join(map(json.dumps, formatted(caplog, wire.token)))
        assert "rate limited" in text
        assert asked.token not in text
        assert wire.token not in text


@pytest.mark.parametrize("trouble", ["cut", "op 7", "op 9 resumable", "op 9"])
async def test_lost_connections(wire: WireServer, trouble: str) -> None:
    """After a cut, a reconnect or an invalid session the bot answers as before; what came meanwhile too."""
    async with running(wire):
        before = (await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()).reply
        if trouble == "cut":
            await wire.drop_connection()
        elif trouble == "op 7":
            await wire.reconnect()
        else:
            await wire.invalidate_session(resumable=trouble != "op 9")
        if trouble == "op 9":
            await wire.until(lambda: wire.gateway.identifies == 2, timeout=10)
            await asyncio.sleep(0.2)
        said = await (await wire.dm(wire.alice, AUKUS)).response(12)
        assert said.reply.embeds
        await (await wire.click(before, "More excerpts", wire.alice)).response()
        assert "Page 2 of 3" in before.text()


async def test_where_the_bot_may_not_write(wire: WireServer, caplog: pytest.LogCaptureFixture) -> None:
    """A mention in a channel closed to the bot is no crash; the log has a line."""
    closed = wire.add_channel("closed", bot_permissions=EVERYBODY & ~SEND_MESSAGES)
    async with running(wire):
        await (await wire.say(wire.alice, closed, AUKUS, mentions=[wire.bot])).silence(0.3)
        assert any(r.getMessage() == "nobody to answer" for r in caplog.records)
        assert (await (await wire.dm(wire.alice, AUKUS)).response()).reply.embeds


async def test_a_message_deleted_before_the_answer(wire: WireServer) -> None:
    """The answer is written without a reference."""
    held = Held()
    async with running(wire, Troubled(held)):
        said = await wire.say(wire.alice, wire.channel, AUKUS, mentions=[wire.bot])
        await asyncio.sleep(0.2)
        await wire.delete(said.message, wire.alice)
        held.gate.set()
        answer = await said.response()
        assert answer.reply.reference is None
        assert embed(answer.reply)["author"]["name"] == AUKUS


async def test_a_command_that_is_gone(wire: WireServer) -> None:
    """Someone's Discord still offers a command of yesterday: "reload" is the answer."""
    async with running(wire):
        wire.state.commands[None].append({"type": 1, "name": "yesterday", "description": "x", "id": "1"})
        asked = await (await wire.slash(wire.alice, wire.channel, "yesterday")).response()
        assert asked.ephemeral
        assert asked.reply.content.startswith("This command has changed")


async def test_stopping_answers_what_is_under_way(wire: WireServer) -> None:
    """A shutdown waits for an answer that is being made, and refuses what comes after in words."""
    held = Held()
    client = create_client(settings(wire), connector=wire.connector(), library=Troubled(held))
    async with wire.run(client):
        asked = await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)
        await asked.acknowledged()
        closing = asyncio.create_task(client.close())
        await asyncio.sleep(0.1)
        refused = await (await wire.slash(wire.bob, wire.channel, "ask", question=AUKUS)).response()
        assert "redémarre" in refused.reply.content
        held.gate.set()
        await closing
        assert (await asked.response()).reply.embeds


async def test_a_failing_delete_is_said(wire: WireServer) -> None:
    """Even a refusal by Discord in the middle of a button's work ends in words or in the log."""
    async with running(wire):
        message = (await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()).reply
        wire.fail(403, where="DELETE /webhooks/*")
        pressed = await (await wire.click(message, "Delete", wire.alice)).response()
        assert REFERENCE.search(pressed.reply.content)
        assert pressed.ephemeral


async def test_sharding(wire: WireServer) -> None:
    """When asked, several gateway connections; commands and direct messages work on each."""
    async with running(wire, sharded=True, shard_count=2) as client:
        assert isinstance(client, discord.AutoShardedClient)
        await wire.until(lambda: len(wire.gateway.live) == 2, timeout=10)
        assert (await (await wire.dm(wire.alice, AUKUS)).response()).reply.embeds
        assert (await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()).reply.embeds


async def test_a_wrong_token_is_said_without_the_token(wire: WireServer, caplog: pytest.LogCaptureFixture) -> None:
    """discord.py refuses to start; nothing quotes the token."""
    caplog.set_level(logging.DEBUG)
    wrong = "wrong.token.value"
    client = create_client(settings(wire), connector=wire.connector())
    with pytest.raises(discord.LoginFailure) as raised:
        await client.start(wrong)
    await client.close()
    assert wrong not in str(raised.value) + caplog.text


async def test_even_the_apology_fails(wire: WireServer, caplog: pytest.LogCaptureFixture) -> None:
    """Where neither answer nor apology can be sent, "thinking..." is taken away and the log has both errors."""
    async with running(wire, Troubled(crash)):
        wire.fail(403, where="POST /webhooks/*")
        asked = await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)
        await wire.until(lambda: asked.messages and asked.messages[0].deleted)
        failures = [line for line in formatted(caplog) if line["event"] == "failed"]
        assert [line["what"] for line in failures] == ["/ask", "/ask: telling"]
        assert len({str(line["reference"]) for line in failures}) == 1
        wire.fail(403, where="POST /channels/*/messages")
        await (await wire.dm(wire.alice, AUKUS)).silence(0.3)


async def test_a_failing_autocomplete_suggests_nothing(wire: WireServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader sees an empty list and no failure."""

    def broken(*_: object) -> None:
        raise SecretsError

    monkeypatch.setattr("ncrelations_discord.commands.places", broken)
    async with running(wire):
        typed = await (await wire.autocomplete(wire.alice, wire.channel, "section", "place")).response()
        assert typed.choices == []
        old = {"type": 3, "name": "x", "description": "x", "autocomplete": True}
        wire.state.commands[None].append({"type": 1, "name": "old", "description": "x", "id": "1", "options": [old]})
        assert (await (await wire.autocomplete(wire.alice, wire.channel, "old", "x")).response()).choices == []


async def test_a_repeated_acknowledgement_is_no_error(wire: WireServer) -> None:
    """Where Discord says it was acknowledged already (40060, after a retry), the answer follows all the same."""
    async with running(wire):
        asked = await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS, private=True)
        asked.defer(64)
        asked.ack_type, asked.ack_seconds = 5, 0.0
        await asked.response()
        assert asked.reply.embeds
        assert len(wire.take_violations("second-response")) == 1


@pytest.mark.parametrize("found", [True, False])
async def test_a_reference_without_its_message(wire: WireServer, *, found: bool) -> None:
    """Where an event does not carry the message replied to, it is fetched; where it is gone, a new talk begins."""
    async with running(wire) as bot:
        message = (await (await wire.slash(wire.alice, wire.channel, "ask", question=AUKUS)).response()).reply
        place = bot.get_partial_messageable(wire.channel.id)
        before = await place.fetch_message(message.id)

        class Place:
            """A channel as far as it is needed."""

            async def fetch_message(self, _: int) -> discord.Message:
                if found:
                    return before
                raise discord.NotFound(cast("Any", SimpleNamespace(status=404, reason="x")), "gone")

        said = SimpleNamespace(reference=SimpleNamespace(message_id=1, resolved=None), channel=Place())
        assert bot.user is not None
        service = cast("Any", bot).service
        documents, state = await earlier(said, bot.user, service)  # type: ignore[arg-type]
        assert documents is service.documents
        assert state.question == (AUKUS if found else "")


async def test_serving_until_a_signal(wire: WireServer) -> None:
    """SIGTERM ends the process's main coroutine with 0, a refused token with 1, a broken start with 1."""
    client = create_client(settings(wire), connector=wire.connector())
    serving = asyncio.create_task(serve(client, wire.token))
    await wire.connected()
    await client.wait_until_ready()
    os.kill(os.getpid(), signal.SIGTERM)
    assert await serving == 0
    assert await serve(create_client(settings(wire), connector=wire.connector()), "wrong.token.value") == 1

    class Unloadable(Edition):
        @property
        def scorers(self) -> Scorers:
            raise IndexMismatch("it is missing")

    broken = create_client(settings(wire), connector=wire.connector(), library=Unloadable(edition().corpus))
    assert await serve(broken, wire.token) == 1
