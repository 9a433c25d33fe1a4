"""Votes: solved for, packed to their strongest, read back to a step, and told from changed ones."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from ncrelations.models.encoder import Vectors
from ncrelations.retrieval import kernel_regression
from ncrelations.retrieval.kernel_regression import KEPT, agree, likeness, packed_votes, solved, unpacked_votes

VOTES = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(1, 60)),
    elements=st.integers(-200, 200).map(lambda hundredths: hundredths / 100),
)
"""Votes of a few questions for fewer or more passages than are kept."""


def some_votes(questions: int = 5, passages: int = 40) -> Vectors:
    """Votes of any size and sign, the same each time."""
    return np.random.default_rng(7).standard_normal((questions, passages)).astype(np.float32)


def again(votes: Vectors) -> Vectors:
    """Votes packed and unpacked."""
    return np.asarray(unpacked_votes(packed_votes(votes), *votes.shape).whole, np.float32)


def step(votes: Vectors) -> float:
    """The step of packed votes."""
    return float(np.abs(votes).max()) / 127


# ------------------------------------------------------------------ likeness and solving


def test_likeness_is_one_for_the_same_and_falls() -> None:
    """Likeness is 1 at cosine 1, falls with the cosine, never reaches 0, and keeps the precision."""
    alike = likeness(np.linspace(1, -1, 50))
    assert alike[0] == 1
    assert (np.diff(alike) < 0).all()
    assert (alike > 0).all()
    assert alike.dtype == np.float64
    assert likeness(np.ones(1, np.float32)).dtype == np.float32


def test_solved_votes_name_the_passage_of_each_question() -> None:
    """Questions that are well apart each vote for their own passage, and taken together name it."""
    vectors = np.linalg.qr(np.random.default_rng(1).standard_normal((64, 12)))[0].T.astype(np.float32)
    owners = np.arange(12) % 4
    alike = likeness(vectors @ vectors.T)
    votes = solved(alike, np.eye(4, dtype=np.float32)[owners])
    assert votes.argmax(axis=1).tolist() == owners.tolist()
    assert (alike @ votes).argmax(axis=1).tolist() == owners.tolist()


def test_one_question_outvotes_its_many_neighbours() -> None:
    """A question amid four of another passage still names its own: the votes are solved for, not counted."""
    random = np.random.default_rng(2)
    vectors = random.standard_normal(64) + 0.6 * random.standard_normal((5, 64))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    alike = likeness(vectors @ vectors.T)
    wanted = np.eye(2, dtype=np.float32)[[0, 1, 1, 1, 1]]
    assert (alike @ wanted)[0].argmax() == 1
    assert (alike @ solved(alike, wanted))[0].argmax() == 0


# ------------------------------------------------------------------ packing


@pytest.mark.parametrize("passages", [1, 2, KEPT - 1, KEPT, KEPT + 1, 108, 256])
def test_packing_keeps_at_most_the_strongest(passages: int) -> None:
    """Of each question as many votes as are kept come back, and all of them where there are fewer passages."""
    votes = some_votes(passages=passages)
    stored = again(votes)
    assert stored.shape == votes.shape
    assert len(zlib.decompress(packed_votes(votes))) == 4 + 2 * 5 * min(KEPT, passages)
    assert ((stored != 0).sum(axis=1) <= KEPT).all()
    if passages <= KEPT:
        assert np.abs(stored - votes).max() <= 0.51 * step(votes)


@given(VOTES)
def test_the_strongest_votes_come_back_to_a_step(votes: Vectors) -> None:
    """What is stronger than the last vote kept is off by half a step at most; what is weaker is gone."""
    strength = np.sort(np.abs(votes), axis=1)[:, ::-1]
    last = strength[:, [min(KEPT, votes.shape[1]) - 1]]
    stored = again(votes)
    assert np.abs(stored - votes)[np.abs(votes) > last].max(initial=0) <= 0.51 * step(votes)
    assert (stored[np.abs(votes) < last] == 0).all()


def test_packing_again_changes_nothing() -> None:
    """Packed votes are a fixed point: packed once more, they come back as they were."""
    stored = again(some_votes())
    assert np.allclose(again(stored), stored, rtol=1e-6, atol=0)


def test_no_votes_at_all() -> None:
    """No questions, and questions without a vote, come back as they are."""
    for votes in (np.zeros((0, 40), np.float32), np.zeros((3, 40), np.float32)):
        assert np.array_equal(again(votes), votes)


@pytest.mark.parametrize("damage", ["none", "half", "cut off", "longer", "changed", "plain"])
def test_other_bytes_are_refused(damage: str) -> None:
    """Bytes that are not the whole compressed votes of so many questions are refused."""
    whole = packed_votes(some_votes())
    other = {
        "none": b"",
        "half": whole[: len(whole) // 2],
        "cut off": whole[:-1],
        "longer": whole + b"\0",
        "changed": whole[:20] + bytes([whole[20] ^ 255]) + whole[21:],
        "plain": zlib.decompress(whole),
    }
    with pytest.raises(ValueError, match="votes"):
        unpacked_votes(other[damage], 5, 40)


def test_votes_of_other_questions_or_passages_are_refused() -> None:
    """The votes of another number of questions, or for passages that there are not, are refused."""
    data = packed_votes(some_votes())
    with pytest.raises(ValueError, match="bytes of votes instead of"):
        unpacked_votes(data, 6, 40)
    with pytest.raises(ValueError, match="a vote for a passage that there is not"):
        unpacked_votes(data, 5, 39)
    with pytest.raises(ValueError, match="bytes of votes instead of"):
        unpacked_votes(data, 5, KEPT - 1)


@pytest.mark.parametrize("questions", [0, 1, 1_023, 1_024, 1_025, 2_500])
def test_votes_are_counted_as_they_are_stored(questions: int) -> None:
    """Counted from what is stored, the votes are the weighted sum of all of them."""
    votes = unpacked_votes(packed_votes(some_votes(questions)), questions, 40)
    alike = np.random.default_rng(4).random(questions)
    assert len(votes) == questions
    assert np.abs(votes.counted(alike) - alike @ votes.whole).max() < 1e-9


# ------------------------------------------------------------------ agreeing


@given(VOTES)
def test_packed_votes_agree_with_those_they_were_packed_from(votes: Vectors) -> None:
    """What packing loses is no disagreement."""
    assert agree(again(votes), votes)


def test_votes_agree_to_a_step() -> None:
    """Votes solved for on another machine, a fraction of a step off, agree; two steps off, they do not."""
    votes = some_votes()
    stored = again(votes)
    noise = np.random.default_rng(3).uniform(-0.4, 0.4, votes.shape).astype(np.float32) * step(votes)
    assert agree(stored, votes + noise)
    votes[stored != 0] += 2 * step(votes)
    assert not agree(stored, votes)


def test_changed_votes_do_not_agree() -> None:
    """Votes with another sign, of another question, for another passage or with one left out do not agree."""
    votes = some_votes()
    strongest = np.unravel_index(np.abs(votes).argmax(), votes.shape)
    left_out, turned = again(votes), again(votes)
    left_out[strongest] = 0
    turned[strongest] *= -1
    for changed in (left_out, turned, again(votes)[::-1], np.roll(again(votes), 1, axis=1)):
        assert not agree(changed, votes)


@pytest.mark.parametrize("kept", [0, 1, KEPT // 2])
def test_votes_left_out_do_not_agree(kept: int) -> None:
    """Stored votes that are far fewer than the strongest do not agree, though each of them is right."""
    votes = some_votes()
    stored = again(votes)
    stored[np.argsort(np.argsort(-np.abs(votes), axis=1), axis=1) >= kept] = 0
    assert not agree(stored, votes)


def test_a_large_table_is_solved_half_by_half(monkeypatch: pytest.MonkeyPatch) -> None:
    """By elimination, half by half, come the votes that come at once; the table stays as it was."""
    points = np.random.default_rng(5).standard_normal((301, 40)).astype(np.float32)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    alike, wanted = likeness(points @ points.T), np.eye(301, 4, dtype=np.float32)
    before, at_once = alike.copy(), solved(alike, wanted)
    monkeypatch.setattr(kernel_regression, "_AT_ONCE", 50)
    assert np.abs(solved(alike, wanted) - at_once).max() < 1e-5
    assert np.abs(solved(alike, wanted[:, 0]) - at_once[:, 0]).max() < 1e-5
    assert (alike == before).all()
