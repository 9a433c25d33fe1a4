"""The command line `ncr`: options in, one library call, one rendering out.

Commands live in one module a family and are imported only when they are run, so that `ncr --help` and
`ncr show` stay quick. Data goes to standard output, messages to standard error; the exit code is 0 if
something was found, 1 if nothing was, 2 if the command could not be understood or carried out.
"""

from __future__ import annotations

import gc

import click

from ncrelations import __version__
from ncrelations.cli.group import LazyGroup
from ncrelations.cli.streams import prepare_streams
from ncrelations.models.one_thread import numpy_on_one_thread

COMMANDS = {
    "ask": ("asking", "Ask a question; quoted, cited passages answer."),
    "chat": ("chat", "Ask, and follow up."),
    "search": ("asking", "List the passages nearest to some words."),
    "compare": ("asking", "One topic, every voice side by side."),
    "toc": ("place_commands", "The tables of contents."),
    "show": ("place_commands", "Show a document, section, block, sentence or range."),
    "cite": ("place_commands", "Cite a place: text, Markdown, BibTeX, RIS, CSL-JSON, pinpoints for pandoc and LaTeX."),
    "perceptions": ("record_commands", "What each side believes about the other."),
    "risks": ("record_commands", "The risks the experts warn of."),
    "recommendations": ("record_commands", "What the experts recommend, and why."),
    "milestones": ("record_commands", "The milestones, whole."),
    "timeline": ("record_commands", "The milestones as a drawn line."),
    "entities": ("entity_commands", "People, places and agreements, and their mentions."),
    "proof": ("proof_command", "Check every quotation in a draft."),
    "add": ("collection_commands", "Add files and folders to your documents."),
    "documents": ("collection_commands", "List your documents."),
    "status": ("collection_commands", "Say what is in your collection and how far it is."),
    "remove": ("collection_commands", "Take documents out of all answers."),
    "move": ("store_commands", "Bring a collection to another place, whole."),
    "migrate": ("store_commands", "Bring a server's tables up to date."),
    "export": ("export_command", "Both documents as JSON lines, CSV, Markdown, HTML."),
    "index": ("index_commands", "Build, check or describe the search index."),
    "verify": ("verify", "Prove that no character of the sources is lost."),
    "eval": ("evaluate", "Measure the answers on questions of your own."),
    "serve": ("serving", "Serve the documents over HTTP, read-only."),
    "mcp": ("assistant", "Serve the documents to assistants (MCP)."),
    "bot": ("bot", "Run the Discord bot."),
    "completion": ("completion", "Print the completion script of a shell."),
    "doctor": ("doctor", "What is installed, what is missing, what is set where."),
}
"""Every command: its module and its line in `ncr --help`; a test holds the line to the command's own."""


@click.group(
    cls=LazyGroup,
    lazy={name: (f"ncrelations.cli.{module}", short) for name, (module, short) in COMMANDS.items()},
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='\b\nExamples:\n  ncr ask "Why does China distrust AUKUS?"\n  ncr show report/VI.1',
)
@click.version_option(__version__, prog_name="ncr")
@click.pass_context
def ncr(context: click.Context) -> None:
    """Two documents on NATO-China relations that answer for themselves.

    Answers are quotations, each with its citation and the voice it speaks in. Options may also be set
    as NCR_* variables or in a TOML file; `ncr doctor` shows which value came from where.
    """
    from ncrelations.cli.settings import defaults

    context.default_map = defaults(context, COMMANDS)
    if context.invoked_subcommand not in _ON_EVERY_CORE:
        context.with_resource(numpy_on_one_thread())


_ON_EVERY_CORE = ("index",)
"""Commands that solve for thousands of unknowns; all others only ask."""

_UNCOLLECTED = 100_000
"""So many objects are made before the first search for cycles: starting up makes many and drops none."""


def main() -> None:
    """The entry point of the `ncr` script."""
    gc.set_threshold(_UNCOLLECTED)
    prepare_streams()
    try:
        ncr(prog_name="ncr")
    finally:
        gc.freeze()  # the process ends: searching for cycles once more would take a tenth of an answer's time
