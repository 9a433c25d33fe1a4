"""Evaluate questions in other languages: `python -m eval.languages fit`.

A hit is an excerpt from the section of the evidence (`sections`) or with a sentence of it (`sentences`).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ncrelations as ncr
from eval.harness import HERE, Case, Result, asked, conversed, share

DOUBTFUL = ("near-miss", "false-premise")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A question asked, and its language."""

    language: str
    result: Result

    def section(self, k: int) -> bool:
        """Whether one of the first k excerpts is from a section of the evidence."""
        wanted = {citation.rsplit("/", 2)[0] for group in self.result.case.evidence for citation in group}
        shown = (str(each.block.citation).rsplit("/", 1)[0] for each in self.result.answer.excerpts[:k])
        return bool(wanted & {*shown})


def _lines(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def _case(entry: dict[str, object], number: int = 0) -> Case:
    groups = tuple(frozenset(group) for group in entry["evidence"])  # type: ignore[attr-defined]  # JSON
    answerable = entry.get("expect", "answered") == "answered"
    return Case(
        str(entry.get("id", number)), str(entry.get("kind", "turn")), str(entry["question"]), groups, answerable
    )


def questions(name: str) -> list[Spoken]:
    """Ask the questions of "fit" or "report"."""
    entries = _lines(f"languages_{name}.jsonl")
    results = asked([_case(entry) for entry in entries])
    return [Spoken(str(entry["lang"]), result) for entry, result in zip(entries, results, strict=True)]


def conversations(name: str) -> list[Spoken]:
    """Hold the conversations of "fit" or "report"; all turns but the first."""
    found = []
    for entry in _lines(f"languages_{name}_chains.jsonl"):
        turns = [_case(turn, n) for n, turn in enumerate(entry["turns"])]  # type: ignore[arg-type, var-annotated]  # JSON
        found += [Spoken(str(entry["lang"]), result) for result in conversed([turns])]
    return found


def row(name: str, some: Sequence[Spoken]) -> tuple[str, ...]:
    """One line of the table: hits of answerable questions, and how the others were refused."""
    good = [each for each in some if each.result.case.answerable]
    hits = [f"{share(each.section(k) for each in good):.3f}" for k in (1, 3)] if good else ["", ""]
    hits += [f"{share(each.result.hit(k) for each in good):.3f}" for k in (1, 3)] if good else ["", ""]
    counts = [
        f"{share(each.result.answer.status != 'answered' for each in kind):.3f}" if kind else ""
        for kind in (
            [each for each in some if each.result.case.kind == "other-domain"],
            [each for each in some if each.result.case.kind in DOUBTFUL],
            good,
        )
    ]
    return (name, str(len(some)), *hits, *counts)


HEAD = ("", "questions", "section first", "section in 3", "sentence first", "sentence in 3",
        "other domains not answered", "near-misses not answered", "answerable not answered")  # fmt: skip


def table(some: Sequence[Spoken]) -> Iterator[tuple[str, ...]]:
    """The figures: all, by language, by kind."""
    yield row("all", some)
    for language in dict.fromkeys(each.language for each in some):
        yield row(language, [each for each in some if each.language == language])
    for kind in dict.fromkeys(each.result.case.kind for each in some):
        yield row(kind, [each for each in some if each.result.case.kind == kind])


def main() -> None:
    """Print the figures of one half."""
    name = sys.argv[1] if len(sys.argv) > 1 else "fit"
    ncr.ask("warm up")
    print(" | ".join(HEAD))
    for line in (*table(questions(name)), *table(conversations(name))):
        print(" | ".join(line))


if __name__ == "__main__":
    main()
