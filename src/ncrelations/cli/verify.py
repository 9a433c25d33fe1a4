"""`ncr verify`: nothing is lost."""

from __future__ import annotations

import click

from ncrelations.cli.chosen_collection import in_option
from ncrelations.cli.current import current
from ncrelations.cli.output import Output, examples, nothing_found, output_options


@click.command("verify", epilog=examples("ncr verify", "ncr verify --json"))
@in_option
@output_options
def verify_command(output: Output) -> None:
    """Prove that no character of the sources is lost.

    Shows the characters of each kind of piece and the sha256 of each source; the exit code is 1
    unless all of them are accounted for.
    """
    from ncrelations.render.data import verification
    from ncrelations.render.places import verification_page

    library = current()
    reports = [verification(document, library.corpus.checksum(document)) for document in library.documents()]
    if output.json:
        output.rows(reports)
    else:
        output.show(tuple(para for report in reports for para in verification_page(report, output.texts())))
    if not all(report["lossless"] for report in reports):
        nothing_found()
