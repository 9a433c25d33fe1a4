# ruff: noqa: INP001  (a script, no package)
"""Record the sessions of this folder: `python docs/terminal/record.py` writes each as text and as pictures.

The pictures are drawn from what `ncr` prints to a terminal of 60 and of 120 columns, dark and light.
"""

from __future__ import annotations

import io
import re
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
        "show": (para("$ ncr show report/VI.1"), *place_page(ncr.resolve("report/VI.1"))),
        "proof": (para("$ ncr proof draft.md"), *proof_page(ncr.proof(DRAFT), "draft.md")),
        "timeline": (para("$ ncr timeline"), *timeline_page(ncr.report.milestones.milestones)),
    }


def picture(page: Page, title: str, columns: int, theme: str) -> str:
    """A page on a terminal, drawn."""
    console = Console(record=True, width=columns, file=io.StringIO(), color_system="standard", force_terminal=True)
    console.print(Text.from_ansi(terminal(page, columns, colour=True)))
    name = f"{title.replace(' ', '-')}-{columns}-{theme}"
    return console.export_svg(title=title, theme=THEMES[theme], unique_id=name, code_format=FORMAT)


def main() -> None:
    """Write every session."""
    for name, page in sessions().items():
        (HERE / f"{name}.txt").write_text(plain(page, 80), "utf-8")
        for columns in (60, 120):
            for theme in THEMES:
                drawing = picture(page, f"ncr {name}", columns, theme)
                (HERE / f"{name}-{columns}-{theme}.svg").write_text(drawing, "utf-8")


if __name__ == "__main__":
    main()
