"""The network in numpy: its activation, and no dependence on how its products are cut."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ncrelations.models import bert
from ncrelations.models.bert import Bert, erf, gelu, mean_of
from ncrelations.models.minilm import packaged_folder
from ncrelations.models.tensors import Tensors


@pytest.fixture(scope="module")
def network() -> Bert:
    """The packaged network."""
    return Bert(Tensors(packaged_folder() / "model.safetensors"))


def test_erf_is_exact_enough() -> None:
    """The error function is within 5e-7 of the C library's, over all of its range."""
    x = np.concatenate([np.linspace(-6, 6, 20_001), [0.0, -0.0, 1e-30, -1e-30, 50, -50]]).astype(np.float32)
    exact = np.array([math.erf(float(each)) for each in x])
    assert np.abs(erf(x) - exact).max() < 5e-7


def test_gelu_is_exact_enough() -> None:
    """The activation is the exact one, not the tanh approximation (which is off by 5e-4)."""
    x = np.linspace(-8, 8, 4_001).astype(np.float32)
    exact = np.array([each * 0.5 * (1 + math.erf(each / math.sqrt(2))) for each in x.astype(float)])
    assert np.abs(gelu(x) - exact).max() < 2e-6


@pytest.mark.parametrize("count", [2, 3, 15, 27, 28, 48, 49, 256])
def test_blocks_of_weights_change_nothing_but_rounding(
    network: Bert, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text has the same mean state, to 1e-6, whether its products are worked out in blocks or whole."""
    tokens = [101, *(np.arange(count - 2) * 37 % 29_000 + 1_000).tolist(), 102]
    in_blocks = mean_of(network.states([tokens]))
    monkeypatch.setattr(bert, "_FEW", 0)
    assert np.abs(mean_of(network.states([tokens])) - in_blocks).max() < 1e-5
    assert np.abs(in_blocks).max() > 0.1


def test_other_tensors_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file of other tensors is a `ValueError` that names what is missing."""
    file = tmp_path_factory.mktemp("other") / "model.safetensors"
    head = b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    file.write_bytes(len(head).to_bytes(8, "little") + head + b"\0\0\0\0")
    with pytest.raises(ValueError, match=r"there is no embeddings\.word_embeddings\.weight in float32"):
        Bert(Tensors(file))
