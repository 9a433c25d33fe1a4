"""Whether passages are theirs who are credited with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial

from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Sentence
from ncrelations.proofing.crediting_words import CLAUSE, VERB
from ncrelations.proofing.credits import Chances, Credited
from ncrelations.proofing.named_speakers import Credit, Who, is_on_side, last_name, named_by
from ncrelations.proofing.reported_speech import REFERRING, QuotedWords, is_tied, may_be, speakers

_COMPOUND = re.compile(r"\b\w+[-–−—]\w+\b")
_PRONOUN = re.compile(r"\b(?:it|its|they|their|them)\b", re.IGNORECASE)
_MARKED = re.compile(r"[“\"][^”\"]+[”\"]")
_DOUBTFUL = 0.2
"""The chance that somebody else is credited from which on the network is asked: from a smaller one it told nothing."""

_WRONG = (0.96, 0.985)
"""The chance, by words and network, from which on somebody else is said to be credited: in the same sentence, and in
another."""

_PLAINLY, _AGREED, _RIGHT = (0.9, 0.94), 0.1, 0.5
"""The same by the words alone, where by both it is this much; and the chance of those who say it."""

_NO_CHANCE = 0.01
"""A chance under which it does not matter whose a quotation is."""

Naming = Callable[[str], bool]
"""What tells whether a text names somebody."""

Verdict = tuple[Credit, float, bool | None]
"""Who is credited, the chance of it, and whether the words are theirs."""


class CreditJudge:
    """Compares those credited with the voices of passages, by the speakers of a corpus. Immutable."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._who = named_by(corpus)

    def told(
        self, credited: Credited, runs: Sequence[Sequence[QuotedWords]], *, whole: bool
    ) -> tuple[bool | None, Credit | None]:
        """Whether those credited say what stands in some runs, and who is credited wrongly.

        A quotation that is `whole` stands in each of the runs, any other in all of them.
        """
        rights = cache(lambda credit: self.theirs(credit, runs, whole=whole))
        plain = _verdicts(credited.chances, rights)
        verdicts = _verdicts(credited.closer(), rights) if _wrong(plain) >= _DOUBTFUL else plain
        wrong = [(credit, chance) for credit, chance, right in verdicts if right is False]
        credit = max(wrong, key=lambda each: each[1], default=(None, 0.0))[0]
        far = credit is not None and not credit.beside
        least = _AGREED if _wrong(plain) >= _PLAINLY[far] else _WRONG[far]
        if credit is not None and _wrong(verdicts) >= least:
            return False, credit
        return (True if sum(chance for _, chance, right in verdicts if right) >= _RIGHT else None), None

    def theirs(self, credit: Credit, runs: Sequence[Sequence[QuotedWords]], *, whole: bool) -> bool | None:
        """Whether a quotation is theirs who are credited, wherever its words stand."""
        found = [self.right(credit, quoted) for quoted in runs]
        if whole and any(each is not False for each in found):
            return True if True in found else None
        return False if False in found else True if found and all(found) else None

    def right(self, credit: Credit, quoted: Sequence[QuotedWords]) -> bool | None:
        """Whether passages are the voice's that is credited; `None` where it cannot be told."""
        verdicts = [self._right(credit, each) for each in quoted]
        if not verdicts or any(each is None for each in verdicts):
            return None
        return all(verdicts)

    def _right(self, credit: Credit, quoted: QuotedWords) -> bool | None:
        sentence, voice = quoted.sentence, quoted.sentence.voice
        speaker = next((s for s in self._corpus.speakers if s.voice == voice), None)
        if speaker is None:
            return None
        if credit.as_fact:
            return False if speaker.document is None and speaker.names else None
        if credit.document is not None:
            return None if sentence.document.id == credit.document else False
        if voice.value in credit.voices:
            return True
        if speaker in self._corpus.sides and credit.other and is_on_side(self._corpus, credit.other, speaker):
            return None
        possible = self._spoken_for(credit.other, sentence) if credit.other else self._reported(credit, sentence)
        if possible and credit.said:
            by_words = self._corpus.reported is None or quoted.marked
            possible = self._is_reported(credit, quoted) or (by_words and self._may_say(credit, quoted))
        return None if possible else False

    def _is_reported(self, credit: Credit, quoted: QuotedWords) -> bool:
        """Whether editors found that a passage has those credited say or think the words."""
        reported = (self._corpus.reported or {}).get(quoted.sentence.citation, ())
        tied = (each.who for each in reported if is_tied(quoted, each.words))
        known = partial(self._mentioned, last_name(credit.other)) if credit.other else None
        named = [known] if known is not None else [*self._named_by(credit)]
        return any(names(words) for who in tied for words in (who, self._roles.get(who, "")) for names in named)

    @cached_property
    def _roles(self) -> Mapping[str, str]:
        """The roles of the people named: whose they are."""
        return {each.name: each.role for each in self._corpus.entities.all if each.role}

    def _may_say(self, credit: Credit, quoted: QuotedWords) -> bool:
        """Whether the passage itself has those credited say the very words quoted."""
        named = [self._naming(credit.other)] if credit.other else [*self._named_by(credit)]
        return any(may_be(quoted, each) for each in named)

    def _named_by(self, credit: Credit) -> Iterator[Naming]:
        """What tells whether a text names each of the speakers credited."""
        for who in self._who:
            if who.speaker.voice.value in credit.voices:
                yield partial(_names, who)

    def _naming(self, somebody: str) -> Naming:
        """What tells whether a text names somebody, by the last name, another of the same or that of their power."""
        name = last_name(somebody)
        power = self._power(name)
        return lambda text: self._mentioned(name, text) or power.search(text) is not None

    def _power(self, name: str) -> re.Pattern[str]:
        """What names the power that a place or an organisation belongs to."""
        powers = self._corpus.parties.values() if self._is_power(name) else ()
        same = (rf"\b(?:{each})\b" for each in powers if re.fullmatch(each, name, re.IGNORECASE))
        return re.compile("|".join(same) or r"(?!)", re.IGNORECASE)

    def _spoken_for(self, somebody: str, sentence: Sentence) -> bool:
        """Whether a passage may be somebody's: it names them or refers to them; of a side's views, has them say it."""
        name = last_name(somebody)
        if any(sentence.voice == side.voice for side in self._corpus.sides):
            return any(name in CLAUSE.split(sentence.text[: v.start()])[-1] for v in VERB.finditer(sentence.text))
        referred = REFERRING.search(sentence.text) is not None and self._mentioned(name, sentence.block.text)
        return referred or self._naming(somebody)(sentence.text)

    def _is_power(self, name: str) -> bool:
        """Whether a name is that of a place or an organisation that the documents name."""
        return any(e.kind in ("place", "organisation") and name in e.names for e in self._corpus.entities.all)

    def _mentioned(self, name: str, text: str) -> bool:
        """Whether a text names somebody, by that name or by another of the same: "the Union", where it has "EU"."""
        if name in text:
            return True
        entities = (e for e in self._corpus.entities.all if any(form.endswith(name) for form in (e.name, *e.aliases)))
        return any(form in text for entity in entities for form in entity.forms)

    def _reported(self, credit: Credit, sentence: Sentence) -> bool:
        """Whether a passage in another voice itself reports what those credited said or think."""
        for who in self._who:
            voice = who.speaker.voice
            if voice.value in credit.voices:
                says = any(map(who.named.search, speakers(sentence.text)))
                if says or len(credit.voices) > 1 or self._quoted(who, sentence):
                    return True
                if self._corpus.speaks_for(sentence.block, voice) > 0 and self._about(who, sentence):
                    return True
        return False

    def _quoted(self, who: Who, sentence: Sentence) -> bool:
        """Whether a sentence has words in marks, in a block that names those credited."""
        return bool(_MARKED.search(sentence.text)) and who.named.search(sentence.block.text) is not None

    def _about(self, who: Who, sentence: Sentence) -> bool:
        """Whether a sentence is about those credited: it names them, or says "it" or "they" of somebody before."""
        named = who.named.search(_COMPOUND.sub(" ", sentence.text)) is not None
        return named or _PRONOUN.search(sentence.text) is not None


def _names(who: Who, text: str) -> bool:
    return who.named.search(_COMPOUND.sub(" ", text)) is not None


def _verdicts(chances: Chances, rights: Callable[[Credit], bool | None]) -> list[Verdict]:
    """Those credited that are likely enough to matter, each with the chance and whether the words are theirs."""
    likely = ((credit, chance) for credit, chance in chances if credit is not None and chance >= _NO_CHANCE)
    return [(credit, chance, rights(credit)) for credit, chance in likely]


def _wrong(verdicts: Sequence[Verdict]) -> float:
    """The chance that somebody is credited who does not say it."""
    return sum(chance for _, chance, right in verdicts if right is False)
