"""The raw scores of one question against everything indexed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ncrelations.models.encoder import Vectors

Scores = NDArray[np.float64]
"""One score a passage, sentence or bank question, in document order."""


class Compared(NamedTuple):
    """A unit vector with its cosines with everything indexed."""

    vector: Vectors
    """The vector, by the model of the index."""
    blocks: Scores
    """Cosine with each block under its heading."""
    sentences: Scores
    """Cosine with each sentence."""
    questions: Scores
    """Cosine with each question of the bank that finds its passage."""
    twins: Scores
    """Cosine with each question that is known to be answered and finds no passage."""
    unanswered: Scores
    """Cosine with each question known to be unanswered."""


class Signals(NamedTuple):
    """Raw scores of one question against everything indexed."""

    cosines: Compared
    """Its vector, compared."""
    text_words: Scores
    """BM25 over each block under its heading."""
    question_words: Scores
    """BM25 over the bank questions of each block, taken as one text."""
    shared_words: Scores
    """How alike each question of the bank that finds its passage is by its words."""
    votes: Scores
    """What the bank questions together say for each block."""
    doubt: float
    """Whether the questions known to be unanswered (1) or those of the bank (-1) say that it is of their kind."""
    contrary: NDArray[np.bool_]
    """Which of the questions known to be unanswered have another party first."""
