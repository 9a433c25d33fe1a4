"""Questions in other languages: read with the glossary, scored with the multilingual vectors.

A question is read into the same `Question` and scored into the same `Reading` as an English one, so that
ranking, judgement and conversation are those of the English path. What the words of the question are worth
comes from their English gloss; what its meaning is worth comes from multilingual-e5, whose cosines are
rescaled to those that the thresholds were fitted with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ncrelations.citation import Citation
from ncrelations.document import Voice
from ncrelations.encoder import Encoder, packaged
from ncrelations.errors import EncoderUnavailable, LanguageUnavailable, NoSuchPlace
from ncrelations.gazetteer import Entity, Named, entity, named_in
from ncrelations.glossary import LANGUAGES, Found, found_in, primary
from ncrelations.index import VECTORS, Index, Scores, Signals, packaged_index
from ncrelations.languages import common_words
from ncrelations.multilingual import Space
from ncrelations.question import Question, read_question, wanted_by
from ncrelations.ranking import SEVERAL, SIGNALS, Ranked, Reading, reading_of
from ncrelations.words import clean_question, pieces_of, terms

COSINE, STEP = 0.3, 0.9
"""The cosine of the English model that means as much as 0 in the multilingual space, and as much more a unit."""

GLOSSED = 0.3
"""The share of the gloss, embedded by the English model, in a question's cosines."""

EXPLAINED, NEARER = (0.0, 0.34, 0.5, 0.75), (-0.5, -0.32, -0.2, 0.0)
"""How much nearer the bank a question counts, by the share of its words that the glossary has."""

APART = 0.0
"""What is taken off the nearness to blocks and sentences."""

UNDECIDED = -0.45
"""The doubt of a question in another language: English ones cannot vote in the space of another model."""

WEIGHED = {
    "sentence": {"sentence": 1.3, "block": 1.3},
    "question words": {"question words": 0.58, "text words": 0.23},
}
"""Signals that are worth something else than in English: each is put together from some; fitted."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the glossary has of a question."""

    words: tuple[Found, ...]
    """Names and terms, in order."""
    asks: tuple[Found, ...]
    """Question words."""
    views: tuple[Found, ...]
    """Words of opinion, and of sides, documents and lists."""

    def has(self, cue: str) -> bool:
        """Whether one of the views is that cue."""
        return any(each.key == cue for each in self.views)


Plain = tuple[Index, Encoder]
"""The English index with the encoder that built it."""


