"""The network in numpy: its activation, and no dependence on how its products are cut."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save

from ncrelations.models import bert
from ncrelations.models.bert import Bert, Dense, erf, gelu, mean_of
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
    in_blocks = mean_of(network.states_of([tokens])[0][1])
    monkeypatch.setattr(bert, "_FEW", 0)
    assert np.abs(mean_of(network.states_of([tokens])[0][1]) - in_blocks).max() < 1e-5
    assert np.abs(in_blocks).max() > 0.1


def test_other_tensors_are_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file of other tensors is a `ValueError` that names what is missing."""
    file = tmp_path_factory.mktemp("other") / "model.safetensors"
    head = b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'
    file.write_bytes(len(head).to_bytes(8, "little") + head + b"\0\0\0\0")
    with pytest.raises(ValueError, match=r"there is no embeddings\.word_embeddings\.weight in float32"):
        Bert(Tensors(file))


def test_a_changed_layer_has_the_weights_and_a_product_of_low_rank(tmp_path: Path) -> None:
    """Changed, a dense layer gives what one with both weights added up gives; half precision is read, too."""
    random = np.random.default_rng(0)
    weights, bias = random.standard_normal((96, 24)).astype(np.float32), random.standard_normal(96).astype(np.float32)
    down, up = (random.standard_normal(shape).astype(np.float16) for shape in ((3, 24), (96, 3)))
    (tmp_path / "change").write_bytes(save({"at.bias": bias, "at.down": down, "at.up": up}))
    changed = Dense(weights, np.zeros((96, 1), np.float32)).changed(Tensors(tmp_path / "change"), "at")
    states = random.standard_normal((24, 7)).astype(np.float32)
    wanted = (weights + up.astype(np.float32) @ down.astype(np.float32)) @ states + bias[:, None]
    assert np.abs(changed([states])[0] - wanted).max() < 1e-4
