"""Who the words around a quotation credit with it: each who may be, with the chance that a reader takes it so.

The chance comes from the features of `credit_features`, weighed by `credit_weights.tsv`: first which words credit,
then whom they mean. `tests/proof/fit_credits.py` fits the weights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from math import exp
from pathlib import Path

from ncrelations.document.corpus import Corpus
from ncrelations.proofing.credit_clauses import Reading, is_strong
from ncrelations.proofing.credit_features import Candidate, CreditFeatures
from ncrelations.proofing.credit_mentions import Mentions
from ncrelations.proofing.credit_names import Key, Mention
from ncrelations.proofing.credit_words import ASKED
from ncrelations.proofing.crediting_words import FACT, FACT_AFTER, JUDGING, OWN_VOICE, SHOWING
from ncrelations.proofing.named_speakers import Credit
from ncrelations.texts.whole_files import packaged_bytes

_WEIGHTS = Path(__file__).with_name("credit_weights.tsv")
HUNDREDTHS = 100
"""What the weights are stored in."""
_NO_FACT = re.compile(r"\b(?:not|nor|never|no|hardly|isn['’]t)\b[^.;:]{0,25}\Z", re.IGNORECASE)
_STOP = re.compile(r"[.!?]\s|[¶§]")
_CLAUSE = (6, 8)  # tokens before and behind a mention that say whether its own judgement is meant

Chances = Sequence[tuple[Credit | None, float]]
"""Those who may be credited, each with the chance of it; `None` where nobody is."""


class Credits:
    """Finds who is credited, by the speakers of a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self._corpus)

    @cached_property
    def _features(self) -> CreditFeatures:
        return CreditFeatures(self._mentions)

    def chances(self, text: str, quotation: str) -> Chances:
        """Whom a text credits with the quotation that `ASKED` stands for in it."""
        read, candidates = self.candidates(text, quotation)
        weights = _weights()
        found = dict[Credit | None, tuple[Credit | None, float]]()
        for candidate, chance in zip(
            candidates, _softmax([_sum(weights, c.features) for c in candidates]), strict=True
        ):
            shares = _softmax([_sum(weights, features) for _, features in candidate.options])
            for (key, _), share in zip(candidate.options, shares, strict=True):
                credit = self.credit(read, candidate.mention, key)
                same = credit and replace(credit, words="")
                first, sum_ = found.get(same, (credit, 0.0))
                found[same] = first, sum_ + chance * share
        return (*found.values(),)

    def candidates(self, text: str, quotation: str) -> tuple[Reading, list[Candidate]]:
        """The words around a quotation, read, and those who may be credited."""
        read = self._features.read(text)
        return read, [*self._features.candidates(read, quotation, fact=bool(_fact(text)))]

    def credit(self, read: Reading, mention: Mention | None, key: Key) -> Credit | None:
        """What it means that somebody is credited by some words."""
        kind, name = key
        if kind == "fact":
            return Credit(_fact(read.text), frozenset(), as_fact=True)
        if mention is None or kind == "unknown":
            return None
        words = read.said(mention)
        beside = read.beside(mention)
        if kind == "other":
            return Credit(words, frozenset(), other=name, beside=beside)
        shows = bool(SHOWING.search(" ".join(t.text for t in read.tokens[mention.end : mention.end + 4])))
        speaker = self._mentions.names.keys[key]
        if kind == "reporter" and mention.form in ("document", "it") and not _own(read, mention):
            document = Credit(words, frozenset(), document=speaker.document, as_fact=shows, beside=beside)
            return document if _says(read, mention) else None
        return Credit(words, frozenset({speaker.voice.value}), as_fact=shows, beside=beside)


def _says(read: Reading, mention: Mention) -> bool:
    """Whether a document is said to say something, not only where something stands: "on page 8 of the report"."""
    claim = read.claims[read.mentions.index(mention)]
    return is_strong(claim) or (read.beside(mention) and not claim.startswith("prep:"))


def _own(read: Reading, mention: Mention) -> bool:
    """Whether a document's own judgement is meant, not what it reports."""
    before, behind = _CLAUSE
    clause = " ".join(t.text for t in read.tokens[max(0, mention.start - before) : mention.end + behind])
    return bool(JUDGING.search(clause) or OWN_VOICE.search(clause))


def _fact(text: str) -> str:
    """The words beside a quotation that state it as fact."""
    before, _, after = text.partition(ASKED)
    first = _STOP.split(before)[-1]
    match = FACT.search(first) or FACT_AFTER.search(next((p for p in _STOP.split(after) if p.strip(" .!?")), ""))
    return "" if match is None or _NO_FACT.search(match.string, 0, match.start()) else match[0]


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    lines = packaged_bytes(_WEIGHTS).decode().splitlines()
    return {name: int(weight) / HUNDREDTHS for name, _, weight in (line.rpartition("\t") for line in lines)}


def _sum(weights: Mapping[str, float], features: Sequence[str]) -> float:
    return sum(weights.get(feature, 0.0) for feature in features)


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    shares = [exp(score - top) for score in scores]
    return [share / sum(shares) for share in shares]
