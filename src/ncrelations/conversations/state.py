"""What a follow-up needs to know of the conversation, and what it is read as."""

from __future__ import annotations

from dataclasses import dataclass

from ncrelations.answers.answer import Side
from ncrelations.document.citation import Citation
from ncrelations.document.voice import Voice


@dataclass(frozen=True, slots=True)
class ChatState:
    """What a follow-up needs to know of the conversation."""

    question: str = ""
    """The last question, written out in full; empty at the beginning."""
    citations: tuple[Citation, ...] = ()
    """The blocks that the last answer showed, best first."""
    voice: Voice | None = None
    """The side or speaker asked for."""
    document: str | None = None
    """The document asked for."""
    listed: bool = False
    """Whether the last answer was a list: "the third one" is then its third item."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A follow-up written out in full."""

    text: str
    """The question in full."""
    whole: bool
    """Whether it is the last question again, for another side or document."""
    voices: tuple[Voice, ...]
    """The sides and speakers whose views it asks for."""
    document: str | None
    """The document it asks of."""
    side: Side = "near"
    """How far to keep to the side it names."""
    other: Voice | None = None
    """The other side, where the last question is asked again for it."""
    joined: str | None = None
    """The question before, where this one is read beside it."""
    aside: bool = False
    """Whether it only asks for a detail (who, when, why) and leaves the subject as it was."""

    def shown(self, asked: str) -> str:
        """How the reading is shown to the asker."""
        return self.text if self.joined is None else f"{asked} (after: {self.joined})"
