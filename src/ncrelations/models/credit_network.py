"""A network that says whose a quotation is, by the words before and after it: what a reader sees at a glance.

It is the first layers of the packaged model, whose weights were changed a little. The quotation itself is masked: what
it says is no sign of who says so. `tests/proof/fit_credit_network.py` fits it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ncrelations.models.bert import mean_of
from ncrelations.models.changed_layers import ChangedLayers
from ncrelations.models.encoder import Vectors
from ncrelations.models.minilm import MiniLM
from ncrelations.models.one_thread import one_thread
from ncrelations.models.recent import Recent

UNCHANGED, LAYERS = 1, 4
"""How many layers of the model stay as they are, and how many there are in all."""

_MASK = "[MASK]"
_BEFORE, _AFTER = 80, 40
"""Tokens before and after the quotation that are read."""


class CreditNetwork:
    """Says who may be credited with a quotation. Read-only; safe to share between threads."""

    def __init__(self, path: Path, sha256: str, model: MiniLM) -> None:
        """Read the file of that checksum. Raises `SourceDamaged` for any other."""
        self._changed, self._model = ChangedLayers(path, sha256, model.layers[UNCHANGED:LAYERS]), model
        self._who = self._changed.metadata["who"].split("|")
        self._recent: Recent[tuple[str, str], Mapping[str, float]] = Recent(256)

    def chances(self, before: str, after: str) -> Mapping[str, float]:
        """Of each who may be credited, by the names in the file, the chance of it.

        Text in ASCII is taken apart without loading a library.
        """
        near = _near(before, after)
        found = self._recent.get(near)
        if found is None:
            found = self._looked(*near)
            self._recent.put(near, found)
        return found

    def _looked(self, before: str, after: str) -> Mapping[str, float]:
        tokens, at = tokens_around(self._model, before, after)
        with one_thread(), np.errstate(all="ignore"):
            last = self._changed.states([begun(self._model, tokens)], [[len(tokens)]])[0]
            said = self._changed.said(np.concatenate([last[:, at], mean_of(last)]))
        shares = np.exp(said - said.max())
        return dict(zip(self._who, map(float, shares / shares.sum()), strict=True))


def tokens_around(model: MiniLM, before: str, after: str) -> tuple[list[int], int]:
    """The numbers of the tokens around a quotation, and where it stands among them."""
    first = model.tokens(before)[-_BEFORE:]
    return model.framed([*first, *model.tokens(_MASK), *model.tokens(after)[:_AFTER]]), len(first) + 1


def _near(before: str, after: str) -> tuple[str, str]:
    """As many words before and after as there are tokens to be read: every word is one at least."""
    return " ".join(before.split()[-_BEFORE:]), " ".join(after.split()[:_AFTER])


def begun(model: MiniLM, tokens: list[int]) -> Vectors:
    """The states of some tokens after the layers that stay as they are: shape (384, tokens)."""
    states = [model.begun(tokens)]
    for layer in model.layers[:UNCHANGED]:
        states = layer(states, [[len(tokens)]])
    return states[0]
