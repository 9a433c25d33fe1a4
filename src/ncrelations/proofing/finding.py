"""What a proof finds: one finding a quotation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ncrelations.document.citation import Citation
from ncrelations.document.tree import Block, Span
from ncrelations.document.voice import Voice
from ncrelations.proofing.changes import Change
from ncrelations.proofing.draft import Draft
from ncrelations.proofing.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class QuotedFrom:
    """A piece of a quotation as it stands in a document."""

    text: str
    """The words as printed there."""
    citation: Citation
    """The sentence it stands in, or the block where it runs over several."""
    block: Block = field(repr=False)
    """The block."""

    @property
    def human(self) -> str:
        """The citation in words."""
        return self.block.human

    @property
    def page(self) -> int | None:
        """The page it begins on, where the file has pages; else the first one of its section."""
        return self.block.section.page if self.block.page is None else self.block.page

    @property
    def voice(self) -> Voice:
        """Whose view it states."""
        return self.block.voice

    def to_dict(self) -> dict[str, Any]:
        """The piece as plain data."""
        return {
            "text": self.text,
            "citation": str(self.citation),
            "human": self.human,
            "page": self.page,
            "voice": self.voice.value,
            "voice_label": self.voice.label,
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """A quotation of a draft, with what was found of it."""

    quotation: str
    """Its words as the draft has them, white space folded."""
    line: int
    """The line of the draft, from 1."""
    column: int
    """The column, from 1."""
    verdict: Verdict
    """"verbatim", "edited", "altered", "stitched", "not_found" or "ignored"."""
    citation: Citation | None
    """Where it stands; of one not found, nothing."""
    pieces: tuple[QuotedFrom, ...]
    """What stands in the documents: each piece of the quotation; of one not found, the nearest passage, if any."""
    changes: tuple[Change, ...]
    """Word by word, what differs from the source."""
    grave: bool
    """Whether a change turns the sense: a negation dropped or put in, another number or name."""
    place_right: bool | None
    """Whether the places named beside it are where it stands; `None` where none is, or it cannot be told."""
    credit_right: bool | None
    """Whether those credited are who says it; `None` where nobody is, or it cannot be told."""
    remarks: tuple[str, ...]
    """What else there is to say, each a sentence of the catalogue."""
    start: int
    """Where it begins in the text of the draft, with its marks."""
    end: int
    """Where it ends."""

    @property
    def voice(self) -> Voice | None:
        """Whose view it states, where it is one voice's."""
        voices = {piece.voice.value: piece.voice for piece in self.pieces} if self.citation else {}
        return next(iter(voices.values())) if len(voices) == 1 else None

    @property
    def to_mend(self) -> bool:
        """Whether something is to be mended."""
        wrong = self.verdict not in ("verbatim", "edited", "ignored")
        return wrong or self.grave or self.place_right is False or self.credit_right is False

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain data."""
        voice = self.voice
        return {
            "quotation": self.quotation,
            "line": self.line,
            "column": self.column,
            "span": [self.start, self.end],
            "verdict": self.verdict,
            "citation": None if self.citation is None else str(self.citation),
            "voice": None if voice is None else voice.value,
            "pieces": [piece.to_dict() for piece in self.pieces],
            "changes": [change.to_dict() for change in self.changes],
            "grave": self.grave,
            "place_right": self.place_right,
            "credit_right": self.credit_right,
            "to_mend": self.to_mend,
            "remarks": [str(remark) for remark in self.remarks],
        }


@dataclass(frozen=True, slots=True)
class Proof:
    """A draft with a finding for each of its quotations, in order."""

    draft: Draft = field(repr=False)
    """The draft."""
    findings: tuple[Finding, ...]
    """One a quotation; those left alone are among them, as "ignored"."""

    @property
    def to_mend(self) -> tuple[Finding, ...]:
        """The findings with something to mend."""
        return tuple(finding for finding in self.findings if finding.to_mend)

    @property
    def counts(self) -> dict[str, int]:
        """How many quotations there are of each verdict."""
        counts = dict.fromkeys(("verbatim", "edited", "altered", "stitched", "not_found", "ignored"), 0)
        for finding in self.findings:
            counts[finding.verdict] += 1
        return counts

    def to_dict(self) -> dict[str, Any]:
        """The proof as plain data."""
        return {
            "format": self.draft.format,
            "counts": self.counts,
            "to_mend": len(self.to_mend),
            "findings": [finding.to_dict() for finding in self.findings],
        }


def piece_of(block: Block, span: Span, sentences: tuple[Citation, ...]) -> QuotedFrom:
    """A piece at a place of a block's text."""
    citation = sentences[0] if len(sentences) == 1 else block.citation
    return QuotedFrom(block.text[span.start : span.end], citation, block)


def common(pieces: Sequence[QuotedFrom]) -> Citation | None:
    """The smallest place that has all pieces; of pieces from several documents, that of the first."""
    if not pieces:
        return None
    for level in _levels(pieces[0].citation):
        if all(piece.citation.within(level) for piece in pieces):
            return level
    return pieces[0].citation


def _levels(citation: Citation) -> Iterator[Citation]:
    level: Citation | None = citation
    while level is not None:
        yield level
        level = level.parent
