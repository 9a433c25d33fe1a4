"""The meaning of passages: vectors of blocks and sentences, and the bits of their tokens, as stored arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ncrelations.collections.segment_files import Rows, spans_of
from ncrelations.models.encoder import Vectors
from ncrelations.retrieval.arrays import Array, packed_words, unpacked_words

_LEVELS, _TOGETHER = 127, 256

HEADING = 65_535
"""The owner of a token that stands in the heading."""


@dataclass(frozen=True, slots=True)
class Quantized:
    """Unit vectors as whole numbers of 8 bits, with their signs, by which near ones are found first."""

    numbers: NDArray[np.int8]
    """Shape (vectors, width)."""
    scales: Vectors
    """What the numbers of each vector are multiplied with."""
    signs: NDArray[np.uint8]
    """The signs of the components, eight a byte."""

    @classmethod
    def of(cls, vectors: Vectors) -> Quantized:
        """Some unit vectors."""
        scales = np.maximum(np.abs(vectors).max(axis=1, initial=0), np.float32(1e-12)) / _LEVELS
        numbers = np.rint(vectors / scales[:, None]).astype(np.int8)
        return cls(numbers, scales.astype(np.float32), np.packbits(vectors > 0, axis=1))

    @classmethod
    def read(cls, arrays: Mapping[str, Array], name: str) -> Quantized:
        """Those stored under a name."""
        found = cls(*(arrays[f"{name}.{part}"] for part in cls.__slots__))
        if not len(found.numbers) == len(found.scales) == len(found.signs):
            raise ValueError(f"the vectors of {name} do not fit together")
        return found

    def __len__(self) -> int:
        return len(self.scales)

    def stored(self, name: str) -> dict[str, Array]:
        """Them as arrays, under a name."""
        return {f"{name}.{part}": getattr(self, part) for part in self.__slots__}

    def products(self, vector: Vectors, rows: NDArray[np.int64]) -> Vectors:
        """The inner product of `vector` with some of them."""
        return products_of(self.numbers[rows], self.scales[rows], vector)

    def picked(self, rows: NDArray[np.int64]) -> Quantized:
        """Some of them."""
        return Quantized(self.numbers[rows], self.scales[rows], self.signs[rows])

    @classmethod
    def joined(cls, some: Sequence[Quantized]) -> Quantized:
        """Those of several, one after the other."""
        return cls(*(np.concatenate([getattr(each, name) for each in some]) for name in cls.__slots__))


def products_of(numbers: NDArray[np.int8], scales: Vectors, vector: Vectors) -> Vectors:
    """The inner product of `vector` with some of `Quantized`: few at a time, which stay in the processor's cache."""
    found = np.empty(len(numbers), np.float32)
    rows = np.empty((min(_TOGETHER, len(numbers)), numbers.shape[1]), np.float32)
    for start in range(0, len(numbers), _TOGETHER):
        some = numbers[start : start + _TOGETHER]
        piece = rows[: len(some)]
        np.copyto(piece, some)
        found[start : start + len(some)] = piece @ vector
    return np.asarray(found * scales)


@dataclass(frozen=True, slots=True)
class MeaningSegment:
    """Vectors and bits of the passages of some versions."""

    rows: Rows
    """The passages."""
    encoder: str
    """What identifies the weights that made them."""
    blocks: Quantized
    """One vector a passage."""
    sentences: Quantized
    """One vector a sentence, passage after passage."""
    sentence_starts: NDArray[np.int64]
    """Where the sentences of each passage begin, and where those of the last end."""
    bits: NDArray[np.uint8]
    """The bits of the tokens, passage after passage: see `token_bits`."""
    owners: NDArray[np.uint16]
    """The number of the sentence of each token in its passage; `HEADING` for one of the heading."""
    bit_starts: NDArray[np.int64]
    """Where the tokens of each passage begin, and where those of the last end."""
    pieces: NDArray[np.int32]
    """The numbers of the tokens that occur, in order."""
    having: NDArray[np.int32]
    """How many passages have each."""

    @classmethod
    def read(cls, arrays: Mapping[str, Array]) -> MeaningSegment:
        """A stored segment. Raises `ValueError` or `LookupError` for arrays that are none."""
        found = cls(
            Rows.read(arrays),
            unpacked_words(arrays["encoder"])[0],
            Quantized.read(arrays, "blocks"),
            Quantized.read(arrays, "sentences"),
            *(arrays[name] for name in _NUMBERS),
        )
        count = len(found.rows)
        if not len(found.blocks) == count == len(found.sentence_starts) - 1 == len(found.bit_starts) - 1:
            raise ValueError("the vectors of a segment do not fit together")
        if found.sentence_starts[-1] != len(found.sentences) or found.bit_starts[-1] != len(found.bits):
            raise ValueError("the sentences of a segment do not fit together")
        return found

    def stored(self) -> dict[str, Array]:
        """The segment as arrays."""
        return {
            **self.rows.stored(),
            "encoder": packed_words([self.encoder]),
            **self.blocks.stored("blocks"),
            **self.sentences.stored("sentences"),
            **{name: getattr(self, name) for name in _NUMBERS},
        }

    def kept(self, keep: NDArray[np.bool_]) -> MeaningSegment:
        """The segment with some of its versions alone; the counts of tokens stay those of all."""
        rows = np.flatnonzero(np.repeat(keep, self.rows.counts))
        return MeaningSegment(
            self.rows.kept(keep),
            self.encoder,
            self.blocks.picked(rows),
            self.sentences.picked(spans_of(self.sentence_starts, rows)),
            np.cumsum([0, *np.diff(self.sentence_starts)[rows]]),
            self.bits[spans_of(self.bit_starts, rows)],
            self.owners[spans_of(self.bit_starts, rows)],
            np.cumsum([0, *np.diff(self.bit_starts)[rows]]),
            self.pieces,
            self.having,
        )

    @classmethod
    def joined(cls, some: Sequence[MeaningSegment]) -> MeaningSegment:
        """Several segments of one encoder in one."""
        pieces, at = np.unique(np.concatenate([each.pieces for each in some]), return_inverse=True)
        having = np.bincount(at, np.concatenate([each.having for each in some]), len(pieces))
        return cls(
            Rows.joined([each.rows for each in some]),
            some[0].encoder,
            Quantized.joined([each.blocks for each in some]),
            Quantized.joined([each.sentences for each in some]),
            starts_joined([each.sentence_starts for each in some]),
            np.concatenate([each.bits for each in some]),
            np.concatenate([each.owners for each in some]),
            starts_joined([each.bit_starts for each in some]),
            pieces,
            having.astype(np.int32),
        )


_NUMBERS = tuple(each.name for each in fields(MeaningSegment))[4:]


def starts_joined(some: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """The starts of several segments, one after the other."""
    return np.cumsum(np.concatenate([np.zeros(1, np.int64), *map(np.diff, some)]))
