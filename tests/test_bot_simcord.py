"""The same bot in an independent simulator: flows, a restart, hours passing, and pictures of what people see.

simcord has no sockets: the wire-level tests prove the protocol, this proves that a second opinion agrees.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot_kit import AUKUS, UNANSWERED
from ncrelations_discord import Settings, create_client

simcord = pytest.importorskip("simcord")
pytestmark = pytest.mark.asyncio

SETTINGS = Settings(token="a.b.c", processes=0, guild_ready_timeout=0.05, drain_seconds=1.0)  # noqa: S106
PICTURES = Path(__file__).parents[1] / "docs" / "pictures" / "bot"


DRAFT = b"""In Beijing's eyes "NATO is still a Cold War organization" (report/IV/b1). NATO, for its part, declared that
"it needs a threat to survive or legitimize its existence". The allies complain that "China does respect international
law and treaty commitments where these go against its national interests" (p. 7).

"Nobody in the room slept well that night," one of the experts recalls.
"""


def new_bot() -> Any:
    """A client as a process would make it."""
    return create_client(SETTINGS)


@asynccontextmanager
async def world() -> AsyncIterator[tuple[Any, Any, Any]]:
    """A guild with a channel and Alice in it."""
    async with simcord.run(new_bot(), settle_timeout=20.0) as env:
        guild = env.create_guild("Library")
        channel = guild.create_text_channel("nato-china")
        yield env, channel, guild.add_member(env.create_user("alice"))


async def test_ask_page_and_follow_up() -> None:
    """A question, its second page, and a follow-up by reply."""
    async with world() as (_, channel, alice):
        asked = await alice.slash(channel, "ask", question=AUKUS)
        assert asked.acknowledged
        message = channel.last_message
        assert message.embeds[0].title == "🔴 Chinese perception of NATO"
        await alice.click(message, label="More excerpts")
        assert "Page 2 of 3" in channel.last_message.embeds[0].footer.text
        await alice.send(channel, f"<@{message.author.id}> and NATO?", reply_to=message)
        assert "⇒" in channel.last_message.embeds[0].footer.text


async def test_buttons_after_a_restart_and_a_day() -> None:
    """A new process a day later works the buttons of the old one."""
    async with world() as (env, channel, alice):
        await alice.slash(channel, "ask", question=AUKUS)
        message = channel.last_message
        await env.advance_time(86_400)
        await env.restart_bot(new_bot())
        cited = await alice.click(message, label="Cite")
        assert cited.ephemeral
        await alice.click(message, label="Delete")
        assert channel.last_message is None or channel.last_message.id != message.id


async def test_private_then_shared() -> None:
    """A private answer reaches the channel by its button."""
    async with world() as (_, channel, alice):
        asked = await alice.slash(channel, "ask", question=AUKUS, private=True)
        assert asked.ephemeral
        await alice.click(asked.response, label="Share")
        assert channel.last_message.content == f"Shared by <@{alice.id}>"
        assert channel.last_message.embeds[0].author.name == AUKUS


async def test_pictures() -> None:
    """Draw the main messages as on a phone into docs/pictures/bot (needs Chromium: NCR_CHROMIUM or `chromium`)."""
    browser = os.environ.get("NCR_CHROMIUM") or shutil.which("chromium")
    if browser is None or not os.environ.get("NCR_PICTURES"):
        pytest.skip("pictures are drawn where NCR_PICTURES is set and Chromium is there")
    pytest.importorskip("playwright")
    async with world() as (env, channel, alice):
        asked = await alice.slash(channel, "ask", question="Why does China distrust AUKUS?")
        await draw(env, channel, alice, browser, "ask", asked)
        await alice.slash(channel, "ask", question="Why does maritime security matter to China?")
        message = channel.last_message
        await alice.send(channel, f"<@{message.author.id}> and NATO?", reply_to=message)
        await draw(env, channel, alice, browser, "follow-up", channel.last_message)
        await draw(env, channel, alice, browser, "compare", await alice.slash(channel, "compare", topic="Huawei"))
        await draw(env, channel, alice, browser, "not-found", await alice.slash(channel, "ask", question=UNANSWERED))
        await env.advance_time(600)  # nobody is asked to wait for having asked this much
        hidden = await alice.slash(channel, "ask", question="maritime security", private=True)
        await draw(env, channel, alice, browser, "private", hidden)
        await alice.click(hidden.response, label="Share")
        await draw(env, channel, alice, browser, "shared", channel.last_message)
        checked = await alice.slash(channel, "proof", file=("draft.md", DRAFT))
        await draw(env, channel, alice, browser, "proof", checked)


async def draw(env: Any, channel: Any, viewer: Any, browser: str, name: str, target: Any) -> None:
    """One picture, with Debian's Chromium instead of a downloaded one."""
    from PIL import Image
    from playwright.async_api import BrowserType

    launch = BrowserType.launch

    async def launched(self: Any, **options: Any) -> Any:
        return await launch(self, **{**options, "executable_path": browser, "args": ["--no-sandbox"]})

    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.png"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BrowserType, "launch", launched)
        async with env.preview(channel, viewers=[viewer], width=390, height=1400) as preview:
            await preview.screenshot(path, target=target, mode="surface", allow_incomplete=True)
    Image.open(path).convert("RGB").quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        path, optimize=True
    )
