"""Whose view letters and statements state: forty files in the manner of real ones, half of them never looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from holders_kit import half


@pytest.mark.parametrize(("name", "least"), [("fit", 18), ("unread", 18)])
def test_holders(name: str, least: int, tmp_path: Path) -> None:
    """In nine letters and statements of ten every marked passage is its holder's, in each half; 36 of 40."""
    documents = list(half(name, tmp_path))
    held = sum(all(passage.right for passage in passages) for passages in documents)
    assert len(documents) == 20
    assert held >= least
