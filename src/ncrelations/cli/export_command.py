"""`ncr export`: the documents in other forms, the reader among them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from ncrelations.cli.chosen_collection import in_option
from ncrelations.cli.completing import documents as document_names
from ncrelations.cli.current import both_or_all, current
from ncrelations.cli.files import STANDARD_OUTPUT, Exists, refuse_to_overwrite, to_standard_output, write_whole
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.document.typed_places import document_at

if TYPE_CHECKING:
    from ncrelations.document.tree import Document
    from ncrelations.render.export import ExportFormat

    Form = ExportFormat | Literal["html"]

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@click.command(
    "export",
    epilog=examples("ncr export --format html -o reader", "ncr export report --format html -o report.html"),
)
@click.argument("document", required=False, shell_complete=document_names)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "markdown", "html"], case_sensitive=False),
    default="jsonl",
    show_default=True,
    help="Every block with its citation and voice.",
)
@click.option(
    "-o", "--output", "path", type=click.Path(), help="Write to a file, - to standard output; html to a folder."
)
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for Excel.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@in_option
@output_options
def export_command(output: Output, document: str | None, form: Form, path: str | None, bom: bool, force: bool) -> None:
    """Both documents as JSON lines, CSV, Markdown, HTML.

    DOCUMENT is report or article; both without it. --json is --format jsonl. --format html with -o FOLDER writes
    the reader: pages of both documents with search, themes, timeline and names; with -o FILE.html, or without -o,
    one page. Always in UTF-8.
    """
    form = "jsonl" if output.json else form
    if bom and form != "csv":
        raise click.UsageError("--bom is for --format csv")
    if path is None or path == STANDARD_OUTPUT:
        if form == "jsonl":
            output.rows(_rows(document))
        else:
            to_standard_output(_text(document, form, bom=bom))
    elif form == "html" and _means_a_folder(path):
        _write_reader(Path(path), document, force=force)
    else:
        _write(path, _text(document, form, bom=bom), force=force)


def _means_a_folder(path: str) -> bool:
    return _ends_as_a_folder(path) or Path(path).is_dir() or Path(path).suffix.lower() not in (".html", ".htm")


def _ends_as_a_folder(path: str) -> bool:
    return path.endswith(tuple(filter(None, (os.sep, os.altsep))))


def _write(path: str, text: str, *, force: bool) -> None:
    if _ends_as_a_folder(path) or Path(path).is_dir():
        raise click.BadParameter(f"{click.format_filename(path)} is a folder; name a file in it", param_hint="'-o'")
    refuse_to_overwrite(path, force=force)
    write_whole(path, text)
    click.echo(f"wrote {click.format_filename(path)}", err=True)


def _documents(name: str | None) -> tuple[Document, ...]:
    return (document_at(current().corpus, name),) if name else current().documents()


def _rows(name: str | None) -> Iterator[dict[str, Any]]:
    from ncrelations.render.export import rows

    return rows(_documents(name))


def _text(name: str | None, form: Form, *, bom: bool) -> str:
    if form == "html":
        from ncrelations.reader import page

        return page(_documents(name), library=current())
    from ncrelations.render.export import export

    return (_BOM if bom else "") + export(_documents(name), form)


def _write_reader(folder: Path, document: str | None, *, force: bool) -> None:
    if document:
        held = both_or_all(current())
        raise click.UsageError(f"the reader holds {held}: leave DOCUMENT out, or write one page: -o FILE.html")
    if folder.exists() and not folder.is_dir():
        raise click.BadParameter(f"{click.format_filename(folder)} is a file", param_hint="'-o'")
    from ncrelations.reader import write
    from ncrelations.reader.folders import foreign_file
    from ncrelations.reader.site import Site

    if not force and (foreign := foreign_file(folder, Site(current()).paths())):
        raise Exists(str(foreign))
    written = write(folder, library=current())
    click.echo(f"wrote {len(written)} files into {click.format_filename(folder)}; open index.html", err=True)
