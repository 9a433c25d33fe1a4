"""What is known of the two texts: who speaks, who and what is named, what pairs, what is a list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus, Interests
from ncrelations.document.entities import Entities, Entity
from ncrelations.document.lists import ItemList, bullets_of
from ncrelations.document.themes import Theme
from ncrelations.document.tree import Document, Sentence
from ncrelations.document.voice import Speaker, Voice
from ncrelations.text.metonyms import Metonyms
from third_edition.sources import COUNCIL, FARMERS, FOLDER, INNKEEPERS, PENHALLOW, read_letter, read_minutes

_PENHALLOW = (
    r"(?:miss )?(?:ada )?penhallow(?:'s)?|the (?:letter|schoolmistress)(?:'s)?|(?:in|from|of) (?:the|her) letter"
)

SPEAKERS = (
    Speaker(
        FARMERS,
        names="the farmers|farmers|farmer|growers",
        short="farmers?|growers",
        exchanged="the farmers|farmers|the growers|growers",
        name="the farmers",
        entities=("Farmers",),
    ),
    Speaker(
        INNKEEPERS,
        names="the innkeepers|innkeepers|innkeeper|publicans",
        short="innkeepers?|publicans",
        exchanged="the innkeepers|innkeepers|the publicans|publicans",
        name="the innkeepers",
        entities=("Innkeepers",),
    ),
    Speaker(
        COUNCIL,
        names="(?:the )?(?:parish )?council|the clerk",
        short="council|clerk",
        name="the council",
        document="minutes",
        document_names=r"(?:the|these|in) minutes|minutes (?:say|record)",
        reports=True,
    ),
    Speaker(
        PENHALLOW,
        names=_PENHALLOW,
        short="penhallow|ada|schoolmistress",
        document="letter",
        document_names=_PENHALLOW,
        person="Penhallow",
        entities=("Ada Penhallow",),
    ),
)
"""The two sides, and the narrators of the two texts."""

_ENTITIES = (
    Entity("Farmers", "organisation", forms=("farmers",), aliases=("growers",)),
    Entity("Innkeepers", "organisation", forms=("innkeepers",), aliases=("publicans",)),
    Entity("Jonas Crake", "person", "surveyor", ("Jonas Crake",), ("Crake",)),
    Entity("Silas Orme", "person", "carpenter of Pender Green", ("Silas Orme",), ("Orme",)),
    Entity("Ada Penhallow", "person", "schoolmistress at Marrowby", ("Ada Penhallow",), ("Penhallow",)),
    Entity("Barnaby Thorne", "person", None, ("Barnaby Thorne",), ("Thorne",)),
    Entity("Esther Lowe", "person", None, ("Esther Lowe",), ("Lowe",)),
    Entity("Selwick Courier", "organisation", forms=("Selwick Courier",), aliases=("Courier",)),
    Entity("Selwick", "place", forms=("Selwick",)),
    Entity("Tallow Hill", "place", forms=("Tallow Hill",)),
    Entity("Pender Green", "place", forms=("Pender Green",)),
    Entity("Marrowby", "place", forms=("Marrowby", "MARROWBY")),
)


class Windmill(Corpus):
    """The minutes and the letter."""

    name = "windmill"
    written_folder = FOLDER
    glossary_folder = FOLDER / "languages"

    def __init__(self, index_folder: Path) -> None:
        self.index_folder = index_folder

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The minutes, then the letter."""
        return read_minutes((FOLDER / "minutes.txt").read_bytes()), read_letter((FOLDER / "letter.txt").read_bytes())

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """The two sides and the two narrators."""
        return SPEAKERS

    @cached_property
    def entities(self) -> Entities:
        """Who and what is named."""
        return Entities(_ENTITIES, self.documents, everywhere=frozenset({"Farmers", "Innkeepers", "Marrowby"}))

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """One theme."""
        said: dict[Voice, tuple[str, ...]] = {
            FARMERS: ("minutes/farmers/b3/s2",),
            INNKEEPERS: ("minutes/innkeepers/b1/s2",),
            COUNCIL: (),
            PENHALLOW: ("letter/mistaken/p2/s1", "letter/gain/p2/s1"),
        }
        sentences = {voice: tuple(map(self._sentence, addresses)) for voice, addresses in said.items()}
        return (Theme("visitors", "Visitors and their money", ("visitors", "tourists", "guests"), sentences),)

    def _sentence(self, address: str) -> Sentence:
        place = self.resolve(address)
        assert isinstance(place, Sentence)
        return place

    @cached_property
    def lists(self) -> tuple[ItemList, ...]:
        """What each side says, and the council's three steps."""
        farmers, innkeepers, steps = (self.documents[0].section(id) for id in ("farmers", "innkeepers", "resolved"))
        return (
            ItemList(farmers, (), bullets_of(farmers)),
            ItemList(innkeepers, (), bullets_of(innkeepers)),
            ItemList(steps, ("step", "resolution"), bullets_of(steps)),
        )

    @cached_property
    def metonyms(self) -> Metonyms:
        """One name for each side."""
        return Metonyms({"farmers": ["growers"], "innkeepers": ["publicans"]})

    @cached_property
    def stand_ins(self) -> Mapping[str, str]:
        """A name of the world that stands for the paper."""
        return {"Fleet Street": "Selwick Courier"}

    @cached_property
    def section_names(self) -> Mapping[str, Citation]:
        """What sections are called beside their headings."""
        return {r"surveyor'?s report": Citation("minutes", "state")}

    @cached_property
    def front_matter(self) -> frozenset[Citation]:
        """Title, address and signature."""
        return frozenset({Citation("minutes", "front"), Citation("letter", "front"), Citation("letter", "signature")})

    @cached_property
    def interests(self) -> Interests:
        """Where the sides stand by the letter, and what it says each would gain."""
        gain = Citation("letter", "gain")
        return Interests(
            positions={
                FARMERS: frozenset({Citation("letter", "mistaken", "p1")}),
                INNKEEPERS: frozenset({Citation("letter", "mistaken", "p2")}),
            },
            concerning={
                FARMERS: {gain: frozenset({Citation("letter", "gain", "p1")})},
                INNKEEPERS: {gain: frozenset({Citation("letter", "gain", "p2")})},
            },
            remedies=frozenset({Citation("letter", "proposal", "p1")}),
        )
