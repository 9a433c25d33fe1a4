"""Who the words around a quotation credit with it: each who may be, with the chance that a reader takes it so.

The chance comes from the features of `credit_features`, weighed by `credit_weights.tsv`: first which words credit,
then whom they mean. `tests/proof/fit_credits.py` fits the weights.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from ncrelations.document.corpus import Corpus
from ncrelations.proofing.credit_clauses import Reading, is_strong
from ncrelations.proofing.credit_features import NOBODY, OTHER, Candidate, CreditFeatures, look_of
from ncrelations.proofing.credit_mentions import Mentions
from ncrelations.proofing.credit_names import Key, Mention
from ncrelations.proofing.credit_roles import QuotationLook
from ncrelations.proofing.credit_words import ASKED, around
from ncrelations.proofing.crediting_words import FACT, FACT_AFTER, JUDGING, OWN_VOICE, SHOWING
from ncrelations.proofing.named_speakers import Credit, is_on_side
from ncrelations.texts.whole_files import packaged_bytes

if TYPE_CHECKING:  # drafts whose credits are plain load no model
    from ncrelations.models.credit_network import CreditNetwork

_WEIGHTS = Path(__file__).with_name("credit_weights.tsv")
HUNDREDTHS = 100
"""What the weights are stored in."""
_NO_FACT = re.compile(r"\b(?:not|nor|never|no|hardly|isn['’]t)\b[^.;:]{0,25}\Z", re.IGNORECASE)
_STOP = re.compile(r"[.!?]\s|[¶§]")
_CLAUSE = (6, 8)  # tokens before and behind a mention that say whether its own judgement is meant

_THINKING = ("subject:think", "source", "inverted")
_SPEAKING = {"name": ("subject:say", *_THINKING), "he": ("subject:say", *_THINKING), "official": _THINKING}
"""By how somebody is mentioned, the claims that plainly say whose it is; what officials say may be reported speech."""

_RECENT = 64
"""How many of the texts around quotations that were read last are kept: drafts repeat theirs."""

Option = tuple[Mention | None, Key, float]
"""Words that may credit, whom they may mean, and the chance of both."""

_LEAST, _NEGLIGIBLE = 0.005, 1e-6
"""The least chance that the network gives anybody, for it is surer than it may be; and one that cannot matter."""

_LIKELY = 0.01
"""The chance from which on words may mean somebody whom other words mean, too."""

Chances = Sequence[tuple[Credit | None, float]]
"""Those who may be credited, each with the chance of it; `None` where nobody is."""


@dataclass(frozen=True, slots=True)
class Credited:
    """Those whom the words around a quotation may credit with it."""

    chances: Chances = ()
    """By the words and what stands between them."""
    closer: Callable[[], Chances] = tuple
    """The same, looked at by a network, too: which takes longer than all the rest."""

    @classmethod
    def surely(cls, credit: Credit | None) -> Credited:
        """Somebody or nobody, for certain."""
        chances = ((credit, 1.0),)
        return cls(chances, lambda: chances)


class Credits:
    """Finds who is credited, by the speakers of a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self._corpus)

    @cached_property
    def _sides(self) -> Callable[[str], tuple[Key, ...]]:
        """On which sides somebody is known to be."""

        @lru_cache(maxsize=1000)
        def sides(name: str) -> tuple[Key, ...]:
            found = (each for each in self._corpus.sides if is_on_side(self._corpus, name, each))
            return tuple(("side", each.voice.value) for each in found)

        return sides

    @cached_property
    def _network(self) -> CreditNetwork | None:
        from ncrelations.models.credit_network import CreditNetwork
        from ncrelations.models.minilm import packaged

        file = self._corpus.credit_file
        return CreditNetwork(file, self._corpus.credit_sha256, packaged()) if file is not None else None

    @cached_property
    def _features(self) -> CreditFeatures:
        return CreditFeatures(self._mentions)

    @cached_property
    def _read(self) -> Callable[[str], Reading]:
        """The words around a quotation, read; those that a draft repeats once."""
        return lru_cache(maxsize=_RECENT)(self._features.read)

    @cached_property
    def _credited(self) -> Callable[[str, QuotationLook], Credited]:
        return lru_cache(maxsize=_RECENT)(self._found)

    def credited(self, text: str, quotation: str) -> Credited:
        """Whom a text credits with the quotation that `ASKED` stands for in it."""
        return self._credited(text, look_of(quotation))

    def _found(self, text: str, look: QuotationLook) -> Credited:
        read, candidates = self._candidates(text, look)
        options = [each for each in _options(candidates) if each[2] >= _NEGLIGIBLE]
        judging = _judging(read, options)
        credits = [self.credit(read, mention, key, judging) for mention, key, _ in options]
        chances = [chance for _, _, chance in options]
        keys = [key for _, key, _ in options]
        closer = cache(lambda: _summed(credits, self._looked_at(text, keys, chances)))
        return Credited(_summed(credits, chances), closer)

    def _looked_at(self, text: str, keys: Sequence[Key], chances: Sequence[float]) -> Sequence[float]:
        """The chances of some who may be credited with what the network says of each."""
        if self._network is None:
            return chances
        said = {key_of(name): chance for name, chance in self._network.chances(*around(text)).items()}
        shares = {key: max(said[each] for each in self.known(key, said)) for key in set(keys)}
        both = [chance * max(shares[key], _LEAST) for key, chance in zip(keys, chances, strict=True)]
        total = sum(both)
        return [each / total for each in both]

    def known(self, key: Key, who: Collection[Key]) -> list[Key]:
        """Which of those whom the network knows somebody may be; a document beside them may be "the report", too."""
        kind, name = key
        if key in who:
            return [key]
        if kind in ("nobody", "unknown", "fact"):
            return [NOBODY]
        return [OTHER, *(each for each in who if each in self._sides(name) or each[0] == kind != "other")]

    def candidates(self, text: str, quotation: str) -> tuple[Reading, list[Candidate]]:
        """The words around a quotation, read, and those who may be credited."""
        return self._candidates(text, look_of(quotation))

    def _candidates(self, text: str, look: QuotationLook) -> tuple[Reading, list[Candidate]]:
        read = self._read(text)
        return read, [*self._features.candidates(read, look, fact=bool(_fact(text)))]

    def credit(self, read: Reading, mention: Mention | None, key: Key, judging: Collection[Key] = ()) -> Credit | None:
        """What it means that somebody is credited by some words; `judging`: whose own judgement is plainly meant."""
        kind, name = key
        if kind == "fact":
            return Credit(_fact(read.text), frozenset(), as_fact=True)
        if mention is None or kind == "unknown":
            return None
        words, beside, said = read.said(mention), read.beside(mention), _speaks(read, mention)
        if kind == "other":
            return Credit(words, frozenset(), other=name, beside=beside, said=said)
        shows = bool(SHOWING.search(" ".join(t.text for t in read.tokens[mention.end : mention.end + 4])))
        speaker = self._mentions.names.keys[key]
        if kind == "reporter" and mention.form in ("document", "it") and not (key in judging or _own(read, mention)):
            document = Credit(words, frozenset(), document=speaker.document, as_fact=shows, beside=beside)
            return document if _says(read, mention) else None
        return Credit(words, frozenset({speaker.voice.value}), as_fact=shows, beside=beside, said=said)


