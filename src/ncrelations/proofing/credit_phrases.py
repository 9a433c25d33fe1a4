"""Those credited without a verb of saying of their own: "according to", "the growers' view", "attributed to", a name.

Each construction is one pattern over the names of the corpus' speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ncrelations.proofing.credit_patterns import CreditPatterns
from ncrelations.proofing.crediting_words import AGENT, ASCRIBED, CLAUSE, NOBODY, OPINION
from ncrelations.proofing.named_speakers import Credit, Naming

_LEADING = re.compile(r"^(?:(?:as|thus|so|this is|that is|is|was|are|were|in|to)\s+)+")
_DENIED = re.compile(r"\b(?:not|never|no)\s+(?:an?\s+|the\s+|any\s+)?\Z", re.IGNORECASE)
_TOPIC = re.compile(r"\s*(?:of|on|about|against|towards?|regarding|concerning)\b", re.IGNORECASE)
_VIEW = re.compile(rf"(?<=\s)(?:{OPINION})\b", re.IGNORECASE)
_OWNER = 80  # characters before a view in which its owner is looked for
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+|\n+")
_PREPOSITION = re.compile(r"\b(?:at|to|of|by|with|from|against|about|over|despite)\b", re.IGNORECASE)
_PREDICATE = re.compile(
    r"\s*(?:(?:about|over|of|on|at|for|with)\b[^,;:.]{0,60}?)?\b(?:is|are|was|were)\s+(?!(?:that"
    r"|this)\b)\w[^:]*[^:,\s]\s*\Z",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:\A|,\s*)they\b|\Ait(?:\s+\w+){1,2}\Z", re.IGNORECASE)
_APART = re.compile(r"\b(?:the|an?|this|these|that|those|such|any|one)\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
_FELT = re.compile(r"beliefs?|convictions?|fears?|views?|worr(?:y|ies)|hopes?|suspicions?|idea|anxiety", re.IGNORECASE)
"""What is of those whom it moves: "what unites the growers is the belief"; a charge that irks them is another's."""
_HOLDS = re.compile(
    r"\b(?:tak(?:es?|en|ing)|took|holds?|held|mak(?:es?|ing)|made|rais\w+|express\w*|voic\w+|advanc\w+|shar\w+"
    r"|has|have|had"
    r"|puts?|offer\w*|repeat\w*|press\w*|level\w*|form\w*|defend\w*|stat\w+|add\w*|issu\w+|reach\w*|comes?|came"
    r"|adopt\w*|cl(?:ing|ung)\w*|stick\w*|stands?|stood|advocat\w*|gives?|gave|draws?|drew|deliver\w*|sen[dt]s?|lodg\w+"
    r"|nurs\w+|harbou?r\w*|keeps?|kept|brings?|brought|push\w*|stress\w*|utter\w*|spread\w*|reviv\w+|coin\w*"
    r"|us(?:es?|ed)"
    r"|open\w*|beg[iau]n\w*|end\w*|clos\w+|conclud\w+|reiterat\w+|restat\w+|set\w*|lay\w*|laid|releas\w+|answer\w*"
    r"|repl(?:y|ies|ied)|respond\w*|announc\w+|record\w*|list\w*|find\w*|found|(?:is|are|was|were|be|been) of"
    r"|(?:author|source|owner)s? of)\b",
    re.IGNORECASE,
)
"""What somebody does whose view it is that is spoken of with an article: "the growers take the view"."""
_MANY = re.compile(r"(?<!['’])s\Z|\bthe [a-z]+(?:ese|ish|ch)\Z", re.IGNORECASE)
"""Of what is many, "it" does not speak."""
_QUOTED = re.compile(
    r"“[^”\n]{1,600}”|\"[^\"\n]{1,600}\"|«[^»\n]{1,600}»|„[^“\n]{1,600}“|‘(?:[^’\n]|’\w){1,600}’(?!\w)"
)


