"""The index of a folder's vectors: made of its segments of meaning, and made anew whenever they have changed much.

It is one more file beside the segments, and nothing is lost with it: without it, and for what is added after it, the
signs of the vectors are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.meaning_segments import MeaningSegment, Quantized
from ncrelations.collections.segment_files import Rows, spans_of
from ncrelations.collections.vector_index import VectorIndex
from ncrelations.models.encoder import Vectors
from ncrelations.retrieval.arrays import Array, packed_words, unpacked_words

_TOGETHER = 10_000
"""Vectors that are brought to float32 at a time."""


@dataclass(frozen=True, slots=True)
class NearSegment:
    """The index of the vectors of some versions."""

    rows: Rows
    """The passages."""
    encoder: str
    """What identifies the weights that made the vectors."""
    blocks: VectorIndex
    """One vector a passage."""
    sentences: VectorIndex
    """One vector a sentence, of the passage that it stands in."""

    @classmethod
    def of(cls, segments: Sequence[MeaningSegment], keep: Sequence[NDArray[np.bool_]]) -> NearSegment:
        """That of the versions to keep of some segments of one encoder."""
        rows = [np.flatnonzero(np.repeat(kept, each.rows.counts)) for each, kept in zip(segments, keep, strict=True)]
        inner = [spans_of(each.sentence_starts, own) for each, own in zip(segments, rows, strict=True)]
        lengths = [np.diff(each.sentence_starts)[own] for each, own in zip(segments, rows, strict=True)]
        owners = np.arange(sum(map(len, rows)))
        return cls(
            Rows.joined([each.rows.kept(kept) for each, kept in zip(segments, keep, strict=True)]),
            segments[0].encoder,
            _index(owners, [each.blocks for each in segments], rows),
            _index(np.repeat(owners, np.concatenate(lengths)), [each.sentences for each in segments], inner),
        )

    @classmethod
    def read(cls, arrays: Mapping[str, Array]) -> NearSegment:
        """A stored one. Raises `ValueError` or `LookupError` for arrays that are none."""
        blocks, sentences = (
            VectorIndex.read(arrays[name], int(arrays[f"{name}.checksum"][0])) for name in ("blocks", "sentences")
        )
        rows = Rows.read(arrays)
        if len(rows) != len(blocks):
            raise ValueError("the index of a folder does not fit together")
        return cls(rows, unpacked_words(arrays["encoder"])[0], blocks, sentences)

    def stored(self) -> dict[str, Array]:
        """It as arrays."""
        found = {"blocks": self.blocks.stored(), "sentences": self.sentences.stored()}
        return {
            **self.rows.stored(),
            "encoder": packed_words([self.encoder]),
            **{name: data for name, (data, _) in found.items()},
            **{f"{name}.checksum": np.array([checksum]) for name, (_, checksum) in found.items()},
        }


def _index(owners: NDArray[np.int64], vectors: Sequence[Quantized], rows: Sequence[NDArray[np.int64]]) -> VectorIndex:
    """The index of some of the vectors of several segments."""
    return VectorIndex.of(owners, vectors[0].numbers.shape[1], partial(_whole, vectors, rows))


def _whole(vectors: Sequence[Quantized], rows: Sequence[NDArray[np.int64]]) -> Iterator[Vectors]:
    """Vectors in float32, some at a time."""
    for each, own in zip(vectors, rows, strict=True):
        for start in range(0, len(own), _TOGETHER):
            some = own[start : start + _TOGETHER]
            yield each.numbers[some] * each.scales[some][:, None]
