"""Citations in a message as links into the reader, as many as Discord's limits leave room for."""

from __future__ import annotations

import re
from functools import cache

import discord

from ncrelations import Citation, InvalidCitation
from ncrelations.render.answer_pages import linker

TOTAL, DESCRIPTION, FIELD, CONTENT = 6000, 4096, 1024, 2000
"""Characters that Discord accepts: an embed, its description, a field, a plain message."""


@cache
def _address(ids: tuple[str, ...]) -> re.Pattern[str]:
    """A citation of some documents, as a message shows it."""
    any_id = "|".join(map(re.escape, ids))
    return re.compile(rf"(?<![\\\[])`(?P<citation>(?:{any_id})(?:/[\w.-]+){{0,3}})`", re.ASCII)


def linked(text: str, reader: str, limit: int, ids: tuple[str, ...]) -> str:
    """A text whose citations lead into the reader, from the first on, within `limit` characters.

    `ids` are those of the documents that the reader holds.
    """
    if not ids:
        return text
    address, room = linker(reader), limit - len(text)

    def link(match: re.Match[str]) -> str:
        nonlocal room
        try:
            made = f"[{match[0]}]({address(Citation.parse(match['citation']))})"
        except InvalidCitation:  # something else between the same marks
            return match[0]
        room -= len(made) - len(match[0])
        return made if room >= 0 else match[0]

    return _address(ids).sub(link, text)


def linked_embed(embed: discord.Embed, reader: str, ids: tuple[str, ...]) -> discord.Embed:
    """An embed whose citations lead into the reader, the description's first."""

    def within(text: str, limit: int) -> str:
        return linked(text, reader, min(limit, len(text) + TOTAL - len(embed)), ids)

    if embed.description:
        embed.description = within(embed.description, DESCRIPTION)
    for number, field in enumerate(embed.fields):
        value = within(field.value or "", FIELD)
        embed.set_field_at(number, name=field.name, value=value, inline=field.inline)
    return embed
