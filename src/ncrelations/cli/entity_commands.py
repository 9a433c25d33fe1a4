"""`ncr entities`: who and what the documents name."""

from __future__ import annotations

import click

from ncrelations.cli import completing
from ncrelations.cli.chosen_collection import in_option
from ncrelations.cli.current import current
from ncrelations.cli.output import Output, examples, output_options


@click.command("entities", epilog=examples("ncr entities", "ncr entities Huawei"))
@click.argument("name", nargs=-1, shell_complete=completing.entities)
@in_option
@output_options
def entities_command(output: Output, name: tuple[str, ...]) -> None:
    """People, places and agreements, and their mentions.

    NAME, in any spelling or alias, shows every mention in its sentence. With --json: one line an
    entity, or one line a mention.
    """
    from ncrelations.render.data import entity_dict, mention_dict
    from ncrelations.render.entity_pages import entities_page, entity_page

    if not name:
        entities = current().corpus.entities.all
        output.rows(map(entity_dict, entities)) if output.json else output.show(
            entities_page(entities, output.texts()), paged=True
        )
        return
    entity = current().entity(" ".join(name))
    if output.json:
        output.rows(map(mention_dict, entity.mentions))
    else:
        output.show(entity_page(entity, output.link, output.texts()), paged=True)
