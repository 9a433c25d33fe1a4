"""A network that says what becomes of a question: whether some documents answer it, and whether it is theirs at all.

A question's vector was made to find what speaks of the same: who does what to whom is all but lost in it, and a strange
word goes under in its frame ("what is their position on volcanoes?"). The network is the last layers of the model,
whose weights were changed a little to tell questions that the documents answer from those of the same form that they
do not, and from those about something else. `tests/eval/fit_questions.py` fits it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ncrelations.models.bert import MIDDLE, mean_of
from ncrelations.models.changed_layers import ChangedLayers
from ncrelations.models.encoder import Vectors
from ncrelations.models.minilm import MiniLM

_FEW = 16
"""Texts up to which each is worked out as it would be alone, to the bit."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the network says of a question, in log-odds; `None` where there is no network."""

    outside: float | None = None
    """That it is about something that the documents never speak of."""
    unanswered: float | None = None
    """That the documents do not answer it."""


NOTHING = Looked()
"""What is said where no network looks."""


class QuestionNetwork:
    """Layers of a model with small changes, and what they say of a text. Read-only; safe to share between threads."""

    def __init__(self, path: Path, sha256: str, model: MiniLM) -> None:
        """Read the file of that checksum. Raises `SourceDamaged` for any other."""
        self._changed = ChangedLayers(path, sha256, model.layers[MIDDLE:])
        self.model = self._changed.metadata["model"]
        """The fingerprint of the model whose layers it changes."""

    def __call__(self, texts: Sequence[Vectors]) -> list[Looked]:
        """What it says of each of some texts, given the states of its tokens in the middle of the model.

        Of few texts each has what it has alone, to the bit.
        """
        groups = [texts] if len(texts) > _FEW else [[each] for each in texts]
        lengths = [_lengths(some) for some in groups]
        several = self._changed.states([np.concatenate(some, axis=1) for some in groups], lengths)
        ends = [np.cumsum(some)[:-1] for some in lengths]
        each = [part for states, at in zip(several, ends, strict=True) for part in np.split(states, at, axis=1)]
        return [self._said(states) for states in each]

    def _said(self, states: Vectors) -> Looked:
        unanswered, outside = map(float, self._changed.said(mean_of(states)))
        return Looked(outside, unanswered)


def _lengths(texts: Sequence[Vectors]) -> list[int]:
    return [states.shape[1] for states in texts]
