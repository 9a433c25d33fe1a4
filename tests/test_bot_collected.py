"""A collection beside the edition as the bot keeps it: what its buttons carry, what is meant, where it is asked."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ncrelations.collections.collection import Collection
from ncrelations.conversations.state import ChatState
from ncrelations.errors import CollectionUnavailable
from ncrelations.texts import LANGUAGES, Texts
from ncrelations_discord import Settings, SettingsError, replies
from ncrelations_discord.answers import Documents
from ncrelations_discord.app import _settings
from ncrelations_discord.asked import Question
from ncrelations_discord.cards import CUSTOM_ID, Card, Kind, Quote, StaleError, unpacked
from ncrelations_discord.collected import Beside, Where, where_of
from ncrelations_discord.collected_commands import asked_of, titled
from ncrelations_discord.embeds import shown
from ncrelations_discord.guard import words_for
from ncrelations_discord.service import Service

pytest_plugins = ["collection_fixtures"]

COSTS = "Who pays half of the dredging of the harbour of Marrowby?"
MINES = "Does Japan regard the mines as a danger?"


@pytest.fixture
def beside(kept: Collection) -> Beside:
    """That collection beside the edition, as the bot has it."""
    return Beside(kept.place, Documents())


def test_a_button_keeps_its_passage(beside: Beside, kept: Collection, papers: Path) -> None:
    """Every kind of documents has its own ids, of 100 characters at most; what changed its words is stale."""
    for where in (Where.COLLECTION, Where.BOTH):
        documents = beside.documents(where)
        answer, state = documents.ask(ChatState(), MINES, "japan", None)
        card = replies.answer_card(documents, answer, state, "en", None, 2**63)
        packed = card.pack("share")
        assert CUSTOM_ID.fullmatch(packed)
        assert where_of(packed.partition(":")[0]) is where
        again = unpacked(packed, documents)
        assert (again.quotes, again.document, again.voice) == (card.quotes, "japan", card.voice)
        with pytest.raises(StaleError):
            unpacked(packed, Documents())
        full = Card(documents, Kind.ANSWER, quotes=card.quotes[:1] * documents.most, asker=2**64 - 1)
        assert len(full.pack("share")) <= 100
    (papers / "anchor.md").write_text("# Anchor\n\nAn anchor was raised.\n", "utf-8")
    kept.sync([papers])
    now = beside.documents(Where.BOTH)
    assert now is not documents
    assert unpacked(packed, now).quotes == card.quotes
    (papers / "japan.md").write_text("# Letter of Japan\n\nJapan has changed its mind.\n", "utf-8")
    kept.sync([papers])
    with pytest.raises(StaleError):
        unpacked(packed, beside.documents(Where.BOTH))


def test_a_passage_of_an_old_text_has_no_buttons_that_lie(beside: Beside, kept: Collection, papers: Path) -> None:
    """An old citation is shown with its words; its buttons say that they are stale, and name no other passage."""
    (papers / "harbour.md").write_text("# Harbour plan\n\nThe plan was given up.\n", "utf-8")
    kept.sync([papers])
    documents = beside.documents(Where.COLLECTION)
    answer, state = documents.ask(ChatState(), "show harbour/costs/p1", None, None)
    card = replies.answer_card(documents, answer, state, "en", None, 7)
    assert shown(card).embed is not None
    with pytest.raises(StaleError):
        unpacked(card.pack("ctx"), documents)


@pytest.mark.parametrize("state", ["A" * 6, "A" * 11, "A" * 13, "AAA" + "_" * 9, "A" * 12 + "_" * 9, "A" * 66])
def test_hostile_ids_are_stale(beside: Beside, state: str) -> None:
    """Whatever stands in an id that fits the pattern, it is a card or stale."""
    documents = beside.documents(Where.COLLECTION)
    with pytest.raises(StaleError):
        unpacked(f"ncrc:page:{state}:1", documents)


def test_what_is_meant_is_told_by_what_is_chosen() -> None:
    """The edition, unless a document or view is none of its own; what is chosen aloud counts before."""
    documents = Documents()
    assert asked_of(None, documents, None, None) is Where.EDITION
    assert asked_of(None, documents, "report", "nato") is Where.EDITION
    assert asked_of(None, documents, "harbour", None) is Where.COLLECTION
    assert asked_of(None, documents, "report", "norway") is Where.COLLECTION
    assert asked_of("both", documents, "harbour", None) is Where.BOTH


def test_a_long_title_leaves_room_for_its_id() -> None:
    """100 characters at most, the id whole; an id that is itself long is left out."""
    assert titled("mill", "Windmill") == "Windmill (mill)"
    assert titled("mill", "Windmill " * 40).endswith("… (mill)")
    assert len(titled("mill", "Windmill " * 40)) == 100
    assert titled("m" * 60, "Windmill") == "Windmill"


def test_a_colour_for_every_voice(beside: Beside) -> None:
    """The edition's voices keep theirs beside a collection; a voice that nobody has any more has one, too."""
    both = beside.documents(Where.BOTH)
    for place, voice in enumerate(Documents().voices):
        assert both.colour_of(voice) == place
    quote = Quote.whole(both.block_at(both.number_of(Documents().blocks[3])))
    assert both.colour_of(quote.block.voice) < 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_error_has_its_reference_in_every_language(language: str) -> None:
    """And says neither place nor remedy, which are the operator's."""
    error = CollectionUnavailable("/home/xeno/papers", "it is damaged", "restore it")
    told = words_for(error, Texts(language), "1a2b3c4d")
    assert "`1a2b3c4d`" in told
    assert "xeno" not in told
    assert "damaged" not in told


@pytest.mark.asyncio
async def test_a_collection_is_opened_and_asked_beside_the_event_loop(
    kept: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event loop never waits for a store."""
    service = Service(Settings(token="a.b.c", collection=kept.place, processes=0), Documents())  # noqa: S106
    assert service.beside is not None
    service.answering.start()
    threads = []
    open_it = service.beside.documents

    def watched(where: Where) -> Documents:
        threads.append(threading.current_thread().name)
        return open_it(where)

    monkeypatch.setattr(service.beside, "documents", watched)
    card = await service.card(Question(COSTS, where=Where.COLLECTION))
    assert str(card.quotes[0].block.citation) == "harbour/costs/p1"
    assert {name.partition("_")[0] for name in threads} == {"answers", "ncrelations"}
    service.stop()


def test_a_collection_stands_beside_the_edition_alone(
    kept: Collection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With other documents, the setting is refused; so is an empty one; neither place nor password shows in a repr."""
    monkeypatch.setenv("NCR_DISCORD_TOKEN", "a.b.c")
    monkeypatch.setenv("NCR_DISCORD_COLLECTION", str(tmp_path))
    assert _settings(None).collection == str(tmp_path)
    with pytest.raises(SettingsError, match="beside the edition"):
        _settings(kept.library)
    with pytest.raises(SettingsError, match="collection must be"):
        Settings(token="a.b.c", collection="")  # noqa: S106
    address = "postgresql://ann:s3cret@db/team"
    assert "s3cret" not in repr(Settings(token="a.b.c", collection=address))  # noqa: S106
    assert Service(Settings(token="a.b.c", collection="x"), Documents(kept.library)).beside is None  # noqa: S106
