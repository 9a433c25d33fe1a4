"""The words of a PDF's pages, with where and how they are set, as PDFium finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref, c_double, c_int, create_string_buffer
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_HYPHENS = (0x2, 0xFFFE)
"""What PDFium writes for a hyphen at the end of a line."""
_SPACES = frozenset({0x20, 0xA0, 0x09, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000})
_ENDS = frozenset({0x0D, 0x0A, *_HYPHENS})
_RAISED = 0.12
_TURNED = 0.2
_PI = 3.14159


@dataclass(slots=True)
class Word:
    """A word on a page; coordinates in points from the lower left."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    raised: bool = False
    """Whether it stands above the line, as the number of a footnote does."""
    mark: int = -1
    """The number of the marked content it is in, where the file has tags."""


@dataclass(slots=True)
class PageWords:
    """The words of a page, in runs as PDFium joins them to lines."""

    width: float
    height: float
    runs: list[list[Word]] = field(default_factory=list)
    turned: list[list[Word]] = field(default_factory=list)
    """Runs that are set at an angle, such as a mark along the margin."""
    mirrored: bool = False
    """Whether it is written from right to left: its coordinates are then those of its mirror image."""


class PageReader:
    """Reads the words of one page after the other."""

    def __init__(self, tagged: bool) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium: Any = pdfium
        self._tagged = tagged
        self._box = pdfium.FS_RECTF()
        self._x, self._y, self._flags = c_double(), c_double(), c_int()
        self._font = create_string_buffer(128)
        self._turned = False

    def words(self, page: Any) -> PageWords:
        """The words of a page, turned upright where the page is."""
        found = PageWords(*page.get_size())
        text = page.get_textpage()
        try:
            for run in self._runs(text.raw, text.count_chars()):
                if run:
                    (found.turned if self._turned else found.runs).append(run)
        finally:
            text.close()
        _place(found, page.get_bbox(), page.get_rotation())
        _mirror(found)
        return found

    def _runs(self, text: Any, count: int) -> Iterator[list[Word]]:
        unicode_at = self._pdfium.FPDFText_GetUnicode
        run: list[Word] = []
        letters: list[str] = []
        start = 0
        for index in range(count):
            code = unicode_at(text, index)
            if code in _SPACES or code in _ENDS:
                if code in _HYPHENS and letters:
                    letters.append("-")
                if letters:
                    run += self._word(text, letters, start, index - (code not in _HYPHENS))
                    letters = []
                if code in _ENDS:
                    self._turned = bool(run) and abs(self._pdfium.FPDFText_GetCharAngle(text, start)) % _PI > _TURNED
                    yield run
                    run = []
                continue
            if not letters:
                start = index
            letters.append(_letter(code))
        if letters:
            run += self._word(text, letters, start, count - 1)
        yield run

    def _word(self, text: Any, letters: list[str], first: int, last: int) -> Iterator[Word]:
        """A word; the number of a footnote that is set above its end is one of its own."""
        words = "".join(letters).strip("\u200b\ufeff")
        if not words:
            return
        base, size, left, right = self._placed(text, first)
        if last > first:
            _, _, *ends = self._placed(text, last)
            if ends[0] > left and LEFTWARD.search(words):
                words = words[::-1]  # PDFium gives some words of such scripts as they stand, not as they are read
            left, right = min(left, ends[0]), max(right, ends[1])
        bold, mark = self._bold(text, first), self._mark(text, first)
        digits = len(words) - len(words.rstrip("0123456789"))
        if 0 < digits <= 3 and digits < len(words) and len(letters) == len(words):
            above, small, at, _ = self._placed(text, last - digits + 1)
            if above - base > _RAISED * size and small < size:
                yield Word(words[:-digits], left, at, base, size, bold, mark=mark)
                yield Word(words[-digits:], at, right, above, small, bold, raised=True, mark=mark)
                return
        yield Word(words, left, right, base, size, bold, mark=mark)

    def _placed(self, text: Any, index: int) -> tuple[float, float, float, float]:
        """Baseline, height, left and right of a character."""
        self._pdfium.FPDFText_GetLooseCharBox(text, index, self._box)
        self._pdfium.FPDFText_GetCharOrigin(text, index, byref(self._x), byref(self._y))
        box = self._box
        return self._y.value, abs(box.top - box.bottom), min(box.left, box.right), max(box.left, box.right)

    def _bold(self, text: Any, index: int) -> bool:
        if self._pdfium.FPDFText_GetFontWeight(text, index) >= 600:
            return True
        self._pdfium.FPDFText_GetFontInfo(text, index, self._font, 128, byref(self._flags))
        return _is_bold(self._font.value)

    def _mark(self, text: Any, index: int) -> int:
        if not self._tagged:
            return -1
        thing = self._pdfium.FPDFText_GetTextObject(text, index)
        return int(self._pdfium.FPDFPageObj_GetMarkedContentID(thing)) if thing else -1


@lru_cache(maxsize=256)
def _is_bold(font: bytes) -> bool:
    return bool(_BOLD.search(font))


@lru_cache(maxsize=4096)
def _letter(code: int) -> str:
    """A character as it is read: ligatures in letters, no control characters."""
    if code in _HYPHENS or code == 0xAD:
        return "-"
    if code in _LIGATURES:
        return _LIGATURES[code]
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
        return "\N{REPLACEMENT CHARACTER}"
    return chr(code)


def _place(page: PageWords, box: tuple[float, float, float, float], degrees: int) -> None:
    """Move a page's words to where they are shown: from the corner of the page, turned as it is turned."""
    left, bottom, right, top = box
    if not (left or bottom or degrees):
        return
    wide, high = right - left, top - bottom
    for run in [*page.runs, *page.turned]:
        for word in run:
            x, y, length = word.left - left, word.base - bottom, word.right - word.left
            if degrees == 180:
                x, y = wide - x - length, high - y
            elif degrees == 90:
                x, y = y, wide - x
            elif degrees == 270:
                x, y = high - y, x
            word.left, word.base, word.right = x, y, x + length
    if degrees in (90, 270):
        page.runs, page.turned = page.turned or page.runs, page.runs if page.turned else []


def _mirror(page: PageWords) -> None:
    """Turn a page that is written from right to left into its mirror image, so that it is read like any other."""
    words = [word for run in page.runs for word in run]
    leftward = sum(bool(LEFTWARD.search(word.text)) for word in words)
    page.mirrored = leftward > 0.5 * len(words)
    if page.mirrored:
        for word in words:
            word.left, word.right = page.width - word.right, page.width - word.left
