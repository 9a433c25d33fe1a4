"""The promises of a collection, proven document by document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ncrelations.collections.collection_records import KnownFile, known_files
from ncrelations.collections.collection_store import CollectionStore
from ncrelations.collections.found_files import checksum
from ncrelations.collections.stored_corpus import StoredCorpus
from ncrelations.document.losslessness import has_right_pages, is_lossless, is_verbatim

FileState = Literal["same", "changed", "missing"]
"""Whether a file still has the bytes that were read."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was proven of a document."""

    document: str
    """Its id."""
    lossless: bool
    """Whether every character of its text belongs to one piece, and the text is the one that was stored."""
    verbatim: bool
    """Whether every sentence is the slices of the text that it says it is."""
    pages: bool
    """Whether every block is on the page that holds its beginning."""
    files: tuple[tuple[Path, FileState], ...]
    """Its files, and whether they still have the bytes that were read."""

    @property
    def proven(self) -> bool:
        """Whether what is quoted from it is as the text has it."""
        return self.lossless and self.verbatim and self.pages


def verified(corpus: StoredCorpus, store: CollectionStore) -> Iterator[Verified]:
    """Each document of a corpus with what was proven of it."""
    files: dict[str | None, list[KnownFile]] = {}
    for file in known_files(store):
        files.setdefault(file.document, []).append(file)
    for document in corpus.documents:
        yield Verified(
            document.id,
            is_lossless(document, corpus.checksum(document)),
            all(map(is_verbatim, document.blocks)),
            has_right_pages(document),
            tuple((file.path, _state(file.path, document.sha256)) for file in files.get(document.id, ())),
        )


def _state(path: Path, sha256: str) -> FileState:
    try:
        return "same" if checksum(path) == sha256 else "changed"
    except OSError:
        return "missing"
