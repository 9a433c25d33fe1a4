"""Follow-up questions: "and what about China?", "only the Chinese view", "the third one", "why?".

`turn` is a pure function from a frozen state and a question to an answer and the next state, so that a
frontend can keep the state wherever it likes; all of it can be recovered from a printed answer.
`Chat` is the small convenience around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from ncrelations.answer import Answer, answer_to, at_least_one, library, place
from ncrelations.citation import Citation
from ncrelations.corpus import article, report, resolve
from ncrelations.document import Block, Section, Voice
from ncrelations.excerpt import excerpt_of
from ncrelations.words import STOPWORDS, clean_question, pieces_of

if TYPE_CHECKING:
    from ncrelations.question import Question


@dataclass(frozen=True, slots=True)
class ChatState:
    """What a follow-up needs to know of the conversation."""

    topic: str = ""
    """The last question that stood on its own, or was written out; empty at the beginning."""
    question: str = ""
    """The last question, as it was asked."""
    citations: tuple[Citation, ...] = ()
    """The blocks that the last answer showed, best first."""
    voice: Voice | None = None
    """The side or speaker asked for."""
    document: str | None = None
    """The document asked for."""

    @property
    def whole(self) -> bool:
        """Whether the last question was one that stands on its own."""
        return self.question == self.topic


class Chat:
    """A conversation: each question is read in the light of those before."""

    def __init__(self, state: ChatState | None = None) -> None:
        self.state = state or ChatState()
        """The conversation so far; assign a saved one to go on from it."""

    def ask(
        self, question: str, k: int = 5, within: str | Citation | None = None, voice: str | Voice | None = None
    ) -> Answer:
        """Ask, or follow up. Filters hold for this question. Raises as `ncrelations.ask` does."""
        answer, self.state = turn(self.state, question, k, within, voice)
        return answer

    def reset(self) -> None:
        """Forget the conversation."""
        self.state = ChatState()


def turn(
    state: ChatState,
    question: str,
    k: int = 5,
    within: str | Citation | None = None,
    voice: str | Voice | None = None,
) -> tuple[Answer, ChatState]:
    """Answer a question in the light of a conversation, and say what the conversation has become."""
    text = clean_question(question)
    where, whose = place(within), None if voice is None else Voice.named(voice)
    listed = _listed(state, text) if where is None and whose is None else None
    if listed is not None:
        return listed_answer(state, text, listed, at_least_one(k))
    whole = library()
    asked = whole.read(text)
    resolved = _resolved(state, asked)
    if resolved is None:
        answer = answer_to(whole, asked, whole.score(asked), k, where, whose)
    else:
        answer = _follow_up(state, asked, resolved, k, where, whose)
    return answer, _next_state(state, answer, asked, resolved)


def _next_state(state: ChatState, answer: Answer, asked: Question, resolved: Resolved | None) -> ChatState:
    shown = tuple(excerpt.citation for excerpt in answer.excerpts)
    topic = asked.text if resolved is None else resolved.text if resolved.whole else state.topic
    question = resolved.text if resolved and resolved.whole else asked.text
    document = asked.document or (state.document if resolved else None)
    return ChatState(topic, question, shown, answer.voice, document)


# Reading a follow-up -----------------------------------------------------------------------------

_OPENING = re.compile(
    r"^(?:and|but|so|also|or|then|ok|okay|well|yes|no|what about|how about|what of|only|just|same for|now|in the"
    r"|from the|according to|for|by|with|instead|rather)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|this|that|these|those|there|then|such|the same|former|latter"
    r"|ones?|else|more|exactly|again|instead|too|as well|either|other|another|the two)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?:why|how|who|when|where|how so|why so|why not|since when|how come|how many|how often|says who|such as|like what|and|go on|more"
    r"|which ones|in what way|for example|examples?|what else|anything else|what for|to what end|with what result)\W*$",
    re.IGNORECASE,
)
_SIDE_WORDS = frozenset(
    """nato alliance allies allied west western china chinese beijing prc view views side perception perceptions perspective
    opinion opinions position standpoint article wong author report experts expert group document only just instead rather
    brian essay think thinks say says said see sees according one ones write writes answer answers respond responds reply
    replies react reacts reaction make makes put puts describe describes argue argues matter topic subject issue point
    regard question document text there""".split()
)
"""Words that name a side or document, or only ask for what it says."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A follow-up written out in full."""

    text: str
    """The question in full."""
    whole: bool
    """Whether `text` is a question of its own ("What does China think of ..."), not two joined."""
    voices: tuple[Voice, ...]
    """The sides and speakers whose views it asks for."""
    document: str | None
    """The document it asks of."""
    side: Literal["free", "near", "only"] = "near"
    """How far to keep to the side it names."""


