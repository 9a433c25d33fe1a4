"""Lists that the records know, asked for in other languages: "tous les risques", "中国对北约的看法有哪些"."""

from __future__ import annotations

import re

from ncrelations.document.corpus import Corpus
from ncrelations.document.voice import Voice
from ncrelations.languages.speakers_asked import SpeakersAsked
from ncrelations.languages.structure_line import Line, Token

_ASKED = frozenset({"list", "all", "show", "how many", "which", "years"})
_GAP = 6
"""Letters of articles and cases between a name and the word that makes it the one who sees."""

_LOOKED_AT = {
    "ja": re.compile(r"に対する|への|を|に関する|についての"),
    "tr": re.compile(r"'?(?:y[ea] yönelik|[ea] yönelik|hakkında|ile ilgili)"),
}
"""What marks the side before it as the one that is seen."""

_SEEN = {"zh": re.compile(r"(?:对|關於|关于)$"), "ar": re.compile(r"(?:عن|حول|تجاه|إلى|ل)\s?$")}
"""What marks the side after it as the one that is seen."""


def list_asked(line: Line, corpus: Corpus, speakers: SpeakersAsked) -> str | None:
    """The English words for the list that a line asks for."""
    lists, ask = line.keys("list"), line.keys("ask")
    if len(lists) != 1 or not (ask & _ASKED or line.of("number")):
        return None
    names = [token for token in line.of("name") if token.key in speakers.sides or token.key in speakers.narrator_names]
    if not line.only("ask", "list", "document", "number", "agent", "saying", "mention", "unit", also=names):
        return None
    if names and not _is_of_sides(next(iter(lists)), corpus):
        return None
    if line.of("unit") and "point" not in line.keys("unit"):
        return None
    voice = _who_sees(line, [(token, speakers.sides[token.key]) for token in names if token.key in speakers.sides])
    whose = f"{corpus.speaker(voice).name}'s" if voice is not None else "the"
    asked = "how many of" if "how many" in ask else "list"
    years = " with years" if "years" in ask else ""
    return f"{asked} {whose} {next(iter(lists))}{years}"


def _is_of_sides(called: str, corpus: Corpus) -> bool:
    """Whether lists of that name are each the views of one side."""
    one = called.removesuffix("s")
    return any(each.voice is not None and one in each.nouns for each in corpus.lists)


def _who_sees(line: Line, sides: list[tuple[Token, Voice]]) -> Voice | None:
    """The side whose views are asked for: the one marked so, or else the first that is not marked as seen."""
    if not sides:
        return None
    for token, voice in sides:
        if any(_beside(line, agent, token) for agent in line.of("agent")) or _instrumental(line, token):
            return voice
    if line.language == "ru" and len(sides) > 1 and sides[1][0].start - sides[0][0].end <= 1:
        return sides[1][1]  # what is seen stands in the genitive before the one who sees, without a preposition
    free = [voice for token, voice in sides if not _is_seen(line, token)]
    return free[0] if free else sides[0][1]


def _beside(line: Line, agent: Token, side: Token) -> bool:
    after = line.language in ("tr", "ja")
    gap = agent.start - side.end if after else side.start - agent.end
    return 0 <= gap <= _GAP


def _instrumental(line: Line, side: Token) -> bool:
    return line.language == "ru" and line.text[side.start : side.end].lower().endswith(("ем", "ом"))


def _is_seen(line: Line, side: Token) -> bool:
    after, before = _LOOKED_AT.get(line.language), _SEEN.get(line.language)
    marked = after is not None and after.match(line.text, side.end)
    return bool(marked or (before is not None and before.search(line.text[: side.start])))
