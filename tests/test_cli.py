from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from cli_helpers import GOLDEN, commands_in, expect, isolate, run, session
from ncrelations import Library
from ncrelations.cli import COMMANDS, ncr

SESSIONS = sorted(GOLDEN.glob("*.txt"))
assert SESSIONS, "no golden sessions found"


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the tests from the settings and the folders of whoever runs them."""
    isolate(monkeypatch, tmp_path)


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_sessions_print_what_the_golden_file_shows(path: Path, request: pytest.FixtureRequest) -> None:
    """Every command of the golden sessions prints, says and returns exactly what the file shows."""
    expect(
        path,
        "\n".join(map(session, commands_in(path.read_text("utf-8")))),
        rewrite=request.config.getoption("--rewrite-golden"),
    )


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it, nested ones included."""
    context = click.Context(ncr)
    for name in COMMANDS:
        command = ncr.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", each) for inner, each in command.commands.items())


EVERY = list(every_command())


@pytest.mark.parametrize(("name", "command"), EVERY, ids=[name for name, _ in EVERY])
def test_help_ends_with_two_examples(name: str, command: click.Command) -> None:
    """The help of every command ends with two examples of that command."""
    result = run(*name.split(), "--help")
    examples = result.stdout.rstrip().splitlines()[-3:]
    assert (result.exit_code, examples[0].strip()) == (0, "Examples:")
    calls = [f"ncr {name}", f"ncr {name.partition(' ')[0]}"][: 1 + isinstance(command, click.Group)]
    assert all(example.strip().startswith(calls[-1]) for example in examples[1:])


@pytest.mark.parametrize(("name", "command"), EVERY, ids=[name for name, _ in EVERY])
def test_the_list_of_commands_has_each_command_s_own_words(name: str, command: click.Command) -> None:
    """`ncr --help` says of each command what the command's own help begins with."""
    if name in COMMANDS:
        assert (command.help or "").splitlines()[0] == COMMANDS[name][1]


SILENT = ("ncr chat", "ncr mcp", "ncr bot", "ncr serve", "ncr serve --port 0 --log")
"""What prints nothing on standard output here."""


def examples() -> list[str]:
    """Every example in every help."""
    helps = [ncr.epilog or "", *(command.epilog or "" for _, command in EVERY)]
    return [line.strip() for text in helps for line in re.findall(r"^  ncr .*$", text, re.MULTILINE)]


@pytest.mark.parametrize("example", examples())
def test_every_example_in_the_help_runs(example: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every example of every help does something, in a folder of its own."""
    stand_in_for_what_is_slow(monkeypatch)
    evidence = {"question": "maritime security", "evidence": [["report/VI.1"]], "expect": "answered"}
    (tmp_path / "questions.jsonl").write_text(json.dumps(evidence))
    (tmp_path / "draft.md").write_text("Nothing is quoted here.")
    command, _, target = example.partition(" > ")
    command, _, source = command.partition(" < ")
    arguments = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)][1:]
    if arguments[0] in ("documents", "move", "remove", "status"):
        assert run("add", "draft.md", "--words-only").exit_code == 0
    result = run(*arguments, input="maritime security" if source else "")
    assert result.exit_code == 1 if example == "ncr chat" else result.exit_code == 0, result.output
    assert result.stdout or "-o " in example or "--svg" in example or example in SILENT
    assert not target or target.endswith(".fish")


def stand_in_for_what_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Building and checking the index, the bot and the server are tried elsewhere."""
    from ncrelations.cli import assistant, bot
    from ncrelations.editions.nato_china.edition import edition
    from ncrelations.retrieval.index import Index

    import_module("ncrelations.models.e5")  # before what it extends is replaced
    manifest = Index.load(edition().corpus).manifest
    monkeypatch.setattr("ncrelations.models.sentence_transformer.SentenceTransformers", lambda name, **_: name)
    monkeypatch.setattr("ncrelations.retrieval.index_build.build", lambda *_: manifest)
    monkeypatch.setattr("ncrelations.retrieval.index_build.check", lambda *_: {"blocks": 1e-7})
    monkeypatch.setattr("ncrelations.retrieval.written_beforehand.build", lambda *_: {"followups": 2, "several": 3})
    monkeypatch.setattr("ncrelations.retrieval.written_beforehand.check", lambda *_: {"followups": 2, "several": 3})
    monkeypatch.setattr("ncrelations.languages.multilingual_index.check", lambda *_: {"blocks": 1e-3})
    monkeypatch.setattr("ncrelations.languages.multilingual_index.build", lambda *_: manifest)
    monkeypatch.setattr(bot, "_is_installed", lambda _: True)
    monkeypatch.setattr(bot, "import_module", lambda _: Runnable())
    monkeypatch.setattr(assistant, "find_spec", lambda name: None if name == "no" else name)
    monkeypatch.setattr("ncrelations.cli.server.server", lambda _: Runnable())
    pytest.importorskip("starlette", reason='pip install "ncrelations[serve]"')
    monkeypatch.setattr("ncrelations.service.http_server.serve", lambda *_: None)
    monkeypatch.setattr("ncrelations.cli.serving._assistants", lambda *_: None)


class Runnable:
    """Runs without doing anything."""

    def main(self, arguments: list[str], library: Library) -> None:
        """As the bot's."""
        assert (arguments, library.corpus.name) == ([], "nato-china")

    def run(self, transport: str) -> None:
        """As the server's."""
        assert transport == "stdio"