class Foreign:
    """Reads and scores questions in one language. Safe to share between threads."""

    def __init__(self, index: Index, encoder: Encoder, space: Space, plain: Plain, language: str) -> None:
        """`index` has the vectors of `encoder`, which `space` compares; `language` is a BCP 47 tag.

        `plain` is the English index with its encoder.
        """
        index.check_model(encoder)
        plain[0].check_model(plain[1])
        self.index, self.encoder, self.language = index, encoder, language
        self._space, self._plain = space, plain

    def read(self, question: str) -> Question:
        """Read a question. Raises `InvalidQuestion`."""
        text = clean_question(question)
        seen = seen_in(text, self.language)
        voices = _voices(text, seen)
        named, unknown = _names(text, seen, self.index)
        clauses = _clauses(text, self.language)
        return Question(
            text=text,
            reading=text,
            mendings=(),
            voice=voices[0] if len(voices) == 1 else None,
            voices=voices,
            document=_document(seen),
            section=None,
            wanted=wanted_by(_asking(seen)),
            topic=_topic(text, seen, voices),
            clauses=clauses,
            several=len(voices) > 1 or bool(clauses) or seen.has("compare") or seen.has("list"),
            named=named,
            unknown=unknown,
            language=self.language,
        )

    def score(self, question: Question, *, neutral: bool = False) -> Reading:
        """Score a question; `neutral` leaves out of account which side or document it names."""
        if neutral:
            question = replace(question, voice=None, document=None, section=None)
        seen = seen_in(question.reading, self.language)
        gloss = _gloss(seen)
        query, known = terms(gloss), explained(question.reading, seen, self.language)
        signals = self._signals(question.reading, gloss)
        reading = reading_of(self.index, question, gloss, query, signals)
        gain = float(np.interp(known, EXPLAINED, NEARER))
        return replace(
            reading,
            features=_weighed(reading.features),
            weights=SEVERAL,  # the votes are those of English questions, in the space of another model
            similarities=reading.similarities + gain,
            unanswered_similarity=reading.unanswered_similarity + gain,
            dense=reading.dense - APART,
            words=known,
            nearest=self._nearest(signals.questions, int(reading.scores.argmax())),
        )

    def _signals(self, text: str, gloss: str) -> Signals:
        """The signals of a question: the cosines of its own meaning mixed with those of its gloss."""
        vector = self._space.question(self.encoder.encode([text])[0], primary(self.language))
        own = {name: COSINE + STEP * cosines for name, cosines in self._space.cosines(vector).items()}
        index, encoder = self._plain
        nothing = np.zeros(len(index.passages))
        english = encoder.encode([gloss])[0]
        if not gloss:
            return Signals(
                own["blocks"],
                own["sentences"],
                own["questions"],
                own["unanswered"],
                *index.words(()),
                nothing,
                english,
                UNDECIDED,
            )
        glossed = index.signals(english, terms(gloss))
        mixed = {name: (1 - GLOSSED) * own[name] + GLOSSED * getattr(glossed, name) for name in VECTORS}
        return replace(glossed, votes=nothing, doubt=UNDECIDED, **mixed)

    def translated(self, question: str, within: Citation | None) -> str:
        """The nearest question of the bank in English; one about the block `within`, if given."""
        text = clean_question(question)
        about = None if within is None else self.index.passages_at[within]
        return self._nearest(self._signals(text, _gloss(seen_in(text, self.language))).questions, about)

    def _nearest(self, cosines: Scores, about: int | None) -> str:
        """The nearest question of the bank, of those about one passage if given."""
        if about is not None:
            cosines = np.where(self.index.question_owner == about, cosines, -1.0)
        return self.index.question(int(cosines.argmax())).text

    def in_english(self, question: Question, reading: Reading, passages: Sequence[Ranked]) -> tuple[Question, Reading]:
        """The question and its reading as the rules of judgement read them: in English words.

        Of the English words that a foreign one may stand for, those are taken that the passages found have.
        """
        seen = seen_in(question.text, self.language)
        found = [each.passage.position for each in passages[:3]]
        words = " ".join(self._meant(each.key, found) for each in seen.words)
        text = f"{_asking(seen)} {words}".strip()
        return replace(question, text=text), replace(reading, text=words)

    def _meant(self, key: str, found: Sequence[int]) -> str:
        words = key.split()
        told = [w for w in words if any(self.index.tells_of(n, t) for n in found for t in terms(w))]
        return told[0] if told else words[0]


_HAN_OR_KATAKANA = re.compile(r"[\u3400-\u9fff\u30a1-\u30fa]")


def explained(text: str, seen: Seen, language: str) -> float:
    """The share of a question's words of matter that the glossary has, 0 where it has no name and no term.

    A third for a language without tables: then the meaning alone decides.
    """
    tag, common = primary(language), common_words(primary(language))
    if tag not in LANGUAGES:
        return 1 / 3
    if not seen.words:
        return 0.0
    every = [(each.start, each.end) for group in (seen.words, seen.asks, seen.views) for each in group]
    if tag in ("zh", "ja"):
        units = [(m.start(), m[0]) for m in _HAN_OR_KATAKANA.finditer(text)]
        units += [(m.start(), m[0]) for m in re.finditer(r"[A-Za-z]{2,}", text)]
    else:
        units = [(p.start, p.text.lower()) for p in pieces_of(text) if len(p.text) > 2]
    matter = [at for at, unit in units if unit not in common and not unit.isdigit()]
    known = sum(any(start <= at < end for start, end in every) for at in matter)
    return known / len(matter) if matter else 1.0


@lru_cache(maxsize=64)
def seen_in(text: str, language: str) -> Seen:
    """What the glossary has of a question."""
    asks = tuple(found_in(text, language, "asks"))
    return Seen(_words(text, language), asks, tuple(found_in(text, language, "views")))


