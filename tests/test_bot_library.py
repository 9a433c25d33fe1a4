"""The bot on a library that is not the packaged one: its documents, voices and sections, and no word of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import discord
import pytest

from bot_kit import embed, labels, running
from discord_wire import Spec, WireServer, check_request
from ncrelations import Block, Excerpt, Library
from ncrelations.answers.comparison import Comparison
from ncrelations.document.citation import Citation
from ncrelations.document.corpus import given
from ncrelations.document.excerpt import excerpt_of
from ncrelations.document.outline import Outline, SectionFacts, SourceRules, build
from ncrelations.document.reference import Work
from ncrelations.document.tree import Document, Span
from ncrelations.document.voice import View, Voice
from ncrelations.texts import LANGUAGES, Texts
from ncrelations_discord import fixed_pages, quotations, replies
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import CUSTOM_ID, Card, Kind, Quote, quotes_of, unpacked
from ncrelations_discord.choices import _matching, document_choices
from ncrelations_discord.commands import ask_command
from ncrelations_discord.embeds import COLOURS, embed_of, recovered, shown
from ncrelations_discord.operator_settings import Settings
from ncrelations_discord.views import buttons
from third_edition.sources import COUNCIL, FARMERS, INNKEEPERS, PENHALLOW

pytest_plugins = ["discord_wire.fixtures", "third_edition.fixtures"]

VISITORS = "What do the farmers think of visitors?"
BOTH = "What do the farmers and the innkeepers each say about visitors?"


def made(id: str, paragraphs: Sequence[str], voices: Sequence[View] = (COUNCIL,), title: str = "Title") -> Document:
    """A document of some paragraphs, in one section; the voices take turns."""
    outline, source = Outline(id), "\n".join(paragraphs)
    outline.enter("all")
    at = 0
    for paragraph in paragraphs:
        outline.open("p", Span(at, at + len(paragraph)))
        at += len(paragraph) + 1
    outline.close()

    def voice(citation: Citation) -> View:
        return voices[(int((citation.block or "p1")[1:]) - 1) % len(voices)]

    rules = SourceRules(lambda _: SectionFacts(voices[0], heading="Heading " * 30), voice)
    return build(Document, outline, rules, Work("report", title, title, (), "", None, None), source.encode())


def name(number: int) -> str:
    """The id of one of many documents."""
    return f"d{chr(97 + number // 26)}{chr(97 + number % 26)}"


def documents_of(*documents: Document) -> Documents:
    """What the bot answers from, of documents of which nothing else is known."""
    return Documents(Library(given(documents)))


# Over the wire


@pytest.mark.asyncio
async def test_an_answer_is_the_librarys(wire: WireServer, windmill: Library) -> None:
    """Voice, colour by its place, citation and the other side's button are of the documents served."""
    async with running(wire, windmill, reader_url="https://example.org/mill"):
        asked = await (await wire.slash(wire.alice, wire.channel, "ask", question=VISITORS)).response()
        answer = embed(asked.reply)
        assert (answer["title"], answer["color"]) == (f"🔵 {FARMERS.label}", COLOURS[0])
        assert (
            "[`minutes/farmers/b3`](https://example.org/mill/minutes.html#minutes/farmers/b3)" in answer["description"]
        )
        assert f"View: {INNKEEPERS.label}" in labels(asked.reply)
        other = await (await wire.click(asked.reply, f"View: {INNKEEPERS.label}", wire.alice)).response()
        assert embed(other.reply)["title"] == f"🔴 {INNKEEPERS.label}"
        assert embed(other.reply)["author"]["name"] == "and the innkeepers?"


