"""Answers out of a collection: ranked, judged and quoted without questions written beforehand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ncrelations.answers.answer import Answer, Filters, Step
from ncrelations.answers.answering import at_least_one, chosen, nearby_of, nothing_there
from ncrelations.answers.comparison import Comparison
from ncrelations.answers.ranking import Ranked
from ncrelations.collections.answer_evidence import WordAsked, evidence_of, sentence_scores, words_asked
from ncrelations.collections.collection_judgement import Findings, Judged, judge, names_told
from ncrelations.collections.collection_questions import looked_for, names_of, reader_of, understood
from ncrelations.collections.passage_ranking import Searched, is_keywords
from ncrelations.collections.passage_text import Allowed, RankedPassage
from ncrelations.collections.search_files import SearchFiles
from ncrelations.collections.stored_corpus import StoredCorpus
from ncrelations.collections.thresholds import nearness
from ncrelations.collections.written_questions import SAME, Nearby, WrittenQuestions
from ncrelations.document.attribution import attributions_in
from ncrelations.document.citation import Citation
from ncrelations.document.excerpt import WIDER, WORDS, Excerpt, excerpt_of
from ncrelations.document.tree import Block
from ncrelations.document.voice import Voice
from ncrelations.models.encoder import TokenEncoder
from ncrelations.questions.question import Question
from ncrelations.questions.reading import QuestionReader
from ncrelations.retrieval.passages import Passage
from ncrelations.text.english import is_english
from ncrelations.text.words import clean_question, terms
from ncrelations.texts import Reason, reason, voice_name

_DEEP, _FIRST = 30, 3
"""How many passages are ranked in any case, and in how many of them the words of a question are looked for."""

_OWN_VOICE = 0.5
"""The share of the best score from which a passage in the voice asked for goes first."""

_COMPARED, _WORTH, _MOST_VOICES = 200, 0.3, 12
"""How many passages a comparison looks at, the share of the best score worth showing, and how many silent voices."""


_ALL = Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for, and in what."""

    text: str
    """What is looked for."""
    searched: Searched
    """The passages as they are at the moment."""
    words: tuple[WordAsked, ...]
    """The words of its matter."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that was found, with its block."""

    ranked: RankedPassage
    block: Block
    sentence_scores: tuple[float, ...]
    """How well each of its sentences answers."""

    @property
    def as_ranked(self) -> Ranked:
        """The passage as the engine ranks them."""
        return Ranked(Passage(self.block, self.ranked.number), self.ranked.score, self.sentence_scores)


