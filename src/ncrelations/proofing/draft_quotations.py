"""The quotations of a draft: between marks, in block quotes and after a colon; each with the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ncrelations.document.wording import plain_words
from ncrelations.proofing.draft import Aside, Draft, Paragraph
from ncrelations.proofing.quotation_marks import marked
from ncrelations.text.sentences import split_sentences

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3041-\u30ff\uac00-\ud7af]")
_SMALL = frozenset({
    "a", "an", "the", "of", "and", "or", "in", "on", "at", "to", "for", "from", "by", "with", "as", "vs", "v",
    "nor", "but",
})  # fmt: skip
_SIGNED = re.compile(r"(?:^|\n)[ \t]*(?:[—–―]|--?(?=\s))[ \t]*(?P<by>[^\n]{1,300})\s*\Z")
_PLACED = re.compile(
    r"(?<=[\w.!?\"'”’»])\s*\((?P<by>(?:(?:see|cf\.|from|in)\s+)?(?:the\s+)?(?:pp?\.|pages?|sections?|secs?\b|§|chapter|part|para"
    r"|report|article|ibid|[IVX]+\b|[\w/.-]*/[pbm]\d|[^()\n]{0,60}\b(?:19|20)\d\d)[^()\n]{0,160})\)[.\s]*\Z",
    re.IGNORECASE,
)
_LONGEST_TITLE, _SCARE, _SCARE_HAN = 14, 2, 4
_LED_BY = re.compile(r":[ \t]*\n?[ \t]*(?=\S)")
_LED = 5
"""Words that what a colon sets off has at least."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation in a draft, with what stands around it."""

    text: str
    """Its words, without the marks around them."""
    start: int
    """Where they begin in the paragraph."""
    end: int
    """Where they end."""
    paragraph: Paragraph
    """The paragraph."""
    number: int
    """The paragraph's number in the draft, from 0."""
    closed: bool = True
    """Whether a mark, or the end of the block, closes it."""
    depth: int = 0
    """How many quotations it lies in."""
    sure: bool = True
    """Whether it is marked as one; what a colon sets off may be a paraphrase."""
    led: bool = False
    """Whether a colon alone sets it off."""
    left_alone: str | None = None
    """Why it is not checked: "scare", "title"; `None` where it is."""
    around: tuple[int, int] = (0, 0)
    """Where it begins and ends with its marks."""
    signature: str = ""
    """The line under a block quote that says whose it is."""

    @property
    def asides(self) -> tuple[Aside, ...]:
        """What hangs on the paragraph."""
        return self.paragraph.asides


def quotations_of(draft: Draft, titles: frozenset[str]) -> Iterator[tuple[Quotation, ...]]:
    """The quotations of a draft, paragraph by paragraph; `titles` are those of works, as words in small letters."""
    for number, each in enumerate(draft.paragraphs):
        following = draft.paragraphs[number + 1] if number + 1 < len(draft.paragraphs) else None
        found = tuple(_in_marks(each, number, titles, following))
        block = _block(each, number, found)
        if block is not None:
            inner = (q for q in found if block.start <= q.start and q.end <= block.end)
            yield (block, *(_deeper(q) for q in inner))
        else:
            led = () if found else tuple(_after_colon(each, number))
            yield (*found, *led)


def _deeper(quotation: Quotation) -> Quotation:
    return replace(quotation, depth=quotation.depth + 1)


def _in_marks(
    paragraph: Paragraph, number: int, titles: frozenset[str], following: Paragraph | None
) -> Iterator[Quotation]:
    text = paragraph.text
    for each in marked(text):
        words = text[each.start : each.end]
        if not words.strip():
            continue
        goes_on = following is not None and following.text.lstrip()[:1] in '“"«„「'
        closed = each.closed or (goes_on and each.depth == 0 and each.end == len(text))
        around = (each.start - 1, min(len(text), each.end + each.closed))
        yield Quotation(
            words, each.start, each.end, paragraph, number, closed, each.depth,
            left_alone=_left_alone(words, titles), around=around,
        )  # fmt: skip


def _left_alone(text: str, titles: frozenset[str]) -> str | None:
    """Why a quotation is not checked."""
    words = plain_words(text)
    han = len(_HAN.findall(text))
    if (han and han <= _SCARE_HAN) or (not han and len(words) <= _SCARE):
        return "scare"
    if " ".join(words) in titles or _is_title(text):
        return "title"
    return None


def _is_title(text: str) -> bool:
    """Whether words are capitalised as those of a title are, and end in no full stop."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)
    if not 3 <= len(words) <= _LONGEST_TITLE or text.rstrip()[-1:] in ".,;" or "..." in text or "…" in text:
        return False
    if text.count(",") > 1 and re.search(r"\b(?:and|or)\b", text):
        return False  # a list of names
    large = [word for word in words if word.lower() not in _SMALL]
    return len(large) > 1 and words[0][0].isupper() and all(word[0].isupper() for word in large)


def _block(paragraph: Paragraph, number: int, found: Sequence[Quotation]) -> Quotation | None:
    """The block quote that a paragraph is, unless it is all in marks."""
    if not (paragraph.quoted or paragraph.indented):
        return None
    text = paragraph.text
    signed = _SIGNED.search(text) or _PLACED.search(text, max(0, len(text) - 300))
    end = signed.start() if signed else len(text)
    words = text[:end]
    start = len(words) - len(words.lstrip())
    end = len(words.rstrip())
    in_marks = any(q.depth == 0 and q.end - q.start >= 0.8 * (end - start) for q in found)
    if in_marks or len(plain_words(words)) <= _SCARE:
        return None
    signature = signed["by"] if signed else ""
    return Quotation(
        text[start:end], start, end, paragraph, number, sure=paragraph.quoted, around=(start, end), signature=signature
    )


def _after_colon(paragraph: Paragraph, number: int) -> Iterator[Quotation]:
    """What the first colon of a paragraph sets off, sentence by sentence."""
    text = paragraph.text
    match = _LED_BY.search(text, 0, 400)
    if match is None or len(text) - match.end() > 20_000:
        return
    for start, end in split_sentences(text[match.end() :]):
        first, last = match.end() + start, match.end() + end
        if len(plain_words(text[first:last])) < _LED:
            return
        yield Quotation(text[first:last], first, last, paragraph, number, sure=False, led=True, around=(first, last))
