"""A small BERT in numpy, made for the few tokens of a question.

States lie feature by token. A product `weights @ states` then reads the weights as they are stored, in the order
that suits a matrix library best: for a question it was measured to take half the time of `states @ weights.T`.
Several texts stand one after the other; only attention looks at each by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ncrelations.models.encoder import Vectors
from ncrelations.models.tensors import Tensors

_LAYERS, _HEADS, _NORM_EPSILON = 6, 12, np.float32(1e-12)
MIDDLE = 3
"""The layer whose states are kept beside the last."""

States = tuple[Vectors, Vectors]
"""The states of a text's tokens in the middle of the network and at its end: shape (width, tokens) each."""


class Bert:
    """The network of all-MiniLM-L6-v2. Read-only; safe to share between threads."""

    def __init__(self, tensors: Tensors) -> None:
        """Raises `ValueError` for tensors that are not those of this network."""
        self._words = tensors["embeddings.word_embeddings.weight"]
        self._positions = tensors["embeddings.position_embeddings.weight"]
        self._kind = tensors["embeddings.token_type_embeddings.weight"][0]
        self._norm = _Norm.of(tensors, "embeddings.LayerNorm")
        self.layers = [Layer.of(tensors, f"encoder.layer.{number}") for number in range(_LAYERS)]
        """The layers, in order."""

    def states_of(self, texts: Sequence[Sequence[int]]) -> list[States]:
        """The states of each text's tokens, given their numbers.

        Quickest where texts of one length follow each other.
        """
        (middle, last), ends = self._states([texts])[0], np.cumsum([len(text) for text in texts])[:-1]
        return list(zip(np.split(middle, ends, axis=1), np.split(last, ends, axis=1), strict=True))

    def states_of_each(self, texts: Sequence[Sequence[int]]) -> list[States]:
        """The same of a few texts, each as it is alone, to the bit; but they are worked out side by side.

        So the weights, which take as long to read as to be multiplied with, are read once.
        """
        return self._states([[text] for text in texts])

    def _states(self, groups: Sequence[Sequence[Sequence[int]]]) -> list[States]:
        """The states of each of some groups of texts: nothing of one depends on another."""
        several = middle = [self.begun(texts) for texts in groups]
        lengths = [[len(text) for text in texts] for texts in groups]
        for number, layer in enumerate(self.layers, 1):
            several = layer(several, lengths)
            middle = several if number == MIDDLE else middle
        return list(zip(middle, several, strict=True))

    def begun(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """The states of some texts' tokens, one text after the other, before the first layer: shape (width, tokens)."""
        places = np.concatenate([np.arange(len(text)) for text in texts])
        start = self._words[np.concatenate(texts)] + self._positions[places] + self._kind
        return self._norm(np.ascontiguousarray(start.T))


def mean_of(states: Vectors) -> Vectors:
    """The mean of the states of a text's tokens: shape (width,)."""
    return np.asarray(np.add.reduce(states, axis=1) / np.float32(states.shape[1]))


@dataclass(frozen=True, slots=True)
class Dense:
    """A dense layer."""

    weights: Vectors
    bias: Vectors

    @classmethod
    def of(cls, tensors: Tensors, at: str) -> Dense:
        """That of a name. Raises `ValueError` where a part of it is missing."""
        return cls(tensors[f"{at}.weight"], tensors[f"{at}.bias"][:, None])

    def changed(self, tensors: Tensors, at: str) -> Dense:
        """The same with another bias, and weights changed by a product of low rank. Raises `ValueError`."""
        return _Changed(self.weights, tensors[f"{at}.bias"][:, None], tensors[f"{at}.down"], tensors[f"{at}.up"])

    def __call__(self, several: Sequence[Vectors]) -> list[Vectors]:
        """Of each of several states what the layer makes of it: each part of the weights for one after the other."""
        rows, columns = self.weights.shape
        few = all(states.shape[1] <= _FEW for states in several)
        outs = [np.empty((rows, states.shape[1]), np.float32) for states in several]
        together = max(_CACHED // columns, _BLOCKS[0]) if few and len(several) > 1 else rows
        for start in range(0, rows, together):
            for out, states in zip(outs, several, strict=True):
                some = _in_blocks(self.weights[start : start + together], states.shape[1])
                np.matmul(some, states, out=out[start : start + together].reshape(*some.shape[:2], -1))
        for out in outs:
            np.add(out, self.bias, out=out)
        return outs


@dataclass(frozen=True, slots=True)
class _Changed(Dense):
    """A dense layer whose weights are those of another and a product of low rank, which is never worked out."""

    down: Vectors
    up: Vectors

    def __call__(self, several: Sequence[Vectors]) -> list[Vectors]:
        """As `Dense`."""
        outs = Dense.__call__(self, several)
        return [np.add(out, self.up @ (self.down @ states), out=out) for out, states in zip(outs, several, strict=True)]


_FEW, _SMALL_PRODUCT = 48, 1_000_000
_BLOCKS = (96, 48, 24)
_CACHED = 384 * 384
"""Numbers of a matrix that stay in the processor's cache while several states are multiplied with them."""


def _in_blocks(weights: Vectors, tokens: int) -> Vectors:
    """Weights in blocks of rows.

    Below a million multiplications OpenBLAS, on processors with AVX-512, works on the matrices where they lie;
    above, it first copies them, which for the tokens of a question takes a third of the time of a product.
    """
    rows, columns = weights.shape
    if tokens <= _FEW:
        rows = next((n for n in _BLOCKS if rows % n == 0 and n * columns * tokens <= _SMALL_PRODUCT), rows)
    return weights.reshape(-1, rows, columns)


@dataclass(frozen=True, slots=True)
class _Norm:
    """Every token's state brought to mean 0 and spread 1, then scaled and shifted."""

    weights: Vectors
    bias: Vectors

    @classmethod
    def of(cls, tensors: Tensors, at: str) -> _Norm:
        return cls(tensors[f"{at}.weight"][:, None], tensors[f"{at}.bias"][:, None])

    def __call__(self, states: Vectors) -> Vectors:
        """Works in place."""
        width = np.float32(len(states))
        states -= np.einsum("ft->t", states) / width
        states *= 1 / np.sqrt(np.einsum("ft,ft->t", states, states) / width + _NORM_EPSILON)
        states *= self.weights
        states += self.bias
        return states


@dataclass(frozen=True, slots=True)
class Layer:
    """Attention, then two dense layers, each added to what it was given."""

    query: Dense
    key: Dense
    value: Dense
    attended: Dense
    first_norm: _Norm
    wide: Dense
    narrow: Dense
    last_norm: _Norm

    @classmethod
    def of(cls, tensors: Tensors, at: str) -> Layer:
        """That of a name. Raises `ValueError` where a part of it is missing."""
        query, key, value = (Dense.of(tensors, f"{at}.attention.self.{part}") for part in ("query", "key", "value"))
        return cls(
            query,
            key,
            value,
            Dense.of(tensors, f"{at}.attention.output.dense"),
            _Norm.of(tensors, f"{at}.attention.output.LayerNorm"),
            Dense.of(tensors, f"{at}.intermediate.dense"),
            Dense.of(tensors, f"{at}.output.dense"),
            _Norm.of(tensors, f"{at}.output.LayerNorm"),
        )

    def changed(self, tensors: Tensors, at: str) -> Layer:
        """The same with small changes of its weights. Raises `ValueError` where a part of them is missing."""
        return Layer(
            self.query.changed(tensors, f"{at}.attention.self.query"),
            self.key.changed(tensors, f"{at}.attention.self.key"),
            self.value.changed(tensors, f"{at}.attention.self.value"),
            self.attended.changed(tensors, f"{at}.attention.output.dense"),
            _Norm.of(tensors, f"{at}.attention.output.LayerNorm"),
            self.wide.changed(tensors, f"{at}.intermediate.dense"),
            self.narrow.changed(tensors, f"{at}.output.dense"),
            _Norm.of(tensors, f"{at}.output.LayerNorm"),
        )

    def __call__(self, several: Sequence[Vectors], lengths: Sequence[Sequence[int]]) -> list[Vectors]:
        """The states after this layer of several groups of texts of these lengths."""
        parts = zip(self.query(several), self.key(several), self.value(several), lengths, strict=True)
        inner = _added(self.attended([_attention(*some) for some in parts]), several, self.first_norm)
        return _added(self.narrow([gelu(wide) for wide in self.wide(inner)]), inner, self.last_norm)


def _added(outs: Sequence[Vectors], given: Sequence[Vectors], norm: _Norm) -> list[Vectors]:
    """What a part of a layer makes of several states, added to what it was given."""
    return [norm(np.add(out, states, out=out)) for out, states in zip(outs, given, strict=True)]


def _attention(query: Vectors, key: Vectors, value: Vectors, lengths: Sequence[int]) -> Vectors:
    """What each token takes from those of its text; texts of one length are worked out together."""
    out, start = np.empty_like(query), 0
    for length, some in groupby(lengths):
        end = start + length * len(list(some))
        by_head = (_by_head(part[:, start:end], length) for part in (query, key, value))
        out[:, start:end] = _attended(*by_head).transpose(1, 2, 0, 3).reshape(len(out), -1)
        start = end
    return out


def _by_head(part: Vectors, length: int) -> Vectors:
    """Features by token as shape (texts, heads, features of a head, tokens of a text)."""
    return part.reshape(_HEADS, len(part) // _HEADS, -1, length).transpose(2, 0, 1, 3)


def _attended(query: Vectors, key: Vectors, value: Vectors) -> Vectors:
    """The values that each token takes from the others, by the likeness of its query to their keys."""
    weights: Vectors = key.swapaxes(2, 3) @ query
    weights *= np.float32(key.shape[2] ** -0.5)
    weights -= weights.max(axis=2, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=2, keepdims=True)
    return np.asarray(value @ weights)


# Rational approximation of erf in float32, the one of Eigen and XLA: x P(x²) / Q(x²) on |x| < 4.
_ERF_P = (-2.72614225801306e-10, 2.77068142495902e-08, -2.10102402082508e-06, -5.69250639462346e-05,
          -7.34990630326855e-04, -2.95459980854025e-03, -1.60960333262415e-02)  # fmt: skip

_ERF_Q = (-1.45660718464996e-05, -2.13374055278905e-04, -1.68282697438203e-03, -7.37332916720468e-03,
          -1.42647390514189e-02)  # fmt: skip


def erf(x: Vectors) -> Vectors:
    """The error function, to 5e-7."""
    x = np.clip(x, np.float32(-4), np.float32(4))
    square = x * x
    x *= _polynomial(square, _ERF_P)
    x /= _polynomial(square, _ERF_Q)
    return x


def _polynomial(x: Vectors, coefficients: tuple[float, ...]) -> Vectors:
    total = x * np.float32(coefficients[0])
    for coefficient in coefficients[1:-1]:
        total += np.float32(coefficient)
        total *= x
    total += np.float32(coefficients[-1])
    return total


def gelu(x: Vectors) -> Vectors:
    """The activation between the two dense layers."""
    share = erf(x * np.float32(0.7071067811865476))
    share += np.float32(1)
    share *= np.float32(0.5)
    share *= x
    return share
