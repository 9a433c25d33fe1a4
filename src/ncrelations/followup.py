"""Reading a follow-up: what "and China?", "why?" or "what did they say about it?" mean.

Nothing here looks at scores. The result is a question written out in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ncrelations.citation import Citation
from ncrelations.corpus import resolve
from ncrelations.document import Block, Voice
from ncrelations.gazetteer import EVERYWHERE, mentioned
from ncrelations.question import Question
from ncrelations.words import STOPWORDS, pieces_of

Reader = Callable[[str], Question]
"""What reads a question on its own."""


@dataclass(frozen=True, slots=True)
class ChatState:
    """What a follow-up needs to know of the conversation."""

    question: str = ""
    """The last question, written out in full; empty at the beginning."""
    citations: tuple[Citation, ...] = ()
    """The blocks that the last answer showed, best first."""
    voice: Voice | None = None
    """The side or speaker asked for."""
    document: str | None = None
    """The document asked for."""


_OPENING = re.compile(
    r"^(?:and|but|so|also|or|then|ok|okay|well|yes|no|what about|how about|what of|only|just|same for|now|in the"
    r"|from the|according to|for|by|with|instead|rather)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|this|that|these|those|there|then|such|the same|former"
    r"|latter|ones?|else|more|exactly|again|instead|too|as well|either|other|another|the two|here|afterwards)\b"
    r"|\b(?:say|think|want|reply|answer)\W*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:why|how|who|when|where|how so|why so|why not|since when|how come|how many|how often|says who|such as"
    r"|like what|and|go on|more|which ones|in what way|for example|examples?|what else|anything else|what for"
    r"|to what end|with what result)\W*$",
    re.IGNORECASE,
)
_SIDE_WORDS = frozenset({
    "nato", "alliance", "allies", "allied", "west", "western", "china", "chinese", "beijing", "prc", "view",
    "views", "side", "perception", "perceptions", "perspective", "opinion", "opinions", "position", "standpoint",
    "article", "wong", "author", "report", "experts", "expert", "group", "document", "only", "just", "instead",
    "rather", "brian", "essay", "think", "thinks", "say", "says", "said", "see", "sees", "according", "one", "ones",
    "write", "writes", "answer", "answers", "respond", "responds", "reply", "replies", "react", "reacts",
    "reaction", "make", "makes", "put", "puts", "describe", "describes", "argue", "argues", "matter", "topic",
    "subject", "issue", "point", "regard", "question", "text", "there", "itself", "themselves", "leaders",
})  # fmt: skip
"""Words that name a side or document, or only ask for what it says."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A follow-up written out in full."""

    text: str
    """The question in full."""
    whole: bool
    """Whether it is the last question again, for another side or document."""
    voices: tuple[Voice, ...]
    """The sides and speakers whose views it asks for."""
    document: str | None
    """The document it asks of."""
    side: Literal["free", "near", "only"] = "near"
    """How far to keep to the side it names."""
    other: Voice | None = None
    """The other side, where the last question is asked again for it."""
    joined: str | None = None
    """The question before, where this one is read beside it."""
    aside: bool = False
    """Whether it only asks for a detail (who, when, why) and leaves the subject as it was."""

    def shown(self, asked: str) -> str:
        """How the reading is shown to the asker."""
        return self.text if self.joined is None else f"{asked} (after: {self.joined})"


def written_out(state: ChatState, asked: Question, reader: Reader) -> Resolved | None:
    """The question written out in full; `None` if it stands on its own."""
    if not state.question:
        return None
    text = asked.text.strip(" ?!.")
    if swapped := _other_way(state, text):
        return swapped
    topical = [p for p in pieces_of(text) if p.folded not in STOPWORDS and p.folded not in _SIDE_WORDS]
    at_a_side = state.voice is None and _AT_A_SIDE.search(text)
    if not topical and not at_a_side and not any(pattern.search(text) for pattern in _NO_SWITCH):
        side = side_meant(text)
        if side is not None or asked.document is not None:
            return _switched(state, asked, side, reader)
    if _WHO_IS.search(text) and asked.named and not _POINTS_BACK.search(text):
        return None
    if not _leans(text, len(topical)):
        return None
    asking = () if _AT_A_SIDE.search(text) and state.voice is None else asked.voices
    carried = (state.voice,) if state.voice and _POINTS_BACK.search(text) else ()
    if side := side_meant(text) if _THEY.search(text) and _VIEW.search(text) else None:
        carried = (side,)
    voices = asking or carried
    keep: Literal["near", "free"] = "near" if asking else "free"
    if exchanged := _exchanged(state, asked, reader):
        return Resolved(exchanged, whole=False, voices=voices, document=asked.document, side=keep)
    return Resolved(
        _in_full(state, asked, reader),
        whole=False,
        voices=voices,
        document=asked.document,
        side=keep,
        joined=state.question,
        aside=not topical,
    )


