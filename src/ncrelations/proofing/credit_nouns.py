"""Phrases around nouns of those who speak: "the growers' critics in the town", and who they are by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ncrelations.proofing.credit_names import Key, Mention, Names
from ncrelations.proofing.credit_words import HEADS, PRONOUNS, Token

_BEHIND = frozenset({"of", "in", "at", "from", "for", "behind", "by", "near", "with", "to", "and"})
_MADE_BY = frozenset({"by", "with", "to"})
_VERBS = frozenset({"say", "think", "show", "receive"})
_NO_PART = frozenset({"prep", "conj", "rel", "be", "aux", "have", "neg", "adv"})
_NO_MIDDLE = frozenset({"prep", "conj", "say", "think", "be", "aux", "have"})
_HOUSES = frozenset({"institute", "tank", "think-tank", "institution", "centre", "center"})
_ITS_EXPERTS = frozenset({"experts", "scholars", "specialists"})
_JOINT = frozenset({"report", "paper", "study", "joint", "two", "both", "expert"})
_THEIRS = frozenset({"its", "their", "his", "her", "whose"})
_SOME = frozenset({"a", "an", "some", "one", "another", "any"})
_WIDE, _MIDDLE = 6, 4  # tokens before a noun, and between a preposition and a name


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun with what stands before and behind it."""

    mention: Mention
    """As a mention of nobody in particular."""
    words: frozenset[str]
    """The words before the noun."""
    text: str
    """The words up to the noun."""
    before: tuple[Key, ...]
    """Those named before it."""
    behind: tuple[Key, ...]
    """Those named behind it."""
    place: tuple[Key, ...]
    """Those of them named as a place: "in the town"."""
    of_document: bool
    """Whether it is of a document: "the authors of the report"."""

    @property
    def all(self) -> tuple[Key, ...]:
        return tuple(dict.fromkeys((*self.before, *self.behind)))

    @property
    def sides(self) -> tuple[Key, ...]:
        return tuple(key for key in self.all if key[0] == "side")

    @property
    def narrators(self) -> tuple[Key, ...]:
        return tuple(key for key in self.all if key[0] in ("person", "reporter"))[:1]


