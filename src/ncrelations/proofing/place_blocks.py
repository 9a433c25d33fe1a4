"""The words that name a page, or one block of a section: "para. 2", "second bullet", "the third paragraph of"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.document.citation import Citation
from ncrelations.document.tree import Block, Section
from ncrelations.document.typed_places import blocks_of

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
)  # fmt: skip
COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NTH = rf"{'|'.join(ORDINALS)}|last|opening|\d{{1,2}}(?:st|nd|rd|th)"
_KIND = r"para(?:graph)?|bullet|milestone|item|entry"
BLOCK = (
    r"(?:[,./:]?\s*(?:para(?:graph)?s?\.?|pars?\.|¶|p(?=\d))\s*(?:no\.\s*)?(?P<p>\d{1,3})"
    r"|[,./:]?\s*(?:bullets?\s*(?:points?\s*)?|bull?\.\s*|b\.\s*|b(?=\d))(?:no\.\s*)?(?P<b>\d{1,3})"
    r"|,?\s*(?:milestones?\s*|m(?=\d))(?P<m>\d{1,3})"
    r"|[,:]?\s*(?:items?\s*|points?\s*|entr(?:y|ies)\s*|numbers?\s*|no\.\s*|nr\.\s*|#)(?:no\.\s*)?(?P<any>\d{1,2})"
    rf"|,?\s*(?:the\s+)?(?P<nth>{_NTH})\s+(?P<kind>{_KIND})s?\b\.?"
    rf"|,?\s*(?P<counted>{_KIND})\s+(?P<count>{'|'.join(COUNTS)})\b)?"
)
"""A block of a section: "para. 2", "second bullet"."""
PAGE = (
    r"(?:\bpp?\.|\bpgs?\.|\bpp?(?=\s)|\bpages?|\bS\.|\bSeiten?|\bpág\.)\s*"
    rf"(?P<first>\d{{1,4}}|(?:{'|'.join(COUNTS)})\b)"
    r"(?:\s*[-–—]\s*(?P<last>\d{1,4}))?(?P<on>\s*ff?\b)?"
    r"|第\s*(?P<han>\d{1,4})\s*[页頁]"
    r"|(?<=[(;,\s])(?:19|20)\d\d[a-z]?(?::|,\s*at|,)\s*(?P<dated>\d{1,3})(?:\s*[-–—]\s*(?P<to>\d{1,3}))?"
    r"(?=\s*[)\];])"
)
"""A page, or several; also behind the year of a work: "(Penhallow 2021: 4)"."""
BARE = re.compile(BLOCK.removesuffix("?"), re.IGNORECASE)
"""A block whose section is said elsewhere: "third bullet", under a heading that names a section."""
THERE = re.compile(
    rf"(?P<block>{BARE.pattern})\s*(?:,\s*)?(?:(?:of|in|on)\s+(?:the|that|this|its|the same)\s+"
    r"(?:chapter|section|part|list)|there|in it)\b|(?P<milestone>\bmilestone\s+(?:no\.\s*)?\d{1,2}\b)",
    re.IGNORECASE,
)
"""A block in running words whose section is said elsewhere: "paragraph 5 of the chapter", "bullet 8 there"."""
_AHEAD = re.compile(
    rf"\b(?:(?P<nth>{_NTH})\s+(?P<kind>{_KIND})(?:\s+point)?"
    r"|(?P<what>para(?:graph)?\.?|bullet(?:\s+point)?)\s+(?P<no>\d{1,2}))"
    r"\s+(?:(?:of|in|from|under)\s+)?(?:the\s+)?[\"“‘]?\Z",
    re.IGNORECASE,
)


def blocks_named(match: re.Match[str], sections: Sequence[Section]) -> frozenset[Citation]:
    """The block of some sections that the words of a match or those before it name, or all their blocks."""
    named = {name: value for name, value in match.groupdict().items() if value}
    chosen = [block for section in sections for block in _of(section, named)]
    if not {"p", "b", "m", "nth", "count", "any", "number"} & {*named}:
        ahead = _AHEAD.search(match.string, max(0, match.start() - 60), match.start())
        if ahead is not None:
            chosen = [block for section in sections for block in _ahead(section, ahead)]
    return frozenset(block.citation for block in chosen)


def _of(section: Section, named: dict[str, str]) -> Sequence[Block]:
    """The blocks of a section that the groups of `BLOCK` mean."""
    if "count" in named:
        return _nth(section, ORDINALS[COUNTS.index(named["count"].lower())], named["counted"])
    if "nth" in named:
        return _nth(section, named["nth"], named["kind"])
    if "any" in named:
        return numbered_so(section, int(named["any"]))
    if "number" in named:
        return _page_or_block(section, int(named["number"]))
    kind = next((each for each in "pbm" if each in named), None)
    if kind is None:
        return tuple(blocks_of(section))
    return [block for block in section.blocks if block.citation.block == f"{kind}{named[kind]}"]


def _ahead(section: Section, match: re.Match[str]) -> Sequence[Block]:
    """The block that stands before the words for its section: "the second bullet of"."""
    if match["nth"]:
        return _nth(section, match["nth"], match["kind"])
    wanted = f"{match['what'][0].lower()}{match['no']}"
    return [block for block in section.blocks if block.citation.block == wanted]


def _page_or_block(section: Section, number: int) -> Sequence[Block]:
    """What "III, 4" may mean: a paragraph or bullet of that number, or the page."""
    if number in (section.page, (section.page or number) + 1):
        return tuple(blocks_of(section))
    return numbered_so(section, number)


def numbered_so(section: Section, number: int) -> Sequence[Block]:
    """The paragraphs and bullets of a section that have a number."""
    return [b for b in section.blocks if re.fullmatch(rf"[a-z]{number}", b.citation.block or "")]


def _nth(section: Section, nth: str, kind: str) -> Sequence[Block]:
    """The block of a section that a count names: "second bullet", "2nd bullet", "last paragraph"."""
    firsts = (kind[0].lower(),) if kind[0].lower() in "pbm" else ("b", "m")
    blocks = [b for b in section.blocks if (b.citation.block or "").startswith(firsts)]
    blocks = blocks or ([*section.blocks] if len(firsts) > 1 else [])
    word = nth.lower()
    if word in ("last", "opening"):
        return blocks[-1:] if word == "last" else blocks[:1]
    number = ORDINALS.index(word) if word in ORDINALS else int(re.sub(r"\D", "", word)) - 1
    return blocks[number : number + 1] if number >= 0 else ()