_AT_A_SIDE = re.compile(r"\bon the (?:chinese|nato|western|allied|other) side\b", re.IGNORECASE)
_OTHER_WAY = re.compile(
    r"\b(?:other way (?:a)?round|vice versa|conversely|in reverse|the reverse|the converse)\b", re.IGNORECASE
)
_WHO_IS = re.compile(r"^(?:and |so )?who (?:is|was|are)\b", re.IGNORECASE)


def _other_way(state: ChatState, text: str) -> Resolved | None:
    """The last question with the sides exchanged, where that is asked for ("and the other way round?")."""
    if not _OTHER_WAY.search(text) or state.voice not in (Voice.NATO, Voice.CHINA):
        return None
    side = Voice.CHINA if state.voice is Voice.NATO else Voice.NATO
    swapped = _sides_swapped(state.question, side)
    return Resolved(swapped, whole=True, voices=(side,), document=None, side="only", other=side)


_PAST = re.compile(r"\b(?:did|has|have|had|was|were)\b", re.IGNORECASE)
_OBJECT = re.compile(r"^(?:and|but|so) (?:about|of|on|to|with) ", re.IGNORECASE)
_VIEW = re.compile(
    r"\b(?:views?|perceptions?|perspective|opinions?|position|standpoint|think|see|sees|say|says|answer|respond|reply|react"
    r"|make of|take|side|only|just)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:and |but |what |how |so )*(?:about|on|of|with|to|for|in|from) (?:the )?[\w.'’ -]{2,40}\W*$", re.IGNORECASE
)
_JOINT = re.compile(r"^(?:and|but|so|also|or|then|ok|okay|well|yes|no)\b[ ,]*", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:it|this|that|these|those|such|the same|that one|this one)\b"
    r"(?! (?:is|are|was|were|he|she|they|nato|china)\b)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|him)\b", re.IGNORECASE)
_NO_SWITCH = (_BARE, _OBJECT, _PAST, _PERSON, _WHO_IS)
"""What asks for more than the same question of another side."""
_THERE = re.compile(r"\bthere\b|\bthat place\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|them)\b", re.IGNORECASE)


def _exchanged(state: ChatState, asked: Question, reader: Reader) -> str | None:
    """The last question with its last name exchanged for the one that a follow-up names ("and about Iran?")."""
    before = reader(state.question)
    if not (_ABOUT.match(asked.text) and before.named and asked.named):
        return None
    last, new = before.named[-1], asked.named[-1]
    return state.question[: last.start] + asked.text[new.start : new.end] + state.question[last.end :]


def _in_full(state: ChatState, asked: Question, reader: Reader) -> str:
    """A follow-up with what it points back to put in."""
    before = reader(state.question)
    own = _JOINT.sub("", asked.text.strip(" ?!."))
    subject = _subject(before)
    if _BARE.match(own):
        return f"{own} {state.question}" if not own.lower().startswith("and") else state.question
    text = own if side_meant(own) else _THEY.sub(lambda m: _party(state, m[0]), own)
    if person := _person(state):
        text = _PERSON.sub(person, text)
    place = _named_first(state, "place")
    if place and "that place" in text.lower():
        return _THERE.sub(place, text, count=1) + "?"
    if _THERE.search(text):
        return _THERE.sub(f"there ({subject})", text, count=1) + "?"
    put_in, times = _THING.subn(lambda _: subject, text, count=1)
    if times or len(own.split()) > 4:
        return f"{put_in}?"  # the question before is scored beside this one
    return f"{text}, about {subject}?"


_QUESTION_WORDS = re.compile(
    r"^(?:and |but |so )*(?:what|how|why|who|when|where|which|does|do|did|is|are|was|were|can|could|should|might|will"
    r"|would|has|have|list|name|tell me|explain|please)\b"
    r"(?: (?:does|do|did|is|are|was|were|can|could|should|might|will|would|has|have))?"
    r"|\b(?:say|says|think|thinks|believe|see|sees|about|mean|the article|the report|wong|according to)\b",
    re.IGNORECASE,
)


