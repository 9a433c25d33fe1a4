"""The wire-level Discord: it catches what a bot does wrong, and an unmodified discord.py client lives on it."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from discord_wire import Spec, WireError, WireServer, check_request, find_description, load_description
from discord_wire.bad_requests import DESCRIBED, GOOD, OWN, Request, message

pytest_plugins = ["discord_wire.fixtures"]

DESCRIPTION = load_description(find_description())
described = pytest.mark.skipif(not DESCRIPTION.present, reason="no openapi.json: own rules alone")
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class Hasty:
    """A client that does not wait five seconds before a new session."""

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait."""


class ShardedBot(Hasty, discord.AutoShardedClient):
    """A client of several shards."""


class Bot(Hasty, discord.Client):
    """A bot with one of everything."""

    def __init__(self, server: WireServer, *, intents: discord.Intents = INTENTS) -> None:
        quiet = discord.AllowedMentions.none()
        super().__init__(
            intents=intents, allowed_mentions=quiet, connector=server.connector(), guild_ready_timeout=0.05
        )
        self.heard: list[str] = []
        self.resumed = self.readied = 0
        self.gate = asyncio.Event()
        self.tree = app_commands.CommandTree(self)
        self.errors: list[BaseException] = []
        self.tree.command(name="ask", description="Ask")(ask).autocomplete("question")(suggest)
        self.tree.command(name="slow", description="Answer when allowed")(slow)
        self.tree.command(name="form", description="Open a dialogue")(form)
        self.tree.add_command(app_commands.ContextMenu(name="Ask about this", callback=about))
        self.tree.error(self.failed)

    async def setup_hook(self) -> None:
        """Register the commands."""
        await self.tree.sync()

    async def failed(self, _: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """Keep what went wrong."""
        self.errors.append(error.__cause__ or error)

    async def on_ready(self) -> None:
        """Count new sessions."""
        self.readied += 1

    async def on_resumed(self) -> None:
        """Count resumed sessions."""
        self.resumed += 1

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Hand on what was pressed."""
        if interaction.type is discord.InteractionType.component and interaction.data is not None:
            await pressed(interaction, dict(interaction.data))

    async def on_message(self, said: discord.Message) -> None:
        """Answer who speaks to the bot."""
        if said.author == self.user:
            return
        self.heard.append(said.content)
        if self.user in said.mentions and "thread" in said.content:
            thread = await said.create_thread(name="A thread")
            await thread.send("in the thread")
        elif self.user in said.mentions or said.guild is None:
            async with said.channel.typing():
                await said.reply(f"you said {said.clean_content}", mention_author=False)


@app_commands.describe(question="What to ask")
async def ask(interaction: discord.Interaction, question: str, private: bool = False) -> None:
    """Defer, then follow up."""
    await interaction.response.defer(ephemeral=private, thinking=True)
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="More", custom_id="more:1", emoji="🔎"))
    view.add_item(discord.ui.Button(label="Gone", custom_id="gone"))
    view.add_item(discord.ui.Select(custom_id="pick", options=[discord.SelectOption(label="One", value="1")]))
    shown = discord.Embed(title=question).add_field(name="locale", value=str(interaction.locale))
    await interaction.followup.send("answer", embed=shown, view=view, wait=True)


async def suggest(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Suggest two questions."""
    return [app_commands.Choice(name=f"{current}{end}", value=end) for end in ("?", "!")]


async def slow(interaction: discord.Interaction) -> None:
    """Answer twice, each time when the test allows it."""
    await interaction.response.send_message("first")
    assert isinstance(interaction.client, Bot)
    await interaction.client.gate.wait()
    await interaction.edit_original_response(content="second")
    await interaction.followup.send("third", ephemeral=True, file=discord.File(__file__, "test.py"))


async def about(interaction: discord.Interaction, target: discord.Message) -> None:
    """Repeat the message the command was used on."""
    await interaction.response.send_message(f"it says {target.content}", ephemeral=True)


class Form(discord.ui.Modal, title="Form"):
    """A dialogue of one field."""

    name: discord.ui.TextInput[Form] = discord.ui.TextInput(label="Name", custom_id="name")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Greet."""
        await interaction.response.send_message(f"hello {self.name.value}")


async def form(interaction: discord.Interaction) -> None:
    """Open the dialogue."""
    await interaction.response.send_modal(Form())


async def pressed(interaction: discord.Interaction, data: dict[str, Any]) -> None:
    """Answer buttons and selects."""
    if data["custom_id"] == "more:1":
        await interaction.response.edit_message(content="more")
    elif data["custom_id"] == "gone":
        await interaction.response.defer()
        await interaction.delete_original_response()
    else:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"picked {data['values']}")


@asynccontextmanager
async def running(wire: WireServer) -> AsyncIterator[Bot]:
    """Run the bot."""
    bot = Bot(wire)
    async with wire.run(bot):
        yield bot


def caught(spec: Spec, request: Request) -> set[str]:
    """Name the rules a request breaks."""
    found = check_request(spec, request.method, request.template, request.query, request.body)
    return {violation.rule for violation in found}


@pytest.mark.parametrize("request_", OWN, ids=lambda request: request.name)
def test_an_own_rule_catches(request_: Request) -> None:
    """Each request the description lets pass, or forbidden by this project, breaks its own rule."""
    assert request_.rule in caught(Spec(None), request_)


@described
@pytest.mark.parametrize("request_", DESCRIBED, ids=lambda request: request.name)
def test_the_description_catches(request_: Request) -> None:
    """Each request over one of Discord's published limits is caught by the description."""
    assert "description" in caught(DESCRIPTION, request_)


@pytest.mark.parametrize("request_", GOOD, ids=lambda request: request.name)
def test_a_good_request_passes(request_: Request) -> None:
    """What Discord accepts passes, the allow-list included."""
    assert not check_request(DESCRIPTION, request_.method, request_.template, request_.query, request_.body)


def test_the_description_is_no_part_of_the_repository() -> None:
    """Discord's description lies outside the project."""
    assert not list(Path(__file__).parents[1].rglob("openapi*.json"))


async def raw(wire: WireServer, method: str, path: str, body: Any = None) -> tuple[int, Any]:
    """Send a request by hand."""
    headers = {"Authorization": f"Bot {wire.token}", "User-Agent": "DiscordBot (http://x, 1)"}
    async with aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{wire.port}/api/v10{path}"
        async with session.request(method, url, json=body, headers=headers) as answer:
            return answer.status, await answer.json(content_type=None) if answer.status != 204 else None


@pytest.mark.asyncio
async def test_a_bad_request_is_refused_and_fails_the_test(wire: WireServer) -> None:
    """A bad request gets 400 with code 50035, is recorded, and makes the fixture's check fail."""
    status, body = await raw(wire, "POST", f"/channels/{wire.channel.id}/messages", message(content="x" * 2001))
    assert (status, body["code"]) == (400, 50035)
    with pytest.raises(WireError, match="content: 2001 characters"):
        wire.check()
    assert len(wire.take_violations("content")) == 1


@pytest.mark.asyncio
async def test_an_unknown_route_is_a_violation(wire: WireServer) -> None:
    """A route the server lacks gets 501 and is recorded."""
    status, _ = await raw(wire, "PUT", f"/channels/{wire.channel.id}/messages/1/reactions/x/@me")
    assert status == 501
    assert len(wire.take_violations("route")) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("path", ["/users/@me", "/applications/@me", "/gateway/bot", "/channels/{c}", "/guilds/{g}"])
async def test_answers_keep_to_the_description(wire: WireServer, path: str) -> None:
    """The server's own answers are checked too, and are right."""
    status, _ = await raw(wire, "GET", path.format(c=wire.channel.id, g=wire.guild.id))
    assert status == 200


@pytest.mark.asyncio
async def test_a_wrong_token_is_refused(wire: WireServer) -> None:
    """discord.py reports a wrong token as LoginFailure."""
    client = Bot(wire)
    with pytest.raises(discord.LoginFailure):
        await client.start("wrong")
    await client.close()


@pytest.mark.asyncio
async def test_slash_deferred_and_followed_up(wire: WireServer) -> None:
    """A deferral is acknowledged at once, the follow-up fills it, in the user's language, hidden as deferred."""
    async with running(wire):
        asked = await wire.slash(wire.bob, wire.channel, "ask", question="Why?", private=True)
        answer = await asked.response()
        assert answer.deferred
        assert answer.ephemeral
        assert answer.ack_seconds is not None
        assert answer.ack_seconds < 1
        assert len(answer.messages) == 1
        assert answer.reply.text() == "answer\nWhy?\nlocale\nfr"


@pytest.mark.asyncio
async def test_buttons_and_selects(wire: WireServer) -> None:
    """A button edits its message or deletes it, a select edits it after deferring."""
    async with running(wire):
        answer = await (await wire.slash(wire.alice, wire.channel, "ask", question="Why?")).response()
        assert (await (await wire.click(answer.reply, "More", wire.bob)).response()).reply.content == "more"
        await (await wire.select(answer.reply, ["One"], wire.bob)).response()
        assert (answer.reply.content, answer.reply.edits) == ("picked ['1']", 2)
        await wire.click(answer.messages[0], "gone", wire.bob)
        await wire.deleted(answer.messages[0])


@pytest.mark.asyncio
async def test_first_response_edit_and_private_file(wire: WireServer) -> None:
    """A first response can be edited; a later follow-up may be ephemeral by itself and carry a file."""
    async with running(wire) as bot:
        answer = await (await wire.slash(wire.alice, wire.channel, "slow")).response()
        assert not answer.ephemeral
        bot.gate.set()
        await answer.response(messages=2)
        assert [m.content for m in answer.messages] == ["second", "third"]
        assert [m.ephemeral for m in answer.messages] == [False, True]
        assert answer.messages[1].files["test.py"] == Path(__file__).read_bytes()


@pytest.mark.asyncio
async def test_autocomplete_menu_and_dialogue(wire: WireServer) -> None:
    """Suggestions, the menu of a message and a dialogue reach the bot and come back."""
    async with running(wire):
        typed = await (await wire.autocomplete(wire.alice, wire.channel, "ask", "question", question="wh")).response()
        assert typed.choices == [{"name": "wh?", "value": "?"}, {"name": "wh!", "value": "!"}]
        said = await wire.say(wire.bob, wire.channel, "a secret")
        menu = await (await wire.context_menu(wire.alice, said.message, "Ask about this")).response()
        assert (menu.reply.content, menu.ephemeral) == ("it says a secret", True)
        opened = await (await wire.slash(wire.alice, wire.channel, "form")).response()
        sent = await (await wire.submit(opened, name="Ann")).response()
        assert sent.reply.content == "hello Ann"


@pytest.mark.asyncio
async def test_mentions_replies_and_direct_messages(wire: WireServer) -> None:
    """The bot reads messages that mention it, reply to it or reach it directly, and no others."""
    async with running(wire) as bot:
        await (await wire.say(wire.alice, wire.channel, "nothing for you")).silence()
        said = await (await wire.say(wire.alice, wire.channel, "hello", mentions=[wire.bot])).response()
        assert said.reply.content == "you said @Testbot hello"
        assert said.reply.reference is said.message
        again = await (await wire.say(wire.bob, wire.channel, "and?", reply_to=said.reply)).response()
        assert again.reply.reference is again.message
        assert (await (await wire.dm(wire.bob, "psst")).response()).reply.content == "you said psst"
        assert bot.heard == ["", f"<@{wire.bot.id}> hello", "and?", "psst"]
        assert wire.state.typings[0][1] is wire.channel


@pytest.mark.asyncio
async def test_a_thread_from_a_message(wire: WireServer) -> None:
    """A bot can make a thread from a message and write into it; what it writes there answers the message."""
    async with running(wire):
        said = await (await wire.say(wire.alice, wire.channel, "a thread please", mentions=[wire.bot])).response()
        assert said.message.thread is not None
        assert said.reply.channel is said.message.thread
        assert (await raw(wire, "GET", f"/channels/{said.reply.channel.id}"))[0] == 200
        inside = await wire.say(wire.alice, said.message.thread, "more", mentions=[wire.bot])
        assert (await inside.response()).reply.content == "you said @Testbot more"


@pytest.mark.asyncio
async def test_reading_writing_and_deleting(wire: WireServer) -> None:
    """Messages can be fetched (foreign ones without content), listed, sent privately, edited and deleted."""
    async with running(wire) as bot:
        place, alice = (
            bot.get_channel(wire.channel.id),
            bot.get_partial_messageable(wire.state.dm_channel(wire.alice).id),
        )
        assert isinstance(place, discord.TextChannel)
        said = await wire.say(wire.alice, wire.channel, "not for you")
        mine = await place.send("one")
        assert (await place.fetch_message(said.message.id)).content == ""
        assert [m.content async for m in place.history(limit=5)] == ["one", ""]
        assert (await mine.edit(content="two")).content == "two"
        await (await alice.send("psst")).delete()
        await mine.delete()
        with pytest.raises(discord.NotFound):
            await place.fetch_message(mine.id)
        with pytest.raises(discord.HTTPException, match="message_reference"):
            await place.send("x", reference=mine)
        quiet = await wire.say(wire.bob, wire.channel, "x", reply_to=said.message, ping=False)
        assert not quiet.message.mentions


@pytest.mark.asyncio
async def test_shards(wire: WireServer) -> None:
    """A sharded client identifies each shard; guilds and direct messages reach the right one."""
    client = ShardedBot(intents=INTENTS, shard_count=2, connector=wire.connector(), guild_ready_timeout=0.05)
    async with wire.run(client):
        await wire.until(lambda: len(wire.gateway.live) == 2, timeout=10)
        heard = asyncio.ensure_future(client.wait_for("message", timeout=5))
        await asyncio.sleep(0)
        await wire.dm(wire.alice, "x")
        assert (await heard).content == "x"
        assert client.get_guild(wire.guild.id) is not None


@pytest.mark.asyncio
async def test_missing_permission(wire: WireServer) -> None:
    """Where the bot may not write, it gets 403."""
    closed = wire.add_channel("closed", bot_permissions=1 << 10)
    async with running(wire) as bot:
        place = bot.get_channel(closed.id)
        assert isinstance(place, discord.TextChannel)
        assert not place.permissions_for(place.guild.me).send_messages
        with pytest.raises(discord.Forbidden):
            await place.send("x")


@pytest.mark.asyncio
async def test_what_no_user_could_do_fails_loudly(wire: WireServer) -> None:
    """Unknown commands and options, missing or wrong values, absent or foreign buttons raise WireError."""
    async with running(wire):
        alice, channel = wire.alice, wire.channel
        answer = await (await wire.slash(alice, channel, "ask", question="?", private=True)).response()
        said = await wire.say(alice, channel, "x")
        attempts: list[Awaitable[object]] = [
            wire.slash(alice, channel, "nope"), wire.slash(alice, channel, "ask"),
            wire.slash(alice, channel, "ask", question=5), wire.slash(alice, channel, "ask", question="?", other="x"),
            wire.autocomplete(alice, channel, "ask", "private"), wire.context_menu(alice, said.message, "Nope"),
            wire.click(answer.reply, "Nope", alice), wire.click(answer.reply, "More", wire.bob),
            wire.select(answer.reply, ["Two"], alice), wire.select(answer.reply, [], alice),
            wire.say(wire.state.add_user("stranger"), channel, "x"), wire.delete(said.message, wire.bob),
        ]  # fmt: skip
        for attempt in attempts:
            with pytest.raises(WireError):
                await attempt


@pytest.mark.asyncio
async def test_a_late_first_response_is_refused(wire: WireServer) -> None:
    """After three seconds the interaction is unknown (10062): a violation, unless the test ordered it."""
    async with running(wire) as bot:
        wire.late_response()
        asked = await wire.slash(wire.alice, wire.channel, "slow")
        await wire.until(lambda: asked.refusals == [10062] and bot.errors)
        assert isinstance(bot.errors[0], discord.NotFound)
        wire.slow(0.2, where="*/callback")
        second = await wire.slash(wire.alice, wire.channel, "form")
        second.created -= 3
        await wire.until(lambda: second.refusals == [10062])
        assert len(wire.take_violations("late-response")) == 1


@pytest.mark.asyncio
async def test_the_protocol_of_answers(wire: WireServer) -> None:
    """A follow-up before, a second first response, a public deferral turned private: each is a violation."""
    async with running(wire) as bot:
        bot.tree.clear_commands(guild=None)
        wire.state.commands[None].append({"type": 1, "name": "by-hand", "id": "1"})
        act = await wire.slash(wire.alice, wire.channel, "by-hand")
        await wire.until(lambda: bot.errors)
        hook, first = (
            f"/webhooks/{wire.state.application_id}/{act.token}",
            f"/interactions/{act.id}/{act.token}/callback",
        )
        assert (await raw(wire, "POST", hook, message()))[1]["code"] == 10015
        assert await raw(wire, "POST", first, {"type": 5}) == (204, None)
        assert (await raw(wire, "POST", first, {"type": 5}))[1]["code"] == 40060
        assert (await raw(wire, "POST", hook, message(flags=64)))[0] == 200
        assert not act.ephemeral
        for rule in ("follow-up-before-response", "second-response", "ephemeral"):
            assert len(wire.take_violations(rule)) == 1, rule


@pytest.mark.asyncio
@pytest.mark.parametrize("how", ["clock", "order"])
async def test_the_token_ends(wire: WireServer, how: str) -> None:
    """After 15 minutes (or at once, if ordered) a token is refused with 50027, which is no violation."""
    async with running(wire) as bot:
        answer = await (await wire.slash(wire.alice, wire.channel, "slow")).response()
        if how == "clock":
            wire.clock.advance(901)
        else:
            wire.expire(answer)
        bot.gate.set()
        await wire.until(lambda: bot.errors)
        assert isinstance(bot.errors[0], discord.HTTPException)
        assert (bot.errors[0].status, bot.errors[0].code, answer.refusals) == (401, 50027, [50027])


TROUBLES: dict[str, Callable[[WireServer], Awaitable[None]]] = {
    "cut": lambda wire: wire.drop_connection(),
    "closed": lambda wire: wire.drop_connection(4000),
    "op 7": lambda wire: wire.reconnect(),
    "op 9 resumable": lambda wire: wire.invalidate_session(resumable=True),
}


@pytest.mark.asyncio
@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
async def test_resuming_misses_nothing(wire: WireServer, trouble: Callable[[WireServer], Awaitable[None]]) -> None:
    """After a lost connection discord.py resumes its session and what happened meanwhile is replayed."""
    async with running(wire) as bot:
        await trouble(wire)
        said = await wire.dm(wire.alice, "meanwhile")
        assert (await said.response()).reply.content == "you said meanwhile"
        await wire.until(lambda: bot.resumed == 1)
        assert (bot.readied, wire.gateway.identifies, len(wire.connections)) == (1, 1, 2)
        assert wire.connections[1].resumed
        assert all(connection.pack is not None for connection in wire.connections), "discord.py compresses"


@pytest.mark.asyncio
async def test_an_invalid_session_begins_anew(wire: WireServer) -> None:
    """After op 9 without resuming discord.py identifies again and works on."""
    async with running(wire) as bot:
        await wire.invalidate_session(resumable=False)
        await wire.until(lambda: wire.gateway.identifies == 2 and bot.readied == 2)
        assert (await (await wire.dm(wire.alice, "still there?")).response()).reply.content == "you said still there?"


@pytest.mark.asyncio
@pytest.mark.parametrize("scope", ["user", "global"])
async def test_rate_limits_are_waited_out(wire: WireServer, scope: str) -> None:
    """A 429 with Via is tried again after the time it names, for one bucket or all."""
    async with running(wire):
        wire.rate_limit("POST /channels/*/messages", times=2, retry_after=0.1, scope=scope)
        said = await (await wire.dm(wire.alice, "hello")).response()
        assert said.seconds > 0.2
        assert [c.status for c in wire.calls if c.template.endswith("/messages")] == [429, 429, 200]


@pytest.mark.asyncio
async def test_a_ban_and_an_outage(wire: WireServer) -> None:
    """A 429 without Via is an error at once; a 502 is tried again after a second."""
    async with running(wire) as bot:
        place = bot.get_channel(wire.channel.id)
        assert isinstance(place, discord.TextChannel)
        wire.rate_limit("POST *", via=False)
        with pytest.raises(discord.HTTPException, match="429"):
            await place.send("x")
        wire.fail(502, times=1, where="*/callback")
        answer = await (await wire.slash(wire.alice, wire.channel, "ask", question="Why?")).response()
        assert answer.ack_seconds is not None
        assert 1 <= answer.ack_seconds < 3


@asynccontextmanager
async def socket(wire: WireServer, query: str = "v=10&encoding=json") -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """Open a websocket by hand."""
    url = f"http://127.0.0.1:{wire.port}/?{query}"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as opened:
        yield opened


async def closed(opened: aiohttp.ClientWebSocketResponse) -> int | None:
    """Read until the close and return its code."""
    async for _ in opened:
        pass
    return opened.close_code


CLOSES: list[tuple[str, list[tuple[int, Any]], int]] = [
    ("wrong token", [(2, {"token": "x", "intents": 1})], 4004),
    ("twice", [(2, {"token": "T", "intents": 1}), (2, {"token": "T", "intents": 1})], 4005),
    ("unknown intents", [(2, {"token": "T", "intents": 1 << 30})], 4013),
    ("privileged intents", [(2, {"token": "T", "intents": 1 << 15})], 4014),
    ("not identified", [(3, {})], 4003),
    ("unknown op", [(2, {"token": "T", "intents": 1}), (77, {})], 4001),
    ("too many", [(1, None)] * 121, 4008),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("sent", "code"), [row[1:] for row in CLOSES], ids=[row[0] for row in CLOSES])
async def test_close_codes(wire: WireServer, sent: list[tuple[int, Any]], code: int) -> None:
    """What a client does wrong on the gateway closes it with Discord's code."""
    async with socket(wire) as opened:
        for op, data in sent:
            real = {**data, "token": wire.token} if isinstance(data, dict) and data.get("token") == "T" else data
            await opened.send_json({"op": op, "d": real})
        assert await closed(opened) == code


@pytest.mark.asyncio
async def test_a_wrong_version_is_closed(wire: WireServer) -> None:
    """Another version of the gateway is closed with 4012."""
    async with socket(wire, "v=6&encoding=json") as opened:
        assert await closed(opened) == 4012


@pytest.mark.asyncio
async def test_privileged_intents_stop_discord_py(wire: WireServer) -> None:
    """A client that asks for message content without the right to it gets PrivilegedIntentsRequired."""
    client = Bot(wire, intents=discord.Intents(guilds=True, message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with wire.run(client):
            pass


@pytest.mark.asyncio
async def test_heartbeats(wire: WireServer) -> None:
    """discord.py's heartbeats keep the interval, late acknowledgements included; a silent client is found out."""
    wire.gateway.heartbeat_seconds = 0.25
    wire.delay_acknowledgements(0.05)
    async with running(wire) as bot:
        await wire.until(lambda: len(wire.connections[0].heartbeats) >= 3)
        assert 0.04 < bot.latency < 1
        assert not wire.violations
    async with socket(wire) as opened:
        assert await closed(opened) == 4000
    assert len(wire.take_violations("late-heartbeat")) == 1


PROGRAM = """
import asyncio, os, signal, sys, discord

async def main():
    client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.05)
    async with client:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: asyncio.ensure_future(client.close()))
        await client.start(os.environ["DISCORD_TOKEN"])
    print("closed", __name__, sys.argv[1:])

asyncio.run(main())
"""


@pytest.mark.asyncio
async def test_a_program_of_its_own(wire: WireServer, tmp_path: Path) -> None:
    """The launcher runs a module as its own process against the server, arguments and signals included."""
    (tmp_path / "program.py").write_text(PROGRAM)
    process = await asyncio.create_subprocess_exec(
        *wire.launch_command("program", "--flag"), cwd=tmp_path, env={"DISCORD_TOKEN": wire.token},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    await wire.connected()
    process.send_signal(signal.SIGTERM)
    output, _ = await asyncio.wait_for(process.communicate(), 10)
    assert process.returncode == 0, output.decode()
    assert "closed __main__ ['--flag']" in output.decode()
    assert wire.token not in output.decode()
    await wire.until(lambda: not wire.gateway.live)


def test_nothing_is_named_discord() -> None:
    """The test server does not stand in the way of the library: `discord` is discord.py."""
    assert discord.__version__.startswith("2.")
    assert Path(str(sys.modules["discord"].__file__)).parent.parent != Path(__file__).parent
