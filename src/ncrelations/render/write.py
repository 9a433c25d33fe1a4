"""Writers: a page as plain text, or as styled text for a terminal. Both wrap alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ncrelations.render.form import Page, Para, Run, Style, cells, clean, is_joined

_MARKED = {Style.ANSWER: ("«", "»")}
_COLOURS = {
    Style.ANSWER: "bold",
    Style.TITLE: "bold",
    Style.FAINT: "dim",
    Style.ALERT: "bold red",
    Style.CODE: "dim",
    Style.NATO: "blue",
    Style.CHINA: "red",
    Style.EXPERTS: "green",
    Style.AUTHOR: "magenta",
}
_OF_VOICES = ("blue", "red", "green", "magenta", "cyan", "yellow")
"""The colours of other voices, by their place."""


@dataclass(frozen=True, slots=True)
class _Word:
    """What wrapping never breaks, in its styles."""

    runs: tuple[Run, ...]
    glued: bool = False
    """Whether it follows the word before without a space, as Chinese words do."""

    @property
    def width(self) -> int:
        return sum(cells(run.text) for run in self.runs)


def plain(page: Page, width: int | None = 80) -> str:
    """The page as text: no escape codes, the answering sentence in guillemets.

    Lines hold to `width` columns unless one word is longer; `None` does not wrap.
    """
    lines = ("".join(run.text for run in line) for line in _lines(_marked(page), width))
    return "".join(line.rstrip() + "\n" for line in lines)


def _marked(page: Page) -> Page:
    return tuple(replace(each, runs=tuple(map(_mark, each.runs))) for each in page)


def _mark(run: Run) -> Run:
    before, after = _MARKED.get(run.style, ("", ""))
    return replace(run, text=f"{before}{run.text}{after}")


def terminal(page: Page, width: int, *, colour: bool | None = None, voices: Sequence[str] = ()) -> str:
    """The page for a terminal: bold, colours and links.

    `colour=False` leaves the colours out, `None` asks the environment (NO_COLOR, TERM, COLORTERM). `voices`
    are the names of a library's voices: their order gives those without a colour of their own one.
    """
    from io import StringIO

    from rich.console import Console
    from rich.style import Style as RichStyle
    from rich.text import Text

    file = StringIO()
    console = Console(
        file=file,
        force_terminal=True,
        no_color=None if colour is None else not colour,
        width=width,
        highlight=False,
        legacy_windows=False,
    )
    for line in _lines(page, width):
        text = Text(no_wrap=True, overflow="ignore")
        for run in line:
            style = RichStyle.parse(_colour(run, voices))
            text.append(run.text, style + RichStyle(link=run.link) if run.link else style)
        text.rstrip()
        console.print(text, soft_wrap=True)
    return file.getvalue()


def _colour(run: Run, voices: Sequence[str]) -> str:
    if run.style is not Style.VOICE:
        return _COLOURS.get(run.style, "")
    return _OF_VOICES[voices.index(run.voice) % len(_OF_VOICES)] if run.voice in voices else "bold"


def _lines(page: Page, width: int | None) -> Iterator[tuple[Run, ...]]:
    """The page's lines, blank ones between paragraphs included."""
    for number, each in enumerate(page):
        if number and not each.tight:
            yield ()
        yield from map(_joined, _wrapped(each, width))


def _joined(line: tuple[Run, ...]) -> tuple[Run, ...]:
    """A line with neighbouring runs of one style as one run."""
    runs: list[Run] = []
    for run in line:
        if runs and _alike(runs[-1], run):
            runs[-1] = replace(run, text=runs[-1].text + run.text)
        else:
            runs.append(run)
    return tuple(runs)


def _wrapped(paragraph: Para, width: int | None) -> Iterator[tuple[Run, ...]]:
    indent = " " * paragraph.indent
    mark = clean(paragraph.mark)
    first = f"{indent}{mark} " if mark else indent
    rest = f"{indent}{clean(paragraph.rail)}".ljust(cells(first))
    line: list[Run] = []
    used = 0
    for word in _words(paragraph.runs):
        gap = 0 if word.glued else 1
        if line and width is not None and cells(first) + used + gap + word.width > width:
            yield (Run(first), *line)
            line, used, first = [], 0, rest
        if line and gap:
            line.append(_space(line[-1], word.runs[0]))
            used += 1
        line.extend(word.runs)
        used += word.width
    yield (Run(first), *line)


def _space(before: Run, after: Run) -> Run:
    """The space between two words: in their style and link where they share them."""
    return replace(after, text=" ") if _alike(before, after) else Run(" ")


def _alike(one: Run, other: Run) -> bool:
    return (one.style, one.link, one.voice) == (other.style, other.link, other.voice)


def _words(runs: tuple[Run, ...]) -> Iterator[_Word]:
    """The words of some runs; a word may change its style within."""
    parts: list[Run] = []
    for run in runs:
        for number, piece in enumerate(clean(run.text).split(" ")):
            if number and parts:
                yield from _pieces(parts)
                parts = []
            if piece:
                parts.append(replace(run, text=piece))
    if parts:
        yield from _pieces(parts)


_NEVER_FIRST = frozenset("，。、；：！？）」』】》〉”’…—·,.;:!?)]}%")
_NEVER_LAST = frozenset("（「『【《〈“‘([{")


def _pieces(parts: list[Run]) -> Iterator[_Word]:
    """What stands between two spaces: one word, or in Chinese as many as may stand on lines of their own."""
    text = "".join(part.text for part in parts)
    ends = [at for at in range(1, len(text)) if _may_break(text[at - 1], text[at])]
    if not ends:
        yield _Word(tuple(parts))
        return
    at = 0
    for end in (*ends, len(text)):
        yield _Word(_slice(parts, at, end), glued=at > 0)
        at = end


def _may_break(before: str, after: str) -> bool:
    wide = cells(before) == 2 or cells(after) == 2
    return wide and after not in _NEVER_FIRST and before not in _NEVER_LAST and not is_joined(before, after)


def _slice(parts: list[Run], start: int, end: int) -> tuple[Run, ...]:
    """The characters from `start` to `end` of some runs, in their styles."""
    found, at = [], 0
    for part in parts:
        text = part.text[max(0, start - at) : max(0, end - at)]
        if text:
            found.append(replace(part, text=text))
        at += len(part.text)
    return tuple(found)
