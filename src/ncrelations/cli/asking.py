"""`ncr ask`, `ncr search`, `ncr compare`."""

from __future__ import annotations

from typing import BinaryIO

import click

from ncrelations.cli.answer_forms import AnswerForm, answer_form
from ncrelations.cli.chosen_collection import in_option
from ncrelations.cli.current import current
from ncrelations.cli.output import Output, examples, nothing_found, output_options
from ncrelations.cli.streams import stdin
from ncrelations.cli.typed import AtLeast, InputFile, place_of, voice_of
from ncrelations.cli.wishes import Wishes, filters

_MOST_INPUT = 100_000


def words_of(parts: tuple[str, ...]) -> str:
    """The question: the arguments joined, or standard input for "-"."""
    if parts == ("-",):
        return stdin().read(_MOST_INPUT).decode("utf-8", "replace")
    return " ".join(parts)


@click.command(
    "ask",
    epilog=examples(
        'ncr ask "Why does China distrust AUKUS?"',
        "ncr ask maritime security --within report -k 2 -o answer.docx",
    ),
)
@click.argument("question", nargs=-1)
@click.option(
    "--batch", type=InputFile(), help='Ask every line of a file: plain words, a JSON text, or {"question": ...}.'
)
@filters
@answer_form
@in_option
@output_options
def ask_command(
    output: Output,
    question: tuple[str, ...],
    batch: BinaryIO | None,
    k: int,
    within: str | None,
    voice: str | None,
    form: AnswerForm,
) -> None:
    """Ask a question; quoted, cited passages answer.

    QUESTION may be several words; "-" reads it from standard input. The exit code is 1 where the
    documents do not answer.
    """
    if batch is not None:
        if question:
            raise click.UsageError("give either a QUESTION or --batch FILE, not both")
        from ncrelations.cli.batch import run_batch

        form.refuse_batch()
        run_batch(output, batch, Wishes(k, within, voice, form.explain))
        return
    library = current()
    answer = library.ask(words_of(question), k, place_of(library, within), voice_of(library, voice))
    form.write(output, answer)
    if answer.status == "not_found":
        nothing_found()


@click.command(
    "search",
    epilog=examples("ncr search freedom of navigation", "ncr search Huawei --voice china --json"),
)
@click.argument("query", nargs=-1, metavar="WORDS...")
@filters
@in_option
@output_options
def search_command(output: Output, query: tuple[str, ...], k: int, within: str | None, voice: str | None) -> None:
    """List the passages nearest to some words.

    Unlike `ncr ask` it does not judge whether they answer anything. With --json: one line a passage.
    """
    library = current()
    found = library.search(words_of(query), k, place_of(library, within), voice_of(library, voice))
    if output.json:
        output.rows(excerpt.to_dict() for excerpt in found)
    else:
        from ncrelations.render.answer_pages import search_page

        output.show(search_page(found, output.link, output.texts()), paged=True)
    if not found:
        nothing_found()


@click.command("compare", epilog=examples("ncr compare Huawei", "ncr compare human rights -k 1 --json"))
@click.argument("topic", nargs=-1)
@click.option("-k", type=AtLeast(1), default=2, show_default=True, help="Excerpts for each voice.")
@in_option
@output_options
def compare_command(output: Output, topic: tuple[str, ...], k: int) -> None:
    """One topic, every voice side by side.

    NATO's perceptions of China, Chinese perceptions of NATO, the experts and Brian Wong: a voice that
    says nothing on the topic is shown as saying nothing.
    """
    comparison = current().compare(words_of(topic), k)
    if output.json:
        output.data(comparison.to_dict())
    else:
        from ncrelations.render.answer_pages import comparison_page

        output.show(
            comparison_page(comparison, output.link, output.texts(getattr(comparison, "language", None))), paged=True
        )
    if len(comparison.silent) == len(comparison.views):
        nothing_found()
