"""Cards and messages as pure functions: within every limit, nothing cut inside a sentence, and readable back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ncrelations as ncr
from discord_wire import Spec, check_request, find_description, load_description
from ncrelations import ChatState, Voice
from ncrelations.editions.nato_china.public import turn
from ncrelations.texts import LANGUAGES, Texts
from ncrelations_discord import fixed_pages, quotations, replies
from ncrelations_discord.answers import Documents
from ncrelations_discord.cards import CUSTOM_ID, MOST_QUOTES, STATUSES, Card, Kind, Quote, StaleError, unpacked
from ncrelations_discord.commands import place_card, places
from ncrelations_discord.embeds import embed_of, recovered, shown, text_of
from ncrelations_discord.operator_settings import Settings
from ncrelations_discord.quotations import NEAR, remark
from ncrelations_discord.safe import clean, escape
from ncrelations_discord.views import buttons

DOCUMENTS = Documents()
"""The packaged edition."""
GOLDEN = Path(__file__).parent / "golden" / "bot"
SPEC = load_description(find_description())


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """Any run of sentences of any block."""
    block = draw(st.sampled_from(DOCUMENTS.blocks))
    first = draw(st.integers(0, len(block.sentences) - 1))
    last = draw(st.integers(first, len(block.sentences) - 1))
    return Quote(block, first, last, draw(st.integers(0, (1 << (last - first + 1)) - 1)))


LINE = st.text(max_size=250).map(clean)
A_REMARK = st.text(max_size=140).map(clean).filter(bool).map(lambda line: remark(escape(line)))
REMARKS = st.lists(A_REMARK, max_size=3).map("\n".join)
NEAREST = st.sampled_from(["", f"{NEAR}Also: 🔴 `report/IV/b4` · 🟢 `report/VI.1/p2`"])


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Any card that an answer can be."""
    return Card(
        DOCUMENTS, Kind.ANSWER, draw(st.sampled_from(LANGUAGES)), draw(LINE.filter(bool)),
        tuple(draw(st.lists(quotes(), max_size=MOST_QUOTES))), draw(st.integers(0, 2)), draw(st.sampled_from(STATUSES)),
        draw(st.sampled_from([None, *Voice])), draw(st.sampled_from([None, "report", "article"])),
        draw(REMARKS), "Confidence 50 %", draw(LINE), draw(st.integers(0, 2**64 - 1)), near=draw(NEAREST),
    )  # fmt: skip


def whole(card: Card, kind: Kind) -> Card:
    """The card as another kind."""
    from dataclasses import replace

    return replace(card, kind=kind, quotes=card.quotes[:8], status="answered")


READER = "https://example.org/a/long/way/to/the/reader"


def message_of(card: Card, *, plain: bool, reader: str | None = None) -> dict[str, Any]:
    """The request body that shows the card."""
    made = shown(card, plain=plain, reader=reader)
    body: dict[str, Any] = {"allowed_mentions": {"parse": []}, "components": buttons(card).to_components()}
    return {**body, **({"embeds": [made.embed.to_dict()]} if made.embed else {"content": made.content})}


@settings(max_examples=80, deadline=None)
@given(cards(), st.sampled_from(list(Kind)), st.booleans())
@pytest.mark.parametrize("spec", [Spec(None), SPEC], ids=["own rules", "description"])
def test_every_card_is_a_message_that_discord_accepts(spec: Spec, card: Card, kind: Kind, plain: bool) -> None:
    """Whatever was asked and found: Discord's description and the own rules have no objection."""
    if kind in (Kind.SECTION, Kind.TIMELINE, Kind.CONTEXT):
        if not card.quotes:
            return
        milestones = card.quotes[0].block.section.id == "MS"
        card = whole(card, Kind.SECTION if kind is Kind.TIMELINE and not milestones else kind)
    for reader in (None, READER):
        body = message_of(whole(card, kind) if kind is Kind.COMPARISON else card, plain=plain, reader=reader)
        found = check_request(spec, "POST", "/channels/{channel_id}/messages", {}, body)
        assert not found


@pytest.mark.parametrize("plain", [False, True])
def test_citations_lead_into_the_reader(plain: bool) -> None:
    """With a reader's address every citation shown is a link to its place."""
    made = shown(golden_cards()["answered"], plain=plain, reader=READER)
    text = made.content or f"{made.embed and made.embed.description}"
    assert "[`report/IV/b7`](" + READER + "/report.html#report/IV/b7)" in text


