"""Questions in other languages: read with the glossary, scored with the multilingual vectors.

A question is read into the same `Question` and scored into the same `Reading` as an English one, so that
ranking, judgement and conversation are those of the English path. What the words of the question are worth
comes from their English gloss; what its meaning is worth comes from multilingual-e5, whose cosines are
rescaled to those that the thresholds were fitted with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ncrelations.answers.english_scorer import EnglishScorer
from ncrelations.answers.scoring import SEVERAL, SIGNALS, Reading, reading_of, without_place
from ncrelations.document.citation import Citation
from ncrelations.document.entities import Entity, Named
from ncrelations.languages.cues import Cues, Seen, explained, latin_only
from ncrelations.languages.glossary import primary
from ncrelations.languages.multilingual_index import Space
from ncrelations.languages.speakers_asked import SpeakersAsked
from ncrelations.models.encoder import Encoder
from ncrelations.questions.answer_kind import wanted_by
from ncrelations.questions.question import Question
from ncrelations.questions.reading import MOST_CLAUSES
from ncrelations.retrieval.index import VECTORS, Index
from ncrelations.retrieval.passages import Passage
from ncrelations.retrieval.signals import Compared, Scores, Signals
from ncrelations.retrieval.written_beforehand import Kind, WrittenVotes
from ncrelations.text.words import clean_question, pieces_of, terms

COSINE, STEP = 0.3, 0.9
"""The cosine of the English model that means as much as 0 in the multilingual space, and as much more a unit."""

GLOSSED = 0.3
"""The share of the gloss, embedded by the English model, in a question's cosines."""

EXPLAINED, NEARER = (0.0, 0.34, 0.5, 0.75), (-0.5, -0.32, -0.2, 0.0)
"""How much nearer the bank a question counts, by the share of its words that the glossary has."""

UNDECIDED = 0.2
"""The doubt of a question in another language: English ones cannot decide in the space of another model."""

_NO_TWINS: Scores = np.array([])
"""English twins judge by another model's vectors."""

AS_NEAR = 0.02
"""The difference of cosines up to which two questions are as near."""

WEIGHED = {
    "sentence": {"sentence": 1.3, "block": 1.3},
    "question words": {"question words": 0.58, "text words": 0.23},
}
"""Signals that are worth something else than in English: each is put together from some; fitted."""


