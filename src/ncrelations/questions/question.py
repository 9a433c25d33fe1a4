"""A question, read: what the stages after reading know of it."""

from __future__ import annotations

from typing import NamedTuple

from ncrelations.document.citation import Citation
from ncrelations.document.entities import Named
from ncrelations.document.voice import Voice
from ncrelations.questions.answer_kind import Wanted
from ncrelations.text.words import Piece


class Mending(NamedTuple):
    """A reading of a question with words replaced that may be misspelt."""

    text: str
    """The reading."""
    changes: tuple[tuple[str, str], ...]
    """(typed, meant) of each word."""


class Question(NamedTuple):
    """A question, read."""

    text: str
    """As asked, cleaned."""
    core: str
    """Without its frame: greeting, preamble, politeness, "could you tell me"."""
    pieces: tuple[Piece, ...]
    """The pieces of the core."""
    restated: str | None
    """What to show as understood: the core, where its words are not those asked."""
    reading: str
    """What is looked for: names in the documents' own spelling."""
    mendings: tuple[Mending, ...]
    """Other readings, with misspellings mended; the scores decide whether one is taken."""
    voice: Voice | None
    """The side or speaker whose view is asked for."""
    voices: tuple[Voice, ...]
    """All sides and speakers named, where it compares several."""
    document: str | None
    """The document named."""
    section: Citation | None
    """The section named."""
    wanted: Wanted | None
    """The kind of answer asked for, where the question says."""
    topic: str | None
    """What it is about, without the speaker or document it names; `None` where it names none."""
    parts: tuple[Question, ...]
    """Its questions, where it asks more than one."""
    several: bool
    """Whether it compares sides or documents, or asks for a list."""
    named: tuple[Named, ...]
    """The documents' entities that it names (offsets in `core`)."""
    unknown: tuple[str, ...]
    """Names and years that the documents never mention."""
    follows: bool = False
    """Whether it is a follow-up, written out: it asks on about what was shown."""
    language: str = "en"
    """The language it is asked in, as a BCP 47 tag."""