def _resolved(state: ChatState, asked: Question) -> Resolved | None:
    """The question written out in full; `None` if it stands on its own."""
    if not state.question:
        return None
    text = asked.text.strip(" ?!.")
    topical = [p for p in pieces_of(text) if p.folded not in STOPWORDS and p.folded not in _SIDE_WORDS]
    if not topical and not _BARE.match(text) and not _OBJECT.match(text):
        side = _side_meant(text)
        if side is not None or asked.document is not None:
            return _switched(state, asked, side)
    if not _leans(text, len(topical)):
        return None
    carried = (state.voice,) if state.voice and _POINTS_BACK.search(text) else ()
    voices = asked.voices or carried
    return Resolved(_joined(state, asked), False, voices, asked.document, "near" if asked.voices else "free")


_OBJECT = re.compile(r"^(?:and|but|so) (?:about|of|on|to|with) ", re.IGNORECASE)
_VIEW = re.compile(r"\b(?:views?|perceptions?|perspective|opinions?|position|standpoint|think|see|sees|say|says|answer|respond|reply|react|side|only|just)\b", re.IGNORECASE)


def _joined(state: ChatState, asked: Question) -> str:
    """The topic, the last question and this one; or the last question about something else."""
    other = _ABOUT.match(asked.text)
    before = library().read(state.question)
    if other and before.named and asked.named:
        last, new = before.named[-1], asked.named[-1]
        return state.question[: last.start] + asked.text[new.start : new.end] + state.question[last.end :]
    parts = dict.fromkeys((state.topic, state.question, asked.text))
    return " ".join(part.rstrip(" ?.!") + "?" for part in parts if part)


_ABOUT = re.compile(r"^(?:and |but |what |how |so )*(?:about|on|of|with|to|for|in|from) (?:the )?[\w.'’ -]{2,40}\W*$", re.IGNORECASE)


_SUBJECT = re.compile(
    r"^(?:and |but |so )*(?:how|what|why|where|does|do|did|has|have|is|are)(?: \w+)? (?:the )?(?:nato|alliance|allies|west|china|chinese|beijing|experts?|wong|author)\b",
    re.IGNORECASE,
)


def _leans(text: str, topical: int) -> bool:
    """Whether a question cannot be understood without the one before."""
    if _BARE.match(text) or topical == 0:
        return True
    if _OPENING.match(text):
        return topical <= 5
    return bool(_POINTS_BACK.search(text)) and topical <= 4 or topical == 1 and len(text.split()) <= 4


def _side_meant(text: str) -> Voice | None:
    """The side that a short follow-up names: "and China?", "the Chinese view", "only Wong"."""
    names = {
        Voice.NATO: r"\b(?:nato|alliance|allies|allied|west|western)\b",
        Voice.CHINA: r"\b(?:china|chinese|beijing|prc)\b",
        Voice.EXPERTS: r"\b(?:experts?|group)\b",
        Voice.AUTHOR: r"\b(?:wong|author|brian)\b",
    }
    meant = [voice for voice, pattern in names.items() if re.search(pattern, text, re.IGNORECASE)]
    return meant[0] if len(meant) == 1 else None


def _switched(state: ChatState, asked: Question, side: Voice | None) -> Resolved:
    """The last question again, for another side or in another document.

    After one side's perceptions, or where a view is asked for, the other side's own perceptions are
    meant; after what the experts or the author say, what they say of the other side.
    """
    whole = state.whole
    if side in (Voice.NATO, Voice.CHINA):
        text = _sides_swapped(state.question, side) if whole else _joined(state, asked)
        if state.voice in (Voice.NATO, Voice.CHINA) or _VIEW.search(asked.text):
            return Resolved(text, whole, (side,), asked.document, "only")
        return Resolved(text, whole, (), state.document)
    base = library().read(state.question if whole else state.topic)
    document = "article" if side is Voice.AUTHOR else asked.document or "report"
    voices = (Voice.AUTHOR,) if document == "article" else (side,) if side else ()
    return Resolved(base.topic or base.text, True, voices, document, "free")


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


# Scoring a follow-up -----------------------------------------------------------------------------

OWN = 0.6
"""The share of the follow-up's own words in its scores; the rest is the question written out in full."""

SAME_SECTION, SAME_BLOCK = 0.2, 0.1
"""What a passage gains from being in the section, or being the block, of the last answer."""


def _follow_up(
    state: ChatState, asked: Question, resolved: Resolved, k: int, where: Citation | None, whose: Voice | None
) -> Answer:
    """The answer to a follow-up: its own reading and the full one mixed, near the last answer."""
    from ncrelations.ranking import mixed

    whole = library()
    voice = resolved.voices[0] if len(resolved.voices) == 1 else None
    full = replace(
        whole.read(resolved.text), voice=voice, voices=resolved.voices, document=resolved.document, topic=None
    )
    reading = whole.score(full)
    if not resolved.whole and _own_words(asked):
        reading = mixed(reading, whole.score(asked), OWN)
    if not resolved.whole or not resolved.voices and resolved.document is None:
        reading = replace(reading, context=_context(state, whole.index.passages_at))
    if resolved.document is not None and resolved.whole and where is None:
        where = Citation(resolved.document)
    answer = answer_to(whole, full, reading, k, where, whose, side=resolved.side)
    return replace(answer, question=asked.text, understood_as=full.text)


