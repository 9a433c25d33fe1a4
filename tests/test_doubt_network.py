"""What a network says of whether the documents answer a question, by the states of its tokens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ncrelations.answers.english_scorer import EnglishScorer
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import SourceDamaged
from ncrelations.models.bert import States
from ncrelations.models.doubt_network import DoubtNetwork
from ncrelations.models.minilm import packaged, packaged_folder

CORPUS = edition().corpus
TEXTS = ["maritime security", "Why does NATO fear Beijing's friendship with Belgium?", "and NATO?"]


def _file() -> Path:
    assert CORPUS.doubt_file is not None
    return CORPUS.doubt_file


def _network() -> DoubtNetwork:
    return DoubtNetwork(_file(), CORPUS.doubt_sha256, packaged())


def _said(*texts: str) -> list[float]:
    return packaged().looked_at([CORPUS.metonyms.replaced(text) for text in texts], _network())[1]


@pytest.mark.torch
def test_the_network_is_the_one_that_was_fitted() -> None:
    """In numpy it says what the fitted network says in PyTorch, to 1e-4."""
    import torch
    from safetensors.numpy import load
    from transformers import AutoModel

    from eval.fit_doubt import Network

    model = AutoModel.from_pretrained(packaged_folder())
    fitted = Network(model)
    fitted.lower(model)
    weights = {name: torch.from_numpy(value.astype(np.float32)) for name, value in load(_file().read_bytes()).items()}
    left = fitted.load_state_dict(weights, strict=False)
    assert not left.unexpected_keys
    assert {name.rpartition(".")[2] for name in left.missing_keys} == {"weight"}  # the model's own
    seen: list[States] = []

    def keep(found: Sequence[States]) -> list[float]:
        seen.extend(found)
        return _network()(found)

    _, said = packaged().looked_at(TEXTS, keep)
    for (middle, _), found in zip(seen, said, strict=True):
        whole = torch.from_numpy(np.ascontiguousarray(middle.T))[None]
        assert found == pytest.approx(fitted.eval()(whole, torch.ones(whole.shape[:2])).item(), abs=1e-4)


PAIRS = (
    ("Why does China criticise NATO's expansion?", "Why does China praise NATO's expansion?"),
    ("When did Stoltenberg meet Wang Yi?", "What did Stoltenberg and Wang Yi have for dinner?"),
    ("Why is China worried about AUKUS?", "Why is China pleased about AUKUS?"),
    ("Who wrote the article?", "Who translated the article?"),
)


@pytest.mark.parametrize(("answered", "unanswered"), PAIRS)
def test_twins_are_told_apart(answered: str, unanswered: str) -> None:
    """Of two questions of one form, the one that the documents do not answer is the more doubtful."""
    certain, doubtful = _said(answered, unanswered)
    assert certain < doubtful


def test_a_look_changes_no_vector_and_no_other_look() -> None:
    """Vectors are the same to the bit; so is what is said of a few texts, and of many to 1e-3."""
    vectors, said = packaged().looked_at(TEXTS, _network())
    assert np.array_equal(vectors, packaged().encode(TEXTS))
    assert said == [packaged().looked_at([text], _network())[1][0] for text in TEXTS]
    assert packaged().looked_at(TEXTS * 30, _network())[1][:3] == pytest.approx(said, abs=1e-3)


def test_every_reading_in_english_was_looked_at() -> None:
    """Alone and prepared with others, a question is judged by the same number."""
    scorer = edition().scorers.english
    fresh = EnglishScorer(scorer.index, scorer.encoder)
    questions = [fresh.read(text) for text in TEXTS]
    alone = [scorer.score(each).looked.unanswered for each in questions]
    fresh.prepare(questions)
    assert [fresh.score(each).looked.unanswered for each in questions] == pytest.approx(alone, abs=1e-3)
    assert None not in alone


def test_a_changed_network_is_refused(tmp_path: Path) -> None:
    """A file with one byte changed, or none, is an error that says what is damaged."""
    data = bytearray(_file().read_bytes())
    data[-100] ^= 1
    (tmp_path / "doubt.safetensors").write_bytes(data)
    with pytest.raises(SourceDamaged, match=r"doubt\.safetensors"):
        DoubtNetwork(tmp_path / "doubt.safetensors", CORPUS.doubt_sha256, packaged())
    with pytest.raises(SourceDamaged, match="cannot be read"):
        DoubtNetwork(tmp_path / "none.safetensors", CORPUS.doubt_sha256, packaged())


def test_a_network_of_another_model_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """States of another model say nothing to it: the other signals decide then."""
    scorer = edition().scorers.english
    monkeypatch.setattr("ncrelations.answers.english_scorer.DoubtNetwork", lambda *_: _OfAnother())
    other = EnglishScorer(scorer.index, scorer.encoder)
    looked = other.score(other.read("maritime security")).looked
    assert looked.unanswered is None
    assert looked.outside is not None


class _OfAnother:
    model = "another"


def test_only_what_is_judged_is_looked_at() -> None:
    """No network looks at a question without the side it names, nor at its parts: nobody asks if they are answered."""
    scorer = edition().scorers.english
    fresh = EnglishScorer(scorer.index, scorer.encoder)
    question = fresh.read("What does NATO think of Taiwan, and what does China think of AUKUS?")
    assert question.parts
    whole, *parts = fresh.score_all([question, *question.parts], judged=True)
    assert whole.looked.unanswered is not None
    assert [each.looked.unanswered for each in parts] == [None] * len(parts)
    first = fresh.score(question.parts[0]).looked.unanswered
    assert first == EnglishScorer(scorer.index, scorer.encoder).score(question.parts[0]).looked.unanswered
    assert first is not None
