"""What the tests of the command line share: running `ncr`, and golden files that people can read.

A golden file holds sessions:

    $ ncr show report/VI.1/p1/s1 --width 60
    what it prints
    ! what it says on standard error
    [exit 0]

`pytest --rewrite-golden` writes what the commands print now; read the difference before you keep it.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ncrelations.cli import ncr

LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
GOLDEN = Path(__file__).with_name("golden") / "cli"


def run(*arguments: str, input: str | bytes | None = None) -> Result:
    """Run `ncr` in this process. Anything but an exit is raised."""
    result = CliRunner().invoke(ncr, list(arguments), input=input, prog_name="ncr")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def session(command: str) -> str:
    """A command as a golden file shows it."""
    result = run(*shlex.split(command)[1:])
    said = "".join(f"! {line}\n" for line in result.stderr.splitlines())
    return f"$ {command}\n{result.stdout}{said}[exit {result.exit_code}]\n"


def commands_in(text: str) -> list[str]:
    """The commands of a golden file."""
    return re.findall(r"^\$ (ncr .*)$", text, re.MULTILINE)


def expect(path: Path, text: str, *, rewrite: bool) -> None:
    """Compare with a golden file, or write it."""
    if rewrite:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def isolate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep a test from the settings and the folders of whoever runs it."""
    for name in ("NCR_K", "NCR_WIDTH", "NCR_PLAIN", "NCR_LANG", "NCR_READER_URL", "NCR_PAGER", "NCR_HISTORY", *LOCALE):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NCR_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("NCR_COLLECTION", str(tmp_path / "collection"))
    monkeypatch.delenv("NCR_IN", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
