"""Whole processes timed from outside, with the peak of their memory.

A process starts with the memory of the one that started it on its account, so the programs here that start
others import nothing heavy.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FIRST = "maritime security"
"""The question of every cold start."""

SEVERAL = "When did Stoltenberg meet Wang Yi, and what do NATO and China each think of Taiwan?"
"""A question that asks several things, of people and of sides."""

IMPORT = "import sentence_transformers"
"""The baseline that any use of sentence-transformers cannot be faster than."""


_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "OPENBLAS_CORETYPE")


class Failed(Exception):
    """A process that ended badly; its last words are the message."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process, finished."""

    seconds: float
    peak_mb: float
    output: str
    cpu: float = 0.0
    """Seconds of processor time, those of the processes that it waited for among them."""


def environment() -> dict[str, str]:
    """The environment of every process timed: offline, the checkout's packages first.

    The checkout is compiled once, as an installed package is: else every process would do it again. Each matrix
    library chooses its kernels by the processor, whatever this machine's environment says to one of them.
    """
    path = os.pathsep.join(str(CHECKOUT / name) for name in ("src", "bots", "tests"))
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    return {**kept, "PYTHONPATH": path, "HF_HUB_OFFLINE": "1", "PYTHONUTF8": "1"}


def run(command: Sequence[str], given: str = "", *, one_core: bool = False) -> Run:
    """Run a command, and take its wall time and the peak of its resident memory. Raises `Failed`."""
    if one_core and shutil.which("taskset"):
        command = ["taskset", "-c", "0", *command]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as fed:
        fed.write(given)
        fed.seek(0)
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=fed, stdout=out, stderr=said, env=environment())
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        for file in (out, said):
            file.seek(0)
        if process.returncode:
            raise Failed(f"{' '.join(command)} ended with {process.returncode}\n{said.read()[-2000:]}")
        return Run(seconds, usage.ru_maxrss / 1024, out.read(), usage.ru_utime + usage.ru_stime)


def ncr(*arguments: str) -> list[str]:
    """The command as this environment has it, or the nearest thing to it."""
    script = Path(sys.executable).with_name("ncr")
    return [*([str(script)] if script.exists() else [sys.executable, "-m", "ncrelations"]), *arguments]


def python(program: str) -> list[str]:
    """The command that runs a program."""
    return [sys.executable, "-c", program]


def in_turn(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, list[Run]]:
    """Every process `runs` times, in turn, so that a busy moment hits all alike; one run before fills the disk's cache.

    The baseline of several seconds is steady and is run half as often.
    """
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(-1, runs):
        for name, command in commands.items():
            if name == IMPORT and number >= max(1, runs // 2):
                continue
            result = run(command)
            if number >= 0:
                found[name].append(result)
    return found


def seconds(results: Sequence[Run]) -> list[float]:
    """The wall times."""
    return [result.seconds for result in results]


def peak(results: Sequence[Run]) -> float:
    """The largest memory of some runs, in MB."""
    return max(result.peak_mb for result in results)


def own_peak_mb(status: str) -> float | None:
    """The peak that a process's own /proc/<id>/status tells, in MB; `None` where there is none."""
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else None


def high(values: Sequence[float], share: float = 0.95) -> float:
    """The value that such a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)
