"""Whose view a question in another language asks for, by the words that the glossary has of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ncrelations.document.corpus import Corpus
from ncrelations.document.voice import Speaker, Voice
from ncrelations.languages.cues import Seen
from ncrelations.languages.glossary import Found
from ncrelations.text.words import terms

_Named = Sequence[tuple[Found, Voice]]
"""The sides named, in order."""

_REFLEXIVE, _CLOSE = re.compile(r"\b(?:s'|se |sich )$", re.IGNORECASE), 6  # letters for an article
_OBJECT = re.compile(r"を|'(?:yi|yu|yı|yü|i|ı|u|ü)\b")
"""What marks the side before it as the one that is looked at."""

_DATIVE = re.compile(r"'y?[ea]\b")
_BREAK = re.compile(r"[，,；;。.？?、]|\b(?:et|und|y|и|а|ve|و)\b")


class SpeakersAsked:
    """Finds the speakers that questions in other languages ask. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.sides = {name: side.voice for side in corpus.sides for name in side.entities}
        """The voices of the sides by the names of the entities that stand for them."""
        self.reporter = next((s for s in corpus.narrators if s.reports), None)
        """The narrator of the document that reports the sides' views."""
        self.narrator = next((s for s in corpus.narrators if not s.reports), None)
        """The narrator of another."""
        self.narrator_names = frozenset(self.narrator.entities if self.narrator else ())
        """The entities that stand for that narrator."""

    def voices(self, text: str, seen: Seen) -> tuple[Voice, ...]:
        """The sides and speakers whose views are asked for."""
        recommended = any(each.key.startswith("recommend") for each in seen.words)
        reporter = self._reporter_named(seen, recommended=recommended)
        if self.narrator is not None and self.names_narrator(seen):
            found = (reporter, self.narrator)
            return tuple(s.voice for s in self._corpus.speakers if s in found)
        sides = [(each, self.sides[each.key]) for each in seen.words if each.key in self.sides]
        if reporter and sides and any(e.key == "experts" and e.start < sides[0][0].start for e in seen.views):
            return (reporter.voice,)
        if not sides or not _opinion(seen) or self._of_another(text, seen, sides[0][0]):
            return (reporter.voice,) if reporter and (recommended or not sides) else ()
        every = tuple(side.voice for side in self._corpus.sides)
        all_named = {voice for _, voice in sides} == set(every) and len(every) > 1
        if all_named and (seen.has("each") or _answer_each_other(text, seen, sides)):
            return every
        return (_subject(text, seen, sides),)

    def _reporter_named(self, seen: Seen, *, recommended: bool) -> Speaker | None:
        named = seen.has("report") or (seen.has("experts") and (recommended or _opinion(seen)))
        return self.reporter if named else None

    def names_narrator(self, seen: Seen) -> bool:
        """Whether a question names the narrator that reports no one's views, or that document."""
        return seen.has("article") or any(each.key in self._called for each in seen.words)

    @property
    def _called(self) -> frozenset[str]:
        known = {entity.name for entity in self._corpus.entities.all}
        return self.narrator_names & known

    def document(self, seen: Seen) -> str | None:
        """The document named."""
        person = next(iter(self.narrator.entities), "") if self.narrator else ""
        narrated = seen.has("article") or any(each.key == person for each in seen.words)
        if narrated == seen.has("report"):
            return None
        speaker = self.narrator if narrated else self.reporter
        return speaker.document if speaker else None

    def topic(self, text: str, seen: Seen, voices: Sequence[Voice]) -> str | None:
        """The question without the speaker or document that it names."""
        if not {s.voice for s in self._corpus.narrators} & {*voices} and not seen.has("report"):
            return None
        person = next(iter(self.narrator.entities), "") if self.narrator else ""
        cues = [each for each in seen.views if each.key in ("according", "article", "report", "experts")]
        cues += [each for each in seen.words if each.key == person]
        bare = text
        for each in cues:
            bare = bare[: each.start] + " " * (each.end - each.start) + bare[each.end :]
        bare = " ".join(bare.split()).strip(" ,，?？")
        return bare if terms(bare) or len(bare) > 2 else None

    def _of_another(self, text: str, seen: Seen, side: Found) -> bool:
        """Whether the view is that of another actor, named before any side: "How does the EU see them?"."""
        if not any(each.key in self._corpus.observers and each.start < side.start for each in seen.words):
            return False
        looked_at = _OBJECT.match(text, side.end) or _DATIVE.match(text, side.end)
        asked = (each for each in seen.views if each.key in ("view", "according"))
        return bool(looked_at) or any(each.start < side.start for each in asked)


def _opinion(seen: Seen) -> bool:
    return any(seen.has(cue) for cue in ("view", "according")) or any(
        each.key == "worries" and each.end - each.start > 1 for each in seen.views
    )


def _subject(text: str, seen: Seen, sides: _Named) -> Voice:
    """Whose view: the side beside "according to", or else the first one that is not an object."""
    for cue in (each for each in seen.views if each.key == "according"):
        near = min(sides, key=lambda side: max(side[0].start - cue.end, cue.start - side[0].end))
        return near[1]
    for cue in (each for each in seen.views if each.key == "worries" and not _REFLEXIVE.search(text[: each.start])):
        worried = [voice for found, voice in sides if 0 <= found.start - cue.end <= _CLOSE]
        if worried:
            return worried[0]
    free = [voice for found, voice in sides if not _OBJECT.match(text, found.end)]
    return free[0] if free else sides[0][1]


def _answer_each_other(text: str, seen: Seen, sides: _Named) -> bool:
    """Whether the question asks one side's view and then, after a break, the other's."""
    first = sides[0][1]
    other = next(found for found, voice in sides if voice != first)
    breaks = [m.start() for m in _BREAK.finditer(text) if sides[0][0].end <= m.start() <= other.start]
    views = [each.start for each in seen.views if each.key == "view"]
    return any(any(v > at for v in views) and any(v < at for v in views) for at in breaks)
