"""How near a question must come to a collection: measured on the collection itself, and kept beside it.

Two sets of questions are asked: everyday ones of other domains, which the collection should not answer, and some made
of words of its own sentences, which it should. What lies between is the threshold.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ncrelations.collections.live_meaning import AskedMeaning
from ncrelations.collections.passage_ranking import Searched, ranked
from ncrelations.collections.passage_text import RankedPassage
from ncrelations.collections.segment_files import SegmentPlace
from ncrelations.models.encoder import TokenEncoder
from ncrelations.models.one_thread import one_thread
from ncrelations.text.words import terms

FILE = "thresholds.json"
"""The name of the text beside the segments."""

_WORDS = 0.2
"""What the words count beside the best sentence's cosine."""

_FIRST = 3
_OTHERS, _OWN = 95, 5
"""The share of questions of other domains, in percent, that lie below the threshold, and of own ones at most."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a collection's questions are judged by."""

    near: float = 0.46
    """Nearness below which a question is about something else. The default was measured on public questions."""
    passages: int = 0
    """The passages of the collection when it was measured; 0 for the default."""
    encoder: str = ""
    """What identifies the weights that it was measured with."""

    def fit(self, passages: int, encoder: str) -> bool:
        """Whether they were measured on a collection of about that size, with that encoder."""
        return self.encoder == encoder and abs(self.passages - passages) <= 0.2 * passages


def nearness(found: Sequence[RankedPassage], weight: float) -> float:
    """How near a question comes to the passages found, whose words weigh so much together."""
    first = found[:_FIRST]
    if not first:
        return 0.0
    met = min(first[0].signals.bm25 / max(weight, 1e-9), 1.0)
    return max(each.signals.sentence for each in first) + _WORDS * met


def read_thresholds(place: SegmentPlace) -> Thresholds:
    """The thresholds of a collection; the default where none were measured."""
    with suppress(ValueError, TypeError):
        return Thresholds(**json.loads(place.text(FILE) or ""))
    return Thresholds()


def write_thresholds(place: SegmentPlace, found: Thresholds) -> None:
    """Keep thresholds beside the segments."""
    place.put_text(FILE, json.dumps(asdict(found)))


def measured(searched: Searched, encoder: TokenEncoder, own: Sequence[str]) -> Thresholds:
    """Measure on the encoded passages; `own` are sentences of the collection."""
    others = [_nearness(searched, encoder, each) for each in _other_domains()]
    ours = [_nearness(searched, encoder, question) for each in own if (question := _made_of(each))]
    near = float(np.percentile(others, _OTHERS))
    if ours:
        near = min(near, float(np.percentile(ours, _OWN)))
    return Thresholds(round(near, 4), len(searched.passages), encoder.fingerprint)


def _nearness(searched: Searched, encoder: TokenEncoder, question: str) -> float:
    asked = AskedMeaning.of(question, encoder)
    with one_thread():
        found = ranked(searched, question, asked, _FIRST, None)
    weight = sum(searched.words.rarity(searched.words.having(term)) for term in dict.fromkeys(terms(question)))
    return nearness(found, weight)


def _made_of(sentence: str) -> str:
    """A question's worth of words of a sentence: every second word of matter; empty for a short sentence."""
    words = [word for word in sentence.split() if terms(word)][::2]
    return " ".join(words[:8]) if len(words) > 2 else ""


@cache
def _other_domains() -> tuple[str, ...]:
    """Everyday questions."""
    return tuple(Path(__file__).with_name("other_domains.txt").read_text("utf-8").splitlines())
