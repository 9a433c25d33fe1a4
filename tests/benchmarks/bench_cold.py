"""How fast a cold start is and how much memory it takes, against baselines taken in the same run.

    python tests/benchmarks/bench_cold.py [--runs 7]

Prints one line a figure: the figure, its baseline, what issue 2 allows, and whether it is kept. Exit
code 1 if any is not. Whole processes are timed from outside; medians over several runs, the kinds of
process taken in turn so that a busy moment hits all of them alike.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
QUESTION = "maritime security"
HEAVY = ("numpy", "faiss", "torch", "transformers", "sentence_transformers", "tokenizers", "click", "rich", "discord")

_IMPORT_LIMIT_MS = 40
_COLD_SHARE = 0.10
_PEAK_LIMIT_MB = 220
_WARM_LIMIT_MS = 15

WARM = """
import json, sys, time
import ncrelations as ncr
questions = json.load(sys.stdin)
ncr.ask("maritime security")
times = []
for question in questions:
    start = time.perf_counter()
    ncr.ask(question)
    times.append(time.perf_counter() - start)
print(json.dumps(times))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One process, finished."""

    seconds: float
    peak_mb: float
    output: str


def environment() -> dict[str, str]:
    """The environment of every process timed: offline, the checkout's package first."""
    return {**os.environ, "PYTHONPATH": str(CHECKOUT / "src"), "HF_HUB_OFFLINE": "1"}


def run(command: list[str], given: str = "", one_core: bool = False) -> Run:
    """Run a command, and take its wall time and the peak of its resident memory."""
    if one_core and shutil.which("taskset"):
        command = ["taskset", "-c", "0", *command]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as fed:
        fed.write(given)
        fed.seek(0)
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=fed, stdout=out, env=environment())
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        out.seek(0)
        return Run(seconds, usage.ru_maxrss / 1024, out.read())


def ncr() -> list[str]:
    """The command as this environment has it, or the nearest thing to it."""
    script = Path(sys.executable).with_name("ncr")
    return [str(script)] if script.exists() else [sys.executable, "-m", "ncrelations"]


def python(program: str) -> list[str]:
    """The command that runs a program."""
    return [sys.executable, "-c", program]


def commands() -> dict[str, list[str]]:
    """The processes to be timed, by name."""
    return {
        "python": python("pass"),
        "import ncrelations": python("import ncrelations"),
        "sentence_transformers": python("import sentence_transformers"),
        "ncr ask": [*ncr(), "ask", QUESTION],
    }


def measure(runs: int) -> dict[str, list[Run]]:
    """Every process, `runs` times, in turn; one run each before that to fill the disk's cache."""
    found: dict[str, list[Run]] = {name: [] for name in commands()}
    for number in range(-1, runs):
        for name, command in commands().items():
            if name == "sentence_transformers" and number >= max(1, runs // 2):
                continue  # seconds each, and steady
            result = run(command)
            if number >= 0:
                found[name].append(result)
    return found


def median_ms(results: list[Run]) -> float:
    """The median wall time in milliseconds."""
    return 1000 * statistics.median(result.seconds for result in results)


def loaded(program: str) -> list[str]:
    """Which of the heavy libraries a program has loaded when it ends."""
    listing = run(python(f"{program}\nimport sys; print('\\n'.join(n for n in {HEAVY!r} if n in sys.modules))")).output
    return listing.split()


def warm_ms(count: int = 100) -> float:
    """The median time of a warm `ask` on one core, over questions of the bank, each asked once."""
    lines = (CHECKOUT / "index" / "questions.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in islice(lines, 0, None, max(1, len(lines) // count))]
    result = run(python(WARM), json.dumps(questions[:count]), one_core=True)
    times: list[float] = json.loads(result.output)
    return 1000 * statistics.median(times)


def line(name: str, shown: str, baseline: str, limit: float, figure: float) -> bool:
    """Print one figure beside its baseline and limit; returns whether the limit is kept."""
    kept = figure <= limit
    print(f"{name:<32}{shown:>10}   {baseline:<42}at most {limit:<8.4g}{'kept' if kept else 'NOT KEPT'}")
    return kept


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=7)
    found = measure(parser.parse_args().runs)
    bare, light = median_ms(found["python"]), median_ms(found["import ncrelations"])
    torch, cold = median_ms(found["sentence_transformers"]), median_ms(found["ncr ask"])
    peak, bare_peak = (max(each.peak_mb for each in found[name]) for name in ("ncr ask", "python"))
    warm = warm_ms()
    heavy = loaded("import ncrelations")
    asked = loaded(f"import ncrelations; ncrelations.ask({QUESTION!r})")
    slow = [name for name in asked if name in ("torch", "transformers", "sentence_transformers")]
    over, share = light - bare, cold / torch
    python_took = f"python -c pass: {bare:.0f} ms"
    torch_took = f"import sentence_transformers: {torch:.0f} ms"
    python_held = f"python -c pass: {bare_peak:.0f} MB"
    asked_took = f"cold ncr ask: {cold:.0f} ms"
    kept = [
        line("import ncrelations, over bare", f"{over:.0f} ms", python_took, _IMPORT_LIMIT_MS, over),
        line("  heavy libraries loaded", str(len(heavy)), " ".join(heavy) or "none", 0, len(heavy)),
        line("cold ncr ask, share of baseline", f"{share:.3f}", torch_took, _COLD_SHARE, share),
        line("  whole process", f"{cold:.0f} ms", torch_took, _COLD_SHARE * torch, cold),
        line("  peak memory", f"{peak:.0f} MB", python_held, _PEAK_LIMIT_MB, peak),
        line("  torch and its kin loaded", str(len(slow)), " ".join(slow) or "none", 0, len(slow)),
        line("warm ask on one core, median", f"{warm:.1f} ms", asked_took, _WARM_LIMIT_MS, warm),
    ]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
