"""What an index knows of words: counts for BM25, the vocabulary, and which sentences each question asks for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ncrelations.retrieval.arrays import narrowed, packed_arrays, packed_words, unpacked_arrays, unpacked_words
from ncrelations.retrieval.bm25 import Lexical

FIELDS = ("text", "sentences", "questions")
"""Whose words are counted: the blocks', the sentences', and those of the bank questions of each block together."""


class WordTables(NamedTuple):
    """Words and numbers of the documents and the question bank."""

    fields: Mapping[str, Lexical]
    """The counts of each of `FIELDS`."""
    vocabulary: Mapping[str, int]
    """Every word of the documents and the question bank, folded, with its count, most frequent first."""
    document_words: frozenset[str]
    """The words of the documents alone, folded."""
    owners: NDArray[np.int32]
    """The position of each bank question's passage."""
    asked: NDArray[np.int32]
    """Pairs of a bank question and a sentence that answers it."""

    def packed(self) -> bytes:
        """Them as bytes."""
        counts = {name: each for field in FIELDS for name, each in self.fields[field].stored(field).items()}
        ours = np.array([word in self.document_words for word in self.vocabulary], np.uint8)
        return packed_arrays({
            **counts,
            "vocabulary": packed_words(list(self.vocabulary)),
            "frequencies": narrowed(np.array(list(self.vocabulary.values()), np.int32)),
            "of_documents": ours,
            "owners": narrowed(self.owners),
            "asked": narrowed(self.asked),
        })  # fmt: skip

    @classmethod
    def unpacked(cls, data: bytes) -> WordTables:
        """Them from bytes. Raises `ValueError`, `LookupError` or `TypeError` for others."""
        arrays = unpacked_arrays(data)
        words, frequencies = unpacked_words(arrays["vocabulary"]), arrays["frequencies"].tolist()
        return cls(
            {field: Lexical.read(arrays, field) for field in FIELDS},
            dict(zip(words, frequencies, strict=True)),
            frozenset(compress(words, arrays["of_documents"].tolist())),
            arrays["owners"].astype(np.int32),
            arrays["asked"].astype(np.int32).reshape(-1, 2),
        )
