"""The catalogue: every text in every language, and nothing that a reader sees left in English."""

from __future__ import annotations

import json
import pickle
import re
import string
import tomllib
from pathlib import Path

import pytest
from rich.cells import cell_len

import edition_kit
import ncrelations as ncr
import ncrelations_discord
from cli_helpers import isolate, run
from ncrelations import errors
from ncrelations.cli.output import environment_language
from ncrelations.editions.nato_china.public import themes
from ncrelations.render import Run, Style, cells, para, plain
from ncrelations.texts import ENGLISH, LANGUAGES, Reason, Texts, reason, strings, supported

FILES = ("shown", "notes", "cli", "bot")
OTHERS = [language for language in LANGUAGES if language != "en"]
EACH_OTHER = pytest.mark.parametrize("language", OTHERS)
ROOT = Path(__file__).parents[1]
PACKAGE = Path(str(ncr.__file__)).parent
BOT = Path(str(ncrelations_discord.__file__)).parent
SIMPLIFIED = set("这国说时对会为们来过没给认报论议贸导弹战谈获赞项网络级别单双边协关实现视团员责")
"""Characters that Traditional Chinese writes otherwise."""


def values(text: str) -> set[str]:
    """The names of a text's {values}."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@EACH_OTHER
@pytest.mark.parametrize("file", FILES)
def test_no_text_is_missing(file: str, language: str) -> None:
    """Every language has the same names in the same order, with the same values and nothing empty."""
    english, other = strings("en", file), strings(language, file)
    assert list(other) == list(english)
    silent = {"problem.language": {"problem"}}  # which package it is helps nobody but an English reader
    for name, text in english.items():
        assert values(other[name]) == values(text) - silent.get(name, set()), name
    assert all(text.strip() for text in other.values())


def bank() -> set[str]:
    """The reasons of the questions known to be unanswered."""
    return {each["reason"] for each in edition_kit.bank("unanswered")}


def authored() -> set[str]:
    """What the editors wrote that answers and pages show, beside those reasons: titles, notes."""
    notes = {entity.note for entity in ncr.entities() if entity.note}
    return notes | {each for theme in themes() for each in (theme.title, theme.note) if each}


@EACH_OTHER
def test_what_the_editors_wrote_is_there_too(language: str) -> None:
    """Every title of a theme and note, reasons of unanswered questions, and nothing else."""
    translated = {name.removeprefix("said."): text for name, text in strings(language, "authored").items()}
    assert sorted(authored() - set(translated)) == []
    assert sorted(set(translated) - authored() - bank()) == []
    assert [text for english, text in translated.items() if not text.strip() or text == english] == []


@EACH_OTHER
def test_a_reason_that_is_not_translated_is_quoted_as_english(language: str) -> None:
    """Said in the language where it is known there; else the language says that English follows."""
    known = next(iter(bank() & {name.removeprefix("said.") for name in strings(language, "authored")}))
    told = Texts(language).said(reason("noted", note=known))
    assert told == strings(language, "authored")[f"said.{known}"]
    other = Texts(language).said(reason("noted", note="nobody wrote this"))
    assert "nobody wrote this" in other
    assert other != "nobody wrote this"


@EACH_OTHER
def test_what_the_editors_wrote_keeps_citations_and_years(language: str) -> None:
    """Citations and years are the same in every language."""
    exact = re.compile(r"(?:report|article)/[\w/.-]*\w|\b(?:19|20)\d\d\b")
    for name, text in strings(language, "authored").items():
        assert [each for each in exact.findall(name) if each not in text] == [], text


def used() -> str:
    """The code of the package and of the bot."""
    return "".join(path.read_text("utf-8") for folder in (PACKAGE, BOT) for path in folder.rglob("*.py"))


def test_every_text_is_used_and_every_used_text_exists() -> None:
    """The code and the files name the same texts; some names are put together."""
    code = used()
    groups = "|".join(sorted({name.partition(".")[0] for file in FILES for name in strings("en", file)}))
    every = {name for file in FILES for name in strings("en", file)}
    named = set(re.findall(rf"[\"'](({groups})\.\w+)[\"']", code))
    named_here = {name for name, _ in named}
    assert named_here <= every
    made = re.compile(
        r"choice|voice|page|verify|note\.(greeting|thanks|goodbye|acknowledged|mood|who|help|documents)|command\.(about|privacy|help)|error\.|problem\.no_|chat\.help_|reason\."
        r"|record\.(person|place|organisation|agreement|event|rationale|nato_interest|china_interest|proposal|mentions)"
    )
    assert {name for name in every - named_here if not made.match(name)} == set()
    reasons = {name.removeprefix("reason.") for name in every if name.startswith("reason.")}
    assert {name for name in reasons if f'"{name}"' not in code and not name.startswith(("how_", "the_"))} == set()


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"), ("en-GB", "en"), ("fr", "fr"), ("fr-CA", "fr"), ("fr_CA.UTF-8", "fr"), ("de", "de"),
        ("de_AT.UTF-8@euro", "de"), ("zh", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh_SG", "zh-Hans"),
        ("zh-Hans", "zh-Hans"), ("zh-Hans-HK", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh_HK.Big5", "zh-Hant"),
        ("zh-MO", "zh-Hant"), ("zh-Hant", "zh-Hant"), ("ZH-hant-cn", "zh-Hant"), ("ja", None), ("es-419", None),
        ("", None), ("C", None),
    ],
)  # fmt: skip
def test_locales_find_their_language(code: str, language: str | None) -> None:
    """Tags, locales and Discord's codes lead to a language of the catalogue; any other reads English."""
    assert supported(code) == language
    assert Texts(code).language == (language or "en")


