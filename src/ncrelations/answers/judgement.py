"""Do the documents answer? Explicit rules, each with its reason in words, and one calibrated sum.

A rule says what it found and how strongly; the weights of the sum were fitted, with those of the
confidence, on the fitting set by `tests/eval/fit.py`. No rule looks at anything but the question,
its reading and the passages found.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from ncrelations.answers.answer import Status
from ncrelations.answers.ranking import Ranked
from ncrelations.answers.scoring import Reading
from ncrelations.document.entities import Entities
from ncrelations.document.tree import Block
from ncrelations.editions.nato_china.voices import Voice
from ncrelations.questions.answer_kind import Wanted, wanted_by
from ncrelations.questions.question import Question
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.passages import BankQuestion, Passage
from ncrelations.text.words import pieces_of, stem, terms
from ncrelations.texts import Reason, reason, voice_name

RULES = (
    "unknown", "missing", "silent", "nearer", "same words", "foreign", "premise", "opposite", "denied", "elsewhere",
    "votes", "far",
)  # fmt: skip
"""The rules, in the order of `WEIGHTS`."""

WEIGHTS = (2.00, 1.22, 1.65, 1.84, 0.63, 1.71, 0.57, 1.31, 0.38, 0.42, 3.41, 0.0)
"""The weight of each rule's strength in the sum; "far" decides by itself."""

BIAS = -3.51
"""The sum without any finding."""

_KEYWORDS = 2
FAR, DISTANT = 0.595, 0.675
"""Below the first nearness a question is about something else; below the second nothing answers it surely."""

TEXT, STRANGE = 0.6, 0.22
"""Nearness is the best cosine of the question with a question of the bank, and with these weights that with a
block or sentence, less the share of its words that the passages found do not have."""

THRESHOLD = 0.2
"""From this chance on that the documents do not answer, the answer is not called `answered`."""


@dataclass(frozen=True, slots=True)
class Findings:
    """How strongly each rule speaks against an answer, and what it has to say."""

    strengths: tuple[float, ...]
    """One number a rule, 0 where it has nothing to say (about 1 where it is sure)."""
    reasons: tuple[str | None, ...]
    """One clause a rule, `None` where it has nothing to say."""

    @property
    def doubt(self) -> float:
        """0..1: the chance that the documents do not answer."""
        total = BIAS + sum(weight * strength for weight, strength in zip(WEIGHTS, self.strengths, strict=True))
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))

    def said(self) -> tuple[str, ...]:
        """The reasons, weightiest first."""
        weighed = zip(WEIGHTS, self.strengths, self.reasons, strict=True)
        spoken = sorted(
            ((-w * s, reason) for w, s, reason in weighed if reason and w * s > 0), key=lambda pair: pair[0]
        )
        return tuple(dict.fromkeys(reason for _, reason in spoken))


def examine(
    index: Index, question: Question, reading: Reading, topic: Reading | None, passages: Sequence[Ranked]
) -> Findings:
    """Let every rule look at a question, its reading and the passages found, best first.

    `topic` is the reading of the question without the speaker or document it names.
    """
    top = passages[0].passage.block
    first = passages[0].passage.position
    asked = [term for term in terms(reading.text) if term not in _ASKING_TERMS]
    found_in = [each.passage.position for each in passages[:3]]
    foreign = [term for term in asked if not any(index.tells_of(number, term) for number in found_in)]
    share = _share(index, foreign, asked)
    found = (
        _unknown(question),
        _missing(index.corpus.entities, question, top),
        _silent(index, question, topic or reading),
        _nearer(index, question, reading, asked),
        _same_words(index, question, reading, asked),
        (share, None),
        _premise(question, share),
        _opposite(index, question, reading, first),
        _denied(question, top),
        _elsewhere(index.corpus.entities, question, passages),
        _votes(question, reading, asked),
        _far(reading, share),
    )
    strengths, reasons = zip(*found, strict=True)
    return Findings(strengths, reasons)


Finding = tuple[float, str | None]
"""What a rule found: its strength, and the reason in words."""

_ASKING_TERMS = frozenset(
    terms(
        "what which year many name date when happen take place does mean think view see want worry worried fear"
        " distrust mistrust dislike suspicious suspect trust perceive regard believe afraid concerned concern"
        " opinion perception"
    )
)
"""Words of asking and of attitude: they say nothing of the matter asked about."""


def _share(index: Index, some: Sequence[str], of: Sequence[str]) -> float:
    """The share of `some` among the terms `of`, by rarity."""
    whole = sum(index.rarity(term) for term in of)
    return sum(index.rarity(term) for term in some) / whole if whole else 0.0


