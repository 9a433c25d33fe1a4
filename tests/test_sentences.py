"""Reading text: lines joined, and cut into sentences."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncrelations.text.sentences import fold, line_end_dashes, split_sentences

NBSP = "\N{NO-BREAK SPACE}"
RUNNING_HEAD = re.compile(r"^\d*THE MILL AT MARROWBY$", re.MULTILINE)
"""Page furniture."""

SENTENCES = [
    ["The U.S. dominates NATO.", "It does."],
    ["He met the U.S. President in June.", "They spoke."],
    ["The EU–U.S. Summit met.", "It closed."],
    ["similar to the U.S.–Soviet “Dead Hand” of the Cold War.", "In such an environment it is hard."],
    ["Brian Wong, Ph.D. candidate, wrote it.", "We read it."],
    ["General (Gen. Ma) came.", "Lt. Gen. Bornemann too."],
    ["Dr. Smith met Mr. Wang and Mrs. Li.", "St. Petersburg was far."],
    ["J. R. Smith and G. W. Bush spoke.", "Nobody heard."],
    ["He said, “We must prepare.”", "His statement was no surprise."],
    ["They posed “systemic challenges.”", "“Perception is reality” is a maxim."],
    ["It ended (at last.)", "(It had been long.)", "Then came [the rest.]", "[Nobody came.]"],
    ["Why should they agree?", "Because they must!", "Indeed."],
    ["They spent 3.9 million in 1985.", "2.3 million was left."],
    ["First, see e.g. Kevin Rudd.", "Or i.e. Wang Jisi."],
    ["See No. 5 and pp. 7 ff. for more.", "Vol. is no abbreviation."],
    ["Write to public@taiheglobal.org"],
    ["The meeting, vs. The Hague, ended.", "Fine."],
    ["One sentence without a full stop"],
    ["A question?”", "An answer.’"],
    ["The so-called U.S.", "“model” is not one."],
]


@pytest.mark.parametrize("expected", SENTENCES[:-1], ids=lambda expected: expected[0][:30])
@pytest.mark.parametrize("between", [" ", "\n", " \n\n", f"{NBSP} "], ids=["space", "line", "blank", "nbsp"])
def test_sentence_splitter(expected: list[str], between: str) -> None:
    """Abbreviations, initials and decimals end no sentence; closing quotes and brackets belong to theirs."""
    text = between.join(expected)
    assert [text[start:end] for start, end in split_sentences(text)] == expected


OTHERS = [
    ["Суд решил.", "Он прав. и т. д."],
    ["L’été fut long.", "Élan et École."],
    ["انتهى الاجتماع.", "بدأ العمل؟", "نعم."],
    ["회의가 열렸다.", "그는 말했다."],
    ["See Smith v. Jones, 806 F.3d 677 (1st Cir. 2015).", "It holds."],
    ["As art. 5 and paras. 3 to 5 say.", "The art is old."],
]


@pytest.mark.parametrize("expected", OTHERS, ids=lambda expected: expected[0][:20])
def test_other_scripts_and_ways_to_cite(expected: list[str]) -> None:
    """A letter without capitals begins a sentence, a small one does not; what cites a number ends none."""
    text = " ".join(expected)
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_an_abbreviation_never_ends_a_sentence() -> None:
    """Where "U.S." could end a sentence before a capital, the splitter does not split: too long beats torn."""
    assert len(split_sentences("It is led by the U.S. They follow.")) == 1


def test_white_space_around_sentences_is_left_out() -> None:
    """Leading and trailing white space belongs to no sentence."""
    assert split_sentences("  One.  Two. \n") == [(2, 6), (8, 12)]


def test_furniture_between_sentences_is_left_out() -> None:
    """Page furniture between two sentences belongs to neither; it is text where nobody says that it is furniture."""
    text = "One. \n\n2THE MILL AT MARROWBY\n\n\nTwo."
    assert [text[start:end] for start, end in split_sentences(text, RUNNING_HEAD)] == ["One.", "Two."]
    assert len(split_sentences(text)) == 2
    assert split_sentences(text)[1][0] == text.index("2")


def test_furniture_inside_a_sentence_is_part_of_its_span() -> None:
    """A sentence that a page break interrupts is one, and keeps its offsets in the source."""
    text = "They met in \n\n2THE MILL AT MARROWBY\n\nthe village. Then they left."
    first, second = split_sentences(text, RUNNING_HEAD)
    assert fold(text[slice(*first)], RUNNING_HEAD) == "They met in the village."
    assert text[slice(*second)] == "Then they left."


def covers_all_ink(text: str) -> None:
    """The spans are in order, do not overlap, have ink at both ends and miss no ink."""
    spans = split_sentences(text)
    at = 0
    for start, end in spans:
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip() != ""
        at = end
    assert not text[at:].strip()


pieces = st.sampled_from(
    [text for group in SENTENCES for text in group]
    + [" ", "  ", "\n", "\n\n", NBSP, "\t", ". ", "“", "”", ")", "A", "U.S.", "1."]
)


@given(st.lists(pieces, min_size=1, max_size=12).map("".join).filter(str.strip))
def test_splitter_misses_no_ink(text: str) -> None:
    """Of any text built from sentences, the spans cover every character that is not white space."""
    covers_all_ink(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(str.strip))
def test_splitter_misses_no_ink_of_any_text(text: str) -> None:
    """Of any text at all, the spans cover every character that is not white space."""
    covers_all_ink(text)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    """Reading text folds to itself."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("two \nlines", "two lines"),
        ("a well-\nknown mill", "a well-known mill"),
        ("a well- \n known mill", "a well-known mill"),
        ("the road—\n\nand the hill", "the road—and the hill"),
        ("a well - known mill", "a well - known mill"),
        (f"a{NBSP}mill{NBSP}", "a mill"),
        ("the old \n\n7THE MILL AT MARROWBY\n\nmill", "the old mill"),
        ("the old-\n7THE MILL AT MARROWBY\nmill", "the old-mill"),
    ],
)
def test_folding(raw: str, text: str) -> None:
    """Lines are joined by a space, by nothing after a hyphen or dash; page furniture goes."""
    assert fold(raw, RUNNING_HEAD) == text


@given(st.text("ab-–\n \t\xa0", max_size=40))
def test_without_the_dashes_line_ends_only_white_space_is_left_to_fold(text: str) -> None:
    """Where the white space after the dashes at line ends is cut out, folding white space alone gives the text."""
    kept, at = "", 0
    for start, end in line_end_dashes(text):
        assert not text[start:end].strip()
        kept, at = kept + text[at:start], end
    assert " ".join((kept + text[at:]).split()) == fold(text)
