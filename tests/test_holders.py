"""Whose view letters and statements state: eighty files in the manner of real ones, by four hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from holders_kit import half


@pytest.mark.parametrize(("name", "least"), [("fit", 20), ("unread", 19), ("others", 18), ("later", 3)])
def test_holders(name: str, least: int, tmp_path: Path) -> None:
    """Every passage is its holder's in nine papers of ten that were fitted on, in few of the hand that came last."""
    documents = list(half(name, tmp_path))
    held = sum(all(passage.right for passage in passages) for passages in documents)
    assert len(documents) == 20
    assert held >= least
