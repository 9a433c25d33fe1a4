"""What a network says of questions by the states of their tokens: are they answered, and theirs at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ncrelations.answers import scope
from ncrelations.answers.coverage import coverage
from ncrelations.answers.english_scorer import EnglishScorer
from ncrelations.editions.nato_china.edition import edition
from ncrelations.errors import SourceDamaged
from ncrelations.models.encoder import Vectors
from ncrelations.models.minilm import packaged, packaged_folder
from ncrelations.models.question_network import Looked, QuestionNetwork

CORPUS = edition().corpus
TEXTS = ["maritime security", "Why does NATO fear Beijing's friendship with Belgium?", "and NATO?"]
FRAMES = (
    "what does the report say about {}?",
    "{}",
    "is {} mentioned anywhere",
    "hi! Does China care about {}, please?",
)
PAIRS = (
    ("Why does China criticise NATO's expansion?", "Why does China praise NATO's expansion?"),
    ("When did Stoltenberg meet Wang Yi?", "What did Stoltenberg and Wang Yi have for dinner?"),
    ("Why is China worried about AUKUS?", "Why is China pleased about AUKUS?"),
    ("Who wrote the article?", "Who translated the article?"),
)


def _file() -> Path:
    assert CORPUS.network_file is not None
    return CORPUS.network_file


def _network() -> QuestionNetwork:
    return QuestionNetwork(_file(), CORPUS.network_sha256, packaged())


def _said(*texts: str) -> list[Looked]:
    return packaged().looked_at([CORPUS.metonyms.replaced(text) for text in texts], _network())[1]


def _numbers(looked: Sequence[Looked]) -> list[float | None]:
    return [number for each in looked for number in (each.unanswered, each.outside)]


@pytest.mark.torch
def test_the_network_is_the_one_that_was_fitted() -> None:
    """In numpy it says what the fitted network says in PyTorch, to 1e-4."""
    import torch
    from safetensors.numpy import load
    from transformers import AutoModel

    from eval.fit_questions import Network

    model = AutoModel.from_pretrained(packaged_folder())
    fitted = Network(model)
    fitted.lower(model)
    weights = {name: torch.from_numpy(value.astype(np.float32)) for name, value in load(_file().read_bytes()).items()}
    left = fitted.load_state_dict(weights, strict=False)
    assert not left.unexpected_keys
    assert {name.rpartition(".")[2] for name in left.missing_keys} == {"weight"}  # the model's own
    seen: list[Vectors] = []

    def keep(found: Sequence[Vectors]) -> list[Looked]:
        seen.extend(found)
        return _network()(found)

    _, said = packaged().looked_at(TEXTS, keep)
    for middle, found in zip(seen, said, strict=True):
        whole = torch.from_numpy(np.ascontiguousarray(middle.T))[None]
        wanted = fitted.eval()(whole, torch.ones(whole.shape[:2]))[0].tolist()
        assert [found.unanswered, found.outside] == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize(("answered", "unanswered"), PAIRS)
def test_twins_are_told_apart(answered: str, unanswered: str) -> None:
    """Of two questions of one form, the one that the documents do not answer is the more doubtful."""
    certain, doubtful = (each.unanswered or 0.0 for each in _said(answered, unanswered))
    assert certain < doubtful


@pytest.mark.parametrize("frame", FRAMES)
def test_a_strange_word_is_heard_in_any_frame(frame: str) -> None:
    """What the documents speak of is told from what they do not, whatever asks for it."""
    words = "AUKUS", "fishing", "cyber security", "Stoltenberg", "Taiwan"
    others = "cheesecake", "lawnmowers", "the Beatles", "tap dancing", "bees"
    inside, outside = (sorted(each.outside or 0.0 for each in _said(*map(frame.format, w))) for w in (words, others))
    assert inside[-2] < outside[1]  # but one of each


def test_a_look_changes_no_vector_and_no_other_look() -> None:
    """Vectors are the same to the bit; so is what is said of a few texts, and of many to 1e-3."""
    vectors, said = packaged().looked_at(TEXTS, _network())
    assert np.array_equal(vectors, packaged().encode(TEXTS))
    assert said == [packaged().looked_at([text], _network())[1][0] for text in TEXTS]
    many, all_said = packaged().looked_at(TEXTS * 30, _network())
    assert np.abs(many[:3] - vectors).max() < 1e-6
    assert _numbers(all_said[:3]) == pytest.approx(_numbers(said), abs=1e-3)


def test_every_reading_in_english_was_looked_at() -> None:
    """Alone and prepared with others, a question is judged by the same numbers."""
    scorer = edition().scorers.english
    fresh = EnglishScorer(scorer.index, scorer.encoder)
    questions = [fresh.read(text) for text in TEXTS]
    alone = _numbers([scorer.score(each).looked for each in questions])
    fresh.prepare(questions)
    assert _numbers([fresh.score(each).looked for each in questions]) == pytest.approx(alone, abs=1e-3)
    assert None not in alone


def test_without_a_network_two_rules_decide() -> None:
    """A reading that no network looked at is judged by nearness and by the words met."""
    scorer = edition().scorers.english
    index = scorer.index
    for text, wanted in (("maritime security", 0), ("boiled eggs", 1)):
        question = scorer.read(text)
        reading = replace(scorer.score(question), looked=Looked())
        covered = coverage(index, question, text, [index.passages[int(reading.scores.argmax())]])
        assert scope.chance_outside(question, reading, covered, float(reading.similarities.max()), 1.0) == wanted


def test_a_changed_network_is_refused(tmp_path: Path) -> None:
    """A file with one byte changed, or none, is an error that says what is damaged."""
    data = bytearray(_file().read_bytes())
    data[-100] ^= 1
    (tmp_path / "questions.safetensors").write_bytes(data)
    with pytest.raises(SourceDamaged, match=r"questions\.safetensors"):
        QuestionNetwork(tmp_path / "questions.safetensors", CORPUS.network_sha256, packaged())
    with pytest.raises(SourceDamaged, match="cannot be read"):
        QuestionNetwork(tmp_path / "none.safetensors", CORPUS.network_sha256, packaged())


def test_a_network_of_another_model_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """States of another model say nothing to it: the other signals decide then."""
    scorer = edition().scorers.english
    monkeypatch.setattr("ncrelations.answers.english_scorer.QuestionNetwork", lambda *_: _OfAnother())
    other = EnglishScorer(scorer.index, scorer.encoder)
    assert other.score(other.read("maritime security")).looked == Looked()


class _OfAnother:
    model = "another"