def _subject(before: Question) -> str:
    """What a question is about, in its own words without those of asking, at most fourteen of them."""
    text = before.topic or before.text
    for _ in range(2):
        text = _QUESTION_WORDS.sub(" ", text.strip())
    text = _LEADING_SIDE.sub("", text.strip(" ?!.,"))
    return " ".join(text.split()[:14]) or before.text.strip(" ?!.")


_LEADING_SIDE = re.compile(
    r"^(?:the )?(?:NATO|China|Beijing|Chinese|West|Alliance|allies|experts)(?:'s|’s)? (?!and\b)(?=\w+ \w)",
    re.IGNORECASE,
)


def _party(state: ChatState, typed: str) -> str:
    """Whom "they" means: the side under discussion."""
    names = {Voice.NATO: "NATO", Voice.CHINA: "China", Voice.EXPERTS: "the experts"}
    return names.get(state.voice, typed) if state.voice else typed


def _person(state: ChatState) -> str | None:
    """The person that the last question or else the best excerpt named first."""
    return "Wong" if state.voice is Voice.AUTHOR else _named_first(state, "person")


def _named_first(state: ChatState, kind: str) -> str | None:
    """The entity of a kind that the last question named, or else the last answer's best passage first."""
    if not state.citations:
        return None
    block = resolve(state.citations[0])
    assert isinstance(block, Block)  # answers cite blocks
    found = sorted((m.span.start, m.entity) for m in mentioned(block) if m.kind == kind)
    names = [name for _, name in found if name not in EVERYWHERE]
    asked = [name for name in names if name.split()[-1] in state.question]
    return next(iter(asked or names), None)


def _leans(text: str, topical: int) -> bool:
    """Whether a question cannot be understood without the one before."""
    if _BARE.match(text) or topical == 0:
        return True
    if _OPENING.match(text):
        return topical <= 5
    return (bool(_POINTS_BACK.search(text)) and topical <= 4) or (topical == 1 and len(text.split()) <= 4)


def side_meant(text: str) -> Voice | None:
    """The side that a short follow-up names: "and China?", "the Chinese view", "only Wong"."""
    names = {
        Voice.NATO: r"\b(?:nato|alliance|allies|allied|west|western)\b",
        Voice.CHINA: r"\b(?:china|chinese|beijing|prc)\b",
        Voice.EXPERTS: r"\b(?:experts?|group)\b",
        Voice.AUTHOR: r"\b(?:wong|author|brian)\b",
    }
    meant = [voice for voice, pattern in names.items() if re.search(pattern, text, re.IGNORECASE)]
    return meant[0] if len(meant) == 1 else None


def _switched(state: ChatState, asked: Question, side: Voice | None, reader: Reader) -> Resolved:
    """The last question again, for another side or in another document.

    After one side's perceptions, or where a view is asked for, the other side's own perceptions are
    meant; after what the experts or the author say, what they say of the other side.
    """
    if side in (Voice.NATO, Voice.CHINA):
        text = _sides_swapped(state.question, side)
        if state.voice in (Voice.NATO, Voice.CHINA) or _VIEW.search(asked.text):
            return Resolved(text, whole=True, voices=(side,), document=asked.document, side="only", other=side)
        return Resolved(text, whole=True, voices=(side,), document=state.document, side="free", other=side)
    base = reader(state.question)
    document = "article" if side is Voice.AUTHOR else asked.document or "report"
    voices = (Voice.AUTHOR,) if document == "article" else (side,) if side else ()
    return Resolved(base.topic or base.text, whole=True, voices=voices, document=document, side="free")


_NATO_NAMES = re.compile(r"\b(?:NATO|the Alliance|the alliance|the West|western countries|NATO allies)\b('s)?")
_CHINA_NAMES = re.compile(r"\b(?:China|Beijing|the Chinese)\b('s)?")


def _sides_swapped(text: str, side: Voice) -> str:
    """The question with the sides exchanged, if it asks for the other one's view first."""
    nato, china = _NATO_NAMES.search(text), _CHINA_NAMES.search(text)
    first = min((m for m in (nato, china) if m), key=lambda m: m.start(), default=None)
    if first is None or (first is china) == (side is Voice.CHINA):
        return text
    marked = _NATO_NAMES.sub(lambda m: f"\0{m[1] or ''}", text)
    return _CHINA_NAMES.sub(lambda m: f"NATO{m[1] or ''}", marked).replace("\0", "China")
