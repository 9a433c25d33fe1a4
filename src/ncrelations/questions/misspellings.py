"""Readings of a question with words mended that may be misspelt, and compounds joined or parted as in the documents.

Ordinary words, names, and capitalised words beside names stay as they are. What is mended is taken only where it
finds more than what was typed: that is for the scores to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from ncrelations.document.entities import Named
from ncrelations.questions.question import Mending
from ncrelations.text.english import is_english
from ncrelations.text.spelling import mend
from ncrelations.text.words import STOPWORDS, Piece, stem

Changes = list[tuple[Piece, str]]
_SHORTEST, _LONG, _MOST = 4, 7, 12
"""Letters of a word worth mending; those from which two slips may be mended; how many words are looked at."""


_PREFIXES = (
    "non",
    "anti",
    "counter",
    "de",
    "re",
    "inter",
    "multi",
    "pre",
    "post",
    "cyber",
    "over",
    "under",
    "mis",
    "ultra",
)
"""What compounds are written with in one word as often as in two."""


class WordsMeant:
    """Finds the words that were meant. Immutable; safe to share between threads."""

    def __init__(
        self, vocabulary: Mapping[str, int], knows: Callable[[str], bool], is_name: Callable[[str], bool]
    ) -> None:
        """`vocabulary`: the words of the documents and of questions written for them, with their counts.

        `knows` and `is_name` tell whether a word is an ordinary one, or a name of the world.
        """
        self._vocabulary, self._knows, self._is_name = vocabulary, knows, is_name

    def mendings(
        self, text: str, pieces: Sequence[Piece], named: Sequence[Named], in_our_words: Callable[[str], str]
    ) -> tuple[Mending, ...]:
        """Another reading of a text, where it has words that may be misspelt or compounds written otherwise."""
        taken = [(each.start, each.end) for each in named]
        free = [p for p in pieces if not any(start <= p.start < end for start, end in taken)]
        strange = [piece for piece in free if self._is_strange(text, piece)][:_MOST]
        changes = [*self._compounds(text, free), *self._slips(strange)]
        if not changes:
            return ()
        mended = in_our_words(_replaced(text, changes))
        return (Mending(mended, tuple((piece.text, meant) for piece, meant in changes)),)

    def _is_strange(self, text: str, piece: Piece) -> bool:
        """Whether a word may be misspelt: letters only, known to no list, and no name."""
        word = piece.folded
        if len(word) < _SHORTEST or not word.isalpha() or word in self._vocabulary or _is_acronym(text, piece):
            return False
        return not (
            word in STOPWORDS or is_english(word) or self._knows(word) or self._is_name(word) or _is_proper(text, piece)
        )

    def _slips(self, strange: Sequence[Piece]) -> Changes:
        """The strange words with the known ones that are a slip or two away."""
        found = []
        for piece in strange:
            meant = mend(piece.folded, self._vocabulary, 1 if len(piece.folded) < _LONG else 2)
            if meant and stem(meant) != stem(piece.folded):
                found.append((piece, meant))
        return found

    def _compounds(self, text: str, pieces: Sequence[Piece]) -> Changes:
        """Compounds that the documents write in one word or in two, where the text does otherwise."""
        found: Changes = []
        for first, second in pairwise(pieces):
            joined = first.folded + second.folded
            apart = first.folded not in self._vocabulary or second.folded not in self._vocabulary
            if apart and joined in self._vocabulary and text[first.end : second.start] in ("-", " ", "‐", "‑"):
                found.append((Piece(text[first.start : second.end], joined, first.start, second.end), joined))
        for piece in pieces:
            word = piece.folded
            strange = len(word) >= _LONG and word not in self._vocabulary
            if strange and (word.startswith(_PREFIXES) or not is_english(word)) and (two := self._parted(word)):
                found.append((piece, two))
        return found

    def _parted(self, word: str) -> str | None:
        """A word as the two of the vocabulary that it is made of: "nonproliferation" -> "non-proliferation"."""
        for at in range(3, len(word) - 3):
            if word[:at] in self._vocabulary and word[at:] in self._vocabulary:
                return f"{word[:at]}-{word[at:]}"
        return None


def _is_acronym(text: str, piece: Piece) -> bool:
    """Whether a word is written in capitals in a text that is not: "UNDOF" is no slip for "undo"."""
    return piece.text.isupper() and not text.isupper()


def _is_proper(text: str, piece: Piece) -> bool:
    """Whether a word is written as a part of a name: in a capital, beside another, in a text that is not all so."""
    if not piece.text[0].isupper() or text.isupper() or text.istitle():
        return False
    before, after = text[: piece.start].split(" ")[-2:], text[piece.end :].split(" ")[:2]
    neighbours = [before[0] if len(before) > 1 else "", after[1] if len(after) > 1 and not after[0] else ""]
    return any(word[:1].isupper() and text.find(word) > 0 for word in neighbours)


def _replaced(text: str, changes: Changes) -> str:
    for piece, meant in sorted(changes, key=lambda change: -change[0].start):
        text = text[: piece.start] + meant + text[piece.end :]
    return text
