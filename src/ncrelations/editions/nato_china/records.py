"""Typed records of the two documents, and the reading of them.

A record is an editors' reading (`editorial/records.toml`); what it points to is the documents' own:
whole sentences, or `Phrase`s, which are verbatim parts of a sentence. `sections` hands them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ncrelations.document.tree import Block, Document, Section, Sentence
from ncrelations.editions.nato_china.readings import sentence_at
from ncrelations.editions.nato_china.voices import Voice


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verbatim part of a sentence."""

    text: str
    """The words, as the sentence's reading text has them."""
    sentence: Sentence
    """The sentence that says so."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Perception:
    """What one side believes about the other (a bullet of section III or IV)."""

    holder: Voice
    """Who believes it."""
    subject: str
    """Whom it is about: "China" or "NATO"."""
    headline: str
    """The bullet's first sentence."""
    statements: tuple[Sentence, ...]
    """All sentences of the bullet."""
    block: Block
    """The bullet."""


@dataclass(frozen=True, slots=True)
class Risk:
    """A consequence the experts warn of (a bullet of section V)."""

    headline: str
    """The bullet's first sentence."""
    statements: tuple[Sentence, ...]
    """All sentences of the bullet."""
    block: Block
    """The bullet."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One of the five topics the experts recommend for dialogue (sections VI.1 to VI.5)."""

    topic: str
    """The section's heading."""
    rationale: tuple[Sentence, ...]
    """Why the topic is worth a dialogue."""
    nato_interest: tuple[Sentence, ...]
    """What the report says of NATO's interest in it."""
    china_interest: tuple[Sentence, ...]
    """What the report says of China's interest in it."""
    proposal: tuple[Sentence, ...]
    """What the experts propose."""
    places: tuple[Phrase, ...]
    """The places named, each where it is named first."""
    agreements: tuple[Phrase, ...]
    """The agreements, plans and frameworks named, each where it is named first."""
    section: Section
    """The section."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Something the group of experts agreed, and who exactly did."""

    who: Phrase
    """Who decided, in the report's words."""
    what: tuple[Sentence, ...]
    """What was decided."""


@dataclass(frozen=True, slots=True)
class Roadmap:
    """What a NATO-China Joint Roadmap can spell out, and how it comes about (section VII)."""

    themes: Phrase
    """What it spells out about the themes."""
    deliverables: Phrase
    """What it spells out about results."""
    meeting_calendar: Phrase
    """What it spells out about meetings."""
    track_two: tuple[Sentence, ...]
    """The Track II discussion process that supports it."""
    decisions: tuple[Decision, ...]
    """Who agreed on what."""


@dataclass(frozen=True, slots=True)
class Event:
    """One sentence of a milestone: what happened, with the date and place that this very sentence gives."""

    sentence: Sentence
    """The sentence that says so."""
    date: Phrase | None
    """When, as the sentence says; `None` where it does not."""
    place: Phrase | None
    """Where, as the sentence says; `None` where it does not."""
    dated_elsewhere: Phrase | None
    """Editorial: the fuller date that another sentence of the report gives."""

    @property
    def text(self) -> str:
        """What happened: the sentence whole."""
        return self.sentence.text


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of NATO-China relations. The source has lost its year labels; nothing is filled in."""

    text: str
    """The milestone whole."""
    participants: tuple[Phrase, ...]
    """The people or bodies that took part, in the source's words and order."""
    place: Phrase | None
    """Where, if the text says."""
    date: Phrase | None
    """When, exactly as the milestone's own text says; `None` for nine of the eleven."""
    see: tuple[Sentence, ...]
    """Editorial: sentences elsewhere in the report about the same event."""
    dated_elsewhere: Phrase | None
    """Editorial: the fuller date that one of those sentences gives."""
    block: Block
    """The block."""
    events: tuple[Event, ...]
    """Its sentences in order, each with its own date and place: those of one are not those of another."""


@dataclass(frozen=True, slots=True)
class Reality:
    """One of the three points that the article says must not be ignored."""

    headline: str
    """Editorial: the point in a few words."""
    statements: tuple[Sentence, ...]
    """The sentences that make it."""


@dataclass(frozen=True, slots=True)
class Baselines:
    """The article's non-negotiable interests of both sides."""

    china: tuple[Phrase, ...]
    """China's."""
    nato: tuple[Phrase, ...]
    """NATO's."""
    terms: tuple[Sentence, ...]
    """How baselines are to be agreed upon and treated."""


@dataclass(frozen=True, slots=True)
class Model:
    """A thinker's model that the article draws upon."""

    thinker: Phrase
    """Whose model it is."""
    name: Phrase
    """What it is called."""
    work: Phrase
    """Where it was published, with the year the article gives."""


def phrase(document: Document, entry: str) -> Phrase:
    """A phrase from an entry such as "report/MS/m1/s1: NATO headquarters"."""
    address, _, words = entry.partition(": ")
    return Phrase(words, sentence_at(document, address))


def phrases(document: Document, entries: list[str]) -> tuple[Phrase, ...]:
    """Several phrases."""
    return tuple(phrase(document, entry) for entry in entries)


def events(block: Block, reading: dict[str, Any], elsewhere: Phrase | None) -> tuple[Event, ...]:
    """A milestone's sentences with what each says of when and where."""

    def at(one: str, more: str) -> dict[Sentence, Phrase]:
        listed = [*filter(None, [reading.get(one)]), *reading.get(more, [])]
        return {each.sentence: each for each in phrases(block.document, listed)}

    dates, places = at("date", "other_dates"), at("place", "other_places")
    dated = next(iter(dates), None)
    return tuple(
        Event(sentence, dates.get(sentence), places.get(sentence), elsewhere if sentence == dated else None)
        for sentence in block.sentences
    )
