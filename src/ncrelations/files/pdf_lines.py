"""Lines of a page in reading order: runs of words cut at wide gaps, columns told from their gutters, rows joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low

from ncrelations.files.pdf_words import LEFTWARD, PageWords, Word

_CELL_GAP = 1.4
_WIDE_GAP = 2.5
_FEWEST_LINES = 4
_FEWEST_LETTERS = 18
_SAME_LINE = 0.45
_BOLD = 1.15
_SMALLER = 0.85
_SAME_HEIGHT = 2.0
_FEWEST_ROWS = 3


@dataclass(slots=True)
class Line:
    """Words on one baseline in one column, in cells where wide gaps part them."""

    cells: list[list[Word]]
    column: int = 0
    """The number of its column on the page, counted in reading order."""
    number: Word | None = None
    """The number in the margin that counts it."""
    words: list[Word] = field(init=False)
    """All its words."""
    text: str = field(init=False)
    """These, joined."""
    base: float = field(init=False)
    """Its baseline: that of most words."""
    size: float = field(init=False)
    """The height of its letters: of most of them."""
    bold: bool = field(init=False)
    """Whether its letters are bold, but for a few."""

    def __post_init__(self) -> None:
        self.words = [word for cell in self.cells for word in cell]
        self.text = " ".join([word.text for word in self.words])
        level = [word for word in self.words if not word.raised] or self.words
        self.base = sorted([word.base for word in level])[(len(level) - 1) // 2]
        self.size = _most(level)
        bold = sum(_letters(word.text) for word in level if word.bold)
        self.bold = bold > 0 and sum(_letters(word.text) for word in level) <= _BOLD * bold

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.words[-1].right


def _letters(text: str) -> int:
    return len(text) if text.isalpha() else sum(map(str.isalpha, text))


def _most(words: list[Word]) -> float:
    """The height of most letters."""
    if len({word.size for word in words}) == 1:
        return words[0].size
    sizes = sorted((word.size, len(word.text)) for word in words)
    half, total = sum(length for _, length in sizes) / 2, 0
    for size, length in sizes:
        total += length
        if total >= half:
            return size
    return words[0].size


def lines_of(page: PageWords) -> tuple[list[Line], int]:
    """The lines of a page in reading order, and how many columns its text has at most."""
    segments = [segment for run in page.runs for segment in _segments(run, backwards=page.mirrored)]
    columns = _Columns()
    columns.read(segments, 0)
    if page.mirrored:
        columns.lines = [_read_leftward(line) for line in columns.lines]
    return columns.lines, columns.most


def _segments(run: list[Word], *, backwards: bool) -> list[list[Word]]:
    """A run cut where the gap between two words is wider than text has it.

    Where words may run `backwards`, as names in Latin letters do in a mirrored page, only baselines tell.
    """
    found = [[run[0]]]
    for before, word in pairwise(run):
        gap, size = word.left - before.right, max(before.size, word.size)
        moved = abs(word.base - before.base) > size or (gap < -2 * size and not backwards)
        if moved or (gap > _CELL_GAP * size and gap > _WIDE_GAP * _width(before)):
            found.append([])
        found[-1].append(word)
    return found


def _width(word: Word) -> float:
    """The width of a letter, for letters may be set wider than high."""
    return (word.right - word.left) / len(word.text)


def _read_leftward(line: Line) -> Line:
    """A line of a mirrored page, its words in the order in which they are read."""
    cells = _segments(sorted(line.words, key=lambda word: word.left), backwards=False)
    return Line(list(map(_read_order, cells)), line.column)


def _read_order(cell: list[Word]) -> list[Word]:
    """The words of a mirrored line: names in Latin letters stand the other way round among the others."""
    found: list[Word] = []
    latin: list[Word] = []
    for word in sorted(cell, key=lambda word: word.left):
        if LEFTWARD.search(word.text) or not any(c.isalpha() for c in word.text):
            found += [*reversed(latin), word]
            latin = []
        else:
            latin.append(word)
    return [*found, *reversed(latin)]


class _Columns:
    """Puts segments in reading order: the columns of each band between lines that cross their gutter."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.most = 1
        self._column = 0

    def read(self, segments: list[list[Word]], depth: int) -> None:
        """Add the lines of some segments."""
        gutter = _gutter(segments) if depth < 3 else None
        if gutter is None:
            self.lines += _rows(segments, self._column)
            self._column += 1
            return
        self.most = max(self.most, depth + 2)
        left, right = list[list[Word]](), list[list[Word]]()
        for segment in sorted(segments, key=lambda segment: -segment[0].base):
            if segment[0].left < gutter < segment[-1].right:
                self._band(left, right, depth)
                left, right = [], []
                self.lines += [Line([segment], self._column)]
                continue
            (left if segment[-1].right <= gutter else right).append(segment)
        self._band(left, right, depth)

    def _band(self, left: list[list[Word]], right: list[list[Word]], depth: int) -> None:
        for side in (left, right):
            if side:
                self.read(side, depth + 1)
        if left or right:
            self._column += 1


