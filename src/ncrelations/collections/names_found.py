"""The names that documents mention, found by how they are written: capital letters, and acronyms in brackets.

Found, not known: a name's kind is not told, and one that stands only once, or only where every word begins with a
capital letter, is no name. The text is gone through once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ncrelations.document.entities import Entity
from ncrelations.document.tree import Document
from ncrelations.text.words import STOPWORDS

MOST = 1_000
"""How many names are kept: those that stand in most passages."""

KIND = "name"
"""What a found name is."""

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_JOINING = frozenset({"of", "for", "the", "de", "du", "des", "la", "le", "van", "von", "der", "bin", "ibn", "al", "el"})
_LONGEST, _SHOUTED = 8, 0.75
_OWNED = re.compile(r"['’]s$")
_ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z]{1,9})\)")
_NO_NAMES = STOPWORDS | frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "annex",
        "chapter",
        "section",
        "page",
        "table",
        "figure",
        "article",
        "paragraph",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)


@dataclass(slots=True)
class _Seen:
    """What was seen of a name."""

    passages: int = 0
    last: object = None
    acronyms: Counter[str] = field(default_factory=Counter)


def names_found(documents: Iterable[Document], most: int = MOST) -> tuple[Entity, ...]:
    """The names that stand in several passages, the most frequent first."""
    seen: dict[str, _Seen] = defaultdict(_Seen)
    small: set[str] = set()
    for block in (block for document in documents for block in document.blocks):
        for sentence in block.sentences:
            for name, acronym in _names_in(sentence.text, small):
                entry = seen[name]
                entry.passages += entry.last is not block
                entry.last = block
                entry.acronyms.update(filter(None, [acronym]))
    kept = {name: entry for name, entry in seen.items() if entry.passages > 1 and name.casefold() not in small}
    return tuple(_entities(kept, most))


def _entities(seen: dict[str, _Seen], most: int) -> Iterator[Entity]:
    """One entity a name; an acronym that a name introduces is another form of it."""
    acronyms = {entry.acronyms.most_common(1)[0][0]: name for name, entry in seen.items() if entry.acronyms}
    weights = {name: entry.passages for name, entry in seen.items() if name not in acronyms}
    for acronym, name in acronyms.items():
        weights[name] += seen[acronym].passages if acronym in seen else 0
    for name in sorted(weights, key=lambda name: (-weights[name], name))[:most]:
        forms = (name, *(acronym for acronym, whole in acronyms.items() if whole == name))
        yield Entity(name, KIND, forms=forms)


def _names_in(text: str, small: set[str]) -> Iterator[tuple[str, str | None]]:
    """The runs of capitalised words in a sentence, each with the acronym that follows in brackets.

    Words in small letters are noted in `small`: a word that is also written so begins a sentence, and is no name.
    """
    words = list(_WORD.finditer(text))
    capital = [word[0][:1].isupper() for word in words]
    small.update(word[0] for word, is_capital in zip(words, capital, strict=True) if not is_capital)
    if not words or sum(capital) > max(_SHOUTED * len(words), 1 + (len(words) < 4)):
        return
    at = 0
    while at < len(words):
        last = _run(text, words, capital, at)
        if last is None:
            at += 1
            continue
        first = at
        while first < last and words[first][0].casefold() in _NO_NAMES:
            first += 1
        name = _OWNED.sub("", text[words[first].start() : words[last].end()])
        if _is_name(name, alone_first=first == last == 0):
            yield name, _acronym(text, words[last].end(), name)
        at = last + 1


def _run(text: str, words: list[re.Match[str]], capital: list[bool], at: int) -> int | None:
    """The last word of the name that begins at a word; `None` where none begins."""
    if not capital[at]:
        return None
    last = at
    for number in range(at + 1, min(at + _LONGEST, len(words))):
        if text[words[number - 1].end() : words[number].start()] != " ":
            break
        if capital[number]:
            last = number
        elif words[number][0] not in _JOINING:
            break
    return last


def _is_name(name: str, *, alone_first: bool) -> bool:
    """Whether a run of words may be a name: no word of asking, and no single word that begins a sentence."""
    if name.casefold() in _NO_NAMES or len(name) < 2 or not name[0].isalpha():
        return False
    return not alone_first or (name.isupper() and len(name) > 2)


def _acronym(text: str, end: int, name: str) -> str | None:
    """The acronym in brackets behind a name, where its letters are the name's."""
    match = _ACRONYM.match(text, end)
    if match is None:
        return None
    letters = iter("".join(word[0] for word in _WORD.findall(name)).casefold())
    rest = iter(name.casefold())
    mine = match[1].casefold()
    fits = all(letter in letters for letter in mine) or (mine[0] == name[0].casefold() and all(x in rest for x in mine))
    return match[1] if fits else None
