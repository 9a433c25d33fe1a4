"""Questions about something that the documents never speak of, told by the tokens they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ncrelations.answers import scope
from ncrelations.answers.coverage import Coverage, coverage
from ncrelations.answers.english_scorer import EnglishScorer
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import SourceDamaged
from ncrelations.models.bert import States
from ncrelations.models.minilm import packaged
from ncrelations.models.question_networks import Looked
from ncrelations.models.scope_network import ScopeNetwork
from ncrelations.retrieval.passages import Passage

CORPUS = edition().corpus
FRAMES = (
    "what does the report say about {}?",
    "{}",
    "is {} mentioned anywhere",
    "hi! Does China care about {}, please?",
)


def _file() -> Path:
    assert CORPUS.scope_file is not None
    return CORPUS.scope_file


def _network() -> ScopeNetwork:
    return ScopeNetwork(_file(), CORPUS.scope_sha256)


def _said(text: str) -> float:
    return packaged().looked_at([text], _look)[1][0]


def _look(texts: Sequence[States]) -> list[float]:
    return [_network()(last.T) for _, last in texts]


@pytest.mark.torch
def test_the_network_is_the_one_that_was_fitted() -> None:
    """In numpy it says what the fitted network says in PyTorch, to 1e-4."""
    import torch
    from safetensors.numpy import load

    from eval.fit_scope import Network

    fitted = Network(384).eval()
    weights = {name: torch.from_numpy(value.copy()) for name, value in load(_file().read_bytes()).items()}
    fitted.load_state_dict(weights)
    seen: list[States] = []
    texts = ["maritime security", "is penguin farming mentioned anywhere?", "and NATO?"]

    def keep(found: Sequence[States]) -> list[float]:
        seen.extend(found)
        return _look(found)

    _, said = packaged().looked_at(texts, keep)
    for (_, last), found in zip(seen, said, strict=True):
        whole = torch.from_numpy(np.ascontiguousarray(last.T))[None]
        assert found == pytest.approx(fitted(whole, torch.ones(whole.shape[:2])).item(), abs=1e-4)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_strange_word_is_heard_in_any_frame(frame: str) -> None:
    """What the documents speak of is told from what they do not, whatever asks for it."""
    inside = [_said(frame.format(each)) for each in ("AUKUS", "fishing", "cyber security", "Stoltenberg", "Taiwan")]
    outside = [_said(frame.format(each)) for each in ("cheesecake", "lawnmowers", "the Beatles", "tap dancing", "bees")]
    assert sorted(inside)[-2] < sorted(outside)[1]  # but one of each


def test_a_look_changes_no_vector() -> None:
    """Vectors are the same to the bit whether the states are looked at or not, and of many to 1e-6."""
    texts = ["maritime security", "Who is Brian Wong?", "and them?"]
    vectors, said = packaged().looked_at(texts, _look)
    assert np.array_equal(vectors, packaged().encode(texts))
    many, all_said = packaged().looked_at(texts * 30, _look)
    assert np.abs(many[:3] - vectors).max() < 1e-6
    assert all_said[:3] == pytest.approx(said, abs=1e-3)


def test_every_reading_in_english_was_looked_at() -> None:
    """Alone and prepared with others, a question is judged by the same number."""
    scorer = edition().scorers.english
    fresh = EnglishScorer(scorer.index, scorer.encoder)
    questions = [fresh.read(text) for text in ("is fishing mentioned", "what does it say about bees")]
    alone = [scorer.score(each).looked.outside for each in questions]
    fresh.prepare(questions)
    assert [fresh.score(each).looked.outside for each in questions] == pytest.approx(alone, abs=1e-3)
    assert None not in alone


def test_without_a_network_two_rules_decide() -> None:
    """A reading that no network looked at is judged by nearness and by the words met."""
    scorer = edition().scorers.english
    index = scorer.index
    for text, wanted in (("maritime security", 0), ("boiled eggs", 1)):
        question = scorer.read(text)
        reading = scorer.score(question)._replace(looked=Looked())
        first = [index.passages[int(reading.scores.argmax())]]
        covered = _covered(text, first)
        assert scope.chance_outside(question, reading, covered, float(reading.similarities.max()), 1.0) == wanted


def _covered(text: str, found: list[Passage]) -> Coverage:
    scorer = edition().scorers.english
    return coverage(scorer.index, scorer.read(text), text, found)


def test_a_changed_network_is_refused(tmp_path: Path) -> None:
    """A file with one byte changed, or none, is an error that says what is damaged."""
    data = bytearray(_file().read_bytes())
    data[-100] ^= 1
    (tmp_path / "scope.safetensors").write_bytes(data)
    with pytest.raises(SourceDamaged, match=r"scope\.safetensors"):
        ScopeNetwork(tmp_path / "scope.safetensors", CORPUS.scope_sha256)
    with pytest.raises(SourceDamaged, match="cannot be read"):
        ScopeNetwork(tmp_path / "none.safetensors", CORPUS.scope_sha256)


def test_a_network_of_another_model_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """States of another model say nothing to it: the rules decide then."""
    scorer = edition().scorers.english
    monkeypatch.setattr("ncrelations.answers.english_scorer.ScopeNetwork", lambda *_: _OfAnother())
    other = EnglishScorer(scorer.index, scorer.encoder)
    assert other.score(other.read("maritime security")).looked.outside is None


class _OfAnother:
    model = "another"