def _rows(segments: list[list[Word]], column: int) -> list[Line]:
    """Segments on one baseline joined to lines, from the top down."""
    rows: list[list[list[Word]]] = []
    for segment in sorted(segments, key=lambda segment: -segment[0].base):
        before = rows[-1][-1] if rows else segment
        sizes = segment[0].size, before[0].size
        size = max(sizes) if _is_digits(segment) or _is_digits(before) else min(sizes)
        if rows and abs(before[0].base - segment[0].base) <= _SAME_LINE * size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [Line(_merged(row), column) for row in rows]


def _is_digits(segment: list[Word]) -> bool:
    return len(segment) == 1 and segment[0].text.isdigit()


def _merged(row: list[list[Word]]) -> list[list[Word]]:
    """The segments of a row from left to right; what stands in another's midst or right at its end belongs into it."""
    cells: list[list[Word]] = []
    for segment in sorted(row, key=lambda segment: segment[0].left):
        inside = bool(cells) and segment[0].left < max(word.right for word in cells[-1]) + _CELL_GAP * segment[0].size
        if not inside:
            cells.append(list(segment))
            continue
        larger = max(word.size for word in cells[-1])
        for word in segment:
            above = word.base - cells[-1][0].base
            word.raised = word.raised or (
                word.size < _SMALLER * larger and above > 0.1 * larger and word.text.isdigit()
            )
        cells[-1] = sorted([*cells[-1], *segment], key=lambda word: word.left)
    return cells


def _gutter(segments: list[list[Word]]) -> float | None:
    """Where a gap between two columns of prose runs down the page; `None` where there is none."""
    if len(segments) < 2 * _FEWEST_LINES:
        return None
    left, right = min(s[0].left for s in segments), max(s[-1].right for s in segments)
    width = right - left
    best: tuple[int, float, float] | None = None
    prose = [s for s in segments if _is_prose(s, width)]
    starts = sorted({round(s[0].left) for s in segments if left + 0.2 * width < s[0].left < right - 0.15 * width})
    for start in starts:
        at = start - 1.0
        sides = _sides(segments, prose, at)
        if sides is not None and (best is None or sides > best[:2]):
            best = (*sides, at)
    return None if best is None else best[2]


def _sides(segments: list[list[Word]], prose: list[list[Word]], at: float) -> tuple[int, float] | None:
    """How well a place parts two columns: lines of the lesser side; less what crosses. `None` where it does not."""
    before = [s for s in prose if s[-1].right <= at]
    after = [s for s in prose if s[0].left >= at]
    fewer = min(len(before), len(after))
    if fewer < _FEWEST_LINES:
        return None
    top = min(max(s[0].base for s in before), max(s[0].base for s in after))
    bottom = max(min(s[0].base for s in before), min(s[0].base for s in after))
    crossing = sum(bottom <= s[0].base <= top and s[0].left < at < s[-1].right for s in segments)
    beside = sum(bottom <= s[0].base <= top for s in before)
    if beside < _FEWEST_LINES or crossing > 0.5 * beside or _is_table(segments, at):
        return None
    return fewer - crossing, -at


def _is_table(segments: list[list[Word]], at: float) -> bool:
    """Whether what stands left and right of a gutter begins anew at the same heights, as the cells of rows do."""
    left = _beginnings([s[0] for s in segments if s[-1].right <= at])
    right = _beginnings([s[0] for s in segments if s[0].left >= at])
    fewer, more = sorted((left, right), key=len)
    same = sum(any(abs(one - other) < _SAME_HEIGHT for other in more) for one in fewer)
    return len(fewer) >= _FEWEST_ROWS and same >= 0.7 * len(fewer)


def _beginnings(words: list[Word]) -> list[float]:
    """The baselines below gaps that are wider than those of lines."""
    bases = sorted({round(word.base, 1) for word in words}, reverse=True)
    gaps = [above - below for above, below in pairwise(bases)]
    usual = median_low(gaps) if gaps else 0.0
    return (
        [bases[0], *(below for gap, below in zip(gaps, bases[1:], strict=True) if gap > 1.5 * usual)] if bases else []
    )


def _is_prose(segment: list[Word], width: float) -> bool:
    letters = sum(len(word.text) + 1 for word in segment)
    return letters >= _FEWEST_LETTERS and segment[-1].right - segment[0].left > 0.15 * width
