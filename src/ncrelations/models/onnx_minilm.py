"""The packaged model by ONNX Runtime, its products in whole numbers of 8 bits: quicker for very many passages.

The network is made of the packaged weights when it is first used; nothing is downloaded and no file is written. Where
the packages of the extra `onnx` are missing, nothing of this is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from ncrelations.models.encoder import TokenEncoder, Vectors
from ncrelations.models.minilm import MiniLM
from ncrelations.models.tensors import Tensors

TOLERANCE = 0.98
"""The least cosine of a vector by this way and by the other; of 646 paragraphs .983, on average .994."""

WORTH = 100
"""Passages from which on making the network takes less time than it saves."""

_LAYERS, _HEADS, _WIDTH, _OPSET, _FORMAT = 6, 12, 384, 20, 9
_LEVELS = 63
"""Of a weight, each way: with more, products overflow on processors without instructions made for them."""


def quicker(encoder: TokenEncoder, passages: int) -> TokenEncoder:
    """The same model by ONNX Runtime, where that is installed and the passages are many; else what was given."""
    if type(encoder) is not MiniLM or passages < WORTH:
        return encoder
    try:
        import onnx
        import onnxruntime
    except ImportError:
        return encoder
    del onnx, onnxruntime
    return OnnxMiniLM(encoder.folder)


class OnnxMiniLM(MiniLM):
    """The packaged model; only the states of tokens, from which passages are encoded, come from ONNX Runtime."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
        self._session: Any = None
        self._making = Lock()

    def states(self, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        """The last states of each text's tokens, given their numbers: shape (tokens, 384) each; on one core."""
        with self._making:
            self._session = self._session or _session(Tensors(self._weights))
        given = ({"ids": np.array([text], np.int64), "places": np.arange(len(text))[None]} for text in texts)
        return [self._session.run(None, each)[0][0] for each in given]


def _session(tensors: Tensors) -> Any:
    """The network, ready to be run with one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(_Network(tensors).bytes(), options, providers=["CPUExecutionProvider"])


class _Network:
    """The network as ONNX describes one: what `bert.py` computes, node by node."""

    def __init__(self, tensors: Tensors) -> None:
        from onnx import TensorProto, helper, numpy_helper

        self._tensors, self._helper, self._constant_of, self._kinds = (
            tensors,
            helper,
            numpy_helper.from_array,
            TensorProto,
        )
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        states = self._first()
        for number in range(_LAYERS):
            states = self._layer(states, f"encoder.layer.{number}")
        self._node("Identity", states, named="states")

    def bytes(self) -> bytes:
        """The network as ONNX stores one."""
        whole, real = self._kinds.INT64, self._kinds.FLOAT
        given = [self._helper.make_tensor_value_info(name, whole, ["texts", "tokens"]) for name in ("ids", "places")]
        made = self._helper.make_tensor_value_info("states", real, ["texts", "tokens", _WIDTH])
        graph = self._helper.make_graph(self._nodes, "minilm", given, [made], self._constants)
        model = self._helper.make_model(graph, opset_imports=[self._helper.make_opsetid("", _OPSET)])
        model.ir_version = _FORMAT
        return bytes(model.SerializeToString())

    def _node(self, kind: str, *given: str, named: str = "", outputs: int = 1, **attributes: Any) -> str:
        """One more node: its first output; the others have a number behind the same name."""
        name = named or f"{kind}{len(self._nodes)}"
        made = [name, *(f"{name}.{number}" for number in range(1, outputs))]
        self._nodes.append(self._helper.make_node(kind, list(given), made, name=name, **attributes))
        return name

    def _constant(self, values: Any) -> str:
        name = f"constant{len(self._constants)}"
        self._constants.append(self._constant_of(np.ascontiguousarray(values), name))
        return name

    def _first(self) -> str:
        """The states before the first layer."""
        words = self._constant(self._tensors["embeddings.word_embeddings.weight"])
        kind = self._tensors["embeddings.token_type_embeddings.weight"][0]
        places = self._constant(self._tensors["embeddings.position_embeddings.weight"] + kind)
        both = self._node("Add", self._node("Gather", words, "ids"), self._node("Gather", places, "places"))
        return self._norm(both, "embeddings.LayerNorm")

    def _layer(self, states: str, at: str) -> str:
        attended = self._dense(self._attention(states, f"{at}.attention.self"), f"{at}.attention.output.dense")
        states = self._norm(self._node("Add", attended, states), f"{at}.attention.output.LayerNorm")
        wide = self._node("Gelu", self._dense(states, f"{at}.intermediate.dense"))
        narrow = self._dense(wide, f"{at}.output.dense")
        return self._norm(self._node("Add", narrow, states), f"{at}.output.LayerNorm")

    def _attention(self, states: str, at: str) -> str:
        apart = self._constant(np.array([0, 0, _HEADS, _WIDTH // _HEADS]))
        query, key, value = (
            self._node("Transpose", self._node("Reshape", self._dense(states, f"{at}.{name}"), apart), perm=order)
            for name, order in (("query", (0, 2, 1, 3)), ("key", (0, 2, 3, 1)), ("value", (0, 2, 1, 3)))
        )
        scale = self._constant(np.float32((_WIDTH // _HEADS) ** -0.5))
        weights = self._node("Softmax", self._node("Mul", self._node("MatMul", query, key), scale), axis=-1)
        heads = self._node("Transpose", self._node("MatMul", weights, value), perm=(0, 2, 1, 3))
        return self._node("Reshape", heads, self._constant(np.array([0, 0, _WIDTH])))

    def _dense(self, states: str, at: str) -> str:
        """A dense layer: the weights in 8 bits, by a scale for each output; the states by one that they give."""
        weights = np.asarray(self._tensors[f"{at}.weight"]).T
        scales = np.abs(weights).max(axis=0) / np.float32(_LEVELS)
        whole = self._constant(np.rint(weights / scales).astype(np.int8))
        given = self._node("DynamicQuantizeLinear", states, outputs=3)
        product = self._node("MatMulInteger", given, whole, f"{given}.2")
        real = self._node("Cast", product, to=self._kinds.FLOAT)
        scale = self._node("Mul", f"{given}.1", self._constant(scales.astype(np.float32)))
        bias = self._constant(self._tensors[f"{at}.bias"])
        return self._node("Add", self._node("Mul", real, scale), bias)

    def _norm(self, states: str, at: str) -> str:
        weights, bias = (self._constant(self._tensors[f"{at}.{name}"]) for name in ("weight", "bias"))
        return self._node("LayerNormalization", states, weights, bias, epsilon=1e-12, axis=-1)
