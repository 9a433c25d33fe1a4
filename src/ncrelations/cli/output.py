"""How commands show things: one object that knows the form, the width and the terminal."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NamedTuple, TypeVar

import click

from ncrelations.cli.current import current
from ncrelations.cli.streams import is_terminal, speaks_unicode
from ncrelations.cli.typed import AtLeast
from ncrelations.document.citation import printable
from ncrelations.errors import NCRelationsError
from ncrelations.texts import LANGUAGES, Texts, supported

_F = TypeVar("_F", bound=Callable[..., Any])

_NARROWEST = 40


class Output(NamedTuple):
    """Where and how to show: made from the options that every command has."""

    json: bool
    """Whether to print data instead of text."""
    styled: bool
    """Whether to style: standard output is a terminal that takes it, or FORCE_COLOR asks for it."""
    width: int | None
    """Columns; `None` never wraps."""
    reader: str | None
    """The address of the reader, for links."""
    pager: bool
    """Whether long output may be paged."""
    lang: str | None = None
    """The language asked for, or the environment's; `None` leaves it to the question."""

    def texts(self, question: str | None = None) -> Texts:
        """The texts to show things with; `question` is the language of what was asked, where it is known."""
        return Texts(self.lang or question or "en")

    def show(self, page: Any, *, paged: bool = False) -> None:
        """Print a page of `ncrelations.render`."""
        from ncrelations.render.write import plain, terminal

        if not self.styled:
            self.text(plain(page, self.width))
            return
        from ncrelations.cli.pager import show_paged

        text = terminal(page, self.width or 10_000, voices=[each.value for each in current().corpus.voices])
        long = is_terminal(sys.stdout) and text.count("\n") > shutil.get_terminal_size().lines
        if not (paged and self.pager and long and show_paged(text, lambda: plain(page, self.width))):
            echo(text, colour=True)

    def text(self, text: str) -> None:
        """Print text that is ready."""
        echo(text)

    def table(self, rows: Iterable[tuple[str, str]]) -> None:
        """Print rows of two columns, the first as wide as its cells; the second wraps beside it, as `lines` do."""
        from ncrelations.render.form import cells

        found = list(rows)
        wide = max((cells(first) for first, _ in found), default=0) + 1
        self.lines((second, first + " " * (wide - cells(first))) for first, second in found)

    def lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Print lines, each with what hangs before it: wrapped on a terminal; whole elsewhere, where programs read."""
        from ncrelations.render.form import para
        from ncrelations.render.write import plain

        page = tuple(para(line, mark=mark, tight=True) for line, mark in lines)
        echo(plain(page, self.width if is_terminal(sys.stdout) else None))

    def data(self, value: Any) -> None:
        """Print one value as JSON."""
        from ncrelations.render.data import to_json

        echo(to_json(value, indent=2, ascii=not speaks_unicode()) + "\n")

    def rows(self, values: Iterable[Any]) -> None:
        """Print values as JSON lines."""
        from ncrelations.render.data import to_json

        for value in values:
            echo(to_json(value, ascii=not speaks_unicode()) + "\n")

    @property
    def link(self) -> Any:
        """How citations link into the reader."""
        from ncrelations.render.answer_pages import linker

        return linker(self.reader)


def echo(text: str, *, colour: bool | None = None) -> None:
    """Print to standard output as it is: left to itself, click would write UTF-8 to an ASCII one."""
    click.echo(text, file=sys.stdout, nl=False, color=colour)


def _width(context: click.Context, parameter: click.Parameter, value: int | None) -> int | None:
    if value is not None and value != 0 and value < _NARROWEST:
        raise click.BadParameter(f"{value} is too narrow; at least {_NARROWEST}, or 0 not to wrap", context, parameter)
    return value


def _reader(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value and not is_address(value):
        reason = "an address begins with https://, http:// or file://, and has no blanks, quotes, brackets or accents"
        raise click.BadParameter(reason, context, parameter)
    return value or None


def is_address(text: str) -> bool:
    """Whether a text is an address that stays one wherever it is put: in Markdown, in HTML, on a terminal."""
    return re.fullmatch(r"(?:https?|file)://[\w.~:/?#@!$&*+,;=%-]{1,2000}", text, re.ASCII) is not None


def _language(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    if value and supported(value) is None:
        known = ", ".join(LANGUAGES)
        raise click.BadParameter(f"there is no {printable(value)!r}; there are {known}", context, parameter)
    return value or None


def environment_language() -> str | None:
    """The language of the environment's locale; `None` where there is none, or only C or POSIX."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    return None if locale.partition(".")[0] in ("C", "POSIX") else supported(locale) or "en"


_OPTIONS = (
    click.option("--json", "json", is_flag=True, help="Print data: one JSON value, or JSON lines for lists."),
    click.option("--plain", is_flag=True, envvar="NCR_PLAIN", help="No colours, bold or pager, as in a pipe."),
    click.option(
        "--width", type=AtLeast(0), envvar="NCR_WIDTH", callback=_width, help="Columns, from 40; 0 never wraps."
    ),
    click.option(
        "--lang",
        envvar="NCR_LANG",
        callback=_language,
        metavar="CODE",
        help="Language of headings and reasons: en, fr, de, zh-Hans, zh-Hant.",
    ),
    click.option("--reader-url", "--reader", "reader_url", envvar="NCR_READER_URL", callback=_reader, hidden=True),
    click.option("--pager/--no-pager", default=True, envvar="NCR_PAGER", hidden=True),
)


def output_options(command: _F) -> _F:
    """Give a command the options of output, and the `Output` made from them as first argument."""

    @wraps(command)
    def with_output(
        *args: Any,
        json: bool,
        plain: bool,
        width: int | None,
        lang: str | None,
        reader_url: str | None,
        pager: bool,
        **more: Any,
    ) -> Any:
        styled = not (json or plain) and _may_be_styled()
        output = Output(json, styled, _columns(width), reader_url, pager, lang or environment_language())
        try:
            return command(output, *args, **more)
        except NCRelationsError as error:
            raise click.ClickException(output.texts().problem(error)) from error

    for option in reversed(_OPTIONS):
        with_output = option(with_output)
    return with_output  # type: ignore[return-value]  # one argument fewer than it had: click passes by name


def _may_be_styled() -> bool:
    """Whether standard output is a terminal that takes styles, or FORCE_COLOR says to act as if it were."""
    forced = os.environ.get("FORCE_COLOR", "").casefold() not in ("", "0", "false")
    return forced or (is_terminal(sys.stdout) and os.environ.get("TERM") != "dumb")


def _columns(width: int | None) -> int | None:
    if width is not None:
        return width or None
    return max(_NARROWEST, shutil.get_terminal_size().columns)


def examples(*lines: str) -> str:
    """The end of a command's help: its examples, which the tests run."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def nothing_found() -> None:
    """End with the exit code that says so."""
    click.get_current_context().exit(1)
