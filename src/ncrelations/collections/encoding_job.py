"""Making documents found by their meaning: a job that may be killed at any time and goes on where it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from ncrelations.collections.collection_records import Version, records, stored_document, versions
from ncrelations.collections.collection_store import CollectionStore
from ncrelations.collections.search_files import SearchFiles
from ncrelations.collections.searchable_text import passages_of
from ncrelations.errors import CollectionUnavailable
from ncrelations.models.encoder import TokenEncoder
from ncrelations.models.onnx_minilm import quicker

_LOCK = "encoding"
_SAMPLED, _SWEPT = 100, 64


@dataclass(frozen=True, slots=True)
class Encoded:
    """How much is found by meaning."""

    passages: int
    """Passages that are."""
    total: int
    """Passages that answer."""

    @property
    def share(self) -> float:
        """0..1; 1 where there is nothing."""
        return self.passages / self.total if self.total else 1.0


@contextmanager
def idle(store: CollectionStore) -> Iterator[bool]:
    """Whether nothing is being encoded: then nothing will be, until the block ends."""
    with ExitStack() as held:
        free = True
        try:
            held.enter_context(store.sole_writer(_LOCK, patience=0))
        except CollectionUnavailable:
            free = False
        yield free


def encoded(store: CollectionStore, search: SearchFiles) -> Encoded:
    """How much of a collection is found by meaning."""
    return _encoded(_live(store), search)


def _encoded(live: Sequence[Version], search: SearchFiles) -> Encoded:
    done = search.with_meaning()
    return Encoded(sum(each.passages for each in live if each.number in done), sum(each.passages for each in live))


def encode(
    store: CollectionStore,
    search: SearchFiles,
    encoder: TokenEncoder,
    watch: Callable[[Encoded], None] = lambda _: None,
) -> Encoded:
    """Encode every document that is not yet; each is found by meaning when it is done.

    Many passages go through ONNX Runtime, where the extra `onnx` is installed: quicker, with nearly the same vectors.
    Raises `CollectionUnavailable` where another process does it already, `OSError` where the disk is full.
    """
    if not store.exists:
        return Encoded(0, 0)
    with store.sole_writer(_LOCK, patience=0):
        tried = set(search.with_meaning(encoder))
        live = _live(store)
        quick = quicker(encoder, sum(each.passages for each in live if each.number not in tried))
        while waiting := [each.number for each in live if each.number not in tried]:
            watch(_encoded(live, search))
            search.add_meaning(waiting[0], passages_of(stored_document(store, waiting[0])), quick)
            tried.add(waiting[0])
            live = _live(store)
            if len(tried) % _SWEPT == 0:
                _tidy(search, live, encoder)
        _tidy(search, live, encoder)
        numbers = [each.number for each in live]
        search.measure(numbers, encoder, lambda: _some_sentences(store, numbers))
    return encoded(store, search)


def _tidy(search: SearchFiles, live: Sequence[Version], encoder: TokenEncoder) -> None:
    """Merge what was encoded, and see that the vectors of very many passages are found by an index."""
    numbers = [each.number for each in live]
    search.sweep_meaning(numbers)
    search.index_meaning(numbers, encoder)


def _some_sentences(store: CollectionStore, live: Sequence[int]) -> list[str]:
    """Sentences from all over a collection, of some of its documents."""
    some = live[:: max(1, len(live) // _SAMPLED)][:_SAMPLED]
    blocks = [block for version in some for block in stored_document(store, version).blocks]
    return [block.sentences[0].text for block in blocks[:: max(1, len(blocks) // _SAMPLED)] if block.sentences]


def _live(store: CollectionStore) -> list[Version]:
    answering = {each.live for each in records(store)}
    return [each for each in versions(store) if each.number in answering]


def encode_in_background(place: str) -> None:
    """Start the job in a process of its own, which ends when all is done; it does nothing where one runs already.

    The place is told by the environment: others of this machine may read what stands in a command.
    """
    command = [sys.executable, "-m", "ncrelations", "add", "--wait", "--only-meaning"]
    nowhere, environment = subprocess.DEVNULL, {**os.environ, "NCR_COLLECTION": place}
    started = subprocess.Popen(  # noqa: S603 -- our own command
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, env=environment, start_new_session=True
    )
    _STARTED[:] = [*(each for each in _STARTED if each.poll() is None), started]


_STARTED: list[subprocess.Popen[bytes]] = []
"""Processes that may outlive what started them; kept, so that none is left behind unasked for when it has ended."""
