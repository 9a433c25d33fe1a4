"""What commands read: ordinary files of bounded size, and values of the environment, refused by their names."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import pytest

from cli_helpers import isolate, run


@pytest.fixture(autouse=True)
def _isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    isolate(monkeypatch, tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "--batch", "FILE"),
        ("eval", "FILE"),
        ("proof", "FILE"),
        ("add", "--password-file", "FILE", "--dry-run"),
        ("serve", "--token-file", "FILE", "--port", "1"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("kind", ["pipe", "folder", "zeros"])
def test_a_command_waits_for_no_file(arguments: tuple[str, ...], kind: str, tmp_path: Path) -> None:
    """A pipe that nobody writes to, a folder, a device without end: whatever a command reads is an ordinary file."""
    place = tmp_path / "given"
    os.mkfifo(place) if kind == "pipe" else place.mkdir()
    path = "/dev/zero" if kind == "zeros" else str(place)
    result = run(*(path if each == "FILE" else each for each in arguments))
    assert result.exit_code == 2
    assert "it is no ordinary file" in result.stderr or "it is a folder" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of this system gives no such file")
def test_what_a_shell_hands_over_is_read() -> None:
    """The pipe of another command, as `<(...)` names it, is a file of lines like any other."""
    ends = os.pipe()
    os.write(ends[1], b"maritime security\n")
    os.close(ends[1])
    result = run("ask", "--batch", f"/dev/fd/{ends[0]}")
    os.close(ends[0])
    assert json.loads(result.stdout)["question"] == "maritime security"


def test_what_is_too_large_is_not_read(tmp_path: Path) -> None:
    """A disk of zeros is refused by its size, as a token and as a document; as lines it has one, which is too long."""
    big = tmp_path / "big.md"
    with big.open("wb") as file:
        file.truncate(10_000_000_000)
    begun = time.monotonic()
    assert "larger than 4,096 bytes" in run("serve", "--token-file", str(big), "--port", "1").stderr
    refused = run("add", str(big), "--dry-run", "--collection", str(tmp_path / "mine"))
    assert "larger than the limit (10,000,000,000 bytes)" in refused.stdout
    assert "longer than 100,000 bytes" in run("ask", "--batch", str(big)).stderr
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "token", [b"\xff\xfe" * 30, b"one token\nand another one" * 2, b"\0" * 40, "ключ".encode() * 9]
)
def test_a_token_is_one_word(token: bytes, tmp_path: Path) -> None:
    """A file of the server's token that holds anything else is refused, by its name and without its words."""
    place = tmp_path / "token.txt"
    place.write_bytes(token)
    result = run("serve", "--token-file", str(place), "--port", "1")
    assert result.exit_code == 2
    assert "token.txt" in result.stderr
    assert "another" not in result.stderr


def test_a_copy_of_a_draft_replaces_nothing_in_silence(tmp_path: Path) -> None:
    """`ncr proof -o` keeps a file that is there, unless it may be replaced; - is standard output, folder/ none."""
    draft, copy = tmp_path / "draft.md", tmp_path / "copy.md"
    draft.write_text("They say “NATO is still a Cold War organisation”.\n", "utf-8")
    copy.write_text("mine")
    refused = run("proof", str(draft), "-o", str(copy))
    assert (refused.exit_code, copy.read_text()) == (2, "mine")
    assert "--force" in refused.stderr
    assert run("proof", str(draft), "-o", str(copy), "--force").exit_code == 1
    assert run("proof", str(draft), "-o", "-").stdout == copy.read_text("utf-8")
    assert "is a folder" in run("proof", str(draft), "-o", f"{tmp_path}/none/").stderr


def test_a_variable_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value from the environment that cannot be is an error that names the variable, in plain words."""
    for name, value, said in (
        ("NCR_K", "abc", "whole number"),
        ("NCR_PAGER", "cat", "'cat' is neither true nor false"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            result = run("ask", "maritime security")
        assert result.exit_code == 2
        assert f"'{name}'" in result.stderr
        assert said in result.stderr
        assert "Recognized" not in result.stderr
