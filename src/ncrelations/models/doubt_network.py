"""A network that says whether some documents answer a question, by the states of its tokens.

A question's vector was made to find what speaks of the same: who does what to whom is all but lost in it. The network
is the last layers of the model, whose weights were changed a little to tell questions that the documents answer from
those of the same form that they do not. `tests/eval/fit_doubt.py` fits it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ncrelations.models.bert import MIDDLE, States, mean_of
from ncrelations.models.changed_layers import ChangedLayers
from ncrelations.models.encoder import Vectors
from ncrelations.models.minilm import MiniLM

_FEW = 16
"""Texts up to which each is worked out as it would be alone, to the bit."""


class DoubtNetwork:
    """Layers of a model with small changes, and what they say of a text. Read-only; safe to share between threads."""

    def __init__(self, path: Path, sha256: str, model: MiniLM) -> None:
        """Read the file of that checksum. Raises `SourceDamaged` for any other."""
        self._changed = ChangedLayers(path, sha256, model.layers[MIDDLE:])
        self.model = self._changed.metadata["model"]
        """The fingerprint of the model whose layers it changes."""

    def __call__(self, texts: Sequence[States]) -> list[float]:
        """The log-odds that the documents do not answer each of some texts, given the states of its tokens.

        Of few texts each has those that it has alone, to the bit.
        """
        middles = [middle for middle, _ in texts]
        groups = [middles] if len(texts) > _FEW else [[middle] for middle in middles]
        lengths = [_lengths(some) for some in groups]
        several = self._changed.states([np.concatenate(some, axis=1) for some in groups], lengths)
        ends = [np.cumsum(some)[:-1] for some in lengths]
        each = [part for states, at in zip(several, ends, strict=True) for part in np.split(states, at, axis=1)]
        return [float(self._changed.said(mean_of(states))[0]) for states in each]


def _lengths(texts: Sequence[Vectors]) -> list[int]:
    return [states.shape[1] for states in texts]
