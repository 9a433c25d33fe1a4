"""The lines of a conversation: typed at a prompt, or through a pipe."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator

import click

from ncrelations.cli.input_lines import LONGEST_LINE, lines
from ncrelations.cli.streams import is_terminal, stdin
from ncrelations.texts.whole_files import read_whole

_LARGEST_HISTORY = 10_000_000


def piped() -> Iterator[str]:
    """Yield the lines of standard input; for one that is too long, another that is."""
    for _, line in lines(stdin()):
        yield "x" * LONGEST_LINE if line is None else line.decode("utf-8", "replace")


def typed(history: bool, greeting: str) -> Iterator[str]:
    """The lines typed at the prompt. Ctrl-C drops the line, Ctrl-D ends."""
    save = _line_editing() if history else _nothing
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a byte that is no text is a character that is not known
    click.echo(greeting, err=True)
    try:
        while True:
            try:
                yield _line()
            except KeyboardInterrupt:
                click.echo("", err=True)
            except EOFError:
                click.echo("", err=True)
                return
    finally:
        save()


def _line() -> str:
    """One line, asked for on the terminal: standard output may be a file."""
    if is_terminal(sys.stdout):
        return input("> ")
    click.echo("> ", nl=False, err=True)
    return input()


def _nothing() -> None:
    """There is no history to save."""


def _line_editing() -> Callable[[], None]:
    """Turn on arrow keys and the saved questions where Python has readline; gives what saves them."""
    try:
        import readline
    except ImportError:  # Windows consoles edit lines themselves
        return _nothing
    from platformdirs import user_state_path

    try:
        path = user_state_path("ncrelations", appauthor=False) / "history"
    except RuntimeError:  # nobody's home
        return _nothing
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        read_whole(path, _LARGEST_HISTORY)
        readline.read_history_file(path)
    except FileNotFoundError:  # no history yet
        pass
    except OSError:  # no home to keep one in, or something else in its place
        return _nothing

    def save() -> None:
        try:
            readline.set_history_length(1000)
            readline.write_history_file(path)
        except OSError:
            pass

    return save
