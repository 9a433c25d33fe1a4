"""The packaged edition, as tests look into it."""

from __future__ import annotations

from ncrelations.answers.english_scorer import EnglishScorer
from ncrelations.editions.nato_china.edition import edition
from ncrelations.editions.nato_china.knowledge import two_documents
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
