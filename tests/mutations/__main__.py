"""Change the code at random places, one at a time, and see whether its tests fail: `python -m mutations 40 --seed 1`.

The changes are made in a copy of `src`. Those that no test saw are printed, to be kept with their reasons in
`survivors.md` beside this file.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
SOURCE = TESTS.parent / "src" / "ncrelations"
PATIENCE = 400.0
"""Seconds after which a run that a change made endless is stopped, and counts as failed."""

SEEN_BY = {
    "answers/answering": "answer readable_values", "answers/evidence": "evidence answer",
    "answers/judgement": "verdicts answer", "answers/ranking": "answer evidence", "answers/coverage": "answer",
    "answers/comparison": "compare", "conversations/follow_up": "verdicts context chat",
    "conversations/context": "context chat", "conversations/list_picks": "verdicts chat",
    "retrieval/bm25": "index", "retrieval/kernel_regression": "kernel_regression",
    "retrieval/index_swap": "index_swap", "retrieval/index_files": "index index_swap",
    "retrieval/shared_words": "index",
    "models/verified_files": "damage", "models/forking": "forking", "models/recent": "recent", "models/bert": "bert",
    "languages/multilingual_scorer": "multilingual", "languages/detection": "languages",
    "document/citation": "citation", "document/reference": "citation", "document/bibliography": "citation",
    "document/excerpt": "excerpt", "text/words": "words", "text/spelling": "words", "texts/whole_files": "damage",
    "render/form": "render_widths render", "render/write": "render_widths render", "render/docx": "answer_forms",
    "render/svg": "cli_records", "cli/batch": "cli_batch", "cli/files": "cli_files",
    "cli/input_lines": "cli_batch damage",
    "cli/settings": "cli_settings", "cli/assistant_streams": "cli_mcp", "proofing/changes": "proof",
}  # fmt: skip
"""The modules that are changed, and the test files that should see it."""

_OTHER: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One place that is changed."""

    module: str
    """The module, by folder and name."""
    line: int
    """Its line."""
    what: str
    """What becomes what."""
    code: str
    """The module as changed."""


def places(module: str) -> list[tuple[str, int]]:
    """The places of a module that can be changed: comparisons, signs, connectives, numbers, conditions."""
    nodes = ast.walk(ast.parse((SOURCE / f"{module}.py").read_text("utf-8")))
    return [(module, number) for number, node in enumerate(nodes) if _changed(node)]


def change_at(module: str, number: int) -> Change:
    """The change at one place."""
    tree = ast.parse((SOURCE / f"{module}.py").read_text("utf-8"))
    node = next(each for at, each in enumerate(ast.walk(tree)) if at == number)
    before = ast.unparse(node)
    _changed(node)
    return Change(module, getattr(node, "lineno", 0), f"{before} -> {ast.unparse(node)}", ast.unparse(tree))


def _changed(node: ast.AST) -> bool:
    """Change a node in its place, if it is of a kind that is changed."""
    match node:
        case ast.Compare(ops=[op, *_]) if type(op) in _OTHER:
            node.ops[0] = _OTHER[type(op)]()
        case ast.BinOp(op=op) | ast.BoolOp(op=op) if type(op) in _OTHER:
            node.op = _OTHER[type(op)]()
        case ast.Constant(value=int(value) | float(value)) if not isinstance(value, bool):
            node.value = value * 2 + 1
        case ast.If(test=test) | ast.IfExp(test=test):
            node.test = ast.UnaryOp(ast.Not(), test)
        case _:
            return False
    return True


def seen(change: Change) -> bool:
    """Whether the tests of a module fail with a change."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(SOURCE.parent, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        Path(folder, "ncrelations", f"{change.module}.py").write_text(change.code, "utf-8")
        Path(folder, "ncrelations", "index").symlink_to(TESTS.parent / "index")
        files = [str(TESTS / f"test_{name}.py") for name in SEEN_BY[change.module].split()]
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *files]
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            run = subprocess.run(
                command, cwd=TESTS.parent, env=environment, capture_output=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return True
        return run.returncode != 0


def main() -> None:
    """Make so many changes at random, and print those that no test saw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    every = [place for module in SEEN_BY for place in places(module)]
    chosen = random.Random(asked.seed).sample(every, asked.count)  # noqa: S311  # no secret
    survived = 0
    for place in chosen:
        change = change_at(*place)
        found = seen(change)
        survived += not found
        print(
            "seen    " if found else "SURVIVED",
            f"{change.module}:{change.line}",
            change.what[:200].replace("\n", " "),
            flush=True,
        )
    print(f"{asked.count - survived} of {asked.count} changes of {len(every):,} were seen")


if __name__ == "__main__":
    main()
