"""Layers of a model that are fitted to another purpose, with changes small enough to be stored."""

from __future__ import annotations

from functools import partial

import torch
from torch import nn

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


def slowing(adam: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    """The pace of a fit of some steps: it rises, then falls evenly."""
    return torch.optim.lr_scheduler.LambdaLR(adam, partial(_pace, steps))


def _pace(steps: int, step: int) -> float:
    return min((step + 1) / _RISING, max(_SLOWEST, 1 - step / steps))
