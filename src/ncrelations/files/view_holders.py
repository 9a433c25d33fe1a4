"""Whose view the passages of a file state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from ncrelations.document.citation import Citation
from ncrelations.document.reference import Work
from ncrelations.document.tree import Sentence
from ncrelations.document.voice import View, Voice
from ncrelations.files.file_text import FileText
from ncrelations.files.section_ids import slug


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """What is known beforehand of whose view a document states."""

    issuer: str | None = None
    """Whose view the whole document states; `None` to read it from the document itself."""


class Place(Protocol):
    """What voices need of a section."""

    id: str
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
    voice = view(rules.issuer or text.issuer or work.name)
    sections = [Citation(document, place.id) for place in places.values()]
    return dict.fromkeys([*reading, *sections], voice)


def view(name: str) -> View:
    """The voice of that name."""
    return View(slug(name) or "document", name)
