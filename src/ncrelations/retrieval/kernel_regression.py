"""Votes: what each question written beforehand says for and against every passage.

A question asked is compared with all of them, and each votes, with the weight of its likeness, for the passages
that answer it and against those that its like is mistaken for. The votes are solved for when the index is built
(kernel ridge regression), so that taken together they name the right passages of every question written.
The nearest question alone names the right passage of a question of the evaluation less often: docs/evaluation.md.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ncrelations.models.encoder import Vectors

LOCAL, RIDGE = 3.0, 0.1
"""How fast likeness falls with the cosine, and how far the votes are kept small."""

WORDS = 0.3
"""What the likeness of two questions' words counts beside that of their meaning."""

KEPT = 24
"""Of each question's votes, how many are kept: the strongest."""

_STEPS = 127
_AT_ONCE = 15_000
"""Rows of a table for which the solution is found in one step."""
_PIECE = 1024


def likeness(cosines: NDArray[Any], local: float = LOCAL) -> NDArray[Any]:
    """How alike questions are, 0..1, from their cosine, in the same precision."""
    alike = np.asarray(cosines - 1)  # one table, worked on in place: among all questions it takes two gigabytes
    alike *= local
    return np.asarray(np.exp(alike, out=alike))


@dataclass(frozen=True, slots=True)
class Votes:
    """What each question says for each passage, as it is stored."""

    steps: NDArray[np.int8]
    """Shape (questions, passages)."""
    step: float
    """What the steps are multiplied with."""

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def whole(self) -> NDArray[np.float64]:
        """The votes: shape (questions, passages)."""
        return np.asarray(self.steps * self.step, np.float64)

    def counted(self, alike: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of the votes, each with the weight of its question's likeness: one number a passage.

        In double precision, so that the sum does not hang on the order in which a matrix library adds up; piece by
        piece, which takes no longer than to keep the votes so. To be called with the matrix library kept to one
        thread: more cost a single question a hundred times the sum itself.
        """
        found = np.zeros(self.steps.shape[1])
        votes = np.empty((min(_PIECE, len(self)), len(found)))
        for start in range(0, len(self), _PIECE):
            some = self.steps[start : start + _PIECE]
            np.copyto(votes[: len(some)], some)
            found += alike[start : start + len(some)] @ votes[: len(some)]
        return found * self.step


def solved(alike: Vectors, wanted: Vectors, ridge: float = RIDGE) -> Vectors:
    """The votes: shape (questions, passages).

    `alike` is the likeness of each question with each, `wanted` what each says of each passage.
    """
    own, diagonal = alike.diagonal().copy(), np.diag_indices_from(alike)
    alike[diagonal] = own + np.float32(ridge)  # in place, and put back: another table would take gigabytes
    found = _solution(alike, wanted)
    alike[diagonal] = own
    return found


def _solution(table: Vectors, wanted: Vectors) -> Vectors:
    """What a symmetric table is to be multiplied with: of a large one, half by half, by elimination.

    Of tables with more than some twenty thousand rows OpenBLAS was seen to end the process.
    """
    if len(table) <= _AT_ONCE:
        return np.asarray(np.linalg.solve(table, wanted), np.float32)
    half = len(table) // 2
    across, columns = table[half:, :half], wanted.reshape(len(wanted), -1)
    first = _solution(table[:half, :half], np.hstack([across.T, columns[:half]]))
    beside, alone = first[:, : len(across)], first[:, len(across) :]
    last = _solution(table[half:, half:] - across @ beside, columns[half:] - across @ alone)
    return np.concatenate([alone - beside @ last, last]).reshape(wanted.shape)


def packed_votes(votes: NDArray[np.floating]) -> bytes:
    """The strongest votes of each question: their passages and, in 127 steps either way, how they vote; compressed."""
    strongest = np.argsort(-np.abs(votes), axis=1, kind="stable")[:, :KEPT].astype(np.uint8)
    values = np.take_along_axis(votes, strongest.astype(np.int64), axis=1)
    step = np.float32(max(float(np.abs(values).max(initial=0)), 1e-9) / _STEPS)
    steps = np.round(values / step).astype(np.int8)
    return zlib.compress(np.array([step], "<f4").tobytes() + strongest.tobytes() + steps.tobytes(), 9)


def unpacked_votes(data: bytes, questions: int, passages: int) -> Votes:
    """The votes of so many questions for so many passages. Raises `ValueError` for other bytes."""
    kept = min(KEPT, passages)
    data = _unpacked(data, 4 + 2 * questions * kept)
    strongest = np.frombuffer(data, np.uint8, questions * kept, 4).reshape(questions, kept).astype(np.int64)
    if strongest.max(initial=0) >= passages:
        raise ValueError("a vote for a passage that there is not")
    values = np.frombuffer(data, np.int8, offset=4 + questions * kept).reshape(questions, kept)
    steps = np.zeros((questions, passages), np.int8)
    np.put_along_axis(steps, strongest, values, axis=1)
    return Votes(steps, float(np.frombuffer(data, "<f4", 1)[0]))


def _unpacked(data: bytes, size: int) -> bytes:
    """Compressed bytes as they were. Raises `ValueError` where they are damaged or of another size."""
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data, size + 1)
    except zlib.error as error:
        raise ValueError(f"votes that cannot be unpacked ({error})") from error
    if len(found) != size or not unpacking.eof or unpacking.unused_data:
        raise ValueError(f"{len(found)} bytes of votes instead of {size}")
    return found


def agree(stored: NDArray[np.floating], fresh: NDArray[np.floating]) -> bool:
    """Whether stored votes are the strongest of freshly solved ones, to one step."""
    step = float(np.abs(stored).max(initial=0)) / _STEPS
    kept = stored != 0
    last = min(KEPT, fresh.shape[1])
    weakest = -np.partition(-np.abs(fresh), last - 1, axis=1)[:, [last - 1]]
    near = np.abs(stored - fresh) <= step
    return bool(np.where(kept, near, np.abs(fresh) <= weakest + step).all())