def test_a_reason_is_its_english_text() -> None:
    """Compared, hashed, printed, written as JSON and pickled, a reason is a string that keeps its values."""
    said = reason("unknown", names=(Reason("list.name", {"name": "Albania"}), Reason("list.name", {"name": "Peru"})))
    text = "the documents never mention 'Albania' or 'Peru'"
    assert (said, hash(said), str(said), json.dumps([said])) == (text, hash(text), text, json.dumps([text]))
    again = pickle.loads(pickle.dumps(said))  # noqa: S301  # our own
    assert (again, again.key, again.values) == (text, said.key, said.values)
    assert ENGLISH.said(said) == text
    assert Texts("de").said(said) == "die Dokumente erwähnen „Albania“ oder „Peru“ nirgends"
    assert Texts("zh-TW").said(said) == "兩份文件從未提到「Albania」或「Peru」"


REASONED = {
    "unknown": "What does the report say about Albania?",
    "no_year": "In what year did Bisogniero travel to China?",
    "no_number": "How many virtual sessions did CSDR and CIISS hold over the year?",
}


@pytest.mark.parametrize("key", REASONED)
def test_the_reasons_of_answers_are_said_in_every_language(key: str) -> None:
    """Whatever step speaks, its reason reads differently in each language."""
    answer = ncr.ask(REASONED[key], 1)
    assert f"reason.{key}" in {each.key for each in answer.reasons if isinstance(each, Reason)}
    for english in answer.reasons:
        assert len({english, *(Texts(language).said(english) for language in OTHERS)}) == len(LANGUAGES)


@pytest.mark.parametrize("file", ["shown", "notes"])
def test_reasons_and_notes_read_differently_in_each_language(file: str) -> None:
    """Each reason and note of the catalogue, whatever is filled in, but for those that only join others."""
    for name, text in strings("en", file).items():
        if not name.startswith(("reason.", "note.")) or not re.search("[a-z]{3}", re.sub(r"{[^}]*}", "", text)):
            continue
        said = Reason(name, dict.fromkeys(values(text), "7"))
        told = {str(said), *(Texts(language).said(said) for language in ("fr", "de", "zh-Hans"))}
        assert len(told) == 4, name  # some Chinese texts have no letter that the two scripts write otherwise
        assert Texts("zh-Hant").said(said) not in told - {Texts("zh-Hans").said(said)}, name


