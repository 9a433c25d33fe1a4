"""Pages of the entities: all of them by kind, and one with its mentions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ncrelations.document.entities import Entity, Mention
from ncrelations.render.answer_pages import Linker, cited, nowhere
from ncrelations.render.form import Page, Para, Run, Style, joined, para, voice_run
from ncrelations.texts import ENGLISH, Texts

_KINDS = frozenset({"person", "place", "organisation", "agreement", "event"})
"""The kinds that the catalogue has a word for."""


def _called(kind: str, texts: Texts) -> str:
    return texts(f"record.{kind}") if kind in _KINDS else kind


def entities_page(entities: Sequence[Entity], texts: Texts = ENGLISH) -> Page:
    """All entities by kind, with the number of their mentions."""
    kinds = tuple(dict.fromkeys(each.kind for each in entities))
    return joined(_kind(kind, [each for each in entities if each.kind == kind], texts) for kind in kinds)


def _kind(kind: str, entities: Sequence[Entity], texts: Texts) -> Iterator[Para]:
    yield para(Run(_called(kind, texts), Style.TITLE), kind="heading")
    for each in entities:
        others = ", ".join(form for form in each.forms if form != each.name)
        also = f"{texts('list.open')}{others}{texts('list.close')}" if others else ""
        yield para(each.name, also, f"{texts('list.colon')}{len(each.mentions)}", mark="-", tight=True)


def entity_page(entity: Entity, link: Linker = nowhere, texts: Texts = ENGLISH) -> Page:
    """One entity and every mention of it, in its sentence."""
    mentions = joined(_mention(mention, link, texts) for mention in entity.mentions)
    return (*_entity(entity, texts), *mentions)


def _entity(entity: Entity, texts: Texts) -> Iterator[Para]:
    role = f"{texts('list.comma')}{entity.role}" if entity.role else ""
    kind = f"{texts('list.colon')}{_called(entity.kind, texts)}{role}"
    yield para(Run(entity.name, Style.TITLE), kind, kind="heading")
    if entity.forms:
        yield para(texts("record.forms", forms=", ".join(entity.forms)), tight=True)
    if entity.aliases:
        yield para(texts("record.aliases", aliases=", ".join(entity.aliases)), tight=True)
    if entity.note:
        yield para(texts("shown.note"), texts.said(entity.note), tight=True)
    yield para(texts.count("record.mentions", len(entity.mentions)), tight=True)


def _mention(mention: Mention, link: Linker, texts: Texts) -> Iterator[Para]:
    sentence = mention.sentence
    before, found, after = sentence.text.partition(mention.text)
    words = (Run(before), Run(found, Style.ANSWER), Run(after)) if found else (Run(sentence.text),)
    yield para(voice_run(sentence.voice, texts), mark="-")
    yield para(*words, kind="quote", indent=3, tight=True)
    yield cited(sentence.human, sentence.citation, link)
