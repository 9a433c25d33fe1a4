"""`ncr export`: the documents in other forms, the reader among them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ncrelations.cli.current import both_or_all, current
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.cli.place_commands import whole

if TYPE_CHECKING:
    from ncrelations.document.tree import Document
    from ncrelations.render.export import ExportFormat

    Form = ExportFormat | Literal["html"]


@click.command(
    "export",
    epilog=examples("ncr export --format html -o reader", "ncr export report --format html -o report.html"),
)
@click.argument("document", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "markdown", "html"]),
    default="jsonl",
    show_default=True,
    help="Every block with its citation and voice.",
)
@click.option("-o", "--output", "path", type=click.Path(path_type=Path), help="Write to a file; html also to a folder.")
@output_options
def export_command(output: Output, document: str | None, form: Form, path: Path | None) -> None:
    """Both documents as JSON lines, CSV, Markdown, HTML.

    DOCUMENT is report or article; both without it. --json is --format jsonl. --format html with -o FOLDER writes
    the reader: pages of both documents with search, themes, timeline and names; with -o FILE.html, or without -o,
    one page.
    """
    form = "jsonl" if output.json else form
    if path is None:
        output.text(_text(document, form))
    elif form == "html" and (path.is_dir() or path.suffix not in (".html", ".htm")):
        _write_reader(path, document)
    elif path.is_dir():
        raise click.BadParameter(f"{click.format_filename(path)} is a folder", param_hint="'-o'")
    else:
        path.write_text(_text(document, form), "utf-8", newline="\n")
        click.echo(f"wrote {click.format_filename(path)}", err=True)


def _text(name: str | None, form: Form) -> str:
    documents: tuple[Document, ...] = (whole(current(), name),) if name else current().documents()
    if form == "html":
        from ncrelations.reader import page

        return page(documents, library=current())
    from ncrelations.render.export import export

    return export(documents, form)


def _write_reader(folder: Path, document: str | None) -> None:
    if document:
        held = both_or_all(current())
        raise click.UsageError(f"the reader holds {held}: leave DOCUMENT out, or write one page: -o FILE.html")
    if folder.exists() and not folder.is_dir():
        raise click.BadParameter(f"{click.format_filename(folder)} is a file", param_hint="'-o'")
    from ncrelations.reader import write

    written = write(folder, library=current())
    click.echo(f"wrote {len(written)} files into {click.format_filename(folder)}; open index.html", err=True)
