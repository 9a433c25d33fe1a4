"""Rows of tables among the lines of a page: told by cells that stand below each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ncrelations.files.pdf_lines import Line
from ncrelations.files.pdf_marks import ITEM, begins
from ncrelations.files.pdf_words import Word


def table_rows(lines: Sequence[Line]) -> dict[int, int]:
    """The lines, by identity, of tables, each with the number of its row: three or more near each other in cells."""
    found: dict[int, int] = {}
    run: list[Line] = []
    for line in [*lines, None]:
        if line is not None and _in_table(line, run):
            run.append(line)
            continue
        wrapped = _is_wrapped(run)
        while run and _cells(run[-1]) < 2 and not (wrapped and _in_inner_cell(run[-1], run)):
            run.pop()
        if sum(_cells(each) >= 2 for each in run) >= 3:
            _count_rows(run, found)
        run = [line] if line is not None and _cells(line) >= 2 else []
    return found


def _in_table(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line is of the table read so far: in cells that stand below others, or the rest of one."""
    if _cells(line) >= 2:
        return not run or (0 < run[-1].base - line.base < 6 * line.size and any(_below(line, row) for row in run[-3:]))
    gap = run[-1].base - line.base if run else 0.0
    if 0 < gap < 3 * line.size and _in_inner_cell(line, run):
        return True
    near = 0 < gap < 2.2 * line.size and (len(run) < 2 or _cells(run[-1]) >= 2)
    return near and any(_aligned(line, row, row.cells) for row in run[-3:])


def _in_inner_cell(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line of one cell begins where rows have a cell that is not their first."""
    return any(_aligned(line, row, row.cells[1:]) for row in run if _cells(row) >= 2)


def _below(line: Line, row: Line) -> bool:
    """Whether a cell of a line, not its first, stands flush with one of a row: left, right or in the middle."""
    near = 0.8 * line.size
    for cell in line.cells[1:]:
        for other in row.cells[1:]:
            ends = cell[0].left - other[0].left, cell[-1].right - other[-1].right
            if min(*map(abs, ends), abs(sum(ends)) / 2) < near:
                return True
    return _cells(row) < 2


def _count_rows(run: Sequence[Line], found: dict[int, int]) -> None:
    """Number the rows: lines nearer than rows usually are belong to one."""
    gaps = [a.base - b.base for a, b in pairwise(run)]
    wrapped = _is_wrapped(run)
    nearest = sorted(gaps)[len(gaps) // 5]
    usual = median(gaps)
    row = len(found)
    found[id(run[0])] = row
    for line, before, gap in zip(run[1:], run, gaps, strict=False):
        near = gap < 0.85 * usual and min(_cells(line), _cells(before)) < 2
        row += gap > 1.3 * nearest if wrapped else not near
        found[id(line)] = row


def _is_wrapped(run: Sequence[Line]) -> bool:
    """Whether cells take several lines: many lines begin in no first cell, and rows stand further apart than lines."""
    if len(run) < 3:
        return False
    gaps = [a.base - b.base for a, b in pairwise(run)]
    first = min(line.left for line in run) + run[0].size
    inner = sum(line.left > first for line in run)
    return inner > 0.2 * len(run) and max(gaps) > 1.3 * min(gaps)


def cell_by_cell(lines: Sequence[Line]) -> list[Line]:
    """The lines of a row, one for each line of a cell, cell after cell."""
    cells = sorted((Line([cell], line.column) for line in lines for cell in line.cells), key=lambda each: each.left)
    columns: list[list[Line]] = []
    right = 0.0
    for cell in cells:
        if not columns or cell.left > right:
            columns.append([])
        columns[-1].append(cell)
        right = max(right, cell.right) if len(columns[-1]) > 1 else cell.right
    return [cell for column in columns for cell in sorted(column, key=lambda each: -each.base)]


def _cells(line: Line) -> int:
    """How many cells a line has; a number or bullet before its text is none."""
    if len(line.cells) > 1 and len(line.cells[0]) == 1:
        return len(line.cells) - bool(begins(line.words)[2] or ITEM.fullmatch(line.words[0].text))
    return len(line.cells)


def _aligned(line: Line, row: Line, cells: Sequence[list[Word]]) -> bool:
    """Whether a line begins where one of some cells of a row does, or stands in its middle."""
    return any(abs(cell[0].left - line.left) < row.size for cell in cells)
