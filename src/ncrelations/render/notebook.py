"""Cards in notebooks: `%load_ext ncrelations.render.notebook` shows the library's values as the command line does.

The values know nothing of it: the notebook is told how to show their types.
"""

from __future__ import annotations

from html import escape
from typing import Protocol, get_args

from ncrelations.render.form import Para, Run, Style, clean
from ncrelations.render.values import Value, page_of

_STYLE = """
.ncr { max-width: 46rem; font: 14px/1.5 system-ui, sans-serif; }
.ncr p { margin: 0; } .ncr p.apart { margin-top: .8rem; } .ncr p.heading { font-weight: 600; }
.ncr p.quote { font-family: Georgia, serif; font-size: 15px; } .ncr .faint, .ncr code { opacity: .75; }
.ncr code { background: none; padding: 0; } .ncr .answer { background: rgba(255, 205, 60, .3); }
.ncr .nato, .ncr .china, .ncr .experts, .ncr .author, .ncr .voice { font-weight: 600; border-left: .3rem solid;
  padding-left: .4rem; }
.ncr .nato { border-color: #2f6fd0; } .ncr .china { border-color: #d0342c; } .ncr .experts { border-color: #2c8a4b; }
.ncr .author { border-color: #8e44ad; } .ncr .voice { border-color: #777; } .ncr .alert { font-weight: 600; }
.ncr .title { font-weight: 600; }
""".strip().replace("\n", " ")


class _Formatter(Protocol):
    """What turns values into HTML in a notebook."""

    def for_type(self, kind: type, show: object) -> object:
        """Show values of a type by a function."""


class _Formatters(Protocol):
    @property
    def formatters(self) -> dict[str, _Formatter]:
        """By kind of content."""


class Notebook(Protocol):
    """What IPython hands to its extensions."""

    @property
    def display_formatter(self) -> _Formatters:
        """How it shows values."""


def load_ipython_extension(notebook: Notebook) -> None:
    """Tell a notebook how to show the library's values; called by `%load_ext`."""
    formatter = notebook.display_formatter.formatters["text/html"]
    for kind in get_args(Value):
        formatter.for_type(kind, card)


def card(value: Value) -> str:
    """A value as HTML that stands alone: no script, nothing loaded, every character of a source as text."""
    return f'<div class="ncr"><style>{_STYLE}</style>{"".join(map(_written, page_of(value)))}</div>'


def _written(paragraph: Para) -> str:
    apart = "" if paragraph.tight else " apart"
    indent = f' style="margin-left: {paragraph.indent / 2}rem"' if paragraph.indent else ""
    mark = f"{escape(clean(paragraph.mark.strip()))} " if paragraph.mark.strip() not in ("", "-") else ""
    return f'<p class="{paragraph.kind}{apart}"{indent}>{mark}{"".join(map(_run, paragraph.runs))}</p>'


def _run(run: Run) -> str:
    words = escape(clean(run.text))
    if run.style is Style.CODE:
        words = f"<code>{words}</code>"
    elif run.style is not Style.PLAIN:
        words = f'<span class="{run.style.value}">{words}</span>'
    return words
