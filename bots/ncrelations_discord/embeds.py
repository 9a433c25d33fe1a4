"""Messages as pure functions: a card in, an embed or plain text out, and back again.

`shown(card)` builds what Discord displays; `recovered(parts, custom_ids)` reads the card out of the bot's
own message, so that follow-ups and buttons need no memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import discord

from ncrelations.document.voice import Voice
from ncrelations.texts import Texts
from ncrelations_discord import quotations
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import Card, Kind, Quote, StaleError, unpacked
from ncrelations_discord.message_links import CONTENT, FIELD, TOTAL, linked, linked_embed
from ncrelations_discord.quotations import NEAR, REMARK, marked
from ncrelations_discord.safe import clean, escape, fitting, shortened, unescape

COLOURS = (0x3B78C3, 0xD1483C, 0x3A9A6E, 0x9161C4, 0xD9822B, 0xC9A227, 0x8A5A3B, 0x444B54)
"""The colours of the voices, in their order: those of the marks beside their words."""
GREY, SLATE = 0x8A9099, 0x4F5D73

AUTHOR = 256
MAIN, LINE = 1500, 550
READ_AS = "⇒ "
"""How the footer's line begins that writes a follow-up out in full."""
FOOT = "▪ "
"""How the footer's lines begin in plain text."""

_LINKED = re.compile(r"\[(`[^`]*`)\]\([^)]*\)")
"""A citation that leads into the reader."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message shows: an embed, or where none is permitted, plain text."""

    embed: discord.Embed | None = None
    content: str | None = None


def shown(card: Card, *, plain: bool = False, reader: str | None = None) -> Shown:
    """The card as a message; its citations lead into the reader, where there is one."""
    if plain:
        text = text_of(card)
        return Shown(content=linked(text, reader, CONTENT, card.documents.in_reader) if reader else text)
    embed = embed_of(card)
    return Shown(embed=linked_embed(embed, reader, card.documents.in_reader) if reader else embed)


def _colour(voice: Voice, documents: Documents) -> int:
    return COLOURS[documents.colour_of(voice) % len(COLOURS)]


def embed_of(card: Card) -> discord.Embed:
    """The card as one embed within all of Discord's limits."""
    makers = {
        Kind.ANSWER: _answer, Kind.COMPARISON: _comparison, Kind.SECTION: _section, Kind.TIMELINE: _section,
        Kind.CONTEXT: _context, Kind.PROOF: _proof,
    }  # fmt: skip
    embed = makers[card.kind](card, Texts(card.language))
    if card.question:
        embed.set_author(name=shortened(card.question, AUTHOR))
    if lines := _footer(card):
        embed.set_footer(text="\n".join(lines))
    while len(embed) > TOTAL and embed.fields:  # never needed for the documents' passages: a last resort
        embed.remove_field(len(embed.fields) - 1)
    return embed


def _answer(card: Card, texts: Texts) -> discord.Embed:
    quotes = tuple(map(quotations.compact, quotations.shown_quotes(card)))
    parts = [card.remarks] if card.remarks else []
    if card.status == "answered" and not quotes and card.remarks:  # what the bot itself says: help, a greeting
        return discord.Embed(description="\n\n".join(filter(None, (card.remarks, card.near))), colour=SLATE)
    if card.status == "not_found" or not quotes:
        embed = discord.Embed(title=texts("answer.not_found"), colour=GREY)
        rest = tuple(replace(quote, marks=0) for quote in quotes)
        parts += [f"**{texts('answer.nearest')}**"] if quotes else [texts("answer.nothing_there")]
    else:
        first, *rest_of = quotes
        embed = discord.Embed(title=_words(card, first, texts), colour=_colour(first.block.voice, card.documents))
        rest = tuple(rest_of)
        parts.append(quotations.passage(first, MAIN))
    embed.description = "\n\n".join(filter(None, [*parts, card.near]))
    for quote in rest:
        embed.add_field(name=_words(card, quote, texts), value=quotations.passage(quote, FIELD), inline=False)
    return embed


def _comparison(card: Card, texts: Texts) -> discord.Embed:
    embed = discord.Embed(title=texts("answer.compared"), colour=SLATE, description=card.remarks or None)
    silent = quotations.silent(card)
    for voice, quotes in quotations.by_voice(quotations.shown_quotes(card), card.documents).items():
        name = marked(voice, card.documents, texts)
        for quote in map(quotations.compact, quotes):
            embed.add_field(name=name, value=quotations.passage(quote, FIELD), inline=False)
        if voice in silent:
            embed.add_field(name=name, value=f"*{texts('answer.silent')}*", inline=False)
    return embed


def _words(card: Card, quote: Quote, texts: Texts) -> str:
    return marked(quote.block.voice, card.documents, texts)


def _heading(card: Card) -> str:
    section = quotations.section_of(card)
    words = section.heading or section.description
    numbered = f"{section.number} {words}" if section.number else words
    return shortened(escape(clean(numbered)), 256)


def _section(card: Card, texts: Texts) -> discord.Embed:
    section = quotations.section_of(card)
    timeline = card.kind is Kind.TIMELINE
    embed = discord.Embed(
        title=texts("section.timeline") if timeline else _heading(card),
        colour=_colour(section.voice, card.documents), description=quotations.section_text(card),
    )  # fmt: skip
    about = [] if timeline else [marked(section.voice, card.documents, texts)]
    about += [texts("section.undated")] if timeline else []
    embed.add_field(name=shortened(section.document.work.name, 256), value="\n".join([*about, f"`{section.citation}`"]))
    return embed


