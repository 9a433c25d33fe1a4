"""A small network that says whether a text speaks of what some documents speak of, by the states of its tokens.

The states are those that a text's vector is the mean of: a mean lets one strange word go under in its frame ("what
is their position on volcanoes?"), the network learns which tokens to heed. `tests/eval/fit_scope.py` fits it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from ncrelations.errors import SourceDamaged
from ncrelations.models.bert import gelu
from ncrelations.models.encoder import Vectors
from ncrelations.models.tensors import Tensors
from ncrelations.texts.whole_files import packaged_bytes


class ScopeNetwork:
    """A dense layer, and attention over the tokens by each of some pools. Read-only; safe to share between threads."""

    def __init__(self, path: Path, sha256: str) -> None:
        """Read the file of that checksum. Raises `SourceDamaged` for any other."""
        if hashlib.sha256(packaged_bytes(path)).hexdigest() != sha256:
            raise SourceDamaged(path.name, "its checksum is not the pinned one")
        try:
            tensors = Tensors(path)
            self.model = tensors.metadata["model"]
            """The fingerprint of the model whose states it reads."""
            self._dense, self._bias = tensors["dense.weight"].T, tensors["dense.bias"]
            self._seen, self._seen_bias = tensors["seen.weight"].T, tensors["seen.bias"]
            self._attended = tensors["attended.weight"].T
            self._out, self._out_bias = tensors["out.weight"][0], tensors["out.bias"][0]
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise SourceDamaged(path.name, f"it cannot be read ({error})") from error

    def __call__(self, states: Vectors) -> float:
        """The log-odds that a text, given the last states of its tokens, is about something else."""
        hidden = gelu(states @ self._dense + self._bias)
        heed = hidden @ self._attended  # a bias would be the same for all tokens
        heed = np.exp(heed - heed.max(axis=0))
        pooled = (heed * (hidden @ self._seen + self._seen_bias)).sum(axis=0) / heed.sum(axis=0)
        return float(pooled @ self._out + self._out_bias)
