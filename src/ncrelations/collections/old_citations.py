"""How a cited place stands today: its document may have changed since, or answer no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ncrelations.collections.collection_records import Version, versions
from ncrelations.collections.moved_citations import moves
from ncrelations.collections.stored_corpus import StoredCorpus
from ncrelations.document.block_range import Range
from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Place, given
from ncrelations.document.tree import Block, Document, Sentence
from ncrelations.errors import NoSuchPlace
from ncrelations.texts import Reason

_TOLD = {"changed": "standing.changed", "replaced": "standing.replaced", "withdrawn": "standing.withdrawn"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a cited place stands today."""

    state: Literal["current", "changed", "replaced", "withdrawn"]
    """Of the text that answers now; of it, with other words than an earlier text had there; of an earlier text; of a
    document that answers no more."""
    version: Version
    """The text it is of."""
    now: str | None = None
    """Of an earlier text, the citation at which the same words stand now; `None` where they stand nowhere."""

    def told(self, citation: Citation) -> Reason:
        """The standing of a cited place in words."""
        values = {"citation": str(citation), "date": self.version.added[:10], "now": self.now}
        return Reason("standing.moved" if self.now else _TOLD[self.state], values)


def standing(corpus: StoredCorpus, place: Place | Range) -> Standing:
    """How a place stands, by comparing the texts of its document; of a range the first block that stands otherwise."""
    if isinstance(place, Range):
        of_blocks = [standing(corpus, block) for block in place]
        return next((each for each in of_blocks if each.state != "current"), of_blocks[0])
    document = place if isinstance(place, Document) else place.document
    every = versions(corpus.store, document.id)
    own = next(each for each in reversed(every) if corpus.of_version(each.number) == document)
    live = next((each.version for each in corpus.live if each.id == document.id), None)
    if live is None:
        return Standing("withdrawn", own)
    if live != own.number:
        return Standing("replaced", own, _now(document, corpus.of_version(live), place))
    earlier = (each for each in every if each.number < own.number)
    changed = any(_reads_otherwise(corpus.of_version(each.number), place) for each in earlier)
    return Standing("changed" if changed else "current", own)


def _now(old: Document, new: Document, place: Place) -> str | None:
    if not isinstance(place, Block | Sentence):
        return None
    there = dict(moves(old, new).moved)
    return there.get(str(place.citation.of_block))


def _reads_otherwise(earlier: Document, place: Place) -> bool:
    """Whether a block or sentence of that citation had other words."""
    if not isinstance(place, Block | Sentence):
        return False
    try:
        before = given([earlier]).resolve(str(place.citation))
    except NoSuchPlace:
        return False
    return isinstance(before, Block | Sentence) and before.text != place.text
