"""Works: published documents, as a bibliography wants them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Work:
    """A published document, as a bibliography wants it."""

    kind: Literal["report", "article"]
    """What it is, in CSL's words less the prefix: a report, or an article in a periodical."""
    name: str
    """How a human citation begins: "Harbour report"."""
    title: str
    """The title as a bibliography writes it."""
    authors: tuple[tuple[str, str], ...]
    """(family, given) of each author; an organisation has an empty given name."""
    publisher: str
    """Who published it."""
    periodical: str | None
    """The periodical it appeared in."""
    date: tuple[int, ...] | None
    """Year, month, day as the document states it, or what of them it states; `None` where it states none."""
    printed_authors: tuple[str, ...] = ()
    """The authors' names as the document prints them, where that is not given name before family name."""

    @property
    def author_names(self) -> tuple[str, ...]:
        """The authors' names in the order of their parts in print."""
        return self.printed_authors or tuple(f"{given} {family}".strip() for family, given in self.authors)
