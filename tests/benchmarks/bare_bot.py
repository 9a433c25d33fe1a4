"""The least bot that answers /ask: it asks for time, then says one fixed word. The baseline for ours."""

from __future__ import annotations

import os

import discord
from discord import app_commands

YES = "yes"


class Bare(discord.Client):
    """One command and nothing behind it."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.none())
        self.tree = app_commands.CommandTree(self)
        self.tree.command(name="ask", description="Answer the same to everything")(answer)

    async def setup_hook(self) -> None:
        """Make the command known."""
        await self.tree.sync()


@app_commands.describe(question="anything")
async def answer(interaction: discord.Interaction, question: str) -> None:  # noqa: ARG001  # an option of the command
    """Acknowledge and answer."""
    await interaction.response.defer()
    await interaction.followup.send(YES)


if __name__ == "__main__":
    Bare().run(os.environ["NCR_DISCORD_TOKEN"], log_handler=None)
