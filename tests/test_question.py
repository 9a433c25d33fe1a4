"""Reading a question: sides, documents, wanted kinds, misspellings, unknown names."""

from __future__ import annotations

import pytest

from edition_kit import english
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.errors import InvalidQuestion
from ncrelations.questions.answer_kind import Wanted, wanted_by
from ncrelations.questions.frame import core_of
from ncrelations.questions.question import Question
from ncrelations.text.words import MAX_QUESTION, clean_question


def read(question: str) -> Question:
    """Read a question with the packaged index."""
    return english().read(question)


@pytest.mark.parametrize(
    ("question", "voices"),
    [
        ("What does NATO think about China's values?", (Voice.NATO,)),
        ("Why does NATO worry about China's military?", (Voice.NATO,)),
        ("Why does China distrust NATO?", (Voice.CHINA,)),
        ("the Chinese view of AUKUS", (Voice.CHINA,)),
        ("How is NATO seen in Beijing?", (Voice.CHINA,)),
        ("How is China perceived?", (Voice.NATO,)),
        ("According to Wong, what is a reserved domain?", (Voice.AUTHOR,)),
        ("What do the experts recommend on piracy?", (Voice.EXPERTS,)),
        ("What is the opinion of the allies about development aid?", (Voice.NATO,)),
        ("I need the view of allied leaders on this.", (Voice.NATO,)),
        ("opinion of the allies", (Voice.CHINA,)),
        ("does cn think nato is a relic", (Voice.CHINA,)),
        ("How do NATO and China each see new weapons?", (Voice.NATO, Voice.CHINA)),
        ("What do the report and the article say about talks?", (Voice.EXPERTS, Voice.AUTHOR)),
        ("Which sea routes matter for trade?", ()),
        ("Who met Bornemann?", ()),
    ],
)
def test_voices(question: str, voices: tuple[Voice, ...]) -> None:
    """A question that names a side, or several, asks for their views; any other for nobody's."""
    assert english().reader.whose_view.asked(question) == voices


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("In which year did they meet?", Wanted.YEAR),
        ("When did Robertson welcome the ambassador?", Wanted.DATE),
        ("How many ships took part?", Wanted.NUMBER),
        ("Who welcomed the ambassador?", Wanted.PERSON),
        ("Where was the forum held?", Wanted.PLACE),
        ("What is the name of the ambassador?", Wanted.NAME),
        ("Why does China object?", Wanted.REASON),
        ("What is AUKUS?", None),
    ],
)
def test_wanted(question: str, wanted: Wanted | None) -> None:
    """The kind of answer asked for is read from the question word."""
    assert wanted_by(question) is wanted


def test_misspellings_are_mended() -> None:
    """A word that no dictionary has is mended to the nearest word of the documents."""
    changes = dict(read("maritme securty in the Gulf").mendings[0].changes)
    assert changes == {"maritme": "maritime", "securty": "security"}


def test_another_ending_is_no_misspelling() -> None:
    """A strange word with the stem of a known one is understood as it stands."""
    assert read("Which academys are acceptables here?").mendings == ()


def test_names_are_not_mended() -> None:
    """A name of the world that the documents lack is no misspelling, and is reported."""
    question = read("When did Albania join NATO?")
    assert question.unknown == ("Albania",)
    assert not question.mendings


def test_years_the_documents_lack() -> None:
    """A year that never occurs is reported; one that does is not."""
    assert read("What happened in 1971?").unknown == ("1971",)
    assert read("What happened in 2018?").unknown == ()


def test_stand_ins_are_known() -> None:
    """A capital that stands for a country of the documents is not unknown."""
    assert read("What does Tokyo have to do with it?").unknown == ()


def test_acronyms_and_words() -> None:
    """ "who" and "us" are words, "WHO" and "US" are names."""
    assert [n.entity.name for n in read("What did the WHO and the US say to us?").named] == [
        "World Health Organization",
        "United States",
    ]


def test_section_named() -> None:
    """A section is understood by Roman and Arabic number and by name."""
    assert str(read("What does section IV say?").section) == "report/IV"
    assert str(read("What is in chapter 3?").section) == "report/III"
    assert str(read("the executive summary in short").section) == "report/ES"


def test_clauses() -> None:
    """Two questions in one are told apart."""
    parts = read("What does NATO fear from Huawei, and what does China reply?").parts
    assert [part.text for part in parts] == ["What does NATO fear from Huawei", "what does China reply?"]


@pytest.mark.parametrize("question", ["", "  \n ", "?!...", "\u200b", "\x1b\x07", "\ud800", "x" * (MAX_QUESTION + 1)])
def test_nothing_to_ask(question: str) -> None:
    """A question without a word, or far too long, is refused with advice."""
    with pytest.raises(InvalidQuestion, match="ask"):
        clean_question(question)


@pytest.mark.parametrize(
    "preamble", ["imo", "IMHO,", "tbh", "iirc,", "in my humble opinion,", "to be honest -", "fwiw"]
)
def test_abbreviations_of_the_net_do_not_count(preamble: str) -> None:
    """How a person hedges is no subject, in a question and in a message that is looked up."""
    assert core_of(f"{preamble} the alliance is still a cold war organization") == (
        "the alliance is still a cold war organization"
    )
    assert core_of(preamble.rstrip(",-")).strip() == preamble.rstrip(",- ").strip()


def test_control_characters_go() -> None:
    """Control and formatting characters become spaces."""
    assert clean_question("mari\x1b[31mtime\u202e\u200b security\x00") == "mari [31mtime security"


@pytest.mark.parametrize(
    "question",
    [
        "I read somewhere that the ministry calls trade a duty; since when is that?",
        "we heard that the ministry will leave; on which grounds was this",
    ],
)
def test_what_the_question_points_back_to_is_no_frame(question: str) -> None:
    """A clause about the asker is kept where the question after it has its matter there."""
    assert "ministry" in core_of(question)


def test_what_the_asker_needs_is_frame() -> None:
    """What is needed, before a colon and a question, is not asked about."""
    asked = "which two ministries met?"
    assert core_of(f"I'm making a handout for my Grade 11s and need the basics first: {asked}") == asked
    assert core_of("need: which two ministries met?") == asked
