"""A conversation typed on a real terminal, with the keys that people press there."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

import ncrelations
from terminal import NCR, at_terminal


@pytest.fixture(name="environment")
def _environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NCR_", "LC_", "NO_COLOR"))}
    own = {"PYTHONPATH": str(Path(ncrelations.__file__).parents[1]), "NCR_CONFIG": str(tmp_path / "none.toml")}
    return {**kept, **own, "XDG_STATE_HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm-256color", "PAGER": "cat"}


def test_bytes_that_are_not_utf_8_are_a_line(environment: dict[str, str]) -> None:
    """A typed byte that is no text is asked as a character that is not known, and the conversation goes on."""
    typed = (("> ", b"caf\xe9 maritime security\n"), ("> ", b"/history\n"), ("> ", b"\x04"))
    shown = at_terminal([*NCR, "chat", "--no-history"], environment, typed)
    assert "Traceback" not in shown
    assert "maritime security" in shown.split("1. ")[-1]
    assert shown.endswith("[exit 0]")


def test_the_prompt_is_not_in_the_data(environment: dict[str, str], tmp_path: Path) -> None:
    """`ncr chat --json > FILE` from a terminal prompts on the terminal, and the file holds JSON alone."""
    with (tmp_path / "answers.jsonl").open("wb") as file:
        typed = (("> ", b"maritime security\n"), ("> ", b"\x04"))
        shown = at_terminal([*NCR, "chat", "--json", "--no-history"], environment, typed, output=file.fileno())
    (line,) = (tmp_path / "answers.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["question"] == "maritime security"
    assert shown.count("> ") == 2


_SLOW = """
import sys, time
from ncrelations.cli import main
from ncrelations.library import Conversation
answer = Conversation.ask
def slowly(self, question, *more):
    if question.startswith("slow"):
        sys.stderr.write("working\\n")
        time.sleep(30)
    return answer(self, question, *more)
Conversation.ask = slowly
sys.argv = ["ncr", "chat", "--no-history"]
main()
"""


def test_ctrl_c_while_it_answers_drops_the_question(environment: dict[str, str]) -> None:
    """Ctrl-C during an answer brings the prompt back; the next question is answered."""
    typed = (("> ", b"slow\n"), ("working\r\n", b"\x03"), ("> ", b"maritime security\n"), ("> ", b"\x04"))
    shown = at_terminal([sys.executable, "-c", _SLOW], environment, typed)
    assert "report/VI.1/p" in shown
    assert shown.endswith("[exit 0]")
