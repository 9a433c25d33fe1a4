"""Editorial: the themes that pair what the voices say, and which of them a text brings up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ncrelations.document.tree import Sentence
from ncrelations.document.voice import Voice
from ncrelations.text.words import pieces_of


@dataclass(frozen=True)
class Theme:
    """Editorial: a theme on which the voices can be compared."""

    id: str
    """Its name in commands and links."""
    title: str
    """Its title."""
    keywords: tuple[str, ...]
    """The words that bring it up."""
    sentences: Mapping[Voice, tuple[Sentence, ...]]
    """What each voice says on it; empty where it says nothing."""
    note: str | None = None
    """An editors' remark."""

    def of(self, voice: Voice) -> tuple[Sentence, ...]:
        """The sentences of one voice."""
        return self.sentences.get(voice, ())

    def to_dict(self) -> dict[str, Any]:
        """The theme as plain data, marked as editorial."""
        sides = {
            voice.value: [{"citation": str(s.citation), "text": s.text} for s in said]
            for voice, said in self.sentences.items()
        }
        return {"id": self.id, "title": self.title, "editorial": True, "note": self.note, **sides}


def touched_by(themes: Sequence[Theme], topic: str) -> tuple[Theme, ...]:
    """The themes whose keywords the topic has, those with the most words first, at most two."""
    plain = " " + _plain(topic) + " "
    weights = {
        theme.id: max((len(word.split()) for word in theme.keywords if f" {_plain(word)} " in plain), default=0)
        for theme in themes
    }
    touched = sorted((theme for theme in themes if weights[theme.id]), key=lambda theme: -weights[theme.id])
    return tuple(touched[:2])


@lru_cache(maxsize=1024)  # the keywords, again for every question
def _plain(words: str) -> str:
    return " ".join(piece.folded for piece in pieces_of(words))
