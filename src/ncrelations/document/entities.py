"""The people, organisations, places, agreements and events that documents name, and every mention of them.

Names and aliases are an editors' work; every mention is a span of a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ncrelations.document.citation import Citation, brief, nearest, printable
from ncrelations.document.tree import Block, Document, Sentence, Span
from ncrelations.errors import NoSuchPlace
from ncrelations.text.words import fold_accents, folded_pieces, pieces_of


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that the documents name."""

    name: str
    """What editors call it."""
    kind: str
    """"person", "organisation", "place", "agreement" (documents and concepts too) or "event"."""
    role: str | None = None
    """A person's role, as the documents give it."""
    forms: tuple[str, ...] = ()
    """The spellings of the documents."""
    aliases: tuple[str, ...] = ()
    """Editorial: what readers may call it that the documents do not print."""
    demonyms: tuple[str, ...] = ()
    """Editorial: adjectives and names of a place's people."""
    also: tuple[str, ...] = ()
    """Editorial: other entities that its mentions name too."""
    note: str | None = None
    """Editorial remark."""
    index: Entities | None = field(default=None, repr=False, compare=False)
    """Where its mentions are found."""

    def __repr__(self) -> str:
        return f'<Entity "{printable(self.name)}", {self.kind}>'

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention in the documents, in order."""
        return () if self.index is None else self.index.mentions(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be called, without repetition."""
        return tuple(dict.fromkeys((self.name, *self.forms, *self.aliases, *self.demonyms)))


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named."""

    entity: str
    """The entity's name."""
    kind: str
    """The entity's kind."""
    text: str
    """The words of the mention, as the reading text has them."""
    span: Span
    """Where they stand in the source."""
    sentence: Sentence
    """The sentence that names it."""

    def __repr__(self) -> str:
        return brief("Mention", self.sentence.citation, self.text)


class Named(NamedTuple):
    """An entity that a question names, and where."""

    entity: Entity
    """The entity."""
    start: int
    """Offset of the name in the question."""
    end: int
    """Offset after the name."""


