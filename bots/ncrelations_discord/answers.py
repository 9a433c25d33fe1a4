"""What the bot answers from: a library, and what its messages have to know of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ncrelations.answers.answer import Answer
from ncrelations.answers.comparison import Comparison
from ncrelations.conversations.state import ChatState
from ncrelations.document.citation import Citation
from ncrelations.document.tree import Block
from ncrelations.document.voice import Voice
from ncrelations.editions.nato_china.edition import Edition, edition
from ncrelations.editions.nato_china.public import report
from ncrelations.editions.nato_china.sections import MilestonesSection
from ncrelations.library import Library
from ncrelations.proofing.draft import Draft
from ncrelations.proofing.finding import Proof

MOST_QUOTATIONS = 1_000
"""How many quotations of a draft are checked: a few seconds' work."""


class Documents:
    """A library as the bot quotes it, the packaged edition by default: asked where answers are worked out, shown here.

    A button of a message carries places in it as numbers; which, is told by the kind of documents.
    """

    version = "ncr1"
    """How the ids of its buttons begin."""
    most = 9
    """How many passages a message has at most; three a page."""
    place_digits = 1
    """Characters of a button for the document and for the voice asked for."""

    def __init__(self, library: Library | None = None) -> None:
        self.library = library or edition()
        """What is asked."""
        self.is_edition = isinstance(self.library, Edition)
        """Whether it is the packaged edition, which the fixed texts name."""

    def warm(self) -> None:
        """Load what a question and a draft need. Raises `NCRelationsError`."""
        self.library.ask("maritime security", 1)
        if self.is_edition:  # of many other documents every word takes a while: the first draft waits for it
            self.library.proof("“maritime security”", "plain")

    def warm_exports(self) -> None:
        """Load what only an export needs."""
        for document in self.library.documents()[:1]:
            document.cite("bibtex")

    def ask(
        self, state: ChatState, question: str, document: str | None, voice: Voice | None
    ) -> tuple[Answer, ChatState]:
        """Answer a question in the light of a conversation, which may be empty."""
        return self.library.turn(state, question, self.most, document, voice)

    def compare(self, topic: str) -> Comparison:
        """Put the views on a topic side by side, two excerpts a voice at most."""
        return self.library.compare(topic, 2)

    def proof(self, draft: Draft) -> Proof:
        """Check the quotations of a draft."""
        return self.library.proofreader.proof(draft, MOST_QUOTATIONS)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The documents' ids."""
        return tuple(document.id for document in self.library.documents())

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """The voices: those with words that ask for them first, in their order."""
        blocks = [block.voice for block in self.blocks]
        sections = [section.voice for document in self.library.documents() for section in document.walk()]
        return tuple(dict.fromkeys([*self.library.corpus.voices, *blocks, *sections]))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block, in reading order: the numbers of passages."""
        return tuple(block for document in self.library.documents() for block in document.blocks)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each block, by its citation."""
        return {str(block.citation): number for number, block in enumerate(self.blocks)}

    @cached_property
    def digits(self) -> int:
        """Characters of a button for the number of a block."""
        return 3 if len(self.blocks) > 64**2 else 2

    def number_of(self, block: Block) -> int:
        """The number of a block."""
        return self.numbers[str(block.citation)]

    def block_at(self, number: int) -> Block:
        """The block of a number. Raises `LookupError` for what is none."""
        return self.blocks[number]

    def block_of(self, number: int, citation: Citation) -> Block:  # noqa: ARG002 -- for documents that change
        """The block of a number, with its citation. Raises `LookupError` where its text answers no more."""
        return self.block_at(number)

    def number_of_voice(self, voice: Voice | None) -> int:
        """The number of a voice asked for; 0 for none, and for one that cannot be numbered."""
        return _place(voice, self.voices)

    def voice_at(self, number: int) -> Voice | None:
        """The voice of a number. Raises `LookupError` for what is none."""
        return (None, *self.voices)[number]

    def number_of_document(self, document: str | None) -> int:
        """The number of a document asked for; 0 for none, and for one that cannot be numbered."""
        return _place(document, self.ids)

    def document_at(self, number: int) -> str | None:
        """The document of a number. Raises `LookupError` for what is none."""
        return (None, *self.ids)[number]

    def colour_of(self, voice: Voice) -> int:
        """The number of a voice's colour: its place among the voices."""
        return self.voices.index(voice)

    @property
    def in_reader(self) -> tuple[str, ...]:
        """The ids of the documents that the reader holds."""
        return self.ids

    @cached_property
    def titles(self) -> tuple[tuple[str, str], ...]:
        """The ids and titles of the documents."""
        return tuple((document.id, document.title) for document in self.library.documents())

    @cached_property
    def timeline(self) -> MilestonesSection | None:
        """The section of milestones, where there is one."""
        return report.milestones if self.is_edition else None

    def other(self, voice: Voice) -> Voice | None:
        """Whose view stands against a voice's: the next side's or narrator's; `None` where nobody else speaks."""
        corpus = self.library.corpus
        groups = (
            [side.voice for side in corpus.sides], [narrator.voice for narrator in corpus.narrators], self.voices,
        )  # fmt: skip
        group = next((group for group in groups if voice in group and len(group) > 1), None)
        return None if group is None else group[(group.index(voice) + 1) % len(group)]

    def asking(self, voice: Voice) -> str:
        """How a person would ask for a voice's view of the same: "and the experts?"."""
        speaker = next((each for each in self.library.corpus.speakers if each.voice == voice), None)
        name = (speaker.name or speaker.person) if speaker is not None else None
        return f"and {name or voice.label}?"


def _place(value: object, values: Sequence[object]) -> int:
    """The place of what was asked for, from 1; 0 for nothing, and for what one character cannot count."""
    return values.index(value) + 1 if value in values[:63] else 0
