"""How questions are asked, and what of an answer is shown: what `ask`, `search`, `chat` and batches share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

import ncrelations as ncr
from ncrelations.cli import completing
from ncrelations.cli.output import Output
from ncrelations.cli.typed import AtLeast, not_blank

if TYPE_CHECKING:
    from ncrelations.render.form import Page

_F = TypeVar("_F", bound=Callable[..., Any])

_FILTERS = (
    click.option("-k", type=AtLeast(1), default=5, envvar="NCR_K", show_default=True, help="Excerpts."),
    click.option(
        "--within",
        metavar="CITATION",
        callback=not_blank,
        shell_complete=completing.places,
        help="Only there, such as report, article or report/VI.",
    ),
    click.option(
        "--voice",
        metavar="VOICE",
        callback=not_blank,
        shell_complete=completing.voices,
        help="Only the view of nato, china, experts or author.",
    ),
)


class Wishes(NamedTuple):
    """How questions are asked, unless one says otherwise."""

    k: int
    within: str | None = None
    voice: str | None = None
    explain: bool = False


def filters(command: _F) -> _F:
    """The options that say how much, where and whose."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def answer_data(answer: ncr.Answer, *, explain: bool) -> dict[str, Any]:
    """An answer as data, with its steps where they are asked for."""
    steps = {"steps": [asdict(step) for step in answer.steps]} if explain else {}
    return {**answer.to_dict(), **steps}


def shown(output: Output, answer: ncr.Answer, *, explain: bool) -> Page:
    """The page of an answer, with its steps where they are asked for."""
    from ncrelations.render.answer_pages import answer_page, explanation_page

    texts = output.texts(answer.language)
    return answer_page(answer, output.link, texts) + (explanation_page(answer, texts) if explain else ())
