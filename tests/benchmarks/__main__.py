"""`python tests/benchmarks` measures everything and writes docs/benchmarks.md; with names, prints only those parts.

    python tests/benchmarks [--update] [cold] [warm] [index] [bot] [peers]

Each part runs in a process of its own: what one has loaded must not count for another.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[0] = str(TESTS)  # Python puts this folder here, whose modules have the names of other things

import page_inputs  # noqa: E402
from benchmarks.page import page, updated  # noqa: E402

PARTS = ("cold", "warm", "index", "bot", "peers")
PAGE = TESTS.parent / "docs" / "benchmarks.md"


def show(part: str) -> None:
    """Measure one part in this process and print its section."""
    for text in import_module(f"benchmarks.{part}").section():
        print(text, flush=True)


def measured(part: str) -> str:
    """The section of one part, measured in a process of its own, and printed."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, __file__, part], stdout=subprocess.PIPE, text=True, check=True)
    section = f"{done.stdout.rstrip()}\n\n{page_inputs.of_benchmarks()}\n"
    print(section, flush=True)
    print(f"[{part}: {time.perf_counter() - start:.0f} s]", file=sys.stderr, flush=True)
    return section


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the arguments name."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=f"one of {', '.join(PARTS)}; all without any")
    parser.add_argument("--update", action="store_true", help="write the named parts anew into the page")
    options = parser.parse_args(arguments)
    parts: list[str] = options.parts
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    for part in parts:
        if options.update:
            PAGE.write_text(updated(PAGE.read_text("utf-8"), measured(part)), "utf-8")
        else:
            show(part)
    if not parts:
        PAGE.write_text(page([measured(part) for part in PARTS]), "utf-8")
        print(f"written: docs/{PAGE.name}", file=sys.stderr)


if __name__ == "__main__":
    main()