@EACH_OTHER
def test_quotation_marks_and_spaces_are_the_languages_own(language: str) -> None:
    """French sets no-break spaces, German and Chinese their own quotation marks; no text mixes them."""
    for file in (*FILES, "authored"):
        for name, text in strings(language, file).items():
            own = re.sub(r"`[^`]*`|“[A-Za-z ,?]*”|「[A-Za-z ,?]*」", "", text)  # examples of questions stay as typed
            if language == "fr":
                assert not re.search(r" [:;?!»%]|« ", own), name
            if language == "de":
                assert not re.search(r"[«»]|“[^“„]*”| %", own), name
            if language == "zh-Hant":
                assert not SIMPLIFIED & set(own), name
                assert not set("“”") & set(own), name
            if language.startswith("zh"):
                assert not re.search(r"[\u4e00-\u9fff][,;:?!](?!\d)", own), name


ERRORS: list[ncr.NCRelationsError] = [
    errors.InvalidCitation("x/y"),
    errors.InvalidCitation("report/VI9", ("report/VI", "report/VI.1")),
    *(
        errors.NoSuchPlace(kind, "nothing", ("nato", "china"))
        for kind in ("document", "section", "block", "sentence", "voice", "entity", "excerpt", "citation format",
                     "holder of perceptions")
    ),
    errors.InvalidQuestion(Reason("problem.empty"), Reason("problem.ask_something")),
    errors.InvalidQuestion(Reason("problem.no_file"), Reason("problem.perhaps", {"names": ("/in", "/only")})),
    errors.IndexMismatch("it is old"),
    errors.EncoderUnavailable("m", "it is gone", "pip install m"),
    errors.SourceDamaged("report", "one character is lost"),
]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: f"{type(error).__name__}-{error.args[0]}")
def test_errors_are_said_in_every_language(error: ncr.NCRelationsError) -> None:
    """In English as they are; in the other languages with the same names."""
    assert ENGLISH.problem(error) == str(error)
    told = {Texts(language).problem(error) for language in OTHERS}
    assert len(told | {str(error)}) == len(LANGUAGES)


@EACH_OTHER
def test_a_missing_extra_is_told_in_the_questions_language(language: str) -> None:
    """One line in the language of the question, whatever the texts' own; it says what to run."""
    error = errors.LanguageUnavailable(language, "it is not installed", "pip install it")
    told = {Texts(each).problem(error) for each in LANGUAGES}
    assert len(told) == 1
    assert "`pip install it`" in told.pop()
    unknown = errors.LanguageUnavailable("es", "it is not installed", "pip install it")
    assert ENGLISH.problem(unknown) == str(unknown)


# The width of what is shown -----------------------------------------------------------------------


def test_columns_are_counted_as_rich_counts_them() -> None:
    """Latin, accented, Chinese and punctuated text takes as many columns as rich says."""
    for language in LANGUAGES:
        for file in FILES:
            for text in strings(language, file).values():
                for line in text.split("\n"):
                    assert cells(line) == cell_len(line), line


def test_chinese_wraps_between_characters_but_never_before_closing_punctuation() -> None:
    """Lines are full but for what may not begin or end one; nothing is lost and no space comes in."""
    text = "报告提到「制度性对手、竞争者和伙伴」的共识（见第三节），没有给出年份；AUKUS 由 Washington 签署。" * 3
    for width in range(40, 64):
        lines = plain((para(Run("问题：", Style.TITLE), text),), width).splitlines()
        assert "".join(lines).replace(" ", "") == f"问题：{text}".replace(" ", "")
        assert max(map(cell_len, lines)) <= width
        assert min(map(cell_len, lines[:-1])) > width - 12
        assert not any(line[0] in "，。、；：！？）」" for line in lines)
        assert not any(line[-1] in "（「" for line in lines)


