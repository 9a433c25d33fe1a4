"""`ncr add`, `ncr documents`, `ncr status`, `ncr remove`: documents of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ncrelations.cli.chosen_collection import collection_option, opened
from ncrelations.cli.output import Output, examples, nothing_found, output_options
from ncrelations.cli.typed import AtLeast, InputFile
from ncrelations.document.citation import printable
from ncrelations.errors import FileRefused

if TYPE_CHECKING:
    from ncrelations.collections.collection_status import CollectionStatus, DocumentStatus


@click.command("add", epilog=examples("ncr add . --dry-run", "ncr add draft.md --words-only"))
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(path_type=Path))
@collection_option
@click.option("--id", metavar="ID", help="For one file: its id in citations.")
@click.option("--title", help="For one file: its title.")
@click.option("--issuer", help="Who issued it: the voice of what nobody else says in it.")
@click.option("--date", metavar="DATE", help="When it was issued: 2022-06-29, 2022-06 or 2022.")
@click.option("--password-file", type=InputFile(), help="The password of encrypted files.")
@click.option("--max-mb", type=AtLeast(1), help="The largest file that is read, in megabytes.")
@click.option("--max-pages", type=AtLeast(1), help="The most pages of a file that is read.")
@click.option("--ocr", is_flag=True, help="Recognise the text of pages that are pictures: seconds a page.")
@click.option("--again", is_flag=True, help="Try files again that were refused.")
@click.option(
    "--questions",
    type=click.Path(path_type=Path),
    help="A file of questions written for passages: JSON lines.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--watch", is_flag=True, help="Go on taking over what changes, until stopped.")
@click.option("--wait", is_flag=True, help="End when everything is found by its meaning, too.")
@click.option("--words-only", is_flag=True, help="Do not make the documents found by their meaning.")
@click.option("--only-meaning", is_flag=True, hidden=True)
@output_options
def add_command(output: Output, paths: tuple[Path, ...], collection: str | None, **options: Any) -> None:
    """Add files and folders to your documents.

    PDF, Word, OpenDocument, EPUB, HTML, Markdown and plain text. Adding a folder again takes over what is new, changed,
    moved or gone in it; without PATH, that of all that was added before. What a document is called is read from the
    file or from a collection.toml in its folder. The exit code is 3 where files were refused.
    """
    from ncrelations.cli.adding import Adding, limits

    Adding(output, opened(collection, limits(options)), paths, options).run()


@click.command("documents", epilog=examples("ncr documents", "ncr documents --json"))
@collection_option
@click.option("--all", "every", is_flag=True, help="Also those that answer no more.")
@output_options
def documents_command(output: Output, collection: str | None, every: bool) -> None:
    """List your documents.

    With --json: one line a document, with its text's checksum, reader, remarks and files. The exit code is 1 where
    there are none.
    """
    status = opened(collection).status()
    shown = status.documents if every else status.live
    if output.json:
        output.rows(each.to_dict() for each in shown)
    else:
        output.table(_rows(shown))
    if not shown:
        click.echo('ncr: there are no documents of your own here; "ncr add FOLDER" adds some', err=True)
        nothing_found()


def _rows(documents: Sequence[DocumentStatus]) -> Iterator[tuple[str, str]]:
    """Of each document its id and size, and what it is called."""
    ids = max((len(each.record.id) for each in documents), default=0)
    sizes = max((len(_size(each)) for each in documents), default=0)
    for each in documents:
        state = "" if each.state == "live" else f" ({each.state})"
        others = f", {len(each.files)} names" if len(each.files) > 1 else ""
        called = printable(each.record.work.name, 120)
        yield f"{each.record.id:{ids}}  {_size(each):>{sizes}}", f"{called}{others}{state}"


def _size(document: DocumentStatus) -> str:
    version = document.version
    count = version.pages if version and version.pages else version.passages if version else 0
    kind = "page" if version and version.pages else "passage"
    return f"{count} {kind}" if count == 1 else f"{count} {kind}s"


@click.command("status", epilog=examples("ncr status", "ncr status --json"))
@collection_option
@output_options
def status_command(output: Output, collection: str | None) -> None:
    """Say what is in your collection and how far it is.

    How much is found by words alone so far, where the sections of each document come from, what its reader remarks,
    and which files were refused and why.
    """
    status = opened(collection).status()
    if output.json:
        output.data(status.to_dict())
    else:
        output.lines((line, "") for line in _state_lines(status))
        output.table(_origins(status))
        output.lines((line, "refused:") for line in _refused_lines(status))


def _state_lines(status: CollectionStatus) -> Iterator[str]:
    encoded = status.encoded
    count = "1 document" if len(status.live) == 1 else f"{len(status.live):,} documents"
    yield f"{count}, {encoded.total:,} passages in {printable(status.place, 200)}"
    if encoded.share < 1:
        how = "a process is at it" if status.encoding else "ncr add --wait goes on"
        yield f"found by words, and {encoded.share:.0%} of the passages by meaning; {how}"
    elif encoded.total:
        yield "found by words and by meaning"


def _refused_lines(status: CollectionStatus) -> Iterator[str]:
    for file in status.refused:
        error = FileRefused(file.path.name, file.reason or "", file.detail or "")
        yield f"{printable(file.path.name)}: {printable(error.words, 200)}; {error.advice}"


def _origins(status: CollectionStatus) -> Iterator[tuple[str, str]]:
    """Of each document what it was read from, and what its reader remarks."""
    for each in status.live:
        if each.version:
            remarks = "".join(f"; {printable(remark, 200)}" for remark in each.version.remarks)
            yield each.record.id, f"{each.version.kind}, sections from {each.version.structure}{remarks}"


@click.command("remove", epilog=examples("ncr remove draft", "ncr remove draft --delete"))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--delete", is_flag=True, help="Delete its texts, too: its citations resolve no more.")
@collection_option
@output_options
def remove_command(output: Output, ids: tuple[str, ...], delete: bool, collection: str | None) -> None:
    """Take documents out of all answers.

    The files themselves are not touched, and citations still resolve. A removed document stays out when its folder is
    added again, until its file itself is added.
    """
    kept = opened(collection)
    for id in ids:
        kept.remove(id, texts=delete)
    if output.json:
        output.rows({"document": id, "removed": True, "deleted": delete} for id in ids)
    else:
        output.text("".join(f"removed {id}\n" for id in ids))
