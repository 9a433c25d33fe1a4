"""The networks that look at the states of a question's tokens while its vector is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.models.bert import States
from ncrelations.models.doubt_network import DoubtNetwork
from ncrelations.models.scope_network import ScopeNetwork


@dataclass(frozen=True, slots=True)
class Looked:
    """What the networks say of a question, in log-odds; `None` where there is no such network."""

    outside: float | None = None
    """That it is about something that the documents never speak of."""
    unanswered: float | None = None
    """That the documents do not answer it."""


NOTHING = Looked()
"""What is said where no network looks."""


@dataclass(frozen=True, slots=True)
class QuestionNetworks:
    """The networks of some documents. Read-only; safe to share between threads."""

    scope: ScopeNetwork | None
    """The one that tells questions about something else."""
    doubt: DoubtNetwork | None
    """The one that tells unanswered questions from answered ones."""

    def __call__(self, texts: Sequence[States]) -> list[Looked]:
        """What they say of each of some texts, given the states of its tokens."""
        nothing = [None] * len(texts)
        outside = nothing if self.scope is None else [self.scope(last.T) for _, last in texts]
        unanswered = nothing if self.doubt is None else self.doubt(texts)
        return [Looked(*each) for each in zip(outside, unanswered, strict=True)]
