"""Who the words around a quotation credit with it, and whether the passage is theirs.

The words that name each speaker are the corpus'; the words of saying and believing are English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ncrelations.document.corpus import Corpus
from ncrelations.document.voice import Speaker
from ncrelations.proofing.crediting_words import (
    ABOUT,
    ADVERBIAL,
    CLAUSE,
    FACT,
    FACT_AFTER,
    FROM,
    HE,
    JUDGING,
    NO_SUBJECT,
    NOT_PERSONS,
    NOUN_BEFORE,
    OPINION,
    OWN_VOICE,
    PERSON,
    SHOWING,
    VERB,
)
from ncrelations.proofing.surroundings import Surroundings
from ncrelations.text.english import is_english
from ncrelations.text.words import fold_accents

_INVERTED = re.compile(r"\s+((?:(?!\bthat\b)[^,;:.()]){1,60})(?=[,:]|\Z)")
_LEADING = re.compile(r"^(?:(?:as|thus|so|this is|that is|is|was|are|were|in|to)\s+)+")
_DENIED = re.compile(r"\b(?:not|never|no)\s+(?:an?\s+|the\s+|any\s+)?\Z", re.IGNORECASE)
_REMARK = re.compile(rf"(?<=\w),\s+(?:as\s+)?(?!s?he\b)[^,;:.]{{1,40}}\s(?:{VERB.pattern})\s*,(?=\s)", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|aid|eld|own|ought)\Z", re.IGNORECASE
)
_AUTHORS = re.compile(r"\b(?:authors|writers)\b", re.IGNORECASE)
_SCOPE = 500
"""Characters before and after a quotation in which those credited are looked for."""
_TOPIC = re.compile(r"\s*(?:of|on|about|against|towards?|regarding|concerning)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[IVXLC]+(?:\.\d+)*")
_PLACE = re.compile(r"(?:see|section|sect?|chapter|para|paragraph|page|pp?|ibid|same|footnote)\b", re.IGNORECASE)
_AND_PLACE = re.compile(r",\s+(?:section|chapter|para|paragraph|page|pp?)\b", re.IGNORECASE)
"""Where a work is followed by the place in it, whose heading may name somebody who is not credited."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose a draft says that a quotation is."""

    words: str
    """The words that say so."""
    voices: frozenset[str]
    """The voices credited, by name; none where it is somebody else, or nobody."""
    other: str = ""
    """Somebody credited who is none of the speakers."""
    document: str | None = None
    """The document credited, where it is one that reports the views of others."""
    as_fact: bool = False
    """Whether it is stated as fact."""


@dataclass(frozen=True, slots=True)
class Who:
    """A speaker as the words of a draft name it."""

    speaker: Speaker
    """The speaker."""
    named: re.Pattern[str]
    """What names it."""
    document: re.Pattern[str] | None
    """What names its document, where it speaks in one of its own."""


