"""The words of a PDF's pages, with where and how they are set, as PDFium finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ctypes import CFUNCTYPE, addressof, byref, c_double, c_float, c_int, c_ushort, c_void_p, cast, create_string_buffer
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BOLD = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_HYPHENS = "\x02\ufffe"
"""What PDFium writes for a hyphen at the end of a line."""
_SPACES, _ENDS = " \xa0\t\u2002\u2003\u2009\u202f\u3000", f"\r\n{_HYPHENS}"
_STRANGE = re.compile("[\x00-\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\ud800-\udfff\ufb00-\ufb06\ufeff]")
"""What is no letter as it is read."""
_LINE, _LETTERS = re.compile(rf"([^{_ENDS}]*)([{_ENDS}]?)"), re.compile(rf"[^{_SPACES}]+")
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
    mark: int = -1
    """The number of the marked content it is in, where the file has tags."""
    raised: bool = False
    """Whether it stands above the line, as the number of a footnote does."""


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
        self._box = (c_float * 4)()
        self._box_at = addressof(self._box)
        self._x, self._y, self._flags = c_double(), c_double(), c_int()
        self._where = byref(self._x), byref(self._y)
        self._font = create_string_buffer(128)
        # By plain numbers these are called faster, and what a character is drawn by can be looked up.
        self._box_of = _plainly(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
        self._drawn_by = _plainly(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
        self._font_of = _plainly(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
        self._mark_of = _plainly(pdfium.FPDFPageObj_GetMarkedContentID, c_int, c_void_p)
        self._looks: dict[int, tuple[bool, int]] = {}
        self._bolds: dict[int | None, bool] = {}
        self._drawn_by_last: int | None = None
        self._base, self._bottom, self._look = 0.0, 0.0, (False, -1)
        self._plain = self._leftward = False
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
        if self._leftward:
            _mirror(found)
        return found

    def _runs(self, text: Any, count: int) -> Iterator[list[Word]]:
        page, run, start = cast(text, c_void_p).value, list[Word](), 0
        self._looks.clear()
        self._bolds.clear()
        self._drawn_by_last = None
        letters = self._letters(text, count)
        self._plain, self._leftward = not _STRANGE.search(letters), bool(LEFTWARD.search(letters))
        for line in _LINE.finditer(letters):
            last, run = line.end(1) if line[2] and line[2] in _HYPHENS else -1, []
            for match in _LETTERS.finditer(letters, line.start(), line.end(1)):
                start = match.start()
                run += self._word(text, page, start, match[0], "-" if match.end() == last else "")
            if line[2]:
                self._turned = bool(run) and abs(self._pdfium.FPDFText_GetCharAngle(text, start)) % _PI > _TURNED
            yield run

    def _letters(self, text: Any, count: int) -> str:
        """The characters of a page, one for each that PDFium counts."""
        found = (c_ushort * (count + 1))()
        if count and self._pdfium.FPDFText_GetText(text, 0, count, found) == count + 1:
            letters = bytes(found)[:-2].decode("utf-16-le", "surrogatepass")
            if len(letters) == count:
                return letters
        return "".join(chr(self._pdfium.FPDFText_GetUnicode(text, index)) for index in range(count))

    def _word(self, text: Any, page: int | None, first: int, letters: str, ends: str) -> Sequence[Word]:
        """A word; the number of a footnote that is set above its end is one of its own."""
        count = len(letters) + len(ends)
        words = (letters if self._plain else "".join(map(_letter, letters)).strip("\u200b\ufeff")) + ends
        if not words:
            return ()
        base, size, left, right = self._placed(text, page, first)
        bold, mark = self._look
        if count > 1:
            self._box_of(page, first + count - 1, self._box_at)
            ahead, _, behind, _ = self._box[:]
            if behind < ahead:
                ahead, behind = behind, ahead
            if ahead > left and self._leftward and LEFTWARD.search(words):
                words = words[::-1]  # PDFium gives some words of such scripts as they stand, not as they are read
            left, right = min(left, ahead), max(right, behind)
        if words[-1].isdigit():
            digits = len(words) - len(words.rstrip("0123456789"))
            if 0 < digits <= 3 and digits < len(words) and count == len(words):
                above, small, at, _ = self._placed(text, page, first + count - digits)
                if above - base > _RAISED * size and small < size:
                    return (
                        Word(words[:-digits], left, at, base, size, bold, mark),
                        Word(words[-digits:], at, right, above, small, bold, mark, raised=True),
                    )
        return (Word(words, left, right, base, size, bold, mark),)

    def _placed(self, text: Any, page: int | None, index: int) -> tuple[float, float, float, float]:
        """Baseline, height, left and right of a character."""
        self._box_of(page, index, self._box_at)
        left, top, right, bottom = self._box[:]
        drawn_by = self._drawn_by(page, index)
        if drawn_by != self._drawn_by_last or bottom != self._bottom or drawn_by is None:
            # What is drawn at once, and as low, has one baseline.
            self._drawn_by_last, self._bottom, self._look = drawn_by, bottom, self._look_of(text, drawn_by, index)
            self._pdfium.FPDFText_GetCharOrigin(text, index, *self._where)
            self._base = self._y.value
        if right < left:
            left, right = right, left
        return self._base, abs(top - bottom), left, right

    def _look_of(self, text: Any, drawn_by: int | None, index: int) -> tuple[bool, int]:
        """Whether a character is bold, and its mark: what all have that are drawn at once."""
        if drawn_by is None:
            return self._bold(text, index), -1
        found = self._looks.get(drawn_by)
        if found is None:
            font = self._font_of(drawn_by)
            if font not in self._bolds:
                self._bolds[font] = self._bold(text, index)
            mark = self._mark_of(drawn_by) if self._tagged else -1
            found = self._looks[drawn_by] = self._bolds[font], mark
        return found

    def _bold(self, text: Any, index: int) -> bool:
        if self._pdfium.FPDFText_GetFontWeight(text, index) >= 600:
            return True
        self._pdfium.FPDFText_GetFontInfo(text, index, self._font, 128, byref(self._flags))
        return bool(_BOLD.search(self._font.value))


def _plainly(function: Any, *types: Any) -> Any:
    """A function of the library that takes addresses for pointers; `types` are those of the result and arguments."""
    return CFUNCTYPE(*types)(cast(function, c_void_p).value or 0)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    """A character as it is read: ligatures in letters, no control characters."""
    code = ord(letter)
    if code == 0xAD:
        return "-"
    if code in _LIGATURES:
        return _LIGATURES[code]
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
        return "\N{REPLACEMENT CHARACTER}"
    return letter


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
