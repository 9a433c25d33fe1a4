"""One ranked list of passages from a question's scores, and the sentences of each that answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ncrelations.document.citation import Citation
from ncrelations.document.corpus import Corpus
from ncrelations.document.tree import Section
from ncrelations.document.voice import Voice
from ncrelations.retrieval.index import Index
from ncrelations.retrieval.passages import Passage
from ncrelations.retrieval.signals import Scores


class Ranked(NamedTuple):
    """A passage with its score."""

    passage: Passage
    """The passage."""
    score: float
    """Higher is better."""
    sentence_scores: tuple[float, ...]
    """How well each of its sentences answers, in order; higher is better."""


def ranked(
    index: Index, scores: Scores, sentences: Scores, within: Citation | None = None, voice: Voice | None = None
) -> list[Ranked]:
    """The passages in order of score, ties in document order, filtered by place and voice."""
    found = []
    for number in np.argsort(-scores, kind="stable"):
        passage = index.passages[number]
        if within is not None and not passage.block.within(within):
            continue
        if voice is not None and passage.block.voice != voice:
            continue
        mine = sentences[index.sentence_owner == number]
        found.append(Ranked(passage, float(scores[number]), tuple(float(score) for score in mine)))
    return found


NEAR_BEST, OWN_VOICE, ANSWERS = 0.6, 0.9, 0.95
"""The share of the best score from which a side's passage is worth showing, and from which it answers."""


def diversified(corpus: Corpus, passages: Sequence[Ranked], voices: Sequence[Voice], first: int = 5) -> list[Ranked]:
    """The passages with evidence from several sides among the first few.

    Each of `voices` gets its best passage in, if it has one worth showing; the other places go by score,
    less a little for every passage already chosen from the same voice.
    """
    floor = NEAR_BEST * passages[0].score if passages else 0.0
    chosen = list[Ranked]()
    for voice in voices:
        mine = [
            p for p in passages if corpus.speaks_for(p.passage.block, voice) and p not in chosen and p.score >= floor
        ]
        chosen += sorted(mine, key=lambda each: -each.score - SIDE * corpus.speaks_for(each.passage.block, voice))[:1]
    return filled(chosen, passages, first)


def filled(chosen: Sequence[Ranked], passages: Sequence[Ranked], first: int = 5) -> list[Ranked]:
    """The chosen passages among the first few, the other places filled by score over the voices."""
    found = list(chosen)
    rest = [each for each in passages if each not in found]
    while rest and len(found) < first:
        best = max(rest, key=lambda each: each.score - SAME_VOICE * _same_voice(each, found))
        rest.remove(best)
        found.append(best)
    return sorted(found, key=lambda each: -each.score) + rest


def home_of(corpus: Corpus, passages: Sequence[Ranked]) -> Section | None:
    """The section of most of the best passages, if it has at least two of them."""
    sections = [each.passage.block.section for each in passages[:8]]
    lists = [section for section in sections if section.citation not in corpus.front_matter]
    ids = [section.citation for section in lists]
    home = max(lists, key=lambda section: ids.count(section.citation), default=None)
    return home if home and ids.count(home.citation) > 1 else None


def gathered(corpus: Corpus, passages: Sequence[Ranked]) -> list[Ranked]:
    """The passages for a list: those of the section that has most of the best ones gain a little."""
    home = home_of(corpus, passages)
    if home is None:
        return list(passages)
    gained = [
        p._replace(score=p.score + HOME) if p.passage.block.section.citation == home.citation else p for p in passages
    ]
    return sorted(gained, key=lambda each: -each.score)


HOME, CLAUSE = 0.4, 0.4
"""What a passage of a list's section gains, and the share of a clause's own reading in its scores."""


def _same_voice(candidate: Ranked, chosen: Sequence[Ranked]) -> int:
    return sum(each.passage.block.voice == candidate.passage.block.voice for each in chosen)


SIDE, SAME_VOICE = 0.28, 0.1
"""What speaking for the side in question is worth, and what each passage chosen from one voice costs the next."""


def sided(corpus: Corpus, passages: Sequence[Ranked], voice: Voice, near: float = ANSWERS) -> list[Ranked]:
    """The passages in a side's own voice, if one of them is near the best.

    Else those that report where it stands, if one of those has the share `near` of the best score;
    else all of them.
    """
    own = [each for each in passages if each.passage.block.voice == voice]
    if own and own[0].score >= OWN_VOICE * passages[0].score:
        return own
    mine = [each for each in passages if corpus.speaks_for(each.passage.block, voice)]
    if not mine or mine[0].score < near * passages[0].score:
        return list(passages)
    return mine
