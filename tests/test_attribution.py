"""Who a sentence attributes its words to, as a quotation of the sentence."""

from __future__ import annotations

import time

import pytest

from ncrelations.document.attribution import attribution_in, attributions_in

FOUND = {
    "The harbour, Kim said, is silting up.": "Kim said",
    "The High Commissioner expressed deep concern about the harbour.": "The High Commissioner expressed",
    "According to the parish council, the mill was sound.": "According to the parish council",
    "She warned that the dam would break.": "She warned",
    "The Chair of the Working Group indicated that the theme was old.": "The Chair of the Working Group indicated",
    "Mr. Orme has repeatedly denied that he was there.": "Mr. Orme has repeatedly denied",
    "Several farmers of the valley claimed that the water was theirs.": "Several farmers of the valley claimed",
    "Mr. Orme (Fenland) said that the mill stood.": "Mr. Orme (Fenland) said",
    "Ms. Lind (Peru), speaking on behalf of the Group, asked whether it turned.": (
        "Ms. Lind (Peru), speaking on behalf of the Group, asked"
    ),
    "“The harbour is silting up,” said Ann Hill, who keeps it.": "said Ann Hill",
    "Participants stressed the need for boats.": "Participants stressed",
}

NOT_FOUND = (
    "The harbour is silting up.",
    "It was a said thing.",
    "Reports of the harbour are kept in the office.",
    "The harbour is silting up, said nobody.",
)


@pytest.mark.parametrize("sentence", FOUND)
def test_the_source_is_quoted(sentence: str) -> None:
    """Source and verb, as they stand."""
    span = attribution_in(sentence)
    assert span is not None
    assert sentence[span.start : span.end] == FOUND[sentence]


@pytest.mark.parametrize("sentence", NOT_FOUND)
def test_nothing_is_attributed_that_is_not(sentence: str) -> None:
    """A sentence in the text's own voice has none."""
    assert attribution_in(sentence) is None


def test_several_sentences() -> None:
    """Each source once, in order."""
    assert attributions_in(["She warned them.", "It rained.", "She warned us.", "The council denied it."]) == (
        "She warned", "The council denied",
    )  # fmt: skip


def test_it_takes_no_time_on_any_text() -> None:
    """A long line of words that are nearly sources is read at once."""
    started = time.process_time()
    for text in ("The " * 5000 + "said", "A of the " * 3000 + "said", "said " * 5000, "A" * 50_000):
        attribution_in(text)
    assert time.process_time() - started < 1
