from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli_helpers import isolate, run


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


def chat(*lines: str) -> tuple[str, str]:
    """What `ncr chat --plain` prints and says for some lines."""
    result = run("chat", "--plain", "--width", "0", input="\n".join(lines))
    return result.stdout, result.stderr


def test_a_follow_up_is_understood() -> None:
    """A follow-up is answered in the light of the question before, and shown as it was understood."""
    shown, said = chat("Why does China distrust AUKUS?", "and what about NATO?")
    assert shown.count("Question: ") == 2
    assert "Understood as: " in shown
    assert said == ""


def test_answers_are_json_lines() -> None:
    """`ncr chat --json` prints one answer a line and nothing else."""
    lines = run("chat", "--json", input="maritime security\n\nwhy?\n/help\n").stdout.splitlines()
    assert [json.loads(line)["question"] for line in lines] == ["maritime security", "why?"]


def test_only_and_in_filter_until_lifted() -> None:
    """`/only` and `/in` hold for the questions after them, and end when given alone."""
    shown, said = chat("/only china", "/in report/IV", "Huawei", "/only", "/in", "maritime security")
    filtered, free = shown.split("Question: ")[1:]
    assert "NATO perception of China" not in filtered
    assert "report/III" not in filtered
    assert "CSDR-CIISS expert group" in free
    assert said.splitlines() == [
        "only Chinese perception of NATO",
        "only in report/IV",
        "every voice",
        "in both documents",
    ]


def test_show_and_cite_take_the_numbers_of_the_last_answer() -> None:
    """`/show 1` shows the whole first block, `/cite 1 bibtex` cites it; both take citations too."""
    shown, _ = chat("maritime security", "/show 1", "/cite 1 bibtex", "/show report/III/b1", "/cite report/VI")
    assert "@misc{ncr-report," in shown
    assert "China is an authoritarian state" in shown
    assert "[report/VI]" in shown


def test_compare_takes_a_topic_or_the_last_question() -> None:
    """`/compare` puts the voices side by side, for its topic or for the last question."""
    shown, _ = chat("Huawei", "/compare", "/compare AUKUS")
    assert [line for line in shown.splitlines() if line.startswith("Topic: ")] == ["Topic: Huawei", "Topic: AUKUS"]


def test_save_writes_the_conversation(tmp_path: Path) -> None:
    """`/save FILE` writes what was shown as Markdown."""
    _, said = chat("maritime security", "/compare Huawei", "/save talk.md")
    saved = (tmp_path / "talk.md").read_text("utf-8")
    assert said == "saved to talk.md\n"
    assert "**Question: **" not in saved
    assert "maritime security" in saved
    assert "Huawei" in saved


def test_history_reset_help_and_quit() -> None:
    """`/history` lists the questions, `/reset` forgets, `/help` lists the commands, `/quit` leaves."""
    shown, said = chat("maritime security", "/history", "/reset", "/show 1", "/help", "/quit", "never asked")
    assert said.splitlines()[:2] == ["1. maritime security", "a new conversation"]
    assert "there is no excerpt '1'" in said
    assert "/compare TOPIC" in shown
    assert "never asked" not in shown


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("/histroy", "did you mean /history?"),
        ("/\x1b[31m", "/help lists them all"),
        ("/only chnia", "did you mean china?"),
        ("/in nowhere", "is no"),
        ("/show 9", "there is no excerpt '9'"),
        ("/show " + "9" * 5000, "there is no excerpt"),
        ("/cite report latecks", "there is no citation format 'latecks'"),
        ("/save", "type /save talk.md"),
        ("/save /no/such/folder/file", "No such file"),
        ("/compare", "the question is empty"),
        ("?!", "the question has no words"),
        ("x" * 5000, "the question has 5,00"),
    ],
)
def test_a_bad_line_is_one_message_and_the_conversation_goes_on(line: str, message: str) -> None:
    """What cannot be done is said in one printable line; the next question is answered."""
    shown, said = chat(line, "maritime security")
    assert message in said
    assert said.rstrip("\n").isprintable()
    assert "Question: maritime security" in shown


def test_the_exit_code_says_whether_anything_was_found() -> None:
    """A piped conversation exits with 1 if nothing was found in it."""
    assert run("chat", input="maritime security").exit_code == 0
    assert run("chat", input="What is the population of Albania?").exit_code == 1


