"""The milestones as a drawing: one small SVG without script, font file or outside reference."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

from ncrelations.editions.nato_china.records import Event, Milestone
from ncrelations.render.form import clean
from ncrelations.texts import ENGLISH, Texts

_WIDTH, _LEFT, _LINE, _TOP = 760, 40, 18, 84
_COLUMNS = 88

_STYLE = """
text { font: 14px system-ui, sans-serif; fill: #1b1f24; }
.title { font-size: 18px; font-weight: 600; }
.date { font-weight: 600; }
.undated { font-style: italic; fill: #57606a; }
.cite { font-size: 12px; fill: #57606a; }
.line { stroke: #57606a; stroke-width: 2; }
.dot { stroke: #0b5cad; stroke-width: 2; fill: #0b5cad; }
.open { fill: #ffffff; }
.ground { fill: #ffffff; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .undated, .cite { fill: #9da7b3; }
  .ground, .open { fill: #0d1117; } .line { stroke: #9da7b3; } .dot { stroke: #6cb6ff; }
  .dot:not(.open) { fill: #6cb6ff; }
}
""".strip()


def timeline_svg(records: Sequence[Milestone], texts: Texts = ENGLISH) -> str:
    """The events of the milestones down a line, in the source's order; a filled dot is dated in the text."""
    drawn, y = [], _TOP
    for number, record in enumerate(records, 1):
        for event in record.events:
            stop, height = _stop(event, number, y, texts)
            drawn.append(stop)
            y += height
    height = y + 10
    title, note = texts("record.timeline"), texts("record.drawing_note")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE}</style>",
            f'<rect class="ground" width="{_WIDTH}" height="{height}"/>',
            _text(_LEFT - 8, 30, title, "title"),
            _text(_LEFT - 8, 52, note, "cite"),
            f'<line class="line" x1="{_LEFT}" y1="{_TOP - 12}" x2="{_LEFT}" y2="{y - 24}"/>',
            *drawn,
            "</svg>\n",
        ]
    )


def _stop(event: Event, number: int, y: int, texts: Texts) -> tuple[str, int]:
    """One event of the milestone of that number, drawn, and the height it takes."""
    label = event.date.text if event.date else texts("record.undated")
    place = f"{texts('list.comma')}{event.place.text}" if event.place else ""
    lines = textwrap.wrap(clean(event.text), _COLUMNS)
    words = [_text(_LEFT + 22, y + _LINE * (line + 1), text, "") for line, text in enumerate(lines)]
    cited = str(event.sentence.citation)
    if event.dated_elsewhere:
        there = event.dated_elsewhere
        cited += f"; {texts('record.dated_elsewhere', date=there.text)}{there.sentence.citation}"
    parts = [
        f'<circle class="dot{"" if event.date else " open"}" cx="{_LEFT}" cy="{y - 5}" r="6"/>',
        _text(_LEFT + 22, y, f"{number}. {label}{place}", "date" if event.date else "undated"),
        *words,
        _text(_LEFT + 22, y + _LINE * (len(lines) + 1), cited, "cite"),
    ]
    return "\n".join(parts), _LINE * (len(lines) + 1) + 26


def _text(x: int, y: int, text: str, kind: str) -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{named}>{escape(clean(text))}</text>'