SHOWN = (
    ("ask", "What does the report say about Albania?"),
    ("ask", "Why does China distrust AUKUS?", "--voice", "china"),
    ("ask", "中国为什么不信任奥库斯？AUKUS"),
    ("ask", "How many virtual sessions did CSDR and CIISS hold over the year?"),
    ("compare", "COVID-19"),
    ("timeline",),
    ("milestones",),
    ("recommendations",),
    ("entities", "AUKUS"),
    ("entities",),
    ("toc",),
    ("show", "report/VI.1"),
    ("search", "Huawei"),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", SHOWN, ids=" ".join)
def test_nothing_printed_is_wider_than_the_terminal(
    command: tuple[str, ...], language: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """At 60 columns no line takes more than 60, whatever the language; the quotations stay English."""
    isolate(monkeypatch, tmp_path)
    shown = run(*command, "--width", "60", "--lang", language).stdout
    assert max(map(cell_len, shown.splitlines())) <= 60
    if language.startswith("zh"):
        assert re.search("[\u4e00-\u9fff]", shown)


def test_a_conversation_in_chinese_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Answers, help and messages of `ncr chat` are in the language, and fit."""
    isolate(monkeypatch, tmp_path)
    typed = "maritime security\n/help\n/only china\n/compare Huawei\n/nonsense\n"
    result = run("chat", "--lang", "zh-TW", "--width", "60", input=typed)
    assert max(map(cell_len, result.stdout.splitlines())) <= 60
    assert "文件中有答案" in result.stdout
    assert "只看：中國對北約的看法" in result.stderr
    assert "沒有指令「/nonsense」；/help 列出全部指令" in result.stderr


# Which language -----------------------------------------------------------------------------------


def test_the_flag_goes_before_the_variable_before_the_locale(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """--lang, then NCR_LANG, then the configuration file, then the environment's locale."""
    isolate(monkeypatch, tmp_path)

    def first_word(*options: str) -> str:
        return run("ask", "maritime security", "-k", "1", *options).stdout.partition("maritime")[0]

    assert first_word() == "Question: "
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert first_word() == "Frage: "
    (tmp_path / "config.toml").write_text('lang = "zh-Hans"\n')
    assert first_word() == "问题："
    monkeypatch.setenv("NCR_LANG", "zh-TW")
    assert first_word() == "問題："
    assert first_word("--lang", "fr-CA") == "Question\N{NO-BREAK SPACE}: "
    assert first_word("--lang", "en") == "Question: "


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, None), ({"LANG": "C.UTF-8"}, None), ({"LC_ALL": "POSIX", "LANG": "fr_FR"}, None),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW.UTF-8", "LANG": "fr_FR"}, "zh-Hant"), ({"LANG": "es_ES.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8"}, "en"),
    ],
)  # fmt: skip
def test_the_environments_locale(
    variables: dict[str, str], language: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The first that is set decides; C and POSIX name no language, and a foreign one reads English."""
    isolate(monkeypatch, tmp_path)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert environment_language() == language


def test_an_unknown_language_is_a_usage_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It names those that there are."""
    isolate(monkeypatch, tmp_path)
    result = run("ask", "maritime security", "--lang", "klingon")
    assert result.exit_code == 2
    assert "there is no 'klingon'; there are en, fr, de, zh-Hans, zh-Hant" in result.stderr


def test_errors_and_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Errors are told in the language; data stay as they are."""
    isolate(monkeypatch, tmp_path)
    assert "il n’y a pas de voix « x »" in run("ask", "Taiwan", "--voice", "x", "--lang", "fr").stderr
    question = "What does the report say about Albania?"
    assert run("ask", question, "--json", "--lang", "fr").stdout == run("ask", question, "--json").stdout


def test_the_files_are_tidy() -> None:
    """Each is TOML that names every text once, in tables of one level."""
    for language, file in ((language, file) for language in LANGUAGES for file in FILES):
        data = tomllib.loads((PACKAGE / "texts" / language / f"{file}.toml").read_text("utf-8"))
        assert all(isinstance(text, str) for table in data.values() for text in table.values())
