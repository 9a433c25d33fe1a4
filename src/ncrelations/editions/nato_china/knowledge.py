"""The two documents as one corpus, with all that editors know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus, Interests
from ncrelations.document.entities import Entities, Entity
from ncrelations.document.lists import ItemList
from ncrelations.document.reported import Reported, read_reported
from ncrelations.document.themes import Theme as PairingTheme
from ncrelations.document.tree import Document, Sentence
from ncrelations.document.voice import Speaker
from ncrelations.document.voice import Voice as AnyVoice
from ncrelations.editions.nato_china.listed_sections import SECTION_NAMES, listed_sections
from ncrelations.editions.nato_china.readings import recommended
from ncrelations.editions.nato_china.sections import TopicSection
from ncrelations.editions.nato_china.two_documents import article, report
from ncrelations.editions.nato_china.voices import SPEAKERS, Voice
from ncrelations.text.metonyms import Metonyms
from ncrelations.texts.whole_files import packaged_bytes, packaged_table

EDITORIAL = Path(__file__).with_name("editorial")
"""What editors wrote: names, themes, readings, questions."""


class Theme(PairingTheme):
    """Editorial: a theme on which the four voices can be compared."""

    @property
    def nato(self) -> tuple[Sentence, ...]:
        """What NATO's perceptions say on it."""
        return self.of(Voice.NATO)

    @property
    def china(self) -> tuple[Sentence, ...]:
        """What Chinese perceptions say on it."""
        return self.of(Voice.CHINA)

    @property
    def experts(self) -> tuple[Sentence, ...]:
        """What the joint group of experts says on it."""
        return self.of(Voice.EXPERTS)

    @property
    def author(self) -> tuple[Sentence, ...]:
        """What Brian Wong says on it."""
        return self.of(Voice.AUTHOR)


def _table(name: str) -> dict[str, Any]:
    return packaged_table(EDITORIAL / f"{name}.toml")


class TwoDocuments(Corpus):
    """The report and the article."""

    name = "nato-china"
    written_folder = EDITORIAL
    scope_file = EDITORIAL / "scope.safetensors"
    scope_sha256 = "758d291223d05eeeb88bd25fd8eec61414cec097fe5ba9cfe03b73b4fa4b5c9a"
    doubt_file = EDITORIAL / "doubt.safetensors"
    doubt_sha256 = "fcc5d8dba76bff4dd51c1e7d055a9f93faf87a42a2bb68af4b1492075a27bfa9"
    credit_file = EDITORIAL / "credit.safetensors"
    credit_sha256 = "c591c365e6e131a1105b082a5fc53fd9090b1350d4597050392a9d9b2776c36d"
    glossary_folder = EDITORIAL / "languages"

    @property
    def index_folder(self) -> Path:  # type: ignore[override]  # read-only here; only ever read
        """The folder of the index: the one inside the installed package, else the checkout's."""
        package = Path(__file__).resolve().parents[2]
        packaged = package / "index"
        return packaged if packaged.is_dir() else package.parents[1] / "index"

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The report, then the article."""
        return (report(), article())

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """The two sides and the two narrators."""
        return SPEAKERS

    @cached_property
    def entities(self) -> Entities:
        """The people, organisations, places, agreements and events that the documents name."""
        entities = [_entity(each) for each in _table("entities")["entity"]]
        return Entities(entities, self.documents, EVERYWHERE)

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The editors' themes, in their order."""
        return tuple(map(self._theme, _table("themes")["theme"]))

    def _theme(self, table: dict[str, Any]) -> Theme:
        sentences: dict[AnyVoice, tuple[Sentence, ...]] = {
            voice: tuple(map(self._sentence, table[voice.value])) for voice in Voice
        }
        return Theme(table["id"], table["title"], tuple(table["keywords"]), sentences, table.get("note"))

    def _sentence(self, address: str) -> Sentence:
        place = self.resolve(address)
        assert isinstance(place, Sentence)  # a test holds the file to it
        return place

    @cached_property
    def lists(self) -> tuple[ItemList, ...]:
        """The sections that are lists, and what their items are called."""
        return listed_sections()

    @cached_property
    def metonyms(self) -> Metonyms:
        """One name for each power."""
        table = _table("metonyms")
        return Metonyms(table["names"], table["places_after"], table["parts_of"])

    @cached_property
    def parties(self) -> Mapping[str, str]:
        """Between whom questions ask: the powers and places, and what they are called in questions."""
        return _table("parties")

    @cached_property
    def stand_ins(self) -> Mapping[str, str]:
        """Names that the documents do not print, with what they stand for in them."""
        return _table("stand_ins")

    @cached_property
    def section_names(self) -> Mapping[str, Citation]:
        """What sections are called beside their numbers."""
        return {pattern: Citation.parse(address) for pattern, address in SECTION_NAMES.items()}

    @cached_property
    def front_matter(self) -> frozenset[Citation]:
        """Title page, introduction and closing notes of the article."""
        return frozenset(Citation("article", id) for id in ("front", "intro", "notes"))

    @cached_property
    def observers(self) -> frozenset[str]:
        """Powers whose views of NATO or China may be asked for."""
        return frozenset({"European Union", "Europe", "United States", "Russia", "Joe Biden", "Japan", "India"})

    @cached_property
    def interests(self) -> Interests:
        """Where the sides stand, by the editors' list and the typed records."""
        table = _table("positions")
        sides = (Voice.NATO, Voice.CHINA)
        positions: dict[AnyVoice, frozenset[Citation]] = {
            side: frozenset(map(Citation.parse, [*table[side.value], *table["both"]])) for side in sides
        }
        topics = [cast("TopicSection", topic) for topic in report().recommendations.children]
        proposals = [s for topic in topics for s in recommended(topic, "proposal")]
        concerning: dict[AnyVoice, dict[Citation, frozenset[Citation]]] = {
            side: dict(_concerning(side, topics)) for side in sides
        }
        return Interests(positions, concerning, _blocks(proposals))

    @cached_property
    def reported(self) -> Mapping[Citation, Sequence[Reported]]:
        """Whom the sentences themselves have say or think their words, by two of three readers."""
        return read_reported(packaged_bytes(EDITORIAL / "reported.tsv").decode().splitlines())


def _entity(table: dict[str, Any]) -> Entity:
    forms, aliases, demonyms, also = (tuple(table.get(part, ())) for part in ("forms", "aliases", "demonyms", "also"))
    return Entity(table["name"], table["kind"], table.get("role"), forms, aliases, demonyms, also, table.get("note"))


def _concerning(side: Voice, topics: list[TopicSection]) -> Iterator[tuple[Citation, frozenset[Citation]]]:
    for topic in topics:
        yield topic.citation, _blocks(recommended(topic, "nato_interest" if side is Voice.NATO else "china_interest"))
    benefits = article().benefits
    yield benefits.citation, _blocks(benefits.nato if side is Voice.NATO else benefits.china)


def _blocks(sentences: Iterable[Sentence]) -> frozenset[Citation]:
    return frozenset(sentence.citation.of_block for sentence in sentences)


EVERYWHERE = frozenset({
    "NATO", "China", "The West", "Beijing", "United States", "Europe", "European Union", "Brian Wong", "Russia",
    "TI Observer", "People’s Liberation Army", "Chinese government", "Chinese navy", "NATO naval forces",
})  # fmt: skip
"""Entities named on every page: that a question names one says little of what it is about."""


@cache
def two_documents() -> TwoDocuments:
    """The edition's corpus, put together once a process."""
    return TwoDocuments()
