"""Cold starts: the import, the first answer, their time and memory."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measure import FIRST, IMPORT, in_turn, median, ncr, own_peak_mb, peak, python, run, seconds
from benchmarks.page import Figure, figures, table

HEAVY = ("numpy", "faiss", "torch", "transformers", "sentence_transformers", "tokenizers", "click", "rich", "discord")
TORCH = ("torch", "transformers", "sentence_transformers")
BARE = "bare Python"
_IMPORT_LIMIT = 0.040
_COLD_SHARE = 0.10
_PEAK_LIMIT_MB = 220

_STATUS = "import os; print(open('/proc/self/status').read() if os.path.exists('/proc/self/status') else '')"
"""Bare Python is smaller than the process that starts it, so its peak is asked of itself."""

COMMANDS = {
    BARE: python("pass"),
    "import ncrelations": python("import ncrelations"),
    IMPORT: python(IMPORT),
    "ncr ask": ncr("ask", FIRST),
}


def section(runs: int = 7) -> Iterator[str]:
    """Measure and tell."""
    found = in_turn(COMMANDS, runs)
    bare, light, torch, cold = (seconds(found[name]) for name in COMMANDS)
    over, share = median(light) - median(bare), median(cold) / median(torch)
    memory = {name: peak(found[name]) for name in COMMANDS}
    ask_mb, torch_mb = memory["ncr ask"], memory[IMPORT]
    bare_mb = own_peak_mb(run(python(_STATUS)).output) or memory[BARE]
    yield f"## Cold start\n\nWhole processes, in turn, {runs} runs each after one that is not counted."
    yield f'The question is "{FIRST}".\n'
    yield figures(
        [
            Figure(
                "`import ncrelations`",
                light,
                BARE,
                bare,
                f"{1000 * _IMPORT_LIMIT:.0f} ms over it",
                over <= _IMPORT_LIMIT,
            ),
            Figure("`ncr ask`", cold, f"`{IMPORT}`", torch, f"ratio {_COLD_SHARE}", share <= _COLD_SHARE),
            Figure("`ncr ask`", cold, BARE, bare),
        ]
    )
    limit, verdict = f"{_PEAK_LIMIT_MB} MB", "kept" if ask_mb <= _PEAK_LIMIT_MB else "NOT KEPT"
    yield table(
        ("peak memory", "MB", "baseline", "its MB", "ratio", "must", ""),
        [
            ("`ncr ask`", f"{ask_mb:.0f}", BARE, f"{bare_mb:.0f}", f"{ask_mb / bare_mb:.3g}", limit, verdict),
            ("`ncr ask`", f"{ask_mb:.0f}", f"`{IMPORT}`", f"{torch_mb:.0f}", f"{ask_mb / torch_mb:.3g}", "", ""),
        ],
    )  # fmt: skip
    yield f"Heavy libraries that `import ncrelations` loads: {_told(loaded('import ncrelations'))}."
    kin = [name for name in loaded(f"import ncrelations; ncrelations.ask({FIRST!r})") if name in TORCH]
    yield f"Of PyTorch and its kin, a question loads: {_told(kin)}."


def loaded(program: str) -> list[str]:
    """Which of the heavy libraries a program has loaded when it ends."""
    told = f"{program}\nimport sys; print('\\n'.join(n for n in {HEAVY!r} if n in sys.modules))"
    return run(python(told)).output.split()


def _told(names: list[str]) -> str:
    return ", ".join(names) or "none"
