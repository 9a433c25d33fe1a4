"""Who the words of a draft name: the speakers of a corpus, documents that report, and persons who are neither.

The words that name each speaker are the corpus'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ncrelations.document.corpus import Corpus
from ncrelations.document.voice import Speaker
from ncrelations.proofing.crediting_words import ABOUT, FACT, JUDGING, NOT_PERSONS, OPINION, OWN_VOICE, PERSON
from ncrelations.text.english import is_english
from ncrelations.text.words import fold_accents

_AUTHORS = re.compile(r"\b(?:authors|writers)\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:an?|one|another|any|some|every|each|other)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
_JOINT = re.compile(
    r"\w (?:and|&) (?:the )?[\w'-]+ (?:experts|scholars|specialists|group|report|study|paper|text|authors|team)\b"
    r"|\bjoint(?:ly)?\b",
    re.IGNORECASE,
)
_AGAINST = r"critics?|opponents?|detractors?|enem(?:y|ies)|rivals?|foes?|adversar(?:y|ies)|s[ck]eptics?|neighbou?rs?"
_WRITER = re.compile(
    r"\b(?:author|writer|essayist|columnist|scholar|academic|researcher|fellow|candidate)s?\b", re.IGNORECASE
)
_WHOSE = re.compile(r"\s+(?:by|from|of|on|that|published|entitled|titled|called)\b", re.IGNORECASE)
_INSTITUTE = re.compile(
    r"\b(?:an?|the|that|this|two|both)\s+(?:(?!(?:and|or|of|in)\b)[\w'-]+\s+){1,2}(?:think[- ]tank|institut(?:e"
    r"|ion)|centre|center)s?\b",
    re.IGNORECASE,
)
"""Makers of documents that are named by where they are: not who is there."""
_THERE = re.compile(r"\b(?:the|this|that|our|my)\s+[a-z][\w-]*\s+(?:in|at|from|near)\s+(?:the\s+)?\Z")
"""What stands before the name of a place, not of a person: "the fellow in"."""
_SELF = re.compile(r"\s+(?:himself|herself)\b")
_NUMBER = re.compile(r"[IVXLC]+(?:\.\d+)*")


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


class Naming:
    """Tells whom a phrase names, by the speakers of a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self.who = named_by(corpus)
        """The speakers, each as it is named."""
        self.sides = {s.voice.value for s in corpus.speakers if s.document is None or s.person}
        """The voices that hold views of their own, by name."""
        self.any_name = "|".join(f"(?:{s.names})" for s in corpus.speakers if s.names) or r"(?!)"
        """A pattern of what names any speaker."""
        self.people = "|".join(
            f"(?:{each})" for s in corpus.speakers if s.person for each in (s.names, s.document_called) if each
        )
        """A pattern of what names those who are persons."""
        self._powers = re.compile("|".join(corpus.parties.values()) or r"(?!)", re.IGNORECASE)
        self._titles = [
            name.casefold()
            for document in corpus.documents
            for name in (document.title, *(s.heading or s.description for s in document.walk()))
        ]
        self._object = re.compile(
            rf"\b(?:{OPINION}|summary|fears?|list) {ABOUT} (?:the )?(?:{self.any_name})\b"
            rf"|\b(?:{self.any_name})(?:'s?)? (?:[\w-]+ )?(?:{_AGAINST})\b",
            re.IGNORECASE,
        )

        subject = r"(?:on|about|as for|concerning|regarding|to|much to)\s+(?:the (?:subject|matter|question) of\s+)?"
        self._ahead = re.compile(rf"\s*{subject}(?:the\s+)?(?:{self.any_name})\b(?:'s?\s+\w+)?", re.IGNORECASE)

    def named(self, phrase: str, said: str, *, within: bool = False) -> Credit | None:
        """Whom a phrase names: the subject of a verb of saying; `within` a sentence a capital makes a name."""
        plain = _without_institutes(self._object.sub(" ", phrase.replace("’", "'")))
        ahead = self._ahead.match(plain)
        if ahead and any(w.named.search(plain, ahead.end()) for w in self.who):
            plain = plain[ahead.end() :]
        words = " ".join(f"{phrase} {'' if phrase.strip() in said else said}".split())
        documents = [w.speaker for w in self.who if w.document is not None and _definite(w.document, plain)]
        reporters = [speaker for speaker in documents if speaker.reports]
        if reporters:
            plain = re.split(r"\bby\b", plain, maxsplit=1)[0]  # who made the document is not who is credited
        heads = self.heads(plain, documents, reporters)
        if not heads and (OWN_VOICE.search(f"{phrase} {said}") or (reporters and JUDGING.search(said))):
            heads = reporters or [w.speaker for w in self.who if w.speaker.reports and _AUTHORS.search(plain)]
        if heads:
            return Credit(words, frozenset(each.voice.value for each in heads))
        if reporters:
            return Credit(words, frozenset(), document=reporters[0].document, as_fact=bool(FACT.search(said)))
        person = self._person(phrase, within=within) if phrase == _without_institutes(phrase) else ""
        return Credit(words, frozenset(), other=person) if person else None

    def heads(self, plain: str, documents: Sequence[Speaker], reporters: Sequence[Speaker]) -> Sequence[Speaker]:
        """The speakers that a phrase names; a side's experts are that side's, and those of both nobody's alone."""
        named = [w.speaker for w in self.who if w.named.search(plain) and w.speaker not in reporters]
        named += [speaker for speaker in documents if not speaker.reports and speaker not in named]
        sides = [w for w in self.who if w.speaker in named and w.speaker.document is None]
        if reporters and _JOINT.search(plain):
            return []
        if len(sides) == 1 and not _JOINT.search(plain):
            theirs = [s for s in named if s.reports and self._theirs(sides[0], s, plain)]
            return [speaker for speaker in named if speaker not in theirs]
        return [speaker for speaker in named if speaker.document is None or not reporters] or named

    def _theirs(self, side: Who, narrator: Speaker, plain: str) -> bool:
        """Whether those named as a narrator is are a side's: "the growers' experts"."""
        named = next(w.named.pattern for w in self.who if w.speaker == narrator)
        return bool(re.search(rf"{side.named.pattern}(?:'s?)?\s+(?:own\s+)?{named}", plain, re.IGNORECASE))

    def _person(self, phrase: str, *, within: bool) -> str:
        """Somebody with a name of his own, who is no speaker; a word that begins a sentence need not be a name."""
        for match in PERSON.finditer(phrase.strip()):
            words = match[1].split()
            every = len(words)
            while words and (words[0].lower() in NOT_PERSONS or _NUMBER.fullmatch(words[0])):
                words.pop(0)
            called = " ".join(words).casefold().removeprefix("the ")
            if not words or any(called in title for title in self._titles):
                continue
            if _WRITER.search(phrase):
                continue
            if _THERE.search(phrase.strip(), 0, match.start()):
                continue
            first = match.start() == 0 and every == 1 and not within and not _SELF.match(phrase.strip(), match.end())
            if not (first and not self._powers.fullmatch(words[0]) and is_english(fold_accents(last_name(words[0])))):
                return " ".join(words)
        return ""


def _definite(named: re.Pattern[str], phrase: str) -> bool:
    """Whether a phrase names a document, not one of many: "another study"; "a study by the group" may be it."""
    return any(
        not _ANY.search(phrase, 0, match.start()) or _WHOSE.match(phrase, match.end())
        for match in named.finditer(phrase)
    )


def _without_institutes(phrase: str) -> str:
    """A phrase without the makers of documents that are named by a place: "a Paris institute"."""
    return _INSTITUTE.sub(lambda match: match[0] if match[0].split()[-1][0].isupper() else " ", phrase)


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