@pytest.mark.asyncio
async def test_buttons_and_replies_survive_a_restart(wire: WireServer, windmill: Library) -> None:
    """Another process that serves the same documents turns the pages and answers a reply in its light."""
    async with running(wire, windmill):
        first = (await (await wire.slash(wire.alice, wire.channel, "ask", question=VISITORS)).response()).reply
        long = (await (await wire.slash(wire.alice, wire.channel, "ask", question=BOTH)).response()).reply
    async with running(wire, windmill):
        await (await wire.click(long, "More excerpts", wire.bob)).response()
        assert "Page 2 of" in long.text()
        there = await (await wire.click(first, "In context", wire.bob)).response()
        assert "`minutes/farmers/b3`" in there.reply.text()
        said = await (await wire.say(wire.bob, wire.channel, "and the innkeepers?", reply_to=first)).response()
        assert "⇒ What do the innkeepers think of visitors?" in embed(said.reply)["footer"]["text"]


@pytest.mark.asyncio
async def test_the_commands_offer_the_librarys_documents_and_views(wire: WireServer, windmill: Library) -> None:
    """There is no timeline; the choices are titles and voices; nothing registered names the packaged documents."""
    async with running(wire, windmill):
        registered = {command["name"]: command for command in wire.state.commands[None]}
        menus = {"Ask the documents", "Check the quotations"}
        assert set(registered) == {"ask", "compare", "section", "proof", "about", "privacy", "help", *menus}
        _, document, view, _ = registered["ask"]["options"]
        titles = [{"name": each.title, "value": each.id} for each in windmill.documents()]
        assert [{name: choice[name] for name in ("name", "value")} for choice in document["choices"]] == titles
        assert [choice["name"] for choice in view["choices"]] == [
            voice.label for voice in (FARMERS, INNKEEPERS, COUNCIL, PENHALLOW)
        ]
        assert not re.search(r"NATO|China|Wong|report/", str(registered))
        kept = await wire.slash(wire.alice, wire.channel, "ask", question="mill", document="letter", view="penhallow")
        assert embed((await kept.response()).reply)["title"] == f"🟣 {PENHALLOW.label}"
        checked = await wire.slash(wire.alice, wire.channel, "proof", text="“visitors in summer” she wrote, “it is”")
        assert "✅ **1:1 · verbatim**" in embed((await checked.response()).reply)["description"]


@pytest.mark.asyncio
async def test_many_documents_are_offered_as_one_types() -> None:
    """Discord takes 25 choices: of more documents those are offered that match what is typed so far."""
    many = documents_of(*(made(name(number), ["A paragraph."], title=f"Paper {number}") for number in range(40)))
    command = ask_command(many)
    options = {each.name: each for each in command.parameters}
    assert options["document"].autocomplete
    assert not options["document"].choices
    assert [each.value for each in options["view"].choices] == [COUNCIL.value]
    offered = _matching(document_choices(many))
    assert len(await offered(None, "")) == 25  # type: ignore[arg-type]  # nothing of the interaction is looked at
    assert next(each.name for each in await offered(None, "paper 3")) == "Paper 3"  # type: ignore[arg-type]
    assert [each.value for each in await offered(None, name(39))] == [name(39)]  # type: ignore[arg-type]


@pytest.mark.asyncio
async def test_sections_and_comparisons_are_the_librarys(wire: WireServer, windmill: Library) -> None:
    """Sections are suggested, read and refused by the library's addresses; a comparison has every voice."""
    async with running(wire, windmill):
        typed = await (await wire.autocomplete(wire.alice, wire.channel, "section", "place", place="prop")).response()
        assert [choice["value"] for choice in typed.choices or []] == ["letter/proposal"]
        read = await (await wire.slash(wire.alice, wire.channel, "section", place="letter/proposal")).response()
        assert embed(read.reply)["fields"][0]["name"] == "Penhallow, Selwick Courier"
        refused = await (await wire.slash(wire.alice, wire.channel, "section", place="report/MS")).response()
        assert "did you mean minutes or letter" in refused.reply.content
        compared = await (await wire.slash(wire.alice, wire.channel, "compare", topic="visitors")).response()
        fields = {each["name"]: each["value"] for each in embed(compared.reply)["fields"]}
        assert [each[0] for each in fields] == ["🔵", "🔴", "🟢", "🟣"]
        assert "receive visitors in summer" in fields[f"🟢 {COUNCIL.label}"], "it has the word itself"


