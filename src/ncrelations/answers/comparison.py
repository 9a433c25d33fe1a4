"""One topic, the views side by side, and the editors' themes that pair them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ncrelations.document.citation import printable
from ncrelations.document.corpus import Corpus
from ncrelations.document.excerpt import Excerpt, excerpt_with
from ncrelations.document.themes import Theme, touched_by
from ncrelations.document.voice import Voice
from ncrelations.questions.question import Question
from ncrelations.retrieval.passages import Passage
from ncrelations.text.words import pieces_of, terms

if TYPE_CHECKING:  # the value above all: an edition extends it, and reading documents loads no numpy
    from ncrelations.answers.ranking import Ranked
    from ncrelations.answers.scoring import Reading, Scorer

_NEAR, _CLOSE, _SURELY = 0.45, 0.22, 0.65  # cosine with bank questions: at least; so far below the best; always enough


@dataclass(frozen=True)
class Comparison:
    """What each voice says on one topic."""

    topic: str
    """The topic as asked, cleaned."""
    views: Mapping[Voice, tuple[Excerpt, ...]]
    """The excerpts of each voice; empty where it says nothing."""
    themes: tuple[Theme, ...]
    """Editorial: the themes that the topic touches, best first."""

    def __repr__(self) -> str:
        found = ", ".join(f"{voice.value} {len(excerpts)}" for voice, excerpts in self.views.items())
        return f'<Comparison "{printable(self.topic)}", {found}>'

    def of(self, voice: Voice) -> tuple[Excerpt, ...]:
        """The excerpts of one voice."""
        return self.views.get(voice, ())

    @property
    def silent(self) -> tuple[Voice, ...]:
        """The voices that say nothing."""
        return tuple(voice for voice, found in self.views.items() if not found)

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data."""
        sides = {voice.value: [excerpt.to_dict() for excerpt in found] for voice, found in self.views.items()}
        silent = [voice.value for voice in self.silent]
        return {"topic": self.topic, **sides, "silent": silent, "themes": [theme.to_dict() for theme in self.themes]}


def compare(scorer: Scorer, topic: str, k: int = 2) -> Comparison:
    """What each voice says on a topic: up to `k` excerpts a voice, or none where it says nothing.

    A topic that names someone or something the documents name is looked for by name; any other by
    meaning. Raises `InvalidQuestion`.
    """
    from ncrelations.answers.answering import at_least_one, excerpts_of
    from ncrelations.answers.ranking import ranked

    index = scorer.index
    question = scorer.read(topic)
    reading = scorer.score(question, neutral=True)
    about, by_name = _about(index.corpus, question, reading)
    themes = touched_by(index.corpus.themes, reading.text)
    paired = () if by_name else themes

    def side(voice: Voice) -> tuple[Excerpt, ...]:
        passages = ranked(index, reading.scores, reading.sentences, voice=voice)
        found = excerpts_of([each for each in passages if about(each.passage)], at_least_one(k))
        return found or _by_the_word(question, passages, k) or _by_theme(paired, voice, k)

    return Comparison(question.text, {voice: side(voice) for voice in index.corpus.voices}, themes)


def _by_the_word(question: Question, passages: Sequence[Ranked], k: int) -> tuple[Excerpt, ...]:
    """The passages that have the words of the topic: a voice that uses them is not silent."""
    wanted = frozenset(terms(question.reading))
    found = []
    for block in (each.passage.block for each in passages):
        having = [s for s in block.sentences if wanted and wanted <= frozenset(terms(s.text))]
        if having:
            found.append(excerpt_with(block, having))
    return tuple(found[:k])


def _by_theme(themes: Sequence[Theme], voice: Voice, k: int) -> tuple[Excerpt, ...]:
    """The passages that the editors pair on the topic's theme."""
    said = [sentence for theme in themes[:1] for sentence in theme.of(voice)]
    blocks = {sentence.citation.of_block: sentence.block for sentence in said}
    return tuple(excerpt_with(block, [s for s in said if s.block is block]) for block in blocks.values())[:k]


def _about(corpus: Corpus, question: Question, reading: Reading) -> tuple[Callable[[Passage], bool], bool]:
    """The test whether a passage is about the topic, and whether it goes by a name alone."""
    sides = {side.name for side in corpus.sides}
    names = [each.entity for each in question.named if each.entity.name not in sides]
    if names and _nothing_else(question):
        mentioned = {mention.sentence.citation.of_block for name in names for mention in name.mentions}
        return (lambda passage: passage.block.citation in mentioned), True
    floor = max(_NEAR, min(_SURELY, reading.similarity - _CLOSE))
    return (lambda passage: bool(reading.similarities[passage.position] >= floor)), False


def _nothing_else(question: Question) -> bool:
    """Whether the topic is a name and no more."""
    covered = [(each.start, each.end) for each in question.named]
    return all(any(start <= p.start < end for start, end in covered) for p in pieces_of(question.core))
