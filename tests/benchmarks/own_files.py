"""PDF files of one's own beside LlamaIndex and txtai: the same files, the same packaged model, in the same run.

`ncrelations` answers by words as soon as it has read a file and encodes afterwards; the others answer when they have
encoded everything. So the first act of ours reads, stores and answers; the second encodes, then asks.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.file_peer import SYSTEMS
from benchmarks.measure import CHECKOUT, Failed, Run, median, run
from benchmarks.peers import _python, install

FILES = sorted((CHECKOUT / "tests" / "own_files").glob("*.pdf"))
_PROGRAM = Path(__file__).with_name("file_peer.py")
_ONE_THREAD = ["env", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1"]
QUESTIONS = (
    "How many troops does the Kosovo Force have?",
    "What did the Secretary-General transmit to the Security Council?",
    "Which elections were held in February?",
    "How was freedom of movement kept?",
    "What does China say of the resolution?",
    "Whose letter was circulated as a document of the General Assembly?",
    "What is recommended to States?",
    "Which rights does the report name?",
    "What did the court hold about qualified immunity?",
    "Who dissented from the opinion?",
    "What is circumvention of access controls?",
    "Which works are exempt?",
    "How many background checks were made in November?",
    "What did the justices ask counsel?",
    "background checks by state",
    "security situation",
    "human rights council",
    "sales of weapons",
    "copyright office",
    "district court",
)


def pages() -> int:
    """How many pages the files have."""
    from pypdfium2 import PdfDocument

    return sum(len(PdfDocument(file)) for file in FILES)


def measure() -> dict[str, dict[str, float]]:
    """The figures of every system that runs here."""
    install()
    figures: dict[str, dict[str, float]] = {}
    for name in SYSTEMS:
        with tempfile.TemporaryDirectory() as temporary:
            try:
                figures[f"files, {name}"] = _measured(name, Path(temporary) / "store")
            except (Failed, OSError) as error:
                print(f"{name}: {error}", file=sys.stderr)
    return figures


def _measured(name: str, folder: Path) -> dict[str, float]:
    folder.mkdir()
    added = _act(name, "add", folder, [str(file) for file in FILES])
    asked = _act(name, "ask", folder, QUESTIONS)
    told, then, count = _told(added), _told(asked), pages()
    encoding = then["opening"] if name == "ncrelations" else told["adding"]
    return {
        "reading a page, ms": 1000 * told["reading"] / count,
        "encoding a page, ms": 1000 * encoding / count,
        "disk, MB": sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 1e6,
        "first answer, s": told["first"],
        "warm, ms": 1000 * median(then["warm"]),
        "peak, MB": max(added.peak_mb, asked.peak_mb),
        "pages": float(count),
    }


def _act(name: str, act: str, folder: Path, given: Sequence[str]) -> Run:
    interpreter = sys.executable if name == "ncrelations" else _python()
    return run([*_ONE_THREAD, interpreter, "-P", str(_PROGRAM), name, act, str(folder)], json.dumps(given))


def _told(done: Run) -> dict[str, Any]:
    return dict(json.loads(done.output.strip().splitlines()[-1]))
