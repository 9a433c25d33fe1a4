"""A line in another language as the words of the documents' structure that it has: numbers, names, quotations too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ncrelations.document.typed_places import CITATION
from ncrelations.languages.cues import Cues, latin_only
from ncrelations.languages.detection import common_words
from ncrelations.languages.glossary import DENSE, STRUCTURE, Found, primary
from ncrelations.questions.structure import quotation_in
from ncrelations.text.words import pieces_of

GROUPS = (
    "ask", "unit", "number", "mention", "saying", "about", "agent", "light", "document", "list", "section", "topic"
)  # fmt: skip
"""The groups of words, as `tables/structure.toml` and the corpus' own table have them."""

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9/.])(?:(?P<roman>[IVX]{1,5})|(?P<digits>\d{1,2}))(?:\.(?P<sub>\d{1,2}))?"
    r"(?:er|re|ère|e|ème|eme|-?[йяе]|-?[гм]о)?(?![A-Za-z0-9/])"
)
_QUOTED = re.compile(r"[«„“\"「『‹]\s*(?P<words>[^«»„“”\"「」『』‹›]{2,60}?)\s*[»”“\"」』›]")
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
"""Arabic vowel marks, which few people type."""

_DENSE_LETTER = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u30a1-\u30fa]|[^\W_]+")
_HIRAGANA = re.compile(r"[\u3041-\u309f]+")
_NOT_SUCH = {
    "ja": re.compile(r"ない(?!容)|ません|なぜ|どうして|どう(?!も|ぞ|使)|なんで"),
    "ar": re.compile(r"(?<!\w)(?:لا|لم|ليس|لماذا|كيف)(?!\w)"),
}
"""What makes a line an ordinary question where words of glue need not be known: "why", "how", "not"."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line that means something of the structure."""

    group: str
    """One of `GROUPS`, or "name", "term", "quoted"."""
    key: str
    """The English words, or number, that it stands for."""
    start: int
    """Offset in the line."""
    end: int
    """Offset after it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with what is known of its words."""

    text: str
    """As it was typed."""
    language: str
    """Its language, without the script."""
    tokens: tuple[Token, ...]
    """In order; several may stand in one place."""
    citation: str | None
    """The citation typed in it."""
    quotation: str | None
    """The words quoted in it, three or more."""
    unknown: tuple[tuple[int, int], ...]
    """Where words stand that need to be told; those of a citation or quotation are not among them."""

    def of(self, *groups: str) -> tuple[Token, ...]:
        """The tokens of some groups, in order."""
        return tuple(token for token in self.tokens if token.group in groups)

    def keys(self, group: str) -> frozenset[str]:
        """What stands there of one group."""
        return frozenset(token.key for token in self.tokens if token.group == group)

    def only(self, *groups: str, also: Collection[Token] = ()) -> bool:
        """Whether nothing stands there but words of some groups, words of glue and of greeting, and some tokens."""
        taken = [(t.start, t.end) for t in (*self.of("light", *groups), *also, *self._frame())]
        return all(any(start <= at and end <= after for start, after in taken) for at, end in self.unknown)

    def _frame(self) -> Iterator[Token]:
        return (token for token in self.of("about") if token.key in ("thanks", "hello", "ok"))


def line_in(text: str, language: str, cues: Cues) -> Line | None:
    """What a line in a language with tables has of the structure; `None` where "why", "how" or "not" is asked."""
    tag = primary(language)
    text = _MARKS.sub("", text) if tag == "ar" else text
    if tag in _NOT_SUCH and _NOT_SUCH[tag].search(text):
        return None
    citation, quotation = CITATION.search(text), quotation_in(text)
    masked = [citation.span()] if citation else []
    if quotation:
        at = text.index(quotation)
        masked.append((at, at + len(quotation)))
    tokens = [t for t in _tokens(text, tag, cues) if not any(start < t.end and t.start < end for start, end in masked)]
    unknown = [span for span in _words(text, tag) if not any(s < span[1] and span[0] < e for s, e in masked)]
    return Line(text, tag, _longest(tokens), citation[0] if citation else None, quotation, tuple(unknown))


def _tokens(text: str, tag: str, cues: Cues) -> Iterator[Token]:
    for group in GROUPS:
        for each in cues.glossary.found_in(text, tag, STRUCTURE + group):
            yield Token(group, each.key, each.start, each.end)
    for each in cues.glossary.found_in(text, tag, "names"):
        yield _named(each, "name")
    for entity in cues.corpus.entities.named_in(latin_only(text)):
        if text[entity.start].isupper():
            yield Token("name", entity.entity.name, entity.start, entity.end)
    for each in cues.glossary.found_in(text, tag, "terms"):
        yield _named(each, "term")
    for match in _NUMBER.finditer(text):
        number = match["roman"] or str(int(match["digits"]))
        yield Token("number", f"{number}.{match['sub']}" if match["sub"] else number, match.start(), match.end())
    for match in _QUOTED.finditer(text):
        yield Token("quoted", match["words"], match.start("words"), match.end("words"))
    if tag not in DENSE:
        common = common_words(tag) - _OPINION
        yield from (Token("light", "", p.start, p.end) for p in pieces_of(text) if p.text.lower() in common)


_OPINION = frozenset({
    "pense", "voit", "dit", "pas", "ne", "comment", "pourquoi", "t", "hält", "meint", "sagt", "sagte", "nicht", "kein",
    "keine", "warum", "wie", "weshalb", "wieso", "wozu", "dice", "dijo", "no", "ni", "cómo", "değil", "neden", "nasıl",
    "niçin", "не", "ни", "нет", "почему", "зачем", "как",
})  # fmt: skip
"""Common words that make a line an ordinary question: opinions, "why", "how", "not"."""


def _named(found: Found, group: str) -> Token:
    return Token(group, found.key, found.start, found.end)


def _longest(tokens: list[Token]) -> tuple[Token, ...]:
    """The tokens without those that are part of a longer word."""
    wide = [token for token in tokens if token.group not in ("term", "quoted")]
    kept = [token for token in tokens if not any(_inside(token, other) for other in wide)]
    return tuple(sorted(kept, key=lambda token: token.start))


def _inside(token: Token, other: Token) -> bool:
    if token.group == "quoted":
        return False
    wider = other.start <= token.start and token.end <= other.end
    return wider and other.end - other.start > token.end - token.start


def _words(text: str, tag: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, in a script without spaces the letters; the syllables between words are glue."""
    if tag not in DENSE:
        yield from ((piece.start, piece.end) for piece in pieces_of(text))
        return
    for match in _DENSE_LETTER.finditer(_HIRAGANA.sub(lambda m: " " * len(m[0]), text)):
        run = match[0]
        if run.isascii() or len(run) == 1:
            yield match.span()
        else:  # a run of letters without spaces: each for itself
            yield from _runs(run, match.start())


def _runs(run: str, at: int) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[A-Za-z0-9]+|.", run):
        yield at + match.start(), at + match.end()
