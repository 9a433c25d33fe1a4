"""Questions in English: read by the rules, scored with the vectors of the index's own model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np

from ncrelations.answers.scoring import Reading, reading_of, without_place
from ncrelations.models.doubt_network import DoubtNetwork
from ncrelations.models.encoder import Encoder, Vectors
from ncrelations.models.minilm import MiniLM
from ncrelations.models.question_networks import NOTHING, Looked, QuestionNetworks
from ncrelations.models.recent import Recent
from ncrelations.models.scope_network import ScopeNetwork
from ncrelations.questions.question import Question
from ncrelations.questions.reading import QuestionReader
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.passages import Passage
from ncrelations.retrieval.signals import Compared
from ncrelations.retrieval.written_beforehand import Kind, WrittenVotes, load
from ncrelations.text.words import terms

_Network = TypeVar("_Network", ScopeNetwork, DoubtNetwork)
_Seen = tuple[Compared, Looked | None]
"""All that a text is compared with, and what the networks say of it; `None` where they did not look."""

MENDED = -0.03
"""How much nearer to the question bank a mended reading must come to be taken."""

_PREPARED = 256
"""Readings that are kept from being prepared until they are asked for, at least."""


_RECENT = 512
"""Texts whose vectors are kept, at least."""


class EnglishScorer:
    """Reads and scores questions in English. Safe to share between threads."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        """Raises `IndexMismatch` for an index that another model built."""
        index.check_model(encoder)
        self.index, self.encoder = index, encoder
        self._written: dict[Kind, WrittenVotes | None] = {}
        self._prepared: Recent[str, _Seen] = Recent(_PREPARED)
        self._recent: Recent[str, tuple[Vectors, Looked | None]] = Recent(_RECENT)
        self._networks = _networks(index, encoder)
        self._questions: Recent[str, Question] = Recent(_PREPARED)
        self.reader = QuestionReader(index.corpus, index.vocabulary, index.document_words, encoder.knows)

    def read(self, question: str) -> Question:
        """Read a question. Raises `InvalidQuestion`."""
        return self._questions.get(question) or self.reader.read(question)

    def prepare(self, questions: Iterable[Question]) -> None:
        """Embed all that some questions will be scored by at once, and compare it: half the work of one by one."""
        questions = tuple(questions)
        for each in questions:
            self._questions.put(each.text, each)
        texts = dict.fromkeys(self._matched(text) for each in questions for text in _readings(each))
        judged = {self._matched(text) for each in questions for text in _own_readings(each)}
        for text, found in self._looked_at([*texts], judged).items():
            self._prepared.put(text, found)

    def score(self, question: Question, *, neutral: bool = False) -> Reading:
        """Score a question; a mending is taken where it comes nearer to the question bank.

        `neutral` leaves out of account which side, document or section the question names.
        """
        return self.score_all([without_place(question) if neutral else question], judged=not neutral)[0]

    def score_all(self, questions: Sequence[Question], *, judged: bool = False) -> list[Reading]:
        """Score some questions, each as if it were the only one: their texts are embedded and compared side by side.

        Networks look at the first of them if it is to be `judged`; of the others nobody asks whether they are answered.
        """
        texts = dict.fromkeys(self._matched(text) for each in questions for text in _own_readings(each))
        first = {self._matched(text) for each in questions[:judged] for text in _own_readings(each)}
        compared = {t: known for t in texts if (known := self._prepared.get(t)) and (known[1] or t not in first)}
        if new := [text for text in texts if text not in compared]:
            compared |= self._looked_at(new, first)
        return [self._scored(each, compared) for each in questions]

    def _looked_at(self, texts: Sequence[str], judged: Collection[str]) -> dict[str, _Seen]:
        """Some texts with all that they are compared with, and what the networks say of those to be judged."""
        if not texts:
            return {}
        encoded = self._encoded(texts, judged)
        compared = self.index.compared(np.array([encoded[text][0] for text in texts]))
        return {text: (found, encoded[text][1]) for text, found in zip(texts, compared, strict=True)}

    def _encoded(self, texts: Sequence[str], judged: Collection[str]) -> dict[str, tuple[Vectors, Looked | None]]:
        """The vectors of some texts, and what the networks say of those to be judged; remembered."""
        if self._networks is None:
            return {text: (vector, NOTHING) for text, vector in zip(texts, self.encoder.encode(texts), strict=True)}
        networks, encoder = self._networks
        found = {t: known for t in texts if (known := self._recent.get(t)) and (known[1] or t not in judged)}
        if new := [text for text in texts if text not in found]:
            which = [text in judged for text in new]
            found |= zip(new, zip(*encoder.looked_at_some(new, networks, which), strict=True), strict=True)
        for text in new:
            self._recent.put(text, found[text])
        return found

    def _scored(self, question: Question, compared: Mapping[str, _Seen]) -> Reading:
        best = self._reading(question, question.reading, compared)
        for mending in question.mendings:
            other = self._reading(question, mending.text, compared)
            if other.similarity >= best.similarity + MENDED:
                best = other._replace(mended=mending.changes)
        return best

    def _reading(self, question: Question, text: str, compared: Mapping[str, _Seen]) -> Reading:
        query, matched = terms(text), self._matched(text)
        found, looked = compared[matched]
        reading = reading_of(self.index, question, text, query, self.index.signals(found, matched, query))
        return reading._replace(looked=looked or NOTHING)

    def _matched(self, text: str) -> str:
        """A text under the names by which it is matched."""
        return self.index.corpus.metonyms.replaced(text)

    def written(self, kind: Kind) -> WrittenVotes | None:
        """Questions of a kind written beforehand; loaded when first wanted."""
        if kind not in self._written:
            self._written[kind] = load(kind, self.index)
        return self._written[kind]

    def in_english(
        self,
        question: Question,
        reading: Reading,
        passages: Sequence[Passage],  # noqa: ARG002  # other languages choose their words by them
    ) -> tuple[Question, Reading]:
        """Both as they are."""
        return question, reading


def _networks(index: Index, encoder: Encoder) -> tuple[QuestionNetworks, MiniLM] | None:
    """The networks of the corpus and the encoder whose states they read; `None` with another model than theirs."""
    corpus = index.corpus
    if not isinstance(encoder, MiniLM):
        return None
    scope = ScopeNetwork(corpus.scope_file, corpus.scope_sha256) if corpus.scope_file else None
    doubt = DoubtNetwork(corpus.doubt_file, corpus.doubt_sha256, encoder) if corpus.doubt_file else None
    found = QuestionNetworks(_fitting(scope, encoder), _fitting(doubt, encoder))
    return None if found == QuestionNetworks(None, None) else (found, encoder)


def _fitting(network: _Network | None, encoder: MiniLM) -> _Network | None:
    """A network, if it was fitted on the states of a model: to others it says nothing."""
    return network if network is not None and network.model == encoder.fingerprint else None


def _own_readings(question: Question) -> Iterator[str]:
    """Every text by which the whole of a question is scored."""
    yield question.reading
    yield from (mending.text for mending in question.mendings)


def _readings(question: Question) -> Iterator[str]:
    """Every text by which a question is scored: its readings, its topic, its parts."""
    yield from _own_readings(question)
    if question.topic:
        yield question.topic
    for part in question.parts:
        yield from _readings(part)
