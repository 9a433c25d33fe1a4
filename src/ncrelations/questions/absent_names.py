"""Names and years that a question has and the documents never mention."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from ncrelations.document.entities import Named
from ncrelations.text.patterns import Pattern
from ncrelations.text.words import Piece, folded_pieces
from ncrelations.texts.whole_files import packaged_table

_YEAR = Pattern(r"(?<!another )\b(1[5-9]\d\d|20\d\d|2100)\b", needs="12")
_LONGEST = 5  # pieces of the longest name worth looking for


class AbsentNames:
    """Looks for names of the world that some documents do not have. Immutable."""

    def __init__(self, document_words: Collection[str], stand_ins: Mapping[str, str]) -> None:
        """`stand_ins`: names that the documents do not print, but that stand for one they do."""
        self._words, self._stand_in_names = document_words, stand_ins

    @cached_property
    def _stand_ins(self) -> frozenset[tuple[str, ...]]:
        return frozenset(map(folded_pieces, self._stand_in_names))

    def found(self, text: str, pieces: Sequence[Piece], named: Sequence[Named]) -> tuple[str, ...]:
        """Names of the gazetteer and years that stand in a question and nowhere in the documents."""
        taken = [(each.start, each.end) for each in named]
        free = [p for p in pieces if not any(start <= p.start < end for start, end in taken)]
        absent, at = [], 0
        while at < len(free):
            for length in range(min(_LONGEST, len(free) - at), 0, -1):
                run = free[at : at + length]
                key = tuple(piece.folded for piece in run)
                if key in world_names() or key in self._stand_ins:
                    if key not in self._stand_ins and not all(part in self._words for part in key):
                        absent.append(text[run[0].start : run[-1].end])
                    at += length - 1
                    break
            at += 1
        absent += [year for year in (match[1] for match in _YEAR.finditer(text)) if year not in self._words]
        return tuple(dict.fromkeys(absent))

    def is_name(self, word: str) -> bool:
        """Whether a word by itself is a name of the world."""
        return (word,) in world_names() or (word,) in self._stand_ins


@cache
def world_names() -> frozenset[tuple[str, ...]]:
    """Names of the world by their folded pieces."""
    tables = packaged_table(Path(__file__).with_name("world_names.toml"))
    return frozenset(folded_pieces(name) for group in tables["names"].values() for name in group)