@settings(max_examples=150, deadline=None)
@given(cards(), st.booleans(), st.sampled_from([None, READER]))
def test_a_card_is_read_back_from_its_message(card: Card, plain: bool, reader: str | None) -> None:
    """A follow-up and a button find in the message all that the card held."""
    made = shown(card, plain=plain, reader=reader)
    embeds = [discord.Embed.from_dict(made.embed.to_dict())] if made.embed else []
    assert recovered(made.content or "", embeds, ["x", card.pack("del")], DOCUMENTS) == card


@settings(deadline=None)
@given(cards())
def test_a_custom_id_holds_the_state(card: Card) -> None:
    """At most 100 characters, matched by the template, and read back."""
    packed = card.pack("share")
    assert len(packed) <= 100
    assert CUSTOM_ID.fullmatch(packed)
    again = unpacked(packed, DOCUMENTS)
    assert (again.quotes, again.page, again.asker) == (card.quotes, card.page, card.asker)
    assert (again.kind, again.status) == (card.kind, card.status)
    assert (again.voice, again.document) == (card.voice, card.document)


@pytest.mark.parametrize(
    "custom_id", ["", "x", "ncr0:page:AAAAAA:1", "ncr1:page:AAAAA:1", "ncr1:page:9AAAAA:1", "ncr1:page:AAAAAA______:1",
                  "ncr1:page:AAAAAAAABAAA:1", "ncr1:page:AAAAAAAAAJAA:1", "ncr1:page:AAAAAAAAAAAAA:1"],
)  # fmt: skip
def test_a_foreign_custom_id_is_stale(custom_id: str) -> None:
    """Nothing but our own ids is read."""
    with pytest.raises(StaleError):
        unpacked(custom_id, DOCUMENTS)


def answered(question: str, language: str = "en") -> Card:
    """The card of the answer to a question."""
    answer, state = turn(ChatState(), question, 9)
    return replies.answer_card(DOCUMENTS, answer, state, language, None, 1)


def test_what_the_library_says_and_what_is_near_are_shown() -> None:
    """A count stands before the quotations, further passages after the first, in the reader's language, both forms."""
    counted, near = answered("where is Huawei mentioned?", "de"), answered("hypersonic missiles", "de")
    description = embed_of(counted).description or ""
    assert description.startswith("▸ Huawei: 2 Erwähnungen in 2 Stellen\n\n> ")
    lines = (embed_of(near).description or "").splitlines()
    assert lines[0].startswith("> ")
    assert lines[-1].startswith("▹ Siehe auch: 🔵 `report/III/b4` · 🟢 `report/ES/p2` · 🟢 `report/")
    assert lines[-1] in text_of(near)


@pytest.mark.parametrize("question", ["thanks!", "hello", "help"])
def test_what_is_said_to_the_bot_itself_is_no_refusal(question: str) -> None:
    """A greeting, thanks and a call for help are answered in the bot's own words, with no confidence and no verdict."""
    embed = embed_of(answered(question))
    assert (embed.title, embed.footer.text) == (None, None)
    assert (embed.description or "").startswith(f"▸ {escape(ncr.ask(question).note or '')}")


def test_the_answering_sentence_comes_first() -> None:
    """A passage begins with its first answering sentence and is short; what it leaves out shows, no word changed."""
    answer = ncr.ask("Why does China distrust AUKUS?")
    for excerpt in answer.excerpts:
        quote = quotations.compact(Quote.of(excerpt))
        answers = [text for text, marked in Quote.of(excerpt).sentences if marked]
        assert quote.sentences[0] == (answers[0], True)
        assert len(quote.sentences) == 1 or sum(len(text) + 1 for text, _ in quote.sentences) <= quotations.A_PHONE
        said = quotations.quotation(quote, 2_000).removeprefix("> ").replace("**", "")
        assert escape(" ".join(text for text, _ in quote.sentences)) == said.removeprefix("… ").removesuffix(" …")
        assert said.startswith("… ") == (quote.first > 0)
        assert said.endswith(" …") == (quote.last < len(quote.block.sentences) - 1)


def test_no_button_is_louder_than_the_rest() -> None:
    """Delete and Share look like every other button."""
    card = next(each for each in golden_cards().values() if each.kind is Kind.SECTION)
    for asker in (0, 7):
        shown_buttons = [each.item for each in buttons(replace(card, asker=asker)).children]  # type: ignore[attr-defined]
        assert {each.style for each in shown_buttons} == {discord.ButtonStyle.secondary}


def test_any_paragraph_fits_whole() -> None:
    """No paragraph of the documents is shortened where it is quoted whole."""
    for block in DOCUMENTS.blocks:
        assert "…" not in quotations.quotation(Quote.whole(block), 1500).replace("…", "", block.text.count("…"))