class Credits:
    """Finds who is credited, by the speakers of a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._sides = {speaker.voice.value for speaker in corpus.speakers if speaker.document is None or speaker.person}
        self._titles = [document.title.casefold() for document in corpus.documents]
        self._who = named_by(corpus)
        any_name = "|".join(f"(?:{s.names})" for s in corpus.speakers if s.names) or r"(?!)"
        self._object = re.compile(
            rf"\b(?:{OPINION}|summary|fears?|list) {ABOUT} (?:the )?(?:{any_name})\b", re.IGNORECASE
        )
        self._that = re.compile(
            rf"(?:^|[.;:!?—–,]\s*|\b(?:and|but|while|yet|so|then|still|here|now)\s+)(?P<whom>(?:(?:the|its|many|some|most)\s+)?"
            rf"(?:{any_name})(?:['’]s?)?(?:\s+(?:side|governments?|leaders?|experts?|officials?|members|scholars?|allies))?)"
            r"\s+(?!and\b)\w+[^,;:.“\"]{0,60}?\bthat\s*\Z|\bTo\s+(?P<to>(?:the\s+)?"
            rf"(?:{any_name})(?:['’]s? mind|\s+(?:side|minds?|ears?))?),[^,;:.]{{0,60}}\Z",
            re.IGNORECASE,
        )
        people = "|".join(
            f"(?:{each})" for s in corpus.speakers if s.person for each in (s.names, s.document_called) if each
        )
        self._with = re.compile(
            rf"\b(?:for|with|like|following|per|in)\s+(?P<whom>(?:the\s+)?(?:{people or '(?!)'}))\b", re.IGNORECASE
        )
        self._from = re.compile(rf"\b(?:{FROM})\s+(?P<whom>[^,;:.()\[\]]{{1,80}})", re.IGNORECASE)
        self._owned = re.compile(
            rf"(?P<whom>[^,;:.()\[\]]{{1,60}}?(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}?)(?:{OPINION})\b", re.IGNORECASE
        )
        self._alone = re.compile(
            rf"(?:(?:^|[.!?;—–*])\s*(?:(?:and|but|here is|now|then|so)\s+)?(?P<whom>(?:the\s+)?(?:{any_name}))\s*:"
            rf"|\bfor (?P<for>(?:the\s+)?(?:{any_name})(?:\s+(?:side|experts?|participants|members|allies))?),?)\s*\Z",
            re.IGNORECASE,
        )

    def credited(self, around: Surroundings) -> Credit | None:
        """Whom the words around a quotation credit; before it the nearest, else after it."""
        before, after = _unquoted(around.before)[-_SCOPE:], _unquoted(around.after)[:_SCOPE]
        return self._before(before) or self._after(after) or self._fact(before, FACT) or self._fact(after, FACT_AFTER)

    def he(self, around: Surroundings, earlier: str) -> Credit | None:
        """The person whom a pronoun around a quotation credits: the speaker named last in the text before."""
        pronoun = HE.search(_unquoted(around.before)) or HE.search(_unquoted(around.after))
        people = [(m.end(), w) for w in self._who if w.speaker.person for m in w.named.finditer(earlier)]
        if pronoun is None or not people:
            return None
        at, who = max(people, key=lambda each: each[0])
        others = (m[1] for m in PERSON.finditer(earlier, at) if len(m[1].split()) > 1)
        if any(not self._heads(other, (), ()) for other in others):
            return None
        return Credit(f"{earlier[:at].rsplit(maxsplit=1)[-1]} … {pronoun[0]}", frozenset({who.speaker.voice.value}))

    def _before(self, text: str) -> Credit | None:
        """The last clause of crediting before a quotation."""
        text = _without_remark(text)
        found = [*self._by_verbs(text), *self._by_phrases(text)]
        if found:
            return max(found, key=lambda each: each[0])[1]
        for pattern in (self._that, self._alone, self._with):
            if match := pattern.search(text):
                return self._named(next(filter(None, match.groupdict().values())), match[0])
        return None

    def _by_verbs(self, text: str) -> Iterator[tuple[int, Credit]]:
        """Those who do what a verb of saying says, with where the verb ends."""
        verbs = list(VERB.finditer(text))
        for number, verb in enumerate(verbs):
            passive = not verb[0].lower().startswith(("is ", "are ", "was ", "were ")) and _PASSIVE.search(
                text, 0, verb.end()
            )
            if passive or NOUN_BEFORE.search(text, 0, verb.start()):
                continue
            subject = text[verbs[number - 1].end() if number else 0 : verb.start()]
            inverted = _INVERTED.match(text, verb.end()) if subject.rstrip().endswith(",") else None
            credit = self._named(inverted[1], f"{verb[0]}{inverted[1]}") if inverted else None
            if (credit := credit or self._subject(subject, verb[0])) is not None:
                shown = bool(credit.voices) and SHOWING.match(verb[0]) is not None
                yield verb.end(), replace(credit, as_fact=True) if shown else credit

    def _by_phrases(self, text: str) -> Iterator[tuple[int, Credit]]:
        """Those named in "according to" and "in the view of", or as owners of a view, with where that stands."""
        for match in self._from.finditer(text):
            if not _DENIED.search(text, 0, match.start()) and (credit := self._named(match["whom"], match[0])):
                yield match.start(), credit
        for match in self._owned.finditer(text):
            owner = CLAUSE.split(match["whom"])[-1]
            if not _TOPIC.match(owner) and (credit := self._named(owner, match[0])):
                yield match.end(), credit

    def _subject(self, text: str, verb: str) -> Credit | None:
        """Who does what a verb says: named right before it, or before a remark between commas, or before "who"."""
        parts = CLAUSE.split(text)
        credit = self._named(parts[-1], verb)
        if credit is not None or len(parts) == 1 or not NO_SUBJECT.fullmatch(parts[-1]):
            return credit
        nearest = reversed(parts[:-1])
        named = [c for part in nearest if not ADVERBIAL.match(part) and (c := self._named(part, verb)) is not None]
        # What stands between commas may be a remark: "Penhallow, the miller, says", "the growers, they report, say".
        return next((each for each in named if each.voices & self._sides), named[0] if named else None)

    def _after(self, text: str) -> Credit | None:
        """Who is said, right after a quotation, to have said it: "...", said the minister."""
        clause = re.split(r"[;:()\[\]]|\.\s", text.strip(" ,—–-"), maxsplit=1)[0][:160]
        clause = _AND_PLACE.split(clause, maxsplit=1)[0]
        if _PLACE.match(clause):
            return None
        verb = VERB.match(clause)
        if verb:
            return self._named(CLAUSE.split(clause[verb.end() :])[0], clause)
        verb = VERB.search(clause)
        subject = None if verb is None else clause[: verb.start()]
        if (
            subject is not None
            and verb is not None
            and not re.search(r"[,]", subject.strip(" ,"))
            and len(subject.split()) <= 8
        ):
            credit = self._named(subject, f"{subject}{verb[0]}")
            if credit is not None:
                return credit
        plain = _LEADING.sub("", clause)
        held = self._from.search(clause) or self._owned.match(plain)
        return self._named(held["whom"], held[0]) if held else self._signed(re.sub(r"^(?:thus|so)\s+", "", clause))

    def _signed(self, clause: str) -> Credit | None:
        """A speaker's name alone, as under a block quote."""
        named = len(clause.split()) <= 6 and re.match(r"[A-Z]|the\b", clause)
        return self._named(clause, clause) if named else None

    def _fact(self, text: str, words: re.Pattern[str]) -> Credit | None:
        match = words.search(text)
        return None if match is None else Credit(match[0], frozenset(), as_fact=True)

    def _named(self, phrase: str, said: str) -> Credit | None:
        """Whom a phrase names: the subject of a verb of saying."""
        plain = self._object.sub(" ", phrase.replace("’", "'"))
        words = " ".join(f"{phrase} {'' if phrase.strip() in said else said}".split())
        documents = [w.speaker for w in self._who if w.document is not None and w.document.search(plain)]
        reporters = [speaker for speaker in documents if speaker.reports]
        if reporters:
            plain = re.split(r"\bby\b", plain, maxsplit=1)[0]  # who made the document is not who is credited
        heads = self._heads(plain, documents, reporters)
        if not heads and (OWN_VOICE.search(phrase + said) or (reporters and JUDGING.search(said))):
            heads = reporters or [w.speaker for w in self._who if w.speaker.reports and _AUTHORS.search(plain)]
        if heads:
            return Credit(words, frozenset(each.voice.value for each in heads))
        if reporters:
            return Credit(words, frozenset(), document=reporters[0].document, as_fact=bool(FACT.search(said)))
        person = self._person(phrase)
        return Credit(words, frozenset(), other=person) if person else None

    def _heads(self, plain: str, documents: Sequence[Speaker], reporters: Sequence[Speaker]) -> Sequence[Speaker]:
        """The speakers that a phrase names; a side's experts are that side's, and those of both nobody's alone."""
        named = [w.speaker for w in self._who if w.named.search(plain) and w.speaker not in reporters]
        named += [speaker for speaker in documents if not speaker.reports and speaker not in named]
        sides = [w for w in self._who if w.speaker in named and w.speaker.document is None]
        if len(sides) == 1:
            theirs = [s for s in named if s.reports and self._theirs(sides[0], s, plain)]
            return [speaker for speaker in named if speaker not in theirs]
        return [speaker for speaker in named if speaker.document is None or not reporters] or named

    def _theirs(self, side: Who, narrator: Speaker, plain: str) -> bool:
        """Whether those named as a narrator is are a side's: "the growers' experts"."""
        named = next(w.named.pattern for w in self._who if w.speaker == narrator)
        return bool(re.search(rf"{side.named.pattern}(?:'s?)?\s+(?:own\s+)?{named}", plain, re.IGNORECASE))

    def _person(self, phrase: str) -> str:
        """Somebody with a name of his own, who is no speaker; a word that begins a sentence need not be a name."""
        for match in PERSON.finditer(phrase.strip()):
            words = match[1].split()
            while words and (words[0].lower() in NOT_PERSONS or _NUMBER.fullmatch(words[0])):
                words.pop(0)
            if not words or any(match[1].casefold() in title for title in self._titles):
                continue
            first = match.start() == 0 and len(words) == 1
            if not (first and is_english(fold_accents(last_name(words[0])))):
                return " ".join(words)
        return ""


