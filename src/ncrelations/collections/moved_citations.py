"""Two versions of a document side by side: which citations name the same words still, and where the others went."""

from __future__ import annotations

from dataclasses import dataclass

from ncrelations.document.tree import Document


@dataclass(frozen=True, slots=True)
class Moves:
    """Where the passages of a replaced version stand now."""

    moved: tuple[tuple[str, str], ...] = ()
    """Citations whose words stand at another place now: the old one and the new."""
    lost: tuple[str, ...] = ()
    """Citations whose words are nowhere in the new version."""

    def and_those(self, other: Moves) -> Moves:
        """These and the other's."""
        return Moves((*self.moved, *other.moved), (*self.lost, *other.lost))


def moves(old: Document, new: Document) -> Moves:
    """Where the blocks of one version stand in another."""
    places: dict[str, list[str]] = {}
    for block in new.blocks:
        places.setdefault(block.text, []).append(str(block.citation))
    moved, lost = [], []
    for block in old.blocks:
        citation, there = str(block.citation), places.get(block.text, [])
        if not there:
            lost.append(citation)
        elif citation not in there:
            moved.append((citation, there[0]))
    return Moves(tuple(moved), tuple(lost))
