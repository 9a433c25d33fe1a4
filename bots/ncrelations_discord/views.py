"""The buttons under a message. All state lives in their `custom_id`s, so they outlive any restart."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Any, cast

import discord
from discord import ui

from ncrelations.render.form import voice_words
from ncrelations.texts import Texts
from ncrelations_discord import replies
from ncrelations_discord.asked import Question
from ncrelations_discord.cards import CUSTOM_ID, Card, Kind, Quote
from ncrelations_discord.collected import Where, where_of
from ncrelations_discord.embeds import recovered, shown
from ncrelations_discord.guard import Turn, guarded
from ncrelations_discord.proof_entries import LARGEST_REPORT, read
from ncrelations_discord.quotations import page_count, shown_quotes
from ncrelations_discord.service import RefusalError, Service

Interaction = discord.Interaction[Any]


def service_of(interaction: Interaction) -> Service:
    """The client's service."""
    return cast("Service", interaction.client.service)


def reader_of(interaction: Interaction) -> str | None:
    """The address of the reader, for links."""
    return service_of(interaction).settings.reader_url


def custom_ids(message: discord.Message) -> list[str]:
    """The ids of a message's buttons."""
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    return [child.custom_id for row in rows for child in row.children if child.custom_id]


async def card_of(message: discord.Message, service: Service, ids: list[str] | None = None) -> Card:
    """The card that a message of the bot shows, by its buttons or some of their `ids`.

    Raises `StaleError`, and `CollectionUnavailable` for a message of a collection that cannot be opened.
    """
    known = custom_ids(message) if ids is None else ids
    documents = await service.chosen(_asked(known))
    return await service.read(documents, lambda: recovered(message.content, message.embeds, known, documents))


def _asked(ids: Iterable[str]) -> Where:
    """Which documents some buttons are of."""
    return next((where_of(match["version"]) for each in ids if (match := CUSTOM_ID.fullmatch(each))), Where.EDITION)


def parts(card: Card, *, plain: bool, reader: str | None) -> dict[str, Any]:
    """A card as the arguments of `send`: embed or text, buttons, no link previews."""
    message = shown(card, plain=plain, reader=reader)
    made: dict[str, Any] = {"embed": message.embed} if message.embed else {"content": message.content}
    if plain:
        made["suppress_embeds"] = True
    made["view"] = buttons(card)
    return made


class CardButton(ui.DynamicItem[ui.Button[Any]], template=CUSTOM_ID):
    """Any button of a card: the id says which, and on what."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003
        item: ui.Item[Any],
        match: re.Match[str],  # noqa: ARG003
    ) -> CardButton:
        """Take the button as it is; what its id means is read under the guard."""
        return cls(cast("ui.Button[Any]", item))

    async def callback(self, interaction: Interaction) -> None:
        """Do what the button says."""
        await pressed(interaction, self.custom_id)


def buttons(card: Card, *, shareable: bool = True) -> ui.View:
    """The buttons of a card, at most two rows."""
    view = ui.View(timeout=None)

    def add(action: str, label: str, packed: Card, row: int) -> None:
        style = discord.ButtonStyle.secondary
        view.add_item(CardButton(ui.Button(label=label[:80], custom_id=packed.pack(action), style=style, row=row)))

    texts = Texts(card.language)
    for label, packed in _turns(card):
        add("page", texts(label), packed, 0)
    if card.kind is Kind.ANSWER and card.quotes:
        add("ctx", texts("button.context"), card, 0)
        other = card.documents.other(shown_quotes(card)[0].block.voice)
        if card.status != "not_found" and other is not None:
            add("side", texts("button.side", voice=voice_words(other, texts)), card, 0)
    if card.kind is not Kind.COMPARISON and card.quotes and card.status != "not_found":
        add("cite", texts("button.cite"), card, 0)
    if not card.private:
        add("del", texts("button.delete"), card, 1)
    elif shareable and card.kind is not Kind.PROOF:
        add("share", texts("button.share"), card, 1)
    return view


def _turns(card: Card) -> list[tuple[str, Card]]:
    """The labels and cards of back and forth."""
    if card.kind is Kind.CONTEXT:
        block = card.quotes[0].block
        near = (("button.back", block.previous), ("button.next", block.next))
        return [(label, replace(card, quotes=(Quote.whole(each),))) for label, each in near if each is not None]
    last = page_count(card) - 1
    page = min(card.page, last)
    turns = [("button.back", card.turned(page - 1))] if page > 0 else []
    forth = "button.more" if card.kind is Kind.ANSWER else "button.next"
    return turns + ([(forth, card.turned(page + 1))] if page < last else [])


# What the buttons do ------------------------------------------------------------------------------


async def pressed(interaction: Interaction, custom_id: str) -> None:
    """Answer a pressed button."""
    texts = Texts(str(interaction.locale))
    match = CUSTOM_ID.fullmatch(custom_id)
    action = match["action"] if match else "none"
    turn = Turn(interaction, texts, f"button {action if action in ACTIONS else 'unknown'}")
    service = service_of(interaction)

    async def work() -> None:
        if action not in ACTIONS or interaction.message is None:
            raise RefusalError("error.stale")
        if _asked([custom_id]) is not Where.EDITION:  # what it is of is read first, which may take a while
            await turn.defer(private=True, thinking=False)
        await ACTIONS[action](turn, await card_of(interaction.message, service, [custom_id]))

    await guarded(turn, service, work)


def ours(custom_id: str) -> bool:
    """Whether `pressed` hears of a button by way of its template."""
    return CUSTOM_ID.fullmatch(custom_id) is not None


def _is_plain(turn: Turn) -> bool:
    return turn.interaction.message is not None and not turn.interaction.message.embeds


async def _page(turn: Turn, card: Card) -> None:
    """Another page, in the same message."""
    if card.kind is Kind.PROOF:
        await _proof_page(turn, card)
        return
    made = parts(card, plain=_is_plain(turn), reader=reader_of(turn.interaction))
    made.pop("suppress_embeds", None)
    if turn.interaction.response.is_done():
        await turn.interaction.edit_original_response(**made)
    else:
        await turn.interaction.response.edit_message(**made)


async def _proof_page(turn: Turn, card: Card) -> None:
    """Another page of a proof: its entries are read from the message's own file."""
    await turn.defer(private=True, thinking=False)
    message = turn.interaction.message
    file = next((each for each in message.attachments if each.size <= LARGEST_REPORT), None) if message else None
    if file is None:
        raise RefusalError("error.stale")
    card = replace(card, entries=read(await fetched(file)))
    made = parts(card, plain=_is_plain(turn), reader=reader_of(turn.interaction))
    made.pop("suppress_embeds", None)
    await turn.interaction.edit_original_response(**made)


