"""Reading a follow-up: what "and the others?", "why?" or "what did they say about it?" mean.

Nothing here looks at scores. The result is a question written out in full.
"""

from __future__ import annotations

import re
from functools import cached_property

from ncrelations.conversations.state import ChatState, Resolved
from ncrelations.document.voice import Voice
from ncrelations.questions.question import Question
from ncrelations.questions.reading import QuestionReader
from ncrelations.text.words import STOPWORDS, pieces_of

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
    "view",
    "views", "side", "perception", "perceptions", "perspective", "opinion", "opinions", "position", "standpoint",
    "article", "author", "report", "experts", "expert", "group", "document", "only", "just", "instead",
    "rather", "essay", "think", "thinks", "say", "says", "said", "see", "sees", "according", "one", "ones",
    "write", "writes", "answer", "answers", "respond", "responds", "reply", "replies", "react", "reacts",
    "reaction", "make", "makes", "put", "puts", "describe", "describes", "argue", "argues", "matter", "topic",
    "subject", "issue", "point", "regard", "question", "text", "there", "itself", "themselves", "leaders",
})  # fmt: skip
"""Words that name a side or document, or only ask for what it says."""
_OTHER_WAY = re.compile(
    r"\b(?:other way (?:a)?round|vice versa|conversely|in reverse|the reverse|the converse)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:the )?(?:other|opposite|opposing) (?:side|party|camp|one|view|perspective)\b|\bthe others\b", re.IGNORECASE
)
_WHO_IS = re.compile(r"^(?:and |so )?who (?:is|was|are)\b", re.IGNORECASE)
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
_THING = (
    r"\b(?:it|this|that|these|those|such|the same|that one|this one)\b"
    r"(?! (?:is|are|was|were|he|she|they|SIDES)\b)"
)
_PERSON = re.compile(r"\b(?:he|she|him)\b", re.IGNORECASE)
_NO_SWITCH = (_BARE, _OBJECT, _PAST, _PERSON, _WHO_IS)
"""What asks for more than the same question of another side."""
_THERE = re.compile(r"\bthere\b|\bthat place\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|them)\b", re.IGNORECASE)
_QUESTION_WORDS = (
    r"^(?:and |but |so )*(?:what|how|why|who|when|where|which|does|do|did|is|are|was|were|can|could|should|might|will"
    r"|would|has|have|list|name|tell me|explain|please)\b"
    r"(?: (?:does|do|did|is|are|was|were|can|could|should|might|will|would|has|have))?"
    r"|\b(?:say|says|think|thinks|believe|see|sees|about|mean|NARRATORS|according to)\b"
)


