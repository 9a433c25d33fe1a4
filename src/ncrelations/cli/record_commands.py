"""`ncr perceptions`, `risks`, `recommendations`, `milestones`, `timeline`: records of the packaged edition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

import ncrelations as ncr
from ncrelations.cli.current import current, has_records
from ncrelations.cli.files import STANDARD_OUTPUT, refuse_to_overwrite, to_standard_output, write_whole
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.cli.typed import voice_of
from ncrelations.document.voice import Voice

if TYPE_CHECKING:
    from ncrelations.editions.nato_china.two_documents import Report

_R = TypeVar("_R")


def _report() -> Report:
    """The report, whose records these are. Raises `ClickException` where other documents are served."""
    if not has_records(current()):
        name = click.get_current_context().info_name
        raise click.ClickException(f"these documents have no such records: `ncr {name}` is of the packaged ones alone")
    return ncr.report


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
    from ncrelations.render.record_data import perception_dict
    from ncrelations.render.record_pages import perceptions_page

    sections = (_report().nato_perceptions, _report().chinese_perceptions)
    if holder is not None:
        sections = tuple(each for each in sections if each.voice is _holder(holder))  # type: ignore[assignment]
    _show(output, [each for section in sections for each in section.perceptions], perception_dict, perceptions_page)


def _holder(name: str) -> Voice:
    voice = voice_of(current(), name)
    if voice not in (ncr.Voice.NATO, ncr.Voice.CHINA):
        raise ncr.NoSuchPlace("holder of perceptions", name, ("nato", "china"))
    return voice


@click.command("risks", epilog=examples("ncr risks", "ncr risks --json"))
@output_options
def risks_command(output: Output) -> None:
    """The risks the experts warn of."""
    from ncrelations.render.record_data import risk_dict
    from ncrelations.render.record_pages import risks_page

    _show(output, _report().risks.risks, risk_dict, risks_page)


@click.command("recommendations", epilog=examples("ncr recommendations", "ncr recommendations --width 60"))
@output_options
def recommendations_command(output: Output) -> None:
    """What the experts recommend, and why."""
    from ncrelations.render.record_data import recommendation_dict
    from ncrelations.render.record_pages import recommendations_page

    _show(output, _report().recommendations.recommendations, recommendation_dict, recommendations_page)


@click.command("milestones", epilog=examples("ncr milestones", "ncr milestones --json"))
@output_options
def milestones_command(output: Output) -> None:
    """The milestones, whole.

    In the source's order, dated only where the text gives a date.
    """
    from ncrelations.render.record_data import milestone_dict
    from ncrelations.render.record_pages import milestones_page

    _show(output, _report().milestones.milestones, milestone_dict, milestones_page)


@click.command("timeline", epilog=examples("ncr timeline", "ncr timeline --svg timeline.svg"))
@click.option("--svg", type=click.Path(dir_okay=False), metavar="FILE", help="Draw it into FILE.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@output_options
def timeline_command(output: Output, svg: str | None, force: bool) -> None:
    """The milestones as a drawn line."""
    from ncrelations.render.record_data import milestone_dict
    from ncrelations.render.record_pages import timeline_page

    milestones = _report().milestones.milestones
    if svg is None:
        _show(output, milestones, milestone_dict, timeline_page)
        return
    from ncrelations.render.svg import timeline_svg

    drawing = timeline_svg(milestones, output.texts())
    if svg == STANDARD_OUTPUT:
        to_standard_output(drawing)
        return
    refuse_to_overwrite(svg, force=force)
    write_whole(svg, drawing)
    click.echo(f"wrote {click.format_filename(svg)}", err=True)
