"""What may tell who is credited with a quotation: those who may be, each with the features of the words around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ncrelations.proofing.credit_clauses import (
    VERBS,
    Reading,
    is_strong,
    kind,
    read_clauses,
    subject,
)
from ncrelations.proofing.credit_mentions import Mentions
from ncrelations.proofing.credit_names import Key, Mention
from ncrelations.proofing.credit_roles import QuotationLook, role_features
from ncrelations.proofing.credit_words import Token, tokens_of

NOBODY: Key = ("nobody", "")
FACT: Key = ("fact", "")
OTHER: Key = ("other", "")
"""Somebody who is none of the speakers."""
UNKNOWN: Key = ("unknown", "")
"""What a pronoun stands for that nobody named before is."""
_PRONOUNS = frozenset({"he", "they", "it", "who", "former", "latter"})
_MEANS = {"its": "it", "their": "they", "his": "he", "her": "he", "whose": "who"}
_RECENT = 6  # those named last that a pronoun may stand for
_MENTIONS = {True: 12, False: 8}  # before and after a quotation
_SENTENCES = {True: 4, False: 2}
_ENDS = (".", "!", "?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may credit somebody."""

    mention: Mention | None
    """The words; `None` where nobody is credited, or it is stated as fact."""
    features: tuple[str, ...]
    """What may tell whether they do."""
    options: tuple[tuple[Key, tuple[str, ...]], ...]
    """Who it may be, each with what may tell."""


class CreditFeatures:
    """Makes the candidates of quotations, by the speakers of a corpus. Immutable."""

    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions

    def read(self, text: str) -> Reading:
        """A text in which `ASKED` stands for the quotation and `QUOTED` for others."""
        tokens = tokens_of(text)
        return read_clauses(text, tokens, self._mentions.found(text, tokens))

    def candidates(self, read: Reading, look: QuotationLook, *, fact: bool = False) -> Iterator[Candidate]:
        """Those who may be credited; the first is nobody. `fact`: whether something says that it is a fact."""
        general = [*_general(read), *look.features]
        yield Candidate(None, tuple(f"0:{each}" for each in general), ((NOBODY, ()),))
        if fact:
            yield Candidate(None, tuple(f"F:{each}" for each in general), ((FACT, ()),))
        for number, mention in enumerate(read.mentions):
            options = tuple(self._options(read, number)) if _is_near(read, number) else ()
            if options:
                yield Candidate(mention, tuple(role_features(read, number, look)), options)

    def _options(self, read: Reading, number: int) -> Iterator[tuple[Key, tuple[str, ...]]]:
        """Who a mention may be, each with what speaks for it."""
        mention = read.mentions[number]
        for key in mention.keys:
            yield key, (f"is:{key[0]}", f"is:{key[0]}:{mention.form}")
        if mention.keys or mention.form == "i":
            return
        before = [m for m in read.mentions[:number] if m.keys]
        recent = list(dict.fromkeys(key for m in reversed(before) for key in m.keys))
        words = [t.low for t in read.tokens[mention.start : mention.end]]
        theirs = mention.form.startswith("their-")
        form = _MEANS.get(words[0], "it") if theirs else mention.form
        options = [k for k in recent[:_RECENT] if self._mentions.may_be(k, form, _last(before, k))]
        if theirs or form in _PRONOUNS:
            yield UNKNOWN, (f"unknown:{mention.form}", f"unknown:{mention.form}:{min(len(options), 2)}")
            named = (k for k in self._mentions.names.keys if k[0] == "person" and form == "he")
        else:
            new = (mention.form, f"{mention.form}:{mention.definite}", mention.head, words[0])
            yield ("other", " ".join(words)), tuple(f"new:{each}" for each in new)
            named = (key for key in self._mentions.names.keys)
        for key in dict.fromkeys((*options, *named)):
            yield key, tuple(self._resolved(read, mention, key, recent, before, words))

    def _resolved(
        self,
        read: Reading,
        mention: Mention,
        key: Key,
        recent: Sequence[Key],
        before: Sequence[Mention],
        words: Sequence[str],
    ) -> Iterator[str]:
        """What speaks for a mention's being somebody who was named before, or not."""
        form, who = mention.form, key[0]
        rank = str(min(recent.index(key), 4)) if key in recent else "-"
        yield from (f"r:{form}", f"r:{form}:{who}", f"r:{form}:{rank}", f"r:{form}:{who}:{rank}")
        yield f"r:{form}:{mention.definite}:{who}:{rank != '-'}"
        yield f"r:{form}:{mention.plural}:{who}"
        yield f"r:{mention.head}:{who}"
        yield f"r:only:{form}:{len(recent) == 1 and rank == '0'}"
        if self._mentions.names.in_role(key, words):
            yield f"r:role:{form}"
        last = _last(before, key)
        if last is None:
            return
        yield f"r:stops:{form}:{min(_stops(read, last, mention), 3)}:{who}"
        yield f"r:was:{form}:{last.form}:{last.plural}"
        yield f"r:was:{form}:{subject(read, last)}:{rank}"
        yield f"r:said:{form}:{read.verbs[read.mentions.index(last)][0]}:{rank}"
        if form in ("former", "latter"):
            pair = list(dict.fromkeys(k for m in before if _stops(read, m, mention) <= 1 for k in m.keys))[-2:]
            order = pair if len(pair) > 1 else list(reversed(recent[:2]))
            yield f"r:{form}:at:{order.index(key) if key in order else '-'}"