class FollowUps:
    """Reads follow-ups to questions about one corpus. Immutable; safe to share between threads."""

    def __init__(self, reader: QuestionReader) -> None:
        self._reader, self._corpus, self._whose = reader, reader.corpus, reader.whose_view

    def written_out(self, state: ChatState, asked: Question) -> Resolved | None:
        """The question written out in full; `None` if it stands on its own."""
        if not state.question:
            return None
        text = asked.core.strip(" ?!.")
        if swapped := self._other_way(state, text):
            return swapped
        words = _SIDE_WORDS | self._speakers_words
        topical = [p for p in pieces_of(text) if p.folded not in STOPWORDS and p.folded not in words]
        at_a_side = state.voice is None and self._at_a_side.search(text)
        if not topical and not at_a_side and not any(pattern.search(text) for pattern in _NO_SWITCH):
            side = self._whose.meant(text) or self._other_side(state, text)
            if side is not None or asked.document is not None:
                return self._switched(state, asked, side)
        if _WHO_IS.search(text) and asked.named and not _POINTS_BACK.search(text):
            return None
        return self._leaning(state, asked, text, len(topical)) if _leans(text, len(topical)) else None

    def _other_side(self, state: ChatState, text: str) -> Voice | None:
        """The other side than the one under discussion, where a follow-up names it so."""
        return self._whose.other(state.voice) if state.voice is not None and _OTHER.search(text) else None

    def _leaning(self, state: ChatState, asked: Question, text: str, topical: int) -> Resolved:
        """A question that cannot be understood without the one before."""
        asking = () if self._at_a_side.search(text) and state.voice is None else asked.voices
        carried = (state.voice,) if state.voice and _POINTS_BACK.search(text) else ()
        if side := self._whose.meant(text) if _THEY.search(text) and _VIEW.search(text) else None:
            carried = (side,)
        exchanged = self._exchanged(state, asked)
        return Resolved(
            exchanged or self._in_full(state, asked),
            whole=False,
            voices=asking or carried,
            document=asked.document,
            side="near" if asking else "free",
            joined=None if exchanged else state.question,
            aside=not exchanged and not topical,
        )

    @cached_property
    def _speakers_words(self) -> frozenset[str]:
        """The words that name speakers and their documents."""
        found = "|".join(
            [*(s.short for s in self._corpus.speakers), *(s.document or "" for s in self._corpus.speakers)]
        )
        more = "|".join(s.names for s in self._corpus.sides)
        plain = re.sub(r"(\w)\?", r"\1", found) + "|" + re.sub(r"\w\?", "", found) + "|" + more
        return frozenset(piece.folded for piece in pieces_of(plain))

    @cached_property
    def _at_a_side(self) -> re.Pattern[str]:
        names = "|".join(s.short for s in self._corpus.sides) or "(?!)"
        return re.compile(rf"\bon the (?:{names}|other) side\b", re.IGNORECASE)

    def _other_way(self, state: ChatState, text: str) -> Resolved | None:
        """The last question with the sides exchanged, where that is asked for ("and the other way round?")."""
        side = self._whose.other(state.voice) if state.voice and self._whose.is_side(state.voice) else None
        if side is None or not _OTHER_WAY.search(text):
            return None
        swapped = self._sides_swapped(state.question, side)
        return Resolved(swapped, whole=True, voices=(side,), document=None, side="only", other=side)

    def _switched(self, state: ChatState, asked: Question, side: Voice | None) -> Resolved:
        """The last question again, for another side or in another document.

        After one side's perceptions, or where a view is asked for, the other side's own perceptions are
        meant; after what a narrator says, what that narrator says of the other side.
        """
        if side is not None and self._whose.is_side(side):
            text = self._sides_swapped(state.question, side)
            if self._whose.is_side(state.voice) or _VIEW.search(asked.core):
                return Resolved(text, whole=True, voices=(side,), document=asked.document, side="only", other=side)
            return Resolved(text, whole=True, voices=(side,), document=state.document, side="free", other=side)
        base = self._reader.read(state.question)
        speaker = next((s for s in self._corpus.narrators if s.voice == side), None)
        document = asked.document or (speaker.document if speaker else None)
        alone = next((s for s in self._corpus.narrators if s.document == document and not s.reports), None)
        voices = (alone.voice,) if alone else (side,) if side else ()
        return Resolved(base.topic or base.text, whole=True, voices=voices, document=document, side="free")

    def _exchanged(self, state: ChatState, asked: Question) -> str | None:
        """The last question with its last name exchanged for the one that a follow-up names ("and about Iran?")."""
        before = self._reader.read(state.question)
        if not (_ABOUT.match(asked.core) and before.named and asked.named):
            return None
        last, new = before.named[-1], asked.named[-1]
        return state.question[: last.start] + asked.core[new.start : new.end] + state.question[last.end :]

    def _in_full(self, state: ChatState, asked: Question) -> str:
        """A follow-up with what it points back to put in."""
        before = self._reader.read(state.question)
        own = _JOINT.sub("", asked.core.strip(" ?!."))
        subject = self._subject(before)
        if _BARE.match(own):
            return f"{own} {state.question}" if not own.lower().startswith("and") else state.question
        text = own if self._whose.meant(own) else _THEY.sub(lambda m: self._party(state, m[0]), own)
        if person := self._person(state):
            text = _PERSON.sub(person, text)
        place = self._named_first(state, "place")
        if place and "that place" in text.lower():
            return _THERE.sub(place, text, count=1) + "?"
        if _THERE.search(text):
            return _THERE.sub(f"there ({subject})", text, count=1) + "?"
        put_in, times = self._thing.subn(lambda _: subject, text, count=1)
        if times or len(own.split()) > 4:
            return f"{put_in}?"  # the question before is scored beside this one
        return f"{text}, about {subject}?"

    @cached_property
    def _thing(self) -> re.Pattern[str]:
        sides = "|".join(s.name for s in self._corpus.sides)
        return re.compile(_THING.replace("SIDES", sides or "they"), re.IGNORECASE)

    def _subject(self, before: Question) -> str:
        """What a question is about, in its own words without those of asking, at most fourteen of them."""
        text = before.topic or before.text
        for _ in range(2):
            text = self._asking.sub(" ", text.strip())
        text = self._leading_side.sub("", text.strip(" ?!.,"))
        return " ".join(text.split()[:14]) or before.text.strip(" ?!.")

    @cached_property
    def _asking(self) -> re.Pattern[str]:
        named = [f"the {s.document}" for s in self._corpus.narrators] + [
            s.person for s in self._corpus.narrators if s.person
        ]
        return re.compile(_QUESTION_WORDS.replace("NARRATORS", "|".join(named) or "(?!)"), re.IGNORECASE)

    @cached_property
    def _leading_side(self) -> re.Pattern[str]:
        names = "|".join(s.names for s in self._corpus.sides) + "|experts"
        return re.compile(rf"^(?:the )?(?:{names})(?:'s|’s)? (?!and\b)(?=\w+ \w)", re.IGNORECASE)

    def _party(self, state: ChatState, typed: str) -> str:
        """Whom "they" means: the side under discussion."""
        if state.voice is None:
            return typed
        speaker = self._corpus.speaker(state.voice)
        return speaker.name or typed

    def _person(self, state: ChatState) -> str | None:
        """The person that the last question or else the best excerpt named first."""
        person = self._corpus.speaker(state.voice).person if state.voice else None
        return person or self._named_first(state, "person")

    def _named_first(self, state: ChatState, kind: str) -> str | None:
        """The entity of a kind that the last question named, or else the last answer's best passage first."""
        if not state.citations:
            return None
        entities = self._corpus.entities
        block = self._corpus.block_at(state.citations[0])
        found = sorted((m.span.start, m.entity) for m in entities.mentioned(block) if m.kind == kind)
        names = [name for _, name in found if name not in entities.everywhere]
        asked = [name for name in names if name.split()[-1] in state.question]
        return next(iter(asked or names), None)

    def _sides_swapped(self, text: str, side: Voice) -> str:
        """The question with the sides exchanged, if it asks for the other one's view first."""
        other = self._whose.other(side)
        if other is None:
            return text
        own, theirs = self._corpus.speaker(side), self._corpus.speaker(other)
        mine, others = _exchangeable(own.exchanged), _exchangeable(theirs.exchanged)
        first = min((m for m in (mine.search(text), others.search(text)) if m), key=lambda m: m.start(), default=None)
        if first is None or first.re is mine:
            return text
        marked = others.sub(lambda m: f"\0{m[1] or ''}", text)
        return mine.sub(lambda m: f"{theirs.name}{m[1] or ''}", marked).replace("\0", own.name)


def _exchangeable(names: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{names})\b('s)?")


def _leans(text: str, topical: int) -> bool:
    """Whether a question cannot be understood without the one before."""
    if _BARE.match(text) or topical == 0:
        return True
    if _OPENING.match(text):
        return topical <= 5
    return (bool(_POINTS_BACK.search(text)) and topical <= 4) or (topical == 1 and len(text.split()) <= 4)
