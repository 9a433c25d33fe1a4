"""`ncr move` and `ncr migrate`: where a collection is kept."""

from __future__ import annotations

from dataclasses import asdict

import click

from ncrelations.cli.chosen_collection import collection_option, opened
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.document.citation import printable


@click.command("move", epilog=examples("ncr move ./collection ./archive", "ncr move ./collection ./archive --json"))
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@output_options
def move_command(output: Output, source: str, target: str) -> None:
    """Bring a collection to another place, whole.

    FROM and TO are names, folders or addresses of a PostgreSQL server: postgresql://HOST/DATABASE?collection=NAME. All
    texts, versions and names arrive, and what finds passages; a checksum proves it. TO must not hold documents yet,
    and FROM stays until you remove it.
    """
    from ncrelations.collections.collection_move import move

    kept, new = opened(source), opened(target)
    moved = move(kept.store, kept.search_files, new.store, new.search_files)
    if output.json:
        output.data({"from": kept.place, "to": new.place, **asdict(moved)})
        return
    counted = f"{moved.documents} document{'' if moved.documents == 1 else 's'}"
    output.text(
        f"{counted} in {printable(new.place, 200)}, checksum {moved.checksum[:16]}\n"
        f"{printable(kept.place, 200)} is as it was\n"
    )


@click.command("migrate", epilog=examples("ncr migrate", "ncr migrate --dry-run"))
@collection_option
@click.option("--dry-run", is_flag=True, help="Print the statements, and carry none out.")
@output_options
def migrate_command(output: Output, collection: str | None, dry_run: bool) -> None:
    """Bring a server's tables up to date.

    A newer version of this program may need other tables than those that an older one made. Each step is one
    transaction, and there is none back: make a backup before.
    """
    store = opened(collection).store
    steps = store.pending() if dry_run else store.migrate()
    if output.json:
        output.rows({"layout": each.number, "title": each.title, "statements": each.statements} for each in steps)
        return
    for each in steps:
        output.text(f"{each.number}: {each.title}\n")
        if dry_run:
            output.text("".join(f"{statement};\n" for statement in each.statements))
    if not steps:
        output.text(f"{printable(store.place, 200)} is up to date\n")
