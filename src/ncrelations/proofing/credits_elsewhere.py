"""Who is credited in drafts in other languages, whose own words of saying stand around the documents' English.

The names of the sides, of the documents and of their narrators are the glossary's; the words of saying are in
`crediting.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ncrelations.document.corpus import Corpus
from ncrelations.document.voice import Speaker
from ncrelations.languages.glossary import DENSE, Found, Glossary, primary
from ncrelations.proofing.named_speakers import Credit
from ncrelations.proofing.surroundings import Surroundings
from ncrelations.texts.whole_files import packaged_table

_WORDS = Path(__file__).with_name("crediting.toml")
_CLAUSE = re.compile(r"[,;:.!?()\[\]،؛。，；：、（）]|\s[—–-]\s")
_DOCUMENTS = frozenset({"report", "article"})
_NEAR = 40
"""Characters between a word of crediting and those credited."""


class CreditsElsewhere:
    """Finds who is credited in other languages, by the speakers and the glossary of a corpus. Immutable."""

    def __init__(self, corpus: Corpus, glossary: Glossary) -> None:
        self._glossary = glossary
        self._sides = {name: side.voice.value for side in corpus.sides for name in side.entities}
        self._reporter = next((s for s in corpus.narrators if s.reports), None)
        self._narrator = next((s for s in corpus.narrators if not s.reports), None)

    def credited(self, around: Surroundings, language: str) -> Credit | None:
        """Whom the words around a quotation credit; before it, else after it."""
        before, after = (" ".join(each.split()) for each in (around.before, around.after))
        credit = self._nearest(before, language) or self._clause(_first(after), language)
        # Where the verb comes last, a quotation stands between those who say it and the verb.
        return credit or self._clause(f"{_CLAUSE.split(before.rstrip(' ,，、'))[-1]} {_first(after)}", language)

    def _nearest(self, text: str, language: str) -> Credit | None:
        """The last clause before a quotation that credits somebody."""
        ends = [match.end() for match in _CLAUSE.finditer(text)]
        starts = [0, *ends]
        for number in range(len(starts) - 1, -1, -1):
            # "NATO, too, says": what is said may stand in the clause after those who say it.
            for first in (number, number - 1, number - 2):
                if first >= 0 and (credit := self._clause(text[starts[first] :], language)) is not None:
                    return credit
        return None

    def _clause(self, clause: str, language: str) -> Credit | None:
        found = self._glossary.found_in(clause, language, "names", "views")
        says = [match.span() for match in _says(primary(language)).finditer(clause)]
        says += [(each.start, each.end) for each in found if each.key == "according"]
        if not says:
            return None
        sides = [each for each in found if each.key in self._sides]
        # "The report says of NATO" has one word of saying, "according to the report NATO fears" has two.
        if sides and (
            len(says) > 1 or not any(each.key in _DOCUMENTS and each.start < sides[0].start for each in found)
        ):
            return self._side(clause, sides, says)
        speaker = self._narrated(clause, found)
        if speaker is None:
            return None
        own = not speaker.reports or any(each.key == "experts" for each in found)
        words = " ".join(clause.split())
        if own:
            return Credit(words, frozenset({speaker.voice.value}))
        return Credit(words, frozenset(), document=speaker.document)

    def _side(self, clause: str, sides: Sequence[Found], says: Sequence[tuple[int, int]]) -> Credit | None:
        """The side that says it: the only one named, or the nearest to the word of saying before it."""
        end = says[-1]
        near = min(sides, key=lambda each: max(each.start - end[1], end[0] - each.end, 0))
        if len({self._sides[each.key] for each in sides}) > 1 and near is not sides[0]:
            return None
        if max(near.start - end[1], end[0] - near.end) > _NEAR:
            return None
        return Credit(" ".join(clause.split()), frozenset({self._sides[near.key]}))

    def _narrated(self, clause: str, found: Sequence[Found]) -> Speaker | None:
        """The narrator that a clause names, by name, by its document, or as experts."""
        keys = {each.key for each in found}
        narrator = self._narrator
        if narrator is not None and (
            "article" in keys
            or keys & {*narrator.entities}
            or re.search(rf"\b(?:{narrator.names})\b", clause, re.IGNORECASE)
        ):
            return narrator
        return self._reporter if keys & {"report", "experts"} else None


def _first(text: str) -> str:
    """The first clause after a quotation."""
    return _CLAUSE.split(text.strip(" ,，、—–-"), maxsplit=1)[0]


@lru_cache(maxsize=16)
def _says(language: str) -> re.Pattern[str]:
    """The words of saying of a language."""
    table: dict[str, Any] = packaged_table(_WORDS)
    if language not in table["languages"]:
        return re.compile(r"(?!)")
    forms = [each.strip() for each in table["says"][table["languages"].index(language)].split(",")]
    if language in DENSE:
        return re.compile("|".join(map(re.escape, forms)))
    words = "|".join(re.escape(each.removesuffix("*")) + (r"\w*" if each.endswith("*") else "") for each in forms)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
