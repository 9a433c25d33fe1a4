"""Whom the words around a quotation mention: by name, by what somebody is, with a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ncrelations.document.corpus import Corpus
from ncrelations.proofing.credit_names import Key, Mention, Names
from ncrelations.proofing.credit_nouns import NounPhrases
from ncrelations.proofing.credit_words import PRONOUNS, Token

_NUMBER = re.compile(r"\d.*|[IVXLC]+")
_SHORT = re.compile(r"[IVXLC]+|[A-Z]|p|pp|para|sec")
_NO_NOUN = frozenset({"prep", "conj", "rel", "be", "aux", "have", "det", "neg", "adv", "opinion"})
_SOME = frozenset({"a", "an", "some", "one", "another", "any", "no"})
_BRACKETED = 12  # tokens of a bracket that says where something stands
_NOUN = 5  # tokens of a phrase that may be somebody


class Mentions:
    """Finds whom texts mention, by the speakers and entities of a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self.names = Names(corpus)
        """The names of the corpus."""
        self._phrases = NounPhrases(self.names)

    def found(self, text: str, tokens: Sequence[Token]) -> list[Mention]:
        """The mentions of a text, in order."""
        names = self.names.found(text, tokens)
        found = self._phrases.found(tokens, names)
        used = _tokens(found)
        found += [name for name in names if name.start not in used]
        used |= _tokens(found)
        found += [
            Mention(n, n + 1, PRONOUNS[t.low], (), t.low)
            for n, t in enumerate(tokens)
            if t.low in PRONOUNS and n not in used
        ]
        found += _nouns(tokens, used | _tokens(found))
        return sorted((m for m in found if not _of_place(m, tokens)), key=lambda m: m.start)

    def may_be(self, key: Key, form: str, last: Mention | None) -> bool:
        """Whether a pronoun may stand for somebody named last so: "he" for a person, "they" for several."""
        person = key[0] == "person" or self.names.kinds.get(key) == "person"
        if form == "he":
            known = key[0] != "other" or key in self.names.kinds
            one = last is not None and last.form.endswith(("person", "official", "against")) and not last.plural
            return person or not known or one
        if form == "they":
            return not person
        return form != "it" or not person or (last is not None and last.form in ("article", "document"))


def _tokens(mentions: Sequence[Mention]) -> set[int]:
    return {n for m in mentions for n in range(m.start, m.end)}


def _nouns(tokens: Sequence[Token], used: set[int]) -> Iterator[Mention]:
    """Nouns that may be somebody: with an article, before a verb of saying, or after "by" or "according to"."""
    for n, token in enumerate(tokens):
        if "det" not in token.of or n in used:
            continue
        last = n + 1
        while last < len(tokens) and last not in used and last - n < _NOUN and _goes_on(tokens[last], last == n + 1):
            last += 1
        if last == n + 1 or last >= len(tokens):
            continue
        prior = [t.low for t in tokens[max(0, n - 2) : n]]
        by = prior[-1:] in (["by"], ["per"]) or prior == ["according", "to"]
        if tokens[last].of & {"say", "think", "show"} or by or tokens[last].low == "'s":
            head = tokens[last - 1].low
            yield Mention(n, last, "unknown", (), head, token.low not in _SOME, head.endswith("s"))


def _goes_on(token: Token, first: bool) -> bool:
    """Whether a word goes on with a noun phrase."""
    word = token.text[0].isalpha() and not token.of & _NO_NOUN
    return word and (first or not token.of & {"say", "think", "show"})


def _of_place(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a mention only says where something stands: "section II", what is no known name in brackets."""
    after = tokens[mention.end].text if mention.end < len(tokens) else ""
    prior = tokens[mention.start - 1].text if mention.start else ""
    if mention.form == "document" and mention.head in ("page", "pages", "paragraph"):
        return True
    if mention.form == "document" and (_NUMBER.fullmatch(after) or _NUMBER.fullmatch(prior)):
        behind = tokens[mention.end + 1] if mention.end + 1 < len(tokens) else None
        return behind is None or not behind.of & {"say", "think"}
    if mention.end == mention.start + 1 and _SHORT.fullmatch(tokens[mention.start].text):
        return True
    other = mention.form == "name" and mention.keys[0][0] == "other"
    if not (other or mention.form in ("document", "person", "unknown", "it")):
        return False
    for token in reversed(tokens[max(0, mention.start - _BRACKETED) : mention.start]):
        if token.text in "()[]":
            return token.text in "(["
    return False