class MultilingualScorer:
    """Reads and scores questions in one language. Safe to share between threads."""

    def __init__(
        self, index: Index, encoder: Encoder, space: Space, english: EnglishScorer, cues: Cues, language: str
    ) -> None:
        """`index` has the vectors of `encoder`, which `space` compares; `language` is a BCP 47 tag."""
        index.check_model(encoder)
        self.index, self.encoder, self.language, self.cues = index, encoder, language, cues
        self._space, self._english = space, english
        self._speakers = SpeakersAsked(index.corpus)

    def written(self, kind: Kind) -> WrittenVotes | None:
        """Questions of a kind written beforehand: asked in English words."""
        return self._english.written(kind)

    def read(self, question: str) -> Question:
        """Read a question. Raises `InvalidQuestion`."""
        return self._read(clean_question(question), whole=True)

    def _read(self, text: str, *, whole: bool) -> Question:
        seen = self.seen(text)
        voices = self._speakers.voices(text, seen)
        named, unknown = self._names(text, seen)
        parts = tuple(self._read(clause, whole=False) for clause in self._clauses(text)) if whole else ()
        return Question(
            text=text,
            core=text,
            pieces=tuple(pieces_of(text)),
            restated=None,
            reading=text,
            mendings=(),
            voice=voices[0] if len(voices) == 1 else None,
            voices=voices,
            document=self._speakers.document(seen),
            section=None,
            wanted=wanted_by(_asking(seen)),
            topic=self._speakers.topic(text, seen, voices),
            parts=parts,
            several=len(voices) > 1 or bool(parts) or seen.has("compare") or seen.has("list"),
            named=named,
            unknown=unknown,
            language=self.language,
        )

    def seen(self, text: str) -> Seen:
        """What the glossary has of a text."""
        return self.cues.seen_in(text, self.language)

    def score(self, question: Question, *, neutral: bool = False) -> Reading:
        """Score a question; `neutral` leaves out of account which side or document it names."""
        if neutral:
            question = without_place(question)
        seen = self.seen(question.reading)
        gloss = self._gloss(seen)
        query, known = terms(gloss), explained(question.reading, seen, self.language)
        signals = self._signals(question.reading, gloss)
        reading = reading_of(self.index, question, gloss, query, signals)
        gain = float(np.interp(known, EXPLAINED, NEARER))
        return reading._replace(
            features=_weighed(reading.features),
            weights=SEVERAL,  # the bank's other weights are those of English questions, in another model's space
            similarities=reading.similarities + gain,
            unanswered_similarity=reading.unanswered_similarity + gain,
            answered_similarity=reading.answered_similarity + gain,
            words=known,
        )

    def score_all(
        self,
        questions: Sequence[Question],
        *,
        judged: bool = False,  # noqa: ARG002  # no network looks at these
    ) -> list[Reading]:
        """Score some questions, each as if it were the only one."""
        return list(map(self.score, questions))

    def _signals(self, text: str, gloss: str) -> Signals:
        """The signals of a question: the cosines of its own meaning mixed with those of its gloss."""
        vector = self._space.question(self.encoder.encode([text])[0], primary(self.language))
        own = {name: COSINE + STEP * cosines for name, cosines in self._space.cosines(vector).items()}
        index = self._english.index
        english = self._english.encoder.encode([gloss])[0]
        nothing, nobody = np.zeros(len(index.passages)), np.zeros(len(own["unanswered"]), bool)
        if not gloss:
            words, compared = np.zeros(len(index.question_owner)), Compared(english, twins=_NO_TWINS, **own)
            return Signals(compared, *index.words(()), words, nothing, UNDECIDED, nobody)
        compared = index.compared(english[None])[0]
        glossed = index.signals(compared, gloss, terms(gloss))
        mixed = {name: (1 - GLOSSED) * own[name] + GLOSSED * getattr(compared, name) for name in VECTORS}
        cosines = Compared(english, twins=_NO_TWINS, **mixed)
        return glossed._replace(cosines=cosines, votes=nothing, doubt=UNDECIDED, contrary=nobody)

    def translated(self, question: str, within: Citation | None) -> str:
        """The nearest question of the bank in English; one about the block `within`, if given."""
        text = clean_question(question)
        about = None if within is None else self.index.passages_at[within]
        return self._nearest(self._signals(text, self._gloss(self.seen(text))).cosines.questions, about)

    def _nearest(self, cosines: Scores, about: int | None) -> str:
        """The nearest question of the bank, of those about one passage if given; the shortest of those as near.

        A longer one says more than was asked.
        """
        own = self.index.question_owner == about
        if own.any():
            cosines = np.where(own, cosines, -1.0)
        near = np.flatnonzero(cosines >= cosines.max() - AS_NEAR)
        return min((self.index.question(int(number)).text for number in near), key=lambda text: (len(text), text))

    def in_english(self, question: Question, reading: Reading, passages: Sequence[Passage]) -> tuple[Question, Reading]:
        """The question and its reading as the rules of judgement read them: in English words.

        Of the English words that a foreign one may stand for, those are taken that the passages found have.
        """
        seen = self.seen(question.core)
        found = [each.position for each in passages]
        words = " ".join(self._meant(each.key, found) for each in seen.words)
        text = f"{_asking(seen)} {words}".strip()
        return question._replace(core=text, pieces=tuple(pieces_of(text))), reading._replace(text=words)

    def _meant(self, key: str, found: Sequence[int]) -> str:
        words = key.split()
        told = [w for w in words if any(self.index.tells_of(n, t) for n in found for t in terms(w))]
        return told[0] if told else words[0]

    def _gloss(self, seen: Seen) -> str:
        """The English words that a question's words stand for, in its order; the narrator's name only where alone."""
        matter = [each.key for each in seen.words if each.key not in self._speakers.narrator_names]
        return " ".join(matter or [each.key for each in seen.words])

    def _clauses(self, text: str) -> tuple[str, ...]:
        """The questions in a question, where each has its own question word and its own matter."""
        parts = [part.strip() for part in _CLAUSE.split(text) if part and part.strip()]
        found_in = self.cues.glossary.found_in
        asking = [p for p in parts if found_in(p, self.language, "asks") and self.cues.words_in(p, self.language)]
        return tuple(asking[:MOST_CLAUSES]) if len(asking) > 1 and len(asking) == len(parts) else ()

    def _names(self, text: str, seen: Seen) -> tuple[tuple[Named, ...], tuple[str, ...]]:
        """The documents' entities named, and the names and years that the documents never mention."""
        named: list[Named] = []
        unknown: list[str] = []
        for each in (each for each in seen.words if each.table == "names"):
            known = self._entities.get(each.key.casefold())
            if known is not None:
                named.append(Named(known, each.start, each.end))
            elif any(word not in self.index.document_words for word in each.key.lower().split()):
                unknown.append(text[each.start : each.end])
        latin = latin_only(text)
        if any(c.isalnum() for c in latin):
            strange = self._english.reader.absent_in(latin)
            unknown += [
                name for name in strange if name.isupper() or (name[0].isupper() and len(name) > 3) or name.isdigit()
            ]
        return tuple(named), tuple(dict.fromkeys(unknown))

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        """The entities by all their names."""
        found: dict[str, Entity] = {}
        for each in self.index.corpus.entities.all:
            for name in each.names:
                found.setdefault(name.casefold(), each)
        return found


_CLAUSE = re.compile(r"[，,；;？?。]\s*|\s(?=(?:et|und|y|и|ve|و)\s)")


def _asking(seen: Seen) -> str:
    """The English question word that says what is asked for; "what" where another says more."""
    keys = [each.key for each in seen.asks]
    return next((key for key in keys if key != "what"), keys[0] if keys else "")


def _weighed(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """The signals as the weights of scoring expect them."""
    weighed = features.copy()
    for name, parts in WEIGHED.items():
        weighed[SIGNALS.index(name)] = sum(share * features[SIGNALS.index(part)] for part, share in parts.items())
    return weighed
