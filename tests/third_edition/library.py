"""The third edition as a library, its index built with the packaged model."""

from __future__ import annotations

import shutil
from pathlib import Path

from ncrelations.library import Library
from ncrelations.models.minilm import packaged
from ncrelations.retrieval import index_build, written_beforehand
from third_edition.corpus import Windmill
from third_edition.sources import FOLDER


def built(folder: Path) -> Library:
    """The library, its index built into a folder."""
    corpus = Windmill(folder)
    for bank in ("questions.jsonl", "unanswered.jsonl"):
        shutil.copy(FOLDER / bank, folder)
    index_build.build(corpus, packaged())
    written_beforehand.build(corpus, packaged())
    return Library(corpus)
