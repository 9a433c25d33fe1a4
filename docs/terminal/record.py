# ruff: noqa: INP001  (a script, no package)
"""Record the sessions of this folder: `python docs/terminal/record.py [NAME...]` draws them, answers as text, too.

The pictures are drawn from what `ncr` prints to a terminal of 60 and of 120 columns, dark and light. What answers is
taken from its pages; what lists and reports is run, in a folder of its own.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME, SVG_EXPORT_THEME
from rich.text import Text

import ncrelations as ncr
from ncrelations.render import Page, answer_page, comparison_page, joined, para, plain, terminal
from ncrelations.render.places import place_page
from ncrelations.render.proof_pages import proof_page
from ncrelations.render.record_pages import timeline_page

HERE = Path(__file__).parent
sys.path.append(str(HERE.parents[1] / "tests"))

from terminal import NCR, at_terminal  # noqa: E402  # the tests' own terminal

FORMAT = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
"""Rich's drawing without the font that it would load from elsewhere; the viewer's own monospace does."""

THEMES = {"dark": SVG_EXPORT_THEME, "light": DEFAULT_TERMINAL_THEME}


DRAFT = """\
NATO experts write that "NATO is still a Cold War organisation" (report/IV/b1), and Brian Wong adds that "nobody in
the room slept well".
"""


def sessions() -> dict[str, Page]:
    """What is recorded, by name: the command, then what it prints."""
    chat = ncr.Chat()
    talk = ["Why does maritime security matter to China?", "and NATO?"]
    return {
        "ask": (para('$ ncr ask "maritime security" -k 2'), *answer_page(ncr.ask("maritime security", 2))),
        "chat": joined((para(f"> {question}"), *answer_page(chat.ask(question, 1))) for question in talk),
        "compare": (para("$ ncr compare Huawei -k 1"), *comparison_page(ncr.compare("Huawei", 1))),
        "refused": (
            para('$ ncr ask "When did Albania join NATO?" -k 1'),
            *answer_page(ncr.ask("When did Albania join NATO?", 1)),
        ),
        "show": (para("$ ncr show report/VI.1"), *place_page(ncr.places("report/VI.1")[0])),
        "proof": (para("$ ncr proof draft.md"), *proof_page(ncr.proof(DRAFT), "draft.md")),
        "timeline": (para("$ ncr timeline"), *timeline_page(ncr.report.milestones.milestones)),
    }


COMMANDS = {
    "documents": "ncr documents", "status": "ncr status", "doctor": "ncr doctor", "help": "ncr --help",
}  # fmt: skip
"""What is run, by name."""

PAPERS = {
    "harbour.md": "# Harbour plan\n\nThe harbour of Marrowby is to be dredged to twelve metres.\n",
    "harbour-council-minutes-1903.md": "# Minutes of the council on the dredging of the harbour and on whatever else "
    "came up before the winter\n\n1. The council pays half of it.\n2. The shipowners pay the other half.\n",
    "mill.md": "# Windmill\n\nIts sails were lost in the storm of 1903.\n",
    "map.pdf": "%PDF-1.7, and then nothing",
    "collection.toml": '[[document]]\nfile = "harbour.md"\nissuer = "The council"\ndate = "1903-11-02"\n',
}
"""The documents that are listed."""


@contextlib.contextmanager
def collected() -> Iterator[dict[str, str]]:
    """A terminal's environment, in a folder with documents that were added."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    place = {**kept, "LANG": "C.UTF-8", "TERM": "xterm-256color", "NCR_CONFIG": "config.toml", "NCR_PAGER": "0",
             "NCR_COLLECTION": "./papers", "PYTHONPATH": str(Path(ncr.__file__).parents[1])}  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        Path("files").mkdir()
        for name, text in PAPERS.items():
            Path("files", name).write_text(text, "utf-8")
        at_terminal([*NCR, "add", "files", "--wait"], place)
        yield place


def printed(command: str, place: dict[str, str], columns: int) -> str:
    """A command and what it prints on a terminal of so many columns."""
    shown = at_terminal([*NCR, *shlex.split(command)[1:]], place, columns=columns)
    return f"$ {command}\n" + shown.replace("\r", "").rpartition("[exit")[0]


def picture(shown: str, title: str, columns: int, theme: str) -> str:
    """What a terminal shows, drawn."""
    console = Console(record=True, width=columns, file=io.StringIO(), color_system="standard", force_terminal=True)
    console.print(Text.from_ansi(shown))
    name = f"{title.replace(' ', '-')}-{columns}-{theme}"
    return console.export_svg(title=title, theme=THEMES[theme], unique_id=name, code_format=FORMAT)


def draw(name: str, shown: Callable[[int], str]) -> None:
    """Write the pictures of what a terminal of so many columns shows."""
    for columns in (60, 120):
        for theme in THEMES:
            drawing = picture(shown(columns), f"ncr {name}", columns, theme)
            (HERE / f"{name}-{columns}-{theme}.svg").write_text(drawing, "utf-8")


def main(*names: str) -> None:
    """Write what has one of the names; by default everything."""
    for name, page in sessions().items():
        if not names or name in names:
            (HERE / f"{name}.txt").write_text(plain(page, 80), "utf-8")
            draw(name, partial(terminal, page, colour=True))
    with collected() as place:
        for name, command in COMMANDS.items():
            if not names or name in names:
                draw(name, partial(printed, command, place))


if __name__ == "__main__":
    main(*sys.argv[1:])
