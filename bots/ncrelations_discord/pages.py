"""The fixed pages: /about, /privacy and /help. Pure functions."""

from __future__ import annotations

from typing import Any

import discord

import ncrelations as ncr
from ncrelations import Voice
from ncrelations.texts import Texts
from ncrelations_discord.embeds import SLATE
from ncrelations_discord.passages import voice_words
from ncrelations_discord.safe import escape
from ncrelations_discord.settings import Settings


def page(name: str, texts: Texts, settings: Settings) -> str:
    """The Markdown of a page."""
    if name == "about":
        colours = ", ".join(voice_words(voice, texts) for voice in Voice)
        titles = {document.id: escape(document.title) for document in ncr.documents()}
        return texts("page.about", colours=colours, version=ncr.__version__, **titles)
    if name == "privacy":
        return texts("page.privacy", seconds=f"{settings.window_seconds:g}")
    return texts("page.help")


def parts(name: str, words: str, texts: Texts, *, plain: bool) -> dict[str, Any]:
    """A page as the arguments of `send`."""
    if plain:
        return {"content": words, "suppress_embeds": True}
    return {"embed": discord.Embed(title=texts(f"command.{name}_about"), description=words, colour=SLATE)}