def _context(card: Card, texts: Texts) -> discord.Embed:
    block = card.quotes[0].block
    around = [
        quotations.section_entry(each) if each is not None and each.citation.document == block.citation.document else ""
        for each in (block.previous, block.next)
    ]
    middle = quotations.passage(card.quotes[0], MAIN)
    text = "\n\n".join(part for part in (around[0], middle, around[1]) if part)
    title, colour = _words(card, card.quotes[0], texts), _colour(block.voice, card.documents)
    return discord.Embed(title=title, colour=colour, description=text)


def _proof(card: Card, texts: Texts) -> discord.Embed:
    parts = [part for part in (card.remarks, quotations.entries_text(card)) if part]
    return discord.Embed(title=texts("answer.checked"), colour=SLATE, description="\n\n".join(parts))


def _footer(card: Card) -> list[str]:
    texts, pages = Texts(card.language), quotations.page_count(card)
    first = [card.confidence] if card.confidence else []
    first += [texts("answer.page", page=min(card.page, pages - 1) + 1, pages=pages)] if pages > 1 else []
    lines = [" · ".join(first)] if first else []
    lines += [READ_AS + card.read_as] if card.read_as else []
    return [shortened(line, LINE) for line in lines]


# Plain text ---------------------------------------------------------------------------------------


def text_of(card: Card) -> str:
    """The card as plain text within one message: what does not fit is named by its citation."""
    texts = Texts(card.language)
    head = [f"**{escape(card.question)}**"] if card.question else []
    foot = [f"{FOOT}{escape(line)}" for line in _footer(card)]
    if card.kind in (Kind.SECTION, Kind.TIMELINE):
        title = texts("section.timeline") if card.kind is Kind.TIMELINE else _heading(card)
        return _joined([*head, f"**{title}**", quotations.section_text(card)], [], foot, texts)
    head += [card.remarks] if card.remarks else []
    if card.kind is Kind.PROOF:
        return _joined([*head, quotations.entries_text(card)], [], foot, texts)
    if card.status == "not_found":
        head.append(f"**{texts('answer.not_found')}**")
    quotes = quotations.shown_quotes(card)
    if card.kind is not Kind.CONTEXT:
        quotes = tuple(map(quotations.compact, quotes))
    if card.status == "not_found":
        quotes = tuple(replace(quote, marks=0) for quote in quotes)
    entries = [f"{_words(card, q, texts)}\n{quotations.passage(q, 1100)}" for q in quotes]
    if card.kind is Kind.COMPARISON:
        nothing = f"*{texts('answer.silent')}*"
        entries += [f"{marked(each, card.documents, texts)}\n{nothing}" for each in quotations.silent(card)]
    return _joined(head, entries, [*filter(None, [card.near]), *foot], texts)


def _joined(head: list[str], entries: list[str], foot: list[str], texts: Texts) -> str:
    fixed = len("\n".join(head + foot)) + 2
    kept: list[str] = []
    named: list[str] = []
    for entry in entries:
        address = entry.rpartition("`")[0].rpartition("`")[2]
        if fixed + sum(len(each) + 1 for each in [*kept, entry]) <= CONTENT - 200 and not named:
            kept.append(entry)
        elif address:
            named.append(f"`{address}`")
    also = [texts("answer.further", places=", ".join(named))] if named else []
    return fitting([*head, *kept, *also, *foot], CONTENT, "\n")


# Reading it back ----------------------------------------------------------------------------------


def recovered(content: str, embeds: Iterable[discord.Embed], custom_ids: Iterable[str], documents: Documents) -> Card:
    """The card that a message of the bot shows. Raises `StaleError` for a message that shows none."""
    cards = (_or_none(custom_id, documents) for custom_id in custom_ids)
    card = next((card for card in cards if card is not None), None)
    if card is None:
        raise StaleError
    embed = next(iter(embeds), None)
    if embed is None:
        return _from_text(card, content)
    description = embed.description or ""
    footer = (embed.footer.text or "").split("\n")
    card = replace(card, question=embed.author.name or "", remarks=_remarks(description), near=_near(description))
    return _with_footer(card, footer)


def _or_none(custom_id: str, documents: Documents) -> Card | None:
    try:
        return unpacked(custom_id, documents)
    except StaleError:
        return None


def _remarks(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line.startswith(REMARK))


def _near(text: str) -> str:
    line = next((line for line in text.split("\n") if line.startswith(NEAR)), "")
    return _LINKED.sub(r"\1", line)


def _with_footer(card: Card, lines: list[str]) -> Card:
    read_as = next((line.removeprefix(READ_AS) for line in lines if line.startswith(READ_AS)), "")
    first = lines[0] if lines and not lines[0].startswith(READ_AS) else ""
    confidence = first.partition(" · ")[0] if card.kind is Kind.ANSWER else ""
    return replace(card, confidence=confidence, read_as=read_as)


def _from_text(card: Card, content: str) -> Card:
    lines = content.split("\n")
    if lines[0].startswith("**") and card.kind in (Kind.ANSWER, Kind.COMPARISON, Kind.PROOF):
        card = replace(card, question=unescape(lines[0][2:-2]))
    foot = [unescape(line.removeprefix(FOOT)) for line in lines if line.startswith(FOOT)]
    return _with_footer(replace(card, remarks=_remarks(content), near=_near(content)), foot)
