"""The data of the reader's search: passages, their question bank, and what names whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ncrelations.document.corpus import Corpus
from ncrelations.document.entities import Entity
from ncrelations.document.voice import Speaker
from ncrelations.library import Library
from ncrelations.retrieval.passages import passages_of
from ncrelations.text.words import AMERICAN_WORDS, BRITISH_PARTS, STOPWORDS, pieces_of


def search_data(library: Library) -> dict[str, Any]:
    """What `assets/search.js` reads."""
    corpus = library.corpus
    return {
        "stopwords": sorted(STOPWORDS),
        "american": AMERICAN_WORDS,
        "british": [[pattern.pattern, ours] for pattern, ours in BRITISH_PARTS],
        "aliases": _aliases(corpus.entities.all),
        "sides": [[side.voice.value, side.names] for side in corpus.sides],
        "authors": [[each.voice.value, sorted(_names(each, corpus))] for each in corpus.narrators if each.person],
        "blocks": [
            {
                "citation": str(passage.block.citation),
                "voice": passage.block.voice.value,
                "label": passage.block.voice.label,
                "tint": tint(passage.block.voice.value, corpus),
                "human": passage.block.human,
                "heading": passage.heading,
                "sentences": [sentence.text for sentence in passage.block.sentences],
            }
            for passage in passages_of(corpus)
        ],
        "questions": [[each.text, each.passage, each.sentences] for each in library.bank],
    }


_TINTS = 8


def tint(voice: str, corpus: Corpus) -> int:
    """The number of a voice's colour in the style: by its place among the voices; 0 for one that is not there."""
    places = [each.value for each in corpus.voices]
    return places.index(voice) % _TINTS + 1 if voice in places else 0


def _names(narrator: Speaker, corpus: Corpus) -> set[str]:
    """The words that name a narrator who is a person, folded."""
    people = [each for each in corpus.entities.all if each.name in narrator.entities and each.kind == "person"]
    forms = (narrator.person or "", *(form for each in people for form in each.forms))
    return {piece.folded for form in forms for piece in pieces_of(form)}


def _aliases(entities: tuple[Entity, ...]) -> list[tuple[str, str]]:
    """Names that the documents do not print, folded, each with one that they do; the longest first."""
    printed = {_folded(form) for each in entities for form in each.forms}
    found = {
        _folded(alias): each.forms[0]
        for each, alias in _unprinted(entities)
        if each.forms and _folded(alias) not in printed | STOPWORDS
    }
    return sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))


def _unprinted(entities: tuple[Entity, ...]) -> Iterator[tuple[Entity, str]]:
    """Every alias with its entity; of entities that share one the first comes last, and wins."""
    for each in reversed(entities):
        yield from ((each, alias) for alias in (*each.aliases, *each.demonyms))


def _folded(name: str) -> str:
    return " ".join(piece.folded for piece in pieces_of(name))


def script(data: dict[str, Any]) -> str:
    """The data as a script: `fetch` does not work in a page that was opened from a file."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.NCR_DATA={text};\n".replace("</", "<\\/").replace("\u2028", "\\u2028")