def _own_words(asked: Question) -> bool:
    return any(p.folded not in STOPWORDS and p.folded not in _SIDE_WORDS for p in pieces_of(asked.text))


def _context(state: ChatState, positions: dict[Citation, int]) -> dict[int, float]:
    """What passages gain from the last answer, by position."""
    gains: dict[int, float] = {}
    if not state.citations:
        return gains
    last = state.citations[0]
    for citation, position in positions.items():
        if (citation.document, citation.section) == (last.document, last.section):
            gains[position] = SAME_SECTION + (SAME_BLOCK if citation == last else 0.0)
    return gains


# Lists -------------------------------------------------------------------------------------------

_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th",
         "ninth 9th", "tenth 10th", "eleventh 11th"), 1)
    for word in words.split()
}  # fmt: skip
_NOUNS = {
    "risk": "report/V", "consequence": "report/V", "danger": "report/V",
    "topic": "report/VI", "area": "report/VI", "recommendation": "report/VI", "domain": "report/VI", "field": "report/VI",
    "milestone": "report/MS",
    "part": "article/modus-vivendi", "step": "article/modus-vivendi", "pillar": "article/modus-vivendi",
    "reality": "article/reality-check",
}  # fmt: skip
_FILLER = r"(?:and|what about|what is|what was|what's|tell me about|tell me more about|show me|show|give me|go to|now|then|ok|about|please|how about|explain)"
_PICK = re.compile(
    rf"^(?:{_FILLER}\W+)*(?:the )?(?P<which>{'|'.join(_ORDINALS)}|last|final|next|previous|number \d+|no\. ?\d+|#\d+)"
    rf"(?: (?P<noun>one|{'|'.join(_NOUNS)}|point|item|bullet|perception|view|concern|complaint|criticism|reason|entry))?"
    r"(?: (?:on|in) the list|,? please|,? then| in detail)?\W*$",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a list under discussion."""

    blocks: tuple[Block, ...]
    """The item's blocks."""
    label: str
    """What it is: "item 3 of 7 of section V"."""


def _listed(state: ChatState, text: str) -> Listed | None:
    """The list item that a follow-up picks ("the third one", "next"), if there is a list to pick from."""
    match = _PICK.match(text)
    if match is None:
        return None
    section = _list_meant(state, (match["noun"] or "").lower())
    if section is None:
        return None
    items = _items(section)
    number = _number(match["which"].lower(), state, items)
    if number is None or not 1 <= number <= len(items):
        return None
    heading = section.heading or section.description
    return Listed(items[number - 1], f'item {number} of {len(items)} of "{heading}"')


def _list_meant(state: ChatState, noun: str) -> Section | None:
    if noun in _NOUNS:
        found = resolve(_NOUNS[noun])
        return found if isinstance(found, Section) else None
    for citation in state.citations:
        if citation.of_block == Citation("report", "ES", "p4"):
            return report.recommendations
        section = resolve(Citation(citation.document, citation.section))
        assert isinstance(section, Section)  # the citation of a block names its section
        section = section.parent or section
        if _items(section):
            return section
    return None


def _items(section: Section) -> tuple[tuple[Block, ...], ...]:
    """The items of a section that is a list: bullets, milestones, topics, or the article's parts."""
    if section == report.recommendations:
        return tuple(topic.blocks for topic in section.children)
    if section == article.modus_vivendi:
        p = section.blocks
        return (p[1:3], p[3:5], p[5:6])
    if section == article.reality_check:
        p = section.blocks
        return (p[1:3], p[3:4], p[4:5])
    return tuple((block,) for block in section.blocks if block.kind != "paragraph")


def _number(which: str, state: ChatState, items: Sequence[tuple[Block, ...]]) -> int | None:
    if which in _ORDINALS:
        return _ORDINALS[which]
    if which in ("last", "final"):
        return len(items)
    if which in ("next", "previous"):
        now = [n for n, item in enumerate(items, 1) if state.citations and state.citations[0] in (b.citation for b in item)]
        start = now[0] if now else 0
        return start + 1 if which == "next" else start - 1
    return int(re.sub(r"\D", "", which))


def listed_answer(state: ChatState, text: str, listed: Listed, k: int) -> tuple[Answer, ChatState]:
    """The item itself as the answer."""
    excerpts = tuple(
        excerpt_of(block, [1.0 - n / 100 for n in range(len(block.sentences))], 1.0) for block in listed.blocks[:k]
    )
    voice = excerpts[0].voice
    answer = Answer(text, listed.label, "answered", 0.95, (), voice, excerpts)
    return answer, replace(state, citations=tuple(each.citation for each in excerpts), voice=voice)
