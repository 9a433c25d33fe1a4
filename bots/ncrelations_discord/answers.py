"""What the bot answers from: a library, and what its messages have to know of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from ncrelations.answers.answer import Answer
from ncrelations.answers.comparison import Comparison
from ncrelations.conversations.state import ChatState
from ncrelations.document.tree import Block
from ncrelations.document.voice import Voice
from ncrelations.editions.nato_china.edition import Edition, edition
from ncrelations.editions.nato_china.public import report
from ncrelations.editions.nato_china.sections import MilestonesSection
from ncrelations.library import Library
from ncrelations.proofing.draft import Draft
from ncrelations.proofing.finding import Proof

EXCERPTS = 9
"""How many excerpts an answer has at most; three a page."""


MOST_QUOTATIONS = 1_000
"""How many quotations of a draft are checked: a few seconds' work."""


class Documents:
    """A library as the bot quotes it, the packaged edition by default. Asked in the worker thread, a call at a time."""

    def __init__(self, library: Library | None = None) -> None:
        self.library = library or edition()
        """What is asked."""
        self.is_edition = isinstance(self.library, Edition)
        """Whether it is the packaged edition, which the fixed texts name."""

    def warm(self) -> None:
        """Load everything, the parts that only an export needs included."""
        self.library.ask("maritime security", 1)
        if self.is_edition:  # of many other documents every word takes a while: the first draft waits for it
            self.library.proof("“maritime security”", "plain")
        for document in self.library.documents()[:1]:
            document.cite("bibtex")

    def ask(
        self, state: ChatState, question: str, document: str | None, voice: Voice | None
    ) -> tuple[Answer, ChatState]:
        """Answer a question in the light of a conversation, which may be empty."""
        return self.library.turn(state, question, EXCERPTS, document, voice)

    def compare(self, topic: str) -> Comparison:
        """Put the views on a topic side by side, two excerpts a voice at most."""
        return self.library.compare(topic, 2)

    def proof(self, draft: Callable[[], Draft]) -> Proof:
        """Read a draft and check its quotations. Raises `InvalidDraft`."""
        return self.library.proofreader.proof(draft(), MOST_QUOTATIONS)

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
