"""What differs between quoted words and the words of the source, word by word, and how grave it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Literal

from ncrelations.document.wording import Word, words_of
from ncrelations.text.words import american

ChangeKind = Literal["word", "negation", "number", "name", "spelling", "capital", "sign", "punctuation"]
"""What a change touches."""

Variant = Literal["quotation_marks", "dashes", "spacing", "first_letter", "end_punctuation", "accents", "capitals"]
"""What printing changes and wording does not."""

GRAVE: frozenset[ChangeKind] = frozenset({"negation", "number", "name", "sign"})
"""What turns the sense of a sentence."""

_NEGATIONS = frozenset({
    "not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "nowhere", "without", "cannot",
    "hardly", "barely", "scarcely", "non", "ill",
})  # fmt: skip
_NEGATING = ("un", "in", "im", "il", "ir", "dis", "non", "a")
_NUMBERS = frozenset({
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty",
    "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand", "thousands",
    "million", "millions", "billion", "billions", "trillion", "trillions", "dozen", "dozens", "half", "third",
    "thirds", "quarter", "quarters", "twice", "double", "triple", "first", "second", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
})  # fmt: skip
_SIGN = re.compile(r"[%‰$€£¥°§]")
_QUOTES = re.compile("[“”„‟\"«»‹›「」『』｢｣‘’‚‛'`´＂]")
_WHITE = re.compile(r"[ \t\r\n]+")
_DASH = re.compile(r"\s*(?:--+|[-‐‑‒–—―−])\s*")


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the source, and what stands for them in the draft."""

    source: str
    """The words as printed; empty where words were added."""
    draft: str
    """What the draft has; empty where words were left out."""
    kind: ChangeKind
    """What the change touches."""
    at: int = 0
    """Where it stands in the quotation."""

    @property
    def grave(self) -> bool:
        """Whether it turns the sense: a negation, a number, a name, a sign."""
        return self.kind in GRAVE

    def to_dict(self) -> dict[str, Any]:
        """The change as plain data."""
        return {"source": self.source, "draft": self.draft, "kind": self.kind, "grave": self.grave}


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between quoted words and a source."""

    changes: tuple[Change, ...]
    """Differences of wording, in order."""
    variants: tuple[Variant, ...]
    """Differences of print, each named once."""


def compared(draft: str, source: str, names: frozenset[str] = frozenset()) -> Compared:
    """What differs between quoted words and the source's, from its first word to its last.

    `names` are the words that are names wherever they stand; others are told by their capital within a sentence.
    """
    return _Comparison(draft, source, names).compared()


class _Comparison:
    """Walks along both texts at once."""

    def __init__(self, draft: str, source: str, names: frozenset[str]) -> None:
        self.draft, self.source, self.names = draft, source, names
        self.mine, self.theirs = words_of(draft), words_of(source)
        self.changes: list[Change] = []
        self.variants: dict[Variant, None] = {}

    def compared(self) -> Compared:
        """All that differs."""
        theirs, mine = [word.plain for word in self.theirs], [word.plain for word in self.mine]
        shouted = self.draft.isupper() and not self.source.isupper()
        for tag, a, b, c, d in _steps(theirs, mine):
            if tag == "equal":
                for n in range(b - a):
                    self._same_word(self.theirs[a + n], self.mine[c + n], first=c + n == 0, shouted=shouted)
                    if n:
                        self._between(self.theirs[a + n - 1 : a + n + 1], self.mine[c + n - 1 : c + n + 1])
            else:
                self._other_words((a, b), (c, d))
        self._ends()
        return Compared(tuple(sorted(self.changes, key=lambda each: each.at)), tuple(self.variants))

    def _same_word(self, theirs: Word, mine: Word, *, first: bool, shouted: bool) -> None:
        was, now = _raw(self.source, theirs), _raw(self.draft, mine)
        if was == now:
            return
        was, now = was.replace("’", "'"), now.replace("’", "'")
        if was == now:
            self.variants["quotation_marks"] = None
        elif was.lower() != now.lower():
            self.variants["accents"] = None
        elif shouted:
            self.variants["capitals"] = None
        elif first and was[1:] == now[1:]:
            self.variants["first_letter"] = None
        else:
            self.changes.append(Change(was, now, "capital", mine.span.start))

    def _between(self, theirs: list[Word], mine: list[Word]) -> None:
        was = self.source[theirs[0].span.end : theirs[1].span.start]
        now = self.draft[mine[0].span.end : mine[1].span.start]
        if was == now or (was := _WHITE.sub(" ", was)) == (now := _WHITE.sub(" ", now)):
            return
        if _SIGN.findall(was) != _SIGN.findall(now):
            self.changes.append(
                Change(_phrase(self.source, theirs), _phrase(self.draft, mine), "sign", mine[0].span.start)
            )
        elif _bare(was) != _bare(now):
            source, draft = _phrase(self.source, theirs), _phrase(self.draft, mine)
            self.changes.append(Change(source, draft, "punctuation", mine[0].span.start))
        else:
            self._print(was, now)

    def _print(self, was: str, now: str) -> None:
        if _QUOTES.findall(was) != _QUOTES.findall(now):
            self.variants["quotation_marks"] = None
        if (dashes := [_DASH.findall(_QUOTES.sub("", each)) for each in (was, now)]) and dashes[0] != dashes[1]:
            self.variants["dashes"] = None
        elif " ".join(_QUOTES.sub("", was).split(" ")) != _QUOTES.sub("", now):
            self.variants["spacing"] = None

    def _other_words(self, theirs: tuple[int, int], mine: tuple[int, int]) -> None:
        was, now = self.theirs[slice(*theirs)], self.mine[slice(*mine)]
        if _glued(was) == _glued(now):
            self.variants["spacing"] = None
            return
        at = (
            now[0].span.start if now else self.mine[mine[0]].span.start if mine[0] < len(self.mine) else len(self.draft)
        )
        source, draft = _phrase(self.source, was), _phrase(self.draft, now)
        self.changes.append(Change(source, draft, self._kind(was, now), at))

    def _kind(self, was: list[Word], now: list[Word]) -> ChangeKind:
        before, after = {word.plain for word in was}, {word.plain for word in now}
        if _negates(before) != _negates(after) or _opposite(before, after):
            return "negation"
        if _numbers(was) != _numbers(now):
            return "number"
        if [american(word.plain) for word in was] == [american(word.plain) for word in now]:
            return "spelling"
        if {*self._named(self.source, was)} != {*self._named(self.draft, now)}:
            return "name"
        return "word"

    def _named(self, text: str, words: list[Word]) -> Iterator[str]:
        """The words that are names, and those that are capitalised where no sentence begins."""
        for word in words:
            before = text[: word.span.start].rstrip(" \n\"'“‘([")[-1:]
            capital = text[word.span.start].isupper()
            if capital and (word.plain in self.names or (before and before not in ".!?:")):
                yield word.plain

    def _ends(self) -> None:
        """The marks before the first word and after the last: British and American printers set them differently."""
        if not self.mine or not self.theirs:
            return
        tail = self.draft[self.mine[-1].span.end :]
        sign = _SIGN.findall(tail + self.draft[: self.mine[0].span.start])
        if sign and not _SIGN.search(self.source):
            self.changes.append(Change("", "".join(sign), "sign", self.mine[-1].span.end))


def _steps(theirs: list[str], mine: list[str]) -> Iterable[tuple[str, int, int, int, int]]:
    """How one line of words becomes the other; most are alike."""
    if theirs == mine:
        return [("equal", 0, len(theirs), 0, len(mine))]
    return SequenceMatcher(None, theirs, mine, autojunk=False).get_opcodes()


def _raw(text: str, word: Word) -> str:
    return text[word.span.start : word.span.end]


def _phrase(text: str, words: list[Word]) -> str:
    return " ".join(text[words[0].span.start : words[-1].span.end].split()) if words else ""


def _bare(between: str) -> str:
    """What stands between two words without what printing changes."""
    return "".join(_DASH.sub(" ", _QUOTES.sub("", between)).split())


def _glued(words: list[Word]) -> str:
    return "".join(word.plain for word in words)


def _negates(words: set[str]) -> bool:
    return any(word in _NEGATIONS or word.endswith("n't") for word in words)


def _opposite(before: set[str], after: set[str]) -> bool:
    """Whether a word stands on one side with a negating syllable and on the other without: likely, unlikely."""
    return any(
        f"{syllable}{word}" in there
        for here, there in ((before - after, after - before), (after - before, before - after))
        for word in here
        if len(word) > 3
        for syllable in _NEGATING
    )


def _numbers(words: list[Word]) -> set[str]:
    """The numbers among some words; the "one" of "one another" is none."""
    plain = [word.plain for word in words]
    mutual = {at for at, pair in enumerate(pairwise(plain)) if pair == ("one", "another")}
    return {word for at, word in enumerate(plain) if at not in mutual and (word[0].isdigit() or word in _NUMBERS)}
