"""The Markdown writer, also for Discord: whatever the words are, they stay words."""

from __future__ import annotations

import re

from ncrelations.document.excerpt import Excerpt
from ncrelations.render.form import VOICES, Page, Para, Run, Style, clean

_SPECIAL = re.compile(r"([\\`*_~|\[\]<>@#])")
_AT_LINE_START = re.compile(r"^(\s*)([-+](?=\s|-)|\d+(?=[.)]\s))")


def escape(text: str) -> str:
    """`text` for Markdown, on one line: no character marks anything up, mentions anyone or starts a list."""
    escaped = _SPECIAL.sub(r"\\\1", clean(text))
    return _AT_LINE_START.sub(lambda m: m[1] + (f"\\{m[2]}" if m[2] in "-+" else f"{m[2]}\\"), escaped)


def markdown(page: Page) -> str:
    """The page as Markdown; the answering sentence is bold."""
    parts: list[str] = []
    for number, each in enumerate(page):
        if number:
            parts.append("\n" if each.tight and each.kind == page[number - 1].kind == "text" else "\n\n")
        parts.append(_written(each))
    return "".join(parts) + "\n"


def _written(paragraph: Para) -> str:
    words = "".join(map(_run, paragraph.runs)).strip()
    if paragraph.kind == "heading":
        return f"## {words.strip('*')}"
    if paragraph.kind == "quote":
        return f"> {words}"
    if paragraph.mark:
        words = f"{escape(paragraph.mark)} {words}" if paragraph.mark != "-" else f"- {words}"
    return f"{words}  " if not paragraph.mark else words


def _run(run: Run) -> str:
    if run.style is Style.CODE:
        words = "`" + clean(run.text).replace("`", "'") + "`"
    else:
        words = escape(run.text)
        words = _wrap(words, "**") if run.style in (Style.ANSWER, Style.TITLE, Style.ALERT) else words
        words = _wrap(words, "*") if run.style in VOICES else words
    return f"[{words}]({run.link})" if run.link else words


def _wrap(words: str, mark: str) -> str:
    """Emphasis must touch the words it holds; white space stays outside."""
    core = words.strip()
    return words.replace(core, f"{mark}{core}{mark}", 1) if core else words


def quoted(excerpt: Excerpt) -> str:
    """An excerpt's text for Markdown: escaped, the answering sentences bold."""
    from ncrelations.render.answer_pages import quotation

    return "".join(map(_run, quotation(excerpt))).strip()
