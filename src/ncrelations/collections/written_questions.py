"""Questions written beforehand for passages of a collection: one that is asked again finds its passage first."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ncrelations.collections.collection_store import CollectionStore
from ncrelations.collections.passage_text import Allowed
from ncrelations.collections.stored_corpus import StoredCorpus
from ncrelations.document.citation import printable
from ncrelations.document.tree import Block
from ncrelations.errors import InvalidSettings, NCRelationsError
from ncrelations.models.encoder import Encoder, TokenEncoder, Vectors
from ncrelations.texts.whole_files import whole_text

ALIKE, SAME = 0.75, 0.85
"""The cosines from which a written question speaks for its passage, and is the one that is asked."""

_MOST, _LARGEST = 3, 20_000_000
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Written:
    """A question with the passage that answers it."""

    text: str
    """The question."""
    citation: str
    """The block that answers."""
    sentences: tuple[int, ...] = ()
    """The numbers, from 1, of the sentences that do; none where it is the whole block."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """A passage that a question like the one asked was written for."""

    version: int
    position: int
    sentences: tuple[int, ...]
    likeness: float
    """The cosine of the two questions."""


def read_questions(path: Path, corpus: StoredCorpus) -> tuple[Written, ...]:
    """The questions of a file: {"question": ..., "citation": ..., "sentences": [...]} on each line, the last optional.

    Raises `InvalidSettings`, which names the line, for anything that is not a question about a block.
    """
    name = printable(str(path), 200)
    if not path.is_file():
        raise InvalidSettings(name, "there is no such file", "name a file of JSON lines")
    try:
        lines = whole_text(path, _LARGEST).splitlines()
    except OSError as error:
        raise InvalidSettings(name, error.strerror or "it cannot be read", "name a file of JSON lines") from error
    except ValueError as error:
        raise InvalidSettings(name, printable(str(error)), "name a file of JSON lines in UTF-8") from error
    return tuple(_written(line, name, number, corpus) for number, line in enumerate(lines, 1) if line.strip())


def _written(line: str, name: str, number: int, corpus: StoredCorpus) -> Written:
    advice = 'write {"question": "...", "citation": "nsc2022/14/p2"}'
    try:
        entry = json.loads(line)
        text, citation, sentences = entry["question"], entry["citation"], tuple(entry.get("sentences", ()))
        block = corpus.resolve(str(citation))
        if not isinstance(text, str) or not 0 < len(text.strip()) <= _LONGEST or not isinstance(block, Block):
            raise InvalidSettings(name, f"line {number} is no question about a block", advice)
        if not all(isinstance(each, int) and 1 <= each <= len(block.sentences) for each in sentences):
            raise InvalidSettings(name, f"line {number} names sentences that are not there", advice)
    except NCRelationsError as error:
        if isinstance(error, InvalidSettings):
            raise
        raise InvalidSettings(name, f"line {number}: {error}", advice) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidSettings(name, f"line {number} is no question about a block", advice) from error
    return Written(" ".join(text.split()), str(block.citation), sentences)


def put_questions(store: CollectionStore, source: Path, written: Sequence[Written], encoder: Encoder) -> None:
    """Keep the questions of a file, with their vectors, in place of those that it had before."""
    vectors = encoder.encode([each.text for each in written]) if written else np.zeros((0, 1), np.float32)
    rows = [
        (str(source), each.text, *each.citation.split("/", 1), json.dumps(each.sentences), encoder.fingerprint, blob)
        for each, blob in zip(written, (vector.astype(np.float32).tobytes() for vector in vectors), strict=True)
    ]
    with store.transaction() as connection:
        connection.execute("DELETE FROM questions WHERE source = ?", (str(source),))
        connection.executemany("INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


class WrittenQuestions:
    """The questions written for the live passages of a corpus, as far as an encoder made their vectors. Immutable."""

    def __init__(self, corpus: StoredCorpus, encoder: TokenEncoder | None) -> None:
        self._corpus, self._encoder = corpus, encoder

    def near(self, vector: Callable[[TokenEncoder], Vectors], allowed: Allowed | None = None) -> tuple[Nearby, ...]:
        """The passages that questions like the one asked were written for, the likest first, each once.

        `vector` gives that of the question asked; where no question was written it is not worked out.
        """
        if self._encoder is None or not self._rows:
            return ()
        likeness = self._vectors @ np.asarray(vector(self._encoder), np.float32)
        found: dict[tuple[int, int], Nearby] = {}
        for number in np.argsort(-likeness, kind="stable").tolist():
            if likeness[number] < ALIKE or len(found) == _MOST:
                break
            version, position, sentences, _ = self._rows[number]
            if allowed is None or position in allowed.get(version, ()):
                told = Nearby(version, position, tuple(json.loads(sentences)), float(likeness[number]))
                found.setdefault((version, position), told)
        return tuple(found.values())

    @cached_property
    def _rows(self) -> list[Any]:
        if self._encoder is None:
            return []
        return self._corpus.store.rows(
            "SELECT b.version, b.position, q.sentences, q.vector FROM questions q JOIN documents d ON d.id = q.document"
            " JOIN blocks b ON b.version = d.live AND b.citation = q.document || '/' || q.place WHERE q.encoder = ?",
            self._encoder.fingerprint,
        )

    @cached_property
    def _vectors(self) -> Vectors:
        return np.array([np.frombuffer(vector, np.float32) for *_, vector in self._rows])
