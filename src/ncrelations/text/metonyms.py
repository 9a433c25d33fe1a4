"""One name for each power: what askers call it, replaced before a question is matched, never in what is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ncrelations.text.patterns import Pattern
from ncrelations.text.words import fold_accents


@dataclass(frozen=True)
class Metonyms:
    """Names that stand for another one."""

    names: Mapping[str, Sequence[str]]
    """Each name under which questions are matched, with those that stand for it."""
    places_after: Sequence[str] = ()
    """Words after which a name is a place, and is kept ("the talks in Vienna")."""
    parts_of: Sequence[str] = ()
    """Words after which it is a part of another name."""

    def replaced(self, text: str) -> str:
        """The text with every such name replaced."""
        if not self.names:
            return text
        return self._pattern.sub(lambda m: m[0] if m["place"] else self._meant[fold_accents(m["name"])], text)

    @cached_property
    def _meant(self) -> dict[str, str]:
        return {fold_accents(name): ours for ours, names in self.names.items() for name in names}

    @cached_property
    def _pattern(self) -> Pattern:
        names = "|".join(re.escape(name) for name in sorted(self._meant, key=len, reverse=True))
        places = "|".join(re.escape(word) for word in self.places_after)
        kept = "".join(rf"(?<!{re.escape(word)} )" for word in self.parts_of)
        before = rf"(?P<place>\b(?:{places}) )?" if places else "(?P<place>(?!))?"
        needs = tuple(self._meant) if names.isascii() else ()
        return Pattern(rf"{before}{kept}\b(?P<name>{names})\b", re.IGNORECASE, needs)
