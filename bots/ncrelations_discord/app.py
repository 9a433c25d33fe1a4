"""The client, and the process around it."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import aiohttp
import discord
from discord import app_commands

from ncrelations.library import Library
from ncrelations.texts import Texts
from ncrelations_discord.answers import Documents
from ncrelations_discord.collected_commands import add_collected_commands
from ncrelations_discord.commands import Translator, add_commands
from ncrelations_discord.guard import Turn
from ncrelations_discord.health import Health
from ncrelations_discord.logs import configure, log
from ncrelations_discord.operator_settings import Settings, SettingsError
from ncrelations_discord.proof_commands import add_proof_commands
from ncrelations_discord.service import RefusalError, Service
from ncrelations_discord.sync import synchronise
from ncrelations_discord.talk import heard
from ncrelations_discord.views import CardButton, ours

INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
"""Nothing privileged: mentions, direct messages and menu targets carry their text without."""


class Tree(app_commands.CommandTree[Any]):
    """The commands, offered in guilds and to users, with an answer to what goes wrong before one runs."""

    def __init__(self, client: discord.Client) -> None:
        everywhere = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
        anyone = app_commands.AppInstallationType(guild=True, user=True)
        super().__init__(client, allowed_contexts=everywhere, allowed_installs=anyone)

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
        """Answer commands that are no longer known or whose options do not fit, and anything unforeseen."""
        if interaction.type is discord.InteractionType.autocomplete:
            log.error("autocomplete", exc_info=error)
            with suppress(discord.HTTPException, discord.InteractionResponded):
                await interaction.response.autocomplete([])
            return
        outdated = app_commands.CommandNotFound | app_commands.CommandSignatureMismatch | app_commands.TransformerError
        turn = Turn(interaction, Texts(str(interaction.locale)), "command")
        await turn.fail(RefusalError("error.unknown_command") if isinstance(error, outdated) else error)


class _Bot(discord.Client):
    """The bot: everything but how many gateway connections it has."""

    def __init__(self, settings: Settings, documents: Documents, **options: Any) -> None:
        super().__init__(
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=settings.guild_ready_timeout,
            **options,
        )
        self.settings = settings
        self.service = Service(settings, documents)
        self.tree = Tree(self)
        self.health: Health | None = None
        add_commands(self.tree, documents)
        if self.service.beside is not None:
            add_collected_commands(self.tree, documents)
        add_proof_commands(self.tree)

    async def setup_hook(self) -> None:
        """Before the gateway: load the model, arm the buttons, register the commands."""
        if self.settings.health_port is not None:
            self.health = Health(self.settings.health_port, self.answering, self.settings.health_address)
            await self.health.start()
        await self.service.prepare()
        self.add_dynamic_items(CardButton)
        await self.tree.set_translator(Translator())
        if self.settings.sync_commands:
            await synchronise(self.tree)

    def answering(self) -> bool:
        """Whether a question would be answered now."""
        return self.service.warm and not self.service.stopping and self.is_ready() and not self.is_closed()

    async def on_ready(self) -> None:
        """Say so in the log; nothing else happens here, as it happens again and again."""
        log.info("ready", extra={"fields": {"guilds": len(self.guilds)}})

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is meant for the bot."""
        if self.user is not None:
            await heard(message, self.user, self.service)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer buttons that nothing else answers: those of another version."""
        if interaction.type is discord.InteractionType.component:
            data: Any = interaction.data
            custom_id = str((data or {}).get("custom_id", ""))
            if not ours(custom_id):
                turn = Turn(interaction, Texts(str(interaction.locale)), "button unknown")
                await turn.fail(RefusalError("error.stale"))

    async def on_error(self, event: str, /, *_: Any, **__: Any) -> None:
        """Log what no guard caught."""
        log.error("event failed", extra={"fields": {"what": event}}, exc_info=sys.exc_info())

    async def close(self) -> None:
        """Finish what is under way, then leave."""
        await self.service.drain()
        await super().close()
        await asyncio.to_thread(self.service.stop)
        if self.health is not None:
            await self.health.stop()


class _ShardedBot(_Bot, discord.AutoShardedClient):
    """The bot on several gateway connections."""


def create_client(
    settings: Settings, *, connector: aiohttp.BaseConnector | None = None, library: Library | None = None
) -> discord.Client:
    """The bot's client, not yet connected. `library` is what it asks, the packaged edition by default."""
    options: dict[str, Any] = {"connector": connector} if connector is not None else {}
    documents = Documents(library)
    if not settings.sharded:
        return _Bot(settings, documents, **options)
    if settings.shard_count is not None:
        options["shard_count"] = settings.shard_count
    return _ShardedBot(settings, documents, **options)


def _on_signal(name: signal.Signals, call: Callable[[], None]) -> None:
    """Call something in the running loop when a signal comes; on Windows its loop knows of none."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(name, call)
    except NotImplementedError:
        signal.signal(name, lambda *_: loop.call_soon_threadsafe(call))


async def serve(client: discord.Client, token: str) -> int:
    """Run a client until SIGTERM or SIGINT; return the exit code."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        _on_signal(name, stop.set)
    running = asyncio.create_task(client.start(token))
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
    log.info("stopping")
    waiting.cancel()
    await client.close()
    (problem,) = await asyncio.gather(running, return_exceptions=True)
    if isinstance(problem, discord.LoginFailure):
        log.error("Discord refuses the token: make a new one in the developer portal")
    elif problem is not None:
        log.error("stopped by an error", exc_info=problem)
    else:
        log.info("stopped")
    return 0 if problem is None else 1


USAGE = """usage: python -m ncrelations_discord [--check]

Runs the Discord bot with the settings of the environment (NCR_DISCORD_...); --check only reads them.
The token comes from NCR_DISCORD_TOKEN or the file that NCR_DISCORD_TOKEN_FILE names, never from an argument."""


def _settings(library: Library | None) -> Settings:
    """The settings of the environment, if they go with the library. Raises `SettingsError`."""
    settings = Settings.from_env()
    if settings.collection is not None and not Documents(library).is_edition:
        raise SettingsError(("NCR_DISCORD_COLLECTION is asked beside the edition: leave out that, or --in",))
    return settings


def main(arguments: Sequence[str] = (), library: Library | None = None) -> None:
    """Run the bot on a library, by default the edition, with the settings of the environment.

    Ends in `SystemExit` with the exit code.
    """
    given = tuple(arguments)
    if given not in ((), ("--check",)):
        helped = given == ("--help",)
        print(USAGE, file=sys.stdout if helped else sys.stderr)  # not what was given: it may be a token
        sys.exit(0 if helped else 2)
    try:
        settings = _settings(library)
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201  # logging is not set up yet
        sys.exit(2)
    if given:
        print("the settings can be used")  # noqa: T201
        sys.exit(0)
    configure(settings.log_level, settings.token)

    async def run() -> int:
        return await serve(create_client(settings, library=library), settings.token)

    sys.exit(asyncio.run(run()))
