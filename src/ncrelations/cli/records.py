"""`ncr perceptions`, `risks`, `recommendations`, `milestones`, `timeline`, `entities`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

import ncrelations as ncr
from ncrelations.cli.output import Output, examples, output_options

_R = TypeVar("_R")


def _show(output: Output, records: Sequence[_R], data: Callable[[_R], Any], page: Callable[..., Any]) -> None:
    if output.json:
        output.rows(map(data, records))
    else:
        output.show(page(records, output.link, output.texts()), paged=True)


@click.command("perceptions", epilog=examples("ncr perceptions", "ncr perceptions china --json"))
@click.argument("holder", required=False)
@output_options
def perceptions_command(output: Output, holder: str | None) -> None:
    """What each side believes about the other.

    HOLDER is nato or china: who believes it. Both without it.
    """
    from ncrelations.render.data import perception_dict
    from ncrelations.render.records import perceptions_page

    sections = (ncr.report.nato_perceptions, ncr.report.chinese_perceptions)
    if holder is not None:
        sections = tuple(each for each in sections if each.voice is _holder(holder))  # type: ignore[assignment]
    _show(output, [each for section in sections for each in section.perceptions], perception_dict, perceptions_page)


def _holder(name: str) -> ncr.Voice:
    voice = ncr.Voice.named(name)
    if voice not in (ncr.Voice.NATO, ncr.Voice.CHINA):
        raise ncr.NoSuchPlace("holder of perceptions", name, ("nato", "china"))
    return voice


@click.command("risks", epilog=examples("ncr risks", "ncr risks --json"))
@output_options
def risks_command(output: Output) -> None:
    """The risks the experts warn of."""
    from ncrelations.render.data import risk_dict
    from ncrelations.render.records import risks_page

    _show(output, ncr.report.risks.risks, risk_dict, risks_page)


@click.command("recommendations", epilog=examples("ncr recommendations", "ncr recommendations --width 60"))
@output_options
def recommendations_command(output: Output) -> None:
    """What the experts recommend, and why."""
    from ncrelations.render.data import recommendation_dict
    from ncrelations.render.records import recommendations_page

    _show(output, ncr.report.recommendations.recommendations, recommendation_dict, recommendations_page)


@click.command("milestones", epilog=examples("ncr milestones", "ncr milestones --json"))
@output_options
def milestones_command(output: Output) -> None:
    """The milestones, whole.

    In the source's order, dated only where the text gives a date.
    """
    from ncrelations.render.data import milestone_dict
    from ncrelations.render.records import milestones_page

    _show(output, ncr.report.milestones.milestones, milestone_dict, milestones_page)


@click.command("timeline", epilog=examples("ncr timeline", "ncr timeline --svg timeline.svg"))
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Draw it into FILE.")
@output_options
def timeline_command(output: Output, svg: Path | None) -> None:
    """The milestones as a drawn line."""
    from ncrelations.render.data import milestone_dict
    from ncrelations.render.records import timeline_page

    milestones = ncr.report.milestones.milestones
    if svg is None:
        _show(output, milestones, milestone_dict, timeline_page)
        return
    from ncrelations.render.svg import timeline_svg

    svg.write_text(timeline_svg(milestones, output.texts()), "utf-8")
    click.echo(f"wrote {click.format_filename(svg)}", err=True)


@click.command("entities", epilog=examples("ncr entities", "ncr entities Huawei"))
@click.argument("name", nargs=-1)
@output_options
def entities_command(output: Output, name: tuple[str, ...]) -> None:
    """People, places and agreements, and their mentions.

    NAME, in any spelling or alias, shows every mention in its sentence. With --json: one line an
    entity, or one line a mention.
    """
    from ncrelations.render import data, records

    if not name:
        entities = ncr.entities()
        output.rows(map(data.entity_dict, entities)) if output.json else output.show(
            records.entities_page(entities, output.texts()), paged=True
        )
        return
    entity = ncr.entity(" ".join(name))
    if output.json:
        output.rows(map(data.mention_dict, entity.mentions))
    else:
        output.show(records.entity_page(entity, output.link, output.texts()), paged=True)
