"""The people, organisations, places, agreements and events that documents name, and every mention of them.

Names and aliases are an editors' work; every mention is a span of a source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ncrelations.document.citation import Citation, nearest, printable
from ncrelations.document.tree import Block, Document, Sentence, Span
from ncrelations.errors import NoSuchPlace
from ncrelations.text.words import fold_accents, pieces_of


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


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that a question names, and where."""

    entity: Entity
    """The entity."""
    start: int
    """Offset of the name in the question."""
    end: int
    """Offset after the name."""


Places = Mapping[str, Sequence[tuple[str, int, int]]]
"""Where each entity is mentioned: the citation of a sentence, and offsets in its document's source."""


class Entities:
    """The entities of some documents. Immutable; mentions are searched for when first wanted, or given."""

    def __init__(
        self,
        entities: Sequence[Entity] = (),
        documents: Sequence[Document] = (),
        everywhere: frozenset[str] = frozenset(),
        places: Places | None = None,
    ) -> None:
        """`everywhere`: names on every page, of which a mention says little; `places`: mentions found earlier."""
        self.all = tuple(_indexed(each, self) for each in entities)
        """All of them, in the editors' order."""
        self.everywhere = everywhere
        """Those named on every page: that a question names one says little of what it is about."""
        self._documents, self._places = tuple(documents), places

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
        """Every mention in a block."""
        return self._mentioned.get(block.citation, ())

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
                key = tuple(piece.folded for piece in pieces_of(name))
                acronym = name.isupper() and len(name) < 6 and key[0] in _WORDS_TOO
                named.setdefault(key, _Name(each, acronym))
        return named

    @cached_property
    def _mentions(self) -> dict[str, tuple[Mention, ...]]:
        sentences = {str(s.citation): s for d in self._documents for b in d.blocks for s in b.sentences}
        kinds = {each.name: each.kind for each in self.all}
        return {
            name: tuple(_mention(name, kinds[name], sentences[at], Span(start, end)) for at, start, end in places)
            for name, places in self.places.items()
        }

    @cached_property
    def _mentioned(self) -> dict[Citation, tuple[Mention, ...]]:
        """The mentions in each block that has any."""
        found: dict[Citation, list[Mention]] = {}
        for mentions in self._mentions.values():
            for each in mentions:
                found.setdefault(each.sentence.citation.of_block, []).append(each)
        return {citation: tuple(each) for citation, each in found.items()}

    @cached_property
    def places(self) -> Places:
        """Where each entity is mentioned, as an index stores it."""
        return self._places if self._places is not None else dict(self._searched())

    def _searched(self) -> Iterator[tuple[str, list[tuple[str, int, int]]]]:
        forms = sorted(((form, each) for each in self.all for form in each.forms), key=lambda pair: -len(pair[0]))
        owner = {f"f{n}": each for n, (_, each) in enumerate(forms)}
        found: dict[str, list[tuple[str, int, int]]] = {each.name: [] for each in self.all}
        if forms:
            named = "|".join(f"(?P<f{n}>{_source_pattern(form)})" for n, (form, _) in enumerate(forms))
            any_form = re.compile(rf"(?<!\w)(?:{named})(?!\w)")
            for block, start, end in (piece for document in self._documents for piece in _text_pieces(document)):
                for match in any_form.finditer(block.document.source, start, end):
                    each = owner[match.lastgroup or ""]
                    for name in (each.name, *each.also):
                        found[name].append((str(_sentence_at(block, match.start()).citation), *match.span()))
        yield from found.items()


def _text_pieces(document: Document) -> Iterator[tuple[Block, int, int]]:
    """The blocks with the ranges of the source that hold their text: a name in page furniture is no mention."""
    for leaf in document.leaves:
        block = None if leaf.citation is None else document.tree.blocks.get(leaf.citation)
        if block is not None:
            yield block, leaf.span.start, leaf.span.end


_LONGEST = 8  # pieces of the longest name worth looking for
_WORDS_TOO = frozenset({"us", "who", "is", "it", "plan", "sea", "ti"})
"""Acronyms that are ordinary words in small letters."""


@dataclass(frozen=True, slots=True)
class _Name:
    entity: Entity
    acronym: bool


def _indexed(entity: Entity, index: Entities) -> Entity:
    return Entity(
        entity.name, entity.kind, entity.role, entity.forms, entity.aliases, entity.demonyms, entity.also, entity.note,
        index,
    )  # fmt: skip


def _source_pattern(form: str) -> str:
    """`form` as the source may break it over lines."""
    parts = (r"\s+" if c.isspace() else rf"{re.escape(c)}\s*" if c in "-–—" else re.escape(c) for c in form)
    return "".join(parts)


def _sentence_at(block: Block, offset: int) -> Sentence:
    return next(s for s in block.sentences if s.span.start <= offset < s.span.end)


def _mention(name: str, kind: str, sentence: Sentence, span: Span) -> Mention:
    raw = sentence.document.source[span.start : span.end]
    return Mention(name, kind, " ".join(re.sub(r"(?<=[-–—])\s+", "", raw).split()), span, sentence)