class Entities:
    """The entities of some documents. Immutable; a block is searched for mentions when they are first wanted."""

    def __init__(
        self,
        entities: Sequence[Entity] = (),
        documents: Sequence[Document] = (),
        everywhere: frozenset[str] = frozenset(),
    ) -> None:
        """`everywhere`: names on every page, of which a mention says little."""
        self.all = tuple(_indexed(each, self) for each in entities)
        """All of them, in the editors' order."""
        self.everywhere = everywhere
        """Those named on every page: that a question names one says little of what it is about."""
        self._documents = tuple(documents)
        self._found: dict[Citation, tuple[Mention, ...]] = {}

    def named(self, name: str) -> Entity:
        """The entity called `name` in any of its spellings; `NoSuchPlace` with the near misses otherwise."""
        wanted = fold_accents(name)
        for each in self.all:
            if wanted in map(fold_accents, each.names):
                return each
        raise NoSuchPlace(
            "entity", printable(name), nearest(name, [known for each in self.all for known in each.names])
        )

    def mentions(self, name: str) -> tuple[Mention, ...]:
        """Every mention of the entity of that name, in order."""
        return self._mentions.get(name, ())

    def mentioned(self, block: Block) -> tuple[Mention, ...]:
        """Every mention in a block, by entity in the editors' order."""
        found = self._found.get(block.citation)
        if found is None:
            number = {name: number for number, name in enumerate(self._by_name)}
            found = tuple(sorted(self._searched(block), key=lambda mention: number[mention.entity]))
            self._found[block.citation] = found
        return found

    def named_in(self, text: str) -> tuple[Named, ...]:
        """The entities that a text names, in any spelling, in order; of overlapping names the longest.

        Case counts only for acronyms, so that "us" and "who" stay words.
        """
        found, pieces, names, at = [], pieces_of(text), self._names, 0
        while at < len(pieces):
            for length in range(min(_LONGEST, len(pieces) - at), 0, -1):
                run = pieces[at : at + length]
                hit = names.get(tuple(piece.folded for piece in run))
                typed = text[run[0].start : run[-1].end]
                if hit and (not hit.acronym or typed.isupper()):
                    found.append(Named(hit.entity, run[0].start, run[-1].end))
                    at += length - 1
                    break
            at += 1
        return tuple(found)

    @cached_property
    def _names(self) -> dict[tuple[str, ...], _Name]:
        """Names by their folded pieces; a form of the documents beats an alias."""
        named: dict[tuple[str, ...], _Name] = {}
        for each in self.all:
            for name in each.names:
                key = folded_pieces(name)
                acronym = name.isupper() and len(name) < 6 and key[0] in _WORDS_TOO
                named.setdefault(key, _Name(each, acronym))
        return named

    @cached_property
    def _mentions(self) -> dict[str, tuple[Mention, ...]]:
        found: dict[str, list[Mention]] = {}
        for mention in (each for d in self._documents for block in d.blocks for each in self.mentioned(block)):
            found.setdefault(mention.entity, []).append(mention)
        return {name: tuple(mentions) for name, mentions in found.items()}

    @cached_property
    def _forms(self) -> list[_Form]:
        """The spellings of the documents, longest first: of overlapping ones the longest is meant."""
        forms = [_Form(form, tuple(_BREAKS.split(form)), each) for each in self.all for form in each.forms]
        return sorted(forms, key=lambda form: -len(form.text))

    @cached_property
    def _ranges(self) -> dict[Citation, list[Span]]:
        """Where the text of each block stands in the source: a name in page furniture is no mention."""
        ranges: dict[Citation, list[Span]] = {}
        for leaf in (leaf for document in self._documents for leaf in document.leaves):
            if leaf.citation is not None:
                ranges.setdefault(leaf.citation, []).append(leaf.span)
        return ranges

    @cached_property
    def _by_name(self) -> dict[str, Entity]:
        return {each.name: each for each in self.all}

    def _searched(self, block: Block) -> Iterator[Mention]:
        """The mentions in a block, in the order of its text; of overlapping ones the longest."""
        source, end = block.document.source, 0
        hits = (hit for span in self._ranges.get(block.citation, ()) for hit in self._hits(source, span))
        for start, last, form in hits:
            if start < end:
                continue
            end, sentence = last, _sentence_at(block, start)
            for name in (form.entity.name, *form.entity.also):
                yield _mention(name, self._by_name[name].kind, sentence, Span(start, last))

    def _hits(self, source: str, span: Span) -> list[tuple[int, int, _Form]]:
        """Where forms stand in a range of a source, in order, at one place the longest first.

        Only forms whose every word stands there are looked for: to look for all at every letter takes a hundred times
        as long.
        """
        text = source[span.start : span.end]
        forms = (form for form in self._forms if all(word in text for word in form.words))
        found = [
            (*match.span(), form) for form in forms for match in form.pattern.finditer(source, span.start, span.end)
        ]
        return sorted(found, key=lambda hit: hit[0])  # stable: the forms come longest first


_LONGEST = 8  # pieces of the longest name worth looking for
_WORDS_TOO = frozenset({"us", "who", "is", "it", "plan", "sea", "ti"})
"""Acronyms that are ordinary words in small letters."""


_BREAKS = re.compile(r"[\s\-–—]+")
"""Where a name may be broken over lines."""


@dataclass(frozen=True)
class _Form:
    text: str
    words: tuple[str, ...]
    entity: Entity

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The form as the source may break it over lines."""
        parts = (r"\s+" if c.isspace() else rf"{re.escape(c)}\s*" if c in "-–—" else re.escape(c) for c in self.text)
        return re.compile(rf"(?<!\w){''.join(parts)}(?!\w)")


class _Name(NamedTuple):
    entity: Entity
    acronym: bool


def _indexed(entity: Entity, index: Entities) -> Entity:
    return Entity(
        entity.name, entity.kind, entity.role, entity.forms, entity.aliases, entity.demonyms, entity.also, entity.note,
        index,
    )  # fmt: skip


def _sentence_at(block: Block, offset: int) -> Sentence:
    return next(s for s in block.sentences if s.span.start <= offset < s.span.end)


def _mention(name: str, kind: str, sentence: Sentence, span: Span) -> Mention:
    raw = sentence.document.source[span.start : span.end]
    return Mention(name, kind, " ".join(re.sub(r"(?<=[-–—])\s+", "", raw).split()), span, sentence)
