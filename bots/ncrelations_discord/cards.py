"""What a message of the bot shows, as a value that the message itself carries.

Nothing is stored anywhere else: the passages, the page, the side asked for and who asked are packed into
every button's `custom_id`; question, topic and remarks stand in the message's text. A restart, a second
process or a year of silence changes nothing.

    ncr1:<action>:<head><page><passages>:<asker>

Characters are base 64. The head is kind, language, status, voice asked for and document asked for; a
passage is its block's number in reading order (2), its first and last sentence (1 each) and which of its
sentences answer (2). Where there are more blocks than two characters count, the number has three and what
answers one. Of a collection, which changes, a passage has the numbers that stay its own (6, and 1 for what
answers), and document and voice have 4 each: `collected.py`. Its buttons begin with `ncrc`, or with `ncrb`
where the edition is asked, too.
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

MOST_QUOTES = 9
QUESTION_LIMIT = 250
"""Characters of a question: what an embed's author line holds, with room for a mark."""

MOST_PAGES = 64
"""Pages that a button can number."""

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}
_MARKED = 12  # sentences of a passage whose highlighting is remembered
_FEW = 2  # characters that count the blocks of a few documents
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
        """Six characters, or nine."""
        marks = self.marks if documents.digits == _FEW else self.marks % len(DIGITS)
        number = _written(documents.number_of(self.block), documents.digits)
        return number + DIGITS[self.first] + DIGITS[self.last] + _written(marks, _marks(documents))

    @classmethod
    def unpack(cls, text: str, documents: Documents) -> Quote:
        """Raises `StaleError` for what is no passage."""
        digits = documents.digits
        try:
            block = documents.block_at(_read(text[:digits]))
        except LookupError:
            raise StaleError(text) from None
        first, last = _VALUES[text[digits]], _VALUES[text[digits + 1]]
        if not first <= last < len(block.sentences):
            raise StaleError(text)
        return cls(block, first, last, _read(text[digits + 2 :]))


def _written(number: int, digits: int) -> str:
    """A number as so many characters."""
    return "".join(DIGITS[number >> 6 * place & 63] for place in reversed(range(digits)))


def _read(text: str) -> int:
    """The number that characters are."""
    number = 0
    for character in text:
        number = number << 6 | _VALUES[character]
    return number


def _marks(documents: Documents) -> int:
    """Characters for which sentences of a passage answer."""
    return 2 if documents.digits == _FEW else 1


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
        documents, places = self.documents, self.documents.place_digits
        kinds = (list(Kind).index(self.kind), LANGUAGES.index(self.language), STATUSES.index(self.status))
        head = "".join(DIGITS[value] for value in kinds)
        head += _written(documents.number_of_voice(self.voice), places)
        head += _written(documents.number_of_document(self.document), places)
        packed = "".join(quote.pack(documents) for quote in self.quotes)
        return f"{documents.version}:{action}:{head}{DIGITS[min(self.page, MOST_PAGES - 1)]}{packed}:{self.asker}"


CUSTOM_ID = re.compile(
    r"(?P<version>ncr[1cb]):(?P<action>[a-z]{2,5}):(?P<state>[\w-]{6,66}):(?P<asker>\d{1,20})", re.ASCII
)
"""The id of a button: of the documents, of a collection beside them, or of both."""


def unpacked(custom_id: str, documents: Documents) -> Card:
    """The card of a button, without what stands in the message's text. Raises `StaleError`."""
    match = CUSTOM_ID.fullmatch(custom_id)
    if match is None or match["version"] != documents.version:
        raise StaleError(custom_id)
    state, places = match["state"], documents.place_digits
    head, packed = state[: 4 + 2 * places], state[4 + 2 * places :]
    each = documents.digits + 2 + _marks(documents)
    if len(head) < 4 + 2 * places or len(packed) % each or len(packed) > each * documents.most:
        raise StaleError(custom_id)
    kind, language, status, page = (_VALUES[head[at]] for at in (0, 1, 2, -1))
    try:
        return Card(
            documents,
            kind=list(Kind)[kind],
            language=LANGUAGES[language],
            quotes=tuple(Quote.unpack(packed[at : at + each], documents) for at in range(0, len(packed), each)),
            page=page,
            status=STATUSES[status],
            voice=documents.voice_at(_read(head[3 : 3 + places])),
            document=documents.document_at(_read(head[3 + places : -1])),
            asker=int(match["asker"]),
        )
    except LookupError:
        raise StaleError(custom_id) from None


def quotes_of(excerpts: Sequence[Excerpt], most: int = MOST_QUOTES) -> tuple[Quote, ...]:
    """The quotes of an answer's excerpts, as many as a card carries."""
    return tuple(Quote.of(excerpt) for excerpt in excerpts[:most])
