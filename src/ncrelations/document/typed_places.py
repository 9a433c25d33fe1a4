"""Places as people type them: "survey/IV.2/p2–p4", "[survey/IV.2/p2]", "IV.2", "iii/b5", "Survey/IV.2."."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ncrelations.document.block_range import Range
from ncrelations.document.citation import Citation, printable
from ncrelations.document.corpus import Corpus, Place, Where
from ncrelations.document.tree import Block, Document, Section
from ncrelations.document.voice import Voice
from ncrelations.errors import InvalidCitation, InvalidQuestion, NCRelationsError, NoSuchPlace
from ncrelations.text.patterns import Pattern
from ncrelations.texts import Reason

_LONGEST = 120
_DASHES = "-–—−‐‑"
_WRAPPED = Pattern(r"^[\s\[({<\"'“‘«`]+|[\s\])}>\"'”’»`.,;:!?]+$")
_RANGE = Pattern(
    rf"(?P<section>.+)/(?P<first>[pbmtn]\d{{1,4}})\s*[{_DASHES}]\s*(?P<letter>[pbmtn]?)(?P<last>\d{{1,4}})",
    re.IGNORECASE,
)

CITATION = Pattern(
    r"(?<![A-Za-z0-9/])(?:[a-z][a-z0-9-]*/)?[A-Za-z][A-Za-z-]*(?:\.\d{1,2})?/[pbm]\d{1,3}(?:/s\d{1,3})?"
    r"(?:\s?[-–—]\s?[pbm]?\d{1,3})?(?![A-Za-z0-9/])"
    r"|(?<![A-Za-z0-9/])[a-z][a-z0-9-]+/[A-Za-z][A-Za-z-]*(?:\.\d{1,2})?(?![A-Za-z0-9/])",
    needs="/",
)
"""A citation, or one without its document, in a text of any language; scripts without spaces set none beside it."""


def places_at(corpus: Corpus, typed: str) -> tuple[Place, ...]:
    """The place that a typed citation names, or the blocks of a range, in order.

    Brackets, a full stop at the end, letter case and a missing document's name are made up for where one
    place alone can be meant. Raises `InvalidCitation` or `NoSuchPlace`, both with the nearest that exist.
    """
    text = _WRAPPED.sub("", typed[: _LONGEST + 1]) if len(typed) <= _LONGEST else typed
    found = _range(text, lambda end: place_at(corpus, end))
    return (place_at(corpus, text),) if found is None else found.blocks


def place_or_range(corpus: Corpus, where: Where | Range) -> Place | Range:
    """What a citation in its exact form names: a place, or for "survey/IV.2/p2-p4" the blocks of the range.

    Raises `InvalidCitation` or `NoSuchPlace`, both with the nearest that exist.
    """
    if isinstance(where, Range):
        return where
    found = _range(where, corpus.resolve) if isinstance(where, str) else None
    return corpus.resolve(where) if found is None else found


def _range(text: str, place_of: Callable[[str], Place]) -> Range | None:
    """The range that a text names, its ends found by a function; `None` for what is no range.

    Raises what the function raises, and `InvalidCitation` for ends that are not in one section, or not in order.
    """
    match = _RANGE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    ends = (match["first"], (match["letter"] or match["first"][0]) + match["last"])
    first, last = (place_of(f"{match['section']}/{end}") for end in ends)
    blocks = last.section.blocks if isinstance(last, Block) else ()  # an earlier text's, where no later one has it
    at = {block.citation: number for number, block in enumerate(blocks)}
    if first.citation not in at or at[first.citation] > at[last.citation]:
        raise InvalidCitation(printable(text), (f"{match['section']}/{ends[1]}-{ends[0]}",))
    return Range(blocks[at[first.citation] : at[last.citation] + 1])


def place_at(corpus: Corpus, typed: str) -> Place:
    """The one place that a typed citation names. Raises `InvalidCitation` or `NoSuchPlace`."""
    try:
        return corpus.resolve(typed)
    except NCRelationsError as error:
        found = _meant(corpus, typed) if len(typed) <= _LONGEST else ()
        if len(found) == 1:
            return corpus.resolve(found[0])
        if found:
            raise NoSuchPlace("place", printable(typed), tuple(map(str, found[:3]))) from error
        raise


def document_at(corpus: Corpus, typed: str) -> Document:
    """The document that a typed citation names, or is in. Raises `InvalidCitation` or `NoSuchPlace`."""
    place = places_at(corpus, typed)[0]
    return place if isinstance(place, Document) else place.document


def filter_of(corpus: Corpus, typed: str | None) -> Citation | None:
    """The one place that a filter names; `None` for nothing typed.

    Raises `InvalidCitation` or `NoSuchPlace`, and `InvalidQuestion` for a range.
    """
    if typed is None or not typed.strip():
        return None
    places = places_at(corpus, typed)
    if len(places) > 1:
        section = Citation(places[0].citation.document, places[0].citation.section)
        name, advice = {"name": printable(typed)}, {"place": str(section)}
        raise InvalidQuestion(Reason("problem.no_range", name), Reason("problem.one_place", advice))
    return places[0].citation


def voice_at(corpus: Corpus, typed: str | None) -> Voice | None:
    """The voice of that name or label, or that a follow-up names so ("allies"), letter case aside; `None` for nothing.

    Raises `NoSuchPlace`.
    """
    if typed is None or not typed.strip():
        return None
    wanted = typed.strip().casefold()
    for voice in corpus.voices:
        if wanted in (voice.value.casefold(), voice.label.casefold()):
            return voice
    for speaker in corpus.speakers:
        if speaker.short and re.fullmatch(speaker.short, wanted, re.IGNORECASE):
            return speaker.voice
    return corpus.voice(typed)


def _meant(corpus: Corpus, typed: str) -> Sequence[Citation]:
    """The places that may be meant: letter case aside, with or without the document's name."""
    parts = [part.casefold() for part in typed.strip("/").split("/")]
    documents = [d for d in corpus.documents if d.id.casefold() == parts[0]]
    rest = parts[1:] if documents else parts
    found = [_inside(document, rest) for document in documents or corpus.documents]
    return [each for each in found if each is not None]


def _inside(document: Document, parts: list[str]) -> Citation | None:
    """The place in a document that the parts of a citation name, letter case aside."""
    if not parts:
        return document.citation
    section = next((s for s in document.walk() if s.id.casefold() == parts[0]), None)
    if section is None or len(parts) > 3:
        return None
    if len(parts) == 1:
        return section.citation
    block = next((b for b in section.blocks if b.citation.block == parts[1]), None)
    if block is None or len(parts) == 2:
        return None if block is None else block.citation
    sentence = next((s for s in block.sentences if f"s{s.citation.sentence}" == parts[2]), None)
    return None if sentence is None else sentence.citation


def blocks_of(place: Place) -> tuple[Block, ...]:
    """The blocks that are the place or in it, in order; of a sentence its block."""
    match place:
        case Document():
            return place.blocks
        case Section():
            return tuple(block for section in place.walk() for block in section.blocks)
        case Block():
            return (place,)
    return (place.block,)