def _words(text: str, language: str) -> tuple[Found, ...]:
    """Names and terms in order, with the names that stand there in English spelling."""
    found = found_in(text, language, "names", "terms", "words")
    taken = [(each.start, each.end) for each in found]
    for each in named_in(_latin_only(text)):
        free = not any(start < each.end and each.start < end for start, end in taken)
        if free and text[each.start].isupper():
            found.append(Found(each.entity.name, "names", each.start, each.end))
    return tuple(sorted(found, key=lambda each: each.start))


_NOT_LATIN = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u206f]")


def _latin_only(text: str) -> str:
    """The text with all but Latin letters blanked, at the same offsets."""
    return _NOT_LATIN.sub(" ", text)


_AUTHOR = frozenset({"Brian Wong", "Taihe Institute", "article author"})


def _gloss(seen: Seen) -> str:
    """The English words that a question's words stand for, in its order; the author's name only where alone."""
    matter = [each.key for each in seen.words if each.key not in _AUTHOR]
    return " ".join(matter or [each.key for each in seen.words])


def _asking(seen: Seen) -> str:
    """The English question word that says what is asked for; "what" where another says more."""
    keys = [each.key for each in seen.asks]
    return next((key for key in keys if key != "what"), keys[0] if keys else "")


SIDES = {"NATO": Voice.NATO, "The West": Voice.NATO, "China": Voice.CHINA, "Beijing": Voice.CHINA,
          "Chinese government": Voice.CHINA}  # fmt: skip


def _voices(text: str, seen: Seen) -> tuple[Voice, ...]:
    """The sides and speakers whose views are asked for."""
    author = seen.has("article") or any(each.key in ("Brian Wong", "Taihe Institute") for each in seen.words)
    recommended = any(each.key.startswith("recommend") for each in seen.words)
    experts = seen.has("report") or (seen.has("experts") and (recommended or _opinion(seen)))
    if author:
        return (Voice.EXPERTS, Voice.AUTHOR) if experts else (Voice.AUTHOR,)
    sides = [(each, SIDES[each.key]) for each in seen.words if each.key in SIDES]
    if experts and sides and any(each.key == "experts" and each.start < sides[0][0].start for each in seen.views):
        return (Voice.EXPERTS,)
    if not sides or not _opinion(seen) or _of_another(text, seen, sides[0][0]):
        return (Voice.EXPERTS,) if experts and (recommended or not sides) else ()
    both = {voice for _, voice in sides} == {Voice.NATO, Voice.CHINA}
    if both and (seen.has("each") or _answer_each_other(text, seen, sides)):
        return (Voice.NATO, Voice.CHINA)
    return (_subject(text, seen, sides),)


def _opinion(seen: Seen) -> bool:
    return any(seen.has(cue) for cue in ("view", "according")) or any(
        each.key == "worries" and each.end - each.start > 1 for each in seen.views
    )


ACTORS = frozenset({"European Union", "Europe", "United States", "Russia", "Joe Biden", "Japan", "India"})
"""Those whose views of a side may be asked for, and who are no side themselves."""


def _of_another(text: str, seen: Seen, side: Found) -> bool:
    """Whether the view is that of another actor, named before any side: "How does the EU see China?"."""
    if not any(each.key in ACTORS and each.start < side.start for each in seen.words):
        return False
    looked_at = _OBJECT.match(text, side.end) or _DATIVE.match(text, side.end)
    asked = (each for each in seen.views if each.key in ("view", "according"))
    return bool(looked_at) or any(each.start < side.start for each in asked)


def _subject(text: str, seen: Seen, sides: Sequence[tuple[Found, Voice]]) -> Voice:
    """Whose view: the side beside "according to", or else the first one that is not an object."""
    for cue in (each for each in seen.views if each.key == "according"):
        near = min(sides, key=lambda side: max(side[0].start - cue.end, cue.start - side[0].end))
        return near[1]
    for cue in (each for each in seen.views if each.key == "worries" and not _REFLEXIVE.search(text[: each.start])):
        worried = [voice for found, voice in sides if 0 <= found.start - cue.end <= _CLOSE]
        if worried:
            return worried[0]
    free = [voice for found, voice in sides if not _OBJECT.match(text, found.end)]
    return free[0] if free else sides[0][1]