def _without_remark(text: str) -> str:
    """A text without "the section says" between commas, where those who say it stand before and the verb after."""
    remark = _REMARK.search(text)
    return f"{text[: remark.start()]} {text[remark.end() :]}" if remark and VERB.search(text, remark.end()) else text


def who_of(speaker: Speaker) -> Who:
    """How the words of a draft name a speaker."""
    names = "|".join(
        f"(?:{each})" for each in (speaker.names, speaker.short if speaker.document is None else "") if each
    )
    named = re.compile(rf"\b(?:{names})(?!\w)" if names else r"(?!)", re.IGNORECASE)
    called = "|".join(f"(?:{each})" for each in (speaker.document_names, speaker.document_called) if each)
    return Who(speaker, named, re.compile(rf"\b(?:{called})\b", re.IGNORECASE) if called else None)


def named_by(corpus: Corpus) -> list[Who]:
    """How the words of a draft name the speakers of a corpus."""
    return [who_of(speaker) for speaker in corpus.speakers if speaker.names or speaker.short]


def last_name(name: str) -> str:
    """The last of somebody's names."""
    return name.rsplit(maxsplit=1)[-1].removesuffix("'s").removesuffix("’s")


def _unquoted(text: str) -> str:
    return " ".join(text.replace("\ufffc", " ").split())
