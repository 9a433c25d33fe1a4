"""Lines, columns and tables told from where words stand, without a file."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from unittest.mock import Mock

import pytest

from ncrelations.files.pdf_lines import Line, lines_of
from ncrelations.files.pdf_paragraphs import Grouping, Paragraph
from ncrelations.files.pdf_tables import cell_by_cell, table_rows
from ncrelations.files.pdf_words import PageWords, Word, _place


def words(text: str, left: float, base: float, size: float = 10.0) -> list[Word]:
    """The words of a run, each letter half as wide as high."""
    found, at = [], left
    for piece in text.split():
        found.append(Word(piece, at, at + len(piece) * size / 2, base, size))
        at = found[-1].right + size / 2
    return found


def page(*runs: list[Word]) -> list[Line]:
    """The lines of a page with those runs."""
    return lines_of(PageWords(600, 800, list(runs)))[0]


def test_columns_are_read_one_after_the_other() -> None:
    """Whatever order a file writes them in; a line across both columns parts what is above it from what is below."""
    left = [words(f"left column line {n} of the page", 50, 600 - 12 * n) for n in range(6)]
    right = [words(f"right column line {n} of page", 320, 600 - 12 * n) for n in range(6)]
    across = words("A heading that runs over both of the columns of this page here", 50, 640)
    mixed = [run for pair in zip(right, left, strict=True) for run in pair]
    found = [line.text for line in page(*mixed, across)]
    assert found == [" ".join(w.text for w in run) for run in [across, *left, *right]]


@pytest.mark.parametrize(
    ("degrees", "left", "base", "right"), [(0, 20, 30, 60), (90, 30, 180, 70), (180, 140, 70, 180), (270, 70, 20, 110)]
)
def test_a_turned_page_is_read_as_it_is_shown(degrees: int, left: float, base: float, right: float) -> None:
    """A word lies where the page, turned clockwise, shows it; the corner of the page is where counting begins."""
    turned = PageWords(200, 100, [[Word("quay", 25, 65, 37, 10)]])
    _place(turned, (5, 7, 205, 107), degrees)
    (word,) = turned.runs[0]
    assert (word.left, word.base, word.right) == (left, base, right)


def test_an_indented_line_after_a_full_one_hangs() -> None:
    """It goes on with a paragraph of one line that fills the measure; after a short line a paragraph begins."""
    first, indented = page(words("A line that ends with the measure.", 50, 500), words("It hangs", 70, 488))
    begins = partial(Grouping._begins_anew, Mock(), Paragraph([first], 1), indented)
    assert not begins(first.right)
    assert begins(2 * first.right)


def test_a_raised_number_belongs_to_the_word_before_it() -> None:
    """The number of a footnote that is set by itself above a line stands in the line, raised."""
    (line,) = page(words("Harbours are deep. And wide.", 50, 500), words("1", 137, 504, size=6.0))
    assert [(word.text, word.raised) for word in line.words][2:4] == [("deep.", False), ("1", True)]


def test_a_row_of_several_lines_is_read_cell_by_cell() -> None:
    """Cells that take several lines are one row, as far as the next wider gap."""
    heights = (500, 488, 476, 440, 428, 390, 378)
    first = {500: "Tested code", 440: "Styled code", 390: "Access"}
    second = {
        500: "Code that is",
        488: "tested well",
        476: "enough",
        440: "Code in",
        428: "good style",
        390: "For",
        378: "all",
    }
    third = {500: "Ninety", 488: "percent", 440: "No", 428: "errors", 390: "No", 378: "bars"}
    runs = [
        words(cells[height], left, height)
        for height in heights
        for left, cells in ((50, first), (200, second), (350, third))
        if height in cells
    ]
    lines = page(*runs)
    rows = table_rows(lines)
    grouped = [[line for line in lines if rows[id(line)] == number] for number in sorted(set(rows.values()))]
    assert [" ".join(line.text for line in cell_by_cell(row)) for row in grouped] == [
        "Tested code Code that is tested well enough Ninety percent",
        "Styled code Code in good style No errors",
        "Access For all No bars",
    ]


def test_rows_of_one_line_are_one_each() -> None:
    """A table of single lines, set evenly, has a row a line; prose around it has none."""
    rows = [[*words(f"Item {n}", 50, 500 - 15 * n), *words(f"{n * 7}", 300, 500 - 15 * n)] for n in range(5)]
    prose = [words("These are the figures of the year for all to see and use", 50, 530)]
    lines = page(*rows, *prose)
    found = table_rows(lines)
    assert [id(line) in found for line in lines] == [False, *[True] * 5]
    assert all(found[id(a)] != found[id(b)] for a, b in pairwise(lines[1:]))


def test_right_to_left_pages_are_read_from_the_right() -> None:
    """A mirrored page is read from its right edge; Latin names among its words keep their order."""
    run = [
        Word(text, left, left + 30, 500, 10)
        for text, left in (("שלום", 60), ("York", 135), ("New", 100), ("עולם", 170))
    ]
    made = PageWords(600, 800, [run], mirrored=True)
    assert lines_of(made)[0][0].text == "שלום York New עולם"
