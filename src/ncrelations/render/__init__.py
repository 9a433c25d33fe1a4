"""Everything the library returns, for a terminal, as plain text, as Markdown, as plain data.

    from ncrelations.render import answer_page, markdown, plain
    print(plain(answer_page(ncr.ask("maritime security")), width=72))

Pure functions: nothing here prints, reads the environment (but for colours) or writes a file.
`rich` is imported by `terminal` alone.
"""

from ncrelations.render.answer_pages import (
    Linker,
    answer_page,
    comparison_page,
    excerpt_page,
    linker,
    nowhere,
    quotation,
    search_page,
)
from ncrelations.render.form import Page, Para, Run, Style, cells, clean, heading, joined, para, voice_run
from ncrelations.render.markdown import escape, markdown, quoted
from ncrelations.render.write import plain, terminal

__all__ = [
    "Linker",
    "Page",
    "Para",
    "Run",
    "Style",
    "answer_page",
    "cells",
    "clean",
    "comparison_page",
    "escape",
    "excerpt_page",
    "heading",
    "joined",
    "linker",
    "markdown",
    "nowhere",
    "para",
    "plain",
    "quotation",
    "quoted",
    "search_page",
    "terminal",
    "voice_run",
]
