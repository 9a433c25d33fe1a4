"""The documents' own structure asked for in other languages: read as its English form is."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from edition_kit import CORPUS
from ncrelations.languages.glossary import LANGUAGES
from ncrelations.languages.structure_words import StructureWords
from ncrelations.languages.structures import Structures
from ncrelations.questions.structure import Structure, StructureReader
from ncrelations.questions.whose_view import WhoseView
from ncrelations.text.words import clean_question

HERE = Path(__file__).parent
LINES: dict[str, dict[str, str]] = tomllib.loads((HERE / "structure_lines.toml").read_text("utf-8"))
READER = StructureReader(CORPUS, WhoseView(CORPUS.speakers))
WORDS = StructureWords(CORPUS)
STRUCTURES = Structures(CORPUS)


def read(line: str) -> Structure | None:
    """What a line asks for, as the library reads it: in English, or else in English words."""
    return STRUCTURES.read(clean_question(line))[1]


@pytest.mark.parametrize("language", LINES)
def test_a_line_asks_for_what_its_english_form_asks_for(language: str) -> None:
    """Places, sections, lists, mentions, quotations, small talk and the documents as such, in every language."""
    asked = {line: READER.read(english) for line, english in LINES[language].items()}
    assert None not in asked.values()
    assert {line: read(line) for line in asked} == asked


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("show me report/VI.1/p2", "place"),
        ("Why does report/VI.1/p2 matter to China?", None),
        ("What does report/VI.1 say about piracy?", None),
        ("Please tell me, who wrote the report?", "about"),
        ("Just wondering, when was the article published?", "about"),
        ("In a text so full of other people's views and wishes and plans, who wrote the report?", None),
    ],
)
def test_what_is_asked_beside_a_place_is_a_question(line: str, kind: str | None) -> None:
    """A place with any other matter is none that is asked for; "who wrote it" may stand behind as much of a frame."""
    found = READER.read(clean_question(line))
    assert (found and found.kind) == kind


def test_every_language_with_tables_has_forty_lines_or_nearly() -> None:
    """Of every language with tables, both Chinese scripts among them, 20 lines and more are tried."""
    assert {language.partition("-")[0] for language in LINES} == set(LANGUAGES)
    assert min(map(len, LINES.values())) >= 20


@pytest.mark.parametrize("path", ["languages_fit", "languages_report"])
def test_ordinary_questions_go_the_ordinary_way(path: str) -> None:
    """A question with any word beside those of structure is none that asks for structure."""
    lines = (HERE / "eval" / f"{path}.jsonl").read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    assert [question for question in questions if read(question) is not None] == []


@pytest.mark.parametrize(
    "line",
    [
        "Warum wird Huawei erwähnt?", "pourquoi la section V parle-t-elle de Taïwan ?",
        "なぜファーウェイに言及しているのですか", "第三部分为什么没有提到台湾？", "Was sieht die NATO als Risiko?",
        "riesgos del cambio climático para China", "Какие риски несёт гонка вооружений?", "لماذا ذكرت هواوي؟",
        "merci de me dire ce que l'OTAN pense",
    ],
)  # fmt: skip
def test_why_and_how_and_other_matter_are_no_structure(line: str) -> None:
    """Words of structure with something else to ask are an ordinary question."""
    assert read(line) is None


@pytest.mark.parametrize(
    "line",
    ["Huawei", "trade", "What does NATO think?", "wat is martime securty?", "raison d'etat", "La Paz", "AUKUS Quad"],
)
def test_english_lines_are_not_put_into_english(line: str) -> None:
    """Names, keywords, misspellings and borrowed phrases have no English form of another language."""
    assert WORDS.read(line) is None


def test_citations_and_quotations_pass_through() -> None:
    """They stand in the English words as they were typed, whatever script is beside them."""
    for line, words in (
        ("report/III/b5-b7を見せて", "report/III/b5-b7"),
        ("「a systemic rival of China」はどこにありますか", "“a systemic rival of China”"),
        ("où se trouve « a relic of the Cold War » ?", "“a relic of the Cold War”"),
        ("Раздел VI.2", "section VI.2"),
    ):
        found = WORDS.read(clean_question(line))
        assert found is not None
        assert words in found.text


def test_the_language_is_that_of_the_line() -> None:
    """One word that English does not have is enough; of Han letters alone either language may be meant."""
    found = {line: WORDS.read(line) for line in ("hilfe", "gracias", "yardım", "謝謝", "第三部", "помощь")}
    tags = {line: each and each.language for line, each in found.items()}
    expected = {"hilfe": "de", "gracias": "es", "yardım": "tr", "謝謝": "zh-Hant", "第三部": "ja", "помощь": "ru"}
    assert tags == expected
