"""The names in a text: speakers and entities of a corpus, and names that it does not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ncrelations.document.corpus import Corpus
from ncrelations.document.entities import Entity
from ncrelations.document.voice import Speaker
from ncrelations.proofing.credit_words import HEADS, PRONOUNS, Token, tokens_of
from ncrelations.text.english import is_english
from ncrelations.text.words import fold_accents

_TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "lord", "lady", "sir", "president", "minister", "senator",
    "general", "admiral", "colonel", "ambassador", "chancellor", "premier", "captain", "marshal", "messrs",
    "secretary", "state", "councilor", "councillor", "young", "old", "poor", "brave",
})  # fmt: skip
_NO_NAMES = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "page", "section",
    "paragraph", "chapter", "note", "source", "footnote", "q", "a",
})  # fmt: skip
_NO_NOUNS = frozenset(
    {"det", "prep", "conj", "rel", "be", "aux", "have", "adv", "neg", "say", "think", "opinion", *HEADS}
)
_LONGEST = 5  # words of a name that is not known

Key = tuple[str, str]
"""Who: "side", "person" or "reporter" with the voice's name; "other" with a name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that mention somebody."""

    start: int
    """The first token."""
    end: int
    """After the last one."""
    form: str
    """How: "name", the class of a noun, "their-" with it, the kind of a pronoun, "unknown"."""
    keys: tuple[Key, ...]
    """Who it is, where the words say so."""
    head: str = ""
    """The noun, in small letters."""
    definite: bool = True
    """Whether somebody known is meant."""
    plural: bool = False
    """Whether several are."""


class Names:
    """Finds names in texts, by the speakers and entities of a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self.keys: dict[Key, Speaker] = {_key(s): s for s in corpus.speakers if s.names or s.short}
        """The speakers that can be named."""
        self.kinds: dict[Key, str] = {_other(e): e.kind for e in corpus.entities.all}
        """What each entity is."""
        self._speakers = [(key, _named(s)) for key, s in self.keys.items()]
        self._entities: dict[str, list[tuple[tuple[str, ...], Key]]] = {}
        for entity in corpus.entities.all:
            key = self._key_of(entity)
            for name in {*entity.names, *_last_names(entity)} if key is not None else ():
                words = tuple(fold_accents(t.text).lower() for t in tokens_of(name))
                self._entities.setdefault(words[0], []).append((words, key or _other(entity)))
        for names in self._entities.values():
            names.sort(key=lambda each: -len(each[0]))
        self._roles = {
            key: {w.lower() for e in corpus.entities.all if e.role and e.name in s.entities for w in e.role.split()}
            for key, s in self.keys.items()
        }

    def _key_of(self, entity: Entity) -> Key | None:
        for key, speaker in self.keys.items():
            if entity.name in speaker.entities:
                return key if entity.kind == "person" or not speaker.person else _other(entity)
            if entity.kind in ("organisation", "agreement") and any(a in speaker.entities for a in entity.also):
                return key
            theirs = speaker.document is None and entity.name.startswith(tuple(speaker.entities))
            if entity.kind == "organisation" and (theirs or (speaker.reports and _named(speaker).match(entity.name))):
                return key
        return _other(entity) if entity.kind in ("person", "organisation", "place") else None

    def in_role(self, key: Key, words: Sequence[str]) -> bool:
        """Whether words are of somebody's role: "the Oxford man"."""
        return any(len(w) > 3 and w in self._roles.get(key, ()) for w in words)

    def found(self, text: str, tokens: Sequence[Token]) -> list[Mention]:
        """The names in a text, in order."""
        known = [*self._known(text, tokens)]
        taken = {n for m in known for n in range(m.start, m.end)}
        return sorted((*known, *_unknown(tokens, taken)), key=lambda m: m.start)

    def _known(self, text: str, tokens: Sequence[Token]) -> Iterator[Mention]:
        """Speakers and entities; the longest of those that begin at a token."""
        spans = self._spans(text, tokens)
        end = 0
        for first in sorted(spans):
            last, key = spans[first]
            start = _with_titles(tokens, first, end) if key[0] in ("person", "other") else first
            if first >= end:
                yield Mention(start, last, "name", (key,), tokens[last - 1].low)
                end = last

    def _spans(self, text: str, tokens: Sequence[Token]) -> dict[int, tuple[int, Key]]:
        starts = {t.start: n for n, t in enumerate(tokens)}
        ends = {t.end: n + 1 for n, t in enumerate(tokens)}
        plain = text.replace("’", "'").replace("‘", "'")
        spans: dict[int, tuple[int, Key]] = {}
        for key, pattern in self._speakers:
            for match in pattern.finditer(plain):
                first, last = starts.get(match.start()), ends.get(match.end())
                if first is not None and last is not None and spans.get(first, (0,))[0] < last:
                    spans[first] = (last, key)
        lows = [t.low if t.text.isascii() else fold_accents(t.text).lower() for t in tokens]
        for n, low in enumerate(lows):
            named = self._entities.get(low, ()) if tokens[n].text[0].isupper() else ()
            found = next((each for each in named if tuple(lows[n : n + len(each[0])]) == each[0]), None)
            if found is not None and spans.get(n, (0,))[0] < n + len(found[0]):
                spans[n] = (n + len(found[0]), found[1])
        return spans


def _with_titles(tokens: Sequence[Token], first: int, least: int) -> int:
    """Where a name begins with the titles before it, a full stop behind one of them included: "Prof. Doe"."""
    start = first
    while start > least:
        behind = tokens[start - 1]
        before = start - 2 if behind.text == "." and "stop" not in behind.of else start - 1
        if before < least or tokens[before].low not in _TITLES:
            break
        start = before
    return start


def _key(speaker: Speaker) -> Key:
    kind = "side" if speaker.document is None else "reporter" if speaker.reports else "person"
    return kind, speaker.voice.value


def _other(entity: Entity) -> Key:
    return "other", entity.name


def _last_names(entity: Entity) -> set[str]:
    """What a person is called by alone: the last of the names, in either order."""
    own = {*entity.name.split()}
    return {n.split()[-1] for n in entity.names if {*n.split()} == own} if entity.kind == "person" else set()


def _named(speaker: Speaker) -> re.Pattern[str]:
    own = speaker.credited or speaker.names
    names = "|".join(each for each in (own, speaker.short if speaker.document is None else "") if each)
    return re.compile(rf"\b(?:{names})(?!\w)", re.IGNORECASE)


def _unknown(tokens: Sequence[Token], taken: set[int]) -> Iterator[Mention]:
    """Names that the corpus does not know."""
    n = 0
    while n < len(tokens):
        last = n
        while last < len(tokens) and last not in taken and _is_name(tokens[last]) and last - n < _LONGEST:
            last += 1
        if last > n and _is_called(tokens, n, last):
            name = " ".join(t.text for t in tokens[n:last])
            yield Mention(n, last, "name", (("other", name),), tokens[last - 1].low)
        n = max(last, n + 1)


def _is_called(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether capitalised words are a name: no title alone, no word that begins a sentence, no abbreviation."""
    if all(t.low in _TITLES for t in tokens[first:last]):
        return False
    word = tokens[first]
    if last - first > 1:
        return True
    begins = first == 0 or "stop" in tokens[first - 1].of or not tokens[first - 1].text[0].isalnum()
    return not (begins and is_english(fold_accents(word.low))) and not (len(word.text) <= 3 and word.text.isupper())


def _is_name(token: Token) -> bool:
    capital = token.text[0].isupper() and len(token.text) > 1
    return capital and not token.of & _NO_NOUNS and token.low not in PRONOUNS and token.low not in _NO_NAMES
