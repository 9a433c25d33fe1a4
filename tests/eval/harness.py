"""Ask the evaluation questions and measure the answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

import ncrelations as ncr
from ncrelations.answers.answer import Answer
from ncrelations.document.excerpt import Excerpt
from ncrelations.editions.nato_china.report_source import fold_report

HERE = Path(__file__).parent
SINGLE = ("plain", "paraphrase", "keyword", "typo", "numeric", "one-sided")
"""Kinds of questions that one passage answers."""

PEOPLE = ("single", "looks-unanswerable")
"""The same, of those in people's wording."""


NEWEST = ("judge", "streamer", "attache", "teacher")
"""Readers who came late, after all rules: what their half was fitted on are weights alone."""

LAST = ("briefer", "verifier")
"""The readers who came after them, when everything was fitted: all of theirs is of the report half."""

FRESH = ("radio", "embassy", "debater", "lecturer", "exchange", "retired", "consultant", "blogger")
"""Eight more, the last: nothing was fitted on theirs, and nothing read but the false premises of the first four that
were answered."""


@dataclass(frozen=True, slots=True)
class Case:
    """One evaluation question."""

    id: str
    kind: str
    question: str
    evidence: tuple[frozenset[str], ...]
    """Groups of sentence citations: an answer needs one of each group."""
    answerable: bool
    switch: bool = False
    """In a chain: whether it changes the subject."""


@dataclass(frozen=True, slots=True)
class Result:
    """One question asked."""

    case: Case
    answer: Answer
    seconds: float

    def rank(self) -> int | None:
        """The number, from 0, of the first excerpt with evidence; `None` without."""
        wanted = frozenset().union(*self.case.evidence)
        return next((n for n, each in enumerate(self.answer.excerpts) if cites(each) & wanted), None)

    def hit(self, k: int) -> bool:
        """Whether one of the first k excerpts has evidence."""
        rank = self.rank()
        return rank is not None and rank < k

    def complete(self) -> bool:
        """Whether the excerpts together have evidence of every group."""
        found = frozenset().union(*(cites(each) for each in self.answer.excerpts))
        return all(group & found for group in self.case.evidence)

    def highlighted(self) -> bool | None:
        """Whether the first excerpt with evidence highlights it; `None` without such an excerpt."""
        rank = self.rank()
        if rank is None:
            return None
        excerpt = self.answer.excerpts[rank]
        marked = {str(s.citation) for s, at in placed(excerpt) if any(h.start == at for h in excerpt.highlights)}
        return bool(marked & frozenset().union(*self.case.evidence))


def cites(excerpt: Excerpt) -> frozenset[str]:
    """The citations of an excerpt's sentences."""
    return frozenset(str(sentence.citation) for sentence in excerpt.sentences)


def placed(excerpt: Excerpt) -> Iterable[tuple[Any, int]]:
    """An excerpt's sentences with their offsets in its text."""
    at = 0
    for sentence in excerpt.sentences:
        yield sentence, at
        at += len(sentence.text) + 1


def verbatim(excerpt: Excerpt) -> bool:
    """Whether folding the source at the excerpt's span gives its text."""
    source = excerpt.block.document.source
    return fold_report(source[excerpt.span.start : excerpt.span.end]) == excerpt.text


def _case(entry: dict[str, Any], id: str, kind: str) -> Case:
    groups = tuple(frozenset(group) for group in entry["evidence"])
    return Case(id, kind, entry["question"], groups, entry.get("expect") != "not_found", entry.get("switch", False))


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def cases(name: str) -> list[Case]:
    """The questions of "fit", "report", "people_fit" or "people_report"."""
    return [_case(entry, entry["id"], entry["kind"]) for entry in _lines(f"{name}.jsonl")]


def swaps() -> list[tuple[Case, Case]]:
    """Questions of the fitting half that are answered, each with the same one whose sides are exchanged."""
    pairs = enumerate(_lines("swaps_fit.jsonl"))
    return [(_swap(each["question"], n, "straight"), _swap(each["swapped"], n, "swapped")) for n, each in pairs]


def _swap(question: str, number: int, kind: str) -> Case:
    return Case(f"{kind}{number}", kind, question, (), answerable=kind == "straight")


def chains(name: str) -> list[list[Case]]:
    """The conversations of "fit", "report", "people_fit" or "people_report"."""
    return [
        [_case(turn, f"{entry['id']}.{n}", "turn") for n, turn in enumerate(entry["turns"])]
        for entry in _lines(f"{name}_chains.jsonl")
    ]


def _timed(case: Case, ask: Callable[[str], Answer]) -> Result:
    start = time.perf_counter()
    answer = ask(case.question)
    return Result(case, answer, time.perf_counter() - start)


def asked(some: Sequence[Case], ask: Callable[[str], Answer] = ncr.ask) -> list[Result]:
    """Ask every question on its own."""
    return [_timed(case, ask) for case in some]


def conversed(some: Sequence[Sequence[Case]]) -> list[Result]:
    """Hold every conversation; the results of all turns but the first."""
    results = []
    for chain in some:
        chat = ncr.Chat()
        results += [_timed(case, chat.ask) for case in chain][1:]
    return results


@dataclass(frozen=True, slots=True)
class Figures:
    """What `make eval` prints, as shares of 1 unless the name says otherwise."""

    hit1: float
    hit3: float
    hit5: float
    mrr: float
    paraphrase1: float
    paraphrase3: float
    multi: float
    words: float
    """Mean words an excerpt."""
    highlighted: float
    other_refused: float
    """Of questions from other domains."""
    doubted: float
    """Of near-misses and false premises, those not called answered."""
    wrongly_doubted: float
    """Of answerable questions, those not called answered."""
    wrongly_refused: float
    """Of answerable questions, those called not found."""
    verbatim: float
    median_ms: float


def share(values: Iterable[bool | float]) -> float:
    """The mean of some truths; 0 without any."""
    found = [float(value) for value in values]
    return mean(found) if found else 0.0


def figures(results: Sequence[Result]) -> Figures:
    """Sum up results of single questions."""
    of = {kind: [r for r in results if r.case.kind == kind] for kind in {r.case.kind for r in results}}
    single = [r for kind in (*SINGLE, *PEOPLE) for r in of.get(kind, [])]
    answerable = [r for r in results if r.case.answerable]
    doubtful = of.get("near-miss", []) + of.get("false-premise", [])
    ranks = [r.rank() for r in single]
    shown = [each for r in results for each in r.answer.excerpts]
    return Figures(
        hit1=share(r.hit(1) for r in single),
        hit3=share(r.hit(3) for r in single),
        hit5=share(r.hit(5) for r in single),
        mrr=share(0.0 if rank is None else 1 / (rank + 1) for rank in ranks),
        paraphrase1=share(r.hit(1) for r in of.get("paraphrase", [])),
        paraphrase3=share(r.hit(3) for r in of.get("paraphrase", [])),
        multi=share(r.complete() for r in of.get("multi", [])),
        words=mean(len(each.text.split()) for each in shown),
        highlighted=share(h for r in single if (h := r.highlighted()) is not None),
        other_refused=share(r.answer.status != "answered" for r in of.get("other-domain", [])),
        doubted=share(r.answer.status != "answered" for r in doubtful),
        wrongly_doubted=share(r.answer.status != "answered" for r in answerable),
        wrongly_refused=share(r.answer.status == "not_found" for r in answerable),
        verbatim=share(map(verbatim, shown)),
        median_ms=median(r.seconds for r in results) * 1000,
    )
