"""How figures are written: Markdown that is read as easily in a terminal."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.measure import median


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table with aligned columns, the first to the left and the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        return "| " + " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]) + " |"

    rule = "|" + "|".join(["-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])]) + "|"
    return "\n".join([line(head), rule, *map(line, rows)]) + "\n"


def took(time: float) -> str:
    """A time given in seconds, as it is read best."""
    if time >= 1:
        return f"{time:.1f} s"
    return f"{1000 * time:.0f} ms" if time >= 0.1 else f"{1000 * time:.1f} ms"


def size(count: int) -> str:
    """A size given in bytes."""
    return f"{count / 1e6:.2f} MB"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside its baseline."""

    name: str
    values: Sequence[float]
    """In seconds."""
    baseline: str
    against: Sequence[float]
    """In seconds."""
    must: str = ""
    kept: bool | None = None

    def row(self) -> tuple[str, ...]:
        """The cells of its line under `HEAD`."""
        ratio = median(self.values) / median(self.against)
        verdict = "" if self.kept is None else "kept" if self.kept else "NOT KEPT"
        least, middle, base = took(min(self.values)), took(median(self.values)), took(median(self.against))
        return (self.name, least, middle, self.baseline, base, f"{ratio:.3g}", self.must, verdict)


HEAD = ("measured", "minimum", "median", "baseline", "its median", "ratio", "must", "")


def figures(rows: Sequence[Figure]) -> str:
    """The table of some figures."""
    return table(HEAD, [row.row() for row in rows])


def machine() -> str:
    """What the figures were taken on, in one line."""
    cores = os.cpu_count() or 1
    count = f"{cores} core{'s' * (cores > 1)}"
    return f"{count}, {platform.system()}, {platform.machine()}, Python {platform.python_version()}"


def page(sections: Sequence[str]) -> str:
    """The whole page from the sections that the parts printed."""
    return "\n".join([*_opening(), *(section.strip() + "\n" for section in sections)])


def updated(page: str, section: str) -> str:
    """The page with one section taken anew; its other sections stay as they were."""
    heading = section.strip().partition("\n")[0]
    opening, *old = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    new = [section.strip() + "\n\n" if each.startswith(heading + "\n") else each for each in old]
    if new == old and section.strip() not in page:
        raise ValueError(f"the page has no section {heading!r}")
    return (opening + "".join(new)).rstrip() + "\n"


def _opening() -> Iterator[str]:
    yield "# Benchmarks\n"
    yield "Written by `make bench`. Every figure stands beside a baseline taken in the same run; a ratio says more than"
    yield "a time, for machines differ and are noisy. Memory is the peak of what is resident. Every matrix library"
    yield "chooses its kernels by the processor, whatever the environment says.\n"
    yield f"Machine: {machine()}.\n"