class NounPhrases:
    """Finds phrases around nouns of those who speak, by the speakers of a corpus. Immutable."""

    def __init__(self, names: Names) -> None:
        self._reporters = tuple(key for key in names.keys if key[0] == "reporter")
        self._documents = [
            (key, re.compile(rf"\b(?:{s.document_called})\b", re.IGNORECASE))
            for key, s in names.keys.items()
            if s.document_called
        ]

    def found(self, tokens: Sequence[Token], names: Sequence[Mention]) -> list[Mention]:
        """The phrases of a text, in order; those of two parties that speak as one are one."""
        at = {n: m for m in names for n in range(m.start, m.end)}
        found = list[Mention]()
        for head in _heads(tokens, at):
            phrase = self._phrase(head, tokens, at)
            if not found or phrase.mention.start >= found[-1].end:
                found.append(replace(phrase.mention, keys=self._who(phrase)))
        return self._joined(found, tokens)

    def _joined(self, found: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
        """Groups of several parties between which only "and" stands, as one."""
        joined = list[Mention]()
        for each in found:
            last = joined[-1] if joined else None
            and_them = last is not None and [t.low for t in tokens[last.end : each.start]] == ["and"]
            if last is not None and and_them and {last.form, each.form} == {"group"} and last.keys != each.keys:
                joined[-1] = replace(last, end=each.end, keys=self._reporters)
            else:
                joined.append(each)
        return joined

    def _phrase(self, head: int, tokens: Sequence[Token], at: Mapping[int, Mention]) -> _Phrase:
        first = _first_of(head, tokens, at)
        last, behind = _last_of(head, tokens, at)
        word, of = tokens[head].low, tokens[head].of
        form = next(name for name in HEADS if name in of)
        if {"group", "person"} <= of and not word.endswith("s"):
            form = "person"
        before = dict.fromkeys(key for n in range(first, head + 1) if n in at for key in at[n].keys)
        later = dict.fromkeys(key for m in behind for key in m.keys)
        place = [key for m in behind if tokens[m.start - 1].low in ("in", "from") for key in m.keys]
        words = frozenset(t.low for t in tokens[first:head])
        if tokens[first].low in _THEIRS and not before and not later:
            form = f"their-{form}"
        return _Phrase(
            Mention(first, last, form, (), word, not words & _SOME, word.endswith("s") or word == "people"),
            words, " ".join(t.text for t in tokens[first : head + 1]), tuple(before), tuple(later), tuple(place),
            any(m.form == "document" for m in behind),
        )  # fmt: skip

    def _who(self, phrase: _Phrase) -> tuple[Key, ...]:
        """Who a phrase means, where its words say so."""
        match phrase.mention.form:
            case "against":
                return tuple(key for key in phrase.place if key[0] == "side")[-1:]
            case "document" | "article":
                return self._document(phrase)
            case "statement" | "official":
                alone = phrase.narrators if not phrase.sides else phrase.sides
                return alone or phrase.before[:1]
            case "group":
                return self._group(phrase)
            case "publisher":
                return tuple(key for key in phrase.all if key[0] == "other")[:1]
            case "person":
                return phrase.sides[:1] or phrase.narrators
        return ()

    def _document(self, phrase: _Phrase) -> tuple[Key, ...]:
        if phrase.mention.definite or phrase.narrators:
            for key, called in self._documents:
                if called.search(phrase.text):
                    return (key, *(phrase.sides if phrase.mention.form == "article" and not phrase.narrators else ()))
        return phrase.narrators

    def _group(self, phrase: _Phrase) -> tuple[Key, ...]:
        sides, narrators, word = phrase.sides, phrase.narrators, phrase.mention.head
        if sides and len(phrase.all) > 1 and not narrators:
            return self._reporters
        if narrators and not (len(sides) == 1 and narrators[0][0] == "reporter" and word in _ITS_EXPERTS):
            return narrators
        if phrase.of_document or phrase.words & _JOINT:
            return self._reporters
        if len(sides) == 1 and word not in _HOUSES:
            return sides
        return tuple(key for key in phrase.before[:1] if key[0] == "other")


def _heads(tokens: Sequence[Token], at: Mapping[int, Mention]) -> Iterator[int]:
    """The nouns of those who speak: the last of several in a row."""
    for n, token in enumerate(tokens):
        if not token.of.intersection(HEADS) or (token.of & _VERBS and not _is_noun(n, tokens, at)):
            continue
        behind = n + 1 + (n + 1 < len(tokens) and tokens[n + 1].low == "'s")
        of = tokens[behind].of if behind < len(tokens) else frozenset[str]()
        if not of.intersection(HEADS) or (behind == n + 1 and "say" in of):
            yield n


def _is_noun(n: int, tokens: Sequence[Token], at: Mapping[int, Mention]) -> bool:
    """Whether a word that may be a verb is a noun, by the word before it."""
    before = tokens[n - 1] if n else None
    if before is None:
        return False
    plain = before.text[0].isalpha() and before.text[0].islower() and not before.of
    return "det" in before.of or before.low == "'s" or n - 1 in at or plain


def _first_of(head: int, tokens: Sequence[Token], at: Mapping[int, Mention]) -> int:
    """Where the phrase around a noun begins."""
    first = head
    while first > 0 and head - first < _WIDE:
        before = tokens[first - 1]
        if before.low == "and" and first - 2 in at and first in at:
            first -= 2
        elif before.low == "'s" or first - 1 in at or before.low in ("all", "both") or _is_part(before):
            first -= 1
        else:
            return first - ("det" in before.of)
    return first


def _is_part(token: Token) -> bool:
    """Whether a word may stand before a noun as its adjective."""
    verb = token.of & _VERBS and not token.of.intersection((*HEADS, "opinion"))
    return token.text[0].isalpha() and not token.of & (_NO_PART | {"det"}) and token.low not in PRONOUNS and not verb


def _last_of(head: int, tokens: Sequence[Token], at: Mapping[int, Mention]) -> tuple[int, list[Mention]]:
    """Where the phrase around a noun ends, and whom the part behind it names: "in the town and the village"."""
    last, behind = head + 1, list[Mention]()
    while last < len(tokens) - 1 and tokens[last].low in _BEHIND and (behind or tokens[last].low != "and"):
        if tokens[last].low in _MADE_BY and not tokens[head].of & {"document", "article", "statement"}:
            break
        after = _after_middle(last + 1, tokens, at)
        if after in at:
            behind.append(at[after])
        elif after < len(tokens) and tokens[after].of & {"document", "article"}:
            behind.append(Mention(after, after + 1, "document", (), tokens[after].low))
        else:
            break
        last = behind[-1].end
    return last, behind


def _after_middle(first: int, tokens: Sequence[Token], at: Mapping[int, Mention]) -> int:
    """The token behind the articles and adjectives that begin at one."""
    after = first
    while after < len(tokens) and after - first < _MIDDLE - 1 and after not in at:
        token = tokens[after]
        small = token.text.isalpha() and token.text[0].islower() and not token.of & _NO_MIDDLE
        if not ("det" in token.of or small) or token.of & {"document", "article"}:
            break
        after += 1
    return after
