from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import ncrelations as n
from cli_helpers import isolate, run


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


def test_maritime_security_is_answered_by_section_vi_1() -> None:
    """`ncr ask "maritime security"` shows section VI.1 first, quoted, with voice, page and citation."""
    result = run("ask", "maritime", "security", "-k", "1")
    assert result.exit_code == 0
    assert "Question: maritime security\nIn the documents (confidence" in result.stdout
    assert "1. CSDR-CIISS expert group\n   " in result.stdout
    assert "«" in result.stdout
    assert 'CSDR-CIISS report, section VI.1 "Maritime security"' in result.stdout
    assert "(p. 7 ff.)" in " ".join(result.stdout.split())


def test_json_is_the_answer_s_own_data() -> None:
    """`ncr ask --json` prints what `Answer.to_dict` gives."""
    result = run("ask", "Why does China distrust AUKUS?", "--json", "-k", "2")
    assert json.loads(result.stdout) == n.ask("Why does China distrust AUKUS?", 2).to_dict()


def test_what_is_not_in_the_documents_is_said_not_to_be() -> None:
    """An unanswerable question says so with the reason, labels the nearest passages, and exits with 1."""
    result = run("ask", "What is the population of Albania?")
    assert result.exit_code == 1
    assert "Not in the documents: " in result.stdout
    assert "The nearest passages, which do not answer the question:" in result.stdout


def test_a_question_may_come_from_standard_input() -> None:
    """`ncr ask -` reads the question from standard input, which need not be UTF-8."""
    assert (
        run("ask", "-", "-k", "1", input="maritime security\n").stdout
        == run("ask", "maritime security", "-k", "1").stdout
    )
    assert run("ask", "-", input=b"\xff\xfe\x00").exit_code == 2
    assert run("ask", "-", input="x" * 200_000).exit_code == 2


def test_search_lists_without_judging() -> None:
    """`ncr search` prints excerpts, `--json` one line each, and keeps to the voice asked for."""
    lines = run("search", "Huawei", "--voice", "china", "-k", "3", "--json").stdout.splitlines()
    assert [json.loads(line)["voice"] for line in lines] == ["china"] * 3
    assert "Chinese perception of NATO" in run("search", "Huawei", "--voice", "china").stdout


def test_a_filter_that_matches_nothing_gives_nothing() -> None:
    """`ncr search` with a place that has no such voice prints so and exits with 1."""
    result = run("search", "Huawei", "--voice", "china", "--within", "article")
    assert (result.exit_code, result.stdout) == (1, "Nothing found.\n")


def test_compare_shows_every_voice_and_who_is_silent() -> None:
    """`ncr compare` names all four voices, says who is silent, and labels themes as editorial."""
    shown = run("compare", "Huawei").stdout
    assert all(voice.label in shown for voice in n.Voice)
    assert "says nothing on this topic" in shown
    assert "Editorial theme (the editors' pairing" in " ".join(shown.split())
    assert json.loads(run("compare", "Huawei", "--json").stdout) == n.compare("Huawei").to_dict()


@pytest.mark.parametrize(
    ("typed", "said"), [("hello", "Hello. Ask about the documents"), ("thanks!", "You are welcome.")]
)
def test_small_talk_gets_a_line_of_our_own(typed: str, said: str) -> None:
    """A greeting is neither found nor not found: one line, no passage, no quotation mark."""
    shown = run("ask", typed).stdout
    assert shown.startswith(f"Question: {typed}\n\n{said}")
    assert shown.count("\n") == 3
    assert "«" not in shown


def test_the_library_s_own_words_are_said_in_the_language_of_the_page() -> None:
    """A count stands below the verdict as the library says it; a greeting is returned in French."""
    note = n.ask("where is Huawei mentioned?").note
    assert f")\n{note}\n\n1. " in run("ask", "where is Huawei mentioned?").stdout
    assert "Bonjour" in run("ask", "hello", "--lang", "fr").stdout


def test_the_steps_are_shown_when_asked_for() -> None:
    """`--explain` prints `Answer.explain()` at the end; with --json the steps, which are there only then."""
    question = "Why does China distrust AUKUS?"
    explained, bare = (
        run("ask", question, "--explain", "--width", "0").stdout,
        run("ask", question, "--width", "0").stdout,
    )
    assert explained == f"{bare}\n{n.ask(question).explain()}\n"
    data = json.loads(run("ask", question, "--explain", "--json").stdout)
    assert [f"{step['stage']}: {step['decided']}" for step in data.pop("steps")] == n.ask(question).explain().split(
        "\n"
    )
    assert data == n.ask(question).to_dict() == json.loads(run("ask", question, "--json").stdout)


HOSTILE = [
    "\x1b[31mred\x1b[0m maritime",
    "\x1b]0;title\x07 maritime",
    "\u202eytiruces emitiram",
    "zero\u200bwidth maritime",
    "\x9b31m maritime",
    "lone \udcff maritime",
    "nul \0 maritime",
    "\ufeff\u2066 maritime",
]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("command", ["ask", "search", "compare", "show", "cite", "toc", "entities", "zzz", "--zzz"])
@pytest.mark.parametrize("form", ["--plain", "--json"])
def test_nothing_typed_reaches_the_terminal_raw(text: str, command: str, form: str) -> None:
    """No control, formatting or surrogate character of what was typed is printed by any command."""
    result = run(command, text, form)
    assert result.exit_code in (0, 1, 2)
    assert [c for c in result.output if not c.isprintable() and c != "\n"] == []


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_options_and_filters_are_quoted_safely(text: str) -> None:
    """Hostile names of options, places and voices are refused in printable words."""
    for arguments in (["ask", "x", f"--{text}"], ["ask", "x", "--within", text], ["ask", "x", "--voice", text]):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert [c for c in result.stderr if not c.isprintable() and c != "\n"] == []


@pytest.mark.parametrize("question", ["", "   ", "?!…", "x" * 100_000, "\0", "\udcff"], ids=lambda q: ascii(q[:9]))
@pytest.mark.parametrize("command", ["ask", "search", "compare"])
def test_what_cannot_be_asked_is_refused_in_one_line(question: str, command: str) -> None:
    """Blank, punctuation, endless and unprintable questions give one line on standard error and exit code 2."""
    result = run(command, question)
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.fullmatch(r"ncr: .+; ask .+\n", result.stderr)


def test_a_damaged_index_is_one_line_not_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that does not belong gives what differs, the command that mends it, and exit code 2."""

    def fail(*_: Any) -> None:
        raise n.IndexMismatch("blocks.faiss is missing")

    monkeypatch.setattr("ncrelations.library.Library.ask", fail)
    result = run("ask", "maritime security")
    assert result.stderr == "ncr: the index cannot be used: blocks.faiss is missing; run `ncr index build`\n"
    assert result.exit_code == 2
