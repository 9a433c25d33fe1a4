"""Voices: whose view a passage states, and the words by which questions ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ncrelations.document.citation import nearest, printable
from ncrelations.errors import NoSuchPlace


class Voice(Protocol):
    """Whose view a passage states. Compared by equality; an edition may name its own in an Enum."""

    @property
    def value(self) -> str:
        """Its name in data and filters."""

    @property
    def label(self) -> str:
        """Its name in words, as every rendering prints it."""


@dataclass(frozen=True, slots=True)
class View:
    """A voice by name and label alone."""

    value: str
    """Its name in data and filters."""
    label: str
    """Its name in words, as every rendering prints it."""

    def __str__(self) -> str:
        return self.value


def voice_named(voices: Sequence[Voice], name: str) -> Voice:
    """The voice of that name; `NoSuchPlace` with the near misses for any other."""
    for voice in voices:
        if voice.value == name:
            return voice
    names = [voice.value for voice in voices]
    raise NoSuchPlace("voice", printable(name), nearest(name, names) or tuple(names))


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice with the words that ask for it. Every pattern is a regular expression, matched without case.

    A *side* holds views that a document reports; a *narrator* speaks in a document of its own.
    """

    voice: Voice
    """The voice."""
    names: str
    """What names it where its view is asked for: "the growers|farmers"."""
    short: str
    """What names it in a follow-up: "and the farmers?"."""
    exchanged: str = ""
    """What names it in a question that is asked again of the other side; by letter case."""
    name: str = ""
    """How it is called in a question asked again."""
    document: str | None = None
    """For a narrator, the document it speaks in."""
    document_names: str = ""
    """For a narrator, what names its document."""
    document_called: str = ""
    """For a narrator, other names of its document that stand for nothing else: "op-ed|tuesday piece"."""
    reports: bool = False
    """Whether its document reports views of the sides: naming the document asks for no one's view then."""
    person: str | None = None
    """For a narrator who is a person, what "he" or "she" stands for."""
    entities: tuple[str, ...] = ()
    """The entities that stand for it, by name."""
    credited: str = ""
    """What names it where a draft credits somebody, if that is not what asks for its view."""
