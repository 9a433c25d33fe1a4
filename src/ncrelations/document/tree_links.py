"""How the nodes of a document find each other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from ncrelations.document.citation import Citation
from ncrelations.document.spans import Page, Span, pages_of
from ncrelations.errors import SourceDamaged

_D = TypeVar("_D")
_S = TypeVar("_S")
_B = TypeVar("_B")


class Links(Generic[_D, _S, _B]):
    """What frozen nodes use to find their neighbours; filled once by the parser, then only read.

    A place that is pickled takes its tree along, unless `home` gives the document anew wherever it is read.
    """

    __slots__ = ("blocks", "document", "home", "inside", "outside", "pages", "sections")

    def __init__(self) -> None:
        self.document: _D
        self.sections: dict[str, _S] = {}
        self.outside: dict[str, str] = {}
        self.inside: dict[str, list[_S]] = {}
        self.blocks: dict[Citation, _B] = {}
        self.pages: tuple[Page, ...] = ()
        self.home: Callable[[], _D] | None = None

    def add_section(self, id: str, section: _S, outside: str = "") -> None:
        """One more section, in reading order; `outside` is the id of the section it is a part of."""
        self.sections[id] = section
        if outside:
            self.outside[id] = outside
            self.inside.setdefault(outside, []).append(section)

    def lies_in(self, citation: Citation, place: Citation) -> bool:
        """Whether a place lies in another, sections within sections included, whatever their ids."""
        if citation.within(place):
            return True
        section = citation.section if place.block is None and citation.document == place.document else None
        while section:
            section = self.outside.get(section)
            if section == place.section:
                return section is not None
        return False

    def page_of(self, span: Span) -> Page | None:
        """The page on which a span begins; `None` without pages."""
        return next(iter(pages_of(self.pages, span)), None)

    def __reduce_ex__(self, protocol: Any) -> str | tuple[Any, ...]:
        if self.home is None:
            return super().__reduce_ex__(protocol)
        document: Any = self.document
        return _at_home, (self.home, document.sha256)


def _at_home(home: Callable[[], Any], sha256: str) -> Any:
    """The links of the document that `home` gives. Raises `SourceDamaged` where that is another text."""
    document = home()
    if document.sha256 != sha256:
        raise SourceDamaged(document.id, "what was pickled is of another text")
    return document.tree