class CreditPhrases:
    """Finds those credited by phrases, by the speakers of a corpus. Immutable."""

    def __init__(self, naming: Naming) -> None:
        self._naming, self._patterns = naming, CreditPatterns(naming)

    def found(self, text: str, *, goes_on: bool = False) -> Iterator[tuple[int, Credit]]:
        """Those named in "according to", as owners of a view, or as those a view is ascribed to, with where it is.

        Where the quotation `goes_on` with a verb, what stands right before it is spoken of and says nothing.
        """
        for pattern in (self._patterns.source, AGENT, ASCRIBED, self._patterns.among):
            for match in pattern.finditer(text):
                whom = next(filter(None, match.groupdict().values()))
                if not _DENIED.search(text, 0, match.start()) and (credit := self._naming.named(whom, match[0])):
                    yield match.start(), credit
        at = 0
        for match in _VIEW.finditer(text):
            whom = re.split(r"[,;:.()\[\]]", text[max(at, match.start() - _OWNER) : match.start()])[-1]
            clause, at = CLAUSE.split(whom)[-1], match.end()
            owner = clause if _TOPIC.match(clause) else self._nearest(clause)
            if (
                NOBODY.match(owner)
                or _TOPIC.match(owner)
                or self._apart(owner, match[0])
                or _spoken_of(text[at:], goes_on=goes_on)
            ):
                continue
            if credit := self._naming.named(owner, f"{whom}{match[0]}"):
                yield at, credit

    def _apart(self, owner: str, view: str) -> bool:
        """Whether a view is not of who is named before it: "the growers face the", "what irks the millers is the"."""
        match = _APART.search(owner)
        if match is None or self._patterns.name.search(match[0]):
            return False
        if re.match(r"\s*what\b", owner, re.IGNORECASE) and _FELT.fullmatch(view):
            return False
        before = owner[: match.start()]
        return bool(self._patterns.name.search(before)) and not _HOLDS.search(before)

    def _nearest(self, owner: str) -> str:
        """The last that a phrase names, of several behind prepositions: "the growers bristle at the millers' claim"."""
        if own := self._patterns.possessive.search(owner):
            return own[0]
        parts = _PREPOSITION.split(owner)
        return next((part for part in reversed(parts[1:]) if self._patterns.name.search(part)), owner)

    def for_them(self, text: str) -> Credit | None:
        """Those for whom a quotation is so, right before it: "for the growers"."""
        match = self._patterns.for_whom.search(text)
        return self._naming.named(match["whom"], match[0]) if match else None

    def leading(self, text: str) -> Credit | None:
        """Those named where nothing else credits: with whatever verb before "that", or alone before a colon."""
        for pattern in self._patterns.leading:
            if match := pattern.search(text):
                return self._naming.named(next(filter(None, match.groupdict().values())), match[0])
        return None

    def following(self, clause: str, *, leads_on: bool) -> Credit | None:
        """Those named right after a quotation: with a view, with any verb after a comma, or alone."""
        plain = _LEADING.sub("", clause)
        if NOBODY.match(plain) or re.match(r"not\b", plain, re.IGNORECASE):
            return None
        if theirs := self._patterns.theirs.match(clause):
            return self._naming.named(theirs["whom"], theirs[0])
        if on := self._patterns.on_another.match(plain):
            return self._naming.named(on["whom"], on[0])
        held = self._patterns.source.search(clause) or self._patterns.owned.match(plain)
        if held:
            return self._naming.named(held["whom"], held[0])
        doing = self._patterns.doing.match(clause) if leads_on else None
        if doing and len(clause.split()) <= 8:
            return self._naming.named(doing["whom"], doing[0])
        return self._signed(re.sub(r"^(?:thus|so)\s+", "", clause, flags=re.IGNORECASE))

    def labelled(self, label: str) -> Credit | None:
        """The speaker whose name alone is the label of a quotation, as in the cell of a table before it."""
        return self._naming.named(label, label) if label and self._patterns.alone.fullmatch(label) else None

    def bracketed(self, words: str) -> Credit | None:
        """Whose view a quotation is by the brackets after it: "(the growers' view)", "(thus the growers)"."""
        plain = _LEADING.sub("", words.strip())
        first, _, rest = plain.partition(next(iter(re.findall(r"[,;:]|\s(?=(?:19|20)\d\d\b)", plain)), "\0"))
        plain = first if re.search(r"\d|\b[IVX]+\b|\b(?:section|report|article|bullet|intro)", rest) else plain
        held = self._patterns.owned.fullmatch(plain)
        credit = self._naming.named(plain, plain) if held or self._patterns.alone.fullmatch(plain) else None
        return credit if credit and credit.voices & self._naming.sides else None

    def _signed(self, clause: str) -> Credit | None:
        """A speaker's name alone, as under a block quote."""
        if re.search(r"['’]s?\W*\Z", clause):
            return None
        named = len(clause.split()) <= 6 and (
            re.match(r"[A-Z]|the\b", clause) or self._patterns.alone.fullmatch(clause)
        )
        return self._naming.named(clause, clause) if named else None

    def topic(self, earlier: str, pronoun: str) -> Credit | None:
        """Those that "they" stands for: the only ones that the sentence before names, at its beginning."""
        sentences = [each for each in _SENTENCE.split(_QUOTED.sub(" ", earlier)) if any(map(str.isalnum, each))]
        while sentences and _PRONOUN.search(sentences[-1].strip(" ,—–-")):
            sentences.pop()  # it goes on about them
        last = sentences[-1].strip() if sentences else ""
        match = self._patterns.first.match(last) or self._patterns.group.search(last)
        voices = {w.speaker.voice.value for w in self._naming.who if w.named.search(last)}
        if match and re.match(r"its?\b(?! (?:is|was)\b)", pronoun, re.IGNORECASE) and _MANY.search(match[0]):
            return None
        credit = self._naming.named(match[0], match[0]) if match and len(voices) == 1 else None
        if credit is None or len(credit.voices) != 1:
            return None
        return Credit(f"{match[0] if match else ''} … {pronoun}", credit.voices)


def _spoken_of(rest: str, *, goes_on: bool) -> bool:
    """Whether a view says nothing but is spoken of, by what stands between it and a quotation."""
    return ";" in rest or (goes_on and not rest.strip()) or _PREDICATE.match(rest) is not None
