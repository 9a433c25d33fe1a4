"""The answer to a question: verbatim excerpts with voice and citation, and whether they answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ncrelations.document.citation import Citation, brief
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.voice import Voice

Status = Literal["answered", "partial", "not_found"]
"""Whether the documents answer: fully, in part (the matter is there, the detail is not), or not at all."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A passage that bears on a question and does not answer it."""

    citation: Citation
    """Its block."""
    human: str
    """The citation in words."""
    voice: Voice
    """Whose view it states."""
    headline: str
    """Its first words, verbatim."""

    def to_dict(self) -> dict[str, Any]:
        """The passage as plain data."""
        return {
            "citation": str(self.citation),
            "human": self.human,
            "voice": self.voice.value,
            "headline": self.headline,
        }


@dataclass(frozen=True, slots=True)
class Step:
    """What one stage of reading and judging decided."""

    stage: str
    """The stage: "reading", "coverage", "scope", "restrictions", "slot", "relation", "verdict"; "structure",
    "conversation"."""
    decided: str
    """What it decided, in words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the documents have to say to a question."""

    question: str
    """The question as asked, cleaned of control characters."""
    understood_as: str | None
    """Its subject and restrictions, where they differ from what was typed."""
    status: Status
    """"answered", "partial" (the matter is there, the detail is not) or "not_found"."""
    confidence: float
    """0..1: the chance that the first excerpt holds the answer; calibrated on the fitting set."""
    reasons: tuple[str, ...]
    """Why `partial` or `not_found`, in words."""
    voice: Voice | None
    """The side or speaker whose view was asked for."""
    excerpts: tuple[Excerpt, ...]
    """The passages that answer, best first; with `not_found`, the nearest ones all the same."""
    language: str = "en"
    """The language of the question, as a BCP 47 tag ("zh-Hant"); the excerpts are English."""
    note: str | None = None
    """What the library itself says: a count, headings, where quoted words stand or how they differ, help."""
    nearby: tuple[Nearby, ...] = ()
    """Further passages that bear on the question, one line each."""
    steps: tuple[Step, ...] = ()
    """Which stage decided what; `explain` says it."""

    def __repr__(self) -> str:
        rest = f", {len(self.excerpts)} excerpts, confidence {self.confidence:.0%}"
        return brief("Answer", self.status, self.question, rest)

    def explain(self) -> str:
        """Which stage decided what, one line each."""
        return "\n".join(f"{step.stage}: {step.decided}" for step in self.steps)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data: exactly what `ncr ask --json` prints."""
        return {
            "question": self.question,
            "understood_as": self.understood_as,
            "status": self.status,
            "confidence": round(self.confidence, 4),
            "reasons": list(self.reasons),
            "voice": self.voice.value if self.voice else None,
            "note": self.note,
            "excerpts": [excerpt.to_dict() for excerpt in self.excerpts],
            "nearby": [each.to_dict() for each in self.nearby],
            "language": self.language,
        }


@dataclass(frozen=True, slots=True)
class Filters:
    """What an answer is kept to."""

    within: Citation | None = None
    """A document, section or block."""
    voice: Voice | None = None
    """A voice."""


Side = Literal["free", "near", "only"]
"""How far to keep to the side a question names: not at all, if its own passages are near the best, or in any case."""
