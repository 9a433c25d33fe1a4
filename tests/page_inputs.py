"""What a page with figures was written from, in one line: a test finds out where it has moved on."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
_WEIGHED = ("answers", "conversations", "languages")
"""The folders of the package in which figures are fitted."""


def index() -> str:
    """The packaged index, by its manifest: it names the sources, the questions and the model."""
    return _sum([(ROOT / "index" / "manifest.json").read_bytes()])


def weights() -> str:
    """Every number in capitals in the modules that weigh something, and the networks of the edition."""
    package = ROOT / "src" / "ncrelations"
    files = sorted(path for folder in _WEIGHED for path in (package / folder).glob("*.py"))
    editorial = package / "editions" / "nato_china" / "editorial"
    networks = [path.read_bytes() for path in sorted(editorial.glob("*.safetensors"))]
    return _sum([*(line.encode() for path in files for line in _numbers(path)), *networks])


def questions(*names: str) -> str:
    """The question sets of the evaluation of these names, by default all."""
    found = sorted((ROOT / "tests" / "eval").glob("*.jsonl"))
    return _sum(path.read_bytes() for path in found if not names or path.stem in names)


def of_evaluation() -> str:
    """The line of the evaluation's page."""
    return f"Written from index `{index()}`, weights `{weights()}`, question sets `{questions()}`."


def of_benchmarks() -> str:
    """The line of each part of the benchmarks' page: of the sets, they ask the two halves of our own questions."""
    return f"Measured with index `{index()}`, questions `{questions('fit', 'report')}`."


def _numbers(path: Path) -> Iterator[str]:
    """The constants of a module that are numbers, or hold some."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        value = node.value
        if value is None or not any(isinstance(each, ast.Constant) and _number(each.value) for each in ast.walk(value)):
            continue
        yield f"{path.name}: {', '.join(map(ast.unparse, targets))} = {ast.unparse(value)}"


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _sum(parts: Iterable[bytes]) -> str:
    """The beginning of their checksum."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()[:12]