class CollectionAnswers:
    """Answers out of the live documents of a collection at one moment. Safe to share between threads."""

    def __init__(self, corpus: StoredCorpus, search: SearchFiles, encoder: TokenEncoder | None) -> None:
        """Without `encoder` words alone count."""
        self._corpus, self._search, self._encoder = corpus, search, encoder
        self._written = WrittenQuestions(corpus, encoder)

    def search(self, text: str, k: int, allowed: Allowed | None = None) -> tuple[Excerpt, ...]:
        """The `k` best excerpts for a query, best first, without judgement. Raises `InvalidQuestion`."""
        query = self._query(clean_question(text))
        ranked = self._rank(query, query.text, at_least_one(k), allowed)
        return tuple(self._excerpt(each) for each in self._with_blocks(query, ranked))

    def answer(
        self,
        text: str,
        k: int,
        filters: Filters = _ALL,
        allowed: Allowed | None = None,
    ) -> Answer:
        """What the documents have to say to a question. Raises `InvalidQuestion`."""
        return self.answer_to(self.read(text), k, filters, allowed)

    def reader(self, text: str, spoken: Voice | None = None) -> QuestionReader:
        """What reads a text, in a conversation after a voice has spoken."""
        knows = self._encoder.knows if self._encoder is not None else is_english
        return reader_of(text, self._corpus.voices, self._searched.words, knows, spoken)

    def read(self, text: str) -> Question:
        """A question, read."""
        return self.reader(text).read(text)

    def answer_to(self, question: Question, k: int, filters: Filters, allowed: Allowed | None) -> Answer:
        """The answer to a question that was read."""
        k, query = at_least_one(k), self._query(looked_for(question))
        asked_before = self._written.near(lambda encoder: self._search.asked(query.text, encoder).vector, allowed)
        ranked = self._written_first(query, asked_before, self._ranked(query, question, max(k, _DEEP), allowed))
        if not ranked:
            return self._nothing(query, question, filters, allowed)
        found = self._with_blocks(query, ranked[: max(k, _FIRST)])
        judged = self._silent(question, filters, found) or self._judged(query, question, ranked, found)
        if asked_before and asked_before[0].likeness >= SAME:
            found[0] = _answering(found[0], asked_before[0])
            judged = Judged("answered", asked_before[0].likeness, (), (Step("verdict", _SAME_QUESTION),))
        shown, nearby = chosen(question, [each.as_ranked for each in found], k)
        numbers = {each.passage.position for each in shown}
        wide = WIDER if question.several else WORDS
        asked = filters.voice or question.voice
        return Answer(
            question=question.text,
            understood_as=understood(question),
            status=judged.status,
            confidence=judged.confidence,
            reasons=judged.reasons,
            voice=asked if asked is not None and found[0].block.voice == asked else filters.voice,
            excerpts=tuple(self._excerpt(each, wide) for each in found if each.ranked.number in numbers),
            note=self._note(query.searched),
            nearby=tuple(map(nearby_of, nearby)),
            steps=(Step("reading", question.core), *judged.steps),
        )

    def _written_first(
        self, query: Query, asked_before: Sequence[Nearby], ranked: Sequence[RankedPassage]
    ) -> Sequence[RankedPassage]:
        """The passages that questions like the one asked were written for, before all others."""
        first = []
        for each in asked_before:
            only = {each.version: (each.position,)}
            words = " ".join(self._corpus.block(each.version, each.position).text.split()[:_FIRST])
            known = (one for one in ranked if (one.version, one.position) == (each.version, each.position))
            found = next(known, None) or next(iter(self._rank(query, words, 1, only)), None)
            if found is not None:
                first.append(replace(found, score=max([each.likeness, *(one.score for one in ranked[:1])])))
        numbers = {each.number for each in first}
        return [*first, *(each for each in ranked if each.number not in numbers)]

    def _query(self, text: str) -> Query:
        searched = self._searched
        return Query(text, searched, words_asked(text, searched.words))

    def _rank(self, query: Query, text: str, count: int, allowed: Allowed | None = None) -> Sequence[RankedPassage]:
        return self._search.rank_in(query.searched, text, self._encoder, count, allowed)

    def _note(self, searched: Searched) -> str | None:
        """How much is searched by meaning, where it is not everything."""
        encoded = searched.meaning.encoded
        if self._encoder is not None and encoded.all():
            return None
        percent = int(100 * encoded.mean()) if self._encoder is not None and len(encoded) else 0
        return Reason("note.by_words", {"percent": percent})

    def compare(self, topic: str, k: int = 2) -> Comparison:
        """What each voice says on a topic: the voices that do; of few voices also the silent ones.

        Raises `InvalidQuestion`.
        """
        query, k = self._query(clean_question(topic)), at_least_one(k)
        ranked = self._rank(query, query.text, _COMPARED)
        voices = {voice.value: voice for voice in self._corpus.voices}
        views: dict[str, list[RankedPassage]] = {} if len(voices) > _MOST_VOICES else {name: [] for name in voices}
        for each in self._worth_comparing(query, ranked):
            mine = views.setdefault(self._corpus.voice_at(each.version, each.position), [])
            if len(mine) < k:
                mine.append(each)
        found = {voices[name]: self._with_blocks(query, some) for name, some in views.items()}
        return Comparison(query.text, {voice: tuple(map(self._excerpt, some)) for voice, some in found.items()}, ())

    def _worth_comparing(self, query: Query, ranked: Sequence[RankedPassage]) -> Sequence[RankedPassage]:
        """The passages that are about a topic: near it, and not far worse than the best."""
        if not ranked or self._far(query, ranked) > 0:
            return ()
        floor = _WORTH * ranked[0].score
        return [each for each in ranked if each.score >= floor]

    @property
    def _searched(self) -> Searched:
        return self._search.searched(self._corpus.versions, self._encoder)

    def _ranked(self, query: Query, question: Question, count: int, allowed: Allowed | None) -> Sequence[RankedPassage]:
        """The passages that bear on a question, best first: of several questions in one the best of each before all."""
        texts = [query.text, *map(looked_for, question.parts)]
        lists = [self._rank(query, text, count, allowed) for text in texts]
        firsts = [found[0] for found in lists[1:] if found]
        ranked = list({each.number: each for each in (*firsts, *lists[0])}.values())
        return self._sided(ranked, question.voice) if question.voice is not None else ranked

    def _sided(self, ranked: Sequence[RankedPassage], voice: Voice) -> Sequence[RankedPassage]:
        """The passages in the voice asked for first, where they are near the best."""
        own = self._corpus.positions(voice.value)
        mine = [each for each in ranked if each.position in own.get(each.version, ())]
        if not mine or mine[0].score < _OWN_VOICE * ranked[0].score:
            return ranked
        return [*mine, *(each for each in ranked if each not in mine)]

    def _silent(self, question: Question, filters: Filters, found: Sequence[Found]) -> Judged | None:
        """That the voice asked for does not say it, where another does."""
        voice, block = question.voice, found[0].block
        if voice is None or filters.voice is not None or block.voice == voice:
            return None
        said = reason(
            "silent",
            speaker=voice_name(voice.value, voice.label),
            voice=voice_name(block.voice.value, block.voice.label),
            place=str(block.citation),
        )
        return Judged("partial", 0.3, (said,), (Step("restrictions", said),))

    def _judged(
        self, query: Query, question: Question, ranked: Sequence[RankedPassage], found: Sequence[Found]
    ) -> Judged:
        spoken = (
            frozenset(terms(" ".join(names_of(question.voice.label)))) if question.voice is not None else frozenset()
        )
        asked = tuple(word for word in query.words if word.term not in spoken)  # whose view is no matter
        rarest = query.searched.words.rarity(0)
        best, sentences = found[0], [sentence.text for sentence in found[0].block.sentences]
        return judge(
            Findings(
                question,
                asked,
                evidence_of(query.text, asked, best.ranked, sentences, rarest),
                best.block,
                frozenset(term for each in found[:_FIRST] for term in terms(each.block.text)),
                rarest,
                ranked[0].score - ranked[1].score if len(ranked) > 1 else 1.0,
                self._far(query, ranked),
                is_keywords(query.text),
                not best.ranked.sentence_scores,
            )
        )

    def _far(self, query: Query, ranked: Sequence[RankedPassage]) -> float:
        """By how much a question comes less near than it should, or nearer; 0 by words alone, which cannot tell."""
        if not all(each.sentence_scores for each in ranked[:_FIRST]):
            return 0.0
        weight = sum(word.weight for word in query.words)
        return self._search.thresholds.near - nearness(ranked, weight)

    def _with_blocks(self, query: Query, ranked: Sequence[RankedPassage]) -> list[Found]:
        found = []
        for each in ranked:
            block = self._corpus.block(each.version, each.position)
            scores = sentence_scores(query.words, each, [sentence.text for sentence in block.sentences])
            found.append(Found(each, block, tuple(scores)))
        return found

    def _excerpt(self, found: Found, words: int = WORDS) -> Excerpt:
        excerpt = excerpt_of(found.block, found.sentence_scores, found.ranked.score, words)
        answering = (excerpt.text[each.start : each.end] for each in excerpt.highlights)
        return replace(excerpt, also=self._also(found.ranked), attributed=attributions_in(answering))

    def _also(self, ranked: RankedPassage) -> tuple[Citation, ...]:
        """Where else the same text stands."""
        return tuple(self._corpus.citation_at(version, position) for version, position in ranked.also)

    def _nothing(self, query: Query, question: Question, filters: Filters, allowed: Allowed | None) -> Answer:
        """The answer where no passage has a word of the question, or a filter leaves none."""
        if not query.searched.passages or (allowed is not None and not any(_some(allowed))):
            return nothing_there(question, filters)
        names = names_told([word.typed for word in query.words])
        said, note = reason("unknown", names=names) if names else reason("far"), self._note(query.searched)
        return Answer(question.text, understood(question), "not_found", 0.0, (said,), filters.voice, (), note=note)


_SAME_QUESTION = "a question written for the first passage asks the same"


def _answering(found: Found, told: Nearby) -> Found:
    """A passage with the sentences marked that its written question names."""
    if not told.sentences:
        return found
    named = (number in told.sentences for number in range(1, len(found.sentence_scores) + 1))
    scores = (score + is_named for score, is_named in zip(found.sentence_scores, named, strict=True))
    return replace(found, sentence_scores=tuple(scores))


def _some(allowed: Mapping[int, Collection[int]]) -> Sequence[bool]:
    return [bool(positions) for positions in allowed.values()]
