"""`ncr proof`: the quotations of drafts, checked against the documents."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from ncrelations.cli.chosen_collection import in_option
from ncrelations.cli.current import current
from ncrelations.cli.files import STANDARD_OUTPUT, read_input, refuse_to_overwrite, to_standard_output, write_whole
from ncrelations.cli.output import Output, examples, nothing_found, output_options

if TYPE_CHECKING:
    from ncrelations.proofing.finding import Proof

Format = Literal["markdown", "plain", "html", "docx"]


@click.command("proof", epilog=examples("ncr proof draft.md", "ncr proof draft.md -o checked.md"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "plain", "html", "docx"], case_sensitive=False),
    help="What the files are; by default told by their names' endings.",
)
@click.option("--all", "every", is_flag=True, help="Show the quotations with nothing to mend, too.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Print a SARIF 2.1.0 log, for editors and code hosts.")
@click.option("-o", "--output", "path", metavar="FILE", help="Write an annotated copy in Markdown.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@in_option
@output_options
def proof_command(
    output: Output,
    files: tuple[str, ...],
    form: Format | None,
    every: bool,
    as_sarif: bool,
    path: str | None,
    force: bool,
) -> None:
    """Check every quotation in a draft.

    FILE is plain text, Markdown, HTML or DOCX; - is standard input. Each quotation is verbatim, edited by the rules
    ("...", "[...]", "[sic]"), altered, stitched together or not in the documents; the place named beside it and those
    credited with it are checked, too. The exit code is 1 where something is to mend. With --json: one line a draft.
    """
    if path is not None and len(files) > 1:
        raise click.UsageError("-o writes the copy of one draft: give one FILE")
    if path is not None:
        refuse_to_overwrite(path, force=force)
    proofs = [(name, _proofed(name, form)) for name in files]
    if path is not None:
        _write_copy(path, proofs[0][1], output)
    _show(output, proofs, every=every, as_sarif=as_sarif, copied=path is not None)
    if any(proof.to_mend for _, proof in proofs):
        nothing_found()


def _proofed(name: str, form: Format | None) -> Proof:
    from ncrelations.proofing.draft import LARGEST
    from ncrelations.proofing.draft_reading import read_bytes

    try:
        data = read_input(name, LARGEST + 1)
    except OSError as error:
        raise click.BadParameter(f"{click.format_filename(name)}: {error.strerror}", param_hint="'FILE...'") from error
    return current().proofreader.proof(read_bytes(data, name, form or ("markdown" if name == "-" else None)))


def _show(output: Output, proofs: list[tuple[str, Proof]], *, every: bool, as_sarif: bool, copied: bool) -> None:
    if as_sarif:
        from ncrelations.render.sarif import sarif

        output.data(sarif(proofs, output.texts()))
    elif output.json:
        output.rows({"file": name, **proof.to_dict()} for name, proof in proofs)
    elif not copied:
        from ncrelations.render.proof_pages import proof_page

        pages = (proof_page(proof, name, output.link, output.texts(), every=every) for name, proof in proofs)
        output.show(tuple(each for page in pages for each in page), paged=True)


def _write_copy(path: str, proof: Proof, output: Output) -> None:
    from ncrelations.render.proof_copy import annotated

    copy = annotated(proof, output.link, output.texts())
    if path == STANDARD_OUTPUT:
        to_standard_output(copy)
        return
    if Path(path).is_dir() or path.endswith(("/", os.sep)):
        raise click.BadParameter(f"{click.format_filename(path)} is a folder", param_hint="'-o'")
    write_whole(path, copy)
    click.echo(f"wrote {click.format_filename(path)}", err=True)
