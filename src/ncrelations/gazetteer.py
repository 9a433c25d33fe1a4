"""The people, organisations, places, agreements and events that the documents name.

Names and aliases are editorial (`editorial/entities.toml`); every mention is a span of a source.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ncrelations.citation import Citation, nearest, printable
from ncrelations.corpus import documents
from ncrelations.document import Block, Sentence, Span
from ncrelations.errors import NoSuchPlace
from ncrelations.words import pieces_of


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that the documents name."""

    name: str
    """What editors call it."""
    kind: str
    """"person", "organisation", "place", "agreement" (documents and concepts too) or "event"."""
    role: str | None
    """A person's role, as the documents give it."""
    forms: tuple[str, ...]
    """The spellings of the documents."""
    aliases: tuple[str, ...]
    """Editorial: what readers may call it that the documents do not print."""
    demonyms: tuple[str, ...]
    """Editorial: adjectives and names of a place's people."""
    also: tuple[str, ...]
    """Editorial: other entities that its mentions name too."""
    note: str | None
    """Editorial remark."""

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention in both documents, in order."""
        return _mentions()[self.name]

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it may be called, without repetition."""
        return tuple(dict.fromkeys((self.name, *self.forms, *self.aliases, *self.demonyms)))


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where an entity is named."""

    entity: str
    """The entity's name."""
    text: str
    """The words of the mention, as the reading text has them."""
    span: Span
    """Where they stand in the source."""
    sentence: Sentence
    """The sentence that names it."""

    @property
    def kind(self) -> str:
        """The entity's kind."""
        return _kinds()[self.entity]


@cache
def _kinds() -> dict[str, str]:
    return {each.name: each.kind for each in entities()}


@cache
def entities() -> tuple[Entity, ...]:
    """All entities, in the editors' order."""
    path = Path(__file__).with_name("editorial") / "entities.toml"
    tables = tomllib.loads(path.read_text("utf-8"))["entity"]
    return tuple(
        Entity(
            name=each["name"],
            kind=each["kind"],
            role=each.get("role"),
            forms=tuple(each["forms"]),
            aliases=tuple(each["aliases"]),
            demonyms=tuple(each.get("demonyms", ())),
            also=tuple(each.get("also", ())),
            note=each.get("note"),
        )
        for each in tables
    )


def entity(name: str) -> Entity:
    """The entity called `name` in any of its spellings; `NoSuchPlace` with the near misses otherwise."""
    wanted = name.casefold()
    for each in entities():
        if wanted in (known.casefold() for known in each.names):
            return each
    if not name.isascii() and (ours := in_other_languages().get(wanted)):
        return entity(ours)
    known_names = [known for each in entities() for known in each.names]
    raise NoSuchPlace("entity", printable(name), nearest(name, known_names))


@cache
def in_other_languages() -> dict[str, str]:
    """What the entities are called in other languages, in small letters, with their English names."""
    from ncrelations.glossary import forms_of_names

    ours = {each.name for each in entities()}
    return {form: name for form, name in forms_of_names() if name in ours}


EVERYWHERE = frozenset({
    "NATO", "China", "The West", "Beijing", "United States", "Europe", "European Union", "Brian Wong", "Russia",
    "TI Observer", "People’s Liberation Army", "Chinese government", "Chinese navy", "NATO naval forces",
})  # fmt: skip
"""Entities named on every page: that a question names one says little of what it is about."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entity that a question names, and where."""

    entity: Entity
    """The entity."""
    start: int
    """Offset of the name in the question."""
    end: int
    """Offset after the name."""


def named_in(text: str) -> tuple[Named, ...]:
    """The entities that a question names, in any spelling, in order; of overlapping names the longest.

    Case counts only for acronyms, so that "us" and "who" stay words.
    """
    found, pieces, names = [], pieces_of(text), _names()
    at = 0
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


_LONGEST = 8  # pieces of the longest name worth looking for


@dataclass(frozen=True, slots=True)
class _Name:
    entity: Entity
    acronym: bool


@cache
def _names() -> dict[tuple[str, ...], _Name]:
    """Names by their folded pieces; a form of the documents beats an alias."""
    named: dict[tuple[str, ...], _Name] = {}
    for each in entities():
        for name in each.names:
            key = tuple(piece.folded for piece in pieces_of(name))
            acronym = name.isupper() and len(name) < 6 and key[0] in _WORDS_TOO
            named.setdefault(key, _Name(each, acronym))
    return named


_WORDS_TOO = frozenset({"us", "who", "is", "it", "plan", "sea", "ti"})
"""Acronyms that are ordinary words in small letters."""


@cache
def _metonyms() -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds a metonym, and what each stands for."""
    path = Path(__file__).with_name("editorial") / "metonyms.toml"
    tables = tomllib.loads(path.read_text("utf-8"))
    meant = {name.casefold(): ours for ours, names in tables["names"].items() for name in names}
    names = "|".join(re.escape(name) for name in sorted(meant, key=len, reverse=True))
    places = "|".join(re.escape(word) for word in tables["places_after"])
    return re.compile(
        rf"(?P<place>\b(?:{places}) )?(?<!Latin )(?<!South )(?<!North )\b(?P<name>{names})\b", re.IGNORECASE
    ), meant


def canonical(question: str) -> str:
    """A question with every power under one name: "does the bloc fear Beijing" asks of NATO and China.

    For matching only; places stay ("the talks in Beijing").
    """
    pattern, meant = _metonyms()
    return pattern.sub(lambda m: m[0] if m["place"] else meant[m["name"].casefold()], question)


def _source_pattern(form: str) -> str:
    """`form` as the source may break it over lines."""
    parts = (r"\s+" if c.isspace() else rf"{re.escape(c)}\s*" if c in "-–—" else re.escape(c) for c in form)
    return "".join(parts)


@cache
def _mentions() -> dict[str, tuple[Mention, ...]]:
    forms = sorted(((form, each) for each in entities() for form in each.forms), key=lambda pair: -len(pair[0]))
    owner = {f"f{n}": each for n, (_, each) in enumerate(forms)}
    any_form = re.compile(
        rf"(?<!\w)(?:{'|'.join(f'(?P<f{n}>{_source_pattern(form)})' for n, (form, _) in enumerate(forms))})(?!\w)"
    )
    found: dict[str, list[Mention]] = {each.name: [] for each in entities()}
    for document in documents():
        for block in document.blocks:
            for match in any_form.finditer(document.source, block.span.start, block.span.end):
                each = owner[match.lastgroup or ""]
                for name in (each.name, *each.also):
                    found[name].append(_mention(name, match, block))
    return {name: tuple(each) for name, each in found.items()}


def _mention(name: str, match: re.Match[str], block: Block) -> Mention:
    span = Span(match.start(), match.end())
    sentence = next(s for s in block.sentences if s.span.start <= span.start < s.span.end)
    text = re.sub(r"(?<=[-–—])\s+", "", match[0])
    return Mention(name, " ".join(text.split()), span, sentence)


def mentioned(block: Block) -> tuple[Mention, ...]:
    """Every mention in a block."""
    return _mentions_at().get(block.citation, ())


@cache
def _mentions_at() -> dict[Citation, tuple[Mention, ...]]:
    """The mentions in each block that has any."""
    found: dict[Citation, list[Mention]] = {}
    for mentions in _mentions().values():
        for each in mentions:
            found.setdefault(each.sentence.citation.of_block, []).append(each)
    return {citation: tuple(each) for citation, each in found.items()}
