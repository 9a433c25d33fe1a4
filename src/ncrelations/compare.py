"""compare(): one topic, the views side by side, and the editors' themes that pair them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ncrelations.answer import at_least_one, excerpts, library
from ncrelations.document import Voice
from ncrelations.excerpt import Excerpt
from ncrelations.pairing import Theme, touched_by
from ncrelations.words import pieces_of

if TYPE_CHECKING:
    from ncrelations.passages import Passage
    from ncrelations.question import Question
    from ncrelations.ranking import Reading

_NEAR, _CLOSE, _SURELY = 0.45, 0.22, 0.65  # cosine with bank questions: at least; so far below the best; always enough


@dataclass(frozen=True, slots=True)
class Comparison:
    """What each voice says on one topic."""

    topic: str
    """The topic as asked, cleaned."""
    nato: tuple[Excerpt, ...]
    """NATO's perceptions of China (section III); empty where they say nothing."""
    china: tuple[Excerpt, ...]
    """Chinese perceptions of NATO (section IV); empty where they say nothing."""
    experts: tuple[Excerpt, ...]
    """The joint group of experts; empty where it says nothing."""
    author: tuple[Excerpt, ...]
    """Brian Wong; empty where he says nothing."""
    themes: tuple[Theme, ...]
    """Editorial: the themes that the topic touches, best first."""

    def of(self, voice: Voice) -> tuple[Excerpt, ...]:
        """The excerpts of one voice."""
        found: tuple[Excerpt, ...] = getattr(self, voice.value)
        return found

    @property
    def silent(self) -> tuple[Voice, ...]:
        """The voices that say nothing."""
        return tuple(voice for voice in Voice if not self.of(voice))

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data."""
        sides = {voice.value: [excerpt.to_dict() for excerpt in self.of(voice)] for voice in Voice}
        silent = [voice.value for voice in self.silent]
        return {"topic": self.topic, **sides, "silent": silent, "themes": [theme.to_dict() for theme in self.themes]}


def compare(topic: str, k: int = 2) -> Comparison:
    """What each voice says on a topic: up to `k` excerpts a voice, or none where it says nothing.

    A topic that names someone or something the documents name is looked for by name; any other by
    meaning. Raises `InvalidQuestion`.
    """
    from ncrelations.ranking import ranked

    whole = library()
    question = whole.read(topic)
    reading = whole.score(question, neutral=True)
    about = _about(question, reading)

    def side(voice: Voice) -> tuple[Excerpt, ...]:
        passages = ranked(whole.index, reading.scores, reading.sentences, voice=voice)
        return excerpts([each for each in passages if about(each.passage)], at_least_one(k))

    nato, china, experts, author = map(side, Voice)
    return Comparison(question.text, nato, china, experts, author, touched_by(reading.text))


def _about(question: Question, reading: Reading) -> Callable[[Passage], bool]:
    """The test whether a passage is about the topic."""
    names = [each.entity for each in question.named if each.entity.name not in ("NATO", "China")]
    if names and _nothing_else(question):
        mentioned = {mention.sentence.citation.of_block for name in names for mention in name.mentions}
        return lambda passage: passage.block.citation in mentioned
    floor = max(_NEAR, min(_SURELY, reading.similarity - _CLOSE))
    return lambda passage: bool(reading.similarities[passage.position] >= floor)


def _nothing_else(question: Question) -> bool:
    """Whether the topic is a name and no more."""
    covered = [(each.start, each.end) for each in question.named]
    return all(any(start <= p.start < end for start, end in covered) for p in pieces_of(question.text))


class _CallableModule(ModuleType):
    """A module that answers calls as its function does.

    `ncrelations.compare` names both this module and, in the public API, the function; importing the
    module binds its name in the package.
    """

    def __call__(self, topic: str, k: int = 2) -> Comparison:
        return compare(topic, k)


sys.modules[__name__].__class__ = _CallableModule
