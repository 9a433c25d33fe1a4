"""What a message of the bot shows, as a value that the message itself carries.

Nothing is stored anywhere else: the passages, the page, the side asked for and who asked are packed into
every button's `custom_id`; question, topic and remarks stand in the message's text. A restart, a second
process or a year of silence changes nothing.

    ncr1:<action>:<head><page><passages>:<asker>

Characters are base 64. The head is kind, language, status, voice asked for and document asked for; a
passage is its block's number in reading order (2), its first and last sentence (1 each) and which of its
sentences answer (2). Where there are more blocks than two characters count, the number has three and what
answers one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from ncrelations import Block, Excerpt
from ncrelations.document.voice import Voice
from ncrelations.texts import LANGUAGES
from ncrelations_discord.answers import Documents

VERSION = "ncr1"
MOST_QUOTES = 9
QUESTION_LIMIT = 250
"""Characters of a question: what an embed's author line holds, with room for a mark."""

MOST_PAGES = 64
"""Pages that a button can number."""

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_MARKED = 12  # sentences of a passage whose highlighting is remembered
_MANY = len(DIGITS) ** 2  # blocks that two characters cannot count
_SENTENCES = len(DIGITS)  # of a block that can be numbered

STATUSES = ("answered", "partial", "not_found")


class Kind(str, Enum):
    """What a message shows."""

    ANSWER = "answer"
    COMPARISON = "comparison"
    SECTION = "section"
    TIMELINE = "timeline"
    CONTEXT = "context"
    PROOF = "proof"


class StaleError(Exception):
    """A button that this version cannot read."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A run of sentences of one block, some of which answer."""

    block: Block
    """The block."""
    first: int
    """The first sentence, from 0."""
    last: int
    """The last sentence, included."""
    marks: int
    """Bit n: sentence first + n answers."""

    @classmethod
    def of(cls, excerpt: Excerpt) -> Quote:
        """The quote that an excerpt is; its block's beginning, where it stands beyond what a button can number."""
        first = (excerpt.sentences[0].citation.sentence or 1) - 1
        if first + len(excerpt.sentences) > _SENTENCES:
            return cls.whole(excerpt.block)
        marks, at = 0, 0
        for number, sentence in enumerate(excerpt.sentences):
            if any(span.start <= at < span.end for span in excerpt.highlights):
                marks |= 1 << number
            at += len(sentence.text) + 1
        return cls(excerpt.block, first, first + len(excerpt.sentences) - 1, marks % (1 << _MARKED))

    @classmethod
    def whole(cls, block: Block) -> Quote:
        """A block whole, with nothing marked."""
        return cls(block, 0, min(len(block.sentences), _SENTENCES) - 1, 0)

    @property
    def sentences(self) -> tuple[tuple[str, bool], ...]:
        """Each sentence with whether it answers."""
        run = self.block.sentences[self.first : self.last + 1]
        return tuple((sentence.text, bool(self.marks >> number & 1)) for number, sentence in enumerate(run))

    def pack(self, documents: Documents) -> str:
        """Six characters."""
        number, marks = documents.numbers[str(self.block.citation)], self.marks
        values = (number >> 6, number & 63, self.first, self.last, marks >> 6, marks & 63)
        if len(documents.blocks) > _MANY:
            values = (number >> 12, number >> 6 & 63, number & 63, self.first, self.last, marks & 63)
        return "".join(DIGITS[value] for value in values)

    @classmethod
    def unpack(cls, text: str, documents: Documents) -> Quote:
        """Raises `StaleError` for what is no passage."""
        digits, blocks = [_VALUES[character] for character in text], documents.blocks
        if len(blocks) > _MANY:
            high, middle, low, first, last, marks = digits
            number = high << 12 | middle << 6 | low
        else:
            high, low, first, last, left, right = digits
            number, marks = high << 6 | low, left << 6 | right
        if number >= len(blocks) or not first <= last < len(blocks[number].sentences):
            raise StaleError(text)
        return cls(blocks[number], first, last, marks)


@dataclass(frozen=True, slots=True)
class Card:
    """What a message shows and how to go on from it."""

    documents: Documents = field(repr=False)
    """What it quotes, and whose numbers its buttons carry."""
    kind: Kind = Kind.ANSWER
    language: str = "en"
    """The language of its fixed texts."""
    question: str = ""
    """The question or topic, as asked."""
    quotes: tuple[Quote, ...] = ()
    """All passages, best first; a page shows some of them."""
    page: int = 0
    """The page shown, from 0."""
    status: str = "answered"
    """The answer's status."""
    voice: Voice | None = None
    """The side that was asked for."""
    document: str | None = None
    """The document that was asked for."""
    remarks: str = ""
    """Reasons and readings, as printed: Markdown, one a line."""
    confidence: str = ""
    """The confidence, as printed."""
    read_as: str = ""
    """The question written out in full, where it was a follow-up: what the next one builds on."""
    asker: int = 0
    """The id of who may delete the message; 0 for a private one."""
    entries: tuple[str, ...] = ()
    """Of a proof, what was found of each quotation, as printed; the message's file holds them."""
    near: str = ""
    """The passages that bear on the question beside those quoted, as printed: one line of citations."""

    @property
    def private(self) -> bool:
        """Whether one person alone sees the message."""
        return self.asker == 0

    def turned(self, page: int) -> Card:
        """The same card at another page."""
        return replace(self, page=page)

    def pack(self, action: str) -> str:
        """The `custom_id` of a button: at most 100 characters."""
        head = (
            list(Kind).index(self.kind), LANGUAGES.index(self.language), STATUSES.index(self.status),
            _place(self.voice, self.documents.voices), _place(self.document, self.documents.ids),
            min(self.page, MOST_PAGES - 1),
        )  # fmt: skip
        packed = "".join(quote.pack(self.documents) for quote in self.quotes)
        state = "".join(DIGITS[value] for value in head) + packed
        return f"{VERSION}:{action}:{state}:{self.asker}"


def _place(value: object, values: Sequence[object]) -> int:
    """The place of what was asked for, from 1; 0 for nothing, and for what one character cannot count."""
    return values.index(value) + 1 if value in values[: len(DIGITS) - 1] else 0


CUSTOM_ID = re.compile(
    rf"{VERSION}:(?P<action>[a-z]{{2,5}}):(?P<head>[\w-]{{5}})(?P<page>[\w-])"
    rf"(?P<quotes>(?:[\w-]{{6}}){{0,{MOST_QUOTES}}}):(?P<asker>\d{{1,20}})",
    re.ASCII,
)


def unpacked(custom_id: str, documents: Documents) -> Card:
    """The card of a button, without what stands in the message's text. Raises `StaleError`."""
    match = CUSTOM_ID.fullmatch(custom_id)
    if match is None:
        raise StaleError(custom_id)
    kind, language, status, voice, document = (_VALUES[character] for character in match["head"])
    packed = match["quotes"]
    try:
        return Card(
            documents,
            kind=list(Kind)[kind],
            language=LANGUAGES[language],
            quotes=tuple(Quote.unpack(packed[at : at + 6], documents) for at in range(0, len(packed), 6)),
            page=_VALUES[match["page"]],
            status=STATUSES[status],
            voice=(None, *documents.voices)[voice],
            document=(None, *documents.ids)[document],
            asker=int(match["asker"]),
        )
    except IndexError:
        raise StaleError(custom_id) from None


def quotes_of(excerpts: Sequence[Excerpt]) -> tuple[Quote, ...]:
    """The quotes of an answer's excerpts, as many as a card carries."""
    return tuple(Quote.of(excerpt) for excerpt in excerpts[:MOST_QUOTES])
