"""Conversations across languages: a follow-up in another language is put into English words.

What the conversation was about stands in English too: as the question of the bank that comes nearest to the
last one. A change of language in the middle therefore needs nothing of its own.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from ncrelations.conversations.follow_up import FollowUps
from ncrelations.conversations.state import ChatState, Resolved
from ncrelations.languages.cues import Seen, explained
from ncrelations.languages.detection import ENGLISH
from ncrelations.languages.glossary import Found
from ncrelations.languages.scorers import Scorers
from ncrelations.languages.speakers_asked import SpeakersAsked
from ncrelations.questions.question import Question

_SAYING = frozenset({
    "respond answer reply retaliate", "respond response reaction countermeasures", "explain argue claim say",
    "reject refuse oppose", "deny", "criticise condemn denounce", "interpret perceive image perceptions",
    "approach attitude stance posture", "consider regard treat as", "talk speak conversation",
})  # fmt: skip
"""Words that only ask what a side has to say."""

_OPENING_MOST, _BACK_MOST = 3, 2
"""How many names and terms a follow-up may have that begins like one, and one that points back."""


class OtherLanguages:
    """Reads follow-ups in other languages. Safe to share between threads."""

    def __init__(self, scorers: Scorers, follow_ups: FollowUps) -> None:
        self._scorers, self._cues, self._follow_ups = scorers, scorers.cues, follow_ups

    @cached_property
    def _speakers(self) -> SpeakersAsked:
        return SpeakersAsked(self._scorers.corpus)

    def in_english(self, state: ChatState) -> ChatState:
        """The state with its question in English."""
        language = self._scorers.language_of(state.question) if state.question else ENGLISH
        if language == ENGLISH:
            return state
        scorer = self._scorers.other(language)
        return replace(state, question=scorer.translated(state.question, next(iter(state.citations), None)))

    def resolved(self, state: ChatState, asked: Question) -> Resolved | None:
        """A follow-up in another language written out in full, in English; `None` if it stands on its own."""
        english = self._follow_up(asked) if state.question else None
        if english is None:
            return None
        found = self._follow_ups.written_out(state, self._scorers.english.read(english))
        if found is None:
            text = f"{english.strip('?')}, about {state.question}"
            found = Resolved(text, whole=False, voices=(), document=None, side="free", joined=state.question)
        if asked.voices and not found.whole:
            return replace(found, voices=asked.voices, document=asked.document, side="near")
        return found

    def _follow_up(self, asked: Question) -> str | None:
        """The English words of a follow-up; `None` for a question that does not look like one."""
        text = asked.text
        seen = self._cues.seen_in(text, asked.language)
        cues = self._cues.glossary.found_in(text, asked.language, "turns")
        cues = [each for each in cues if not (each.key == "back" and _inverted(text, seen, each))]
        speakers = {*self._speakers.sides, *self._speakers.narrator_names, "experts scholars"}
        topical = [each for each in seen.words if each.key not in speakers | _SAYING]
        if not topical and _nothing_else(text, seen, cues, asked.language):
            return self._switch(seen) or _bare(seen, cues)
        opening = any(each.key == "opening" and each.start == 0 for each in cues) and len(topical) <= _OPENING_MOST
        back = any(each.key == "back" for each in cues) and len(topical) <= _BACK_MOST
        if not opening and not back:
            return None
        asks = next((each.key for each in seen.asks if each.key != "what"), "what")
        words = " ".join(each.key if each.table == "names" else each.key.split()[0] for each in seen.words)
        return f"and {asks} {words}{' it' if back else ''}?"

    def _switch(self, seen: Seen) -> str | None:
        """The last question asked of another side or document."""
        sides, corpus = self._speakers.sides, self._scorers.corpus
        names = {corpus.speaker(sides[each.key]).name for each in seen.words if each.key in sides}
        narrator, reporter = self._speakers.narrator, self._speakers.reporter
        person = next(iter(narrator.entities), "") if narrator else ""
        if narrator and (seen.has("article") or any(each.key == person for each in seen.words)):
            return f"and {narrator.person or narrator.document}?"
        if reporter and (seen.has("report") or seen.has("experts")):
            return f"and the {reporter.document}?"
        return f"and {names.pop()}?" if len(names) == 1 else None


def _inverted(text: str, seen: Seen, pronoun: Found) -> bool:
    """Whether a pronoun only repeats the subject named before it: "Pékin a-t-il ...?"."""
    named = any(each.table == "names" and each.end <= pronoun.start for each in seen.words)
    return named and text[: pronoun.start].endswith("-")


def _nothing_else(text: str, seen: Seen, cues: list[Found], language: str) -> bool:
    """Whether a line has no word but those of sides, of asking and of conversations."""
    everything = replace(seen, words=(*seen.words, *cues))
    return explained(text, everything, language) == 1.0


def _bare(seen: Seen, cues: list[Found]) -> str | None:
    """A question word alone, or "go on"."""
    ask = next((each.key for each in seen.asks if each.key != "what"), None)
    if ask is not None:
        return {"when did": "when?", "in which year": "when?"}.get(ask, f"{ask}?")
    return "go on" if any(each.key == "bare" for each in cues) else None
