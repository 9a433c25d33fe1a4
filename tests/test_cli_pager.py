"""Long output in the real pager, on a real terminal."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import ncrelations
from terminal import NCR, at_terminal

pytestmark = pytest.mark.skipif(shutil.which("less") is None, reason="less is not installed")

PROMPT = r"(?::|\(END\))"
ESCAPE_AS_TEXT = "\x1b[7mESC"
"""What `less` shows where it was not told that escape codes are styles."""


@pytest.fixture(name="environment")
def _environment(tmp_path: Path) -> dict[str, str]:
    left_out = ("NCR_", "LC_", "NO_COLOR", "FORCE_COLOR", "LESS", "PAGER")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    own = {"PYTHONPATH": str(Path(ncrelations.__file__).parents[1]), "NCR_CONFIG": str(tmp_path / "none.toml")}
    return {**kept, **own, "LANG": "C.UTF-8", "TERM": "xterm-256color"}


@pytest.mark.parametrize(
    "settings",
    [{}, {"LESS": ""}, {"LESS": "-S"}, {"PAGER": "less"}, {"PAGER": "less -i", "LESS": "i"}],
    ids=str,
)
def test_less_shows_styles_however_it_is_set(environment: dict[str, str], settings: dict[str, str]) -> None:
    """Bold and colours are styles in `less`, whether or not LESS and PAGER say so."""
    shown = at_terminal([*NCR, "show", "report/VI.1"], {**environment, **settings}, ((PROMPT, b"q"),))
    assert "\x1b[1mVI.1 Maritime security" in shown
    assert ESCAPE_AS_TEXT not in shown
    assert shown.endswith("[exit 0]")


def test_the_test_sees_raw_escapes(environment: dict[str, str]) -> None:
    """`less` without -R prints escape codes as text: what the tests here look for does occur."""
    command = ["sh", "-c", "{ printf '\\033[1mbold\\033[0m\\n'; seq 50; } | less"]
    assert ESCAPE_AS_TEXT in at_terminal(command, environment, ((PROMPT, b"q"),))


@pytest.mark.parametrize("command", [["ask", "maritime security"], ["search", "Huawei"], ["compare", "Huawei"]])
def test_answers_begin_at_the_top(environment: dict[str, str], command: list[str]) -> None:
    """An answer longer than the terminal is paged: its beginning is in sight, and `q` leaves with its exit code."""
    shown = at_terminal([*NCR, *command], environment, ((PROMPT, b"q"),), lines=12)
    assert len(shown.splitlines()) <= 14
    assert shown.endswith("[exit 0]")


def test_a_conversation_is_paged_like_the_rest(environment: dict[str, str]) -> None:
    """A long answer in `ncr chat` begins at the top; after `q` the next line can be typed, a short one is printed."""
    typed = (
        ("> ", b"maritime security\n"),
        (PROMPT, b"q"),
        ("> ", b"/cite 1\n"),
        ("> ", b"/quit\n"),
    )
    shown = at_terminal([*NCR, "chat", "--no-history"], environment, typed, lines=12)
    assert shown.count("maritime security") <= 4
    assert "[report/VI.1/p" in shown
    assert shown.endswith("[exit 0]")


def test_ctrl_c_is_the_pager_s(environment: dict[str, str]) -> None:
    """Ctrl-C in the pager stops neither it nor the rest of the text."""
    typed = ((PROMPT, b"\x03"), (PROMPT, b"G"), (PROMPT, b"q"))
    shown = at_terminal([*NCR, "show", "report"], environment, typed)
    assert "report/MS" in shown or "m11" in shown
    assert shown.endswith("[exit 0]")


def test_a_pager_that_knows_no_styles_gets_none(environment: dict[str, str], tmp_path: Path) -> None:
    """An unknown pager is given plain text, guillemets and all."""
    keeping = {**environment, "PAGER": f"tee {tmp_path}/paged"}
    at_terminal([*NCR, "ask", "maritime security"], keeping)
    text = (tmp_path / "paged").read_text("utf-8")
    assert "«" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("pager", ["", "no-such-pager", "less 'unclosed"])
def test_without_a_pager_it_is_printed(environment: dict[str, str], pager: str) -> None:
    """An empty, missing or misspelt PAGER prints everything."""
    shown = at_terminal([*NCR, "show", "report/VI.1"], {**environment, "PAGER": pager})
    assert shown.count("p4") >= 1
    assert shown.endswith("[exit 0]")


def test_force_color_styles_a_pipe_and_never_pages(environment: dict[str, str]) -> None:
    """FORCE_COLOR asks for styles where there is no terminal; 0 does not, and --plain and --json win."""

    def printed(force: str, *more: str) -> str:
        command = [*NCR, "show", "report/VI.1", *more]
        forced = {**environment, "FORCE_COLOR": force, "PAGER": "false"}
        return subprocess.run(command, env=forced, capture_output=True, text=True, check=True).stdout

    assert "\x1b[1mVI.1 Maritime security" in printed("1")
    assert "\x1b[32m" in printed("1")
    for plain in (printed("0"), printed(""), printed("1", "--plain"), printed("1", "--json")):
        assert "\x1b" not in plain
