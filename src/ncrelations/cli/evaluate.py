"""`ncr eval`: how well the answers do on questions whose answers are known."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, BinaryIO

import click

import ncrelations as ncr
from ncrelations.cli.current import current
from ncrelations.cli.input_lines import lines as lines_of
from ncrelations.cli.output import Output, examples, output_options
from ncrelations.cli.typed import InputFile
from ncrelations.document.citation import nearest, printable
from ncrelations.document.typed_places import place_at
from ncrelations.errors import did_you_mean

_DEPTH = 5
_LONGEST_LINE = 1_000_000
_KEYS = ("question", "evidence", "expect")
"""What a line must or may say; what else stands there is the file's own."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and where its answer stands."""

    question: str
    evidence: tuple[tuple[ncr.Citation, ...], ...]
    """Alternatives, each a set of blocks that together answer; one of them found counts as a hit."""
    expect: str
    """"answered" or "not_found"."""
    line: int
    """Where it stands in its file."""


@click.command("eval", epilog=examples("ncr eval questions.jsonl", "ncr eval questions.jsonl --json"))
@click.argument("file", type=InputFile())
@output_options
def eval_command(output: Output, file: BinaryIO) -> None:
    """Measure the answers on questions of your own.

    FILE has one JSON object a line: {"question": ..., "evidence": [["report/VI.1/p2"], ...], "expect":
    "answered" or "not_found"}. Prints in how many cases the first, the first three and the first five
    passages hold evidence, and how many unanswerable questions are refused.
    """
    figures = measure([_case(number, line) for number, line in lines_of(file, _LONGEST_LINE)])
    if output.json:
        output.data(figures)
        return
    lines = [
        f"{name:20}{value:7.1%}" if isinstance(value, float) else f"{name:20}{value:7,}"
        for name, value in figures.items()
    ]
    output.text("\n".join(lines) + "\n")


def _case(number: int, line: bytes | None) -> Case:
    try:
        return _read(number, None if line is None else json.loads(line))
    except RecursionError:
        reason = "it is nested too deeply"
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    except json.JSONDecodeError as error:
        reason = f"it is not JSON ({error.msg}, column {error.colno})"
    except (ValueError, ncr.NCRelationsError) as error:
        reason = str(error)
    raise click.UsageError(f"line {number} is not a question with its evidence: {reason}")


def _read(number: int, entry: Any) -> Case:
    """A case; `None` is a line that is too long. Raises `ValueError` and `NCRelationsError`, in words."""
    if entry is None:
        raise ValueError(f"it is no object of at most {_LONGEST_LINE:,} bytes")
    if not isinstance(entry, dict) or not isinstance(entry.get("question"), str):
        raise ValueError('it has no {"question": "..."}')  # noqa: TRY004  # a bad line, as the others are
    for name in entry:
        if name not in _KEYS and (near := nearest(name, list(_KEYS), 1)):
            raise ValueError(f"there is no key {printable(name)!r}{did_you_mean(near)}")
    evidence = _evidence(entry.get("evidence") or [])
    expect = (
        str(entry.get("expect") or ("answered" if evidence else "not_found"))
        .casefold()
        .replace("-", "_")
        .replace(" ", "_")
    )
    if expect not in ("answered", "not_found"):
        raise ValueError(f"expect is answered or not_found, not {printable(expect)!r}")
    return Case(entry["question"], evidence, expect, number)


def _evidence(given: Any) -> tuple[tuple[ncr.Citation, ...], ...]:
    """The alternatives; citations that stand alone are one each."""
    sets = [[each] if isinstance(each, str) else each for each in (given if isinstance(given, list) else [given])]
    if not all(isinstance(each, list) and all(isinstance(one, str) for one in each) for each in sets):
        raise ValueError("evidence is a list of lists of citations")
    return tuple(tuple(map(_block, each)) for each in sets)


def _block(citation: str) -> ncr.Citation:
    return place_at(current().corpus, citation).citation.of_block


def measure(cases: list[Case]) -> dict[str, int | float]:
    """The share of hits among the first 1, 3 and 5 passages, and of refusals, right and wrong."""
    ranks, refused, wrongly = [], [], []
    for case in cases:
        answer = _asked(case)
        if case.expect == "not_found":
            refused.append(answer.status == "not_found")
        else:
            ranks.append(_rank(case, answer))
            wrongly.append(answer.status == "not_found")
    hits = {f"hit@{depth}": _share([rank <= depth for rank in ranks]) for depth in (1, 3, _DEPTH)}
    shares = {**hits, "refused rightly": _share(refused), "refused wrongly": _share(wrongly)}
    return {"answerable": len(ranks), "unanswerable": len(refused), **shares}


def _asked(case: Case) -> ncr.Answer:
    try:
        return current().ask(case.question, _DEPTH)
    except ncr.InvalidQuestion as error:
        raise click.UsageError(f"line {case.line} cannot be asked: {error}") from error


def _rank(case: Case, answer: ncr.Answer) -> int:
    """The place of the first excerpt that is evidence; one too many if none is."""
    wanted = [citation for each in case.evidence for citation in each]
    for place, excerpt in enumerate(answer.excerpts, 1):
        if any(excerpt.citation.within(each) for each in wanted):
            return place
    return _DEPTH + 1


def _share(outcomes: list[bool]) -> float:
    return sum(outcomes) / len(outcomes) if outcomes else 0.0
