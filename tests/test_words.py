"""Words: cleaning questions, pieces, stems, and mending misspellings."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncrelations.errors import InvalidQuestion
from ncrelations.text.spelling import edits, mend
from ncrelations.text.words import MAX_QUESTION, STOPWORDS, clean_question, fold_accents, pieces_of, stem, terms

WORDS = st.text("abcdeé", max_size=7)


@pytest.mark.parametrize(
    ("question", "clean"),
    [
        ("maritime security", "maritime security"),
        ("  two\n\tlines \r\n", "two lines"),
        ("what\N{NO-BREAK SPACE}now", "what now"),
        ("\x1b[31mred\x07", "[31mred"),
        ("zero\N{ZERO WIDTH SPACE}width", "zero width"),
        ("left\u202eright", "left right"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("ＮＡＴＯ", "NATO"),
        ("Geoană", "Geoană"),
        ("Geoana\N{COMBINING BREVE}", "Geoană"),
        ("ﬁnance", "finance"),
        ("北约", "北约"),
    ],
)
def test_cleaning(question: str, clean: str) -> None:
    """A question becomes one line of ordinary characters."""
    assert clean_question(question) == clean


@pytest.mark.parametrize("question", ["", " ", "\n\t", "\0", "\ud800", "\N{ZERO WIDTH SPACE}"])
def test_an_empty_question_is_refused(question: str) -> None:
    """A question without a visible character is called empty, and an example is given."""
    with pytest.raises(InvalidQuestion, match='the question is empty; ask something, for example "maritime security"'):
        clean_question(question)


@pytest.mark.parametrize("question", ["?", "... !", "—", "🦆", "( )"])
def test_a_question_without_words_is_refused(question: str) -> None:
    """Punctuation alone is no question."""
    with pytest.raises(InvalidQuestion):
        clean_question(question)


def test_an_underscore_is_no_word() -> None:
    """Underscores are no words either."""
    with pytest.raises(InvalidQuestion, match="no words"):
        clean_question("___")


@pytest.mark.parametrize("question", ["\ufdfa" * 200, "\u2167" * 1_000, "\u3316" * MAX_QUESTION])
def test_a_question_is_measured_written_out(question: str) -> None:
    """Letters that stand for several count as those: what is read is never longer than a question may be."""
    with pytest.raises(InvalidQuestion, match="at most 2,000 characters"):
        clean_question(question)


@given(st.text(max_size=200))
def test_what_is_clean_stays_as_it_is(question: str) -> None:
    """Cleaning twice is cleaning once, so that stages may clean what they are handed."""
    with suppress(InvalidQuestion):
        clean = clean_question(question)
        assert clean_question(clean) == clean


@pytest.mark.parametrize("length", [MAX_QUESTION + 1, 100_000])
def test_a_very_long_question_is_refused(length: int) -> None:
    """A question longer than the limit is refused, and the limit named, without repeating the question."""
    message = f"{length:,} characters; ask in at most {MAX_QUESTION:,} characters"
    with pytest.raises(InvalidQuestion, match=message) as caught:
        clean_question("a" * length)
    assert len(str(caught.value)) < 100


def test_the_longest_question_is_accepted() -> None:
    """A question of exactly the limit is a question."""
    assert len(clean_question("a" * MAX_QUESTION)) == MAX_QUESTION


@given(st.text(max_size=100))
def test_cleaning_gives_printable_text_or_refuses(question: str) -> None:
    """Whatever is asked, the cleaned question is printable, encodable, and cleaning it again changes nothing."""
    with suppress(InvalidQuestion):
        clean = clean_question(question)
        assert clean.isprintable()
        assert clean.encode()
        assert clean_question(clean) == clean


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The U.S. and China", ["the", "us", "and", "china"]),
        ("Asia-Pacific", ["asia", "pacific"]),
        ("China's and NATO’s", ["china", "and", "nato"]),
        ("Geoană", ["geoana"]),
        ("17+1", ["17", "1"]),
        ("5G in 2021?", ["5g", "in", "2021"]),
        ("", []),
        ("s", ["s"]),
    ],
)
def test_pieces(text: str, folded: list[str]) -> None:
    """Pieces are runs of letters and digits, folded; an abbreviation is one, a possessive s none."""
    found = pieces_of(text)
    assert [piece.folded for piece in found] == folded
    assert all(text[piece.start : piece.end] == piece.text for piece in found)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("navies", "navy"),
        ("threats", "threat"),
        ("stopped", "stop"),
        ("talking", "talk"),
        ("sanctions", "sanction"),
        ("policies", "policy"),
        ("allies", "ally"),
        ("competes", "compete"),
        ("competed", "compete"),
        ("competing", "compete"),
    ],
)
def test_forms_of_a_word_share_a_stem(a: str, b: str) -> None:
    """Plural, past and -ing forms have the stem of their word."""
    assert stem(a) == stem(b)


@pytest.mark.parametrize("word", ["aukus", "crisis", "lass", "taliban", "paris", "press"])
def test_an_ending_that_is_no_plural_stays(word: str) -> None:
    """A final s that is no plural stays."""
    assert stem(word) == word


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_stem_is_a_beginning(word: str) -> None:
    """A stem is never empty and never longer than its word."""
    assert 0 < len(stem(word)) <= len(word)


def test_terms_leave_out_stopwords() -> None:
    """Terms are stemmed content words; acronyms in capitals are kept though they spell small words."""
    assert terms("What does it say about the navies?") == ["navy"]
    assert not set(terms("what does it say about the and of")) & STOPWORDS
    assert terms("the US") == ["us"]
    assert terms("the us") == []


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [
        ("", "", 0),
        ("huawei", "huawei", 0),
        ("huawai", "huawei", 1),
        ("hauwei", "huawei", 1),
        ("huwei", "huawei", 1),
        ("huaweii", "huawei", 1),
        ("stoltenburg", "stoltenberg", 1),
        ("taiwan", "taiwna", 1),
        ("abc", "xyz", 3),
        ("abc", "xyzzy", 4),
    ],
)
def test_edits(a: str, b: str, distance: int) -> None:
    """Insertions, deletions, substitutions and swaps of neighbours each count one; more than `most` is most + 1."""
    assert edits(a, b, 3) == edits(b, a, 3) == distance


def reference_edits(a: str, b: str) -> int:
    """The same distance, written as plainly as can be."""
    table = [[max(i, j) if not (i and j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(WORDS, WORDS, st.integers(0, 4))
def test_edits_agree_with_the_plain_table(a: str, b: str, most: int) -> None:
    """The early exits change nothing."""
    assert edits(a, b, most) == min(reference_edits(a, b), most + 1)


def test_mending() -> None:
    """A misspelt word becomes the nearest known one; what is too far stays unknown."""
    vocabulary = ["huawei", "taiwan", "taiwanese", "maritime", "the", "climate"]
    assert mend("huawai", vocabulary, 2) == "huawei"
    assert mend("marritime", vocabulary, 2) == "maritime"
    assert mend("tiawan", vocabulary, 2) == "taiwan"
    assert mend("spaghetti", vocabulary, 2) is None
    assert mend("teh", vocabulary, 1) is None  # words of fewer than four letters are nobody's correction
    assert mend("anything", [], 2) is None


def test_mending_prefers_fewer_edits_then_the_first_letter_then_order() -> None:
    """Fewer edits win, then an equal first letter, then the order of the vocabulary."""
    assert mend("navel", ["novels", "naval"], 2) == "naval"
    assert mend("nafe", ["safe", "naze"], 1) == "naze"
    assert mend("trake", ["trade", "brake", "trace"], 1) == "trade"


def test_folding_accents() -> None:
    """Case and accents go."""
    assert fold_accents("Geoană") == "geoana"
    assert fold_accents("JÜRGEN") == "jurgen"
