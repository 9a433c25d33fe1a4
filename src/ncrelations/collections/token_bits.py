"""Late interaction: how near a passage has something to each token of a question.

A token's state is kept as the signs of 128 random projections, 16 bytes. The product of the signs with the same
projections of a question's token estimates their cosine.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ncrelations.models.encoder import Vectors

BITS = 128
_SEED = 20_220_629
_SCALE = np.float32(math.sqrt(math.pi / 2) / BITS)


@lru_cache(maxsize=4)
def _directions(width: int) -> Vectors:
    """The directions that states are projected on: the same everywhere and for good."""
    uniform = np.random.Generator(np.random.PCG64(_SEED)).random((2, width, BITS))
    normal = np.sqrt(-2 * np.log1p(-uniform[0])) * np.cos(2 * np.pi * uniform[1])
    return np.asarray(normal, np.float32)


def bits_of(states: Vectors) -> NDArray[np.uint8]:
    """The signs of the projections of some states: shape (states, 16)."""
    return np.packbits(states @ _directions(states.shape[1]) > 0, axis=1)


def projected(states: Vectors) -> Vectors:
    """What the tokens of a question are compared by: shape (128, tokens)."""
    units = states / np.maximum(np.linalg.norm(states, axis=1, keepdims=True), np.float32(1e-12))
    return np.ascontiguousarray((units @ _directions(states.shape[1])).T)


def products(bits: NDArray[np.uint8], question: Vectors) -> Vectors:
    """The cosine of each token with each of a question: shape (tokens, tokens of the question)."""
    signs = np.unpackbits(bits, axis=1).astype(np.float32)
    signs *= 2
    signs -= 1
    return np.asarray((signs @ question) * _SCALE)


def nearest(bits: NDArray[np.uint8], starts: NDArray[np.int64], question: Vectors) -> Vectors:
    """The cosine of each token of a question with the nearest of each passage: shape (passages, tokens).

    The bits of a passage stand one after the other from its start on; none is without a token.
    """
    return np.asarray(np.maximum.reduceat(products(bits, question), starts, axis=0))
