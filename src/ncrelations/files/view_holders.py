"""Whose view the passages of a file state: the document's holder, a section's, a speaker's turn.

A letter within a letter keeps both. What a sentence reports of others never moves it to another voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from zlib import crc32

from ncrelations.document.citation import Citation
from ncrelations.document.reference import Work
from ncrelations.document.tree import Sentence
from ncrelations.document.voice import View, Voice
from ncrelations.files.document_holder import document_holder
from ncrelations.files.file_text import FileText
from ncrelations.files.holder_phrases import Holder, attached_in, holder_in, on_behalf
from ncrelations.files.section_ids import slug
from ncrelations.files.speaker_turns import Turn, enough, turn_in

_ANNEX = re.compile(r"(?:annex|enclosure|appendix|attachment)\b", re.IGNORECASE)
_LETTER = re.compile(r"(?:identical |joint )?(?:letters?|notes? verbales?)\b", re.IGNORECASE)
_FIRST_BLOCKS = 12
_VOICE_WORDS, _LONGEST_VOICE = 16, 100


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """What is known beforehand of whose view a document states."""

    issuer: str | None = None
    """Whose view the whole document states; `None` to read it from the document itself."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What holders are called, by what the document calls them."""


class Place(Protocol):
    """What voices need of a section."""

    id: str
    outside: str
    level: int
    heading: str | None
    blocks: list[Citation]


def voices_of(
    document: str,
    places: Mapping[str, Place],
    reading: Mapping[Citation, tuple[Sentence, ...]],
    work: Work,
    text: FileText,
    rules: VoiceRules,
) -> dict[Citation, Voice]:
    """The voice of every section and block."""
    words = {citation: " ".join(sentence.text for sentence in sentences[:3]) for citation, sentences in reading.items()}
    whole, phrase = _whole(places, words, work, text, rules)
    found: dict[Citation, Voice] = {}
    turns = {citation: turn for citation in reading if (turn := turn_in(words[citation])) is not None}
    told = enough(list(turns.values()))
    held = _held_by(list(places.values()), words, rules, whole, phrase)
    for place, voice in zip(places.values(), held, strict=True):
        found[Citation(document, place.id)] = voice
        for citation in place.blocks:
            found[citation] = voice
    if told:
        _give_turns(found, list(reading), turns, rules)
    return found


def _give_turns(
    found: dict[Citation, Voice], blocks: Sequence[Citation], turns: Mapping[Citation, Turn], rules: VoiceRules
) -> None:
    """From each turn on, the speaker's voice, until the next turn or heading; an opinion has headings of its own."""
    speaking: Voice | None = None
    section: str | None = None
    opinion = False
    for citation in blocks:
        turn = turns.get(citation)
        if turn is not None:
            speaking, opinion = _known(turn.label, rules), turn.opinion
        elif citation.section != section and not (citation.section or "").isdigit() and not opinion:
            speaking = None
        section = citation.section
        if speaking is not None:
            found[citation] = speaking


def _whole(
    places: Mapping[str, Place], words: Mapping[Citation, str], work: Work, text: FileText, rules: VoiceRules
) -> tuple[str, str]:
    """Whose view the whole document states, and the phrase that says so.

    It is as set, or as the document says itself; else the document is its own voice.
    """
    headed = [place for place in places.values() if place.heading]
    front = next((place.blocks for place in places.values() if not place.level), [])[:_FIRST_BLOCKS]
    found = document_holder([(each.heading or "", each.level) for each in headed], [words[each] for each in front])
    if found is None:
        return rules.issuer or text.issuer or work.publisher or work.title, ""
    place = next((each for each in headed if each.heading == found[0]), None)
    return rules.issuer or (_behalf(place, words) if place else None) or found[1].name, found[0]


def _behalf(place: Place, words: Mapping[Citation, str]) -> str | None:
    """Who a letter is written for, where it says so at its beginning."""
    if not _LETTER.match(place.heading or ""):
        return None
    return next(filter(None, (on_behalf(words[citation]) for citation in place.blocks[:2])), None)


def _held_by(
    places: Sequence[Place], words: Mapping[Citation, str], rules: VoiceRules, whole: str, phrase: str
) -> Iterator[Voice]:
    """The voice of each section, in their order: that of the last heading that names one, and is not left again."""
    own = _known(whole, rules)
    current, level, attached = own, 0, None
    for place in places:
        heading = place.heading or ""
        holder = holder_in(heading) if heading else None
        if _ANNEX.match(heading):
            current, level = _annexed(attached, own, rules), place.level
        elif holder is not None:
            name = whole if heading == phrase else _behalf(place, words) or holder.name
            current, level = _known(name, rules), place.level
            attached = next(filter(None, (attached_in(words[c]) for c in place.blocks[:4])), None)
        elif heading and place.level < level:
            current, level = own, 0
        yield current


def _annexed(attached: Holder | None, sender: View, rules: VoiceRules) -> View:
    """The voice of an annex: of whom the letter says it is, with who sends it."""
    if attached is None:
        return sender
    inner = rules.names.get(attached.name, attached.name)
    value = view(inner).value
    return sender if value == sender.value else View(value, f"{inner} (transmitted by {sender.label})")


def _known(name: str, rules: VoiceRules) -> View:
    return view(rules.names.get(name, name))


def view(name: str) -> View:
    """The voice of that name. What is written in other letters than Latin ones is told apart by its checksum."""
    label = " ".join(name.split())
    value = slug(label, _VOICE_WORDS, _LONGEST_VOICE)
    return View(value or f"voice-{crc32(label.encode()):08x}", label)
