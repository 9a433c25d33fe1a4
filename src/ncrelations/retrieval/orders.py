"""Orders of sides: which questions written beforehand ask of the same parties in the same order.

Two questions that share their words and differ in who does what to whom are all but one by the cosine of their
vectors. Of 60 questions whose sides were exchanged, 49 were called answered before orders were read, 27 afterwards, and
20 with twins whose sides are exchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ncrelations.text.order_of_sides import Parties, Roles

APART = 0.3
"""What is left of the likeness of two questions that share no party in its part."""

_ONES = np.array([number.bit_count() for number in range(256)], np.float32)
"""How many parties a set has."""


def _agreement(kinds: NDArray[np.uint8], roles: NDArray[np.uint8]) -> NDArray[np.float32]:
    shared = _ONES[kinds & roles] / np.sqrt(np.maximum(_ONES[kinds] * _ONES[roles], 1))
    nobody = (kinds == 0) & (roles == 0)
    return np.asarray(APART + (1 - APART) * (shared + nobody).mean(1), np.float32)


@dataclass(frozen=True)
class Orders:
    """Who comes first and who comes next in some questions. Immutable; safe to share between threads."""

    parties: Parties
    """Those between whom they ask."""
    roles: NDArray[np.uint8]
    """The parties of each part in bits, 0 for none: shape (questions, 2)."""

    @classmethod
    def of(cls, parties: Parties, texts: Sequence[str]) -> Orders:
        """Those of some questions."""
        return cls(parties, np.array([parties.roles(text) for text in texts], np.uint8).reshape(-1, 2))

    def agreement(self, roles: Roles) -> NDArray[np.float32]:
        """How far each question agrees with another in who comes first and who next, from `APART` to 1."""
        kinds, kind = self._kinds
        return _agreement(kinds, np.array(roles, np.uint8))[kind]

    def contrary(self, roles: Roles) -> NDArray[np.bool_]:
        """Which questions have another party first than another question has."""
        kinds, kind = self._kinds
        firsts, (first, _) = kinds[:, 0], roles
        return np.asarray((firsts > 0) & (firsts & first == 0) & bool(first))[kind]

    @cached_property
    def _kinds(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        """The different orders, few as they are, and which of them each question has."""
        both, kind = np.unique(self.roles[:, 0].astype(np.uint16) * 256 + self.roles[:, 1], return_inverse=True)
        return np.stack([both >> 8, both & 255], axis=1).astype(np.uint8), kind

    def among_themselves(self) -> NDArray[np.float32]:
        """How far each question agrees with each: shape (questions, questions)."""
        kinds, kind = self._kinds
        each = np.array([_agreement(kinds, roles) for roles in kinds])
        return np.asarray(each[kind][:, kind])

    def packed(self) -> bytes:
        """As bytes."""
        return self.roles.tobytes()

    @classmethod
    def unpacked(cls, parties: Parties, data: bytes) -> Orders:
        """The orders in packed bytes. Raises `ValueError` for an odd number of them."""
        return cls(parties, np.frombuffer(data, np.uint8).reshape(-1, 2))
