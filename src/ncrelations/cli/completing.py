"""What a shell offers where a document, place, voice or entity is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from ncrelations.cli.current import current
from ncrelations.document.tree import Block, Section
from ncrelations.errors import NCRelationsError
from ncrelations.library import Library


def documents(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """The ids of the documents."""
    del context, parameter
    return _beginning((document.id for document in current().documents()), typed)


def places(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """Citations: documents and sections, and the blocks and sentences of what is typed already."""
    del context, parameter
    return _beginning(_citations(current(), typed), typed)


def voices(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """The names of the voices."""
    del context, parameter
    return _beginning((voice.value for voice in current().corpus.voices), typed)


def entities(context: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """The names of the people, places and things."""
    del context, parameter
    return _beginning((entity.name for entity in current().corpus.entities.all), typed)


def _citations(library: Library, typed: str) -> Iterator[str]:
    for document in library.documents():
        yield document.id
        yield from (str(section.citation) for section in document.walk())
    parent = typed.rpartition("/")[0]
    try:
        place = library.corpus.resolve(parent)
    except NCRelationsError:
        return
    if isinstance(place, Section):
        yield from (str(block.citation) for block in place.blocks)
    elif isinstance(place, Block):
        yield from (str(sentence.citation) for sentence in place.sentences)


def _beginning(names: Iterable[str], typed: str) -> list[str]:
    start = typed.casefold()
    return [name for name in dict.fromkeys(names) if name.casefold().startswith(start)]
