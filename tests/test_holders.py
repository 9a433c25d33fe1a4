"""Whose view letters and statements state: sixty files in the manner of real ones, twenty of them by another hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from holders_kit import half


@pytest.mark.parametrize(("name", "least"), [("fit", 20), ("unread", 19), ("others", 18)])
def test_holders(name: str, least: int, tmp_path: Path) -> None:
    """In nine letters and statements of ten every marked passage is its holder's, in each set of twenty."""
    documents = list(half(name, tmp_path))
    held = sum(all(passage.right for passage in passages) for passages in documents)
    assert len(documents) == 20
    assert held >= least