_REFLEXIVE, _CLOSE = re.compile(r"\b(?:s'|se |sich )$", re.IGNORECASE), 6  # letters for an article
_OBJECT = re.compile(r"を|'(?:yi|yu|yı|yü|i|ı|u|ü)\b")
"""What marks the side before it as the one that is looked at."""

_DATIVE = re.compile(r"'y?[ea]\b")

_BREAK = re.compile(r"[，,；;。.？?、]|\b(?:et|und|y|и|а|ve|و)\b")


def _answer_each_other(text: str, seen: Seen, sides: Sequence[tuple[Found, Voice]]) -> bool:
    """Whether the question asks one side's view and then, after a break, the other's."""
    first = sides[0][1]
    other = next(found for found, voice in sides if voice is not first)
    breaks = [m.start() for m in _BREAK.finditer(text) if sides[0][0].end <= m.start() <= other.start]
    views = [each.start for each in seen.views if each.key == "view"]
    return any(any(v > at for v in views) and any(v < at for v in views) for at in breaks)


def _document(seen: Seen) -> str | None:
    author = seen.has("article") or any(each.key == "Brian Wong" for each in seen.words)
    report = seen.has("report")
    return None if author == report else "article" if author else "report"


def _topic(text: str, seen: Seen, voices: tuple[Voice, ...]) -> str | None:
    """The question without the speaker or document that it names."""
    if not {Voice.AUTHOR, Voice.EXPERTS} & {*voices} and not seen.has("report"):
        return None
    cues = [each for each in seen.views if each.key in ("according", "article", "report", "experts")]
    cues += [each for each in seen.words if each.key == "Brian Wong"]
    bare = text
    for each in cues:
        bare = bare[: each.start] + " " * (each.end - each.start) + bare[each.end :]
    bare = " ".join(bare.split()).strip(" ,，?？")
    return bare if terms(bare) or len(bare) > 2 else None


_CLAUSE = re.compile(r"[，,；;？?。]\s*|\s(?=(?:et|und|y|и|ve|و)\s)")


def _clauses(text: str, language: str) -> tuple[str, ...]:
    """The questions in a question, where each has its own question word and its own matter."""
    parts = [part.strip() for part in _CLAUSE.split(text) if part and part.strip()]
    asking = [part for part in parts if found_in(part, language, "asks") and _words(part, language)]
    return tuple(asking) if len(asking) > 1 and len(asking) == len(parts) else ()


def _names(text: str, seen: Seen, index: Index) -> tuple[tuple[Named, ...], tuple[str, ...]]:
    """The documents' entities named, and the names and years that the documents never mention."""
    named: list[Named] = []
    unknown: list[str] = []
    for each in seen.words:
        known = _entity(each.key) if each.table == "names" else None
        if known is not None:
            named.append(Named(known, each.start, each.end))
        elif each.table == "names" and any(word not in index.document_words for word in each.key.lower().split()):
            unknown.append(text[each.start : each.end])
    latin = _latin_only(text)
    if any(c.isalnum() for c in latin):
        strange = read_question(latin, {}, index.document_words, bool).unknown
        unknown += [
            name for name in strange if name.isupper() or (name[0].isupper() and len(name) > 3) or name.isdigit()
        ]
    return tuple(named), tuple(dict.fromkeys(unknown))


@lru_cache(maxsize=512)
def _entity(name: str) -> Entity | None:
    try:
        return entity(name)
    except NoSuchPlace:
        return None


def _weighed(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """The signals as the weights of `ranking` expect them."""
    weighed = features.copy()
    for name, parts in WEIGHED.items():
        weighed[SIGNALS.index(name)] = sum(share * features[SIGNALS.index(part)] for part, share in parts.items())
    return weighed


@lru_cache(maxsize=16)
def packaged_foreign(language: str) -> Foreign:
    """What the packaged model reads of a language; `LanguageUnavailable` where the extra is not installed."""
    from ncrelations.e5 import REMEDY, packaged_e5
    from ncrelations.multilingual import packaged_multilingual, packaged_space

    try:
        encoder = packaged_e5()
    except EncoderUnavailable as error:
        raise LanguageUnavailable(language, error.problem, REMEDY) from error
    return Foreign(packaged_multilingual(), encoder, packaged_space(), (packaged_index(), packaged()), language)
