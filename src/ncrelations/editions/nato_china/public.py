"""The public names of the package: the edition's documents, and functions over its library."""

from __future__ import annotations

from collections.abc import Iterable
from typing import overload

from ncrelations.answers.answer import Answer
from ncrelations.conversations.state import ChatState
from ncrelations.document.block_range import Range
from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Place, Where
from ncrelations.document.entities import Entity
from ncrelations.document.excerpt import Excerpt
from ncrelations.document.reference import CiteFormat, exported
from ncrelations.document.tree import Document
from ncrelations.document.typed_places import places_at
from ncrelations.editions.nato_china import two_documents
from ncrelations.editions.nato_china.edition import Comparison, edition
from ncrelations.editions.nato_china.knowledge import Theme
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.library import Conversation
from ncrelations.proofing.draft_reading import DraftFormat
from ncrelations.proofing.finding import Proof

report = two_documents.report()
"""The CSDR-CIISS report."""

article = two_documents.article()
"""Brian Wong's article."""


def documents() -> tuple[Document, ...]:
    """Both documents, the report first."""
    return edition().documents()


def places(citation: str) -> tuple[Place, ...]:
    """The place that a citation names as people type it, or the blocks of a range, in order.

    "report/VI.1/p2-p4", "[report/VI.1/p2]", "vi.1" and "Report/VI.1." are understood. Raises
    `InvalidCitation` or `NoSuchPlace`, both with the nearest that exist.
    """
    return places_at(edition().corpus, citation)


def bibliography(cited: Iterable[Where | Range], format: CiteFormat | str = "bibtex") -> str:
    """Several places in one of the formats of `cite`: one entry a document in bibliographies, else a line each.

    Raises as `resolve` does, and `NoSuchPlace` for a format it does not know.
    """
    return exported([resolve(each).reference for each in cited], format)


@overload
def resolve(citation: Citation | Place) -> Place: ...


@overload
def resolve(citation: Where | Range) -> Place | Range: ...


def resolve(citation: Where | Range) -> Place | Range:
    """The place that a citation names, or the blocks of a range such as "report/VI.1/p2-p4".

    `places` takes citations as people type them. Raises `InvalidCitation` for text outside the grammar and
    `NoSuchPlace` (`NoSuchDocument`, `NoSuchSection`) for a place that does not exist; both name the nearest
    citations that do.
    """
    return edition().resolve(citation)


def entities() -> tuple[Entity, ...]:
    """All entities, in the editors' order."""
    return edition().corpus.entities.all


def entity(name: str) -> Entity:
    """The entity called `name` in any of its spellings; `NoSuchPlace` with the near misses otherwise."""
    return edition().entity(name)


def themes() -> tuple[Theme, ...]:
    """All themes, in the editors' order."""
    return edition().themes()


def ask(question: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None) -> Answer:
    """What the documents have to say to a question: up to `k` excerpts with status, confidence and reasons.

    `within` keeps to a document, section or block, `voice` to "nato", "china", "experts" or "author".
    Raises `InvalidQuestion` for a question that cannot be asked, `InvalidCitation` or `NoSuchPlace`
    for a filter that names nothing, `IndexMismatch` and `EncoderUnavailable` where nothing can be asked.
    """
    return edition().ask(question, k, within, voice)


def search(
    query: str, k: int = 5, within: Where | None = None, voice: str | Voice | None = None
) -> tuple[Excerpt, ...]:
    """The `k` best excerpts for a query, best first, without judgement.

    `within` keeps to a document, section or block, `voice` to "nato", "china", "experts" or
    "author". A filter that names nothing raises; one that matches nothing gives `()`.
    """
    return edition().search(query, k, within, voice)


def compare(topic: str, k: int = 2) -> Comparison:
    """What each voice says on a topic: up to `k` excerpts a voice, or none where it says nothing.

    A topic that names someone or something the documents name is looked for by name; any other by
    meaning. Raises `InvalidQuestion`.
    """
    return edition().compare(topic, k)


def proof(text: str, format: DraftFormat = "markdown") -> Proof:
    """Every quotation of a draft, checked: its words, the place named beside it, and those credited with it.

    `format` is "markdown", "plain" or "html". Nothing is stored. Raises `InvalidDraft` for a text that is too
    long, `NoSuchPlace` for a format it does not know.
    """
    return edition().proof(text, format)


class Chat(Conversation):
    """A conversation: each question is read in the light of those before."""

    def __init__(self, state: ChatState | None = None) -> None:
        super().__init__(edition(), state)


def turn(
    state: ChatState,
    question: str,
    k: int = 5,
    within: Where | None = None,
    voice: str | Voice | None = None,
) -> tuple[Answer, ChatState]:
    """Answer a question in the light of a conversation, and say what the conversation has become."""
    return edition().turn(state, question, k, within, voice)
