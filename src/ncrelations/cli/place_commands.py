"""`ncr toc`, `ncr show`, `ncr cite`: the documents themselves. None of it loads the index or numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import ncrelations as ncr
from ncrelations.cli import completing
from ncrelations.cli.chosen_collection import in_option
from ncrelations.cli.current import current
from ncrelations.cli.files import to_standard_output
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.cli.typed import AtLeast
from ncrelations.document.reference import CITE_FORMATS, exported
from ncrelations.document.typed_places import document_at, places_at

if TYPE_CHECKING:
    from ncrelations.render.data import Place


@click.command("toc", epilog=examples("ncr toc", "ncr toc article --json"))
@click.argument("document", required=False, shell_complete=completing.documents)
@in_option
@output_options
def toc_command(output: Output, document: str | None) -> None:
    """The tables of contents.

    DOCUMENT is report or article; both without it. With --json: one line a section.
    """
    documents = (document_at(current().corpus, document),) if document else current().documents()
    if output.json:
        from ncrelations.render.data import section_dict

        output.rows(section_dict(section) for each in documents for section in each.walk())
    else:
        from ncrelations.render.places import toc_page

        output.show(toc_page(documents, output.link, output.texts()), paged=True)


@click.command("show", epilog=examples("ncr show report/VI.1", "ncr show report/III/b1-b3 --context 1"))
@click.argument("citations", nargs=-1, required=True, metavar="CITATION...", shell_complete=completing.places)
@click.option("--context", type=AtLeast(0), default=0, metavar="N", help="Also N blocks before and after.")
@in_option
@output_options
def show_command(output: Output, citations: tuple[str, ...], context: int) -> None:
    """Show a document, section, block, sentence or range.

    A CITATION is report, report/VI.1, report/VI.1/p2, report/VI.1/p2/s1 or the range
    report/VI.1/p2-p4; `ncr toc` lists the sections.
    """
    shown = [each for citation in citations for each in places_at(current().corpus, citation)]
    tell_standing(output, shown)
    if output.json:
        from ncrelations.render.data import place_dict

        every = around(shown, context) if context else shown
        output.rows(map(place_dict, every)) if len(every) > 1 else output.data(place_dict(every[0]))
        return
    from ncrelations.render.places import blocks_page, place_page

    if context:
        chosen = frozenset(str(each.citation) for each in shown)
        output.show(blocks_page(around(shown, context), output.link, chosen, output.texts()), paged=True)
    else:
        pages = (place_page(each, output.link, output.texts()) for each in shown)
        output.show(tuple(para for page in pages for para in page), paged=True)


def tell_standing(output: Output, places: list[Place]) -> None:
    """Say on standard error where a place is of a text that was replaced or withdrawn."""
    for place in places:
        if standing := current().standing(place):
            click.echo(output.texts().said(standing), err=True)


def around(shown: list[Place], context: int) -> list[ncr.Block]:
    """The blocks that are or hold the places shown, with `context` more on either side, in order."""
    found: dict[ncr.Citation, ncr.Block] = {}
    for place in shown:
        blocks = place.document.blocks if not isinstance(place, ncr.Document) else place.blocks
        inside = [n for n, each in enumerate(blocks) if each.within(place.citation.of_block)]
        for block in blocks[max(0, inside[0] - context) : inside[-1] + context + 1] if inside else ():
            found[block.citation] = block
    return list(found.values())


@click.command("cite", epilog=examples("ncr cite report/VI.1/p2", "ncr cite article report/IV/b1 --format bibtex"))
@click.argument("citations", nargs=-1, required=True, metavar="CITATION...", shell_complete=completing.places)
@click.option(
    "--format",
    "form",
    type=click.Choice(CITE_FORMATS, case_sensitive=False),
    default="text",
    show_default=True,
    help="The form.",
)
@in_option
@output_options
def cite_command(output: Output, citations: tuple[str, ...], form: str) -> None:
    """Cite a place: text, Markdown, BibTeX, RIS, CSL-JSON, pinpoints for pandoc and LaTeX.

    Bibliographies have one entry a document, whatever is cited of it.

    With --json: one line a citation, {"citation": ..., "format": ..., "text": ...}.
    """
    places = [each for citation in citations for each in places_at(current().corpus, citation)]
    tell_standing(output, places)
    links = [output.link(place.citation) for place in places]
    if output.json:
        cited = [(str(place.citation), place.cite(form, link)) for place, link in zip(places, links, strict=True)]
        output.rows({"citation": citation, "format": form, "text": text} for citation, text in cited)
        return
    text = exported([place.reference for place in places], form, links) + "\n"
    output.text(text) if form == "text" else to_standard_output(text)
