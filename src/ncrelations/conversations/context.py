"""What a conversation adds to a question: signals from what was asked and shown before.

Each signal is one number a passage, 0..1; `WEIGHTS` were fitted with the others by `tests/eval/fit.py`, on
conversations. The surer the question is by itself (the nearer to the question bank), the less counts what
was before: the signals "... if sure" are multiplied by how sure it is, from -0.65 to 0.35.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ncrelations.answers.answer_kinds_given import gives
from ncrelations.answers.scoring import SIGNALS, Reading
from ncrelations.conversations.state import ChatState, Resolved
from ncrelations.document.citation import Citation
from ncrelations.document.voice import Voice
from ncrelations.questions.answer_kind import Wanted
from ncrelations.questions.question import Question
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.signals import Scores

WEIGHTS: dict[str, float] = {
    "own": 0.07,
    "full": 0.26,
    "joined": 0.16,
    "own text words": 0.05,
    "own question words": 0.09,
    "own side": 0.16,
    "full question": -0.16,
    "said": 0.08,
    "same block": 0.06,
    "next block": 0.04,
    "block before": -0.03,
    "same section": -0.03,
    "same document": 0.04,
    "shown too": 0.06,
    "written": 0.46,
    "other side": 0.14,
    "theme": 0.07,
    "own, in the section": 0.08,
    "kind": 0.11,
    "remedy": 0.18,
    "remedy, same section": 0.06,
    "same block, kind": 0.09,
    "full, if sure": 0.29,
    "same section, if sure": -0.05,
    "next block, if sure": -0.02,
    "same block, long": -0.24,
    "theme, asked again": 0.08,
}
"""The weight of each signal in a passage's score."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of a follow-up, each scored against everything indexed."""

    own: Reading
    """As typed."""
    full: Reading
    """Written out in full; as typed where it stands on its own."""
    joined: Reading
    """The follow-up and the question before, as one text."""
    said: Reading | None
    """What the last answer said first; `None` where it showed nothing."""
    written: Scores | None
    """What the follow-ups written beforehand say for each passage; `None` where nothing was shown."""


OWN, FULL = 0.55, 0.25
"""The shares of the readings as typed and in full in a sentence's score; the joined one has the rest."""


_REMEDY = re.compile(
    r"\b(?:recommend\w*|remed\w+|help|prevent\w*|fix|solve|solution|avoid\w*|cure|propos\w+|suggest\w*|advice|advise"
    r"|should|improve\w*|overcome|done|do about|way out)\b",
    re.IGNORECASE,
)


class Context:
    """Weighs follow-ups to answers from one index. Immutable; safe to share between threads."""

    def __init__(self, index: Index) -> None:
        self._index, self._corpus = index, index.corpus
        self._kinds: dict[Wanted | None, Scores] = {}

    def in_context(
        self, state: ChatState, asked: Question, resolved: Resolved | None, side: Voice | None, readings: Readings
    ) -> Reading:
        """The reading of a follow-up whose scores are the weighted sum of the signals.

        `side` is the speaker that the follow-up names.
        """
        found = self.signals(state, asked, resolved, side, readings)
        total = sum(weight * found[name] for name, weight in WEIGHTS.items())
        full, own, joined = readings.full, readings.own, readings.joined
        gains = {position: float(gain) for position, gain in enumerate(total - full.scores)}
        sentences = OWN * own.sentences + FULL * full.sentences + (1 - OWN - FULL) * joined.sentences
        return full._replace(sentences=sentences, context=gains)

    def signals(
        self, state: ChatState, asked: Question, resolved: Resolved | None, side: Voice | None, readings: Readings
    ) -> dict[str, Scores]:
        """Every signal, by name: one number a passage."""
        sure = readings.own.similarity - 0.65
        found = {"own": readings.own.scores, "full": readings.full.scores, "joined": readings.joined.scores}
        for name in ("text words", "question words", "side"):
            found[f"own {name}"] = readings.own.features[SIGNALS.index(name)]
        found["full question"] = readings.full.features[SIGNALS.index("question")]
        found["said"] = readings.said.scores if readings.said else np.zeros_like(found["own"])
        found |= self._place(state)
        found["written"] = np.zeros_like(found["own"]) if readings.written is None else readings.written
        found |= {name: self._at(blocks) for name, blocks in self._related(state, side).items()}
        found["own, in the section"] = _unit_within(found["own"], found["same section"] > 0)
        found["kind"] = self._giving(asked.wanted)
        found["remedy"] = self._at(self._corpus.interests.remedies) * float(bool(_REMEDY.search(asked.core)))
        for name in ("full", "same section", "next block"):
            found[f"{name}, if sure"] = found[name] * sure
        return found | _crossed(found, asked, resolved)

    def _place(self, state: ChatState) -> dict[str, Scores]:
        """Where passages stand to those that the last answer showed."""
        if not state.citations:
            nothing = np.zeros(len(self._index.passages))
            names = ("same block", "next block", "block before", "same section", "same document", "shown too")
            return dict.fromkeys(names, nothing)
        last = state.citations[0]
        blocks = [passage.block for passage in self._index.passages]
        section = np.array([_section(block.citation) == _section(last) for block in blocks], float)
        return {
            "same block": self._at([last]),
            "next block": np.roll(self._at([last]), 1) * section,
            "block before": np.roll(self._at([last]), -1) * section,
            "same section": section,
            "same document": np.array([block.citation.document == last.document for block in blocks], float),
            "shown too": self._at(state.citations[1:3]),
        }

    def _related(self, state: ChatState, side: Voice | None) -> dict[str, set[Citation]]:
        """The blocks that say what concerns the side named, and those that the editors pair with the last one."""
        last = next(iter(state.citations), None)
        if last is None:
            return {"other side": set(), "theme": set()}
        about = set(self._corpus.concerning(side, last)) if side is not None else set()
        themes = [{s.citation.of_block for said in t.sentences.values() for s in said} for t in self._corpus.themes]
        return {"other side": about, "theme": set().union(*(blocks for blocks in themes if last in blocks))}

    def _at(self, blocks: Collection[Citation]) -> Scores:
        """1 at the passages of some blocks."""
        return np.array([float(passage.block.citation in blocks) for passage in self._index.passages])

    def _giving(self, wanted: Wanted | None) -> Scores:
        """1 at the passages that have a date, a number, a person or a place, where one is asked for."""
        if wanted not in self._kinds:
            entities = self._corpus.entities
            giving = [float(gives(entities, passage.block, wanted)) for passage in self._index.passages]
            self._kinds[wanted] = np.array(giving)
        return self._kinds[wanted]


def _crossed(found: dict[str, Scores], asked: Question, resolved: Resolved | None) -> dict[str, Scores]:
    """Signals that count for some follow-ups only."""
    whole = float(resolved is not None and resolved.whole)
    return {
        "remedy, same section": found["remedy"] * found["same section"],
        "same block, kind": found["same block"] * found["kind"],
        "same block, long": found["same block"] * min(len(asked.core.split()), 8) / 8,
        "theme, asked again": found["theme"] * whole,
    }


def _unit_within(scores: Scores, inside: NDArray[np.bool_]) -> Scores:
    """The scores brought to 0..1 by min-max among some passages, 0 elsewhere."""
    unit = np.zeros_like(scores)
    if inside.any():
        low, high = scores[inside].min(), scores[inside].max()
        unit[inside] = (scores[inside] - low) / max(high - low, 1e-9)
    return unit


def _section(citation: Citation) -> tuple[str, str | None]:
    return citation.document, citation.section
