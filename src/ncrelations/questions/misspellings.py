"""Readings of a question with words mended that may be misspelt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ncrelations.document.entities import Named
from ncrelations.questions.question import Mending
from ncrelations.text.spelling import mend
from ncrelations.text.words import Piece, stem


def mendings(
    text: str,
    candidates: Sequence[Piece],
    vocabulary: Mapping[str, int],
    knows: Callable[[str], bool],
    in_our_words: Callable[[str], str],
) -> tuple[Mending, ...]:
    """The question with the words mended that no dictionary has.

    Then also with those that a dictionary has, but one letter from a word of the documents ("golf"
    for "gulf"), for which more proof is asked.
    """
    strange: list[tuple[Piece, str]] = []
    ordinary: list[tuple[Piece, str]] = []
    for piece in candidates:
        known = knows(piece.folded)
        meant = mend(piece.folded, vocabulary, 1 if known or len(piece.folded) < 7 else 2)
        if meant and stem(meant) != stem(piece.folded):
            (ordinary if known else strange).append((piece, meant))
    found = []
    for changes, gain in ((strange, -0.06), (strange + ordinary if ordinary else [], 0.05)):
        if changes:
            mended = in_our_words(_replaced(text, changes))
            found.append(Mending(mended, tuple((piece.text, meant) for piece, meant in changes), gain))
    return tuple(found)


def candidates(
    pieces: Sequence[Piece], named: Sequence[Named], vocabulary: Mapping[str, int], is_name: Callable[[str], bool]
) -> list[Piece]:
    """The pieces that might be misspelt: letters only, foreign to the documents, not names."""
    return [
        piece
        for piece in pieces
        if len(piece.folded) >= 4
        and piece.folded.isalpha()
        and piece.folded not in vocabulary
        and not any(each.start <= piece.start < each.end for each in named)
        and not is_name(piece.folded)
    ]


def _replaced(text: str, changes: Sequence[tuple[Piece, str]]) -> str:
    for piece, meant in sorted(changes, key=lambda change: -change[0].start):
        text = text[: piece.start] + meant + text[piece.end :]
    return text