def _unknown(question: Question) -> Finding:
    if not question.unknown:
        return 0.0, None
    names = tuple(Reason("list.name", {"name": name}) for name in question.unknown[:3])
    return 1.0, reason("unknown", names=names)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:{_MONTHS})\b|{_YEAR.pattern}|\b(?:after|since|until|recently|early|late|future|ago)\b")
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|thousand|million|billion"
    r"|first|second|third|fourth|fifth|half|both|several|fraction)\b",
    re.IGNORECASE,
)
_UNITS = {
    "long": re.compile(r"\b(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|century|long-term|long)\b"),
    "old": re.compile(r"\b(?:aged?|born|years old)\b"),
    "far": re.compile(r"\b(?:km|kilomet|miles?)\b"),
    "money": re.compile(r"[$€]|\b(?:dollars?|euros?|billions?|millions?)\b"),
}
_MONEY = re.compile(
    r"\bhow much (?:money|did|does|do|is|has)\b.*\b(?:spend|spent|cost|invest|pay|paid|worth)"
    r"|\b(?:dollars|euros|billions)\b",
    re.IGNORECASE,
)


def _missing(entities: Entities, question: Question, block: Block) -> Finding:
    """The kind of thing asked for does not stand in the passage."""
    wanted, text = question.wanted, block.text
    rest = text
    for piece in re.findall(r"\b\d{4}\b", question.text):
        rest = rest.replace(piece, "")
    match wanted:
        case Wanted.YEAR:
            return _unless(_YEAR.search(rest), "no_year")
        case Wanted.DATE:
            return _unless(_DATE.search(rest), "no_date")
        case Wanted.NUMBER:
            return _missing_number(question.text, _YEAR.sub("", text))
        case Wanted.NAME:
            named = {each.entity.name for each in question.named}
            others = [m for m in entities.mentioned(block) if m.entity not in named and m.kind == "person"]
            return _unless(others, "no_name")
        case _:
            return 0.0, None


def _missing_number(asked: str, text: str) -> Finding:
    if _MONEY.search(asked):
        return _unless(_UNITS["money"].search(text), "no_sum")
    if _UNITS["far"].search(asked):
        return _unless(_UNITS["far"].search(text), "no_distance")
    measure = re.search(r"\bhow (long|old|far)\b", asked, re.IGNORECASE)
    if measure:
        return _unless(_UNITS[measure[1].lower()].search(text), f"how_{measure[1].lower()}")
    if not re.search(r"\bhow many\b|\bnumber of\b|\bpercent", asked, re.IGNORECASE):
        return 0.0, None
    bare = re.sub(rf"\b\d\d? (?:{_MONTHS})", "", text)
    return _unless(_NUMBER.search(bare), "no_number")


def gives(entities: Entities, block: Block, wanted: Wanted | None) -> bool:
    """Whether a block has a thing of the kind asked for: a date, a number, a person, a place."""
    match wanted:
        case Wanted.YEAR | Wanted.DATE:
            return bool(_DATE.search(block.text))
        case Wanted.NUMBER:
            return bool(_NUMBER.search(block.text))
        case Wanted.PERSON | Wanted.NAME:
            return any(mention.kind == "person" for mention in entities.mentioned(block))
        case Wanted.PLACE:
            return any(mention.kind == "place" for mention in entities.mentioned(block))
        case _:
            return False


def _unless(found: object, name: str) -> Finding:
    return (0.0, None) if found else (1.0, reason(name))


_SPEAKERS: dict[object, str] = {
    Voice.NATO: "of_nato",
    Voice.CHINA: "of_china",
    Voice.EXPERTS: "the_report",
    Voice.AUTHOR: "wongs_article",
}


def _silent(index: Index, question: Question, topic: Reading) -> Finding:
    """The document or side named has nothing near the topic, and another has."""
    if question.document is None and question.voice not in (Voice.NATO, Voice.CHINA):
        return 0.0, None
    inside: list[tuple[float, Passage]] = []
    outside: list[tuple[float, Passage]] = []
    for passage in index.passages:
        near = (float(topic.similarities[passage.position]), passage)
        if question.document is not None:
            here = passage.block.citation.document == question.document
        else:
            here = index.corpus.speaks_for(passage.block, question.voice) > 0 if question.voice else True
        (inside if here else outside).append(near)
    best_in, best_out = max(near for near, _ in inside), max(near for near, _ in outside)
    strength = max(0.0, min(1.0, (best_out - best_in - 0.02) * 5)) * (best_in < 0.75)
    if strength == 0.0:
        return 0.0, None
    many = question.voice in (Voice.NATO, Voice.CHINA)
    speaker = reason(_SPEAKERS[question.voice] if question.voice else f"the_{question.document}")
    where = max((passage for _, passage in outside), key=lambda passage: topic.scores[passage.position]).block
    silence = reason("they_are_silent" if many else "it_is_silent", speaker=speaker)
    if question.document is None:
        voice = voice_name(where.voice.value, where.voice.label)
        return strength, reason("other_voice", silence=silence, voice=voice, place=where.human)
    other = reason("the_report" if where.citation.document == "report" else "wongs_article")
    return strength, reason("other_document", silence=silence, document=other, place=where.human)


