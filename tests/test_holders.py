"""Whose view letters and statements state: six hundred and sixty files as real ones are, by several hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from holders_kit import half

LARGE = ("diplomat", "spokesperson", "clerk", "researcher", "historian")
"""Sets of twenty-eight."""


@pytest.mark.parametrize(("name", "least"), [
    ("fit", 20), ("unread", 20), ("others", 19), ("later", 15), ("officer", 18), ("press", 16), ("lawyer", 17),
    ("archivist", 12), ("delegations", 13), ("campaigners", 13), ("office", 6),
    ("diplomat", 15), ("spokesperson", 12), ("clerk", 11), ("researcher", 11), ("historian", 10),
    ("service", 18), ("press_office", 20), ("catalogue", 10),
    ("institute", 19), ("committee", 20), ("court", 16),
    ("newsroom", 18), ("embassy", 3),
    ("analyst", 7), ("defence", 8), ("cross_section", 6), ("mission", 15), ("corpus", 15),
    ("protocol", 17), ("peace", 18),
])  # fmt: skip
def test_holders(name: str, least: int, tmp_path: Path) -> None:
    """Every passage is its holder's in most papers that the rules were fitted on, in fewer of hands not looked at."""
    documents = list(half(name, tmp_path))
    held = sum(all(passage.right for passage in passages) for passages in documents)
    assert len(documents) == (28 if name in LARGE else 20)
    assert held >= least
