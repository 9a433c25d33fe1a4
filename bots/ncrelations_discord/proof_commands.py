"""/proof and the message menu "Check the quotations": read a text or a file, check it, show it to one person.

What is given is read in memory and forgotten; the log names the command alone.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import PurePath
from typing import Any

import discord
from discord import app_commands

from ncrelations.proofing.draft_reading import ENDINGS
from ncrelations_discord.asked import GivenDraft
from ncrelations_discord.cards import Card
from ncrelations_discord.choices import text
from ncrelations_discord.commands import Command, plain, run
from ncrelations_discord.guard import Turn
from ncrelations_discord.proof_entries import REPORT, written
from ncrelations_discord.quotations import entry_pages, page_count, remark
from ncrelations_discord.service import RefusalError
from ncrelations_discord.views import Interaction, fetched, parts, reader_of, service_of

LARGEST_FILE = 2_000_000
"""Bytes of a file that are fetched."""
LONGEST_TEXT = 6000
"""Characters of an option: Discord's limit."""
_OTHER_TEXTS = frozenset({".txt", ".text"})


def proof_command() -> Command:
    """/proof: the quotations in a text or a file."""

    @app_commands.command(name=text("command.proof"), description=text("command.proof_about"))
    @app_commands.describe(text=text("command.text_about"), file=text("command.file_about"))
    @app_commands.rename(text=text("command.text"), file=text("command.file"))
    async def proof(
        interaction: Interaction,
        text: app_commands.Range[str, 1, LONGEST_TEXT] | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        async def work(turn: Turn) -> None:
            if (text is None) == (file is None):
                raise RefusalError("error.no_draft")
            await checked(turn, text or "", file)

        await run(interaction, "/proof", work, private=True)

    return proof


async def check_quotations(interaction: Interaction, message: discord.Message) -> None:
    """The message menu: check what a message says, or the file it brings."""

    async def work(turn: Turn) -> None:
        file = next((each for each in message.attachments if _ending(each) in (*ENDINGS, *_OTHER_TEXTS)), None)
        said = message.content or "\n\n".join(each.description or "" for each in message.embeds)
        if file is None and not any(character.isalnum() for character in said):
            raise RefusalError("error.no_text")
        await checked(turn, said, file)

    await run(interaction, "proof menu", work, private=True)


def add_proof_commands(tree: app_commands.CommandTree[Any]) -> None:
    """Put both on the tree."""
    tree.add_command(proof_command())
    tree.add_command(app_commands.ContextMenu(name=text("command.menu_proof"), callback=check_quotations))


async def checked(turn: Turn, said: str, file: discord.Attachment | None) -> None:
    """Check a text, or the file where there is one, and show what was found; under the cooldown."""
    interaction, service = turn.interaction, service_of(turn.interaction)
    service.admit(interaction.user.id, interaction.channel_id or 0)
    language = turn.texts.language
    draft = GivenDraft(said, "", language) if file is None else GivenDraft(await _file(file), file.filename, language)
    card = await service.card(draft)
    if page_count(card) > 1 and not interaction.app_permissions.attach_files:
        card = _first_page(card, turn)
    await turn.send(**_with_report(card, interaction))


async def _file(file: discord.Attachment) -> bytes:
    """An attached file; fetched only where it is not too large."""
    if file.size > LARGEST_FILE:
        raise RefusalError("error.draft_large", size=f"{file.size:,}", most=f"{LARGEST_FILE:,}")
    return await fetched(file)


def _ending(file: discord.Attachment) -> str:
    return PurePath(file.filename).suffix.lower()


def _first_page(card: Card, turn: Turn) -> Card:
    """The card without what its file would hold, where none may be attached; how much that is, is said."""
    first = tuple(entry_pages(card)[0])
    left = turn.texts("answer.more_findings", count=f"{len(card.entries) - len(first):,}")
    return replace(card, entries=first, remarks=f"{card.remarks}\n{remark(left)}")


def _with_report(card: Card, interaction: Interaction) -> dict[str, Any]:
    made = parts(card, plain=plain(interaction), reader=reader_of(interaction))
    if page_count(card) > 1:
        made["file"] = discord.File(BytesIO(written(card.entries)), REPORT)
    return made
