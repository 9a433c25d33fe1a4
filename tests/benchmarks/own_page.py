"""The page of what was measured of documents of one's own, written from figures that are kept."""

from __future__ import annotations

import json
import os
import platform
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.page import table
from holders_kit import half

HERE = Path(__file__).parent
KEPT, TEMPLATE = HERE / "own_documents.json", HERE / "own_documents_page.md"
PAGE = HERE.parents[1] / "docs" / "measured.md"
Figures = dict[str, Any]
"""What was measured, by part; and the machine."""


def keep(measured: Figures) -> None:
    """Keep figures beside those of other parts."""
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    KEPT.write_text(json.dumps(kept() | measured | {"machine": machine}, indent=1) + "\n", "utf-8")


def write() -> None:
    """Write the page."""
    PAGE.write_text(page(kept()), "utf-8")


def kept() -> Figures:
    """All figures that are kept."""
    return dict(json.loads(KEPT.read_text("utf-8"))) if KEPT.exists() else {}


def page(figures: Figures) -> str:
    """The page of the figures."""
    text = TEMPLATE.read_text("utf-8")
    told = {
        "machine": figures["machine"], "finding": _finding(figures), "refusal": f"{figures['finding']['AUROC']:.2f}",
        "encoding": _encoding(figures), "beside": _beside(figures["beside"]), "files": _files(figures),
        "pages": f"{figures['files, ncrelations']['pages']:.0f}", "holders": _holders(),
        "scans": _scans(figures["scans"]),
    }  # fmt: skip
    for name, words in told.items():
        text = text.replace(f"{{{{ {name} }}}}", words.rstrip())
    return text


def _finding(figures: Figures) -> str:
    found = figures["finding"]
    rows = [
        (name, *(f"{found[f'{name} hit@{k}']:.3f}" for k in (1, 3, 5)))
        for name in ("BM25 alone", "txtai hybrid", "ncrelations")
        if f"{name} hit@1" in found
    ]
    quick = figures["finding, onnx"]
    rows.append(("ncrelations, `onnx`", *(f"{quick[f'ncrelations hit@{k}']:.3f}" for k in (1, 3, 5))))
    return table(("", "hit@1", "hit@3", "hit@5"), rows)


def _encoding(figures: Figures) -> str:
    rows = [
        (name, f"{figures[key]['encoding, s of CPU per 1,000']:.0f} s", limit)
        for name, key, limit in (("numpy", "finding", "150 s"), ("ONNX Runtime", "finding, onnx", "90 s"))
    ]
    return table(("encoding 1,000 passages", "CPU", "must, at most"), rows)


def _beside(found: dict[str, float]) -> str:
    rows = [
        (
            f"{told}, {place}",
            *(f"{found[f'{told}, {place}, {name}']:.3f}" for name in ("hit@1", "hit@3", "hit@5", "refused")),
        )
        for told in ("people", "our own")
        for place in ("alone", "beside")
    ]
    return table(("questions", "hit@1", "hit@3", "hit@5", "unanswerable not answered"), rows)


_COLUMNS = {
    "reading a page": "reading a page, ms", "encoding a page": "encoding a page, ms", "disk": "disk, MB",
    "first answer": "first answer, s", "warm question": "warm, ms", "peak memory": "peak, MB",
}  # fmt: skip


def _files(figures: Figures) -> str:
    rows = [
        (name.removeprefix("files, "), *(f"{_shown(each[key])} {key.rpartition(', ')[2]}" for key in _COLUMNS.values()))
        for name, each in figures.items()
        if name.startswith("files, ")
    ]
    return table(("", *_COLUMNS), rows)


def _shown(figure: float) -> str:
    """A figure with three digits, or whole."""
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.3g}"


_SETS = {
    "fitted on": "fit",
    "by the rules' author, not looked at": "unread",
    "by another hand, then fitted on": "others",
    "by a fourth hand, then fitted on": "later",
    "papers of the United Nations, then fitted on": "officer",
    "of the press, then fitted on": "press",
    "of courts and offices, then fitted on": "lawyer",
    "of an archive, then fitted on": "archivist",
    "of delegations, then fitted on": "delegations",
    "of campaigners, then fitted on": "campaigners",
    "of an office, then fitted on": "office",
    "of an analyst, only sums looked at": "analyst",
    "of defence, only sums looked at": "defence",
    "of many kinds, only sums looked at": "cross_section",
    "of a diplomat, none fitted on": "diplomat",
    "of a spokesperson, none fitted on": "spokesperson",
    "of a clerk of a parliament, none fitted on": "clerk",
    "of a researcher, none fitted on": "researcher",
    "of a historian, none fitted on": "historian",
    "of an organisation's documents service, then fitted on": "service",
    "of a press officer, then fitted on": "press_office",
    "of a librarian, then fitted on": "catalogue",
    "of a research institute, then fitted on": "institute",
    "of a committee's clerk, then fitted on": "committee",
    "of a court's translator, then fitted on": "court",
    "of a newsroom, then fitted on": "newsroom",
    "of an embassy, then fitted on": "embassy",
    "of a mission, only sums looked at": "mission",
    "of a researcher on diplomacy, only sums looked at": "corpus",
    "of a protocol officer, only sums looked at": "protocol",
    "of a peace institute, only sums looked at": "peace",
}


def _holders() -> str:
    with tempfile.TemporaryDirectory() as folder:
        counts = {
            name: [[each.right for each in passages] for passages in half(name, Path(folder))]
            for name in _SETS.values()
        }
    rows = []
    for told, name in _SETS.items():
        every = [right for passages in counts[name] for right in passages]
        held = sum(all(passages) for passages in counts[name])
        papers, firsts = len(counts[name]), sum(passages[0] for passages in counts[name])
        rows.append((told, f"{held} of {papers}", f"{sum(every)} of {len(every)}", f"{firsts} of {papers}"))
    return table(("", "letters and statements", "passages", "first passages"), rows)


def _scans(found: dict[str, float]) -> str:
    return (
        f"{found['pages']:.0f} pages: {found['words']:.1%} of the words, {found['s of CPU a page']:.1f} s of CPU a page"
    )
