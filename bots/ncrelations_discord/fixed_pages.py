"""The fixed pages: /about, /privacy and /help. Pure functions."""

from __future__ import annotations

import re
from typing import Any

import discord

import ncrelations as ncr
from ncrelations.texts import Texts
from ncrelations_discord.answers import Documents
from ncrelations_discord.embeds import SLATE
from ncrelations_discord.operator_settings import Settings
from ncrelations_discord.quotations import marked
from ncrelations_discord.safe import escape, fitting, shortened


def page(name: str, texts: Texts, settings: Settings, documents: Documents) -> str:
    """The Markdown of a page."""
    if name == "about":
        return _about(texts, documents)
    if name == "privacy":
        return texts("page.privacy", seconds=f"{settings.window_seconds:g}")
    said = texts("page.help")
    return said if documents.timeline is not None else _TIMELINE.sub("", said)


_TIMELINE = re.compile(r"(?:, |、)\*\*/timeline\*\*")
_MOST = 1500
"""Characters of a list of titles: a page fits where embeds are not permitted."""


def _about(texts: Texts, documents: Documents) -> str:
    """What is quoted: of the edition in its editors' words, of any other documents their titles and voices."""
    colours = ", ".join(marked(voice, documents, texts) for voice in documents.voices)
    titles = {document.id: escape(document.title) for document in documents.library.documents()}
    if documents.is_edition:
        return texts("page.about", colours=colours, version=ncr.__version__, **titles)
    listed = fitting([f"- **{title}** (`{id}`)" for id, title in titles.items()], _MOST, "\n")
    return f"{listed}\n\n{shortened(colours, 300)}\n\nncrelations {ncr.__version__}"


def parts(name: str, words: str, texts: Texts, *, plain: bool) -> dict[str, Any]:
    """A page as the arguments of `send`."""
    if plain:
        return {"content": words, "suppress_embeds": True}
    return {"embed": discord.Embed(title=texts(f"command.{name}_about"), description=words, colour=SLATE)}