def test_bare_words_are_commands_as_elsewhere() -> None:
    """`help` lists the commands, `exit` and `quit` leave, alone and in any letters; in a question they are words."""
    shown, _ = chat("Help", "EXIT", "never asked")
    assert "/compare TOPIC" in shown
    assert "never asked" not in shown
    assert "never asked" not in chat("quit", "never asked")[0]
    assert "Question: exit of the UK" in chat("exit of the UK")[0]


@pytest.mark.parametrize("typed", ["VI", "[report/VI]", "report/vi.", "iv"])
def test_places_are_typed_loosely(typed: str) -> None:
    """`/in`, `/show` and `/cite` find the place however it is typed."""
    place = "IV" if typed == "iv" else "VI"
    _, said = chat(f"/in {typed}")
    assert said == f"only in report/{place}\n"
    assert chat(f"/show {typed}")[0] == chat(f"/show report/{place}")[0] != ""
    assert chat(f"/cite {typed} BibTeX")[0] == chat(f"/cite report/{place} bibtex")[0] != ""


def test_ranges_are_shown_and_cited() -> None:
    """`/show` takes a range as `ncr show` does; `/only NATO` the voice in any letters."""
    shown, said = chat("/show report/VI.1/p2–p3", "/only NATO")
    assert shown.count("CSDR-CIISS expert group") == 2
    assert said == "only NATO perception of China\n"


@pytest.mark.parametrize("number", ["0000001", "1", "01"])
def test_numbers_may_begin_with_noughts(number: str) -> None:
    """`/show 0000001` is the first excerpt."""
    assert chat("maritime security", f"/show {number}")[0] == chat("maritime security", "/show 1")[0]


@pytest.mark.parametrize("number", ["0000010", "000", "0", "9" * 30])
def test_numbers_of_no_excerpt_are_refused(number: str) -> None:
    """A number that no excerpt has is one message, however many digits it has."""
    assert "there is no excerpt" in chat("maritime security", f"/show {number}")[1]


def test_options_filter_from_the_start() -> None:
    """`-k`, `--voice` and `--within` hold from the first question."""
    options = ("-k", "2", "--voice", "China", "--within", "iv")
    (line,) = run("chat", "--json", *options, input="Huawei\n").stdout.splitlines()
    found = json.loads(line)["excerpts"]
    assert 1 <= len(found) <= 2
    assert {(each["voice"], each["section"]) for each in found} == {("china", "IV")}
    assert run("chat", "--within", "nowhere", input="Huawei").exit_code == 2


def test_steps_are_explained() -> None:
    """`/explain` says how the last answer came about, `--explain` of every one; before the first there is none."""
    shown, said = chat("/explain", "maritime security", "/explain")
    assert said == "no questions yet\n"
    assert "\nreading: " in f"\n{shown}"
    first = json.loads(run("chat", "--json", "--explain", input="maritime security\n").stdout)
    plain, asked = map(json.loads, run("chat", "--json", input="maritime security\n/explain\n").stdout.splitlines())
    assert ("steps" in plain, first["steps"]) == (False, asked["steps"])


def test_small_talk_is_a_line() -> None:
    """Thanks get a line of the library's own, no verdict and no passages."""
    assert chat("maritime security", "thanks")[0].endswith("\nQuestion: thanks\n\nYou are welcome.\n")


def test_save_replaces_only_what_this_conversation_wrote(tmp_path: Path) -> None:
    """`/save` again is fine; another's file is kept until `/save!`."""
    (tmp_path / "kept.md").write_text("old")
    _, said = chat("maritime security", "/save kept.md", "/save talk.md", "/save talk.md")
    refused = "ncr: kept.md exists; type /save! kept.md to replace it"
    assert said.splitlines() == [refused, "saved to talk.md", "saved to talk.md"]
    assert (tmp_path / "kept.md").read_text() == "old"
    assert chat("maritime security", "/save! kept.md")[1] == "saved to kept.md\n"
    assert "maritime security" in (tmp_path / "kept.md").read_text("utf-8")


@pytest.mark.parametrize(("line", "message"), [
    ("/save ~nosuchuser/x", "No such file or directory"),
    ("/save a\0b", "/save needs the name of a file"),
    ("/save no/such/x", "ncr: no/such/x: No such file or directory"),
    ("/in report/IV/b1-b3", "is a range; name one place, such as report/IV"),
])  # fmt: skip
def test_what_names_no_file_or_place_is_one_message(line: str, message: str) -> None:
    """Unknown homes, unprintable names and ranges are said in one line, and the conversation goes on."""
    shown, said = chat(line, "maritime security")
    assert message in said
    assert said.count("\n") == 1
    assert "Errno" not in said
    assert "Question: maritime security" in shown
