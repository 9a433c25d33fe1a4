"""The typography of the article: plain text, one line a paragraph, three unnumbered headings, closing notes."""

from __future__ import annotations

from ncrelations.document.outline import Outline
from ncrelations.editions.nato_china.report_source import lines

_HEADINGS = {
    "A Few Points of Reality Check": "reality-check",
    "Towards a More Sustainable Modus Vivendi": "modus-vivendi",
    "Why Both NATO and China Can Benefit": "benefits",
}
_AUTHOR_LINE = "Ph.D. candidate, "
_NOTES = "Please note:"


def scan_article(source: str) -> Outline:
    """The outline of the article."""
    outline = Outline("article")
    outline.enter("front")
    for line in lines(source):
        title = line.text.strip()
        if not title:
            continue
        if title in _HEADINGS:
            outline.enter(_HEADINGS[title])
            outline.heading(outline.section, line.content)
            continue
        if title.startswith(_NOTES):
            outline.enter("notes")
        outline.open("p", line.content)
        if _AUTHOR_LINE in title:
            outline.enter("intro")
    outline.close()
    return outline
