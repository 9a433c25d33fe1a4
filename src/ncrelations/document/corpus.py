"""A corpus: some documents with what their editors know of them. It is what the engine works on.

Everything but the documents is optional. An edition or a collection is a subclass that says what there is to
know; what a question does not need is never read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.document.entities import Entities
from ncrelations.document.lists import ItemList
from ncrelations.document.reported import Reported
from ncrelations.document.themes import Theme
from ncrelations.document.tree import Block, Document, Section, Sentence
from ncrelations.document.voice import Speaker, Voice, voice_named
from ncrelations.errors import InvalidCitation, NoSuchDocument, NoSuchPlace
from ncrelations.text.metonyms import Metonyms
from ncrelations.text.words import pieces_of, stem

Place = Document | Section | Block | Sentence
"""What a citation names."""

Where = str | Citation | Place
"""What names a place: a citation, as text or as a value, or the place itself."""


class Interests(NamedTuple):
    """What the documents say of each side beside its own perceptions."""

    positions: Mapping[Voice, frozenset[Citation]]
    """Blocks in other voices that report where a side stands."""
    concerning: Mapping[Voice, Mapping[Citation, frozenset[Citation]]]
    """By side and section, the blocks that say what concerns that side."""
    remedies: frozenset[Citation] = frozenset()
    """Blocks that propose what to do."""


class Corpus:
    """Some documents and what is known of them. Read-only; safe to share between threads."""

    name = "documents"
    """What it is called."""
    index_folder: Path | None = None
    """The folder of its index, where one was built."""
    written_folder: Path | None = None
    """The folder of questions written beforehand that belong to no single passage."""
    scope_file: Path | None = None
    """The weights that tell a question about something else by its tokens, fitted by `tests/eval/fit_scope.py`."""
    scope_sha256 = ""
    """Their checksum: nothing is judged by others."""
    doubt_file: Path | None = None
    """The weights that tell unanswered questions from answered ones, fitted by `tests/eval/fit_doubt.py`."""
    doubt_sha256 = ""
    """Their checksum."""
    credit_file: Path | None = None
    """The weights that tell whose a draft's quotation is, fitted by `tests/proof/fit_credit_network.py`."""
    credit_sha256 = ""
    """Their checksum."""
    glossary_folder: Path | None = None
    """The folder of its words in other languages."""

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents, in order."""
        raise NotImplementedError

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """The voices with the words that ask for them; by default those of the blocks, asked for by no word."""
        found = dict.fromkeys(block.voice for document in self.documents for block in document.blocks)
        return tuple(Speaker(voice, names="", short="") for voice in found)

    @cached_property
    def entities(self) -> Entities:
        """The people, places and things named."""
        return Entities(documents=self.documents)

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """The editors' themes that pair what the voices say."""
        return ()

    @cached_property
    def lists(self) -> tuple[ItemList, ...]:
        """The sections that are lists."""
        return ()

    @cached_property
    def metonyms(self) -> Metonyms:
        """What stands for one of the names under which questions are matched."""
        return Metonyms({})

    @cached_property
    def parties(self) -> Mapping[str, str]:
        """Those between whom questions ask: each with a regular expression of its names, without case."""
        return {side.name or side.voice.value: side.names for side in self.sides}

    @cached_property
    def stand_ins(self) -> Mapping[str, str]:
        """Names that the documents do not print, with what they stand for in them."""
        return {}

    @cached_property
    def section_names(self) -> Mapping[str, Citation]:
        """Regular expressions of what sections are called, without case, with the section."""
        return {}

    @cached_property
    def front_matter(self) -> frozenset[Citation]:
        """The sections that hold no matter: title pages, introductions, notes."""
        return frozenset()

    @cached_property
    def observers(self) -> frozenset[str]:
        """Entities whose views of a side may be asked for, and who are no side themselves, by name."""
        return frozenset()

    @cached_property
    def interests(self) -> Interests:
        """What the documents say of each side beside its own perceptions."""
        return Interests({}, {})

    @cached_property
    def reported(self) -> Mapping[Citation, Sequence[Reported]] | None:
        """By sentence, whom it has say or think its words beside its voice; `None` where nobody wrote it down."""
        return None

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The voices, in the speakers' order."""
        return tuple(speaker.voice for speaker in self.speakers)

    @property
    def sides(self) -> tuple[Speaker, ...]:
        """The speakers whose views are reported by documents that are not their own."""
        return tuple(speaker for speaker in self.speakers if speaker.document is None and speaker.names)

    @property
    def narrators(self) -> tuple[Speaker, ...]:
        """The speakers with a document of their own."""
        return tuple(speaker for speaker in self.speakers if speaker.document is not None)

    @cached_property
    def speaker_stems(self) -> frozenset[str]:
        """The stems of the words that name speakers: whose view a question asks for is no part of its subject."""
        names = [side.names.replace("|", " ") for side in self.sides]
        for narrator in self.narrators:
            names += [narrator.document or "", narrator.person or "", *narrator.entities]
        return frozenset(stem(piece.folded) for name in names for piece in pieces_of(name))

    def speaker(self, voice: Voice) -> Speaker:
        """The speaker of a voice."""
        return next(speaker for speaker in self.speakers if speaker.voice == voice)

    def voice(self, name: str | Voice | None) -> Voice | None:
        """The voice of that name; `NoSuchPlace` with the near misses for any other."""
        return None if name is None else voice_named(self.voices, str(getattr(name, "value", name)))

    def document(self, id: str) -> Document:
        """The document of that id; `NoSuchDocument` with the near misses for any other."""
        for each in self.documents:
            if each.id == id:
                return each
        ids = [each.id for each in self.documents]
        raise NoSuchDocument("document", printable(id), nearest(id, ids) or tuple(ids))

    def resolve(self, citation: Where) -> Place:
        """The place a citation names; a place stands for its citation.

        Raises `InvalidCitation` for text outside the grammar and `NoSuchPlace` (`NoSuchDocument`,
        `NoSuchSection`) for a place that does not exist; both name the nearest citations that do.
        """
        if isinstance(citation, Place):
            citation = citation.citation
        citation = self._parsed(str(citation))
        whole = self.document(citation.document)
        if citation.section is None:
            return whole
        section = whole.section(citation.section)
        if citation.block is None:
            return section
        block = whole.tree.blocks.get(citation.of_block)
        if block is None:
            raise NoSuchPlace("block", str(citation.of_block), whole.near(str(citation.of_block)))
        if citation.sentence is None:
            return block
        if citation.sentence > len(block.sentences):
            last = block.sentences[-1].citation
            raise NoSuchPlace("sentence", str(citation), (str(last),))
        return block.sentences[citation.sentence - 1]

    def _parsed(self, text: str) -> Citation:
        """Like `Citation.parse`, its error completed with the nearest citations of the documents."""
        try:
            return Citation.parse(text)
        except InvalidCitation as error:
            near = tuple(name for each in self.documents for name in each.near(text))
            raise InvalidCitation(error.citation, near[:3]) from None

    def checksum(self, document: Document) -> str:
        """The sha256 of a document's source as text; that of its file's bytes, where the file is that text."""
        return document.sha256

    def section_of(self, citation: Citation) -> Section:
        """The section that a block's citation names."""
        return self.document(citation.document).section(citation.section or "")

    def block_at(self, citation: Citation) -> Block:
        """The block of a citation that is known to name one."""
        return self.document(citation.document).tree.blocks[citation.of_block]

    def list_of(self, section: Section) -> ItemList | None:
        """The list that a section is."""
        return next((each for each in self.lists if each.section.citation == section.citation), None)

    def list_called(self, noun: str) -> ItemList | None:
        """The list whose items are called that, in the singular."""
        return next((each for each in self.lists if noun in each.nouns), None)

    def speaks_for(self, block: Block, voice: Voice) -> float:
        """1 where a block is in that voice, 0.6 where it reports that side's position, 0 elsewhere."""
        if block.voice == voice:
            return 1.0
        return 0.6 if block.citation in self.interests.positions.get(voice, ()) else 0.0

    def concerning(self, side: Voice, near: Citation) -> frozenset[Citation]:
        """The blocks that say what concerns one side, of the section that `near` is in."""
        section = Citation(near.document, near.section)
        return self.interests.concerning.get(side, {}).get(section, frozenset())


def given(documents: Sequence[Document]) -> Corpus:
    """A corpus of some documents of which nothing else is known."""
    corpus = Corpus()
    corpus.__dict__["documents"] = tuple(documents)  # where a cached property keeps its value
    return corpus
