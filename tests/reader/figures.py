"""How often the reader's search finds the passage that answers: `python -m reader.figures fit` in tests/."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ncrelations import reader
from reader.browser import Tab, browser, tab

KINDS = ("plain", "paraphrase", "keyword", "typo", "numeric", "one-sided")
"""Kinds of questions that one passage answers."""


@dataclass
class Counts:
    """What became of some questions."""

    asked: int = 0
    first: int = 0
    """Answered by the first passage."""
    third: int = 0
    """Answered by one of the first three."""
    highlighted: int = 0
    """Of the latter, with an answering sentence highlighted."""


@dataclass(frozen=True)
class Case:
    """An evaluation question."""

    kind: str
    question: str
    evidence: frozenset[str]
    """The citations of the sentences that answer."""


def questions(name: str) -> list[Case]:
    """The questions of an evaluation set that one passage answers."""
    path = Path(__file__).parents[1] / "eval" / f"{name}.jsonl"
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    return [Case(r["kind"], r["question"], frozenset().union(*r["evidence"])) for r in rows if r["kind"] in KINDS]


def figures(opened: Tab, cases: Sequence[Case]) -> dict[str, Counts]:
    """Hits by kind of question and in all, counted in the browser."""
    opened.open("index.html?q=AUKUS")
    opened.page.wait_for_selector("#results li")
    found = opened.page.evaluate(
        """(asked) => { const search = createSearch(NCR_DATA);
        return asked.map((one) => search(one, 3).results.map((each) => [each.citation, each.answering])); }""",
        [case.question for case in cases],
    )
    counts: dict[str, Counts] = {}
    for case, results in zip(cases, found, strict=True):
        blocks = {citation.rpartition("/")[0] for citation in case.evidence}
        rank = next((rank for rank, (citation, _) in enumerate(results) if citation in blocks), None)
        for each in (counts.setdefault(case.kind, Counts()), counts.setdefault("all", Counts())):
            each.asked += 1
            each.first += rank == 0
            each.third += rank is not None
            each.highlighted += rank is not None and any(
                f"{results[rank][0]}/s{number}" in case.evidence for number in results[rank][1]
            )
    return counts


def main(names: Sequence[str]) -> None:
    """Print the figures of some evaluation sets."""
    with tempfile.TemporaryDirectory() as folder, browser() as running:
        reader.write(Path(folder))
        with tab(running, Path(folder).as_uri()) as opened:
            for name in names:
                for kind, c in figures(opened, questions(name)).items():
                    shares = f"hit@1 {c.first / c.asked:.3f}  hit@3 {c.third / c.asked:.3f}"
                    print(
                        f"{name:8} {kind:12} {c.asked:4}  {shares}  highlighted {c.highlighted / max(c.third, 1):.3f}"
                    )


if __name__ == "__main__":
    main(sys.argv[1:] or ["fit", "report"])
