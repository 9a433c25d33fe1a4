"""The click group that imports a command when it is run, and that turns every error into one line."""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click
from click.core import ParameterSource

from ncrelations.cli.docstrings import with_help
from ncrelations.cli.files import plainly
from ncrelations.document.citation import nearest, printable
from ncrelations.errors import NCRelationsError, did_you_mean

_LONGEST_MESSAGE = 400
_SWITCH = re.compile(r"is not a valid boolean\. Recognized values: .*")


class LazyGroup(click.Group):
    """A group whose commands are in modules of their own: `lazy` maps a name to (module, short help)."""

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy
        with_help(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table, which is the order of use."""
        del ctx
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported; `None` for an unknown name."""
        del ctx
        if cmd_name not in self.lazy:
            return None
        return with_help(getattr(import_module(self.lazy[cmd_name][0]), f"{cmd_name}_command"))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, without importing a command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in self.lazy.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Like click's; `ncr help show` is `ncr show --help`."""
        return super().parse_args(ctx, [*args[1:], "--help"] if args[:1] == ["help"] else args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Like click's, but an unknown name suggests the nearest."""
        if args and args[0] not in self.lazy and not args[0].startswith("-"):
            near = did_you_mean(tuple(f"'ncr {name}'" for name in nearest(args[0], list(self.lazy))))
            message = f"there is no command {printable(args[0])!r}{near or '; ncr --help lists them all'}"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command line: exit code 2 and one line on standard error for everything that goes wrong."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.Abort:
            click.echo("ncr: stopped", err=True)
            sys.exit(130)
        except (click.ClickException, NCRelationsError, OSError) as error:
            sys.exit(_report(error))
        except ImportError as error:  # of a library: `ncr doctor` tells which
            sys.exit(_report(click.ClickException(f"a library cannot be loaded ({error}); ncr doctor says which")))
        sys.exit(code if isinstance(code, int) else 0)


def _report(error: Exception) -> int:
    """Say what went wrong; nothing that was typed reaches the terminal raw."""
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        return 1
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return 2
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(error.ctx.get_usage(), err=True)
    if isinstance(error, click.BadParameter):
        _named_by_the_environment(error)
    message = error.format_message() if isinstance(error, click.ClickException) else str(error)
    message = _SWITCH.sub("is neither true nor false", message)
    if isinstance(error, OSError):
        message = plainly(error)
    click.echo(f"ncr: {printable(' '.join(message.split()), _LONGEST_MESSAGE)}", err=True)
    return 2


def _named_by_the_environment(error: click.BadParameter) -> None:
    """What a variable says is refused by the variable's name."""
    if error.ctx is None or error.param is None or error.param.name is None:
        return
    source = error.ctx.get_parameter_source(error.param.name)
    if source is ParameterSource.ENVIRONMENT and isinstance(error.param.envvar, str):
        error.param_hint = f"'{error.param.envvar}'"
