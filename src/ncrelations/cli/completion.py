"""`ncr completion`: the script that completes `ncr` in a shell."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete

from ncrelations.cli.output import examples


@click.command(
    "completion",
    epilog=examples("ncr completion bash", "ncr completion fish > ncr.fish"),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion_command(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    Bash: eval "$(ncr completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc, after compinit; fish:
    save it as ncr.fish in its completions folder.
    """
    script = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}[shell]
    click.echo(script(context.find_root().command, {}, "ncr", "_NCR_COMPLETE").source())