async def fetched(file: discord.Attachment) -> bytes:
    """An attached file, kept nowhere. Raises `RefusalError` where Discord has it no more."""
    try:
        return await file.read()
    except discord.HTTPException:
        raise RefusalError("error.no_file") from None


async def _context(turn: Turn, card: Card) -> None:
    """The paragraph between its neighbours, for the reader alone."""
    there = replies.context_card(card.documents, shown_quotes(card)[0], turn.texts.language)
    await turn.send(**parts(there, plain=_is_plain(turn), reader=reader_of(turn.interaction)))


async def _side(turn: Turn, card: Card) -> None:
    """The same question, the other side's view: for the reader alone, to be shared at will."""
    await turn.defer(private=True)
    interaction, service = turn.interaction, service_of(turn.interaction)
    service.admit(interaction.user.id, interaction.channel_id or 0)
    other = card.documents.other(shown_quotes(card)[0].block.voice)
    if other is None:
        raise RefusalError("error.stale")
    where, state = where_of(card.documents.version), replies.state_of(card)
    asked = Question(card.documents.asking(other), state, where, None, other.value, turn.texts.language)
    there = await service.card(asked)
    await turn.send(**parts(there, plain=_is_plain(turn), reader=reader_of(turn.interaction)))


async def _cite(turn: Turn, card: Card) -> None:
    """Text and BibTeX to copy."""
    await turn.defer(private=True)
    block = shown_quotes(card)[0].block
    text, bibtex = await service_of(turn.interaction).work(lambda: (block.cite("text"), block.cite("bibtex")))
    await turn.send(content=f"```\n{text}\n```\n```bibtex\n{bibtex}\n```")


async def _share(turn: Turn, card: Card) -> None:
    """Post a private answer for everyone, and take the button away."""
    interaction = turn.interaction
    await turn.defer(private=True, thinking=False)
    made = parts(replace(card, asker=interaction.user.id), plain=_is_plain(turn), reader=reader_of(turn.interaction))
    made.setdefault("content", turn.texts("answer.shared", person=interaction.user.mention))
    await turn.send(private=False, **made)
    await interaction.edit_original_response(view=buttons(card, shareable=False))


async def _delete(turn: Turn, card: Card) -> None:
    """Remove the answer, for the asker and for moderators."""
    interaction = turn.interaction
    if interaction.user.id != card.asker and not interaction.permissions.manage_messages:
        raise RefusalError("error.not_yours")
    await turn.defer(private=True, thinking=False)
    await interaction.delete_original_response()


ACTIONS: dict[str, Callable[[Turn, Card], Awaitable[None]]] = {
    "page": _page, "ctx": _context, "side": _side, "cite": _cite, "share": _share, "del": _delete,
}  # fmt: skip
