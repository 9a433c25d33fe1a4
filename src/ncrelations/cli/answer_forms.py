"""The forms that `ncr ask` writes a whole answer in: on the terminal, for a document, for a bibliography."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

import ncrelations as ncr
from ncrelations.cli.files import STANDARD_OUTPUT, refuse_to_overwrite, to_standard_output, write_whole
from ncrelations.cli.output import Output
from ncrelations.cli.streams import is_terminal
from ncrelations.cli.wishes import answer_data, shown

_F = TypeVar("_F", bound=Callable[..., Any])

_TEXT = "text"
_FORMS = (_TEXT, "markdown", "docx", "bibtex", "ris", "csl-json")
_OF_ENDINGS = {".md": "markdown", ".docx": "docx", ".bib": "bibtex", ".ris": "ris"}


class AnswerForm(NamedTuple):
    """How an answer is written, and where to."""

    name: str
    """One of the forms."""
    path: str | None
    """The file; `None` for standard output."""
    force: bool
    """Whether a file that exists is replaced."""
    explain: bool
    """Whether to say, too, which stage decided what."""

    def refuse_batch(self) -> None:
        """Raise `UsageError` where a batch, which has one form alone, is asked for another."""
        if self.name != _TEXT or self.path is not None:
            raise click.UsageError("--batch writes JSON lines; --format and -o are for one question")

    def write(self, output: Output, answer: ncr.Answer) -> None:
        """Write the answer."""
        if output.json:
            if self.name != _TEXT:
                raise click.UsageError("give either --json or --format, not both")
            output.data(answer_data(answer, explain=self.explain))
        elif self.name == _TEXT and self.path is None:
            output.show(shown(output, answer, explain=self.explain), paged=True)
        else:
            self._deliver(self._content(output, answer))

    def _content(self, output: Output, answer: ncr.Answer) -> str | bytes:
        page = shown(output, answer, explain=self.explain)
        match self.name:
            case "text":
                from ncrelations.render.write import plain

                return plain(page, output.width)
            case "markdown":
                from ncrelations.render.markdown import markdown

                return markdown(page)
            case "docx":
                from ncrelations.render.docx import docx

                return docx(page)
        from ncrelations.document.reference import exported

        answering = answer.excerpts if answer.status != "not_found" else ()
        return exported([excerpt.block.reference for excerpt in answering], self.name).strip() + "\n"

    def _deliver(self, content: str | bytes) -> None:
        if self.path is None or self.path == STANDARD_OUTPUT:
            if isinstance(content, bytes) and is_terminal(sys.stdout):
                raise click.UsageError("a Word document goes into a file: -o answer.docx")
            to_standard_output(content)
            return
        refuse_to_overwrite(self.path, force=self.force)
        write_whole(self.path, content)
        click.echo(f"wrote {click.format_filename(self.path)}", err=True)


_OPTIONS = (
    click.option("--explain", is_flag=True, help='Also say which stage decided what; with --json as "steps".'),
    click.option(
        "--format",
        "form",
        type=click.Choice(_FORMS, case_sensitive=False),
        help="The whole answer, or what answers as a bibliography; by the ending of -o FILE, or text.",
    ),
    click.option("-o", "--output", "path", type=click.Path(dir_okay=False), help="Write to a file."),
    click.option("--force", is_flag=True, help="Replace a file that exists."),
)


def answer_form(command: _F) -> _F:
    """Give a command the options of an answer's form, and the `AnswerForm` made from them as `form`."""

    @wraps(command)
    def with_form(*args: Any, form: str | None, path: str | None, force: bool, explain: bool, **more: Any) -> Any:
        name = form or _OF_ENDINGS.get(Path(path or "").suffix.lower(), _TEXT)
        return command(*args, form=AnswerForm(name, path, force, explain), **more)

    for option in reversed(_OPTIONS):
        with_form = option(with_form)
    return with_form  # type: ignore[return-value]  # other arguments than it had: click passes by name
