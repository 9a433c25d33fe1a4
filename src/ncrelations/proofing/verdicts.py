"""What a quotation is: verbatim, edited by the rules, altered, stitched together, or not in the documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ncrelations.document.wording import plain_words
from ncrelations.proofing.changes import Change, Variant, compared
from ncrelations.proofing.quoted_pieces import QuotedPiece, cut, is_edited
from ncrelations.proofing.word_places import LONGEST, WordPlaces, WordRun

Verdict = Literal["verbatim", "edited", "altered", "stitched", "not_found", "ignored"]
"""What a quotation is found to be."""

_ALIKE = 0.5
"""How alike words must be to count as altered; below, they are not the documents'."""
_SAME_WORDS = 0.9
"""How much of the words, in whatever order, a passage has to have to be the same in another order."""
_NEAR = 0.3
"""How alike they must be for the nearest passage to be worth showing."""
_SHORT = 6  # words under which a quotation must be more alike, for common words come together anywhere
_FAR = 400  # words that may be left out between two pieces
_RUN = 4  # words of a run that is taken from somewhere
_TELLING = 15.0  # weight of words that stand together by no accident
_LONG_WORD = 5  # letters of words of which three tell as much
_STEP = 12  # words that may be left out unsaid; more, and the words are stitched together
_COVERED = 0.66
_END = re.compile("[\"'“”‘’»«›‹]*([.,;:!?])[\"'“”‘’»«›‹)]*")
_NOT = frozenset({"not", "non", "no", "never", "neither", "nor", "without", "cannot"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A quotation with what it is and where its words stand."""

    verdict: Verdict
    """What it is."""
    runs: tuple[WordRun, ...] = ()
    """Where its pieces stand, in the order of the quotation; of one not found, the nearest words."""
    elsewhere: tuple[WordRun, ...] = ()
    """Where the same words stand, too."""
    changes: tuple[Change, ...] = ()
    """What differs from the source."""
    variants: tuple[Variant, ...] = ()
    """What differs in print only."""
    hides: str = ""
    """A negation that is left out."""


class Judge:
    """Judges quotations by the words of a corpus. Immutable; safe to share between threads."""

    def __init__(self, places: WordPlaces) -> None:
        self.places = places
        """Where words stand."""

    def judge(self, text: str) -> Judged:
        """What a quotation is."""
        pieces = cut(text)
        if not pieces:
            return Judged("not_found")
        whole = QuotedPiece(text, tuple(word for piece in pieces for word in piece.words), "first")
        if len(pieces) == 1 and not is_edited(text):
            return self._piece(whole)
        as_printed = self._verbatim(QuotedPiece(text, _all_words(text), "first"))
        if as_printed is not None and not as_printed.changes:
            return as_printed
        return self._edited(pieces)

    def _piece(self, piece: QuotedPiece) -> Judged:
        """A quotation in one piece."""
        verbatim = self._verbatim(piece)
        if verbatim is not None and not (verbatim.verdict == "altered" and self._borrowed(verbatim)):
            return verbatim
        near = self._altered(piece)
        if verbatim is None and _slightly(near, piece) and not self._borrowed(near):
            return near
        return self._stitched(piece) or self._with_borrowed(near) or near

    def _with_borrowed(self, near: Judged) -> Judged | None:
        """A passage with words of another in place of its own: stitched together."""
        borrowed = self._borrowed(near)
        return Judged("stitched", (*near.runs, *borrowed)) if borrowed else None

    def _borrowed(self, judged: Judged) -> tuple[WordRun, ...]:
        """Where the words stand that a draft has in place of others: three or more that tell their place."""
        borrowed = (c for c in judged.changes if c.kind != "name" or c.draft.islower())  # a name is no other passage's
        words = [tuple(plain_words(c.draft)) for c in borrowed]
        telling = (w for w in words if len(w) >= 3 and sum(map(self.places.weight, w)) >= _TELLING)
        return tuple(runs[0] for w in telling if (runs := self.places.find(w)))

    def _verbatim(self, piece: QuotedPiece) -> Judged | None:
        """A piece whose words stand in the documents, one after the other; print may have changed its marks."""
        runs = self.places.find(piece.words)
        if not runs:
            return None
        found = [(run, compared(piece.text, self.places.text(run), self.places.names)) for run in runs[:20]]
        run, best = min(found, key=lambda each: (len(each[1].changes), len(each[1].variants)))
        verdict: Verdict = "altered" if best.changes else "verbatim"
        others = tuple(each for each in runs if each != run)
        return Judged(verdict, (run,), others, best.changes, (*best.variants, *self._end(piece.text, run)))

    def _end(self, text: str, run: WordRun) -> tuple[Variant, ...]:
        """Whether a quotation ends in another mark than the source: within the marks, or without, printers set them."""
        block, span = list(self.places.parts(run))[-1]
        mine, theirs = re.search(_END.pattern + r"\Z", text.rstrip()), _END.match(block.text, span.end)
        return ("end_punctuation",) if mine and (theirs is None or mine[1] != theirs[1]) else ()

    def _edited(self, pieces: Sequence[QuotedPiece]) -> Judged:
        """A quotation in pieces: each is looked for, in order."""
        found = [self.places.find(piece.words) for piece in pieces]
        chain = self._chain(found)
        if chain is not None:
            return self._in_order(pieces, chain)
        judged = [self._piece(piece) for piece in pieces if len(piece.words) > 1] or [Judged("not_found")]
        runs = tuple(run for each in judged for run in each.runs)
        changes = tuple(change for each in judged for change in each.changes)
        variants = tuple(dict.fromkeys(variant for each in judged for variant in each.variants))
        verdict = _worst(each.verdict for each in judged)
        if verdict == "verbatim" or (verdict == "altered" and not self._together(runs)):
            verdict = "stitched"
        return Judged(verdict, runs, (), changes, variants)

    def _chain(self, found: Sequence[Sequence[WordRun]]) -> tuple[WordRun, ...] | None:
        """One place for each piece, each after the one before and not far; the closest such chain."""
        best: tuple[WordRun, ...] | None = None
        for first in found[0][:200]:
            chain = [first]
            for runs in found[1:]:
                after = next((run for run in runs if run.start >= chain[-1].end), None)
                if after is None or not self._together((chain[-1], after)):
                    break
                chain.append(after)
            if len(chain) == len(found) and (best is None or _spread(chain) < _spread(best)):
                best = tuple(chain)
        return best

    def _together(self, runs: Sequence[WordRun]) -> bool:
        """Whether runs stand in order in one section, none far from the one before."""
        return all(
            0 <= b.start - a.end <= _FAR and self.places.block(a).section == self.places.block(b).section
            for a, b in pairwise(runs)
        )

    def _in_order(self, pieces: Sequence[QuotedPiece], chain: tuple[WordRun, ...]) -> Judged:
        """A quotation whose pieces stand in order: edited by the rules, unless a piece was changed as well."""
        found = [
            compared(p.text, self.places.text(run), self.places.names) for p, run in zip(pieces, chain, strict=True)
        ]
        # The first letter of a sentence may change where something before it is left out.
        changes = tuple(change for each in found for change in each.changes)
        variants = tuple(dict.fromkeys(variant for each in found for variant in each.variants))
        verdict: Verdict = "altered" if changes else "edited"
        return Judged(verdict, chain, (), changes, variants, self._hidden(chain))

    def _hidden(self, chain: tuple[WordRun, ...]) -> str:
        """A negation that is all, or nearly all, that is left out between two pieces."""
        for a, b in pairwise(chain):
            words = self.places.words[a.end : b.start]
            if len(words) <= 3 and (hidden := _NOT & {*words}):
                return min(hidden)
        return ""

    def _stitched(self, piece: QuotedPiece) -> Judged | None:
        """A quotation whose words are taken from several places without saying so."""
        runs, covered = self._cover(piece.words[:LONGEST])
        long = [run for run in runs if len(run) >= _RUN or self._tells(run)]
        if len(long) < 2 or covered < _COVERED * min(len(piece.words), LONGEST):
            return None
        if all(self._next_to(a, b) for a, b in pairwise(long)):
            return None
        return Judged("stitched", tuple(long))

    def _tells(self, run: WordRun) -> bool:
        """Whether a run of three words, all of them long, stands hardly anywhere else."""
        words = self.places.words[run.start : run.end]
        return min(map(len, words)) >= _LONG_WORD and len(self.places.find(words)) <= 2

    def _next_to(self, a: WordRun, b: WordRun) -> bool:
        """Whether a run goes on where the one before ended, a few words aside."""
        gap = b.start - a.end
        return -2 <= gap <= _STEP or (
            0 <= gap <= 2 * _STEP and bool({*self.places.sentences(a)[-1:]} & {*self.places.sentences(b)[:1]})
        )

    def _cover(self, words: Sequence[str]) -> tuple[list[WordRun], int]:
        """The longest runs of the documents that the words can be cut into, and how many words these hold."""
        runs, at, near, covered = list[WordRun](), 0, 0, 0
        while at < len(words):
            run = self.places.longest(words, at, near)
            if run is not None and len(run) > 2:
                runs.append(run)
                near = run.end
                at += len(run)
                covered += len(run)
            else:
                at += 1
                near += 1
        return runs, covered

    def _altered(self, piece: QuotedPiece) -> Judged:
        """A quotation whose words are like those of a passage; or none is near."""
        found = self.places.nearest(piece.words)
        if found is None or found[1] < _NEAR:
            return Judged("not_found")
        run, alike = found
        reordered = len(piece.words) >= _RUN and self.places.bag(piece.words, run) >= _SAME_WORDS
        if alike < _ALIKE + max(0, _SHORT - len(piece.words)) * 0.03 and not reordered:
            return Judged("not_found", (run,))
        result = compared(piece.text, self.places.text(run), self.places.names)
        verdict: Verdict = "altered" if result.changes else "verbatim"
        return Judged(verdict, (run,), (), result.changes, result.variants)


def _slightly(judged: Judged, piece: QuotedPiece) -> bool:
    """Whether a quotation is a passage but for a few words, which may well stand elsewhere, too."""
    return judged.verdict != "not_found" and sum(map(_weight, judged.changes)) <= max(3, len(piece.words) // 8)


def _weight(change: Change) -> int:
    """How many words a change counts for: however many a name has, another in its place is one."""
    words = change.draft.split()
    if change.kind == "name" and words and all(word[0].isupper() or word in ("of", "the") for word in words):
        return len(plain_words(change.source)) or 1
    return max(len(plain_words(change.draft)), len(plain_words(change.source)))


def _all_words(text: str) -> tuple[str, ...]:
    return QuotedPiece(
        text, tuple(word for piece in cut(text.replace("[", " ").replace("]", " ")) for word in piece.words), "first"
    ).words


def _spread(chain: Sequence[WordRun]) -> int:
    return chain[-1].end - chain[0].start


_ORDER: tuple[Verdict, ...] = ("verbatim", "edited", "altered", "stitched", "not_found")


def _worst(verdicts: Iterable[Verdict]) -> Verdict:
    return max(verdicts, key=_ORDER.index)
