"""Peers on the same questions with the same model: LlamaIndex and txtai in an environment of their own.

`.venv-peers` is made here when it is missing, with the versions of the dependency group `peers`. A peer
that cannot be installed or run is named in the page, and the others are measured all the same.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.hits import hit_share, mean_words, rank
from benchmarks.measure import CHECKOUT, FIRST, Failed, Run, median, peak, run, seconds
from benchmarks.page import table, took
from benchmarks.peer import SYSTEMS
from benchmarks.questions import ONE_PASSAGE, Asked, of_one_passage

OURS = next(iter(SYSTEMS))
ENVIRONMENT = CHECKOUT / ".venv-peers"
_STAMP = ENVIRONMENT / "installed.txt"
_PEER = Path(__file__).with_name("peer.py")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one system did."""

    built: Run
    ranks: tuple[int | None, ...]
    words: float
    warm: tuple[float, ...]
    """Seconds a question, the first left out."""
    cold: list[Run] = field(default_factory=list)


def wanted() -> list[str]:
    """The requirements of the group `peers`."""
    groups = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    return list(groups["peers"])


def install() -> list[str]:
    """Make the environment unless it stands; returns the requirements that pip could not install."""
    listed = "\n".join(wanted())
    if _STAMP.is_file() and _STAMP.read_text("utf-8") == listed:
        return []
    try:
        venv.create(ENVIRONMENT, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError):
        return wanted()
    pip = [_python(), "-m", "pip", "install", "-qq", "--constraint", str(CHECKOUT / "constraints.txt")]
    failed = [each for each in wanted() if subprocess.run([*pip, each], check=False).returncode]
    if not failed:
        _STAMP.write_text(listed, "utf-8")
    return failed


def _python() -> str:
    return str(ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))


def _act(name: str, act: str, folder: Path, given: Sequence[str]) -> Run:
    interpreter = sys.executable if name == OURS else _python()
    return run([interpreter, "-P", str(_PEER), name, act, str(folder)], json.dumps(given))


def measure(questions: Sequence[Asked], runs: int) -> dict[str, Measured]:
    """Let every system that runs here build and answer everything once, then start them cold in turn."""
    measured: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folders = {name: Path(temporary) / str(number) for number, name in enumerate(SYSTEMS)}
        for name, folder in folders.items():
            folder.mkdir()
            try:
                measured[name] = _answered(name, folder, questions)
            except (Failed, OSError) as error:
                print(f"{name}: {error}", file=sys.stderr)
        for _ in range(runs):
            for name, each in measured.items():
                each.cold.append(_act(name, "ask", folders[name], [FIRST]))
    return measured


def _answered(name: str, folder: Path, questions: Sequence[Asked]) -> Measured:
    documents = [
        path.read_text("utf-8")
        for path in sorted((CHECKOUT / "src/ncrelations/editions/nato_china/sources").glob("*.txt"))
    ]
    built = _act(name, "build", folder, documents)
    # A library may print too; the answers are the last line.
    asked = json.loads(_act(name, "ask", folder, [each.question for each in questions]).output.splitlines()[-1])
    ranks = tuple(rank(found, each.accepted) for found, each in zip(asked["found"], questions, strict=True))
    return Measured(built, ranks, mean_words(asked["found"]), tuple(asked["seconds"][1:]))


def section(runs: int = 3) -> Iterator[str]:
    """Measure and tell."""
    failed = install()
    questions = of_one_passage("report")
    measured = measure(questions, runs)
    yield from told(measured, len(questions), runs)
    if failed:
        yield f"\npip could not install on this machine: {', '.join(failed)}."
    if missing := [name for name in SYSTEMS if name not in measured]:
        yield f"\nDid not run on this machine, and so is not compared: {'; '.join(missing)}."


def told(measured: dict[str, Measured], count: int, runs: int) -> Iterator[str]:
    """The section on what was measured."""
    yield "## Peers\n\nThe same two documents, the same packaged all-MiniLM-L6-v2, in the same run"
    yield f"the same {count} evaluation questions that one passage answers (kinds {', '.join(ONE_PASSAGE)})."
    yield "One rule for all: a retrieved text is a hit if it holds at least half of an accepted sentence in one run of"
    yield "characters, white space aside. A long chunk hits more easily: mind the words.\n"
    yield _quality(measured)
    yield f'Cold: a process that loads a stored index and answers "{FIRST}", {runs} runs; warm: each question above,'
    yield "in one process; index built: a process that loads the model, embeds the documents and stores the index. Ours"
    yield "is packaged ready-made (see Index): its questions are a part of it.\n"
    yield _costs(measured)
    yield f"Versions: {', '.join(wanted())}."
    yield "LlamaIndex: `SentenceSplitter`, overlap 200 and 20 tokens, default vector store; the model reads the first"
    yield "256 tokens of a chunk. txtai: paragraphs are what blank lines separate; hybrid is its own mix with BM25."


def _quality(measured: dict[str, Measured]) -> str:
    rows = [
        (name, *(f"{hit_share(each.ranks, k):.3f}" for k in (1, 3, 5)), f"{each.words:.0f}")
        for name, each in measured.items()
    ]
    return table(("system", "hit@1", "hit@3", "hit@5", "words an excerpt"), rows)


def _costs(measured: dict[str, Measured]) -> str:
    ours = measured.get(OURS)
    rows = []
    for name, each in measured.items():
        times = seconds(each.cold)
        ratio = f"{median(times) / median(seconds(ours.cold)):.3g}" if ours else ""
        built = "" if name == OURS else took(each.built.seconds)
        figures = (
            took(min(times)),
            took(median(times)),
            ratio,
            f"{peak(each.cold):.0f}",
            took(median(each.warm)),
            built,
        )
        rows.append((name, *figures))
    head = ("system", "cold, minimum", "median", "ratio to ours", "peak memory, MB", "warm, median", "index built")
    return table(head, rows)
