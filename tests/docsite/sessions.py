"""Runs the code of a page: its blocks in order, as one session, each with the output that it really has.

A `python` block is a session of the interpreter, a `console` block one of the shell with `ncr`, both in one
empty folder. A block with a title is a file there.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from doctest import DocTestParser, Example
from pathlib import Path
from typing import Any

from cli_helpers import run

FENCE = re.compile(r"^```(\w*)(?: title=\"([\w.-]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A block: its language, the name of the file that it shows, and its text."""


def rerun(page: str, folder: Path) -> str:
    """The page with the outputs that its code has now; the working folder must be `folder`."""
    names: dict[str, Any] = {"__name__": "__main__"}

    def replaced(match: re.Match[str]) -> str:
        language, title, text = match.groups()
        if title:
            (folder / title).write_text(text, "utf-8")
        elif language == "python":
            text = _python(text, names)
        elif language == "console":
            text = _console(text)
        return page[match.start() : match.start(3)] + text + "```"

    return FENCE.sub(replaced, page)


def _python(session: str, names: dict[str, Any]) -> str:
    """A session of the interpreter, run again."""
    shown = ""
    for part in DocTestParser().parse(session):
        if isinstance(part, str):
            shown += part
        else:
            shown += _prompted(part) + _printed(part, names)
    return shown


def _prompted(example: Example) -> str:
    first, *more = example.source.splitlines()
    return "\n".join([f">>> {first}", *(f"... {line}".rstrip() for line in more)]) + "\n"


def _printed(example: Example, names: dict[str, Any]) -> str:
    """What the interpreter prints; of an error the last line, which says what was wrong."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        try:
            exec(compile(example.source, "<page>", "single"), names)  # noqa: S102  # the documentation's own code
        except Exception as error:  # noqa: BLE001  # whatever it is, it is shown
            kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
            print(f"Traceback (most recent call last):\n    ...\n{kind}: {error}")
    return re.sub(r"^\n", "<BLANKLINE>\n", out.getvalue(), flags=re.MULTILINE)  # an empty line ends what is printed


def _console(session: str) -> str:
    """A session of the shell, run again in a window of 80 columns."""
    lines = [line for line in session.splitlines() if line.startswith("$ ")]
    return "\n".join(f"{line}\n{_shell(line.removeprefix('$ '))}".rstrip() for line in lines) + "\n"


def _shell(line: str) -> str:
    """What a command prints; `< file` and `> file` are understood."""
    words = shlex.split(line)
    files = {words.pop(at): Path(words.pop(at)) for sign in "<>" if sign in words for at in [words.index(sign)]}
    if words[0] != "ncr":
        raise ValueError(f"a console block runs ncr, not {words[0]}")
    result = run(*words[1:], input=files["<"].read_text("utf-8") if "<" in files else None)
    if ">" not in files:
        return result.output
    files[">"].write_text(result.stdout, "utf-8")
    return result.stderr