def _speaks(read: Reading, mention: Mention) -> bool:
    """Whether the quotation's sentence plainly has somebody say or think it: by name, as "he", as an official."""
    plainly = _SPEAKING.get(mention.form)
    return bool(plainly and read.beside(mention) and read.claims[read.mentions.index(mention)].startswith(plainly))


def _says(read: Reading, mention: Mention) -> bool:
    """Whether a document is said to say something, not only where something stands: "on page 8 of the report"."""
    claim = read.claims[read.mentions.index(mention)]
    return is_strong(claim) or (read.beside(mention) and not claim.startswith("prep:"))


def _judging(read: Reading, options: Sequence[Option]) -> frozenset[Key]:
    """Whose own judgement the quotation's sentence gives, however they were named before: "It finds, too, that"."""
    likely = ((mention, key) for mention, key, chance in options if mention and chance >= _LIKELY)
    return frozenset(key for mention, key in likely if read.beside(mention) and _own(read, mention))


def _own(read: Reading, mention: Mention) -> bool:
    """Whether a document's own judgement is meant, not what it reports."""
    before, behind = _CLAUSE
    others = (m for m, claim in zip(read.mentions, read.claims, strict=True) if claim.startswith("subject:"))
    end = min([mention.end + behind, *(m.start for m in others if m.start > mention.end)])
    clause = " ".join(t.text for t in read.tokens[max(0, mention.start - before) : end])
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


def _summed(credits: Sequence[Credit | None], chances: Sequence[float]) -> Chances:
    """Those who may be credited, each once with the sum of the chances of the words that may say so."""
    found = dict[object, tuple[Credit | None, float]]()
    for credit, chance in zip(credits, chances, strict=True):
        same = credit and (credit.voices, credit.other, credit.document, credit.as_fact, credit.beside, credit.said)
        first, sum_ = found.get(same, (credit, 0.0))
        found[same] = first, sum_ + chance
    return (*found.values(),)


def key_of(name: str) -> Key:
    """Who is meant by a name that the network has: the kind and the voice or name, with a colon between them."""
    kind, _, voice = name.partition(":")
    return kind, voice


def _options(candidates: Sequence[Candidate]) -> Iterator[Option]:
    """Whom candidates may mean, by the weights of their features."""
    weights = _weights()
    for candidate, chance in zip(candidates, _softmax([_sum(weights, c.features) for c in candidates]), strict=True):
        shares = _softmax([_sum(weights, features) for _, features in candidate.options])
        for (key, _), share in zip(candidate.options, shares, strict=True):
            yield candidate.mention, key, chance * share


def _sum(weights: Mapping[str, float], features: Sequence[str]) -> float:
    return sum(weights.get(feature, 0.0) for feature in features)


def _softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    shares = [exp(score - top) for score in scores]
    return [share / sum(shares) for share in shares]
