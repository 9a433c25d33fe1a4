"""Editorial: the themes that pair what the voices say, and which of them a text brings up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ncrelations.corpus import resolve
from ncrelations.document import Sentence, Voice
from ncrelations.words import pieces_of


@dataclass(frozen=True, slots=True)
class Theme:
    """Editorial: a theme on which the voices can be compared."""

    id: str
    """Its name in commands and links."""
    title: str
    """Its title."""
    keywords: tuple[str, ...]
    """The words that bring it up."""
    nato: tuple[Sentence, ...]
    """What NATO's perceptions say on it."""
    china: tuple[Sentence, ...]
    """What Chinese perceptions say on it."""
    experts: tuple[Sentence, ...]
    """What the joint group of experts says on it."""
    author: tuple[Sentence, ...]
    """What Brian Wong says on it."""
    note: str | None
    """An editors' remark."""

    def of(self, voice: Voice) -> tuple[Sentence, ...]:
        """The sentences of one voice."""
        sentences: tuple[Sentence, ...] = getattr(self, voice.value)
        return sentences

    def to_dict(self) -> dict[str, Any]:
        """The theme as plain data, marked as editorial."""
        sides = {v.value: [{"citation": str(s.citation), "text": s.text} for s in self.of(v)] for v in Voice}
        return {"id": self.id, "title": self.title, "editorial": True, "note": self.note, **sides}


@cache
def themes() -> tuple[Theme, ...]:
    """All themes, in the editors' order."""
    path = Path(__file__).with_name("editorial") / "themes.toml"
    return tuple(_theme(each) for each in tomllib.loads(path.read_text("utf-8"))["theme"])


def _theme(table: dict[str, Any]) -> Theme:
    nato, china, experts, author = (tuple(map(_sentence, table[voice.value])) for voice in Voice)
    return Theme(table["id"], table["title"], tuple(table["keywords"]), nato, china, experts, author, table.get("note"))


def _sentence(address: str) -> Sentence:
    place = resolve(address)
    assert isinstance(place, Sentence)  # a test holds the file to it
    return place


def touched_by(topic: str) -> tuple[Theme, ...]:
    """The themes whose keywords the topic has, those with the most words first, at most two."""
    plain = " " + " ".join(piece.folded for piece in pieces_of(topic)) + " "
    weights = {
        theme.id: max((len(word.split()) for word in theme.keywords if f" {_plain(word)} " in plain), default=0)
        for theme in themes()
    }
    touched = sorted((theme for theme in themes() if weights[theme.id]), key=lambda theme: -weights[theme.id])
    return tuple(touched[:2])


def _plain(words: str) -> str:
    return " ".join(piece.folded for piece in pieces_of(words))
