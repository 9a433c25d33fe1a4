"""The typography of the minutes (wrapped lines, numbered headings, bullets, a page number) and of the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ncrelations.document.citation import Citation
from ncrelations.document.outline import Outline, SectionFacts, SourceRules, build
from ncrelations.document.reference import Work
from ncrelations.document.tree import Document, Leaf, LeafKind, Span
from ncrelations.document.voice import View

FARMERS = View("farmers", "Farmers of Marrowby")
INNKEEPERS = View("innkeepers", "Innkeepers of Marrowby")
COUNCIL = View("council", "Parish council")
PENHALLOW = View("penhallow", "Ada Penhallow")

FOLDER = Path(__file__).parent
"""Where the texts and the questions written for them lie."""

PAGE = re.compile(r"^Parish of Marrowby, minute book, page \d+$", re.MULTILINE)
"""The page furniture of the minutes."""

_NUMBERED = re.compile(r"(?P<number>\d)\. (?P<heading>[A-Z].*)")
_MINUTES = {"1": "state", "2": "farmers", "3": "innkeepers", "4": "resolved"}
_LETTER = {
    "Where both are mistaken": "mistaken",
    "A proposal of my own": "proposal",
    "What each would gain": "gain",
}
_UNTITLED = {"front": "heading", "opening": "opening", "signature": "signature"}

WORKS = {
    "minutes": Work(
        kind="report",
        name="Minutes of Marrowby",
        title="Minutes of the Meeting of 14 March 1911",
        authors=(("Parish Council of Marrowby", ""),),
        publisher="Parish Council of Marrowby",
        periodical=None,
        date=(1911, 3, 14),
    ),
    "letter": Work(
        kind="article",
        name="Penhallow, Selwick Courier",
        title="To the Editor of the Selwick Courier",
        authors=(("Penhallow", "Ada"),),
        publisher="Selwick Courier",
        periodical="Selwick Courier",
        date=(1911, 4, 2),
    ),
}


def read_minutes(data: bytes) -> Document:
    """The minutes as a tree over their source."""
    source = data.decode("utf-8")
    outline = Outline("minutes")
    outline.enter("front")
    for line in _lines(source):
        _minutes_line(outline, source, line)
    outline.close()
    return build(Document, outline, SourceRules(_Facts(outline, source), _voice, PAGE, _leaf), WORKS["minutes"], data)


def _minutes_line(outline: Outline, source: str, line: Span) -> None:
    text = source[line.start : line.end]
    if PAGE.fullmatch(text):
        outline.add(LeafKind.FURNITURE, line)
    elif heading := _NUMBERED.fullmatch(text):
        outline.enter(_MINUTES[heading["number"]])
        outline.heading(outline.section, line)
    elif text.startswith("* "):
        outline.close()
        outline.other.append(
            Leaf(LeafKind.MARK, Span(line.start, line.start + 1), Citation("minutes", outline.section))
        )
        outline.open("b", Span(line.start + 2, line.end))
    elif outline.is_open and not _new_paragraph(source, line.start):
        outline.extend(line.end)
    else:
        outline.open("p", line)


def _new_paragraph(source: str, start: int) -> bool:
    """Whether a blank line stands before, and not for the sake of a page number in mid-sentence."""
    before = PAGE.sub("", source[:start])
    return before.rstrip(" ").endswith("\n\n") and before.rstrip()[-1] in ".:"


def read_letter(data: bytes) -> Document:
    """The letter as a tree over its source."""
    source = data.decode("utf-8")
    outline = Outline("letter")
    outline.enter("front")
    for line in _lines(source):
        text = source[line.start : line.end]
        if text in _LETTER:
            outline.enter(_LETTER[text])
            outline.heading(outline.section, line)
            continue
        if text.startswith("Sir, "):
            outline.enter("opening")
        elif text.startswith("Ada Penhallow, "):
            outline.enter("signature")
        outline.open("p", line)
    outline.close()
    return build(Document, outline, SourceRules(_Facts(outline, source), _voice, leaf=_leaf), WORKS["letter"], data)


def _lines(source: str) -> Iterator[Span]:
    """The lines that are not blank, without the white space around them."""
    for match in re.finditer(r"\S.*", source):
        yield Span(match.start(), match.start() + len(match[0].rstrip()))


class _Facts:
    """What is known of the sections of a document, by their ids."""

    def __init__(self, outline: Outline, source: str) -> None:
        self._outline, self._source = outline, source

    def __call__(self, id: str) -> SectionFacts:
        span, voice = self._outline.headings.get(id), _voice(Citation(self._outline.document, id))
        if span is None:
            return SectionFacts(voice, description=_UNTITLED[id])
        printed = self._source[span.start : span.end]
        numbered = _NUMBERED.fullmatch(printed)
        if numbered is None:
            return SectionFacts(voice, heading=printed)
        return SectionFacts(voice, numbered["number"], numbered["heading"], page=1 if numbered["number"] == "1" else 2)


def _voice(citation: Citation) -> View:
    """Bullets under a side's heading are that side's; what leads them in is the clerk's."""
    if citation.document == "letter":
        return PENHALLOW
    reported = citation.block is None or citation.block.startswith("b")
    return {"farmers": FARMERS, "innkeepers": INNKEEPERS}.get(citation.section or "", COUNCIL) if reported else COUNCIL


def _leaf(citation: Citation) -> LeafKind:
    return LeafKind.TITLE if citation.section == "front" else LeafKind.TEXT
