"""A network that says whether some documents answer a question, by the states of its tokens.

A question's vector was made to find what speaks of the same: who does what to whom is all but lost in it. The network
is the last layers of the model, whose weights were changed a little to tell questions that the documents answer from
those of the same form that they do not. `tests/eval/fit_doubt.py` fits it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ncrelations.errors import SourceDamaged
from ncrelations.models.bert import Dense, States, mean_of
from ncrelations.models.encoder import Vectors
from ncrelations.models.minilm import MiniLM
from ncrelations.models.tensors import Tensors
from ncrelations.texts.whole_files import packaged_bytes

_FEW = 16
"""Texts up to which each is worked out as it would be alone, to the bit."""


class DoubtNetwork:
    """Layers of a model with small changes, and what they say of a text. Read-only; safe to share between threads."""

    def __init__(self, path: Path, sha256: str, model: MiniLM) -> None:
        """Read the file of that checksum. Raises `SourceDamaged` for any other."""
        if hashlib.sha256(packaged_bytes(path)).hexdigest() != sha256:
            raise SourceDamaged(path.name, "its checksum is not the pinned one")
        try:
            tensors = Tensors(path)
            self.model = tensors.metadata["model"]
            """The fingerprint of the model whose layers it changes."""
            layers = enumerate(model.last_layers)
            self._layers = [layer.changed(tensors, f"layers.{number}") for number, layer in layers]
            self._said = Dense.of(tensors, "said")
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise SourceDamaged(path.name, f"it cannot be read ({error})") from error

    def __call__(self, texts: Sequence[States]) -> list[float]:
        """The log-odds that the documents do not answer each of some texts, given the states of its tokens.

        Of few texts each has those that it has alone, to the bit.
        """
        middles = [middle for middle, _ in texts]
        groups = [middles] if len(texts) > _FEW else [[middle] for middle in middles]
        several, lengths = [np.concatenate(some, axis=1) for some in groups], [_lengths(some) for some in groups]
        for layer in self._layers:
            several = layer(several, lengths)
        ends = [np.cumsum(some)[:-1] for some in lengths]
        each = [part for states, at in zip(several, ends, strict=True) for part in np.split(states, at, axis=1)]
        return [float(self._said([mean_of(states)[:, None]])[0][0, 0]) for states in each]


def _lengths(texts: Sequence[Vectors]) -> list[int]:
    return [states.shape[1] for states in texts]
