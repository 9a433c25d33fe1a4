"""Passages as Markdown: quotations, their citations, and how many go on a page. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from ncrelations import Block, Section
from ncrelations.document.voice import Voice
from ncrelations.render.form import voice_words
from ncrelations.texts import Texts
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import MOST_PAGES, Card, Kind, Quote
from ncrelations_discord.safe import ELLIPSIS, clean, escape, fitting, shortened

_T = TypeVar("_T")

MARKS = "🔵🔴🟢🟣🟠🟡🟤⚫"
"""Marks of the voices' colours, in the order of the voices; always beside words."""

A_PAGE = 3
"""Passages on a page of an answer."""

SECTION_PAGE = 1500
"""Characters on a page of a section: an embed's and a plain message's alike."""

A_PHONE = 420
"""Characters of a passage in an answer, unless one sentence is longer."""

A_BLOCK, A_LINE = 3500, 200
"""Characters of a block that fills a page alone, and of a voice's name."""

REMARK, NEAR = "▸ ", "▹ "
"""How lines begin that are read back: remarks, and what is near."""

REMARKS = 900
"""Characters of all remarks."""


def remark(text: str) -> str:
    """A line of remarks: `text` is Markdown already."""
    return REMARK + text


def marked(voice: Voice, documents: Documents, texts: Texts) -> str:
    """The voice in colour and words: "🔴 Chinese perception of NATO"."""
    return f"{mark(voice, documents)} {shortened(escape(clean(voice_words(voice, texts))), A_LINE)}"


def mark(voice: Voice, documents: Documents) -> str:
    """The mark of a voice's colour."""
    return MARKS[documents.colour_of(voice) % len(MARKS)]


def compact(quote: Quote) -> Quote:
    """The quote from its first answering sentence on, as far as a phone shows it at once; its button has the rest."""
    marked = [answers for _, answers in quote.sentences]
    start = marked.index(True) if any(marked) else 0
    used, last = 0, start
    for number, (text, _) in enumerate(quote.sentences[start:], start):
        used += len(text) + 1
        if number > start and used > A_PHONE:
            break
        last = number
    return replace(quote, first=quote.first + start, last=quote.first + last, marks=quote.marks >> start)


def quotation(quote: Quote, limit: int) -> str:
    """The sentences as a block quotation, those that answer in bold; whole sentences only, what is left out marked."""
    marked = [answers for _, answers in quote.sentences]
    some = any(marked) and not (all(marked) and len(marked) == len(quote.block.sentences))
    parts = [f"**{escape(text)}**" if answers and some else escape(text) for text, answers in quote.sentences]
    before = [ELLIPSIS] if quote.first > 0 else []
    after = [ELLIPSIS] if quote.last < len(quote.block.sentences) - 1 else []
    return "> " + fitting([*before, *parts, *after], limit - 2)


def citation(block: Block) -> str:
    """The citation in words, with page and address, as a line."""
    return f"— {shortened(escape(clean(block.human)), 2 * A_LINE)} · `{block.citation}`"


def passage(quote: Quote, limit: int) -> str:
    """Quotation and citation within `limit`."""
    cited = citation(quote.block)
    return f"{quotation(quote, limit - len(cited) - 1)}\n{cited}"


def by_voice(quotes: Iterable[Quote], documents: Documents) -> dict[Voice, list[Quote]]:
    """The quotes of each voice, every voice named."""
    sides: dict[Voice, list[Quote]] = {voice: [] for voice in documents.voices}
    for quote in quotes:
        sides.setdefault(quote.block.voice, []).append(quote)
    return sides


def silent(card: Card) -> list[Voice]:
    """The voices that a comparison has nothing of; none where there are more than a card has room for."""
    if len(card.documents.voices) > card.documents.most:
        return []
    return [voice for voice, quotes in by_voice(card.quotes, card.documents).items() if not quotes]


def section_of(card: Card) -> Section:
    """The section that a section's or timeline's card shows."""
    return card.quotes[0].block.section


def _entry(block: Block, card: Card) -> str:
    text = fitting((escape(sentence.text) for sentence in block.sentences), A_BLOCK)
    facts = [f"`{block.citation}`", *(_dates(block, card) if card.kind is Kind.TIMELINE else [])]
    return f"{text}\n{' · '.join(facts)}"


def _dates(block: Block, card: Card) -> list[str]:
    """What the report says about the dates of a milestone's events, here and elsewhere."""
    texts, milestones = Texts(card.language), card.documents.timeline or ()
    found = next((each for each in milestones if each.block.citation == block.citation), None)
    if found is None:
        return []
    here = [texts("section.dated", date=escape(each.date.text)) for each in found.events if each.date]
    elsewhere = [each.dated_elsewhere.text for each in found.events if each.dated_elsewhere]
    return here + [texts("section.dated_elsewhere", date=escape(words)) for words in elsewhere]


def section_entry(block: Block) -> str:
    """A block of running text with its address, whole sentences within a page's share."""
    return fitting([escape(sentence.text) for sentence in block.sentences], 1100) + f"\n`{block.citation}`"


def section_pages(card: Card) -> list[list[Block]]:
    """A section's blocks, page by page; no block is divided."""
    return _paged(section_of(card).blocks, lambda block: len(_entry(block, card)))


def entry_pages(card: Card) -> list[list[str]]:
    """The entries of a proof's card, page by page; none is divided."""
    return _paged(card.entries, len)


def _paged(items: Iterable[_T], size: Callable[[_T], int]) -> list[list[_T]]:
    """Some items, page by page, two characters between them."""
    pages: list[list[_T]] = [[]]
    used = 0
    for item in items:
        if pages[-1] and used + size(item) > SECTION_PAGE:
            pages.append([])
            used = 0
        pages[-1].append(item)
        used += size(item) + 2
    return pages


def entries_text(card: Card) -> str:
    """The text of the card's page of its entries."""
    pages = entry_pages(card)
    return "\n\n".join(pages[min(card.page, len(pages) - 1)])


def section_text(card: Card) -> str:
    """The text of the card's page of its section."""
    pages = section_pages(card)
    shown = pages[min(card.page, len(pages) - 1)]
    return "\n\n".join(_entry(block, card) for block in shown)


def page_count(card: Card) -> int:
    """How many pages the card has."""
    if card.kind is Kind.ANSWER:
        return max(1, -(-len(card.quotes) // A_PAGE))
    if card.kind is Kind.COMPARISON:
        return max(1, *(len(quotes) for quotes in by_voice(card.quotes, card.documents).values()))
    if card.kind is Kind.PROOF:
        return min(len(entry_pages(card)), MOST_PAGES)
    return 1 if card.kind is Kind.CONTEXT else len(section_pages(card))


def shown_quotes(card: Card) -> tuple[Quote, ...]:
    """The quotes on the card's page."""
    page = min(card.page, page_count(card) - 1)
    if card.kind is Kind.ANSWER:
        return card.quotes[page * A_PAGE : (page + 1) * A_PAGE]
    if card.kind is Kind.COMPARISON:
        sides = by_voice(card.quotes, card.documents).values()
        return tuple(quotes[page] for quotes in sides if page < len(quotes))
    return card.quotes[:1]