_KIN = {Wanted.DATE: Wanted.YEAR, Wanted.PERSON: Wanted.NAME}


_ASKS = re.compile(r"\b(?:who|whom|whose|what|when|where|why|which|how|name|list|tell|explain)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"^\W*(?:and |so |but )?(?:is|are|was|were|do|does|did|has|have|had|can|could|should|would|will|may|might|must)\b",
    re.IGNORECASE,
)


def _comparable(question: Question, near: BankQuestion) -> bool:
    """Whether a known unanswered question can speak for this one.

    If it asks for a detail that the text does not give (a year, a number, a name), this one must ask for
    the same kind of detail; if it takes something for granted, this one must too: "does ...?" does not.
    """
    theirs, ours = (_KIN.get(w, w) if w else None for w in (wanted_by(near.text), question.wanted))
    if _YES_OR_NO.match(question.text) or not _ASKS.search(question.text):
        return bool(_YES_OR_NO.match(near.text))
    return theirs in (None, Wanted.REASON) or theirs is ours


def _apart(index: Index, near: BankQuestion, asked: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words that set a known unanswered question apart from its passage, and those of them asked."""
    apart = frozenset(term for term in terms(near.text) if not index.tells_of(near.passage, term))
    return apart, apart & frozenset(asked)


def _nearer(index: Index, question: Question, reading: Reading, asked: Sequence[str]) -> Finding:
    """A question that is known to be unanswered is nearer than any that is answered."""
    near = reading.unanswered
    if reading.unanswered_similarity < 0.6 or not _comparable(question, near):
        return 0.0, None
    lead = reading.unanswered_similarity - reading.similarity
    wanted = wanted_by(near.text)
    if wanted is question.wanted:
        lead += 0.08
    apart, shared = _apart(index, near, asked)
    if wanted is Wanted.REASON and apart and not shared:
        lead -= 0.1  # it takes something else for granted
    return max(0.0, min(0.3, lead)) * 5, near.unanswered if lead > 0 else None


_PARTIES = frozenset(terms("nato china chinese alliance allies west western beijing"))


def _votes(question: Question, reading: Reading, asked: Sequence[str]) -> Finding:
    """All questions known to be unanswered, and all of the bank, speak for and against an answer.

    They count less for a question with few words of matter: it takes little for granted.
    """
    matter = sum(term not in _PARTIES for term in asked)
    near = reading.unanswered
    close = reading.unanswered_similarity > max(0.6, reading.similarity - 0.1) and _comparable(question, near)
    strength = max(0.0, min(1.0, (1.0 + reading.doubt) / 1.5)) * min(1.0, matter / 3)
    return strength, near.unanswered if close and strength > 0.4 else None


def _same_words(index: Index, question: Question, reading: Reading, asked: Sequence[str]) -> Finding:
    """The question has the very words that set a known unanswered question apart from the passage."""
    near = reading.unanswered
    lead = reading.unanswered_similarity - reading.similarity
    if lead < -0.12 or not _comparable(question, near) or not _apart(index, near, asked)[1]:
        return 0.0, None
    return 1.0, near.unanswered


_FACTIVE = re.compile(r"\b(?:did|has|have|had|was|were|made|led|caused|no longer|finally|refused?)\b", re.IGNORECASE)


def _premise(question: Question, foreign: float) -> Finding:
    """It asks for the reason of something that happened, and no word of the passage supports that."""
    if question.wanted is not Wanted.REASON or not _FACTIVE.search(question.text):
        return 0.0, None
    return foreign, reason("premise") if foreign > 0.3 else None


_WHY_OR_WHEN = re.compile(
    r"^\W*(?:and |so |but )?"
    r"(?:why|when|since when|how come|how did|how was|who|in (?:which|what)|on (?:which|what)|where)\b"
    r"|\bwhat (?:made|led|makes|caused|convinced|moved|drove|prompted|persuaded)\b|\breasons?\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|without|neither|cannot|deny|denied|denies|rather than|instead of|n't)\b", re.IGNORECASE
)


@cache
def _families() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Stems of words for events and attitudes, with those of their opposites, both ways."""
    path = Path(__file__).with_name("opposites.toml")
    pairs = [
        (frozenset(map(stem, pair["a"])), frozenset(map(stem, pair["b"])))
        for pair in tomllib.loads(path.read_text("utf-8"))["pair"]
    ]
    return tuple(pairs + [(b, a) for a, b in pairs])


def _opposite(index: Index, question: Question, reading: Reading, passage: int) -> Finding:
    """It takes for granted what happened, and the passage speaks of the opposite only."""
    if not _WHY_OR_WHEN.search(question.text) or _NEGATION.search(question.text):
        return 0.0, None
    asked, said = set(terms(reading.text)), set(terms(index.passages[passage].block.text))
    for family, opposite in _families():
        claim = asked & family
        if claim and not asked & opposite and not said & family and said & opposite:
            typed = next(p.text for p in pieces_of(reading.text) if stem(p.folded) in claim)
            return 1.0, reason("opposite", word=typed)
    return 0.0, None


def _denied(question: Question, block: Block) -> Finding:
    """It takes for granted what the passage denies."""
    if not _WHY_OR_WHEN.search(question.text) or _NEGATION.search(question.text):
        return 0.0, None
    asked = terms(question.text)
    pairs = set(pairwise(asked))
    for sentence in block.sentences:
        for match in _NEGATION.finditer(sentence.text):
            after = terms(" ".join(sentence.text[match.end() :].split()[:9]))
            if pairs & set(pairwise(after)):
                return 1.0, reason("denied")
    return 0.0, None


def _elsewhere(entities: Entities, question: Question, passages: Sequence[Ranked]) -> Finding:
    """It names someone or something that the passages found do not."""
    names = {each.entity.name: each.entity for each in question.named if each.entity.name not in entities.everywhere}
    if not names:
        return 0.0, None
    there = {m.entity for each in passages[:2] for m in entities.mentioned(each.passage.block)}
    absent = [name for name in names if name not in there]
    if not absent:
        return 0.0, None
    return len(absent) / len(names), reason("elsewhere", name=absent[0])


def _nearness(reading: Reading, foreign: float) -> float:
    """How near a question comes to the documents.

    A word or two that the documents have ("trade"), and no more, come as near as can be.
    """
    typed = len(pieces_of(reading.text))
    if reading.words == 1.0 and not reading.mended and typed == len(terms(reading.text)) <= _KEYWORDS:
        return 1.0
    return reading.similarity + TEXT * reading.dense - STRANGE * foreign


def _far(reading: Reading, foreign: float) -> Finding:
    """The question is about something else: 1 where that is sure, a half where it may be."""
    near = _nearness(reading, foreign)
    return (1.0 if near < FAR else 0.5, reason("far")) if near < DISTANT else (0.0, None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the documents answer a question, how surely, and why not."""

    status: Status
    confidence: float
    """The chance that the first excerpt holds the answer."""
    reasons: tuple[str, ...]


def verdict(findings: Findings, question: Question, reading: Reading, passages: Sequence[Ranked]) -> Verdict:
    """Weigh the findings. What one side does not say another may: that is `partial`, not `not_found`."""
    strength = dict(zip(RULES, findings.strengths, strict=True))
    margin = passages[0].score - passages[1].score if len(passages) > 1 else 1.0
    confidence = _confidence(findings.doubt, reading.similarity, margin)
    if strength["far"] == 1.0:
        return Verdict("not_found", min(confidence, 0.05), findings.said() or (reason("far"),))
    if findings.doubt < THRESHOLD and not _sure(strength):
        return Verdict("answered", confidence, ())
    absent = strength["unknown"] > 0 or (strength["silent"] >= _SURE and question.document is not None)
    reasons = findings.said() or (reason("touched"),)
    return Verdict("not_found" if absent else "partial", confidence, reasons)


_SURE = 0.5


def _sure(strength: dict[str, float]) -> bool:
    """Whether a rule that is hardly ever wrong has spoken."""
    return any(strength[rule] >= _SURE for rule in ("unknown", "missing", "silent", "far"))


CONFIDENCE = (0.42, -7.38, 1.86, 1.44)
"""Bias, and weights of doubt, similarity and margin, in the confidence."""


def _confidence(doubt: float, similarity: float, margin: float) -> float:
    total = sum(weight * x for weight, x in zip(CONFIDENCE, (1.0, doubt, similarity, margin), strict=True))
    return 1 / (1 + math.exp(-total))
