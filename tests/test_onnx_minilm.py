"""The packaged model by ONNX Runtime: nearly the same vectors, and only where it is installed and worth it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from collection_kit import LETTERS
from edition_kit import CORPUS
from ncrelations.collections.collection import Collection
from ncrelations.collections.encoding import encoded
from ncrelations.collections.meaning_segments import Quantized
from ncrelations.collections.passage_text import PassageText
from ncrelations.models import onnx_minilm
from ncrelations.models.encoder import Vectors
from ncrelations.models.minilm import packaged
from ncrelations.models.onnx_minilm import TOLERANCE, WORTH, OnnxMiniLM, quicker

pytest_plugins = ["collection_fixtures"]


@pytest.fixture(scope="module")
def installed() -> None:
    """Both packages of the extra."""
    for name in ("onnx", "onnxruntime"):
        pytest.importorskip(name, reason=f"{name} is not installed")


def test_it_is_left_out_where_it_is_missing_or_not_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few passages, another encoder or a missing package: the encoder that was given."""
    monkeypatch.setitem(sys.modules, "onnx", None)
    assert quicker(packaged(), 10 * WORTH) is packaged()
    monkeypatch.undo()
    assert quicker(packaged(), WORTH - 1) is packaged()
    other = OnnxMiniLM()
    assert quicker(other, 10 * WORTH) is other
    assert (other.name, other.fingerprint, other.width) == (packaged().name, packaged().fingerprint, packaged().width)


def _floats(stored: Quantized) -> Vectors:
    return np.asarray(stored.numbers * stored.scales[:, None])


def _cosines(these: Vectors, those: Vectors) -> Vectors:
    these, those = (each / np.linalg.norm(each, axis=1, keepdims=True) for each in (these, those))
    return np.asarray((these * those).sum(axis=1))


@pytest.mark.usefixtures("installed")
def test_the_vectors_are_nearly_the_same() -> None:
    """The vectors of passages and of their sentences are those of the numpy encoder, within the stated tolerance."""
    some = [
        PassageText(number, "", each.text, tuple(sentence.text for sentence in each.sentences))
        for document in CORPUS.documents
        for number, each in enumerate(document.blocks)
    ]
    assert isinstance(quicker(packaged(), WORTH), OnnxMiniLM)
    found = [encoded(1, some, encoder) for encoder in (packaged(), OnnxMiniLM())]
    blocks, sentences = ([_floats(getattr(each, name)) for each in found] for name in ("blocks", "sentences"))
    assert _cosines(*blocks).min() > TOLERANCE
    assert _cosines(*sentences).min() > TOLERANCE
    assert found[0].encoder == found[1].encoder


@pytest.mark.usefixtures("installed")
def test_a_collection_is_encoded_by_it(
    folder_collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it encoded is found by questions that the numpy encoder reads."""
    papers = tmp_path / "letters"
    papers.mkdir()
    for name, text in LETTERS.items():
        (papers / name).write_text(text, "utf-8")
    folder_collection.sync([papers])
    monkeypatch.setattr(onnx_minilm, "WORTH", 1)
    calls, states = list[int](), OnnxMiniLM.states

    def counted(model: OnnxMiniLM, texts: Sequence[Sequence[int]]) -> list[Vectors]:
        calls.append(len(texts))
        return states(model, texts)

    monkeypatch.setattr(OnnxMiniLM, "states", counted)
    assert folder_collection.encode().share == 1
    assert sum(calls) == 4, "the passages of two letters"
    answer = folder_collection.ask("Which state holds the mines for dangerous to fishermen?")
    assert answer.excerpts[0].voice.label == "Japan"
