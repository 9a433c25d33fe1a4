"""Voices by the names of their holders, as what is known beforehand calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zlib import crc32

from ncrelations.document.voice import View
from ncrelations.files.holder_phrases import Holder
from ncrelations.files.section_ids import slug

_VOICE_WORDS, _LONGEST_VOICE = 16, 100


@dataclass(frozen=True, slots=True)
class VoiceRules:
    """What is known beforehand of whose view a document states."""

    issuer: str | None = None
    """Whose view the whole document states; `None` to read it from the document itself."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What holders are called, by what the document calls them."""


def annexed_view(attached: Holder | None, sender: View, rules: VoiceRules) -> View:
    """The voice of an annex: of whom the letter says it is, with who sends it."""
    if attached is None:
        return sender
    inner = rules.names.get(attached.name, attached.name)
    value = view(inner).value
    own = sender.label.startswith(f"{inner} (")  # who sends it speaks for it
    return sender if value == sender.value or own else View(value, f"{inner} (transmitted by {sender.label})")


def known_view(name: str, rules: VoiceRules) -> View:
    """The voice of that name, as the rules call it."""
    return view(rules.names.get(name, name))


def view(name: str) -> View:
    """The voice of that name. What is written in other letters than Latin ones is told apart by its checksum."""
    label = " ".join(name.split())
    value = slug(label, _VOICE_WORDS, _LONGEST_VOICE)
    return View(value or f"voice-{crc32(label.encode()):08x}", label)
