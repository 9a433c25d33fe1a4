"""What a corpus' glossary has of a text in another language: names, terms, and what says what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ncrelations.document.corpus import Corpus
from ncrelations.languages.detection import common_words
from ncrelations.languages.glossary import LANGUAGES, Found, Glossary, primary
from ncrelations.text.patterns import Pattern
from ncrelations.text.words import pieces_of


@dataclass(frozen=True, slots=True)
class Seen:
    """What the glossary has of a question."""

    words: tuple[Found, ...]
    """Names and terms, in order."""
    asks: tuple[Found, ...]
    """Question words."""
    views: tuple[Found, ...]
    """Words of opinion, and of sides, documents and lists."""

    def has(self, cue: str) -> bool:
        """Whether one of the views is that cue."""
        return any(each.key == cue for each in self.views)


class Cues:
    """Looks for the words of a corpus in texts of other languages. Immutable; safe to share between threads."""

    def __init__(self, corpus: Corpus, glossary: Glossary) -> None:
        self.corpus, self.glossary = corpus, glossary
        self.seen_in = lru_cache(maxsize=64)(self._seen_in)

    def _seen_in(self, text: str, language: str) -> Seen:
        """What the glossary has of a question."""
        found_in = self.glossary.found_in
        asks, views = (tuple(found_in(text, language, table)) for table in ("asks", "views"))
        return Seen(self.words_in(text, language), asks, views)

    def words_in(self, text: str, language: str) -> tuple[Found, ...]:
        """Names and terms in order, with the names that stand there in English spelling."""
        found = self.glossary.found_in(text, language, "names", "terms", "words")
        taken = [(each.start, each.end) for each in found]
        for each in self.corpus.entities.named_in(latin_only(text)):
            free = not any(start < each.end and each.start < end for start, end in taken)
            if free and text[each.start].isupper():
                found.append(Found(each.entity.name, "names", each.start, each.end))
        return tuple(sorted(found, key=lambda each: each.start))


def explained(text: str, seen: Seen, language: str) -> float:
    """The share of a question's words of matter that the glossary has, 0 where it has no name and no term.

    A third for a language without tables: then the meaning alone decides.
    """
    tag, common = primary(language), common_words(primary(language))
    if tag not in LANGUAGES:
        return 1 / 3
    if not seen.words:
        return 0.0
    covered = {at for group in (seen.words, seen.asks, seen.views) for f in group for at in range(f.start, f.end)}
    if tag in ("zh", "ja"):
        units = [(m.start(), m[0]) for m in _HAN_OR_KATAKANA.finditer(text)]
        units += [(m.start(), m[0]) for m in re.finditer(r"[A-Za-z]{2,}", text)]
    else:
        units = [(p.start, p.text.lower()) for p in pieces_of(text) if len(p.text) > 2]
    matter = [at for at, unit in units if unit not in common and not unit.isdigit()]
    known = sum(at in covered for at in matter)
    return known / len(matter) if matter else 1.0


_HAN_OR_KATAKANA = Pattern(r"[\u3400-\u9fff\u30a1-\u30fa]")
_NOT_LATIN = Pattern(r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u206f]")


def latin_only(text: str) -> str:
    """The text with all but Latin letters blanked, at the same offsets."""
    return text if text.isascii() else _NOT_LATIN.sub(" ", text)
