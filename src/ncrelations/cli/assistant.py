"""`ncr mcp`: a read-only Model Context Protocol server over standard input and output."""

from __future__ import annotations

from importlib.util import find_spec

import click

from ncrelations.cli.chosen_collection import in_option
from ncrelations.cli.current import current
from ncrelations.cli.output import examples


@click.command("mcp", epilog=examples("ncr mcp", "ncr mcp --help"))
@in_option
def mcp_command() -> None:
    """Serve the documents to assistants (MCP).

    Speaks the Model Context Protocol over standard input and output until its input ends: tools that
    ask, search, compare, check drafts, and show places and lists page by page; every place as a
    resource, and a prompt. Needs the extra: pip install "ncrelations[mcp]".
    """
    if find_spec("mcp") is None:
        raise click.UsageError(
            'the server needs the package mcp, which is not installed; run: pip install "ncrelations[mcp]"'
        )
    from ncrelations.cli.assistant_streams import answered_streams
    from ncrelations.cli.server import server, unreadable

    served = server(current())
    with answered_streams(unreadable):
        served.run("stdio")
