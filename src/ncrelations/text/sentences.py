"""Reading text from a source: joining its lines, and cutting it into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINE_END_DASH = re.compile(r"[-–—](?<=\S.)([^\S\n]*\n\s*)")
"""A dash after a word at a line's end, with the white space after it; it begins with what is found quickly."""

_ABBREVIATION = re.compile(
    r"""(?:^|[\s(“‘"\[/–—-])(?:(?:[A-Z]\.)+|Ph\.D\.|(?:Gen|Lt|Col|Adm|Maj|Dr|Mr|Mrs|Ms|Prof|St|No|vs|cf|pp?|Inc|Ltd|Jr|Sr
    |Sen|Rep|Gov|Hon|Messrs|Mmes|Amb|Corp|v|Cir|Supp|Pub|Stat)\.|e\.g\.|i\.e\.)$""",
    re.VERBOSE,
)
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:paras?|[Aa]rts?|[Ss]ects?|secs?|[Cc]haps?|[Ff]igs?|[Vv]ols?|nos?|Add|Corr|Rev)\.$"
)
_LONGEST_ABBREVIATION = 24
_BOUNDARY = re.compile(r"[.!?؟۔][”’\")\]»]*(\s+)(?=[“‘\"(\[«„¿¡]?([^\W_]))")


def fold(raw: str, furniture: re.Pattern[str] | None = None) -> str:
    """Clean reading text of a slice of a source.

    Page furniture goes; a line that ends in a hyphen or dash joins the next without a space; any other
    run of white space, NBSP included, becomes one space.
    """
    if furniture is not None:
        raw = furniture.sub("", raw)
    return " ".join(_LINE_END_DASH.sub(lambda match: match[0][0], raw).split())


def line_end_dashes(raw: str) -> Iterator[tuple[int, int]]:
    """Where white space after a hyphen or dash at a line's end joins nothing: half-open ranges of `raw`."""
    for match in _LINE_END_DASH.finditer(raw):
        yield match.span(1)


def split_sentences(raw: str, furniture: re.Pattern[str] | None = None) -> list[tuple[int, int]]:
    """Half-open ranges of the sentences in a slice of a source, first to last, white space between them left out.

    A sentence ends at ".", "!" or "?" with its closing quotes and brackets, before white space and a capital, a letter
    of a script without capitals, a digit or an opening mark; abbreviations ("U.S.", "Ph.D.", "Gen.") and initials never
    end one, "para." and the like not before a number.
    """
    text = raw if furniture is None else furniture.sub(lambda match: " " * len(match[0]), raw)
    starts, ends = [len(text) - len(text.lstrip())], list[int]()
    for match in _BOUNDARY.finditer(text):
        end = match.start() + 1
        before = text[max(0, end - _LONGEST_ABBREVIATION) : end]
        if match[2].islower() or _ABBREVIATION.search(before):
            continue
        if match[2].isdigit() and _BEFORE_NUMBER.search(before):
            continue
        ends.append(match.start(1))
        starts.append(match.end(1))
    ends.append(len(text.rstrip()))
    return list(zip(starts, ends, strict=True))
