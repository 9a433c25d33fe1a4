"""`ncr eval`: how well the answers do on questions whose answers are known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import BinaryIO

import click

import ncrelations as ncr
from ncrelations.cli.current import current
from ncrelations.cli.output import Output, examples, output_options

_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and where its answer stands."""

    question: str
    evidence: tuple[tuple[ncr.Citation, ...], ...]
    """Alternatives, each a set of blocks that together answer; one of them found counts as a hit."""
    expect: str
    """"answered" or "not_found"."""


@click.command("eval", epilog=examples("ncr eval questions.jsonl", "ncr eval questions.jsonl --json"))
@click.argument("file", type=click.File("rb"))
@output_options
def eval_command(output: Output, file: BinaryIO) -> None:
    """Measure the answers on questions of your own.

    FILE has one JSON object a line: {"question": ..., "evidence": [["report/VI.1/p2"], ...], "expect":
    "answered" or "not_found"}. Prints in how many cases the first, the first three and the first five
    passages hold evidence, and how many unanswerable questions are refused.
    """
    figures = measure([_case(number, line) for number, line in enumerate(file, 1) if line.strip()])
    if output.json:
        output.data(figures)
        return
    lines = [
        f"{name:20}{value:7.1%}" if isinstance(value, float) else f"{name:20}{value:7,}"
        for name, value in figures.items()
    ]
    output.text("\n".join(lines) + "\n")


def _case(number: int, line: bytes) -> Case:
    try:
        entry = json.loads(line)
        evidence = tuple(tuple(map(_block, each)) for each in entry.get("evidence") or ())
        expect = entry.get("expect") or ("answered" if evidence else "not_found")
        return Case(str(entry["question"]), evidence, expect)
    except (ValueError, KeyError, TypeError, AttributeError, ncr.NCRelationsError) as error:
        raise click.UsageError(f"line {number} is not a question with its evidence: {error}") from error


def _block(citation: str) -> ncr.Citation:
    return current().resolve(citation).citation.of_block


def measure(cases: list[Case]) -> dict[str, int | float]:
    """The share of hits among the first 1, 3 and 5 passages, and of refusals, right and wrong."""
    ranks, refused, wrongly = [], [], []
    for case in cases:
        answer = current().ask(case.question, _DEPTH)
        if case.expect == "not_found":
            refused.append(answer.status == "not_found")
        else:
            ranks.append(_rank(case, answer))
            wrongly.append(answer.status == "not_found")
    hits = {f"hit@{depth}": _share([rank <= depth for rank in ranks]) for depth in (1, 3, _DEPTH)}
    shares = {**hits, "refused rightly": _share(refused), "refused wrongly": _share(wrongly)}
    return {"answerable": len(ranks), "unanswerable": len(refused), **shares}


def _rank(case: Case, answer: ncr.Answer) -> int:
    """The place of the first excerpt that is evidence; one too many if none is."""
    wanted = [citation for each in case.evidence for citation in each]
    for place, excerpt in enumerate(answer.excerpts, 1):
        if any(excerpt.citation.within(each) for each in wanted):
            return place
    return _DEPTH + 1


def _share(outcomes: list[bool]) -> float:
    return sum(outcomes) / len(outcomes) if outcomes else 0.0
