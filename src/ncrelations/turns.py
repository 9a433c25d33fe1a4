"""Conversations across languages: a follow-up in another language is put into English words for `followup`.

What the conversation was about stands in English too: as the question of the bank that comes nearest to the
last one. A change of language in the middle therefore needs nothing of its own.
"""

from __future__ import annotations

from dataclasses import replace

from ncrelations.answer import library, library_for
from ncrelations.followup import ChatState, Resolved, written_out
from ncrelations.foreign import SIDES, Seen, explained, seen_in
from ncrelations.glossary import Found, found_in
from ncrelations.question import Question

_SPEAKERS = frozenset({*SIDES, "Brian Wong", "Taihe Institute", "article author", "experts scholars"})
_SAYING = frozenset({
    "respond answer reply retaliate", "respond response reaction countermeasures", "explain argue claim say",
    "reject refuse oppose", "deny", "criticise condemn denounce", "interpret perceive image perceptions",
    "approach attitude stance posture", "consider regard treat as", "talk speak conversation",
})  # fmt: skip
"""Words that only ask what a side has to say."""

_OPENING_MOST, _BACK_MOST = 3, 2
"""How many names and terms a follow-up may have that begins like one, and one that points back."""


def in_english(state: ChatState) -> ChatState:
    """The state with its question in English."""
    whole = library_for(state.question)
    if not state.question or whole.foreign is None:
        return state
    return replace(state, question=whole.foreign.translated(state.question, next(iter(state.citations), None)))


def resolved(state: ChatState, asked: Question) -> Resolved | None:
    """A follow-up in another language written out in full, in English; `None` if it stands on its own."""
    english = _follow_up(asked) if state.question else None
    if english is None:
        return None
    read = library().read
    found = written_out(state, read(english), read)
    if found is None:
        text = f"{english.strip('?')}, about {state.question}"
        found = Resolved(text, whole=False, voices=(), document=None, side="free", joined=state.question)
    if asked.voices and not found.whole:
        return replace(found, voices=asked.voices, document=asked.document, side="near")
    return found


def _follow_up(asked: Question) -> str | None:
    """The English words of a follow-up; `None` for a question that does not look like one."""
    text = asked.text
    seen, cues = seen_in(text, asked.language), found_in(text, asked.language, "turns")
    cues = [each for each in cues if not (each.key == "back" and _inverted(text, seen, each))]
    topical = [each for each in seen.words if each.key not in _SPEAKERS | _SAYING]
    if not topical and _nothing_else(text, seen, cues, asked.language):
        return _switch(seen) or _bare(seen, cues)
    opening = any(each.key == "opening" and each.start == 0 for each in cues) and len(topical) <= _OPENING_MOST
    back = any(each.key == "back" for each in cues) and len(topical) <= _BACK_MOST
    if not opening and not back:
        return None
    asks = next((each.key for each in seen.asks if each.key != "what"), "what")
    words = " ".join(each.key if each.table == "names" else each.key.split()[0] for each in seen.words)
    return f"and {asks} {words}{' it' if back else ''}?"


def _inverted(text: str, seen: Seen, pronoun: Found) -> bool:
    """Whether a pronoun only repeats the subject named before it: "Pékin a-t-il ...?"."""
    named = any(each.table == "names" and each.end <= pronoun.start for each in seen.words)
    return named and text[: pronoun.start].endswith("-")


def _nothing_else(text: str, seen: Seen, cues: list[Found], language: str) -> bool:
    """Whether a line has no word but those of sides, of asking and of conversations."""
    everything = replace(seen, words=(*seen.words, *cues))
    return explained(text, everything, language) == 1.0


def _switch(seen: Seen) -> str | None:
    """The last question asked of another side or document."""
    names = {"China" if SIDES[each.key].value == "china" else "NATO" for each in seen.words if each.key in SIDES}
    if any(each.key == "Brian Wong" for each in seen.words) or seen.has("article"):
        return "and Wong?"
    if seen.has("report") or seen.has("experts"):
        return "and the report?"
    return f"and {names.pop()}?" if len(names) == 1 else None


def _bare(seen: Seen, cues: list[Found]) -> str | None:
    """A question word alone, or "go on"."""
    ask = next((each.key for each in seen.asks if each.key != "what"), None)
    if ask is not None:
        return {"when did": "when?", "in which year": "when?"}.get(ask, f"{ask}?")
    return "go on" if any(each.key == "bare" for each in cues) else None