@pytest.mark.asyncio
async def test_an_empty_mention_gets_a_hint_of_no_documents(wire: WireServer, windmill: Library) -> None:
    """The example of the packaged documents is not given for others."""
    async with running(wire, windmill):
        said = await (await wire.say(wire.alice, wire.channel, "", mentions=[wire.bot])).response()
        assert said.reply.content == "Your question, in a sentence or a few words"


# Pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_pages_fit_other_documents(windmill: Library, language: str) -> None:
    """/about lists titles and voices, /help offers no timeline; both fit a plain message."""
    documents, texts = Documents(windmill), Texts(language)
    settings = Settings(token="a.b.c")  # noqa: S106
    told = fixed_pages.page("about", texts, settings, documents)
    assert all(document.title in told for document in windmill.documents())
    assert all(voice.label in told for voice in documents.voices)
    assert "NATO" not in told
    helped = fixed_pages.page("help", texts, settings, documents)
    assert "/timeline" not in helped
    assert len(helped) > len(fixed_pages.page("help", texts, settings, Documents())) - 20
    many = documents_of(*(made(name(n), ["Text."], title="A long title " * 12) for n in range(60)))
    assert len(fixed_pages.page("about", texts, settings, many)) <= 2000


# Whose view stands against whose


def test_the_other_side_is_the_next_one(windmill: Library) -> None:
    """Sides stand against sides and narrators against narrators; a lone voice against nobody."""
    documents = Documents(windmill)
    against = {voice: documents.other(voice) for voice in documents.voices}
    assert against == {FARMERS: INNKEEPERS, INNKEEPERS: FARMERS, COUNCIL: PENHALLOW, PENHALLOW: COUNCIL}
    assert documents.asking(COUNCIL) == "and the council?"
    assert documents.asking(PENHALLOW) == "and Penhallow?"
    alone = documents_of(made("one", ["A sentence."]))
    assert alone.other(COUNCIL) is None
    assert alone.asking(COUNCIL) == "and Parish council?"


@pytest.mark.asyncio
async def test_a_lone_voice_has_no_other_sides_button() -> None:
    """Where nobody else speaks, the other side's view is not offered."""
    documents = documents_of(made("one", ["A sentence.", "Another."]))
    card = Card(documents, question="x", quotes=(Quote.whole(documents.blocks[0]),))
    shown_labels = [child.item.label for child in buttons(card).children if isinstance(child, discord.ui.DynamicItem)]
    assert shown_labels == ["In context", "Cite", "Share"]


# Libraries of any size


def test_a_button_counts_many_blocks() -> None:
    """Where two characters cannot count the blocks, three do, within the same length; what answers is kept in part."""
    few = documents_of(made("few", ["One. Two. Three."] * 4096))
    many = documents_of(made("many", ["One. Two. Three."] * 5000))
    for documents in (few, many):
        last = documents.blocks[-1]
        card = Card(documents, quotes=tuple(Quote(last, 0, 2, mark) for mark in range(8)), asker=2**63)
        packed = card.pack("share")
        assert len(packed) <= 100
        assert CUSTOM_ID.fullmatch(packed)
        assert unpacked(packed, documents).quotes == card.quotes


