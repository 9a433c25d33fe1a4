"""Cold starts: the import, the first answer, their time and memory."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import FIRST, IMPORT, SEVERAL, in_turn, median, ncr, own_peak_mb, peak, python, run, seconds
from benchmarks.page import Figure, figures, table

HEAVY = ("numpy", "faiss", "torch", "transformers", "sentence_transformers", "tokenizers", "click", "rich", "discord")
TORCH = ("torch", "transformers", "sentence_transformers")
BARE = "bare Python"
_IMPORT_LIMIT = 0.040
_SHARES = {FIRST: 0.055, SEVERAL: 0.07}
"""What an answer may take of the time that only importing sentence-transformers takes."""
_PEAK_LIMIT_MB = 150

_STATUS = "import os; print(open('/proc/self/status').read() if os.path.exists('/proc/self/status') else '')"
"""Bare Python is smaller than the process that starts it, so its peak is asked of itself."""

COMMANDS = {
    BARE: python("pass"),
    "import ncrelations": python("import ncrelations"),
    IMPORT: python(IMPORT),
    **{question: ncr("ask", question) for question in _SHARES},
}


def section(runs: int = 7) -> Iterator[str]:
    """Measure and tell."""
    found = in_turn(COMMANDS, runs)
    bare, light, torch = (seconds(found[name]) for name in (BARE, "import ncrelations", IMPORT))
    over, must = median(light) - median(bare), f"{1000 * _IMPORT_LIMIT:.0f} ms over it"
    yield f"## Cold start\n\nWhole processes, in turn, {runs} runs each after one that is not counted."
    yield f'The questions are "{FIRST}" and "{SEVERAL}"\n'
    rows = [Figure("`import ncrelations`", light, BARE, bare, must, over <= _IMPORT_LIMIT)]
    for (question, share), name in zip(_SHARES.items(), _NAMES, strict=True):
        took = seconds(found[question])
        kept = median(took) / median(torch) <= share
        rows += [Figure(name, took, f"`{IMPORT}`", torch, f"ratio {share}", kept), Figure(name, took, BARE, bare)]
    yield figures(rows)
    yield _memory({name: peak(results) for name, results in found.items()})
    yield f"Heavy libraries that `import ncrelations` loads: {_told(loaded('import ncrelations'))}."
    kin = [name for name in loaded(f"import ncrelations; ncrelations.ask({FIRST!r})") if name in TORCH]
    yield f"Of PyTorch and its kin, a question loads: {_told(kin)}."


_NAMES = ("`ncr ask`, the first", "`ncr ask`, the second")


def _memory(peaks: dict[str, float]) -> str:
    """The table of peaks in MB, given by command."""
    bare, torch = own_peak_mb(run(python(_STATUS)).output) or peaks[BARE], peaks[IMPORT]
    rows = []
    for question, name in zip(_SHARES, _NAMES, strict=True):
        mine, verdict = peaks[question], "kept" if peaks[question] <= _PEAK_LIMIT_MB else "NOT KEPT"
        against = ((BARE, bare, f"{_PEAK_LIMIT_MB} MB", verdict), (f"`{IMPORT}`", torch, "", ""))
        rows += [(name, f"{mine:.0f}", b, f"{mb:.0f}", f"{mine / mb:.3g}", m, v) for b, mb, m, v in against]
    return table(("peak memory", "MB", "baseline", "its MB", "ratio", "must", ""), rows)


def loaded(program: str) -> list[str]:
    """Which of the heavy libraries a program has loaded when it ends."""
    told = f"{program}\nimport sys; print('\\n'.join(n for n in {HEAVY!r} if n in sys.modules))"
    return run(python(told)).output.split()


def _told(names: list[str]) -> str:
    return ", ".join(names) or "none"
