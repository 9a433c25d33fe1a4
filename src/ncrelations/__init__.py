"""Two policy documents on NATO-China relations that answer for themselves.

    import ncrelations as ncr

    ncr.report.nato_perceptions.perceptions[0].headline
    ncr.resolve("report/VI.1/p2").cite("bibtex")
    ncr.ask("Why does China distrust AUKUS?").excerpts[0].text
    ncr.open_collection().add("strategic-concept.pdf", issuer="NATO").blocks[0].page

The names below are loaded when they are first used: importing the package costs a few milliseconds
and loads neither the documents nor the index.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ncrelations.answers.answer import Answer
    from ncrelations.collections.collection import Collection, open_collection
    from ncrelations.conversations.state import ChatState
    from ncrelations.document.block_range import Range
    from ncrelations.document.citation import Citation
    from ncrelations.document.entities import Entity, Mention
    from ncrelations.document.excerpt import Excerpt
    from ncrelations.document.tree import Block, Document, Section, Sentence, Span
    from ncrelations.editions.nato_china.edition import Comparison
    from ncrelations.editions.nato_china.knowledge import Theme
    from ncrelations.editions.nato_china.public import (
        Chat,
        article,
        ask,
        bibliography,
        compare,
        documents,
        entities,
        entity,
        places,
        proof,
        report,
        resolve,
        search,
        themes,
    )
    from ncrelations.editions.nato_china.records import (
        Baselines,
        Decision,
        Event,
        Milestone,
        Model,
        Perception,
        Phrase,
        Reality,
        Recommendation,
        Risk,
        Roadmap,
    )
    from ncrelations.editions.nato_china.voices import Voice
    from ncrelations.errors import (
        AnswerUnavailable,
        CollectionUnavailable,
        EncoderUnavailable,
        FileRefused,
        IndexMismatch,
        InvalidCitation,
        InvalidDraft,
        InvalidQuestion,
        InvalidSettings,
        LanguageUnavailable,
        NCRelationsError,
        NoSuchDocument,
        NoSuchPlace,
        NoSuchSection,
        SourceDamaged,
    )
    from ncrelations.library import Library
    from ncrelations.proofing.finding import Finding, Proof

if type(__spec__.loader).__name__ == "zipimporter":
    message = "ncrelations cannot be imported from a zip archive, for it reads its files from a folder; unpack it there"
    raise ImportError(message)

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "AnswerUnavailable",
    "Baselines",
    "Block",
    "Chat",
    "ChatState",
    "Citation",
    "Collection",
    "CollectionUnavailable",
    "Comparison",
    "Decision",
    "Document",
    "EncoderUnavailable",
    "Entity",
    "Event",
    "Excerpt",
    "FileRefused",
    "Finding",
    "IndexMismatch",
    "InvalidCitation",
    "InvalidDraft",
    "InvalidQuestion",
    "InvalidSettings",
    "LanguageUnavailable",
    "Library",
    "Mention",
    "Milestone",
    "Model",
    "NCRelationsError",
    "NoSuchDocument",
    "NoSuchPlace",
    "NoSuchSection",
    "Perception",
    "Phrase",
    "Proof",
    "Range",
    "Reality",
    "Recommendation",
    "Risk",
    "Roadmap",
    "Section",
    "Sentence",
    "SourceDamaged",
    "Span",
    "Theme",
    "Voice",
    "article",
    "ask",
    "bibliography",
    "compare",
    "documents",
    "entities",
    "entity",
    "open_collection",
    "places",
    "proof",
    "report",
    "resolve",
    "search",
    "themes",
]

_HOMES = {
    "answers.answer": ("Answer",),
    "collections.collection": ("Collection", "open_collection"),
    "conversations.state": ("ChatState",),
    "document.block_range": ("Range",),
    "document.citation": ("Citation",),
    "document.entities": ("Entity", "Mention"),
    "document.excerpt": ("Excerpt",),
    "document.tree": ("Block", "Document", "Section", "Sentence", "Span"),
    "editions.nato_china.edition": ("Comparison",),
    "editions.nato_china.knowledge": ("Theme",),
    "editions.nato_china.public": (
        "Chat", "article", "ask", "bibliography", "compare", "documents", "entities", "entity",
        "places", "proof", "report", "resolve", "search", "themes",
    ),
    "editions.nato_china.records": (
        "Baselines", "Decision", "Event", "Milestone", "Model", "Perception", "Phrase", "Reality", "Recommendation",
        "Risk", "Roadmap",
    ),
    "editions.nato_china.voices": ("Voice",),
    "library": ("Library",),
    "proofing.finding": ("Finding", "Proof"),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # type checkers see the imports above, and know of a name that does not exist

    def __getattr__(name: str) -> object:
        """Load a public name from its module (PEP 562)."""
        if name not in __all__:
            message = f"module 'ncrelations' has no attribute {name!r}"
            raise AttributeError(message)
        from ncrelations.models.forking import before_forks

        with before_forks:
            value: object = getattr(import_module(f"ncrelations.{_HOME.get(name, 'errors')}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
