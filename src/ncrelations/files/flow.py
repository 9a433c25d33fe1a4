"""Writing the text of formats without lines or pages: block after block, word after word."""

from __future__ import annotations

import re

from ncrelations.document.spans import LeafKind
from ncrelations.files.cutting import Writer
from ncrelations.files.file_kind import CONTROLS
from ncrelations.files.file_text import BlockKind

_NO_WORDS = re.compile(rf"[{CONTROLS}\ufffe\uffff]")


class Flow(Writer):
    """Writes blocks one after the other; marks inside them are parts of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._kind, self._block = LeafKind.TEXT, "p"
        self._level: int | None = None
        self._number: str | None = None
        self._begun = False
        self.headings = 0

    def begin(
        self,
        kind: LeafKind = LeafKind.TEXT,
        block: BlockKind = "p",
        level: int | None = None,
        number: str | None = None,
    ) -> None:
        """Begin a block; words that follow belong to it."""
        self.space("\n\n")
        self._kind, self._block, self._level, self._number = kind, block, level, number
        self._begun = False

    def words(self, text: str) -> None:
        """Words of the block."""
        text = _NO_WORDS.sub("\N{REPLACEMENT CHARACTER}", text)
        if not text.strip():
            self.space(text)
            return
        self.headings += self._kind is LeafKind.HEADING and not self._begun
        number = None if self._begun else self._number
        self.add(text, self._kind, self._block, self._level, number, continues=self._begun)  # type: ignore[arg-type]  # a BlockKind
        self._begun = True

    def mark(self, text: str) -> None:
        """A mark that is no word: a bullet, a number, the call of a footnote."""
        self.add(text, LeafKind.MARK)