def _last(before: Sequence[Mention], key: Key) -> Mention | None:
    return next((m for m in reversed(before) if key in m.keys), None)


def _stops(read: Reading, first: Mention, second: Mention) -> int:
    return sum("stop" in token.of for token in read.tokens[first.end : second.start])


def _is_near(read: Reading, number: int) -> bool:
    """Whether a mention stands near enough to be credited."""
    mention = read.mentions[number]
    before = mention.end <= read.at
    between = read.tokens[mention.end : read.at] if before else read.tokens[read.at + 1 : mention.start]
    inner = read.mentions[number + 1 :] if before else read.mentions[:number]
    near = sum((m.end <= read.at) == before for m in inner) < _MENTIONS[before]
    return near and sum("stop" in token.of for token in between) <= _SENTENCES[before]


def _general(read: Reading) -> Iterator[str]:
    """What the sentence is, whoever it mentions."""
    at, before, after = read.at, read.before, read.after
    yield "bias"
    yield f"empty:{not before}:{not after}"
    for name, place in (("before", at - 1), ("after", at + 1), ("before2", at - 2), ("after2", at + 2)):
        yield from (f"{name}:{each}" for each in _kinds(read.token(place)))
    low, high = at - len(before), at + len(after)
    own = [(m, c) for m, c in zip(read.mentions, read.claims, strict=True) if low <= m.start <= high]
    for where, part, some in (
        ("b", before, [c for m, c in own if m.start < at]),
        ("a", after, [c for m, c in own if m.start > at]),
    ):
        strong = [claim for claim in some if is_strong(claim)]
        for name in (*VERBS[:4], "neg", "opinion", "fact"):
            yield f"has:{where}:{name}:{any(name in token.of for token in part)}"
        yield f"asks:{where}:{any(token.text == '?' for token in part)}"
        yield f"many:{where}:{min(len(some), 3)}"
        yield f"claims:{where}:{min(len(strong), 2)}"
        yield f"claim:{where}:{strong[-1 if where == 'b' else 0] if strong else '-'}"
    strong = [claim for _, claim in own if is_strong(claim)]
    earlier = any(strongly and m.end <= low for m, strongly in zip(read.mentions, read.strong, strict=True))
    yield from (f"claims:{bool(strong)}", f"earlier:{earlier}:{bool(strong)}")
    yield f"first:{before[0].low if before else ''}"


def look_of(quotation: str) -> QuotationLook:
    """What a quotation looks like."""
    small, ended = quotation.strip()[:1].islower(), quotation.rstrip()[-1:] in _ENDS
    return QuotationLook(tuple(_quoted(quotation)), small, ended)


def _quoted(quotation: str) -> Iterator[str]:
    words, plain = quotation.split(), quotation.strip()
    yield f"q:length:{min(len(words), 8)}"
    if words:
        yield f"q:begins:{plain[:1].islower()}:{bool({'be', 'aux', 'have'} & tokens_of(words[0])[0].of)}"
        yield f"q:ends:{'' if plain[-1].isalnum() else plain[-1]}"
        yield f"q:title:{len(words) > 2 and sum(word[0].isupper() for word in words) > len(words) / 2}"


def _kinds(token: Token | None) -> tuple[str, str]:
    return token.low if token is not None else "-", f"k:{kind(token)}"
