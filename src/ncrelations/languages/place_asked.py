"""A block or section described in other languages: "deuxième point de la section IV", "第三部分", "Ausblick"."""

from __future__ import annotations

from ncrelations.document.corpus import Corpus
from ncrelations.languages.structure_line import Line, Token

_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_BLOCKS = {"paragraph": "paragraph", "point": "point", "passage": "passage"}
_MILESTONE = "milestones"
"""The list whose items are a kind of block of their own."""


def place_asked(line: Line, corpus: Corpus) -> str | None:
    """The English words for the place that a line describes."""
    if not line.only("ask", "unit", "number", "document", "section", "topic", "list", "saying"):
        return None
    paired = _pairs(line)
    document = next(iter(line.keys("document"))) if len(line.keys("document")) == 1 else None
    section = _section(line, paired, document, corpus)
    block = next(((unit, number) for unit, number in paired if unit != "section"), None)
    if block is not None:
        return _block(block, section or (f"the {document}" if document else None))
    if section is None or (line.keys("list") and "section" not in line.keys("unit")):
        return None
    return section


def _pairs(line: Line) -> list[tuple[str, str]]:
    """The units with their numbers: the one before, or else the one after; numbers of lists but milestones aside."""
    tokens = [t for t in line.of("unit", "number", "list") if t.group != "list" or t.key == _MILESTONE]
    tokens = _outermost(tokens)
    used: set[int] = set()
    pairs = []
    for at, token in enumerate(tokens):
        if token.group == "number":
            continue
        for near in (at - 1, at + 1):
            if 0 <= near < len(tokens) and tokens[near].group == "number" and near not in used:
                used.add(near)
                unit = "milestone" if token.group == "list" else token.key
                pairs.append((unit, tokens[near].key))
                break
    return pairs


def _outermost(tokens: list[Token]) -> list[Token]:
    """One token a place: where two stand at the same words, the first."""
    kept: list[Token] = []
    for token in tokens:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    return kept


def _section(line: Line, paired: list[tuple[str, str]], document: str | None, corpus: Corpus) -> str | None:
    """The English words for the section: by number, by what it is called, by its matter."""
    of = f" of the {document}" if document else ""
    numbers = [number for unit, number in paired if unit == "section"]
    if len(numbers) == 1 and document and numbers[0] != "last" and not _has_numbers(corpus, document):
        at = int(numbers[0]) if numbers[0].isdigit() else 0
        return f"the {_ORDINALS[at]} section{of}" if 0 < at < len(_ORDINALS) else None
    if numbers == ["last"]:
        return f"the last section{of}"
    if numbers:
        return f"section {'.'.join(numbers)}{of}"
    bare = [t.key for t in line.of("number") if not t.key.replace(".", "").isdigit() and t.key not in ("last", "I")]
    if len(bare) == 1 and not paired:
        return f"section {bare[0]}{of}"
    if called := next(iter(line.of("section")), None):
        return f"the {called.key}{of}"
    matter = next(iter(line.of("topic", "list")), None)
    if matter is not None and "section" in line.keys("unit"):
        return f"the {matter.key} section"
    return None


def _has_numbers(corpus: Corpus, document: str) -> bool:
    known = next((each for each in corpus.documents if each.id == document), None)
    return known is None or any(section.number for section in known.sections)


def _block(block: tuple[str, str], place: str | None) -> str | None:
    unit, number = block
    if unit == "milestone":
        return f"the last {unit}" if number == "last" else f"{unit} {number}"
    if place is None:
        return None
    kind = _BLOCKS[unit]
    return f"the last {kind} of {place}" if number == "last" else f"{kind} {number} of {place}"
