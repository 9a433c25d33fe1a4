"""Any other model, through sentence-transformers."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ncrelations.errors import EncoderUnavailable
from ncrelations.models.encoder import Vectors
from ncrelations.models.minilm import PACKAGED, packaged_folder


class SentenceTransformers:
    """Any model that sentence-transformers loads, by name or path, offline."""

    def __init__(self, name: str, progress: bool = False) -> None:
        """Load the model; "all-MiniLM-L6-v2" is the packaged one. Raises `EncoderUnavailable`."""
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        self.name, self._progress = name, progress
        where = str(packaged_folder()) if name == PACKAGED else name
        try:
            from sentence_transformers import SentenceTransformer

            self._model = SentenceTransformer(where, device="cpu")
        except (ImportError, OSError, ValueError) as error:
            first = str(error).partition("\n")[0]
            raise EncoderUnavailable(name, first, "pip install 'ncrelations[build]'") from error
        self.fingerprint = self._fingerprint(where)

    def _fingerprint(self, where: str) -> str:
        weights = Path(where) / "model.safetensors"
        if weights.is_file():
            with weights.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        config: Any = getattr(self._model[0], "auto_model", None)
        return str(getattr(getattr(config, "config", None), "_commit_hash", None) or where)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text: shape (texts, dimension)."""
        vectors = self._model.encode(
            list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=self._progress
        )
        return np.asarray(vectors, np.float32)

    def knows(self, word: str) -> bool:
        """Whether the model's vocabulary has the lower-case `word` whole."""
        return word in self._model.tokenizer.get_vocab()
