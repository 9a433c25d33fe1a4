"""Who the words around a quotation credit with it, by verbs of saying, owners of views, names that stand alone.

The words of saying and believing are English; those who say are the corpus' speakers, or persons with a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ncrelations.document.corpus import Corpus
from ncrelations.proofing.credit_phrases import CreditPhrases
from ncrelations.proofing.crediting_words import (
    ADVERBIAL,
    CLAUSE,
    DENIED,
    FACT,
    FACT_AFTER,
    HE,
    NO_SUBJECT,
    NOBODY,
    NOUN_BEFORE,
    OF_THIS,
    OPINION,
    PERSON,
    SHOWING,
    THEY,
    VERB,
)
from ncrelations.proofing.named_speakers import Credit, Naming
from ncrelations.proofing.surroundings import Surroundings

_INVERTED = re.compile(r"\s+((?:(?!\bthat\b)[^,;:.()]){1,60})(?=[,:]|\Z)")
_REMARK = re.compile(rf"(?<=\w),\s+(?:as\s+)?(?!s?he\b)[^,;:.]{{1,40}}\s(?:{VERB.pattern})\s*,(?=\s)", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|aid|eld|old|own|ought|ound)\Z", re.IGNORECASE
)
_SCOPE = 500
"""Characters before and after a quotation in which those credited are looked for."""
_PLACE = re.compile(r"(?:see|section|sect?|chapter|para|paragraph|page|pp?|ibid|same|footnote)\b", re.IGNORECASE)
_AND_PLACE = re.compile(r",\s+(?:section|chapter|para|paragraph|page|pp?)\b", re.IGNORECASE)
"""Where a work is followed by the place in it, whose heading may name somebody who is not credited."""
_WHO_CLAUSE = re.compile(
    r"(?<=\w),\s+(?:(?:of|to|for|with)\s+)?(?:who|whom|whose|which)\b[^,;:.]{1,60},(?=\s)", re.IGNORECASE
)
_GOES_ON = re.compile(r"(?:[:;—–]|\b(?:and|but|so|yet))\s*\Z")
_NO_FACT = re.compile(r"\b(?:not|nor|never|no|hardly|isn['’]t)\b[^.;:]{0,25}\Z", re.IGNORECASE)
_SHOWN = re.compile(r"\s*(?:\w+ly\s+)?(?:that\b|how\b|why\b|once\b|[:,]|\Z)")
_CONTENT = re.compile(
    r"\bthat\s+(?P<content>(?!(?:in|for|to|from|with|among|according|as|by|of|what|when|if|while|because|after|on|under)\b)"
    r"[^,;:.()]{1,90})\Z",
    re.IGNORECASE,
)
"""What somebody says before the quotation begins: its subject credits nobody."""
_VIEW = re.compile(rf"\b(?:{OPINION})\b", re.IGNORECASE)
_ASKED = re.compile(r"\s*(?:would|could|might|can|do|does|did)\s+(?!not\b)", re.IGNORECASE)
"""What begins a question whether somebody says something."""
_BRACKETED = re.compile(r"\([^()]{1,80}\)")
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
_ANSWER = frozenset({"", "that", "this", "a", "answer", "the answer"})
"""What may stand between a question and the quotation that answers it."""
_MOST_SUBJECT = 8
"""Words that a subject after a quotation has at most."""


class Credits:
    """Finds who is credited, by the speakers of a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._naming = Naming(corpus)
        self._phrases = CreditPhrases(self._naming)

    def credited(self, around: Surroundings) -> Credit | None:
        """Whom the words around a quotation credit; before it the nearest, else after it."""
        before, after = _unquoted(around.before)[-_SCOPE:], _unquoted(around.after)[:_SCOPE]
        found = self._before(before, goes_on=around.goes_on) or self._after(after, around)
        lead = _unquoted(around.lead)[-_SCOPE:]
        found = found or self._labelled(around) or (self._before(lead, goes_on=False) if lead else None)
        return found or _fact(before, FACT) or _fact(after, FACT_AFTER)

    def _labelled(self, around: Surroundings) -> Credit | None:
        """The speaker that the cell or line before names, or the only one that another cell of the row does."""
        before = self._phrases.labelled(around.label)
        named = [credit for each in around.asides if (credit := self._phrases.labelled(each.strip(" .\n")))]
        return before or (named[0] if len(named) == 1 else None)

    def pronoun(self, around: Surroundings, earlier: str) -> Credit | None:
        """Whom a pronoun around a quotation credits, by the text before."""
        return self._he(around, earlier) or self._they(around, earlier) or self._asked(around, earlier)

    def _he(self, around: Surroundings, earlier: str) -> Credit | None:
        """The person whom "he" or "she" stands for: the speaker named last."""
        pronoun = HE.search(_unquoted(around.before)) or HE.search(_unquoted(around.after))
        people = [(m.end(), w) for w in self._naming.who if w.speaker.person for m in w.named.finditer(earlier)]
        if pronoun is None or not people:
            return None
        at, who = max(people, key=lambda each: each[0])
        others = (m[1] for m in PERSON.finditer(earlier, at) if len(m[1].split()) > 1)
        if any(not self._naming.heads(other, (), ()) for other in others):
            return None
        return Credit(f"{earlier[:at].rsplit(maxsplit=1)[-1]} … {pronoun[0]}", frozenset({who.speaker.voice.value}))

    def _they(self, around: Surroundings, earlier: str) -> Credit | None:
        """Those whom "they" stands for: the only ones named in the sentence before, at its beginning."""
        before, after = _unquoted(around.before)[-_SCOPE:], _unquoted(around.after)[:_SCOPE]
        inside = THEY.search(before)
        pronoun = inside or THEY.match(after.lstrip(" ,—–-"))
        if pronoun is None:
            return None
        same = before[: inside.start()] if inside else ""
        said = self._phrases.topic(same, pronoun[0].strip()) if _GOES_ON.search(same) else None
        return said or self._phrases.topic(earlier.removesuffix(around.before), pronoun[0].strip())

    def _asked(self, around: Surroundings, earlier: str) -> Credit | None:
        """Those whom the question before has say what a quotation answers: "What do the growers say? That ..."."""
        before = earlier.removesuffix(around.before).rstrip()
        if not before.endswith("?") or around.before.strip(" ,:—–-").lower() not in _ANSWER:
            return None
        question = re.split(r"[.!?…]\s|\n", before[:-1])[-1]
        if len(question.split()) <= _MOST_SUBJECT - 2 and (owned := [*self._phrases.found(question)]):
            return owned[-1][1]
        if not re.match(r"\W*(?:q\w*\s*[:.)]\s*)?(?:(?:and|but|so)\s+)?(?:what|how)\b", question, re.IGNORECASE):
            return None
        return max(self._by_verbs(question, goes_on=False), key=lambda each: each[0], default=(0, None))[1]

    def _before(self, text: str, *, goes_on: bool) -> Credit | None:
        """The last clause of crediting before a quotation; what stands in brackets only where nothing else does."""
        plain = _BRACKETED.sub(" ", text)
        credit = self._clause(plain, goes_on=goes_on)
        return credit if credit or plain == text else self._clause(text, goes_on=goes_on)

    def _clause(self, text: str, *, goes_on: bool) -> Credit | None:
        text = _without_remark(text)
        content = _CONTENT.search(text)
        spoken_of = content and not goes_on and _VIEW.search(content["content"])
        if content and not spoken_of and not VERB.search(content["content"]):
            text = text[: content.start("content")]
            if not text[: content.start()].strip(" ,;—–-"):
                return None  # "and that", after a quotation
        found = [*self._by_verbs(text, goes_on=goes_on), *self._phrases.found(text, goes_on=goes_on)]
        if own := self._phrases.for_them(text):
            return own
        return max(found, key=lambda each: each[0])[1] if found else self._phrases.leading(text)

    def _by_verbs(self, text: str, *, goes_on: bool) -> Iterator[tuple[int, Credit]]:
        """Those who do what a verb of saying says, with where the verb ends."""
        verbs = list(VERB.finditer(text))
        for number, verb in enumerate(verbs):
            if goes_on and not text[verb.end() :].strip():
                continue  # "that Western fears" before "are exaggerated" is no verb
            passive = not verb[0].lower().startswith(("is ", "are ", "was ", "were ")) and _PASSIVE.search(
                text, 0, verb.end()
            )
            denied = DENIED.search(text, 0, verb.start()) is not None
            if passive or denied != verb[0].lower().startswith("den") or NOUN_BEFORE.search(text, 0, verb.start()):
                continue
            if ";" in text[verb.end() :]:
                continue
            showing = SHOWING.match(verb[0])
            if showing and not _SHOWN.match(text, verb.end()):
                continue
            subject = text[verbs[number - 1].end() if number else 0 : verb.start()]
            inverted = _INVERTED.match(text, verb.end()) if subject.rstrip().endswith(",") else None
            credit = self._naming.named(inverted[1], f"{verb[0]}{inverted[1]}") if inverted else None
            if (credit := credit or self._subject(subject, verb[0])) is not None:
                yield verb.end(), replace(credit, as_fact=True) if showing and credit.voices else credit

    def _subject(self, text: str, verb: str) -> Credit | None:
        """Who does what a verb says: named right before it, or before a remark between commas, or before "who"."""
        parts = CLAUSE.split(text)
        if NOBODY.match(parts[-1]) or (len(parts) == 1 and _ASKED.match(text)):
            return None
        credit = self._naming.named(parts[-1], verb)
        if credit is not None or len(parts) == 1 or not NO_SUBJECT.fullmatch(parts[-1]):
            return credit
        nearest = [part for part in reversed(parts[:-1]) if not (ADVERBIAL.match(part) or NOBODY.match(part))]
        named = [(p, c) for p in nearest if (c := self._naming.named(p, verb)) is not None]
        if len(named) > 1 and re.match(r"\s*an?\s", named[0][0], re.IGNORECASE):
            named.pop(0)  # "Penhallow, a miller among growers, says"
        # What stands between commas may be a remark: "Penhallow, the miller, says", "the growers, they report, say".
        return next((c for _, c in named if c.voices & self._naming.sides), named[0][1] if named else None)

    def _after(self, text: str, around: Surroundings) -> Credit | None:
        """Who is said, right after a quotation, to have said it: "...", said the minister."""
        stripped = text.strip(" ,.:—–-")
        if bracket := _BRACKET.match(stripped):
            return self._phrases.bracketed(bracket[1])
        clause = re.split(r"[;:()\[\]]|\.\s", OF_THIS.sub("", stripped), maxsplit=1)[0][:160]
        clause = _AND_PLACE.split(clause, maxsplit=1)[0].strip()
        if _PLACE.match(clause):
            return None
        verb = VERB.match(clause)
        if verb:
            return self._naming.named(CLAUSE.split(clause[verb.end() :])[0], clause)
        verb = VERB.search(clause)
        subject = clause[: verb.start()] if verb else ""
        if verb and "," not in subject.strip(" ,") and len(subject.split()) <= _MOST_SUBJECT:
            credit = self._naming.named(subject, f"{subject}{verb[0]}", within=around.leads_on)
            if credit is not None:
                return None if DENIED.search(subject) else credit
        credit = self._phrases.following(clause, leads_on=around.leads_on)
        return credit or (self._phrases.following(clause.split(",")[0], leads_on=False) if around.signed else None)


def _fact(text: str, words: re.Pattern[str]) -> Credit | None:
    match = words.search(text)
    if match is None or _NO_FACT.search(text, 0, match.start()):
        return None
    return Credit(match[0], frozenset(), as_fact=True)


def _without_remark(text: str) -> str:
    """A text without "the section says" between commas, where those who say it stand before and the verb after."""
    aside = _WHO_CLAUSE.search(text)
    if aside and VERB.search(text, aside.end()):
        text = f"{text[: aside.start()]} {text[aside.end() :]}"
    remark = _REMARK.search(text)
    goes_on = remark and (VERB.search(text, remark.end()) or re.search(r"\b(?:is|was) that\b", text[remark.end() :]))
    return f"{text[: remark.start()]} {text[remark.end() :]}" if remark and goes_on else text


def _unquoted(text: str) -> str:
    return " ".join(text.replace("\ufffc", " ").split())
