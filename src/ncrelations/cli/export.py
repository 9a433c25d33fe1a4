"""`ncr export`: the documents in other forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import ncrelations as ncr
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.cli.reading import whole

if TYPE_CHECKING:
    from ncrelations.render.export import ExportFormat


@click.command("export", epilog=examples("ncr export --format jsonl", "ncr export report --format html -o report.html"))
@click.argument("document", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "csv", "markdown", "html"]),
    default="jsonl",
    show_default=True,
    help="Every block with its citation and voice.",
)
@click.option("-o", "--output", "path", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@output_options
def export_command(output: Output, document: str | None, form: ExportFormat, path: Path | None) -> None:
    """Both documents as JSON lines, CSV, Markdown, HTML.

    DOCUMENT is report or article; both without it. --json is --format jsonl.
    """
    from ncrelations.render.export import export

    text = export((whole(document),) if document else ncr.documents(), "jsonl" if output.json else form)
    if path is None:
        output.text(text)
    else:
        path.write_text(text, "utf-8", newline="\n")
        click.echo(f"wrote {click.format_filename(path)}", err=True)
