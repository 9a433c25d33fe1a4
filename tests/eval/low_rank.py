"""Layers of a model that are fitted to another purpose, with changes small enough to be stored."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import torch
from safetensors.numpy import save
from torch import nn

from eval.batches import Halves, batches

RANK, _RISING, _SLOWEST = 64, 200, 0.02
"""The rank of the changes; the steps in which the pace rises to its height, and what share of it is left at the end."""


class LowRank(nn.Module):
    """A dense layer whose weights are those of the model and a product of low rank."""

    def __init__(self, before: nn.Linear, after: nn.Linear) -> None:
        super().__init__()
        left, sizes, right = torch.linalg.svd(after.weight.detach() - before.weight.detach(), full_matrices=False)
        roots = sizes[:RANK].sqrt()
        self.register_buffer("weight", before.weight.detach())
        self.down, self.up = nn.Parameter(roots[:, None] * right[:RANK]), nn.Parameter(left[:, :RANK] * roots)
        self.bias = nn.Parameter(after.bias.detach())

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """The layer's output."""
        return nn.functional.linear(states, self.weight, self.bias) + states @ self.down.T @ self.up.T  # type: ignore[arg-type]  # a buffer


def lower(layers: nn.Module, before: nn.Module) -> None:
    """Leave of the changes of each weight of some layers a product of low rank; `before`: the layers of the model."""
    for name, layer in [*before.named_modules()]:
        if isinstance(layer, nn.Linear):
            at, _, last = name.rpartition(".")
            after = layers.get_submodule(name)
            assert isinstance(after, nn.Linear)
            setattr(layers.get_submodule(at), last, LowRank(layer, after))


def mend(
    network: nn.Module,
    missed: Callable[[Sequence[int]], torch.Tensor],
    states: Sequence[Halves],
    size: int,
    *,
    pace: float,
    epochs: range,
) -> None:
    """Mend a network by all texts, some times, by AdamW at a pace that rises, then falls evenly.

    `missed` says what the network misses of the texts of some numbers, `states` are theirs, `size` of them a batch.
    """
    steps = -(-len(states) // size) * len(epochs)
    adam = torch.optim.AdamW(network.parameters(), lr=pace, weight_decay=0.01)
    paces = torch.optim.lr_scheduler.LambdaLR(adam, partial(_pace, steps))
    for epoch in epochs:
        lost = list[float]()
        for batch in batches(states, random.Random(epoch), size):  # noqa: S311  # no secret: the same order each time
            adam.zero_grad()
            loss = missed(batch)
            loss.backward()  # type: ignore[no-untyped-call]  # torch's
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            paces.step()
            lost.append(loss.item())
        print(f"{epoch + 1}: {np.mean(lost):.4f}", flush=True)


def stored(network: nn.Module, about: dict[str, str]) -> bytes:
    """The file of what was fitted, in float16, with what it says of itself."""
    halves = {name: value.detach().numpy().astype(np.float16) for name, value in network.named_parameters()}
    return save({name: np.ascontiguousarray(each) for name, each in halves.items()}, about)


def _pace(steps: int, step: int) -> float:
    return min((step + 1) / _RISING, max(_SLOWEST, 1 - step / steps))
