"""Texts by the states of their tokens, in batches for a network to be fitted on."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

Halves = NDArray[np.float16]
"""The states of a text's tokens: shape (tokens, width)."""
BATCH = 64
"""Texts in a batch."""


def padded(some: Sequence[Halves]) -> tuple[torch.Tensor, torch.Tensor]:
    """The states of some texts, by text and token, and whether there is a token."""
    longest = max(map(len, some))
    states, there = np.zeros((len(some), longest, some[0].shape[1]), np.float32), np.zeros((len(some), longest))
    for row, each in enumerate(some):
        states[row, : len(each)], there[row, : len(each)] = each, 1
    return torch.from_numpy(states), torch.from_numpy(there.astype(np.float32))


def batches(states: Sequence[Halves], chance: random.Random, size: int = BATCH) -> list[list[int]]:
    """The texts in a new order, those of about a length together."""
    lengths = [len(each) for each in states]
    order = chance.sample(range(len(lengths)), len(lengths))
    found = []
    for start in range(0, len(order), size * 50):
        some = sorted(order[start : start + size * 50], key=lengths.__getitem__)
        found += [some[at : at + size] for at in range(0, len(some), size)]
    return chance.sample(found, len(found))
