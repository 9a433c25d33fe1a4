"""How wide characters are, and where a line may end between them."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from ncrelations.render import cells, clean, para, plain

TEXTS = {
    "composed": "é",
    "combining": "e\u0301",
    "Thai": "ที่นี่",
    "Hindi": "हिन्दी",
    "Korean": "각",
    "Korean, in parts": "\u1100\u1161\u11a8",
    "Japanese with its mark apart": "か\u3099",
    "half width": "ｶﾞ",
    "full width": "ＡＢ",
    "Chinese": "北约与中国",
    "heart as a picture": "❤\ufe0f",
    "heart as text": "❤",
    "thumb of a colour": "👍🏽",
    "flag": "🇫🇷",
    "mark on a letter": "A\ufe0f",
    "Hebrew with points": "עִבְרִית",
    "Arabic": "مُحَمَّد",
    "family": "👨\u200d👩\u200d👧",
    "couple": "👩\u200d❤\ufe0f\u200d👨",
    "flag of colours": "🏳\ufe0f\u200d🌈",
    "astronaut of a colour": "👩🏽\u200d🚀",
    "key": "1\ufe0f\u20e3",
    "Persian": "می\u200cخواهم",
    "families and words": "👨\u200d👩\u200d👧 and 👩🏽\u200d🚀👨\u200d👩\u200d👧",
}


@pytest.mark.parametrize("name", TEXTS)
def test_widths_are_those_that_terminals_show(name: str) -> None:
    """Marks, vowels written into a syllable and skin tones add no column; a picture takes two."""
    assert cells(TEXTS[name]) == cell_len(TEXTS[name])


WHOLE = ["👍🏽", "👨\u200d👩\u200d👧", "👩\u200d❤\ufe0f\u200d👨", "か\u3099", "\u1100\u1161\u11a8", "字\u0301"]


@pytest.mark.parametrize("character", WHOLE, ids=ascii)
@pytest.mark.parametrize("before", range(4))
def test_no_line_ends_inside_a_character(character: str, before: int) -> None:
    """However the line falls, what is shown as one stands on one line, and every line fits."""
    lines = plain((para("字" * before + character * 40),), 40).splitlines()
    assert "".join(lines) == "字" * before + character * 40
    assert [line for line in lines if not line.startswith((character[0], "字"))] == []
    assert max(map(cells, lines)) <= 40


@pytest.mark.parametrize("text", ["👨\u200d👩\u200d👧", "👩\u200d❤\ufe0f\u200d👨", "می\u200cخواهم", "क्\u200dष"])
def test_what_joins_or_shapes_stays(text: str) -> None:
    """Pictures that are joined into one, and letters that are shaped by a joiner, are shown as they are."""
    assert clean(text) == text
    assert text in plain((para(f"a {text} b"),))


@pytest.mark.parametrize(
    "text", ["l\u200da\u200cw", "\u200d👨", "👨\u200d", "👨\u200d\u200d👩", "a\u200d👨", "می\u200c \u200cخ"]
)
def test_what_hides_in_words_is_shown(text: str) -> None:
    """Joiners anywhere else, which could hide one word in another, become stand-ins."""
    assert "\u200d" not in clean(text)
    assert "\u200c" not in clean(text)
    assert "\ufffd" in clean(text)


def test_lines_of_marks_are_filled() -> None:
    """A line of Thai and of Hindi words holds as many columns as one of Latin letters."""
    for word in ("ที่นี่", "हिन्दी"):
        lines = plain((para(" ".join([word] * 60)),), 40).splitlines()
        assert min(map(cell_len, lines[:-1])) > 40 - 6
