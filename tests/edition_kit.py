"""The packaged edition, as tests look into it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ncrelations.answers.english_scorer import EnglishScorer
from ncrelations.editions.nato_china.edition import edition
from ncrelations.editions.nato_china.knowledge import two_documents
from ncrelations.retrieval.banks import Banks
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.passages import passages_of, sentences_of

CORPUS = two_documents()
"""The two documents and what is known of them."""
INDEX_FOLDER = CORPUS.index_folder
"""Where their index stands."""
PASSAGES = passages_of(CORPUS)
"""Every block, as it is indexed."""
SENTENCES = sentences_of(PASSAGES)
"""Every sentence."""


def english() -> EnglishScorer:
    """What reads and scores questions in English."""
    return edition().scorers.english


def index() -> Index:
    """The packaged index, loaded once a process."""
    return english().index


def bank_bytes(name: str, folder: Path | None = None) -> bytes:
    """The lines of an authored file, "questions" or "unanswered", as they were written."""
    folder = folder or INDEX_FOLDER
    assert folder is not None
    data: bytes = getattr(Banks.of(folder), name)
    return data


def bank(name: str, folder: Path | None = None) -> list[dict[str, Any]]:
    """The questions of such a file."""
    return [json.loads(line) for line in bank_bytes(name, folder).splitlines()]