def test_every_section_is_shown_whole_and_once() -> None:
    """Turning the pages of a section shows each of its blocks once, in order."""
    for document in ncr.documents():
        for section in document.walk():
            card = replies.section_card(DOCUMENTS, section, "en")
            assert [b for page in quotations.section_pages(card) for b in page] == list(section.blocks)
            text = "\n\n".join(quotations.section_text(card.turned(n)) for n in range(quotations.page_count(card)))
            for block in section.blocks:
                assert escape(block.sentences[-1].text) in text


def test_the_answering_sentences_are_bold_and_the_voice_in_words_and_colour() -> None:
    """The reader sees which sentence answers and whose view it is."""
    answer, state = turn(ChatState(), "Why does China distrust AUKUS?", 9)
    embed = embed_of(replies.answer_card(DOCUMENTS, answer, state, "en", None, 7))
    text = embed.description or ""
    assert embed.title == "🔴 Chinese perception of NATO"
    assert embed.colour == discord.Colour(0xD1483C)
    assert "**The same logic holds true for the revival of the Quad and the establishment of AUKUS" in text
    assert 'section IV "CHINESE PERCEPTIONS OF NATO", bullet 7 (p. 5 ff.) · `report/IV/b7`' in text


def golden_cards() -> dict[str, Card]:
    """A few messages that are kept word for word."""
    found = {}
    for name, question in {"answered": "Why does China distrust AUKUS?", "not_found": "What about penguins?"}.items():
        answer, state = turn(ChatState(), question, 9)
        found[name] = replies.answer_card(DOCUMENTS, answer, state, "en", None, 7)
    found["timeline_de"] = replies.section_card(DOCUMENTS, ncr.report.milestones, "de").turned(2)
    found["section"] = replies.section_card(DOCUMENTS, ncr.report.section("VI.1"), "en")
    found["context_fr"] = replies.context_card(DOCUMENTS, Quote(DOCUMENTS.blocks[20], 1, 1, 1), "fr")
    return found


@pytest.mark.parametrize("name", ["timeline_de", "section", "context_fr"])
def test_messages_are_as_kept(name: str) -> None:
    """Messages that depend on the documents alone stay word for word."""
    text = text_of(golden_cards()[name]) + "\n----\n" + str((embed_of(golden_cards()[name])).description)
    assert text + "\n" == (GOLDEN / f"{name}.md").read_text("utf-8")


def test_the_kept_messages_are_all_used() -> None:
    """No kept file is left over."""
    assert sorted(path.stem for path in GOLDEN.glob("*")) == ["context_fr", "section", "timeline_de"]


def test_not_found_is_grey_and_names_the_nearest() -> None:
    """The documents' silence is the headline, its reason follows, what is near stands below."""
    embed = embed_of(golden_cards()["not_found"])
    assert (embed.title, embed.colour) == ("The documents do not answer this", discord.Colour(0x8A9099))
    assert (embed.description or "").startswith("▸ ")
    assert (embed.description or "").endswith("**Nearest passages**")


@pytest.mark.parametrize("name", ["about", "privacy", "help"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_a_plain_message(name: str, language: str) -> None:
    """Filled in, each page still fits where embeds are not permitted."""
    words = fixed_pages.page(name, Texts(language), Settings(token="a.b.c"), DOCUMENTS)  # noqa: S106
    assert 100 < len(words) <= 2000
    assert "{" not in words


def test_autocomplete_over_ids_and_headings() -> None:
    """By number, by a word of the heading, by citation; never more than 25, never over 100 characters."""
    assert [choice.value for choice in places(DOCUMENTS, "VI.1")] == ["report/VI.1"]
    assert [choice.value for choice in places(DOCUMENTS, "climate")] == ["report/VI.2"]
    assert [choice.value for choice in places(DOCUMENTS, "modus")] == ["article/modus-vivendi"]
    assert places(DOCUMENTS, "v")[0].value == "report/V"
    everything = places(DOCUMENTS, "")
    assert len(everything) == 21
    assert max(len(choice.name) for choice in everything) <= 100
    assert not places(DOCUMENTS, "nothing of the kind")


def test_a_place_may_be_a_document_a_section_or_a_paragraph() -> None:
    """Each citation leads to what it names."""
    assert place_card(DOCUMENTS, "article", "en").quotes[0].block.section.id == "front"
    assert place_card(DOCUMENTS, "report/VI.1", "en").kind is Kind.SECTION
    assert place_card(DOCUMENTS, " report/VI.1/p2/s1 ", "en").kind is Kind.CONTEXT
    assert place_card(DOCUMENTS, "report/MS/m11", "en").page > 0
    with pytest.raises(ncr.NoSuchSection):
        place_card(DOCUMENTS, "report/IX", "en")


def test_a_message_without_buttons_is_no_card() -> None:
    """Following up on a help page begins anew."""
    with pytest.raises(StaleError):
        recovered("help", [], [], DOCUMENTS)