def test_what_a_button_cannot_count_is_not_mistaken() -> None:
    """Beyond its 64th sentence a block is quoted from its beginning; the 64th document asked for is forgotten."""
    long = documents_of(made("long", [" ".join(f"Sentence {n} is here." for n in range(100))]))
    block = long.blocks[0]
    found = [excerpt_of(block, [float(n == best) for n in range(100)], 1.0) for best in (10, 90)]
    near, far = quotes_of(found)
    assert near.first <= 10 <= near.last < 63
    assert (far.first, far.last, far.marks) == (0, 63, 0)
    card = Card(long, quotes=(near, far))
    assert unpacked(card.pack("page"), long).quotes == card.quotes
    context = replies.context_card(long, Quote(block, 3, 3, 1), "en")
    assert unpacked(context.pack("page"), long).quotes == context.quotes
    crowd = documents_of(*(made(name(n), ["Text."]) for n in range(70)))
    for number, kept in ((62, name(62)), (63, None), (69, None)):
        assert unpacked(Card(crowd, document=name(number)).pack("page"), crowd).document == kept


def test_silence_is_said_only_of_those_who_are_silent() -> None:
    """With more voices than a card carries passages, none is said to be silent, and some are shown all the same."""
    voices = [View(f"v{n}", f"Voice {n}") for n in range(12)]
    for count, each in ((4, 2), (8, 1), (12, 1)):
        documents = documents_of(made("many", ["A sentence here."] * 24, voices[:count]))
        views: dict[Voice, tuple[Excerpt, ...]] = {
            voice: tuple(excerpt_of(block, [1.0], 1.0) for block in documents.blocks if block.voice == voice)
            for voice in voices[: count - 1]
        }
        card = replies.comparison_card(documents, Comparison("x", {**views, voices[count - 1]: ()}, ()), "en", 7)
        assert len(card.quotes) == min(9, (count - 1) * each)
        assert quotations.silent(card) == ([voices[count - 1]] if count < 10 else [])
        fields = embed_of(card).to_dict()["fields"]
        assert sum("Says nothing" in each["value"] for each in fields) == (count < 10)


def blocks_of_all_sizes() -> list[Block]:
    """Short and endless paragraphs, in voices with endless names."""
    voice = View("v", "A voice with a name that does not end " * 12)
    sizes = [["Short."], ["A sentence of some words. " * 400], ["word " * 3000], ["Unbroken" * 900]]
    return [block for n, some in enumerate(sizes) for block in made(name(n), some, (voice,), "Title " * 80).blocks]


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.COMPARISON, Kind.SECTION, Kind.CONTEXT, Kind.TIMELINE])
@pytest.mark.parametrize("plain", [True, False])
def test_every_message_is_one_that_discord_accepts(kind: Kind, plain: bool) -> None:
    """However long paragraphs, headings, titles and names of voices are, and though there is no timeline."""
    blocks = blocks_of_all_sizes()
    documents = documents_of(*(block.document for block in blocks))
    for block in blocks:
        quotes = (Quote.whole(block),) * (3 if kind in (Kind.ANSWER, Kind.COMPARISON) else 1)
        card = Card(documents, kind, "en", "A question?", quotes, asker=7)
        message = shown(card, plain=plain, reader="https://example.org/reader")
        body: dict[str, Any] = {"allowed_mentions": {"parse": []}, "components": buttons(card).to_components()}
        body |= {"embeds": [message.embed.to_dict()]} if message.embed else {"content": message.content}
        assert not check_request(Spec(None), "POST", "/channels/{channel_id}/messages", {}, body)
        embeds = [discord.Embed.from_dict(message.embed.to_dict())] if message.embed else []
        again = recovered(message.content or "", embeds, [card.pack("page")], documents)
        assert (again.kind, again.quotes) == (card.kind, card.quotes)


def test_colours_go_round() -> None:
    """The ninth voice has the colour of the first again; every mark has its colour."""
    voices = [View(f"v{n}", f"Voice {n}") for n in range(9)]
    documents = documents_of(made("nine", ["A sentence."] * 9, voices))
    cards = [Card(documents, question="x", quotes=(Quote.whole(block),)) for block in documents.blocks]
    titles = [str(embed_of(card).title) for card in cards]
    assert len({title[0] for title in titles}) == len(COLOURS) == len(quotations.MARKS)
    assert titles[0][0] == titles[8][0]
    assert embed_of(cards[0]).colour == embed_of(cards[8]).colour
