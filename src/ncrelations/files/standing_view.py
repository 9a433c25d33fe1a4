"""In whose voice a document stands while its sections and blocks are gone through."""

from __future__ import annotations

from dataclasses import dataclass

from ncrelations.document.voice import View


@dataclass(slots=True)
class Standing:
    """The voice that holds at one place of a document, and what ends it."""

    own: View
    """The document's own."""
    current: View
    """The one that holds here."""
    phrase: str
    """The words that name the document's holder."""
    level: int = 0
    """How deep the heading stands that named the current one."""
    statements: int = 0
    """How many headings beside it name holders."""
    inner: bool = False
    """Whether it names another than the title."""
    annexed: bool = False
    """Whether the last block only said that an annex begins."""
    reply: bool = False
    """Whether it is one of several replies, which a numbered title ends."""
    group: View | None = None
    """For whom a speaker spoke who goes on for the own state."""

    def begin(self, current: View, level: int, statements: int = 0) -> None:
        """Another's words begin below a heading."""
        self.current, self.level, self.statements, self.reply = current, level, statements, False

    def end(self) -> None:
        """The document goes on in its own voice."""
        self.current, self.level, self.reply = self.own, 0, False
