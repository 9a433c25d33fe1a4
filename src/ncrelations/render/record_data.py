"""The records of the packaged edition as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ncrelations.document.tree import Sentence
from ncrelations.editions.nato_china.records import Event, Milestone, Perception, Phrase, Recommendation, Risk
from ncrelations.render.data import voice_dict


def _phrase(phrase: Phrase | None) -> dict[str, str] | None:
    return None if phrase is None else {"text": phrase.text, "citation": str(phrase.sentence.citation)}


def _sentences(sentences: Iterable[Sentence]) -> list[dict[str, str]]:
    return [{"text": sentence.text, "citation": str(sentence.citation)} for sentence in sentences]


def perception_dict(record: Perception) -> dict[str, Any]:
    """A perception as plain data."""
    return {
        "citation": str(record.block.citation),
        "human": record.block.human,
        "holder": record.holder.value,
        "holder_label": record.holder.label,
        "subject": record.subject,
        "headline": record.headline,
        "statements": _sentences(record.statements),
    }


def risk_dict(record: Risk) -> dict[str, Any]:
    """A risk as plain data."""
    cited = {"citation": str(record.block.citation), "human": record.block.human, **voice_dict(record.block)}
    return {**cited, "headline": record.headline, "statements": _sentences(record.statements)}


def recommendation_dict(record: Recommendation) -> dict[str, Any]:
    """A recommendation as plain data."""
    return {
        "citation": str(record.section.citation),
        "human": record.section.human,
        **voice_dict(record.section),
        "topic": record.topic,
        "rationale": _sentences(record.rationale),
        "nato_interest": _sentences(record.nato_interest),
        "china_interest": _sentences(record.china_interest),
        "proposal": _sentences(record.proposal),
    }


def milestone_dict(record: Milestone) -> dict[str, Any]:
    """A milestone as plain data; what editors add stands under "editorial"."""
    return {
        "citation": str(record.block.citation),
        "human": record.block.human,
        **voice_dict(record.block),
        "text": record.text,
        "events": [_event_dict(event) for event in record.events],
        "participants": [each.text for each in record.participants],
        "editorial": {"see": _sentences(record.see)},
    }


def _event_dict(event: Event) -> dict[str, Any]:
    """One sentence of a milestone, with the date and place that it gives itself."""
    return {
        "text": event.text,
        "citation": str(event.sentence.citation),
        "date": event.date.text if event.date else None,
        "place": event.place.text if event.place else None,
        "editorial": {"dated_elsewhere": _phrase(event.dated_elsewhere)},
    }
