"""The authored questions that an index is built from: those that the documents answer, and those they seem to."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ncrelations.errors import IndexMismatch
from ncrelations.retrieval.index_files import read_file
from ncrelations.retrieval.passages import BankQuestion, Lengths, read_bank

BANKS = ("questions", "unanswered")
BANK, UNANSWERED = (f"{name}.jsonl" for name in BANKS)
COMPRESSED = ".gz"
"""What the name of an authored file ends in that is compressed."""
_GZIP, _LONGEST_BANK = b"\x1f\x8b", 64_000_000


@dataclass(frozen=True)
class Banks:
    """The authored files that an index is built from, as they are stored: plain, or compressed."""

    stored: Mapping[str, bytes]
    """The bytes of each kind, by its name: "questions", "unanswered"."""

    @classmethod
    def of(cls, folder: Path) -> Banks:
        """Read both files. Raises `IndexMismatch` where one is missing."""
        return cls({name: _stored_bank(folder, f"{name}.jsonl") for name in BANKS})

    @cached_property
    def questions(self) -> bytes:
        """`questions.jsonl`: questions that the documents answer. Raises `IndexMismatch` for damaged bytes."""
        return _lines_of(self.stored["questions"], BANK)

    @cached_property
    def unanswered(self) -> bytes:
        """`unanswered.jsonl`: questions that only sound as if they did. Raises `IndexMismatch` for damaged bytes."""
        return _lines_of(self.stored["unanswered"], UNANSWERED)

    def read(self, lengths: Lengths) -> tuple[tuple[BankQuestion, ...], tuple[BankQuestion, ...]]:
        """The answered and the unanswered questions. Raises `IndexMismatch` for a bad line."""
        return read_bank(self.questions, lengths, BANK), read_bank(self.unanswered, lengths, UNANSWERED)


def _stored_bank(folder: Path, name: str) -> bytes:
    """The bytes of an authored file: the plain one, where it is there, before the compressed one."""
    compressed = folder / f"{name}{COMPRESSED}"
    return read_file(folder, compressed.name if compressed.exists() and not (folder / name).exists() else name)


def _lines_of(stored: bytes, name: str) -> bytes:
    """The lines of an authored file. Raises `IndexMismatch` for what is compressed and damaged."""
    if not stored.startswith(_GZIP):
        return stored
    unpacking = zlib.decompressobj(wbits=31)
    try:
        lines = unpacking.decompress(stored, _LONGEST_BANK)
    except zlib.error as error:
        raise IndexMismatch(f"{name}{COMPRESSED} cannot be unpacked ({error})") from error
    if not unpacking.eof:
        raise IndexMismatch(f"{name}{COMPRESSED} is cut off, or longer than {_LONGEST_BANK:,} bytes")
    return lines
