"""Those credited without a verb of saying of their own: "according to", "the growers' view", "attributed to", a name.

Each construction is one pattern over the names of the corpus' speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ncrelations.proofing.crediting_words import AGENT, ASCRIBED, CLAUSE, FROM, OPINION
from ncrelations.proofing.named_speakers import Credit, Naming

_LEADING = re.compile(r"^(?:(?:as|thus|so|this is|that is|is|was|are|were|in|to)\s+)+")
_DENIED = re.compile(r"\b(?:not|never|no)\s+(?:an?\s+|the\s+|any\s+)?\Z", re.IGNORECASE)
_TOPIC = re.compile(r"\s*(?:of|on|about|against|towards?|regarding|concerning)\b", re.IGNORECASE)
_GROUP = (
    r"(?:\s+(?:side|governments?|leaders?|experts?|officials?|diplomats?|delegat(?:es|ion)|generals?|strategists?"
    r"|participants?|members|scholars?|allies|capitals|spokes(?:man|woman|person|men)))"
)
_NO_VERB = r"(?!(?:and|or|but|nor|of|in|on|at|to|is|are|was|were|has|had|have|will|would|can|could|should|may|must)\b)"
_RELATIVE = (
    r"(?!(?:is|are|was|were|has|have|had)\s+(?:(?:an?|the|one|so|such|been|become|grown)\b"
    r"|(?:\w+ly\s+)?\w+(?:ed|old|own)\b))"
)
_SOME = r"(?:the|its|many|some|most)\s+"
_DENIES = r"(?<!not )(?<!never )\b(?:den(?:y|ies|ied)|reject|refut|doubt|disput|contest)"
_TAIL = r"[^,;:.“\"]{0,40}\Z"
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n+")
_PREPOSITION = re.compile(r"\b(?:at|to|of|by|with|from|against|about|over|despite)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\bthey\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«„‘][^”\"»“’\n]{1,600}[”\"»“’]")


class CreditPhrases:
    """Finds those credited by phrases, by the speakers of a corpus. Immutable."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming
        name = naming.any_name
        people = naming.people or r"(?!)"
        alone = rf"(?:(?:the|an?|its|all|some)\s+)?(?:{name}){_GROUP}?"
        self._before = (
            _any_case(
                rf"(?P<whom>(?:the\s+)?(?:{name})['’]s?)\s+[\w-]+(?:\s+[\w-]+){{0,2}}\s*(?:\bthat\b{_TAIL}|:\s*\Z)"
            ),
            _any_case(
                rf"\bwhat\s+(?:\w+ly\s+)?\w+s\s+(?P<whom>(?:{_SOME})?(?:{name}){_GROUP}?)[^,;:.]{{0,20}}(?:that\b|:)"
            ),
            _any_case(_with_that(name)),
            _any_case(rf"\bTo\s+(?P<whom>(?:the\s+)?(?:{name})(?:['’]s? mind|\s+(?:side|ears?))?),[^,;:.]{{0,60}}\Z"),
            _any_case(_at_a_colon(name)),
            _any_case(rf"\b(?:for|with|like|following|per|in)\s+(?P<whom>(?:the\s+)?(?:{people}))\b"),
        )
        self._from = _any_case(rf"\b(?:{FROM})\s+(?P<whom>[^,;:.()\[\]]{{1,80}})")
        self._owned = _any_case(rf"(?P<whom>[^,;:.()\[\]]{{1,60}}?(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}?)(?:{OPINION})\b")
        self._name = _any_case(rf"\b(?:{name})\b")
        self._name_alone = _any_case(alone)
        self._first = _any_case(rf"(?:(?:and|but|so|yet|then|nor|also)\s+)?{alone}\b")
        self._group = _any_case(rf"\b(?:(?:{name})(?:['’]s?)?(?:\s+own)?{_GROUP}|the\s+(?:{name})\b)")
        self._doing = _any_case(
            rf"(?P<whom>(?:{_SOME})?(?:{name})(?:['’]s?)?{_GROUP}?)\s+{_NO_VERB}(?:\w+ly\s+)?[a-z]{{2,}}\b"
        )

    def found(self, text: str, *, goes_on: bool = False) -> Iterator[tuple[int, Credit]]:
        """Those named in "according to", as owners of a view, or as those a view is ascribed to, with where it is.

        Where the quotation `goes_on` with a verb, what stands right before it is spoken of and says nothing.
        """
        for pattern in (self._from, AGENT, ASCRIBED):
            for match in pattern.finditer(text):
                whom = next(filter(None, match.groupdict().values()))
                if not _DENIED.search(text, 0, match.start()) and (credit := self._naming.named(whom, match[0])):
                    yield match.start(), credit
        for match in self._owned.finditer(text):
            owner = self._nearest(CLAUSE.split(match["whom"])[-1])
            if _TOPIC.match(owner) or _spoken_of(text[match.end() :], goes_on=goes_on):
                continue
            if credit := self._naming.named(owner, match[0]):
                yield match.end(), credit

    def _nearest(self, owner: str) -> str:
        """The last that a phrase names, of several behind prepositions: "the growers bristle at the millers' claim"."""
        parts = _PREPOSITION.split(owner)
        return next((part for part in reversed(parts[1:]) if self._name.search(part)), owner)

    def leading(self, text: str) -> Credit | None:
        """Those named where nothing else credits: with whatever verb before "that", or alone before a colon."""
        for pattern in self._before:
            if match := pattern.search(text):
                return self._naming.named(next(filter(None, match.groupdict().values())), match[0])
        return None

    def following(self, clause: str, *, leads_on: bool) -> Credit | None:
        """Those named right after a quotation: with a view, with any verb after a comma, or alone."""
        plain = _LEADING.sub("", clause)
        held = self._from.search(clause) or self._owned.match(plain)
        if held:
            return self._naming.named(held["whom"], held[0])
        doing = self._doing.match(clause) if leads_on else None
        if doing and len(clause.split()) <= 8:
            return self._naming.named(doing["whom"], doing[0])
        return self._signed(re.sub(r"^(?:thus|so)\s+", "", clause, flags=re.IGNORECASE))

    def labelled(self, label: str) -> Credit | None:
        """The speaker whose name alone is the label of a quotation, as in the cell of a table before it."""
        return self._naming.named(label, label) if label and self._name_alone.fullmatch(label) else None

    def bracketed(self, words: str) -> Credit | None:
        """Whose view a quotation is by the brackets after it: "(the growers' view)", "(thus the growers)"."""
        plain = _LEADING.sub("", words.strip())
        held = self._owned.fullmatch(plain)
        credit = self._naming.named(plain, plain) if held or self._name_alone.fullmatch(plain) else None
        return credit if credit and credit.voices & self._naming.sides else None

    def _signed(self, clause: str) -> Credit | None:
        """A speaker's name alone, as under a block quote."""
        named = len(clause.split()) <= 6 and (re.match(r"[A-Z]|the\b", clause) or self._name_alone.fullmatch(clause))
        return self._naming.named(clause, clause) if named else None

    def topic(self, earlier: str, pronoun: str) -> Credit | None:
        """Those that "they" stands for: the only ones that the sentence before names, at its beginning."""
        sentences = [each for each in _SENTENCE.split(_QUOTED.sub(" ", earlier)) if any(map(str.isalnum, each))]
        while sentences and _PRONOUN.search(sentences[-1]):
            sentences.pop()  # it goes on about them
        last = sentences[-1].strip() if sentences else ""
        match = self._first.match(last) or self._group.search(last)
        voices = {w.speaker.voice.value for w in self._naming.who if w.named.search(last)}
        credit = self._naming.named(match[0], match[0]) if match and len(voices) == 1 else None
        if credit is None or len(credit.voices) != 1:
            return None
        return Credit(f"{match[0] if match else ''} … {pronoun}", credit.voices)


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _with_that(name: str) -> str:
    """What leads to a quotation with whatever verb and "that", which is not denied and is no "so that"."""
    return (
        r"(?:^|[.;:!?—–,]\s*|\b(?:and|but|while|yet|so|then|still|here|now|how|why|do|does|did)\s+)"
        rf"(?P<whom>(?:{_SOME})?(?:{name})(?:['’]s?)?{_GROUP}?)\s+(?!(?:and|never|nowhere)\b|{_DENIES}){_RELATIVE}\w+"
        r"(?:(?!\b(?:so|such|ensure|ensuring|sure|provided|given|now)\s+that\b"
        rf"|\b(?:not|never|nowhere)\s+(?!hid|den|doubt|conceal|disput|forg|hesit|tir)|{_DENIES})[^,;:.“\"]){{0,60}}?"
        rf"\bthat\b{_TAIL}"
    )


def _at_a_colon(name: str) -> str:
    """A speaker's name alone before a colon, or after "for"."""
    return (
        r"(?:(?:^|[.!?;—–*])\s*(?:(?:and|but|here is|now|then|so|by|from)\s+)?"
        rf"(?P<whom>(?:the\s+)?(?:{name}){_GROUP}?)\s*:|\bfor (?P<for>(?:the\s+)?(?:{name}){_GROUP}?),?)\s*\Z"
    )


def _spoken_of(rest: str, *, goes_on: bool) -> bool:
    """Whether a view says nothing but is spoken of, by what stands between it and a quotation."""
    return ";" in rest or (goes_on and not rest.strip())
