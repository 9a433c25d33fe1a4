"""The evaluation questions, read in a process of their own so that whoever measures stays light."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.measure import run

ONE_PASSAGE = ("plain", "paraphrase", "keyword", "typo", "numeric", "one-sided")
"""Kinds of questions that one passage answers: `eval.harness.SINGLE`, which is not imported to stay light."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One evaluation question."""

    question: str
    accepted: tuple[str, ...]
    """The sentences accepted as evidence; none for a question that one passage does not answer."""


def read(name: str) -> list[Asked]:
    """The questions of "fit" or "report"."""
    output = run([sys.executable, "-m", "benchmarks.questions", name]).output
    return [Asked(entry["question"], tuple(entry["accepted"])) for entry in json.loads(output)]


def of_one_passage(name: str) -> list[Asked]:
    """Those that one passage answers."""
    return [asked for asked in read(name) if asked.accepted]


def _gathered(name: str) -> list[dict[str, Any]]:
    from eval.harness import cases
    from ncrelations.editions.nato_china.public import documents

    blocks = [block for document in documents() for block in document.blocks]
    sentences = {str(each.citation): each.text for block in blocks for each in block.sentences}

    def accepted(evidence: tuple[frozenset[str], ...]) -> tuple[str, ...]:
        return tuple(sentences[citation] for citation in sorted(frozenset().union(*evidence)))

    return [asdict(Asked(c.question, accepted(c.evidence) if c.kind in ONE_PASSAGE else ())) for c in cases(name)]


if __name__ == "__main__":
    print(json.dumps(_gathered(sys.argv[1])))
