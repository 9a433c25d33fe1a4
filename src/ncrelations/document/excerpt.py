"""Excerpts: the sentences of a passage that answer, with what they need to stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ncrelations.document.citation import Citation, brief
from ncrelations.document.spans import pieces
from ncrelations.document.tree import Block, Sentence, Span
from ncrelations.document.voice import Voice

WORDS = 100
"""An excerpt grows by neighbouring sentences up to this many words."""

WIDER = 150
"""And up to this many where a question asks several things, which one block may answer."""

_LONGER = 10  # words by which the sentence that the answering one leans on may lengthen it
_LEANING = 0.05  # what leaning on the sentence before is worth, against the score of the one after
_NEAR = 0.03  # sentences this close to the best also answer

_LEANS = re.compile(
    r"""(?:It|Its|They|Their|Them|He|She|His|Her|This|These|Those|Such|That|Both|Each|Similar|Similarly|Subsequently
    |Hence|Thus|Therefore|Consequently|Moreover|However|But|Yet|And|Or|Instead|Additionally|Nevertheless|Rightly
    |In\ this|In\ such|In\ particular|In\ addition|To\ this\ end|At\ the\ same\ time|For\ instance|The\ same
    |The\ two\ sides|The\ item|The\ following|The\ latter|The\ former|[A-Z]\w+’s\ reaction)\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A verbatim piece of a source that bears on a question."""

    text: str
    """Whole sentences, as clean reading text; folding the source at `span` gives it again."""
    citation: Citation
    """The block it is from."""
    voice: Voice
    """Whose view it states."""
    span: Span
    """Where it stands in the source; page furniture may lie inside (`pieces` leaves it out)."""
    score: float
    """How well it matches; higher is better. Comparable within one answer only."""
    block: Block = field(repr=False)
    """The whole block; `block.previous` and `block.next` are its context."""
    sentences: tuple[Sentence, ...] = field(repr=False)
    """The excerpt's sentences."""
    highlights: tuple[Span, ...]
    """Where in `text` the sentences stand that answer."""
    also: tuple[Citation, ...] = ()
    """Other blocks with the same text, where a paragraph stands in several documents."""
    attributed: tuple[str, ...] = ()
    """Who the answering sentences say that something was said by, in their own words: "Kim warned"."""

    def __repr__(self) -> str:
        return brief("Excerpt", self.citation, self.text, f", {self.voice.value}, score {self.score:.2f}")

    @property
    def human(self) -> str:
        """The citation in words."""
        return self.block.human

    @property
    def pieces(self) -> tuple[Span, ...]:
        """The slices of the source that hold the text alone, page furniture left out.

        Joined as they are, with each run of white space folded to one space, they are `text`.
        """
        return tuple(pieces(self.block.document.source, self.span, self.block.interruptions))

    def to_dict(self) -> dict[str, Any]:
        """The excerpt as plain data."""
        section = self.block.section
        return {
            "text": self.text,
            "citation": str(self.citation),
            "human": self.human,
            "document": self.citation.document,
            "section": section.id,
            "heading": section.heading,
            "page": section.page if self.block.page is None else self.block.page,
            **({"page_label": self.block.page_label} if self.block.page is not None else {}),
            "voice": self.voice.value,
            "voice_label": self.voice.label,
            "span": [self.span.start, self.span.end],
            "sentences": [str(sentence.citation) for sentence in self.sentences],
            "highlights": [[each.start, each.end] for each in self.highlights],
            "score": round(self.score, 6),
            **({"also": list(map(str, self.also))} if self.also else {}),
            **({"attributed": list(self.attributed)} if self.attributed else {}),
        }


def excerpt_of(block: Block, scores: Sequence[float], score: float, words: int = WORDS) -> Excerpt:
    """The part of a block that answers: its best sentence and the better neighbours, up to `words` words.

    A sentence that leans on the one before it ("They ...", "This ...") draws that one in. `scores` has
    one score a sentence.
    """
    lengths = [len(sentence.text.split()) for sentence in block.sentences]
    best = max(range(len(scores)), key=lambda number: (scores[number], -number))
    first = last = best
    while True:
        room = words - sum(lengths[first : last + 1])
        leans = bool(_LEANS.match(block.sentences[first].text))
        before = [(scores[first - 1] + _LEANING * leans, first - 1)] if first > 0 else []
        after = [(scores[last + 1], last + 1)] if last + 1 < len(lengths) else []
        fitting = [side for side in before + after if lengths[side[1]] <= room]
        if not fitting:
            break
        chosen = max(fitting)[1]
        first, last = min(first, chosen), max(last, chosen)
    dangling = first == best and first > 0 and bool(_LEANS.match(block.sentences[first].text))
    if dangling and sum(lengths[first - 1 : last + 1]) <= words + _LONGER:
        first -= 1
    answering = {n for n in range(first, last + 1) if scores[n] >= scores[best] - _NEAR}
    return _excerpt(block, block.sentences[first : last + 1], {n - first for n in answering}, score)


def excerpt_with(block: Block, answering: Sequence[Sentence], score: float = 1.0) -> Excerpt:
    """A whole block, the sentences that answer marked; a long one from the first to the last of them."""
    numbers = [n for n, sentence in enumerate(block.sentences) if sentence in answering]
    long = bool(numbers) and len(block.text.split()) > WORDS
    first, last = (numbers[0], numbers[-1]) if long else (0, len(block.sentences) - 1)
    return _excerpt(block, block.sentences[first : last + 1], {n - first for n in numbers}, score)


def _excerpt(block: Block, sentences: tuple[Sentence, ...], answering: set[int], score: float) -> Excerpt:
    highlights, at = [], 0
    for number, sentence in enumerate(sentences):
        if number in answering:
            highlights.append(Span(at, at + len(sentence.text)))
        at += len(sentence.text) + 1
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    text = " ".join(sentence.text for sentence in sentences)
    return Excerpt(text, block.citation, block.voice, span, score, block, sentences, tuple(highlights))
