"""Questions in English: read by the rules, scored with the vectors of the index's own model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ncrelations.answers.scoring import Reading, reading_of
from ncrelations.models.encoder import Encoder, Vectors
from ncrelations.models.minilm import MiniLM
from ncrelations.models.recent import Recent
from ncrelations.models.scope_network import ScopeNetwork
from ncrelations.questions.question import Question
from ncrelations.questions.reading import QuestionReader
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.passages import Passage
from ncrelations.retrieval.signals import Compared
from ncrelations.retrieval.written_beforehand import Kind, WrittenVotes, load
from ncrelations.text.words import terms

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
        self._prepared: Recent[str, tuple[Compared, float | None]] = Recent(_PREPARED)
        self._recent: Recent[str, tuple[Vectors, float | None]] = Recent(_RECENT)
        self._scope = _network(index, encoder)
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
        texts = list(dict.fromkeys(self._matched(text) for each in questions for text in _readings(each)))
        if not texts:
            return
        vectors, outside = self._encoded(texts)
        for text, compared, said in zip(texts, self.index.compared(vectors), outside, strict=True):
            self._prepared.put(text, (compared, said))

    def score(self, question: Question, *, neutral: bool = False) -> Reading:
        """Score a question; a mending is taken where it comes nearer to the question bank.

        `neutral` leaves out of account which side, document or section the question names.
        """
        if neutral:
            question = replace(question, voice=None, document=None, section=None)
        best = self._scored(question, question.reading)
        for mending in question.mendings:
            other = self._scored(question, mending.text)
            if other.similarity >= best.similarity + MENDED:
                best = replace(other, mended=mending.changes)
        return best

    def _scored(self, question: Question, text: str) -> Reading:
        query, matched = terms(text), self._matched(text)
        compared, outside = self._prepared.get(matched) or self._compared(matched)
        signals = self.index.signals(compared, matched, query)
        return replace(reading_of(self.index, question, text, query, signals), outside=outside)

    def _compared(self, text: str) -> tuple[Compared, float | None]:
        """A text compared with everything, and what the network says of it."""
        found = self._recent.get(text)
        if found is None:
            vectors, outside = self._encoded([text])
            found = vectors[0], outside[0]
            self._recent.put(text, found)
        return self.index.compared(found[0][None])[0], found[1]

    def _encoded(self, texts: list[str]) -> tuple[Vectors, Sequence[float | None]]:
        """The vectors of some texts, and what the network says of each."""
        if self._scope is None:
            return self.encoder.encode(texts), [None] * len(texts)
        network, encoder = self._scope
        return encoder.looked_at(texts, network)

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


def _network(index: Index, encoder: Encoder) -> tuple[ScopeNetwork, MiniLM] | None:
    """The network of the corpus and the encoder whose states it reads; `None` without one or with another model."""
    path = index.corpus.scope_file
    if path is None or not isinstance(encoder, MiniLM):
        return None
    network = ScopeNetwork(path, index.corpus.scope_sha256)
    return (network, encoder) if network.model == encoder.fingerprint else None


def _readings(question: Question) -> Iterator[str]:
    """Every text by which a question is scored: its readings, its topic, its parts."""
    yield question.reading
    yield from (mending.text for mending in question.mendings)
    if question.topic:
        yield question.topic
    for part in question.parts:
        yield from _readings(part)
