"""Two policy documents on NATO-China relations that answer for themselves.

    import ncrelations as ncr

    ncr.report.nato_perceptions.perceptions[0].headline
    ncr.resolve("report/VI.1/p2").cite("bibtex")
    ncr.ask("Why does China distrust AUKUS?").excerpts[0].text

The names below are loaded when they are first used: importing the package costs a few milliseconds
and loads neither the documents nor the index.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ncrelations.answer import Answer, ask, search
    from ncrelations.chat import Chat
    from ncrelations.citation import Citation
    from ncrelations.compare import Comparison, compare
    from ncrelations.corpus import article, documents, report, resolve
    from ncrelations.document import Block, Document, Section, Sentence, Span, Voice
    from ncrelations.errors import (
        EncoderUnavailable,
        IndexMismatch,
        InvalidCitation,
        InvalidQuestion,
        LanguageUnavailable,
        NCRelationsError,
        NoSuchDocument,
        NoSuchPlace,
        NoSuchSection,
        SourceDamaged,
    )
    from ncrelations.excerpt import Excerpt
    from ncrelations.followup import ChatState
    from ncrelations.gazetteer import Entity, entities, entity
    from ncrelations.pairing import themes

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Block",
    "Chat",
    "ChatState",
    "Citation",
    "Comparison",
    "Document",
    "EncoderUnavailable",
    "Entity",
    "Excerpt",
    "IndexMismatch",
    "InvalidCitation",
    "InvalidQuestion",
    "LanguageUnavailable",
    "NCRelationsError",
    "NoSuchDocument",
    "NoSuchPlace",
    "NoSuchSection",
    "Section",
    "Sentence",
    "SourceDamaged",
    "Span",
    "Voice",
    "article",
    "ask",
    "compare",
    "documents",
    "entities",
    "entity",
    "report",
    "resolve",
    "search",
    "themes",
]

_HOMES = {
    "answer": ("Answer", "ask", "search"),
    "chat": ("Chat",),
    "followup": ("ChatState",),
    "citation": ("Citation",),
    "compare": ("Comparison", "compare"),
    "pairing": ("themes",),
    "corpus": ("article", "documents", "report", "resolve"),
    "document": ("Block", "Document", "Section", "Sentence", "Span", "Voice"),
    "gazetteer": ("Entity", "entities", "entity"),
    "excerpt": ("Excerpt",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a public name from its module (PEP 562). Type checkers see the imports above instead."""
    if name not in __all__:
        message = f"module 'ncrelations' has no attribute {name!r}"
        raise AttributeError(message)
    value: object = getattr(import_module(f"ncrelations.{_HOME.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
