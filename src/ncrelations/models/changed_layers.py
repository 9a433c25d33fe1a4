"""Some layers of a model whose weights were changed a little, to tell what the model was not made for.

Every changed matrix is the model's own and a product of rank 64, which is fitted; so a file of a few megabytes makes
of a part of the model another network.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ncrelations.errors import SourceDamaged
from ncrelations.models.bert import Dense, Layer
from ncrelations.models.encoder import Vectors
from ncrelations.models.tensors import Tensors
from ncrelations.models.verified_files import has_checksum


class ChangedLayers:
    """Layers with small changes, and what is said by what they make of a text. Read-only; safe to share."""

    def __init__(self, path: Path, sha256: str, layers: Sequence[Layer]) -> None:
        """Read the changes of some layers. Raises `SourceDamaged` for a file of another checksum."""
        try:
            if not has_checksum(path, sha256):
                raise SourceDamaged(path.name, "its checksum is not the pinned one")
            tensors = Tensors(path)
            self.metadata = tensors.metadata
            """What the file says of itself: `model`, the fingerprint of the model whose layers it changes."""
            self._layers = [layer.changed(tensors, f"layers.{number}") for number, layer in enumerate(layers)]
            self._said = Dense.of(tensors, "said")
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise SourceDamaged(path.name, f"it cannot be read ({error})") from error

    def states(self, several: Sequence[Vectors], lengths: Sequence[Sequence[int]]) -> list[Vectors]:
        """The states after these layers of several groups of texts of these lengths."""
        for layer in self._layers:
            several = layer(several, lengths)
        return list(several)

    def said(self, state: Vectors) -> Vectors:
        """What is said by one state: shape (numbers,)."""
        return np.asarray(self._said([state[:, None]])[0][:, 0])
