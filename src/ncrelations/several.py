"""Evidence for questions that ask several things: of both sides, in two clauses, or for a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from ncrelations.citation import Citation
from ncrelations.corpus import resolve
from ncrelations.document import Section, Voice
from ncrelations.index import Index, Scores
from ncrelations.items import LISTS, blocks_about, list_items
from ncrelations.pairing import touched_by
from ncrelations.question import Question
from ncrelations.ranking import CLAUSE, Ranked, Reading, diversified, filled, gathered, home_of, mixed, ranked, sided

Scored = Callable[[str], tuple[Question, Reading]]
"""Reads a question and scores it."""

FIRST = 5
"""The places among which all evidence should be."""


def evidence(index: Index, question: Question, reading: Reading, passages: list[Ranked], score: Scored) -> list[Ranked]:
    """The passages for a question that asks several things, what each of them needs among the first five."""
    at = {each.passage.block.citation: each for each in passages}
    parts = list(_of_parts(index, question, reading, passages, score))
    near = [*(each for part in parts for each in part), *passages[:3]]
    chosen = [at[c] for c in _interests(question, near, passages) if c in at]
    chosen = list(dict.fromkeys([*(part[0] for part in parts if part), *chosen, *(p[1] for p in parts if len(p) > 1)]))
    if chosen:
        return filled(chosen[:FIRST], passages)
    if len(question.voices) > 1:
        return diversified(with_theme(question, passages), question.voices)
    return gathered(passages)


def short_list(question: Question, passages: Sequence[Ranked]) -> list[Ranked]:
    """The passages with every item of the short list that is asked for first; empty where none is."""
    at = {each.passage.block.citation: each for each in passages}
    items = [at[c] for c in _list(question, passages) if c in at]
    return filled(items, passages) if items else []


def together(found: Sequence[Ranked], scores: Scores, precedents: Scores) -> list[Ranked]:
    """The passages that most speaks for among the first five, in the order of their scores; then the others.

    What speaks for a passage: its score, what questions written beforehand say, and the evidence found by rule.
    """
    places = [FOUND * (1 - n / 10) if n < FIRST else 0.0 for n in range(len(found))]
    total = (scores + WRITTEN * precedents) / (1 + WRITTEN)
    spoken_for = {p.passage.position: total[p.passage.position] + g for p, g in zip(found, places, strict=True)}
    first = sorted(spoken_for, key=lambda position: -spoken_for[position])[:FIRST]
    scored = [replace(each, score=float(scores[each.passage.position])) for each in found]
    return sorted(scored, key=lambda each: (each.passage.position not in first, -each.score))


WRITTEN, FOUND = 2.0, 0.2
"""What the precedents count beside a passage's score, and what being the first evidence found is worth."""

THEME = 0.15
"""What a passage gains that the editors pair with others on a theme the question brings up."""


def with_theme(question: Question, passages: Sequence[Ranked]) -> list[Ranked]:
    """The passages, those of the question's themes raised a little."""
    raised = {s.citation.of_block for t in touched_by(question.reading) for voice in Voice for s in t.of(voice)}
    gained = [replace(p, score=p.score + THEME) if p.passage.block.citation in raised else p for p in passages]
    return sorted(gained, key=lambda each: -each.score)


def _of_parts(
    index: Index, question: Question, reading: Reading, passages: Sequence[Ranked], score: Scored
) -> Iterable[list[Ranked]]:
    """The best two passages for each clause."""
    at = {each.passage.position: each for each in passages}
    themes = with_theme(question, passages) if len(question.voices) > 1 else passages
    gains = {each.passage.position: each.score - at[each.passage.position].score for each in themes}
    clauses = [score(text) for text in question.clauses]
    before = None if any(clause.voice for clause, _ in clauses) else question.voice
    for clause, own in clauses:
        scored = mixed(
            replace(reading, context={**reading.context, **gains}), own, CLAUSE if own.similarity < SURE else ALONE
        )
        found = [each for each in ranked(index, scored.scores, scored.sentences) if each.passage.position in at]
        carried = sided(found, before) if before and not clause.voice else []
        found = sided(found, clause.voice) if clause.voice else found
        before = clause.voice or before
        yield [at[each.passage.position] for each in dict.fromkeys([*carried[:1], *found[:2]])]


SURE, ALONE = 0.75, 0.6
"""The cosine from which a clause stands alone, and the share of its own reading then."""


_BOTH = re.compile(
    r"\b(?:nato|alliance|allies|west)\b.*\b(?:china|beijing|chinese)\b"
    r"|\b(?:china|beijing|chinese)\b.*\b(?:nato|alliance|allies|west)\b"
    r"|\b(?:both|each|either|two) (?:sides?|parties|powers|party)\b|\bboth\b|\beach other\b|\bmutual\b|\bfor each\b",
    re.IGNORECASE,
)


def _interests(question: Question, near: Iterable[Ranked], passages: Sequence[Ranked]) -> Iterator[Citation]:
    """The best blocks of a near section that say what concerns each side."""
    if not _BOTH.search(question.text):
        return
    for each in near:
        of_sides = [blocks_about(side, each.passage.block.citation) for side in (Voice.NATO, Voice.CHINA)]
        if all(of_sides):
            for blocks in of_sides:
                yield from _best_of(blocks, passages)
            return


def _best_of(blocks: Collection[Citation], passages: Sequence[Ranked]) -> list[Citation]:
    return [p.passage.block.citation for p in passages if p.passage.block.citation in blocks][:1]


_NAMED = re.compile(rf"\b({'|'.join(LISTS)}|realities)s?\b", re.IGNORECASE)


def _list_named(text: str, passages: Sequence[Ranked]) -> Section | None:
    """The section whose items the question asks for by name ("which obstacles"), if it is near."""
    for match in _NAMED.finditer(text):
        noun = match[1].lower()
        section = resolve(LISTS["reality" if noun == "realities" else noun])
        if isinstance(section, Section) and any(p.passage.block.section == section for p in passages[:5]):
            return section
    return None


_LIST = re.compile(
    r"\b(?:name|list|enumerate|which|what are|what were|all)\b.*s\b|\b(?:three|five|seven|eight)\b", re.IGNORECASE
)


def _list(question: Question, passages: Sequence[Ranked]) -> Iterator[Citation]:
    """The best block of each item of a short list that most of the best passages stand in."""
    if question.clauses or len(question.voices) > 1 or not _LIST.search(question.text):
        return
    home = _list_named(question.text, passages) or home_of(passages)
    its = list_items(home) if home and home.id != "VI" else ()
    if 1 < len(its) <= FIRST:
        for item in its:
            yield from _best_of([block.citation for block in item], passages)
