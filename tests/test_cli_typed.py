"""What people type for places, voices, formats and numbers is read as it was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ncrelations as n
from cli_helpers import isolate, run


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


LOOSELY = {
    "report/VI.1/p2–p4": "report/VI.1/p2-p4",
    "report/VI.1/p2-4": "report/VI.1/p2-p4",
    "[report/VI.1/p2]": "report/VI.1/p2",
    "report/VI.1/p2.": "report/VI.1/p2",
    "VI.1": "report/VI.1",
    "report/vi.1": "report/VI.1",
    "iii/B5": "report/III/b5",
    "REPORT": "report",
}


@pytest.mark.parametrize("typed", LOOSELY)
def test_places_are_found_however_they_are_typed(typed: str) -> None:
    """`ncr show` and `ncr cite` take dashes of print, brackets, a full stop, small letters and a section alone."""
    for command in ("show", "cite"):
        meant, found = run(command, LOOSELY[typed]), run(command, typed)
        assert (found.exit_code, found.stdout) == (0, meant.stdout)


@pytest.mark.parametrize("typed", ["iv", "[report/IV]", "Report/IV.", " report/IV "])
def test_within_is_read_as_places_are(typed: str) -> None:
    """`--within` names the same place in each spelling."""
    found = run("search", "Huawei", "--within", typed, "--json")
    assert found.stdout == run("search", "Huawei", "--within", "report/IV", "--json").stdout
    assert json.loads(found.stdout.splitlines()[0])["section"] == "IV"


def test_a_range_cannot_be_searched() -> None:
    """A filter is one place; a range is refused with its section as advice, in the language asked for."""
    result = run("ask", "Huawei", "--within", "report/IV/b1–b3")
    said = "ncr: 'report/IV/b1–b3' is a range; name one place, such as report/IV\n"
    assert (result.exit_code, result.stderr) == (2, said)
    assert "par exemple report/IV" in run("ask", "x", "--within", "report/IV/b1-b3", "--lang", "fr").stderr


@pytest.mark.parametrize("typed", ["NATO", "Nato", " nato", "nato perception of china"])
def test_voices_are_named_in_any_letters(typed: str) -> None:
    """`--voice` takes a voice's name and its name in words, letter case aside."""
    assert run("search", "China", "--voice", typed, "--json").stdout == (
        run("search", "China", "--voice", "nato", "--json").stdout
    )


def test_holders_are_named_in_any_letters() -> None:
    """`ncr perceptions NATO` is `ncr perceptions nato`."""
    assert run("perceptions", "NATO").stdout == run("perceptions", "nato").stdout != ""


def test_formats_are_named_in_any_letters() -> None:
    """`--format BibTeX` is `--format bibtex`, and of exports the same."""
    assert run("cite", "report", "--format", "BibTeX").stdout == n.report.cite("bibtex") + "\n"
    assert run("export", "--format", "CSV").stdout == run("export", "--format", "csv").stdout != ""


@pytest.mark.parametrize("option", ["--within", "--voice"])
@pytest.mark.parametrize("command", ["ask", "search", "chat"])
def test_an_empty_filter_is_an_error_in_words(command: str, option: str) -> None:
    """What an unset shell variable gives is refused, not taken for no filter."""
    for empty in ("", "  "):
        result = run(command, option, empty)
        assert (result.exit_code, result.stdout, "it is empty" in result.stderr) == (2, "", True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "x", "-k", "abc"), "'abc' is not a whole number"),
        (("ask", "x", "-k", "2.5"), "'2.5' is not a whole number"),
        (("ask", "x", "-k", "0"), "0 is too few; at least 1"),
        (("show", "report", "--context", "-1"), "-1 is too few; at least 0"),
        (("show", "report", "--width", "wide"), "'wide' is not a whole number"),
        (("compare", "x", "-k", ""), "'' is not a whole number"),
    ],
)
def test_numbers_are_refused_in_plain_words(arguments: tuple[str, ...], said: str) -> None:
    """A number that is none, or too small, is named with what would do."""
    result = run(*arguments)
    assert (result.exit_code, said in result.stderr, "integer" in result.stderr) == (2, True, False)


def test_help_is_a_word_too() -> None:
    """`ncr help` and `ncr help COMMAND` show the help, of commands in commands too."""
    assert run("help").stdout == run("--help").stdout
    assert run("help", "index", "build").stdout == run("index", "build", "--help").stdout
    assert "did you mean 'ncr show'" in run("help", "shwo").stderr
